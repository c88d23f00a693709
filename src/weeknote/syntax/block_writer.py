"""Blocks to lines: what was read is written as it was, and what is new in the note's style.

Law 2 is kept here: a new node changes no line but its own, and where two pieces meet that did not meet before,
newlines are added and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from weeknote.errors import CannotExpressError
from weeknote.nodes.block import (
    Blockquote,
    Code,
    FootnoteDefinition,
    Html,
    List,
    Paragraph,
    contents,
    slice_of,
)
from weeknote.source import BOM, LINE
from weeknote.syntax.lines import (
    Line,
    are_adjacent,
    follows_blank_line,
    goes_on_with,
    has_prefix,
    is_blank,
    is_first_on_marked_line,
    keys_beside,
    last_leaf,
    lines_of,
    marker_key,
    means_the_same_anywhere,
    moved_line,
    needs_blank,
    original_slice,
    prefix_of,
    prefixed,
    taken_unmarked,
    written_prefix_of,
)
from weeknote.syntax.list_plan import PlannedItem, fits, is_loose, kept_items, number_step, plan_of, spacing_of
from weeknote.syntax.tree_builder import MAX_DEPTH
from weeknote.syntax.write_context import WriteContext, WrittenItem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weeknote.nodes.block import Block, BlockParent, Node

MAX_NUMBER = 999_999_999
"""The greatest number an item can have (CommonMark 5.2); only the first item's counts."""

LINE_ENDS = ("\n", "\r")

LINE_STARTS = "\r\n" + BOM
"""What comes before a block at the margin."""


class WrittenBlocks(NamedTuple):
    """Blocks as lines: one that is new, or some that were read one after the other.

    Attributes:
        lines: the lines, with the blank lines after them.
        start: the index of the first block.
        end: the index just past the last.
        kept: whether they are written as they were read.
        touching: whether they follow what they followed when they were read.
    """

    lines: list[Line]
    start: int
    end: int
    kept: bool
    touching: bool


class BlockWriter:
    """Writes blocks; each dialect adds how a new one is written."""

    def __init__(self, context: WriteContext) -> None:
        self.context = context
        self.newline: str = context.newline
        self.depth: int = 0

    # --- what each dialect adds

    bullets_known: ClassVar[str]
    """The bullets a new list can have, the plainest first."""

    def write_new(self, block: Block, prefix: str, avoid: str, *, in_place: bool) -> list[Line]:
        """Return the lines of a block that is not written as it was read.

        They will have a container prefix. A list avoids the marker keys of those beside it. A block in place replaces
        one that was read there, with some of its parts edited.

        Raises:
            CannotExpressError: the dialect has no way to write it.
        """
        raise NotImplementedError

    # --- what was read

    def is_kept(self, node: Node, prefix: str, unmoved: frozenset[int] = frozenset()) -> bool:
        """Return whether a node is written as it was read, after a container prefix.

        `unmoved` has the ids of nodes that are where they were read, in a container of which another one was edited.
        """
        where = node.slice
        if where is None or where.source.reader.name != self.context.reader.name:
            return False
        leaf = last_leaf(node)
        if id(leaf) in self.context.reindented or id(node) in self.context.moved:
            return False
        if not self.context.keeps_meaning(node):
            return False
        if id(node) in unmoved:
            return True
        if isinstance(node, Html) and not where.text.endswith(LINE_ENDS):
            # It may be a tag in a line, and begin no block.
            return False
        if not prefix:
            # A lazy line of a quotation is at the margin too, but means something else there.
            is_lazy = type(node) is Paragraph and where.start in where.source.cuts
            return not is_lazy and (where.start == 0 or where.source.text[where.start - 1] in LINE_STARTS)
        # Moved code may need the end of its fence, or another indentation.
        return type(leaf) is not Code and (has_prefix(where, prefix) or means_the_same_anywhere(where, type(node)))

    def is_moved(self, node: Node, prefix: str, unmoved: frozenset[int]) -> bool:
        """Return whether a node that is written as it was read needs another container prefix."""
        return bool(prefix) and id(node) not in unmoved and not has_prefix(slice_of(node), prefix)

    def is_in_place(self, node: Node, prefix: str, unmoved: frozenset[int]) -> bool:
        """Return whether an edited node is where the one was read whose place it took, so that it has its marks."""
        origin = node.origin if node.slice is None else None
        if origin is None or slice_of(origin).source.reader.name != self.context.reader.name:
            return False
        return id(origin) in unmoved or prefix_of(slice_of(origin)) == prefix

    def run(self, blocks: Sequence[Block], start: int) -> tuple[int, list[Line]]:
        """Return where a run of blocks at the margin ends that followed each other in one source, and its lines."""
        first = slice_of(blocks[start])
        source, end, at = first.source, first.end, start + 1
        changed = self.context.reindented | self.context.moved
        alike = self.context.shares_definitions(source)
        while alike and at < len(blocks):
            where = blocks[at].slice
            if where is None or where.source is not source or where.start != end:
                break
            if changed and id(blocks[at]) in changed:
                break
            end = where.end
            at += 1
        return at, [Line(source.text[first.start : end], "", source, first.start, end)]

    # --- rows of blocks

    def write(
        self, blocks: Sequence[Block], prefix: str, *, tight: bool = False, unmoved: frozenset[int] = frozenset()
    ) -> list[WrittenBlocks]:
        """Return blocks as lines, with blank lines where two of them meet that did not meet before.

        With `tight`, a list directly follows its paragraph, as in an item; for `unmoved`, see `is_kept`.
        """
        found: list[WrittenBlocks] = []
        # Blank lines that end a quotation come after what is added to it.
        held: list[Line] = []
        i = 0
        while i < len(blocks):
            block, end = blocks[i], i + 1
            before = blocks[i - 1] if i else None
            last = found[-1].lines if found else []
            kept = self.is_kept(block, prefix, unmoved) and not (
                prefix and before and goes_on_with(block, before, last)
            )
            if not kept:
                avoid = keys_beside(blocks, i, last) if type(block) is List else ""
                lines = self.write_new(block, prefix, avoid, in_place=self.is_in_place(block, prefix, unmoved))
            elif prefix:
                is_moved = self.is_moved(block, prefix, unmoved)
                lines = moved_line(slice_of(block)) if is_moved else lines_of(slice_of(block))
            else:
                end, lines = self.run(blocks, i)
            touching = bool(last) and are_adjacent(last[-1], lines[0])
            if last and not touching:
                line = lines[0]
                held[:0] = taken_unmarked(last, prefix.count(">"))
                blank = line.source is not None and follows_blank_line(line.source, line.start)
                blank = blank or needs_blank(before, block, last, self.context.reader.name, tight=tight)
                self.end_line(last, prefix, blank=blank)
            found.append(WrittenBlocks(lines, i, end, kept, touching))
            i = end
        if held:
            self.end_line(found[-1].lines, prefix, blank=False)
            found[-1].lines.extend(held)
        return found

    def end_line(self, lines: list[Line], prefix: str, *, blank: bool) -> None:
        """End the last line; with `blank`, make sure that a blank line follows it."""
        # A line feed right after a carriage return would be part of it.
        newline = "\r" if self.newline == "\n" and lines[-1].text.endswith("\r") else self.newline
        if not lines[-1].text.endswith(LINE_ENDS):
            lines[-1] = lines[-1]._replace(text=lines[-1].text + newline)
        if blank and not is_blank(lines[-1], prefix):
            lines.append(Line(newline))

    # --- containers

    def write_container(
        self, node: BlockParent, prefix: str, head: str, rest: str, *, tight: bool, in_place: bool
    ) -> list[Line]:
        """Return the lines of a container, the first after the mark `head` and the others after `rest`.

        A container that replaces one in place has the marks of that one.

        Raises:
            CannotExpressError: it is nested deeper than any reader follows.
        """
        if self.depth >= MAX_DEPTH:
            raise CannotExpressError(
                f"this {type(node).__name__} is nested more than {MAX_DEPTH} deep; move it further out",
                node=node,
                found=self.depth + 1,
                expected=MAX_DEPTH,
            )
        written_prefix: str | None = None
        unmoved: frozenset[int] = frozenset()
        is_marked = in_place and is_first_on_marked_line(node)
        if in_place and node.origin is not None and (read := contents(node.origin)):
            where = slice_of(node.origin)
            first_read = slice_of(read[0])
            head = where.source.text[where.start : first_read.start]
            rest = prefix_of(first_read)[len(prefix_of(where)) :]
            written_prefix = written_prefix_of(where)
            # What was not first and is now is on the line of the container's mark.
            was_first = not node.blocks or node.blocks[0] is read[0]
            if isinstance(node, FootnoteDefinition):
                rest = "    "
            if isinstance(node, Blockquote) and "\t" in head:
                # All columns after a blockquote marker but the first are indentation of what is quoted.
                rest = rest.rstrip(" ") + " "
                head = head if was_first or node.blocks[0].origin is read[0] else head.rstrip(" \t") + " "
            new_first = None if was_first else node.blocks[0].slice
            is_still = is_marked or (new_first is not None and has_prefix(new_first, prefix + rest))
            moved = frozenset[int]() if was_first or is_still else {id(node.blocks[0])}
            unmoved = frozenset(map(id, read)) - moved
        self.depth += 1
        lines = [x for part in self.write(node.blocks, prefix + rest, tight=tight, unmoved=unmoved) for x in part.lines]
        self.depth -= 1
        if not lines:
            return [Line(head.rstrip(" ") + self.newline, written_prefix)]
        self.end_line(lines, prefix + rest, blank=False)
        if is_marked and lines[0].source is not None:
            return [line if line.prefix is not None else prefixed(rest, line) for line in lines]
        *above, opening = LINE.findall(head) or [""]
        found = [Line(text, "" if n else written_prefix) for n, text in enumerate(above)]
        first = lines[0] if in_place else lines[0]._replace(source=None)
        opening += " " if opening.endswith(">") and first.text[0] in " \t" else ""
        found.append(first._replace(text=opening + first.text, prefix="" if above else written_prefix))
        return found + [line if line.prefix is not None else prefixed(rest, line) for line in lines[1:]]

    # --- lists

    def write_list(self, node: List, prefix: str, avoid: str, *, in_place: bool) -> list[Line]:
        """Return the lines of a list: items that were read are written as they were, new ones look like them.

        Raises:
            CannotExpressError: it has no items.
        """
        if not node.items:
            raise CannotExpressError("a list needs at least one item; remove the list", node=node)
        key, plan = self.plan(node, prefix, avoid, in_place=in_place)
        loose, step = is_loose(node, plan), number_step(node)
        found: list[Line] = []
        # Blank lines after the last item come after the list, and not before what is added to it.
        held: list[Line] = []
        written: list[WrittenItem] = []
        n = 0
        while n < len(plan):
            item, end = plan[n], n + 1
            while plan[end - 1].is_inner and end < len(plan) and plan[end].is_inner:
                end += 1
            if item.is_moved:
                lines = moved_line(slice_of(item.node))
            elif item.is_kept:
                lines = kept_items(plan[n:end])
            else:
                mark = key if node.start is None else f"{min(node.start + n * step, MAX_NUMBER)}{key}"
                lines = self.write_item(item, plan, mark, prefix)
            if found and not are_adjacent(found[-1], lines[0]):
                if plan[n - 1].is_last_read and not item.is_kept:
                    while len(found) > 1 and is_blank(found[-1], prefix):
                        held.insert(0, found.pop())
                self.end_line(found, prefix, blank=loose)
            written += [WrittenItem(one.is_kept, one.follows, len(found)) for one in plan[n:end]]
            found += lines
            n = end
        if held and not is_blank(found[-1], prefix):
            self.end_line(found, prefix, blank=False)
            if found[-1].text.endswith("\r") and held[0].text.startswith("\n") and not held[0].prefix:
                # A line feed right after a carriage return would be no line of its own.
                found[-1] = found[-1]._replace(text=found[-1].text.removesuffix("\r") + "\n")
            found += held
        self.context.lists[id(node)] = [*written, WrittenItem(False, False, len(found))]
        return found

    def plan(self, node: List, prefix: str, avoid: str, *, in_place: bool) -> tuple[str, list[PlannedItem]]:
        """Return what the markers of a list share, and what is known about each of its items."""
        items = node.items
        unmoved = frozenset(map(id, contents(node.origin))) if in_place and node.origin is not None else frozenset()
        kept = [self.is_kept(item, prefix, unmoved) for item in items]
        moved = [is_kept and self.is_moved(item, prefix, unmoved) for item, is_kept in zip(items, kept, strict=True)]
        # Its own indentation would make a moved item part of the one above it.
        kept = [a and not (b and n) for n, (a, b) in enumerate(zip(kept, moved, strict=True))]
        there = [is_kept or self.is_in_place(item, prefix, unmoved) for item, is_kept in zip(items, kept, strict=True)]
        # The items of the list that is edited decide, not one that was read somewhere else.
        own = (item for item, is_there in zip(items, there, strict=True) if is_there and id(item) in unmoved)
        read = (item for item, is_there in zip(items, there, strict=True) if is_there)
        where = original_slice(next(own, None) or next(read, None))
        key = "" if where is None else marker_key(where.text)
        if not key or (key in avoid and not in_place) or (key in ".)") != node.ordered:
            key = self.list_key(node, avoid)
        # Below the first item, those of the list that is edited have its marker.
        there = [
            is_there and ((n and id(items[n]) in unmoved) or fits(node, n, key)) for n, is_there in enumerate(there)
        ]
        kept = [a and b for a, b in zip(kept, there, strict=True)]
        return key, plan_of(node, kept, there, is_moved=kept[0] and moved[0])

    def list_key(self, node: List, avoid: str) -> str:
        """Return the bullet of a new list, or what follows its numbers: its own, else the note's, else another."""
        if node.ordered:
            own, known = node.marker[-1:] if node.marker else ".", ".)"
        else:
            own, known = node.marker or "", self.bullets_known
            own = own if own and own in known else self.context.style.bullet
        candidates: list[str] = [mark for mark in (own, *known) if mark in known]
        return next((mark for mark in candidates if mark not in avoid), candidates[0])

    def write_item(self, item: PlannedItem, plan: list[PlannedItem], mark: str, prefix: str) -> list[Line]:
        """Return the lines of an item that is not kept; it looks like the nearest one that was read."""
        indent, gap, own = "", " ", ""
        if item.nearest is not None:
            indent, gap, own = spacing_of(plan[item.nearest].node, prefix)
        elif not prefix:
            indent, gap = self.context.style.indent, self.context.style.gap
        head = indent + mark + gap
        rest = " " * self.content_column((prefix + head).expandtabs(4)[len(prefix) :])
        lines = self.write_container(item.node, prefix, head, rest, tight=True, in_place=item.is_in_place)
        return [x._replace(prefix=own) if x.prefix is None else x for x in lines] if own else lines

    def content_column(self, head: str) -> int:
        """Return the column where the content of an item begins, after its marker and the white space around it."""
        return len(head)
