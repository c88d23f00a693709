"""The first law and what holds with it, for every text: exact, whole, total, deterministic, blind to line ends."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from itertools import cycle

import pytest
from hypothesis import Phase, example, find, given, settings
from hypothesis.errors import NoSuchExample

from strategies import dialects, texts, texts_without_returns
from weeknote import (
    Archive,
    FootnoteDefinition,
    Heading,
    List,
    Paragraph,
    Post,
    Section,
    Table,
    Weeknote,
    dump,
    parse,
    parse_archive,
)
from weeknote.nodes import Node
from weeknote.nodes.block import BLOCKS, INLINES
from weeknote.nodes.front_matter import FrontMatter
from weeknote.nodes.traversal import walk

EXAMPLES = {
    "nothing": "",
    "a line end": "\n",
    "NULs": "\x00" * 50,
    "half a surrogate pair": "# \ud800\n\n[a](\udc00) *\ud800*\n",
    "half a surrogate pair in a definition": "[a]\n\n[a]: /\ud800\n",
    "a byte order mark alone": "\ufeff",
    "a byte order mark and front matter": "\ufeff---\ntitle: Rain\n---\n\nIt rained.\n",
    "carriage returns alone": "# Rain\r\r- wet\r- cold\r\rIt rained.\r",
    "line ends mixed": "# Rain\r\n\n- wet\r- cold\r\n\n\rIt rained.",
    "what only Python calls a line end": "# a\u2028b\n- c\x85d\n\v\f\x1c\x1d\x1e\u2029\n",
    "a definition and a line that underlines nothing": "[a]: /url\n-\n",
    "a definition and a broken setext line": "[a]: /url\n===\nmore\n",
    "items of a list in a quotation": "> - a\n> - b\n>\n> c\n",
    "a bare marker, then its words": "-\n  words\n",
    "tabs inside marks": ">\t-\tcode\n>\t\tmore\n",
    "an unclosed fence in a list in a quotation": "> - ```\n>   code\n",
}

LEAVES = (Paragraph, Heading, Table)

READERS: tuple[Callable[..., Weeknote | Archive], ...] = (parse, parse_archive)

LEADS = frozenset(" \t\xa0>-+*•◦▪▫‣⁃●○■□·–.)0123456789")
"""What may come before a block in a container: indentation and the container's own marks."""


def every(law: Callable[[str, str | None, Callable[..., Weeknote | Archive]], None]) -> None:
    """Hold a law against each example, in each dialect, as a note and as an archive."""
    for text in EXAMPLES.values():
        for dialect in ("markdown", "text", None):
            for read in READERS:
                law(text, dialect, read)


def children(node: Node) -> list[Node]:
    """Return the blocks and items right inside a node."""
    found: list[Node] = []
    for name in node.parts:
        part = getattr(node, name)
        found += part if isinstance(part, tuple) else [part] if part is not None else []
    return found


def unexplained(text: str, node: Node, *, first: bool) -> str:
    """Return the characters of a gap before a child that neither a mark nor indentation explains."""
    if isinstance(node, FootnoteDefinition) and first:
        text = text.replace(f"[^{node.label}]:", "", 1)
    # A container that begins with blank lines has its first block further down.
    return "".join(c for c in text if c not in LEADS and not (first and c in "\r\n"))


def misfits(text: str, node: Node) -> Iterator[str]:
    """Yield what is wrong with the places of a node's children."""
    assert node.slice is not None
    at, end = node.slice.start, node.slice.end
    inside = children(node)
    for n, child in enumerate(inside):
        assert child.slice is not None
        start = child.slice.start
        if not at <= start <= child.slice.end <= end:
            yield f"{type(child).__name__} {start}-{child.slice.end} is out of place: {type(node).__name__} {at}-{end}"
        gap = text[at:start]
        if isinstance(node, Weeknote | Archive):
            if gap != (node.lead if n == 0 else ""):
                yield f"{gap!r} belongs to no piece of the {type(node).__name__}"
        elif (gap if isinstance(node, Section | Post) else unexplained(gap, node, first=n == 0)) != "":
            yield f"{gap!r} comes before a {type(child).__name__} in a {type(node).__name__}"
        elif isinstance(node, List) and n == 0 and gap:
            yield f"{gap!r} comes before a list's first item"
        at = child.slice.end
    if inside and at != end:
        yield f"{text[at:end]!r} is after everything in a {type(node).__name__}"


def exact(text: str, dialect: str | None, read: Callable[..., Weeknote | Archive]) -> None:
    """Assert law 1."""
    assert dump(read(text, dialect=dialect)) == text


def partitioned(text: str, dialect: str | None, read: Callable[..., Weeknote | Archive]) -> None:
    """Assert that slices partition the text."""
    note = read(text, dialect=dialect)
    assert note.slice is not None
    assert (note.slice.start, note.slice.end) == (0, len(text))
    for node in walk(note, prune=lambda node: isinstance(node, LEAVES)):
        if not isinstance(node, LEAVES):
            assert list(misfits(text, node)) == []
    own: list[Node | None] = [note.front_matter]
    if isinstance(note, Weeknote):
        own += [*note.masthead, note.heading, *note.byline, *note.intro, *note.sections, *note.trailer]
    else:
        own += note.entries
    pieces = [piece.slice.text for piece in own if piece is not None and piece.slice is not None]
    assert note.lead + "".join(pieces) == text


def answers(text: str, dialect: str | None, read: Callable[..., Weeknote | Archive]) -> None:
    """Assert that everything can be asked of everything in a note."""
    asked = 0
    for node in walk(read(text, dialect=dialect)):
        for name in dir(type(node)):
            if isinstance(getattr(type(node), name), property):
                getattr(node, name)
                asked += 1
        assert repr(node).startswith(type(node).__name__)
    assert asked


def deterministic(text: str, dialect: str | None, read: Callable[..., Weeknote | Archive]) -> None:
    """Assert that two readings are one value."""
    first, second = read(text, dialect=dialect), read(text, dialect=dialect)
    assert first == second
    assert hash(first) == hash(second)


LAWS = (exact, partitioned, answers, deterministic)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_the_laws_hold_for_the_texts_that_once_broke_something(law: Callable[..., None]) -> None:
    """Each law holds for each example, in each dialect, read as a note and as an archive."""
    every(law)


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
class TestForEveryText:
    """Laws for every text, in both dialects and without a given one."""

    @given(text=texts, dialect=dialects)
    def test_dump_gives_back_what_parse_was_given(
        self, read: Callable[..., Weeknote | Archive], text: str, dialect: str | None
    ) -> None:
        """`dump(parse(text)) == text`."""
        exact(text, dialect, read)

    @given(text=texts, dialect=dialects)
    def test_slices_partition_the_text(
        self, read: Callable[..., Weeknote | Archive], text: str, dialect: str | None
    ) -> None:
        """Pieces join to the text; what is in a container lies in it, in order, and only its marks lie between."""
        partitioned(text, dialect, read)

    @given(text=texts, dialect=dialects)
    def test_everything_can_be_asked(
        self, read: Callable[..., Weeknote | Archive], text: str, dialect: str | None
    ) -> None:
        """No inline content and no property of any node raises."""
        answers(text, dialect, read)

    @given(text=texts, dialect=dialects)
    def test_reading_twice_gives_equal_notes(
        self, read: Callable[..., Weeknote | Archive], text: str, dialect: str | None
    ) -> None:
        """Two readings of a text are equal, and hash alike."""
        deterministic(text, dialect, read)

    @given(text=texts_without_returns, dialect=dialects)
    @example(text="---\ntitle: Rain\n---\n\n```\ncode\n\n```\n<!-- a\nb -->\na  \nb\n", dialect="markdown")
    @example(text="- a\n- b\n  c\n", dialect="text")
    def test_the_kind_of_line_end_means_nothing(
        self, read: Callable[..., Weeknote | Archive], text: str, dialect: str | None
    ) -> None:
        """A text with CR LF, or CR alone, for each LF is an equal note, and so is one with CR LF for every other LF."""
        note = read(text, dialect=dialect)
        assert read(text.replace("\n", "\r\n"), dialect=dialect) == note
        assert read(text.replace("\n", "\r"), dialect=dialect) == note
        ends = cycle(("\n", "\r\n"))
        assert read(re.sub("\n", lambda _: next(ends), text), dialect=dialect) == note


@pytest.mark.parametrize(
    ("gap", "node", "first", "left"),
    [
        ("  - ", List([""]), False, ""),
        (">\n> ", List([""]), True, ""),
        (">\n> ", List([""]), False, "\n"),
        ("  a- ", List([""]), True, "a"),
        ("[^n]: ", FootnoteDefinition("n"), True, ""),
        ("[^m]: ", FootnoteDefinition("n"), True, "[^m]:"),
    ],
    ids=["a marker", "a blank line first", "a blank line between", "a letter", "a label", "another label"],
)
def test_the_test_of_gaps_sees_what_is_no_mark(gap: str, node: Node, first: bool, left: str) -> None:
    """The law about slices is no law if its test lets letters or line ends pass."""
    assert unexplained(gap, node, first=first) == left


def test_a_line_may_be_very_long() -> None:
    """A line of five megabytes is a note like any other, in both dialects."""
    text = "words and " * 500_000
    for dialect in ("markdown", "text"):
        note = parse(text, dialect=dialect)
        assert dump(note) == text
        assert len(note.intro) == 1


DEEP = {
    "quotations": ">" * 20_000,
    "quotations with blanks": "> " * 20_000 + "a",
    "lists": "- " * 20_000 + "a",
    "numbered lists": "1. " * 20_000,
    "quotations and lists": "> - " * 10_000 + "a",
    "brackets": "[" * 20_000,
    "links": "[" * 5_000 + "a" + "](b)" * 5_000,
    "pictures": "![" * 5_000 + "a" + "](b)" * 5_000,
    "emphasis": "*a _b " * 5_000 + "c_ d* " * 5_000,
    "stars": "*" * 20_000 + "a" + "*" * 20_000,
    "strikethrough": "~~*a " * 5_000 + "b*~~ " * 5_000,
    "items, ever deeper": "\n".join("  " * n + "- a" for n in range(400)),
    "bullets, ever deeper": "\n".join("  " * n + "• a" for n in range(400)),
    "footnotes": "[^a]: " * 5_000,
    "unclosed tags": "<a " * 20_000,
    "unclosed comments": "<!-- a " * 10_000,
    "backticks": "".join("`" * (n % 200) + " " for n in range(5_000)),
    "definitions": "[a]: /u\n" * 10_000,
    "unclosed declarations": "<!a " * 20_000,
    "blanks inside a line": "a" + " " * 20_000 + "b*c*",
    "blanks before a tab": "a\n" + " \t" * 10_000 + "b",
    "blank lines in HTML": "<!--" + "\n" * 20_000 + "x",
    "blank lines in code": "    a" + "\n" * 20_000 + "    b",
    "blank lines in a fence": "```\n" + "\n \n" * 10_000 + "b",
    "blank lines": "a\n" + " \n" * 20_000 + "b",
    "halves of tables": "a | b\n-|-|-\n" * 5_000,
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
@pytest.mark.parametrize("dialect", ["markdown", "text"])
def test_deep_and_dense_texts_are_read_without_recursion(text: str, dialect: str) -> None:
    """Nesting without end does not exhaust the stack; a pattern of marks in quadratic time would take minutes."""
    note = parse(text, dialect=dialect)
    assert dump(note) == text
    assert [getattr(node, name, None) for node in walk(note) for name in ("text", "value", "rows")]
    assert note == parse(text, dialect=dialect)


def test_the_texts_that_are_tried_hold_every_kind_of_node() -> None:
    """A law that is never tried on a table says nothing about tables."""
    kinds = {*BLOCKS, *INLINES, Section, Post, FrontMatter}

    def hold_all(text: str) -> bool:
        # One search for all kinds: each would begin with the same texts.
        kinds.difference_update(type(node) for read in READERS for node in walk(read(text, dialect="markdown")))
        return not kinds

    tries = settings(max_examples=5_000, derandomize=True, database=None, phases=[Phase.generate])
    with contextlib.suppress(NoSuchExample):
        find(texts, hold_all, settings=tries)
    assert kinds == set()
