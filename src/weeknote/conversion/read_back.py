"""Plain text read again as soon as it is written: which nodes of a note it is no longer read as, and as what."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

import attrs

from weeknote.codec.parse import parse, parse_archive
from weeknote.conversion.flatten_blocks import FlattenedNote, Piece, places
from weeknote.nodes.block import Block, Heading, Link, List, Node, Paragraph, slice_of
from weeknote.nodes.document import Archive, Context, Post, Weeknote, blocks_of, vocabulary_of
from weeknote.nodes.front_matter import FrontMatter
from weeknote.nodes.traversal import find_all
from weeknote.plaintext.block_parser import PlainText
from weeknote.plaintext.block_writer import TextWriter
from weeknote.syntax.lines import joined
from weeknote.syntax.style import Style
from weeknote.syntax.write_context import WriteContext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from weeknote.headings.roles import Vocabulary

KINDS: dict[type[Node], str] = {Heading: "a heading", Paragraph: "a paragraph", List: "a list"}
"""The kinds of block that plain text has."""

PLAIN = Style("•", "  ", " ")
"""The house style's lists: two spaces, `•`, a space."""


class ReadBack:
    """The words of a note written as plain text and read again: what it is read as, and what was meant.

    Attributes:
        text: the text.
        note: what it is read as.
    """

    def __init__(self, words: FlattenedNote, meant: Weeknote | Archive) -> None:
        self._words = words
        self._meant = meant
        vocabulary = vocabulary_of(meant)
        # Not `dump`: it refuses what would be read as something else, and that is what is to be found out.
        writer = TextWriter(WriteContext(PlainText(vocabulary), "\n", lambda: PLAIN))
        rows = [joined(row.lines) for row in writer.write([p.block for p in words.pieces], "")]
        self.text: str = "".join(rows)
        starts = list(accumulate((len(row) for row in rows), initial=0))
        opened = {starts[at]: entry for entry, at in words.opens}
        self.note: Weeknote | Archive = _read(self.text, meant, opened, vocabulary)
        self._found: list[list[Block]] = [[] for _ in rows]
        self._places: dict[int, str] = {}
        self._opens: dict[int, type[Node]] = {}
        for entry in self.note.entries if isinstance(self.note, Archive) else (self.note,):
            self._places |= places(entry)
            for n, block in enumerate(blocks_of(entry)):
                at = bisect_right(starts, slice_of(block).start, hi=len(rows)) - 1
                self._found[at].append(block)
                if n == 0:
                    self._opens[at] = type(entry)

    def misread_numbers(self) -> Iterator[Piece]:
        """Yield the pieces with numbered lists that are read as something else."""
        for piece, found in zip(self._words.pieces, self._found, strict=True):
            if type(piece.block) is not List or not any(x.ordered for x in find_all(piece.block, List)):
                continue
            if len(found) != 1 or next(self._unlike(piece.block, found[0]), None) is not None:
                yield piece

    def differences(self) -> Iterator[tuple[Node, str]]:
        """Yield each node that is read as something else, and as what."""
        for piece, found in zip(self._words.pieces, self._found, strict=True):
            origin = self._words.origins[id(piece.block)]
            if len(found) != 1:
                yield origin, read_as(found)
                continue
            yield from self._unlike(piece.block, found[0])
            place = self._places[id(found[0])]
            if place != piece.place and type(found[0]) is type(piece.block):
                yield origin, f"plain text reads it as {place} and not as {piece.place}"
        if isinstance(self._meant, Archive):
            yield from self._misplaced()

    def _unlike(self, meant: Block, found: Block) -> Iterator[tuple[Node, str]]:
        """Yield the nodes of a block that are read as something else, and as what."""
        origins = self._words.origins
        origin = origins[id(meant)]
        if type(meant) is not type(found):
            yield origin, read_as([found])
        elif isinstance(meant, List) and isinstance(found, List):
            if (meant.ordered, meant.start, len(meant.items)) != (found.ordered, found.start, len(found.items)):
                yield origin, "plain text reads it as a list of other items or numbers"
                return
            for item, other in zip(meant.items, found.items, strict=True):
                if len(item.blocks) != len(other.blocks):
                    yield origins[id(item)], read_as(other.blocks)
                    continue
                for a, b in zip(item.blocks, other.blocks, strict=True):
                    yield from self._unlike(a, b)
        elif meant.text != slice_of(found).source.reader.leaf_text(found).text:
            yield origin, "plain text separates it from its neighbours in another place"
        elif isinstance(meant, Heading) and isinstance(found, Heading):
            if isinstance(origin, Heading) and origin.depth != found.depth:
                yield origin, f"in plain text its depth is {found.depth} and not {origin.depth}"
        elif addresses := self._words.addresses[id(meant)]:
            urls = {link.url for link in find_all(found, Link)}
            for url, node, _ in addresses:
                if url not in urls:
                    yield node, "plain text does not read its address as a link"

    def _misplaced(self) -> Iterator[tuple[Node, str]]:
        """Yield the entries of an archive that no longer begin where they did, and what now begins an entry."""
        opens = dict(self._opens)
        for entry, at in self._words.opens:
            found = opens.pop(at, None)
            if found is None:
                yield entry, "plain text does not separate it from what is above it"
            elif found is not type(entry):
                yield entry, f"plain text reads it as a {found.__name__}"
        for at in opens:
            yield self._words.origins[id(self._words.pieces[at].block)], "plain text begins a new entry with it"


def read_as(found: Sequence[Node]) -> str:
    """Return the reason why something changed: the kinds of node it is now read as.

    >>> from weeknote import Heading
    >>> read_as([Heading(2, "Maps")])
    'plain text reads it as a heading'
    """
    if not found:
        return "plain text reads it as part of what is above it"
    kinds = dict.fromkeys(KINDS[type(node)] for node in found)
    return "plain text reads it as " + (" and ".join(kinds) if len(kinds) == len(found) else "several blocks")


def _read(
    text: str, meant: Weeknote | Archive, opened: dict[int, Weeknote | Post], vocabulary: Vocabulary
) -> Weeknote | Archive:
    """Return what a text is read as, with what is known from outside it of the notes meant by it."""
    if isinstance(meant, Weeknote):
        context = _context(meant, meant.front_matter)
        return _placed(
            parse(text, dialect="text", near=context.near, name=context.name, vocabulary=vocabulary), context
        )
    archive = parse_archive(text, dialect="text", vocabulary=vocabulary)
    entries: list[Weeknote | Post] = []
    for entry in archive.entries:
        old = None if entry.slice is None else opened.get(entry.slice.start)
        if isinstance(entry, Weeknote) and isinstance(old, Weeknote):
            entries.append(_placed(entry, _context(old, meant.front_matter)))
        else:
            entries.append(entry)
    unchanged = all(new is entry for new, entry in zip(entries, archive.entries, strict=True))
    return archive if unchanged else attrs.evolve(archive, entries=entries)


def _placed(note: Weeknote, context: Context) -> Weeknote:
    """Return a note with what is known about it from outside its text; as it was read, if it says the same."""
    # Weeks are equal whatever year was found for them, and the year is what matters here.
    alike = context == note.context and _starts(context) == _starts(note.context)
    return note if alike else attrs.evolve(note, context=context)


def _context(meant: Weeknote, front_matter: FrontMatter | None) -> Context:
    """Return what is known of a note from outside its text; its front matter is outside now."""
    if meant.context.near is not None or front_matter is None or front_matter.published is None:
        return meant.context
    return attrs.evolve(meant.context, near=front_matter.published)


def _starts(context: Context) -> list[date | None]:
    return [week.start for week in context.neighbours or ()]
