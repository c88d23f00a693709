"""What is known about the items of a list before it is written: which are kept, and what new ones look like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from weeknote.nodes.block import Code, List, ListItem, Node, slice_of
from weeknote.syntax.lines import (
    Line,
    follows_blank_line,
    last_leaf,
    lines_of,
    original_slice,
    prefix_of,
    text_before,
    written_prefix_of,
)
from weeknote.syntax.style import ITEM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weeknote.source import Slice

MAX_GAP = 4
"""Columns between a marker and its words: with one more, the words would be code (CommonMark 5.2)."""

FENCE = re.compile(r"[ \t]*+(?:`{3}|~{3})")
CLOSED_CODE = re.compile(r"[ \t]*+(`{3,}+|~{3,}+).*[\r\n][ \t>]*+\1[`~]*+[ \t\r\n>]*+\Z", re.DOTALL)


class PlannedItem(NamedTuple):
    """An item of a list to be written.

    Attributes:
        node: the item.
        is_kept: whether it is written as it was read.
        is_moved: whether it is kept, but after another container prefix.
        is_in_place: whether it is kept, or replaces one that was read in the same place.
        follows: whether it and the item before it are kept, and followed each other in their source.
        is_inner: whether it is kept, and so are its neighbours: beside something new an item is a piece by itself.
        is_last_read: whether it is kept, and was the last of its list: the blank lines below it belong after the list.
        nearest: the index of the nearest item in place, one before it if there is any; None if there is none at all.
    """

    node: ListItem
    is_kept: bool
    is_moved: bool
    is_in_place: bool
    follows: bool
    is_inner: bool
    is_last_read: bool
    nearest: int | None


def plan_of(node: List, kept: Sequence[bool], in_place: Sequence[bool], *, is_moved: bool) -> list[PlannedItem]:
    """Return what is known about the items of a list, given what `PlannedItem` says of each, and of the first."""
    items = node.items
    follows = [n > 0 and kept[n] and kept[n - 1] and are_successive(items[n - 1], items[n]) for n in range(len(items))]
    last_kept = max((n for n, is_kept in enumerate(kept) if is_kept), default=-1)
    origin = node.origin if isinstance(node.origin, List) else None
    found = []
    nearest = next((n for n, there in enumerate(in_place) if there), None)
    for n, item in enumerate(items):
        nearest = n if in_place[n] else nearest
        has_moved = is_moved and n == 0
        is_inner = kept[n] and not has_moved and (n == 0 or follows[n]) and (n + 1 == len(items) or follows[n + 1])
        is_last = kept[n] and (n == last_kept if origin is None else item is origin.items[-1])
        is_last = is_last and not is_open_code(last_leaf(item))
        found.append(PlannedItem(item, kept[n], has_moved, in_place[n], follows[n], is_inner, is_last, nearest))
    return found


def is_open_code(leaf: Node | None) -> bool:
    """Return whether a leaf is code whose fence is never closed, so that the blank lines below are part of it."""
    if type(leaf) is not Code:
        return False
    text = slice_of(leaf).text
    return FENCE.match(text) is not None and CLOSED_CODE.match(text) is None


def are_successive(before: ListItem, item: ListItem) -> bool:
    """Return whether two items that were read followed each other."""
    above, where = slice_of(before), slice_of(item)
    return where.source is above.source and where.source.line_start(where.start) == above.end


def fits(node: List, n: int, key: str) -> bool:
    """Return whether an item that was read has the marker it needs: its list's, and for the first its number."""
    where = original_slice(node.items[n])
    m = ITEM.match(where.text) if where is not None else None
    if m is None or m[2][-1] != key or (node.start is None) == m[2][0].isdigit():
        return False
    return n > 0 or node.start is None or int(m[2][:-1]) == node.start


def spacing_of(item: ListItem, prefix: str) -> tuple[str, str, str]:
    """Return the white space around the marker of an item that was read or replaces one, and its own indentation.

    The latter is `""` if it is just the container prefix that the item would have.
    """
    where = original_slice(item)
    assert where is not None
    m = ITEM.match(where.text)
    assert m is not None
    before = text_before(where)
    # A no-break space is white space in plain text, and part of the words in Markdown.
    gap = m[3].partition("\u00a0")[0] if where.source.reader.name == "markdown" else m[3]
    head = before + where.text[: m.end(2)]
    columns = len((head + gap).expandtabs(4)) - len(head.expandtabs(4))
    if columns > MAX_GAP or ("\t" in gap and prefix_of(where) != prefix):
        # A tab is as wide as its column lets it be.
        gap = ""
    return m[1], gap or " ", before if before != prefix and not before.strip(" \t") else ""


def is_loose(node: List, plan: Sequence[PlannedItem]) -> bool:
    """Return whether to write blank lines between items: where the list had some, or a new item has several blocks."""
    slices = read_slices(node)
    if len(slices) > 1:
        return any(follows_blank_line(w.source, w.source.line_start(w.start)) for w in (slices[1], slices[-1]))
    for item in plan:
        if item.follows and (where := item.node.slice) is not None:
            return follows_blank_line(where.source, where.source.line_start(where.start))
    if any(item.is_kept for item in plan):
        return False
    return any(len(i.blocks) > 1 + any(type(b) is List for b in i.blocks) for i in node.items)


def number_step(node: List) -> int:
    """Return how much each number is greater than the last: 0 where a list has only equal ones, as `1. 1. 1.`."""
    found = [m[2][:-1] for where in read_slices(node)[:2] if (m := ITEM.match(where.text)) and m[2][0].isdigit()]
    return 0 if len(found) == 2 and int(found[0]) == int(found[1]) else 1


def read_slices(node: List) -> list[Slice]:
    """Return the slices of the first items of the list that was read, of which this one may be an edit."""
    read = node if node.slice is not None else node.origin
    items = read.items if isinstance(read, List) else ()
    return [where for item in items if (where := original_slice(item)) is not None]


def kept_items(plan: Sequence[PlannedItem]) -> list[Line]:
    """Return the lines of items that followed each other; of several as one, since nothing is added among them."""
    first, last = slice_of(plan[0].node), slice_of(plan[-1].node)
    if first is last:
        return lines_of(first)
    source = first.source
    text = source.text[first.start : last.end]
    return [Line(text, written_prefix_of(first), source, source.line_start(first.start), last.end)]
