"""Building the tree of blocks line by line: open containers, growing lists, and ends set when the next block begins.

Both dialects use it. A block ends where the next one begins, so it owns the blank lines after it; what precedes it on
its first line, the marks and indentation of its containers, belongs to those.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from weeknote.nodes.base import new_node, node_from_source, set_field, set_slice
from weeknote.nodes.block import Block, BlockParent, Blockquote, FootnoteDefinition, List, ListItem, Paragraph
from weeknote.source import Slice, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

LeafT = TypeVar("LeafT", bound=Block)

MAX_DEPTH = 100
"""The maximum number of open containers. Further markers are words: nobody nests so deep, and nothing recurses."""


class Container:
    """An open container: the document, a quotation, a list item or a footnote.

    Attributes:
        node: the node it becomes; None for the document.
        width: how many columns its content is indented by, counted from the content of the container around it; -1 for
            a quotation, which has a mark on each line.
        blocks: the blocks in it so far.
        items: the items of the list that may still grow at its end, else None.
        key: what a further item's marker must be to join that list.
    """

    __slots__ = ("blocks", "items", "key", "list", "node", "width")

    def __init__(self, node: BlockParent | None, width: int) -> None:
        self.node: BlockParent | None = node
        self.width: int = width
        self.blocks: list[Block] = []
        self.list: List | None = None
        self.items: list[ListItem] | None = None
        self.key: str = ""


class Builder:
    """The tree so far.

    Attributes:
        source: the source whose slices the nodes get.
        stack: the open containers, the document first.
        tip: the innermost open container.
    """

    __slots__ = ("_unended", "source", "stack", "tip")

    def __init__(self, source: Source) -> None:
        self.source: Source = source
        self.tip: Container = Container(None, -1)
        self.stack: list[Container] = [self.tip]
        self._unended: list[Slice] = []

    def _begin(self, line: int) -> None:
        unended = self._unended
        if unended:
            for where in unended:
                where.end = line
            unended.clear()

    def _end_list(self, container: Container) -> None:
        if container.items is not None:
            extended = container.list
            assert extended is not None
            assert extended.slice is not None
            set_field(extended, "items", tuple(container.items))
            self._unended.append(extended.slice)
            container.items = None

    def leaf(self, cls: type[LeafT], start: int, line: int, known: Mapping[str, object] | None = None) -> LeafT:
        """Add a block that holds no blocks, at an offset in the line that begins at another.

        Fields that need not be read from its slice are `known`.
        """
        tip = self.tip
        if tip.items is not None:
            self._end_list(tip)
        unended = self._unended
        if unended:
            # As `_begin` does: this is called for every leaf, and a call more would be a tenth of its time.
            for above in unended:
                above.end = line
            unended.clear()
        where = Slice(self.source, start, start)
        node = new_node(cls)
        set_slice(node, where)
        if known is not None:
            for name, value in known.items():
                set_field(node, name, value)
        unended.append(where)
        tip.blocks.append(node)
        return node

    def container(
        self, cls: type[Blockquote | FootnoteDefinition], start: int, line: int, width: int, **known: str
    ) -> None:
        """Open a container at the tip."""
        tip = self.tip
        if tip.items is not None:
            self._end_list(tip)
        self._begin(line)
        node = node_from_source(cls, Slice(self.source, start, start), **known)
        tip.blocks.append(node)
        self._open(node, width)

    def item(self, start: int, line: int, width: int, key: str, marker: str, number: int | None = None) -> None:
        """Open a list item at the tip: in the list that grows there if the key fits, else in a new list.

        `width` is how many columns its content is indented by; a bullet has no number.
        """
        items = self._list(start, line, key, marker, number)
        node = new_node(ListItem)
        set_slice(node, Slice(self.source, start, start))
        items.append(node)
        self._open(node, width)

    def short_items(self, lines: list[int], marker: str, width: int) -> None:
        """Add items of one line of words each at the tip, as `item` would, and close them.

        `lines` has the offsets where their lines begin, and where the last of them ends; `width` characters, with the
        marker, come before the words in each.
        """
        source = self.source
        items = self._list(lines[0], lines[0], marker, marker, None)
        for start, end in pairwise(lines):
            words = new_node(Paragraph)
            set_slice(words, Slice(source, start + width, end))
            node = new_node(ListItem)
            set_slice(node, Slice(source, start, end))
            set_field(node, "blocks", (words,))
            items.append(node)

    def _list(self, start: int, line: int, key: str, marker: str, number: int | None) -> list[ListItem]:
        """Return the items of the list that an item joins at the tip; the list is opened if need be."""
        tip = self.tip
        if tip.items is not None and tip.key == key:
            self._begin(line)
            return tip.items
        self._end_list(tip)
        self._begin(line)
        tip.list = node_from_source(
            List,
            Slice(self.source, start, start),
            ordered=number is not None,
            start=number,
            marker=marker,
        )
        tip.items, tip.key = [], key
        tip.blocks.append(tip.list)
        return tip.items

    def _open(self, node: BlockParent, width: int) -> None:
        self.tip = Container(node, width)
        self.stack.append(self.tip)

    def close(self, depth: int) -> None:
        """Close the containers above a depth; the document alone is depth 1."""
        stack = self.stack
        while len(stack) > depth:
            container = stack.pop()
            if container.items is not None:
                self._end_list(container)
            node = container.node
            assert node is not None
            assert node.slice is not None
            set_field(node, "blocks", tuple(container.blocks))
            self._unended.append(node.slice)
        self.tip = stack[-1]

    def drop(self) -> None:
        """Take back the leaf that was added last."""
        self.tip.blocks.pop()
        self._unended.pop()

    def finish(self, end: int) -> list[Block]:
        """Close all that is open at an offset and return the document's blocks."""
        self.close(1)
        self._end_list(self.tip)
        self._begin(end)
        return self.tip.blocks
