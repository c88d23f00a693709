"""Positions: for every kind of node, a text with its slice, its line and its column."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given

from strategies import dialects, texts
from weeknote import Archive, Heading, Paragraph, Post, parse, parse_archive
from weeknote.nodes import Node
from weeknote.nodes.base import BlockNode
from weeknote.nodes.block import BLOCKS, INLINES, ListItem, TableCell, TableRow
from weeknote.nodes.document import Weeknote
from weeknote.nodes.front_matter import FrontMatter
from weeknote.nodes.section import Section
from weeknote.nodes.traversal import walk
from weeknote.source import Point


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

LINE = 'See *a **b*** and [c *d*](/e "f") `g`, ~~h~~ ![i](/j) <k@l.m>  \nn[^o] <br>.\n\n[^o]: p\n'
TABLE = "| q | r |\n|---|---|\n| *s* `t\\|u` *v* | w |\n"

INLINE_PLACES: dict[str, Place] = {
    "words": Place(LINE, "Text", 0, "See ", 1, 1),
    "emphasis": Place(LINE, "Emphasis", 0, "*a **b***", 1, 5),
    "words in emphasis": Place(LINE, "Text", 1, "a ", 1, 6),
    "strong emphasis in emphasis": Place(LINE, "Strong", 0, "**b**", 1, 8),
    "a link": Place(LINE, "Link", 0, '[c *d*](/e "f")', 1, 19),
    "emphasis in a link": Place(LINE, "Emphasis", 1, "*d*", 1, 22),
    "a code span": Place(LINE, "InlineCode", 0, "`g`", 1, 35),
    "words struck through": Place(LINE, "Delete", 0, "~~h~~", 1, 40),
    "an image": Place(LINE, "Image", 0, "![i](/j)", 1, 46),
    "an autolink": Place(LINE, "Link", 1, "<k@l.m>", 1, 55),
    "the words of an autolink": Place(LINE, "Text", 11, "k@l.m", 1, 56),
    "a hard line break": Place(LINE, "Break", 0, "  \n", 1, 62),
    "words after a line break": Place(LINE, "Text", 12, "n", 2, 1),
    "a reference to a footnote": Place(LINE, "FootnoteReference", 0, "[^o]", 2, 2),
    "raw HTML": Place(LINE, "Html", 0, "<br>", 2, 7),
    "escapes and references": Place("a\\*&amp;*b*\n", "Emphasis", 0, "*b*", 1, 9),
    "a reference link": Place("[a][B] [b]\n\n[b]: /c\n", "Link", 0, "[a][B]", 1, 1),
    "a shortcut": Place("[a][B] [b]\n\n[b]: /c\n", "Link", 1, "[b]", 1, 8),
    "in a quotation, from one line to the next": Place("> a *b\n> c* d\n", "Emphasis", 0, "*b\n> c*", 1, 5),
    "words across the marks of a quotation": Place("> *a*\n> *b*\n", "Text", 1, "\n> ", 1, 6),
    "on a lazy line": Place("> a\n  b *c*\n", "Emphasis", 0, "*c*", 2, 5),
    "in an item, behind a tab": Place("-\ta\n\t*b*\n", "Emphasis", 0, "*b*", 2, 2),
    "on an indented line": Place("a\n   *b*\n", "Emphasis", 0, "*b*", 2, 4),
    "in an ATX heading": Place("##  *a* b ##\n", "Emphasis", 0, "*a*", 1, 5),
    "in a setext heading": Place("a\n*b*\n===\n", "Emphasis", 0, "*b*", 2, 1),
    "a row of a table": Place(TABLE, "TableRow", 1, "| *s* `t\\|u` *v* | w |", 3, 1),
    "a cell of a table": Place(TABLE, "TableCell", 3, "w", 3, 20),
    "in a cell of a table": Place(TABLE, "InlineCode", 0, "`t\\|u`", 3, 7),
    "behind an escaped pipe": Place(TABLE, "Emphasis", 1, "*v*", 3, 14),
    "in a table in a quotation": Place("> a|b\n> -|-\n> c|*d*\n", "Emphasis", 0, "*d*", 3, 5),
    "behind CR LF": Place("a\r\n*b*\r\n*c*\r\n", "Emphasis", 1, "*c*", 3, 1),
    "a hard break with CR LF": Place("a  \r\nb\r\n", "Break", 0, "  \r\n", 1, 2),
    "behind CR": Place("a\r*b*\r*c*\r", "Emphasis", 1, "*c*", 3, 1),
    "plain: an address": Place("a\n b https://e.org/c.\n", "Link", 0, "https://e.org/c", 2, 4, "text"),
    "plain: words after an address": Place("a\n b https://e.org/c.\n", "Text", 2, ".", 2, 19, "text"),
    "plain: in an item": Place("  • a\n    https://e.org/c\n", "Link", 0, "https://e.org/c", 2, 5, "text"),
}
"""Places of what is inside a leaf."""

PLACES |= INLINE_PLACES


def with_places(text: str, dialect: str | None) -> list[Node]:
    """Return the nodes of a text, as one note and as an archive."""
    return [node for read in (parse, parse_archive) for node in walk(read(text, dialect=dialect))]


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_a_node_has_its_slice_and_position(place: Place) -> None:
    """Slice, line and column of the node are those of the row, and its offsets cut its slice from the text."""
    read = parse_archive if place.text == ARCHIVE else parse
    found = [n for n in walk(read(place.text, dialect=place.dialect)) if type(n).__name__ == place.kind][place.n]
    position = found.position
    assert position is not None
    assert found.slice is not None
    assert found.slice.text == place.slice
    cut = place.slice.rstrip(" \t\r\n") if isinstance(found, BlockNode) else place.slice
    assert place.text[position.start.offset : position.end.offset] == cut
    assert (position.start.line, position.start.column) == (place.line, place.column)


@pytest.mark.parametrize(
    "kind",
    [
        k.__name__
        for k in (*BLOCKS, *INLINES, ListItem, TableRow, TableCell, Section, Weeknote, Post, FrontMatter, Archive)
    ],
)
def test_every_kind_of_node_has_a_row(kind: str) -> None:
    """Every kind of node has a row in the table."""
    assert kind in {place.kind for place in PLACES.values()}


@given(text=texts, dialect=dialects)
def test_offsets_cut_the_node_from_the_text(text: str, dialect: str | None) -> None:
    """`text[start.offset:end.offset]` is the node's slice; of a block, without the blanks at its end."""
    found = with_places(text, dialect)
    assert found
    for node in found:
        assert node.slice is not None
        assert node.position is not None
        cut = node.slice.text.rstrip(" \t\r\n") if isinstance(node, BlockNode) else node.slice.text
        assert text[node.position.start.offset : node.position.end.offset] == cut


@given(text=texts, dialect=dialects)
def test_inline_nodes_follow_each_other_without_gap_or_overlap(text: str, dialect: str | None) -> None:
    """The children of a leaf, or of an inline node, touch; they lie inside their parent, in the order of the text."""
    for node in with_places(text, dialect):
        children = getattr(node, "children", ())
        places = [child.slice for child in children]
        assert all(a.end == b.start for a, b in pairwise(places))
        if places:
            assert node.slice is not None
            assert node.slice.start <= places[0].start <= places[-1].end <= node.slice.end
            assert all(place.start < place.end for place in places)


@given(text=texts, dialect=dialects)
def test_only_marks_and_blanks_surround_the_inline_nodes_of_a_leaf(text: str, dialect: str | None) -> None:
    """Before the first and behind the last is nothing but indentation, a heading's own marks and line ends."""
    for node in with_places(text, dialect):
        if isinstance(node, Paragraph | Heading) and node.children:
            first, last, where = node.children[0].slice, node.children[-1].slice, node.slice
            assert first is not None
            assert last is not None
            assert where is not None
            around = text[where.start : first.start], text[last.end : where.end]
            marks = "#=->" if isinstance(node, Heading) else ">"
            assert [part.strip(" \t\r\n" + marks) for part in around] == ["", ""]


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
    """A note further down equals the same note at the top."""
    moved = "\n \n" + text
    assert parse(moved, dialect="text") == parse(text, dialect="text")


def test_a_built_node_has_no_position() -> None:
    """A node that was built has neither slice nor position."""
    note = Weeknote(intro="All good.")
    assert note.slice is None
    assert [node.position for node in walk(note)] == [None] * 3
