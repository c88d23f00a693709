"""Flattening a Markdown note to the paragraphs, headings and lists that plain text has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from weeknote.conversion.flatten_inline import Address, Losses, Words
from weeknote.conversion.plain_blocks import PlainBlock, PlainItem, PlainLeaf, PlainList
from weeknote.nodes.block import (
    Block,
    Blockquote,
    Code,
    Definition,
    FootnoteDefinition,
    Heading,
    Html,
    List,
    Node,
    Paragraph,
    Table,
    ThematicBreak,
)
from weeknote.nodes.document import Archive, Post, Weeknote, entries_of
from weeknote.source import LINE_END

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TITLE, SECTION, BODY, SITE = "the note's own heading", "a section's heading", "part of the note", "site furniture"
"""The parts of a note that a block can be in."""

GAP = re.compile(r"\n{2,}")
# A run of blanks is matched from its first one only; trying each of them would take quadratic time.
LINE_BREAK = re.compile(r"(?<![ \t])[ \t]*+[\r\n][ \t\r\n]*+")

DROPPED = {
    Blockquote: "plain text has no quotations; the quoted words are kept",
    Code: "plain text has no code blocks; the lines are kept without their indentation",
    ThematicBreak: "plain text has no thematic breaks; it is left out",
    Table: "plain text has no tables; each row becomes a line, with | between cells",
    Definition: "plain text has no link definitions; its links carry the address",
    FootnoteDefinition: "plain text has no footnotes; its words follow its label in brackets",
}
"""The loss for each kind of block."""


class Piece(NamedTuple):
    """One block of plain text at the margin.

    Attributes:
        block: its words.
        root: the block of the note it came from.
        place: the part of the note it belongs to.
    """

    block: PlainBlock
    root: Node
    place: str


def placed_blocks(entry: Weeknote | Post) -> list[tuple[Block, str]]:
    """Return the blocks of a note or post in order, headings included, each with the part of the note it is in."""
    heading = [] if entry.heading is None else [(entry.heading, TITLE)]
    if isinstance(entry, Post):
        return [*heading, *_inside(entry.blocks)]
    sections = [pair for section in entry.sections for pair in _inside((section.heading, *section.blocks))]
    above, below, trailer = ([(block, SITE) for block in row] for row in (entry.masthead, entry.byline, entry.trailer))
    return [*above, *heading, *below, *_inside(entry.intro), *sections, *trailer]


def _inside(blocks: Iterable[Block]) -> list[tuple[Block, str]]:
    return [(block, SECTION if type(block) is Heading else BODY) for block in blocks]


def on_one_line(text: str) -> str:
    r"""Return text with a space for each line break, and without blanks around it.

    >>> on_one_line(" one \n two\t")
    'one two'
    """
    if "\n" in text or "\r" in text:
        text = LINE_BREAK.sub(" ", text)
    return text.strip(" \t\r\n")


def paragraphs_of(text: str) -> list[str]:
    r"""Return text split at blank lines, without blanks at the ends of lines.

    >>> paragraphs_of("one \n two\n\t\nthree")
    ['one\ntwo', 'three']
    """
    if "\n" in text or "\r" in text:
        lines = [line.strip(" \t") for line in LINE_END.split(text)]
        return [found for found in GAP.split("\n".join(lines).strip("\n")) if found]
    text = text.strip(" \t")
    return [text] if text else []


class FlattenedNote:
    """A note's words as blocks of plain text, before they are read back.

    Attributes:
        pieces: the blocks, in order.
        opens: the entries of an archive, each with the index of its first piece.
        losses: what the nodes lose.
    """

    def __init__(self, note: Weeknote | Archive, bulleted: Iterable[int] = ()) -> None:
        self.pieces: list[Piece] = []
        self.opens: list[tuple[Weeknote | Post, int]] = []
        self.losses: Losses = Losses()
        self._bulleted = frozenset(bulleted)
        self._bullets = False
        if isinstance(note, Archive) and note.front_matter is not None:
            self.losses.add(note.front_matter, "plain text has no front matter; it is left out")
        for entry in entries_of(note):
            self.losses.meet(entry)
            at = len(self.pieces)
            self._entry(entry)
            if len(self.pieces) > at:
                self.opens.append((entry, at))
            elif isinstance(note, Archive):
                self.losses.add(entry, "it has no words; it is left out")

    # --- blocks

    def _entry(self, entry: Weeknote | Post) -> None:
        if isinstance(entry, Weeknote) and (matter := entry.front_matter) is not None:
            title = None if entry.heading is not None else matter.title
            if title is not None and (line := on_one_line(title)):
                self.losses.add(matter, "plain text has no front matter; only its title is kept, as the heading")
                self.pieces.append(Piece(PlainLeaf(line, matter, (), Heading), matter, TITLE))
            else:
                self.losses.add(matter, "plain text has no front matter; it is left out")
        for block, place in placed_blocks(entry):
            self._bullets = id(block) in self._bulleted
            if isinstance(block, Heading):
                self._heading(block, place)
            else:
                self.pieces += [Piece(new, block, place) for new in self._blocks((block,))]

    def _heading(self, node: Heading, place: str) -> None:
        """Add a heading. Its addresses go below it, as a line with an address is never a heading in plain text."""
        self.losses.meet(node)
        words = Words(self.losses)
        words.read_leaf(node)
        line = on_one_line(words.bare())
        if line:
            self.pieces.append(Piece(PlainLeaf(line, node, (), Heading), node, place))
        else:
            self.losses.add(node, "a heading without words is left out")
        if words.marks:
            below = " ".join(text for _, text in words.marks if text)
            place = SITE if place == SITE else BODY
            self.pieces += [Piece(new, node, place) for new in paragraphs(below, node, words.addresses)]

    def _blocks(self, nodes: Sequence[Block]) -> list[PlainBlock]:
        """Return blocks as paragraphs and lists."""
        found: list[PlainBlock] = []
        for node in nodes:
            if type(node) in DROPPED:
                self.losses.add(node, DROPPED[type(node)])
            else:
                self.losses.meet(node)
            match node:
                case Paragraph():
                    found += self._worded(node)
                case Heading():
                    self.losses.add(node, "plain text has no headings inside other blocks; it becomes a paragraph")
                    found += self._worded(node)
                case List():
                    found += self._list(node)
                case Blockquote():
                    found += self._blocks(node.blocks)
                case Code():
                    found += paragraphs(node.value, node)
                case Html():
                    words = Words(self.losses)
                    words.read([node])
                    found += paragraphs(words.text(), node, words.addresses)
                case Table():
                    found += self._table(node)
                case FootnoteDefinition():
                    found += led(f"[{node.label}] ", self._blocks(node.blocks), node)
                case ThematicBreak() | Definition():
                    pass
        return found

    def _worded(self, node: Paragraph | Heading) -> list[PlainLeaf]:
        words = Words(self.losses)
        words.read_leaf(node)
        return paragraphs(words.text(), node, words.addresses)

    def _table(self, node: Table) -> list[PlainLeaf]:
        lines: list[str] = []
        addresses: list[Address] = []
        for row in node.rows:
            cells = []
            for cell in row.cells:
                words = Words(self.losses)
                words.read(cell.children)
                cells.append(on_one_line(words.text()))
                addresses += words.addresses
            lines.append(" | ".join(cells))
        return paragraphs("\n".join(lines), node, addresses)

    def _list(self, node: List) -> list[PlainList]:
        """Return a list as the only block, or nothing if no item has words."""
        bullets = self._bullets and node.ordered
        if bullets:
            self.losses.add(
                node, "plain text would not read these numbers as list markers; they become text after bullets"
            )
        start = (node.start or 0) if node.ordered else None
        items: list[PlainItem] = []
        for n, item in enumerate(node.items):
            self.losses.meet(item)
            blocks = self._blocks(item.blocks)
            if bullets and start is not None:
                blocks = led(f"{start + n}. ", blocks, item)
            while blocks and isinstance(first := blocks[0], PlainList):
                self.losses.add(item, "the item begins with a list; that list's items take its place")
                items += first.items
                del blocks[0]
            if blocks:
                items.append(PlainItem(blocks, item))
            elif not self.losses.of(item):
                self.losses.add(item, "an item without words is left out")
        if not items:
            self.losses.add(node, "a list without words is left out")
            return []
        return [PlainList(items, node, None if bullets else start)]


def led(label: str, blocks: list[PlainBlock], origin: Node) -> list[PlainBlock]:
    """Return blocks with a label at the beginning of the first paragraph."""
    if blocks and isinstance(first := blocks[0], PlainLeaf):
        first.text = label + first.text
        return blocks
    return [*paragraphs(label, origin), *blocks]


def paragraphs(text: str, origin: Node, addresses: Sequence[Address] = ()) -> list[PlainLeaf]:
    """Return text as paragraphs, split at blank lines, each with the addresses that are in it."""
    chunks = paragraphs_of(text)
    if len(chunks) == 1:
        return [PlainLeaf(chunks[0], origin, addresses)]
    found: list[list[Address]] = [[] for _ in chunks]
    n = at = 0
    for address in addresses if chunks else ():
        # Addresses come in the order of the words: each is in the paragraph of the last one or in a later one.
        for later in range(n, len(chunks)):
            place = chunks[later].find(address.spelled, at if later == n else 0)
            if place >= 0:
                n, at = later, place
                break
        found[n].append(address)
    return [PlainLeaf(chunk, origin, own) for chunk, own in zip(chunks, found, strict=True)]
