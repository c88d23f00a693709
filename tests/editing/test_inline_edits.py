"""Edits inside a line: the characters of the edited node change, and no others; what is written means the edit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

import weeknote
from strategies import texts
from weeknote import (
    Break,
    CannotExpressError,
    Definition,
    Delete,
    Emphasis,
    Heading,
    Html,
    Image,
    InlineCode,
    Link,
    Paragraph,
    Strong,
    Table,
    Text,
    Weeknote,
    dump,
    find_all,
    parse,
    parse_inline,
    replace,
    walk,
)
from weeknote.conversion.convert import without_slice
from weeknote.nodes import Inline, Node

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
LEAVES = (Paragraph, Heading, Table)
LINK = Link("/new", None, "new")


class Case(NamedTuple):
    """One row: a text, the kind of the node edited, which of its kind it is, its replacement, and the text written."""

    text: str
    kind: type[Node]
    n: int
    new: Inline | None
    written: str
    dialect: str = "markdown"


CASES: dict[str, Case] = {
    "other links keep their form": Case(
        "We met [Ada][a], [Bo](/b) _there_.\n\n[a]: /a\n",
        Link,
        1,
        LINK,
        "We met [Ada][a], [new](/new) _there_.\n\n[a]: /a\n",
    ),
    "escapes and references stay": Case(
        "1 \\~ 2 &amp; *3* &lt; 4\n", Emphasis, 0, LINK, "1 \\~ 2 &amp; [new](/new) &lt; 4\n"
    ),
    "so do the marks of what it is in": Case("_see __[b](/c)__ now_\n", Link, 0, LINK, "_see __[new](/new)__ now_\n"),
    "words are escaped where they must be": Case("a *b* `c`\n", Text, 0, Text("* "), "\\* *b* `c`\n"),
    "the words beside a removed node stay": Case("1 &lt; *2* &gt; 3\n", Emphasis, 0, None, "1 &lt;  &gt; 3\n"),
    "the marks of quotations and lazy lines stay": Case(
        ">a __b__\n  c *d*\n> e\n\n\nf\n", Emphasis, 0, LINK, ">a __b__\n  c [new](/new)\n> e\n\n\nf\n"
    ),
    "blank lines below stay": Case("- _a_ *b*\n\n\n- c\n", Emphasis, 1, LINK, "- _a_ [new](/new)\n\n\n- c\n"),
    "no blank line comes between": Case("*a*\n# b\n", Emphasis, 0, LINK, "[new](/new)\n# b\n"),
    "an ATX heading keeps its marks": Case("##  _a_ *b*  ##\nc\n", Emphasis, 1, LINK, "##  _a_ [new](/new)  ##\nc\n"),
    "a setext heading keeps its line": Case("_a_\n*b*\n====\n", Emphasis, 1, LINK, "_a_\n[new](/new)\n====\n"),
    "a table keeps its columns": Case(
        "|_a_ | b|\n|:-|-|\n| *c* `d\\|e`   |&amp;|\n",
        Emphasis,
        1,
        Strong("f|g"),
        "|_a_ | b|\n|:-|-|\n| **f\\|g** `d\\|e`   |&amp;|\n",
    ),
    "lines that go leave the others": Case(
        "> a\n> *b\n> c* d\n> _e_\n", Emphasis, 0, LINK, "> a\n> [new](/new) d\n> _e_\n"
    ),
    "line ends stay": Case("_a_\r\n *b*  \r\nc\r\n", Emphasis, 1, LINK, "_a_\r\n [new](/new)  \r\nc\r\n"),
    "a shortcut keeps its label": Case("[a] _b_\n\n[a]: /c\n", Text, 0, Text("d"), "[d][a] _b_\n\n[a]: /c\n"),
    "a heading stays on its line, whatever the title of a link has": Case(
        "### _a_ b\n", Text, 0, Link("/c", "d\ne", "f"), '### _[f](/c "d&#10;e")_ b\n'
    ),
    "no title of the definition above": Case("[a]: /b\nc\n", Text, 0, Text("(d)"), "[a]: /b\n\n(d)\n"),
    "nor in an item": Case("# a\n\n- [b]: /c\n  'd' e\n", Text, 1, Text("'d'"), "# a\n\n- [b]: /c\n\n  'd'\n"),
    "an image": Case("_a_ ![b](c.png 'd')\n", Image, 0, Image("e.png", None, "f"), "_a_ ![f](e.png)\n"),
    "plain text: an address": Case(
        "Work\n\nSee https://old.example/a now,\n   and more.\n\n\nEnd\n",
        Link,
        0,
        Link("https://new.example", None, "https://new.example"),
        "Work\n\nSee https://new.example now,\n   and more.\n\n\nEnd\n",
        "text",
    ),
}


def inline_nodes(note: Node) -> list[Inline]:
    """Return what is inside the leaves of a note, in the order of the text."""
    found: list[Inline] = []
    for leaf in walk(note, prune=lambda node: isinstance(node, LEAVES)):
        if isinstance(leaf, LEAVES):
            found += [node for node in walk(leaf) if isinstance(node, Inline)]
    return found


def other_of_its_kind(node: Inline) -> Inline | None:
    """Return another node of a kind; None if there is but one."""
    match node:
        case Text():
            return Text(f"{node.value.strip()} and more")
        case Emphasis() | Strong() | Delete():
            return type(node)("new words")
        case InlineCode():
            return InlineCode("new code")
        case Link():
            return Link("https://example.org/new", None, node.children)
        case Image():
            return Image("/new.png", None, "new")
        case Html():
            return Html("<br>")
    return None


def is_local(before: str, old: Node, after: str) -> bool:
    """Return whether two texts are the same before and behind a node of the first."""
    assert old.slice is not None
    start, rest = old.slice.start, len(before) - old.slice.end
    return (
        len(after) >= start + rest
        and after[:start] == before[:start]
        and after[len(after) - rest :] == before[old.slice.end :]
    )


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_an_edit_changes_its_own_characters(case: Case) -> None:
    """The text written is the row's, and it is read as the edited note."""
    note = parse(case.text, dialect=case.dialect)
    old = [node for node in inline_nodes(note) if type(node) is case.kind][case.n]
    edited = weeknote.remove(note, old) if case.new is None else replace(note, old, case.new)
    assert dump(edited) == case.written
    assert parse(case.written, dialect=case.dialect) == edited


@pytest.mark.parametrize(
    ("insert", "written"), [(weeknote.insert_before, "_a_ x*b* &amp;\n"), (weeknote.insert_after, "_a_ *b*x &amp;\n")]
)
def test_what_is_inserted_beside_an_inline_node_is_all_that_is_added(
    insert: Callable[..., Weeknote], written: str
) -> None:
    """A string beside an inline node is words."""
    note = parse("_a_ *b* &amp;\n", dialect="markdown")
    assert dump(insert(note, note.intro[0].children[2], "x")) == written  # type: ignore[union-attr] # a paragraph


def test_many_nodes_of_a_line_are_replaced_in_one_walk() -> None:
    """Only their characters change."""
    note = parse("_a_ [b](/c) __d__ [e](/f)\n", dialect="markdown")
    edited = weeknote.replace_many(note, [(link, LINK) for link in note.links])
    assert dump(edited) == "_a_ [new](/new) __d__ [new](/new)\n"


@given(text=texts, choice=st.integers(0, 1000), equal=st.booleans())
def test_an_inline_edit_of_any_text_is_read_back(text: str, choice: int, equal: bool) -> None:
    """Law 3, for every node inside a line of every text: what is written means the edit, or the edit is refused."""
    note = parse(text, dialect="markdown")
    nodes = inline_nodes(note)
    if not nodes:
        return
    old = nodes[choice % len(nodes)]
    new = without_slice(old) if equal else other_of_its_kind(old)
    edited = replace(note, old, new) if new is not None else weeknote.remove(note, old)
    try:
        written = dump(edited)
    except CannotExpressError:
        return
    assert parse(written, dialect="markdown") == edited


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not here")
def test_edits_of_other_peoples_notes_are_local() -> None:
    """In 199 of 200 edits no character outside the node changes; in the others the leaf is rendered anew."""
    seen: Counter[str] = Counter()
    for path in sorted(CORPUS.glob("notes/**/*.md"))[::40]:
        text = path.read_bytes().decode()
        note = parse(text, dialect="markdown")
        for old in inline_nodes(note)[::3]:
            for new in (without_slice(old), other_of_its_kind(old)):
                if new is None:
                    continue
                try:
                    written = dump(replace(note, old, new))
                except CannotExpressError:
                    seen["refused"] += 1
                    continue
                seen["edits"] += 1
                seen["local"] += is_local(text, old, written)
    assert seen["edits"] > 100
    assert seen["local"] >= seen["edits"] * 0.995
    assert seen["refused"] <= seen["edits"] * 0.005


@pytest.mark.parametrize(
    "text",
    [
        "> one *a* x\n>   two *b* y\n",
        "> one *a* x\n>two\n>   three *b* y\n>  four\n",
        "- one *a* x\n  two\n     three *b* y\n",
        "> a *a*\n>   b *b*\nlazy\n",
        "  1 *a*\n   2\n 3 *b*\n   4\n  5\n",
    ],
    ids=["quotation", "quotation of four lines", "item", "lazy line", "indented lines"],
)
def test_edits_in_two_lines_of_a_paragraph_change_these_lines_only(text: str) -> None:
    """The other lines keep the marks of their containers and their indentation."""
    note = weeknote.parse(text, dialect="markdown")
    first, second = weeknote.find_all(note, Emphasis)
    edited = weeknote.replace_many(note, [(first, Strong("A")), (second, Strong("B"))])
    assert weeknote.dump(edited) == text.replace("*a*", "**A**").replace("*b*", "**B**")


def test_a_replaced_definition_moves_its_links() -> None:
    """The address is written only once, so no paragraph is respelled."""
    text = "See [a] and [b][A].\n\n> - [a][]\n\n[a]: /old\n"
    note = parse(text, dialect="markdown")
    edited = replace(note, next(find_all(note, Definition)), Definition("a", "/new", "t"))
    assert dump(edited) == text.replace("/old", '/new "t"')
    assert [(link.url, link.title) for link in edited.links] == [("/new", "t")] * 3
    assert parse(dump(edited)) == edited


def test_a_definition_that_another_one_precedes_moves_nothing() -> None:
    """The first definition of a label counts (CommonMark 4.7)."""
    note = parse("[a]\n\n[a]: /first\n\n[a]: /second\n", dialect="markdown")
    edited = replace(note, list(find_all(note, Definition))[1], Definition("a", "/new"))
    assert dump(edited) == "[a]\n\n[a]: /first\n\n[a]: /new\n"
    assert [link.url for link in edited.links] == ["/first"]


def test_inline_text_is_parsed_as_the_note_would() -> None:
    """Definitions and footnotes of the note count, edits included, and so does its dialect."""
    note = parse("[a]\n\n[a]: /b\n\n[^c]: d\n", dialect="markdown")
    assert [type(node).__name__ for node in parse_inline("[a] [^c]", note)] == ["Link", "Text", "FootnoteReference"]
    assert [type(node) for node in parse_inline("[a] *b*")] == [Text, Emphasis]
    assert parse_inline("*b*", parse("a", dialect="text")) == (Text("*b*"),)
    edited = replace(note, next(find_all(note, Definition)), Definition("e", "/f"))
    assert [link.url for link in parse_inline("[e]", edited) if isinstance(link, Link)] == ["/f"]


def test_a_break_between_lines_can_go() -> None:
    """The lines around it become one, and stay as they were."""
    note = parse("_a_ &lt;\\\n_b_ &amp;\n", dialect="markdown")
    assert dump(weeknote.remove(note, next(find_all(note, Break)))) == "_a_ &lt;_b_ &amp;\n"
