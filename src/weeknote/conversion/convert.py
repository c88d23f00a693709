"""Converting a note to the other dialect, and what is lost on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from weeknote.codec.dump import dump
from weeknote.codec.parse import DIALECTS
from weeknote.conversion.flatten_blocks import FlattenedNote, placed_blocks
from weeknote.conversion.normalize import read_like
from weeknote.conversion.read_back import ReadBack
from weeknote.errors import CannotExpressError, UnknownDialectError
from weeknote.nodes.base import of_kind
from weeknote.nodes.block import Heading, List, Node, NodeT, Parent
from weeknote.nodes.document import Archive, Post, Weeknote, entries_of
from weeknote.nodes.traversal import find_all
from weeknote.syntax.tree_builder import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weeknote.source import Position

CONTAINED = ("entries", "intro", "sections", "blocks", "items")
"""The fields that hold blocks and what holds blocks."""


@attrs.frozen
class Loss:
    """Something that the new text doesn't express; the words are kept.

    Attributes:
        node: the node, in the note that was converted.
        reason: what changed, in one sentence.
    """

    node: Node
    reason: str

    @property
    def position(self) -> Position | None:
        """The position of the node in its source; None for a node that was built."""
        return self.node.position


@attrs.frozen
class Conversion:
    """The result of a conversion.

    Attributes:
        note: the converted note; `dump` of it is `text`.
        text: its text.
        losses: what was lost, in the order of the note.
    """

    note: Weeknote | Archive
    text: str
    losses: tuple[Loss, ...] = ()


def convert(note: Weeknote | Archive, to: str) -> Conversion:
    r"""Return a note in another dialect, and what that dialect cannot express.

    From plain text to Markdown every block stays, with two exceptions, which are losses. In a text of several notes
    Markdown tells them apart by the depths of their headings, so a heading may need a different depth, or become part
    of another note. And a line above the title that could be front matter, such as `Tags:`, becomes part of the note.

    From Markdown to plain text every word and every address is kept, and whatever is more than words (emphasis, a
    table, a heading that plain text would not recognise) is a loss. The text is read back, so whatever plain text reads
    as something else is a loss too. A note already in the dialect is returned unchanged.

    Args:
        note: a note or an archive.
        to: `"markdown"` or `"text"`.

    Raises:
        UnknownDialectError: there is no such dialect.
        CannotExpressError: the note was built, and it cannot be written in the dialect asked for.

    >>> import weeknote
    >>> done = convert(weeknote.parse("# Week 12\n\n- See [the plan](https://example.org/) *now*.\n"), "text")
    >>> print(done.text, end="")
    Week 12
    <BLANKLINE>
      • See the plan (https://example.org/) now.
    >>> [type(loss.node).__name__ for loss in done.losses]
    ['Link', 'Emphasis']
    """
    if to not in DIALECTS:
        raise UnknownDialectError(
            f"unknown dialect {to!r}; expected one of {', '.join(map(repr, DIALECTS))}", found=to, expected=DIALECTS
        )
    if of_kind(note, (Weeknote, Archive)).dialect == to:
        return Conversion(note, dump(note))
    check_depth(note)
    return _in_text(note) if to == "text" else _in_markdown(note)


def check_depth(note: Weeknote | Archive) -> None:
    """Check that no container is nested deeper than any that is read.

    Raises:
        CannotExpressError: one is.
    """
    stack: list[tuple[Node, int]] = [] if note.slice is not None else [(note, 0)]
    while stack:
        node, depth = stack.pop()
        if depth > MAX_DEPTH:
            raise CannotExpressError(
                f"this {type(node).__name__} is nested more than {MAX_DEPTH} deep; move it further out", node=node
            )
        deeper = depth + (isinstance(node, Parent) and not isinstance(node, List))
        stack += [(part, deeper) for name in node.parts if name in CONTAINED for part in getattr(node, name)]


# --- plain text to Markdown


def without_slice(node: NodeT, depths: Mapping[int, int] | None = None, **fields: str) -> NodeT:
    r"""Return an equal node without a slice, and a note without what comes before its first line.

    Headings may get another depth, by their ids, and notes and posts another `dialect`.

    >>> import weeknote
    >>> without_slice(weeknote.parse("Fine.\n")).position is None
    True
    """
    given: dict[str, Any] = {}
    for name in node.parts:
        held = getattr(node, name)
        if isinstance(held, tuple):
            given[name] = tuple(without_slice(part, depths, **fields) for part in held)
        elif held is not None:
            given[name] = without_slice(held, depths, **fields)
    match node:
        case List():
            given["marker"] = None
        case Heading() if depths:
            given["depth"] = depths.get(id(node), node.depth)
        case Weeknote() | Archive():
            given |= {"lead": "", **fields}
        case Post():
            given |= fields
    return attrs.evolve(node, **given)


def _in_markdown(note: Weeknote | Archive) -> Conversion:
    """Convert plain text to Markdown."""
    found = without_slice(note, dialect="markdown")
    try:
        return Conversion(found, dump(found))
    except CannotExpressError:
        # What names a note or post in Markdown is the heading's depth; in plain text, its words and place.
        depths = _depths(note)
    found = without_slice(note, depths, dialect="markdown")
    losses = [
        Loss(
            heading,
            f"at depth {heading.depth} Markdown would read this heading as another part of the note; "
            f"its depth is now {depths[id(heading)]}",
        )
        for heading in find_all(note, Heading)
        if id(heading) in depths
    ]
    try:
        return Conversion(found, dump(found), tuple(losses))
    except CannotExpressError:
        return _as_markdown_reads_it(note)


def _as_markdown_reads_it(note: Weeknote | Archive) -> Conversion:
    """Return a note whose blocks Markdown has, and whose parts are those that Markdown finds in them."""
    placed = [pair for entry in entries_of(note) for pair in placed_blocks(entry)]
    text = dump(Post(blocks=[without_slice(block) for block, _ in placed], newline=note.newline))
    found = read_like(attrs.evolve(note, dialect="markdown"), text)
    read = (place for entry in entries_of(found) for _, place in placed_blocks(entry))
    losses = [
        Loss(block, f"Markdown reads it as {now}, not as {expected}")
        for (block, expected), now in zip(placed, read, strict=True)
        if now != expected
    ]
    return Conversion(found, text, tuple(losses))


def _depths(note: Weeknote | Archive) -> dict[int, int]:
    """Return the depths that headings need in Markdown, by the id of each that changes."""
    if isinstance(note, Archive) and len(note.entries) == 1 and isinstance(note.entries[0], Weeknote):
        return _depths(note.entries[0])
    if isinstance(note, Archive):
        opening = [e.heading for e in note.entries if isinstance(e, Post) and e.heading is not None]
        return {id(heading): 1 for heading in opening if heading.depth != 1}
    if note.heading is not None:
        return {id(s.heading): 2 for s in note.sections if s.depth == 1}
    return {id(s.heading): 3 for s in note.sections[:1] if s.depth < 3}


# --- Markdown to plain text


def _in_text(note: Weeknote | Archive) -> Conversion:
    """Convert Markdown to plain text."""
    words = FlattenedNote(note)
    reading = ReadBack(words, note)
    again = {id(piece.root) for piece in reading.changed_numbers()}
    if again:
        # Plain text doesn't read every number as a list marker, but every bullet.
        words = FlattenedNote(note, again)
        reading = ReadBack(words, note)
    for node, reason in reading.differences():
        words.losses.add(node, reason)
    losses = tuple(Loss(node, "; ".join(reasons)) for node, reasons in words.losses)
    return Conversion(reading.note, reading.text, losses)
