"""Where things stand: for every kind of node that has a place, a text, its slice, its line and its column."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given

from strategies import dialects, texts
from weeknote import Archive, Node, Point, Post, parse, parse_archive
from weeknote.nodes.block import BLOCKS, INLINES, ListItem, TableCell, TableRow
from weeknote.nodes.document import FrontMatter, Section, Weeknote
from weeknote.nodes.traversal import walk


class Place(NamedTuple):
    """One row: in a text of a dialect, the n-th node of a kind is this slice and begins at this line and column."""

    text: str
    kind: str
    n: int
    slice: str
    line: int
    column: int
    dialect: str = "markdown"


LIST = "One:\n\n- a\n- b\n  - c\n\n    d\n\nAfter.\n"
QUOTE = "> a\n> b\n>\n> - c\nlazy\n\nAfter.\n"
NOTE = "---\ntitle: Rain\n---\n\n# Rain\n\nIt rained.\n\n## Wet\n\nVery.\n\n## Dry\n"
PLAIN = (
    "Weeknote w/c 6 May: rain\n\nIt rained.\n\nWet days\n\nThese:\n\n  • one\n    • two\n  • three\n\n"
    "Comments are closed.\n"
)
ARCHIVE = "# Weeknote w/c 13 May\n\nb\n\n# Notice\n\nx\n\n# Weeknote w/c 6 May\n\na\n"

PLACES: dict[str, Place] = {
    "a paragraph, with the blank line after it": Place("a\nb\n\nc\n", "Paragraph", 0, "a\nb\n\n", 1, 1),
    "the last paragraph, without a line end": Place("a\n\nb", "Paragraph", 1, "b", 3, 1),
    "an indented paragraph": Place("a\n\n  b\n", "Paragraph", 1, "  b\n", 3, 1),
    "a paragraph in a list": Place(LIST, "Paragraph", 4, "d\n\n", 7, 5),
    "a paragraph in a quotation": Place(QUOTE, "Paragraph", 0, "a\n> b\n>\n", 1, 3),
    "a paragraph that goes on lazily": Place(QUOTE, "Paragraph", 1, "c\nlazy\n\n", 4, 5),
    "a paragraph after definitions": Place("[a]: /b\nwords\n", "Paragraph", 0, "words\n", 2, 1),
    "an ATX heading": Place("a\n## b ##\nc\n", "Heading", 0, "## b ##\n", 2, 1),
    "an indented heading": Place("  # b\n", "Heading", 0, "  # b\n", 1, 1),
    "a setext heading": Place("a\nb\n---\n\nc\n", "Heading", 0, "a\nb\n---\n\n", 1, 1),
    "a heading in an item": Place("- # a\n  b\n", "Heading", 0, "# a\n", 1, 3),
    "a list": Place(LIST, "List", 0, "- a\n- b\n  - c\n\n    d\n\n", 3, 1),
    "a list in a list": Place(LIST, "List", 1, "- c\n\n    d\n\n", 5, 3),
    "an item": Place(LIST, "ListItem", 1, "- b\n  - c\n\n    d\n\n", 4, 1),
    "an item in an item": Place(LIST, "ListItem", 2, "- c\n\n    d\n\n", 5, 3),
    "a bare item": Place("-\n- b\n", "ListItem", 0, "-\n", 1, 1),
    "a quotation": Place(QUOTE, "Blockquote", 0, "> a\n> b\n>\n> - c\nlazy\n\n", 1, 1),
    "a quotation in a quotation": Place("> a\n>\n> > b\n\nc", "Blockquote", 1, "> b\n\n", 3, 3),
    "fenced code": Place("a\n```py\nb\n```\nc\n", "Code", 0, "```py\nb\n```\n", 2, 1),
    "fenced code that nothing closes": Place("~~~\na\n\n# b\n", "Code", 0, "~~~\na\n\n# b\n", 1, 1),
    "indented code": Place("a\n\n    b\n\n    c\n\nd\n", "Code", 0, "    b\n\n    c\n\n", 3, 1),
    "code in an item": Place("- ~~~\n  a\n  ~~~\n", "Code", 0, "~~~\n  a\n  ~~~\n", 1, 3),
    "a block of HTML": Place("a\n\n<div>\nb\n\nc\n", "Html", 0, "<div>\nb\n\n", 3, 1),
    "a thematic break": Place("a\n\n* * *\nb\n", "ThematicBreak", 0, "* * *\n", 3, 1),
    "a table": Place(
        "a\n\n| b | c |\n|---|---|\n| 1 | 2 |\n\nd\n", "Table", 0, "| b | c |\n|---|---|\n| 1 | 2 |\n\n", 3, 1
    ),
    "a table under a line of words": Place("a\nb | c\n--|--\n", "Table", 0, "b | c\n--|--\n", 2, 1),
    "a definition": Place("a\n\n[b]: /c\n[d]:\n  /e\n  'f'\n", "Definition", 0, "[b]: /c\n", 3, 1),
    "a definition of several lines": Place(
        "[b]: /c\n[d]:\n  /e\n  'f'\n", "Definition", 1, "[d]:\n  /e\n  'f'\n", 2, 1
    ),
    "a definition in a quotation": Place("> [a]: /b\n> c\n", "Definition", 0, "[a]: /b\n", 1, 3),
    "a footnote": Place("a[^1]\n\n[^1]: b\n\n    c\n\nd\n", "FootnoteDefinition", 0, "[^1]: b\n\n    c\n\n", 3, 1),
    "YAML front matter": Place(NOTE, "FrontMatter", 0, "---\ntitle: Rain\n---\n\n", 1, 1),
    "front matter after a byte order mark": Place(
        "\ufeff---\ntitle: Rain\n---\nx", "FrontMatter", 0, "---\ntitle: Rain\n---\n", 1, 2
    ),
    "a section": Place(NOTE, "Section", 0, "## Wet\n\nVery.\n\n", 9, 1),
    "a section of a heading alone": Place(NOTE, "Section", 1, "## Dry\n", 13, 1),
    "a note": Place(NOTE, "Weeknote", 0, NOTE, 1, 1),
    "a note in an archive": Place(ARCHIVE, "Weeknote", 1, "# Weeknote w/c 6 May\n\na\n", 9, 1),
    "a post in an archive": Place(ARCHIVE, "Post", 0, "# Notice\n\nx\n\n", 5, 1),
    "an archive": Place(ARCHIVE, "Archive", 0, ARCHIVE, 1, 1),
    "plain: the heading": Place(PLAIN, "Heading", 0, "Weeknote w/c 6 May: rain\n\n", 1, 1, "text"),
    "plain: a section": Place(PLAIN, "Heading", 1, "Wet days\n\n", 5, 1, "text"),
    "plain: a paragraph": Place(PLAIN, "Paragraph", 0, "It rained.\n\n", 3, 1, "text"),
    "plain: a list": Place(PLAIN, "List", 0, "  • one\n    • two\n  • three\n\n", 9, 1, "text"),
    "plain: an item": Place(PLAIN, "ListItem", 2, "  • three\n\n", 11, 1, "text"),
    "plain: an item's words": Place(PLAIN, "Paragraph", 2, "one\n", 9, 5, "text"),
    "plain: an item in an item": Place(PLAIN, "ListItem", 1, "• two\n", 10, 5, "text"),
    "plain: furniture": Place(PLAIN, "Paragraph", 5, "Comments are closed.\n", 13, 1, "text"),
    "columns count characters": Place("> 🧭é\n>\n> b\n", "Paragraph", 0, "🧭é\n>\n", 1, 3),
    "a byte order mark is a character of the first line": Place("\ufeffa\n", "Paragraph", 0, "a\n", 1, 2),
    "CR LF ends one line": Place("a\r\n\r\nb\r\n", "Paragraph", 1, "b\r\n", 3, 1),
    "CR alone ends a line": Place("a\r\rb\r", "Paragraph", 1, "b\r", 3, 1),
    "U+2028, U+0085, VT and FF end no line": Place("a\u2028b\x85c\v\f\n\nd\n", "Paragraph", 1, "d\n", 3, 1),
    "no-break spaces are no blank line": Place("a\n\xa0\nb\n\nc", "Paragraph", 1, "c", 5, 1),
}

NO_PLACE = frozenset({kind.__name__ for kind in (TableRow, TableCell, *set(INLINES) - set(BLOCKS))})
"""What stands inside a leaf is read on first use, and has no place of its own."""


def with_places(text: str, dialect: str | None) -> list[Node]:
    """Return the nodes of a text that have a place, as one note and as an archive."""
    return [
        node for read in (parse, parse_archive) for node in walk(read(text, dialect=dialect)) if node.slice is not None
    ]


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_a_node_is_its_slice_and_stands_at_its_place(place: Place) -> None:
    """Slice, line and column of the node are those of the row, and its offsets cut its slice from the text."""
    read = parse_archive if place.text == ARCHIVE else parse
    found = [n for n in walk(read(place.text, dialect=place.dialect)) if type(n).__name__ == place.kind][place.n]
    position = found.position
    assert position is not None
    assert found.slice is not None
    assert found.slice.text == place.slice
    assert place.text[position.start.offset : position.end.offset] == place.slice.rstrip(" \t\r\n")
    assert (position.start.line, position.start.column) == (place.line, place.column)


@pytest.mark.parametrize(
    "kind", [k.__name__ for k in (*BLOCKS, ListItem, Section, Weeknote, Post, FrontMatter, Archive)]
)
def test_every_kind_of_node_that_has_a_place_has_a_row(kind: str) -> None:
    """A new kind of node comes with a row that says where it begins and ends."""
    assert kind in {place.kind for place in PLACES.values()}


def test_nothing_else_has_a_place() -> None:
    """Every node of these kinds has a place, and no other has one; inline HTML stands in none of the rows."""
    rows = {place.kind for place in PLACES.values()}
    assert not rows & NO_PLACE
    for place in PLACES.values():
        for read in (parse, parse_archive):
            for node in walk(read(place.text, dialect=place.dialect)):
                assert (node.position is not None) is (type(node).__name__ in rows)


@given(text=texts, dialect=dialects)
def test_offsets_cut_the_node_from_the_text(text: str, dialect: str | None) -> None:
    """For every block, `text[start.offset:end.offset]` is its slice without the blanks at its end."""
    found = with_places(text, dialect)
    assert found
    for node in found:
        assert node.slice is not None
        assert node.position is not None
        assert text[node.position.start.offset : node.position.end.offset] == node.slice.text.rstrip(" \t\r\n")


def place_by_counting(text: str, offset: int) -> Point:
    """Return the place of an offset, found the slow way."""
    line = column = 1
    for i in range(offset):
        if text[i] == "\n" or (text[i] == "\r" and text[i + 1 : i + 2] != "\n"):
            line, column = line + 1, 1
        else:
            column += 1
    return Point(line, column, offset)


@given(text=texts, dialect=dialects)
def test_lines_and_columns_count_from_one_in_characters(text: str, dialect: str | None) -> None:
    """Lines end at CR LF, CR and LF and nowhere else; columns count characters; both begin at 1."""
    for node in with_places(text, dialect):
        assert node.position is not None
        for point in (node.position.start, node.position.end):
            assert point == place_by_counting(text, point.offset)


@given(text=texts.filter(lambda text: not text.startswith("\ufeff")))
def test_places_do_not_count_in_comparisons(text: str) -> None:
    """A note that stands further down is equal to the same note at the top."""
    moved = "\n \n" + text
    assert parse(moved, dialect="text") == parse(text, dialect="text")


def test_a_built_node_stands_nowhere() -> None:
    """A node that was built has neither slice nor position."""
    note = Weeknote(intro="All good.")
    assert note.slice is None
    assert [node.position for node in walk(note)] == [None] * 3
