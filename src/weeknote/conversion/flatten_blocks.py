"""Flattening a Markdown note to the paragraphs, headings and lists that plain text has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from weeknote.conversion.flatten_inline import Address, Words
from weeknote.nodes.block import (
    Block,
    Blockquote,
    Code,
    Definition,
    FootnoteDefinition,
    Heading,
    Html,
    List,
    ListItem,
    Node,
    Paragraph,
    Table,
    ThematicBreak,
)
from weeknote.nodes.document import Archive, Post, Weeknote, blocks_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TITLE, SECTION, BODY, SITE = "the note's own heading", "a section's heading", "part of the note", "site furniture"
"""The parts of a note that a block can be in."""

LINE_END = re.compile(r"\r\n?|\n")
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
"""What is lost with each kind of block."""


@attrs.frozen
class Piece:
    """One block of plain text.

    Attributes:
        block: the block; it holds nothing but words.
        root: the block of the note it came from.
        place: the part of the note it belongs to.
    """

    block: Paragraph | Heading | List
    root: Node
    place: str


def places(entry: Weeknote | Post) -> dict[int, str]:
    """Return the part of the note that each block is in, by the block's id."""
    found = {id(block): SECTION if type(block) is Heading else BODY for block in blocks_of(entry)}
    if entry.heading is not None:
        found[id(entry.heading)] = TITLE
    if isinstance(entry, Weeknote):
        found |= {id(block): SITE for block in (*entry.masthead, *entry.byline, *entry.trailer)}
    return found


def paragraphs_of(text: str) -> list[str]:
    r"""Return text split at blank lines, without blanks at the ends of lines.

    >>> paragraphs_of("one \n two\n\t\nthree")
    ['one\ntwo', 'three']
    """
    lines = (
        [line.strip(" \t") for line in LINE_END.split(text)] if "\n" in text or "\r" in text else [text.strip(" \t")]
    )
    if len(lines) > 1:
        lines = GAP.split("\n".join(lines).strip("\n"))
    return [line for line in lines if line]


class FlattenedNote:
    """A note's words as blocks of plain text, before they are read back.

    Attributes:
        pieces: the blocks, in order.
        origins: the node that each new block or item came from, by the new one's id.
        addresses: the addresses in each new paragraph, by its id.
        opens: the entries of an archive, each with the index of its first piece.
        lost: the nodes that lose something with the reasons, by id.
    """

    def __init__(self, note: Weeknote | Archive, bulleted: Iterable[int] = ()) -> None:
        self.pieces: list[Piece] = []
        self.origins: dict[int, Node] = {}
        self.addresses: dict[int, list[Address]] = {}
        self.opens: list[tuple[Weeknote | Post, int]] = []
        self.lost: dict[int, tuple[Node, list[str]]] = {}
        self._bulleted = frozenset(bulleted)
        self._bullets = False
        if isinstance(note, Archive) and note.front_matter is not None:
            self.lose(note.front_matter, "plain text has no front matter; it is left out")
        for entry in note.entries if isinstance(note, Archive) else (note,):
            at = len(self.pieces)
            self._entry(entry)
            if len(self.pieces) > at:
                self.opens.append((entry, at))
            elif isinstance(note, Archive):
                self.lose(entry, "it has no words; it is left out")

    def lose(self, node: Node, reason: str) -> None:
        """Record that a node loses something."""
        reasons = self.lost.setdefault(id(node), (node, []))[1]
        if reason not in reasons:
            reasons.append(reason)

    # --- blocks

    def _entry(self, entry: Weeknote | Post) -> None:
        if isinstance(entry, Weeknote) and entry.front_matter is not None:
            title = None if entry.heading is not None else entry.front_matter.title
            line = "" if title is None else LINE_BREAK.sub(" ", title).strip(" \t\r\n")
            if line:
                self.lose(entry.front_matter, "plain text has no front matter; only its title is kept, as the heading")
                self._add(Heading(1, line), entry.front_matter, TITLE)
            else:
                self.lose(entry.front_matter, "plain text has no front matter; it is left out")
        where = places(entry)
        for block in blocks_of(entry):
            self._bullets = id(block) in self._bulleted
            place = where[id(block)]
            if isinstance(block, Heading):
                self._heading(block, place)
            else:
                for new in self._blocks((block,)):
                    self.pieces.append(Piece(new, block, place))

    def _add(self, block: Paragraph | Heading, origin: Node, place: str) -> None:
        self.origins[id(block)] = origin
        self.pieces.append(Piece(block, origin, place))

    def _heading(self, node: Heading, place: str) -> None:
        """Add a heading. Its addresses go below it, as a line with an address is never a heading in plain text."""
        words = Words(self.lose)
        words.read(node.children)
        line = LINE_BREAK.sub(" ", words.bare()).strip(" \t\r\n")
        if line:
            self._add(Heading(1 if place == TITLE else 2, line), node, place)
        else:
            self.lose(node, "a heading without words is left out")
        below = " ".join(text for _, text in words.marks if text)
        for new in self._paragraphs(below, node, words.addresses):
            self.pieces.append(Piece(new, node, SITE if place == SITE else BODY))

    def _blocks(self, nodes: Sequence[Block]) -> list[Paragraph | List]:
        """Return blocks as paragraphs and lists."""
        found: list[Paragraph | List] = []
        for node in nodes:
            if type(node) in DROPPED:
                self.lose(node, DROPPED[type(node)])
            match node:
                case Paragraph():
                    found += self._worded(node)
                case Heading():
                    self.lose(node, "plain text has no headings inside other blocks; it becomes a paragraph")
                    found += self._worded(node)
                case List():
                    found += self._list(node)
                case Blockquote():
                    found += self._blocks(node.blocks)
                case Code():
                    found += self._paragraphs(node.value, node, [])
                case Html():
                    words = Words(self.lose)
                    words.read([node])
                    found += self._paragraphs(words.text(), node, words.addresses)
                case Table():
                    found += self._table(node)
                case FootnoteDefinition():
                    found += self._led(f"[{node.label}] ", self._blocks(node.blocks), node)
                case ThematicBreak() | Definition():
                    pass
        return found

    def _worded(self, node: Paragraph | Heading) -> list[Paragraph]:
        words = Words(self.lose)
        words.read(node.children)
        return self._paragraphs(words.text(), node, words.addresses)

    def _table(self, node: Table) -> list[Paragraph]:
        lines, addresses = [], []
        for row in node.rows:
            cells = []
            for cell in row.cells:
                words = Words(self.lose)
                words.read(cell.children)
                cells.append(LINE_BREAK.sub(" ", words.text()).strip(" \t\r\n"))
                addresses += words.addresses
            lines.append(" | ".join(cells))
        return self._paragraphs("\n".join(lines), node, addresses)

    def _list(self, node: List) -> list[Paragraph | List]:
        """Return a list as the only block, or nothing if no item has words."""
        bullets = self._bullets and node.ordered
        if bullets:
            self.lose(node, "plain text would not read these numbers as list markers; they become words behind bullets")
        items: list[ListItem] = []
        for n, item in enumerate(node.items):
            blocks = self._blocks(item.blocks)
            if bullets:
                blocks = self._led(f"{(node.start or 0) + n}. ", blocks, item)
            while blocks and isinstance(first := blocks[0], List):
                self.lose(item, "the item begins with a list; that list's items take its place")
                items += first.items
                del blocks[0]
            if not blocks:
                if id(item) not in self.lost:
                    self.lose(item, "an item without words is left out")
                continue
            items.append(ListItem(blocks))
            self.origins[id(items[-1])] = item
        if not items:
            self.lose(node, "a list without words is left out")
            return []
        found = List(items) if bullets else List(items, node.ordered, node.start)
        self.origins[id(found)] = node
        return [found]

    def _led(self, label: str, blocks: list[Paragraph | List], origin: Node) -> list[Paragraph | List]:
        """Return blocks with a label at the beginning of the first paragraph."""
        if blocks and isinstance(blocks[0], Paragraph):
            return [self._again(blocks[0], label + blocks[0].text), *blocks[1:]]
        return [*self._paragraphs(label, origin, []), *blocks]

    def _again(self, old: Paragraph, text: str) -> Paragraph:
        """Return a paragraph with other words, of the same origin."""
        new = Paragraph(text)
        self.origins[id(new)] = self.origins[id(old)]
        self.addresses[id(new)] = self.addresses[id(old)]
        return new

    def _paragraphs(self, text: str, origin: Node, addresses: list[Address]) -> list[Paragraph]:
        """Return text as paragraphs, split at blank lines, without blanks at the ends of lines."""
        chunks = paragraphs_of(text)
        found = [Paragraph(chunk) for chunk in chunks]
        for new in found:
            self.origins[id(new)] = origin
            self.addresses[id(new)] = []
        if len(found) == 1:
            self.addresses[id(found[0])] = list(addresses)
            return found
        n = at = 0
        for address in addresses if found else ():
            # Addresses come in the order of the words: each is in the paragraph of the last one or in a later one.
            for later in range(n, len(chunks)):
                place = chunks[later].find(address.spelled, at if later == n else 0)
                if place >= 0:
                    n, at = later, place
                    break
            self.addresses[id(found[n])].append(address)
        return found
