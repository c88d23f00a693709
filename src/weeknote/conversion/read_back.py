"""Plain text read again as soon as it is written: which nodes of a note it is no longer read as, and as what."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

import attrs

from weeknote.codec.parse import parse, parse_archive
from weeknote.conversion.flatten_blocks import FlattenedNote, Piece, placed_blocks
from weeknote.conversion.plain_blocks import PlainBlock, PlainLeaf, PlainList, write
from weeknote.nodes.base import set_field
from weeknote.nodes.block import Block, Heading, List, Node, Paragraph, encoded, slice_of
from weeknote.nodes.document import Archive, Context, Post, Weeknote, entries_of, vocabulary_of
from weeknote.nodes.front_matter import FrontMatter
from weeknote.plaintext.block_parser import find_urls
from weeknote.source import BLANK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KINDS: dict[type[Node], str] = {Heading: "a heading", Paragraph: "a paragraph", List: "a list"}
"""The kinds of block that plain text has."""


class ReadBack:
    """The words of a note written as plain text and read again: what it is read as, and what was expected.

    Attributes:
        text: the text.
        note: what it is read as.
    """

    def __init__(self, words: FlattenedNote, expected: Weeknote | Archive) -> None:
        self._words = words
        self._expected = expected
        rows = write(piece.block for piece in words.pieces)
        self.text: str = "".join(rows)
        starts = list(accumulate(map(len, rows), initial=0))
        opened = {starts[at]: entry for entry, at in words.opens}
        self.note: Weeknote | Archive = _read(self.text, expected, opened)
        self._found: list[list[tuple[Block, str]]] = [[] for _ in rows]
        self._opens: dict[int, type[Node]] = {}
        at = 0
        for entry in entries_of(self.note):
            for n, (block, place) in enumerate(placed_blocks(entry)):
                while at + 1 < len(rows) and starts[at + 1] <= slice_of(block).start:
                    at += 1
                self._found[at].append((block, place))
                if n == 0:
                    self._opens[at] = type(entry)

    def changed_numbers(self) -> Iterator[Piece]:
        """Yield the pieces with numbered lists that are read as something else."""
        for piece, found in zip(self._words.pieces, self._found, strict=True):
            block = piece.block
            if isinstance(block, PlainList) and block.has_numbers and (len(found) != 1 or unlike(block, found[0][0])):
                yield piece

    def differences(self) -> Iterator[tuple[Node, str]]:
        """Yield each node that is read as something else, and as what."""
        for (block, _, expected_place), found in zip(self._words.pieces, self._found, strict=True):
            if len(found) != 1:
                yield block.origin, read_as([node for node, _ in found])
                continue
            node, place = found[0]
            yield from unlike(block, node)
            if place != expected_place and type(node) is block.kind:
                yield block.origin, f"plain text reads it as {place}, not as {expected_place}"
        if isinstance(self._expected, Archive):
            yield from self._misplaced()

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
            yield self._words.pieces[at].block.origin, "plain text starts a new entry here"


def unlike(expected: PlainBlock, found: Block) -> list[tuple[Node, str]]:
    """Return the nodes of a block that are read as something else, and as what."""
    if type(found) is not expected.kind:
        return [(expected.origin, read_as([found]))]
    return unlike_leaf(expected, found) if isinstance(expected, PlainLeaf) else unlike_list(expected, found)


def unlike_list(expected: PlainList, found: Block) -> list[tuple[Node, str]]:
    """Return the nodes of a list that are read as something else, and as what."""
    assert isinstance(found, List)
    if (expected.start, len(expected.items)) != (found.start, len(found.items)):
        return [(expected.origin, "plain text reads it as a list with other items or numbers")]
    wrong = []
    for item, other in zip(expected.items, found.items, strict=True):
        if len(item.blocks) != len(other.blocks):
            wrong.append((item.origin, read_as(other.blocks)))
            continue
        for a, b in zip(item.blocks, other.blocks, strict=True):
            wrong += unlike(a, b)
    return wrong


def unlike_leaf(expected: PlainLeaf, found: Block) -> list[tuple[Node, str]]:
    """Return the leaf, or the links in it, if plain text reads them as something else, and as what."""
    origin = expected.origin
    if not has_words(found, expected.text):
        return [(origin, "plain text separates it from its neighbours elsewhere")]
    if isinstance(found, Heading) and isinstance(origin, Heading) and origin.depth != found.depth:
        return [(origin, f"in plain text its depth is {found.depth}, not {origin.depth}")]
    if not expected.addresses:
        return []
    urls = {encoded(url) for _, url in find_urls(expected.text)}
    reason = "plain text does not read its address as a link"
    return [(node, reason) for url, node, _ in expected.addresses if url not in urls]


def has_words(found: Block, words: str) -> bool:
    """Return whether a leaf that was read has just these words."""
    where = slice_of(found)
    if where.text.strip(BLANK) == words:
        return True
    return "\n" in words and where.source.reader.leaf_text(found).text == words


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


def _read(text: str, expected: Weeknote | Archive, opened: dict[int, Weeknote | Post]) -> Weeknote | Archive:
    """Return what a text is read as, with what is known from outside it of the notes it was made of."""
    vocabulary = vocabulary_of(expected)
    if isinstance(expected, Weeknote):
        note = parse(text, dialect="text", vocabulary=vocabulary)
        set_field(note, "context", _context(expected, expected.front_matter))
        return note
    archive = parse_archive(text, dialect="text", vocabulary=vocabulary)
    for entry in archive.entries:
        old = opened.get(slice_of(entry).start)
        if isinstance(entry, Weeknote) and isinstance(old, Weeknote):
            set_field(entry, "context", _context(old, expected.front_matter))
    return archive


def _context(expected: Weeknote, front_matter: FrontMatter | None) -> Context:
    """Return what is known of a note from outside its text; its front matter is outside now."""
    if expected.context.near is not None or front_matter is None or front_matter.published is None:
        return expected.context
    return attrs.evolve(expected.context, near=front_matter.published)
