"""A note as HTML and back: `from_html(to_html(note))` is the note.

What HTML or a browser has no way to tell is not built here: a line end inside a paragraph is a space; emphasis in
emphasis, or right beside it, is one; a link definition is not shown; raw HTML is shown as text; white space at the ends
of lines, and empty nodes, are nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
from hypothesis import example, given, settings
from hypothesis import strategies as st

import weeknote
from weeknote import (
    Blockquote,
    Code,
    Delete,
    Emphasis,
    Heading,
    Image,
    InlineCode,
    Link,
    List,
    ListItem,
    Paragraph,
    Section,
    Strong,
    Table,
    TableCell,
    TableRow,
    Text,
    Weeknote,
)
from weeknote.nodes import Block, Inline

if TYPE_CHECKING:
    from collections.abc import Sequence

WORD = st.one_of(
    st.sampled_from(("map", "*", "_so_", "<b>", "&amp;", "`x`", "[a](b)", "#", "1.", "•", "漢字", "naïve", "\\", "|")),
    st.text(st.characters(categories=["L", "N", "P", "S"], exclude_characters="\xad"), min_size=1, max_size=8),
)
ADDRESS = st.sampled_from(("https://example.org/", "/notes/", "mailto:ann@example.org", "a%20b?c=d&e=(f)", "#part"))


def spaced(pieces: Sequence[Inline]) -> list[Inline]:
    """Return inline nodes with a space between two: right beside each other they are one word."""
    return [node for piece in pieces for node in (Text(" "), piece)][1:]


def _marked(inside: st.SearchStrategy[list[Inline]]) -> st.SearchStrategy[Inline]:
    return st.one_of(
        st.builds(Emphasis, st.lists(LEAF, min_size=1, max_size=2).map(spaced)),
        st.builds(Strong, st.lists(LEAF, min_size=1, max_size=2).map(spaced)),
        st.builds(Delete, inside),
        st.builds(Link, ADDRESS, st.one_of(st.none(), WORD), inside),
    )


LEAF: st.SearchStrategy[Inline] = st.one_of(
    st.builds(Text, WORD), st.builds(InlineCode, WORD), st.builds(Image, ADDRESS, st.none(), WORD)
)
LINE = st.lists(st.one_of(LEAF, _marked(st.lists(LEAF, min_size=1, max_size=2).map(spaced))), min_size=1, max_size=4)
LINES = LINE.map(spaced)
PARAGRAPH = st.builds(Paragraph, LINES)
WORDS = st.lists(WORD, min_size=1, max_size=4).map(lambda words: [Text(" ".join(words))])


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Return tables of equally long rows."""
    columns = draw(st.integers(2, 3))
    cells = st.lists(st.builds(TableCell, LINES), min_size=columns, max_size=columns)
    rows = draw(st.lists(st.builds(TableRow, cells), min_size=1, max_size=3))
    side = st.sampled_from(("left", "center", "right", None))
    return Table(rows, draw(st.lists(side, min_size=columns, max_size=columns)))


def _containers(inside: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    items = st.lists(st.builds(ListItem, st.lists(inside, min_size=1, max_size=2)), min_size=1, max_size=3)
    return st.one_of(
        st.builds(List, items),
        st.builds(List, items, st.just(True), st.integers(0, 20)),
        st.builds(Blockquote, st.lists(inside, min_size=1, max_size=2)),
    )


LEAVES: st.SearchStrategy[Block] = st.one_of(
    PARAGRAPH, PARAGRAPH, st.builds(Code, WORD, st.sampled_from((None, "py", "c++"))), tables()
)
BLOCK = st.recursive(LEAVES, _containers, max_leaves=4)
SECTION = st.builds(Section, st.builds(Heading, st.integers(2, 6), WORDS), st.lists(BLOCK, max_size=3))
NOTE = st.builds(
    Weeknote,
    heading=st.builds(Heading, st.just(1), WORDS),
    intro=st.lists(BLOCK, max_size=3),
    sections=st.lists(SECTION, max_size=3),
)


@settings(max_examples=settings().max_examples // 2)
@example(Weeknote(heading=Heading(1, "map"), intro=[Paragraph("map")]))
@example(Weeknote(heading=Heading(1, "map"), intro=[Paragraph("0")]))
@given(NOTE)
def test_a_note_comes_back_from_html(note: Weeknote) -> None:
    """Headings, paragraphs, lists, quotations, code, tables, links, pictures and emphasis come back equal.

    Which lines below the heading are a byline is decided anew: HTML has no spelling that keeps one in the intro.
    """
    try:
        text = weeknote.dump(note)
    except weeknote.CannotExpressError:
        return
    note = weeknote.parse(text, dialect="markdown")
    back = weeknote.from_html(weeknote.to_html(note), front_matter=None).note
    assert with_byline_in_intro(back) == with_byline_in_intro(note)


def with_byline_in_intro(note: Weeknote) -> Weeknote:
    """Return a note whose byline is the beginning of its intro."""
    return attrs.evolve(note, byline=(), intro=(*note.byline, *note.intro))
