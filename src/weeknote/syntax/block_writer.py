"""Blocks to lines: what was read is given back as it was, what is new is written in the note's style.

Law 2 lives here: a new node changes no line but its own, and where two pieces meet that did not before, newlines are
added and nothing else. What cannot stand so is refused, never respelled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from weeknote.errors import CannotExpressError
from weeknote.nodes.block import Heading, List, Paragraph, Parent
from weeknote.source import BOM, LINE
from weeknote.syntax.lines import (
    Line,
    are_adjacent,
    can_interrupt_paragraph,
    follows_blank_line,
    has_no_gap_below,
    head_of,
    indent_of,
    is_blank,
    lines_of,
    marker_key,
    marks_of,
    original_slice,
    prefix_of,
)
from weeknote.syntax.style import ITEM
from weeknote.syntax.write_context import WrittenList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weeknote.nodes.block import ListItem
    from weeknote.source import Slice
    from weeknote.syntax.write_context import WriteContext

LAST_NUMBER = 999_999_999
"""The greatest number an item can have (CommonMark 5.2); only the first item's counts."""

WIDEST_GAP = 4
"""Columns between a marker and its words: with one more, the words would be code (CommonMark 5.2)."""

OPENING = "\r\n" + BOM
"""What a block at the margin stands behind."""


class WrittenBlocks(NamedTuple):
    """Blocks as lines: one that is new, or some that were read one after the other.

    Attributes:
        lines: the lines, the blank lines after them included.
        start: the index of the first block in its row.
        end: the index just past the last.
        kept: whether they are given back as they were read.
        touching: whether they stand after what they stood after when they were read.
    """

    lines: list[Line]
    start: int
    end: int
    kept: bool
    touching: bool


class BlockWriter:
    """Writes blocks; each dialect adds how a new one is written."""

    def __init__(self, into: WriteContext) -> None:
        self.into = into
        self.newline = into.newline

    # --- what each dialect adds

    bullets_known: ClassVar[str]
    """The bullets a new list can have, the plainest first."""

    def new(self, block: Any, prefix: str, avoid: str, *, placed: bool) -> list[Line]:
        """Return the lines of a block that is not given back.

        Args:
            block: the block.
            prefix: the container marks its lines will stand behind.
            avoid: what the marker's key must not be, for a list beside a list.
            placed: whether the block stands where one stood that was read, of which something was edited.

        Raises:
            CannotExpressError: the dialect has no way to write it.
        """
        raise NotImplementedError

    # --- what was read

    def is_kept(self, node: Any, prefix: str, *, first: bool, among: frozenset[int] = frozenset()) -> bool:
        """Tell whether a node is given back as it was read.

        Args:
            node: the node.
            prefix: the container marks its lines will stand behind.
            first: whether it is the first in its container, on the container's own line.
            among: the ids of what stands where it stood in any case, as nothing but its neighbours was edited.
        """
        where: Slice | None = node.slice
        if where is None or where.source.reader.name != self.into.reader.name:
            return False
        source = where.source
        if not self.into.defines(source) and not self.into.keeps_meaning(node):
            return False
        if id(node) in among:
            return True
        if not prefix:
            return where.start == 0 or source.text[where.start - 1] in OPENING
        own = prefix_of(where)
        if own == prefix:
            return True
        if not own.strip(" ") and not prefix.strip(" ") and len(prefix) < len(own) <= len(prefix) + 3:
            # A tab before a nested list reaches further than its item's content begins.
            return "\t" in indent_of(where)
        return first and all(
            line.startswith(prefix) or not line.strip(" \t\r\n") for line in LINE.findall(where.text)[1:]
        )

    def is_placed(self, node: Any, prefix: str, among: frozenset[int]) -> bool:
        """Tell whether a new node stands where one stood that was read, so that it has that one's marks."""
        origin: Any = node.origin if node.slice is None and isinstance(node, Parent) else None
        if origin is None or origin.slice.source.reader.name != self.into.reader.name:
            return False
        return id(origin) in among or prefix_of(origin.slice) == prefix

    def run(self, blocks: Sequence[Any], start: int) -> tuple[int, list[Line]]:
        """Return where a run of blocks at the margin ends that followed each other in one source, and its lines."""
        first: Slice = blocks[start].slice
        source, end, at = first.source, first.end, start + 1
        alike = self.into.defines(source)
        while alike and at < len(blocks):
            where = blocks[at].slice
            if where is None or where.source is not source or where.start != end:
                break
            end = where.end
            at += 1
        return at, [Line(source.text[first.start : end], "", source, first.start, end)]

    # --- rows

    def row(
        self, blocks: Sequence[Any], prefix: str, *, tight: bool = False, among: frozenset[int] = frozenset()
    ) -> list[WrittenBlocks]:
        """Return blocks in a row as lines, with blank lines where two of them meet anew.

        Args:
            blocks: the blocks.
            prefix: the container marks their lines will stand behind.
            tight: whether a list stands directly under its paragraph, as in a list item.
            among: the ids of those blocks that stand where they stood, in a container of which another was edited.
        """
        found: list[WrittenBlocks] = []
        i = 0
        while i < len(blocks):
            block, end = blocks[i], i + 1
            before = blocks[i - 1] if i else None
            last = found[-1].lines if found else []
            kept = self.is_kept(block, prefix, first=i == 0, among=among)
            if not kept:
                avoid = self.keys_beside(blocks, i, last) if type(block) is List else ""
                lines = self.new(block, prefix, avoid, placed=self.is_placed(block, prefix, among))
            elif prefix:
                lines = lines_of(block.slice)
            else:
                end, lines = self.run(blocks, i)
            touching = bool(last) and are_adjacent(last[-1], lines[0])
            if last and not touching:
                line = lines[0]
                blank = line.source is not None and follows_blank_line(line.source, line.start)
                blank = blank or self.needs_blank(before, block, last, tight=tight)
                self.part(last, prefix, blank=blank)
            found.append(WrittenBlocks(lines, i, end, kept, touching))
            i = end
        return found

    def keys_beside(self, blocks: Sequence[Any], i: int, last: list[Line]) -> str:
        """Return what the markers of the lists right before and after a place share with their items."""
        keys = last_marker_key(blocks[i - 1], last) if i else ""
        after = blocks[i + 1] if i + 1 < len(blocks) else None
        return keys + marker_key(after.slice.text) if type(after) is List and after.slice is not None else keys

    def needs_blank(self, before: Any, block: Any, last: list[Line], *, tight: bool) -> bool:
        """Tell whether a blank line must part two blocks: not where the note itself has none, and none is needed."""
        under = type(block) is List and can_interrupt_paragraph(block)
        if type(before) is Paragraph and under:
            return not (tight or has_no_gap_below(last[-1], prefix=""))
        if type(before) is Heading and (under or self.into.reader.name == "markdown"):
            return not has_no_gap_below(last[-1], prefix="")
        return True

    def part(self, lines: list[Line], prefix: str, *, blank: bool) -> None:
        """End the last line; with `blank`, see to it that a blank line stands after it."""
        # A line feed right behind a carriage return would be part of it.
        newline = "\r" if self.newline == "\n" and lines[-1].text.endswith("\r") else self.newline
        if not lines[-1].text.endswith(("\n", "\r")):
            lines[-1] = lines[-1]._replace(text=lines[-1].text + newline)
        if blank and not is_blank(lines[-1], prefix):
            lines.append(Line(newline))

    # --- containers

    def contain(self, node: Any, prefix: str, head: str, inner: str, *, tight: bool, placed: bool) -> list[Line]:
        """Return the lines of a container: its first line behind `head`, the others behind `inner`.

        Where it stands in the place of one that was read, that one's marks stand there again.
        """
        marks: str | None = None
        among: frozenset[int] = frozenset()
        if placed and node.origin.blocks:
            head, inner = head_of(node.origin.slice, node.origin.blocks[0].slice)
            marks = marks_of(node.origin.slice)
            among = frozenset(map(id, node.origin.blocks))
        lines = [x for row in self.row(node.blocks, prefix + inner, tight=tight, among=among) for x in row.lines]
        if not lines:
            return [Line(head.rstrip(" ") + self.newline, marks)]
        self.part(lines, prefix + inner, blank=False)
        *above, opening = LINE.findall(head) or [""]
        found = [Line(text, "" if n else marks) for n, text in enumerate(above)]
        found.append(lines[0]._replace(text=opening + lines[0].text, marks="" if above else marks))
        return found + [line if line.marks is not None else behind(inner, line) for line in lines[1:]]

    def items(self, node: List, prefix: str, avoid: str, *, placed: bool) -> list[Line]:
        """Return the lines of a list: items that were read are given back, new ones are made to look like them."""
        items: tuple[Any, ...] = node.items
        if not items:
            raise CannotExpressError("a list needs an item; leave the list out", node=node)
        among = frozenset(map(id, node.origin.items)) if placed else frozenset[int]()  # type: ignore[union-attr] # a list
        keeps = [self.is_kept(item, prefix, first=n == 0, among=among) for n, item in enumerate(items)]
        there = [keep or self.is_placed(item, prefix, among) for item, keep in zip(items, keeps, strict=True)]
        where: Any = original_slice(next((item for item, at in zip(items, there, strict=True) if at), None))
        key = self.list_key(node, avoid) if where is None else marker_key(where.text)
        there = [at and fits(node, n, key) for n, at in enumerate(there)]
        keeps = [keep and at for keep, at in zip(keeps, there, strict=True)]
        joined = [n > 0 and keeps[n] and keeps[n - 1] and follows(items[n], items[n - 1]) for n in range(len(items))]
        loose = is_loose(node, keeps, joined)
        near = nearest_original(there)
        last_kept = max((n for n, keep in enumerate(keeps) if keep), default=-1)
        found: list[Line] = []
        held: list[Line] = []
        starts: list[int] = []
        n = 0
        while n < len(keeps):
            end = n + 1
            while inner(n, keeps, joined) and end < len(keeps) and inner(end, keeps, joined):
                end += 1
            lines = (
                unchanged_items(items[n:end]) if keeps[n] else self.item(node, n, prefix, key, near[n], placed=there[n])
            )
            if found and not are_adjacent(found[-1], lines[0]):
                if n - 1 == last_kept:
                    # The blank lines after the last item belong after the list, not before what is added to it.
                    while len(found) > 1 and is_blank(found[-1], prefix):
                        held.insert(0, found.pop())
                self.part(found, prefix, blank=loose)
            starts += [len(found)] * (end - n)
            found += lines
            n = end
        if held and not is_blank(found[-1], prefix):
            self.part(found, prefix, blank=False)
            if found[-1].text.endswith("\r") and held[0].text.startswith("\n") and not held[0].marks:
                # A line feed right behind a carriage return would be no line of its own.
                found[-1] = found[-1]._replace(text=found[-1].text.removesuffix("\r") + "\n")
            found += held
        self.into.lists[id(node)] = WrittenList(keeps, joined, [*starts, len(found)])
        return found

    def list_key(self, node: List, avoid: str) -> str:
        """Return the bullet of a new list, or what stands behind its numbers: its own, else the note's.

        Args:
            node: the list.
            avoid: what the lists beside it have.
        """
        if node.ordered:
            own, known = node.marker[-1:] if node.marker else ".", ".)"
        else:
            own, known = node.marker or "", self.bullets_known
            own = own if own and own in known else self.into.style.bullet
        there: list[str] = [mark for mark in (own, *known) if mark in known]
        return next((mark for mark in there if mark not in avoid), there[0])

    def item(self, node: List, n: int, prefix: str, key: str, near: int | None, *, placed: bool) -> list[Line]:
        """Return the lines of an item that is not given back; it looks like the one nearest to it that was read."""
        mark = key if node.start is None else f"{min(node.start + n, LAST_NUMBER)}{key}"
        indent, gap, tabs = self.margin(prefix) if near is None else spacing_of(node.items[near])
        head = indent + mark + gap
        inner = " " * self.depth_of(head)
        lines = self.contain(node.items[n], prefix, head, inner, tight=True, placed=placed)
        return [x._replace(marks=tabs) if x.marks is None else x for x in lines] if tabs else lines

    def margin(self, prefix: str) -> tuple[str, str, str]:
        """Return what stands before and after the markers of a list that has no item yet."""
        return ("", " ", "") if prefix else (self.into.style.indent, self.into.style.gap, "")

    def depth_of(self, head: str) -> int:
        """Return the column where the content of an item stands that begins with a marker and white space around it."""
        return len(head)


def behind(marks: str, line: Line) -> Line:
    """Return a new line behind its container's marks."""
    if not line.text.strip("\r\n"):
        marks = marks.rstrip(" ")
    elif marks.endswith(">") and line.text[0] in " \t":
        # The first blank behind a mark of quotation is part of it.
        marks += " "
    return line._replace(text=marks + line.text)


def last_marker_key(before: Any, last: list[Line]) -> str:
    """Return what the markers of a block share that was written last; `""` if it is no list."""
    if type(before) is not List:
        return ""
    where = original_slice(before)
    return marker_key(last[0].text if where is None else where.text)


def fits(node: List, n: int, key: str) -> bool:
    """Tell whether an item that was read has the marker it needs: that of its list, and the first one its number."""
    where = original_slice(node.items[n])
    m = ITEM.match(where.text) if where is not None else None
    if m is None or m[2][-1] != key or (node.start is None) == m[2][0].isdigit():
        return False
    return n > 0 or node.start is None or int(m[2][:-1]) == node.start


def nearest_original(there: list[bool]) -> list[int | None]:
    """Return for each item the index of the nearest that was read: itself, one before it, else the first after it."""
    found = []
    near = next((n for n, at in enumerate(there) if at), None)
    for n, at in enumerate(there):
        near = n if at else near
        found.append(near)
    return found


def spacing_of(item: ListItem) -> tuple[str, str, str]:
    """Return what stands before and after the marker of an item that was read, and tabs that stand before both."""
    where: Any = original_slice(item)
    m: Any = ITEM.match(where.text)
    indent = indent_of(where)
    gap = m[3] if len(m[3].expandtabs(4)) <= WIDEST_GAP else ""
    return m[1], gap or " ", indent if "\t" in indent and not indent.strip(" \t") else ""


def follows(item: Any, before: Any) -> bool:
    """Tell whether an item that was read followed another one."""
    where, above = item.slice, before.slice
    return bool(where.source is above.source and where.source.line_start(where.start) == above.end)


def inner(n: int, keeps: list[bool], joined: list[bool]) -> bool:
    """Tell whether an item and its neighbours are given back; beside something new an item is a piece by itself."""
    return keeps[n] and (n == 0 or joined[n]) and (n + 1 == len(keeps) or joined[n + 1])


def unchanged_items(items: Sequence[Any]) -> list[Line]:
    """Return the lines of items that followed each other; of several as one, since nothing is added among them."""
    first, last = items[0].slice, items[-1].slice
    if first is last:
        return lines_of(first)
    source = first.source
    text = source.text[first.start : last.end]
    return [Line(text, marks_of(first), source, source.line_start(first.start), last.end)]


def is_loose(node: List, keeps: list[bool], joined: list[bool]) -> bool:
    """Tell whether blank lines stand between a list's items; in a new list, where an item holds several blocks."""
    for item, follows_one in zip(node.items, joined, strict=True):
        if follows_one and item.slice is not None:
            return follows_blank_line(item.slice.source, item.slice.source.line_start(item.slice.start))
    if any(keeps):
        return False
    return any(len(i.blocks) > 1 + any(type(b) is List for b in i.blocks) for i in node.items)
