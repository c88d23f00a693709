"""The Markdown dialect: what blocks and inlines a text becomes. The cases are in `fixtures/markdown`."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outlines import FIXTURES, Case, block_outline, cases, rest
from weeknote import dump, parse, walk
from weeknote.nodes import Node
from weeknote.nodes.block import BLOCKS, INLINES, Blockquote, ListItem, Paragraph
from weeknote.syntax.tree_builder import MAX_DEPTH

FILES = sorted((FIXTURES / "markdown").glob("*.md"))
CASES = cases(FILES)


def drawn(text: str) -> str:
    """Return the outline of a text's blocks."""
    return block_outline(parse(text, dialect="markdown"))


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_text_has_the_blocks_and_inlines_of_its_outline(case: Case) -> None:
    """The outline of the parsed text is the one in the fixture, and the text comes back."""
    assert drawn(case.text) == case.outline
    assert dump(parse(case.text, dialect="markdown")) == case.text


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_line_ends_and_the_final_newline_change_no_outline(case: Case) -> None:
    """With CR LF, with CR, and without its last line end the text has the same outline."""
    for text in (case.text.replace("\n", "\r\n"), case.text.replace("\n", "\r")):
        assert drawn(text) == case.outline
        assert dump(parse(text, dialect="markdown")) == text
    assert drawn(case.text.removesuffix("\n")) == case.outline


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_fixture_file_is_nothing_but_cases(path: Path) -> None:
    """What is no case, or a case that is not closed, would be passed over in silence."""
    assert rest(path) == ""


def test_no_two_cases_have_one_name() -> None:
    """A name says which case failed."""
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("kind", list(dict.fromkeys([*BLOCKS, *INLINES])), ids=lambda kind: kind.__name__)
def test_every_kind_of_block_and_inline_is_in_a_case(kind: type[Node]) -> None:
    """Every kind of node has a text in the fixtures."""
    assert any(isinstance(node, kind) for case in CASES for node in walk(parse(case.text, dialect="markdown")))


@pytest.mark.parametrize(
    ("unit", "kind"),
    [("> ", Blockquote), ("- ", ListItem), ("1. ", ListItem)],
    ids=["quotations", "bullets", "numbers"],
)
def test_containers_are_nested_to_the_limit(unit: str, kind: type[Node]) -> None:
    """The last mark that fits opens a container, and the one behind it is words."""
    note = parse(unit * (MAX_DEPTH + 1) + "a\n", dialect="markdown")
    assert sum(isinstance(node, kind) for node in walk(note)) == MAX_DEPTH
    assert next(node for node in walk(note) if isinstance(node, Paragraph)).text.startswith(unit)


PIECES = (
    *(
        "words",
        "two words",
        " ",
        "\n",
        " \n",
        "  \n",
        "!",
        "(",
        ")",
        "[",
        "]",
        "](",
        "<",
        "< ",
        "<b>",
        "&",
        "& ",
        "~",
        "~~",
    ),
    *("[words](/url)", "[two words](https://example.org/a_b?c=1&d=2)", "![alt](/i.png)", "[^1]", "[^1](/url)", "[a]"),
    *("[a](/u r l)", "[a](/b(c))", "[a](</b>)", "[a](/b 'c')", "[a\nb](/url)", "[[a](/b)](/c)", "[](/a)", "[a]()"),
    *(
        "a_b",
        "_b",
        "b_",
        "__",
        "é_9",
        "_.",
        "’_",
        "*a*",
        "_a b_",
        "**a:**",
        "(_a_)",
        "“*a*”",
        "*🌧 a*",
        "_(a)_",
        "![^a](/i)",
    ),
    *("*", "_", "`", "\\", "&amp;", "&#58;", "[a](/b&amp;c)", "[a](/b%20c)", "[a](/b*c*)", "[*a*](/b)", "[a & b](/c)"),
)
"""Pieces in and around plain links, pictures and emphasis, and what makes one other than plain."""


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_what_is_plain_is_read_as_it_is_beside_other_marks(words: str) -> None:
    """A leaf of words, links and emphasis has the nodes it has with an escaped full stop behind it, which is a mark."""
    lines = "\n".join(line for line in f"See {words} so".split("\n") if line.strip())
    plain, marked = (
        parse(f"{lines}{end}\n\n[^1]: A footnote.\n\n[a]: /defined\n", dialect="markdown").intro[0]
        for end in (".", "\\.")
    )
    assert plain == marked
