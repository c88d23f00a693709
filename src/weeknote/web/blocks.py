"""The elements of a page as the blocks of a note, and what Markdown cannot express."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from weeknote.nodes.block import (
    Block,
    Break,
    Code,
    FootnoteDefinition,
    Heading,
    Html,
    Inline,
    InlineCode,
    List,
    Paragraph,
    Text,
    ThematicBreak,
)
from weeknote.web.block_elements import BLOCK_READERS, BLOCKS, GUTTER, is_figure, read_figure
from weeknote.web.footnotes import Footnotes, find_footnotes
from weeknote.web.inline_elements import INLINE_READERS, read_inline
from weeknote.web.inlines import InlineRun, Path
from weeknote.web.raw_html import is_embed_code, raw_html, tags_and_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weeknote.web.html_parser import Element

NOTHING = frozenset(
    "script style template head link meta title base param source track colgroup col datalist noscript".split()
)

READERS = {**BLOCK_READERS, **INLINE_READERS}

CHECKBOXES = {"checkbox checkbox-on": "[x] ", "checkbox checkbox-off": "[ ] "}
"""Notion's marks for done and open tasks."""

SPACE = Text(" ")


class BlockReader:
    """Reads elements into blocks.

    Attributes:
        blocks: the blocks so far.
        losses: what could not be expressed, each with the index of the block it is about.
        run: the words of the paragraph that is being read.
        base: the address that relative ones start from; None if it is not known.
        footnotes: where the page's footnotes are.
        referred: the labels of the footnotes that were referred to so far.
    """

    def __init__(self, root: Element, base: str | None, skip: set[int]) -> None:
        self.blocks: list[Block] = []
        self.losses: list[tuple[int, str]] = []
        self.run: InlineRun = InlineRun()
        self.base = base
        self.footnotes: Footnotes = find_footnotes(root)
        self.referred: list[str] = []
        self._skip = skip
        self._here = self.blocks
        self._notes: list[Block] = []
        self._defined: set[str] = set()

    def read(self, root: Element) -> None:
        """Add the blocks of an element, footnotes last; they may be elsewhere on the page."""
        self.inside(root, ())
        self.flush()
        # A footnote can refer to another: the list grows while it is read.
        for label in self.referred:
            if label not in self._defined:
                self.footnote(self.footnotes.holders[label], label)
        self.blocks += self._notes

    def lose(self, reason: str) -> None:
        """Record a loss of the block that is being read."""
        loss = (len(self.blocks), reason)
        if loss not in self.losses[-20:]:
            self.losses.append(loss)

    def add(self, block: Block) -> None:
        """Add a block after what was read."""
        self.flush()
        self._here.append(block)

    def flush(self) -> None:
        """End the paragraph that is being read."""
        self._here += map(Paragraph, self.run.paragraphs())

    def is_left_out(self, element: Element) -> bool:
        """Return whether an element is not part of the note."""
        if element.tag == "td" and element.classes & GUTTER:
            return True
        return element.tag in NOTHING or id(element) in self._skip or id(element) in self.footnotes.back_links

    def leave_out(self, element: Element) -> None:
        """Skip an element that was read already."""
        self._skip.add(id(element))

    def inside(self, element: Element, path: Path) -> None:
        """Read what is in an element."""
        for child in element.children:
            if isinstance(child, str):
                self.run.add_words(child, path)
            else:
                self.one(child, path)

    def alone(self, element: Element, path: Path) -> None:
        """Read what is in an element, in paragraphs of its own."""
        self.flush()
        self.inside(element, path)
        self.flush()

    def one(self, element: Element, path: Path) -> None:
        """Read one element."""
        if self.is_left_out(element):
            return
        if (label := self.footnotes.definitions.get(id(element))) is not None:
            self.footnote(element, label)
        elif is_embed_code(element):
            self._embed_code(element)
        elif is_figure(element):
            read_figure(self, element, path)
        elif (mark := CHECKBOXES.get(element.get("class"))) is not None:
            self.run.add_words(mark, path)
        elif (reader := READERS.get(element.tag)) is not None:
            reader(self, element, path)
        elif element.tag in BLOCKS:
            self.alone(element, path)
        else:
            read_inline(self, element, path)

    @contextmanager
    def apart(self) -> Iterator[list[Block]]:
        """Read into a list of blocks of its own, for the content of a container."""
        self.flush()
        outside, self._here = self._here, []
        yield self._here
        self.flush()
        self._here = outside

    def within(self, element: Element, path: Path) -> list[Block]:
        """Return the blocks in an element, as those of a container."""
        with self.apart() as blocks:
            self.inside(element, path)
        return blocks

    def line(self, element: Element, between: Inline = SPACE, path: Path = ()) -> tuple[Inline, ...]:
        """Return what is in an element as one line, with a node in the place of each line break or new block."""
        with self.apart() as blocks:
            self.inside(element, path)
            rest = self.run.line(between)
        nodes: list[Inline] = []
        for piece in [*(piece for block in blocks for piece in _inline_of(block)), rest]:
            if piece:
                nodes += [between, *piece] if nodes else piece
        return tuple(between if isinstance(n, Break) else n for n in nodes)

    def footnote(self, element: Element, label: str) -> None:
        """Read what a footnote says."""
        outside, self.run = self.run, InlineRun()
        with self.apart() as blocks:
            self.inside(element, ())
        self.run = outside
        self._defined.add(label)
        self._notes.append(FootnoteDefinition(label, blocks))

    def _embed_code(self, element: Element) -> None:
        """Keep the code of an embedded post or picture: its tags as they are, its words as words."""
        pieces = tags_and_words(raw_html(element, self.base))
        for n, piece in enumerate(pieces):
            if element.tag != "a" and n in (0, len(pieces) - 1):
                self.add(Html(piece))
            elif piece in ("<p>", "</p>"):
                self.flush()
            elif piece.startswith("<"):
                self.run.add(Html(piece), ())
            else:
                self.run.add_words(piece, ())


def _inline_of(block: Block) -> list[tuple[Inline, ...]]:
    """Return the lines that a block shows, for a place where no block can be."""
    match block:
        case Paragraph(children=children) | Heading(children=children):
            return [children]
        case Html() | ThematicBreak():
            return []
        case Code(value=value):
            return [(InlineCode(" ".join(value.split())),)]
        case List(items=items):
            return [line for item in items for inside in item.blocks for line in _inline_of(inside)]
        case _:
            words = " ".join(block.text.split())
            return [(Text(words),)] if words else []
