"""Many nodes of a tree replaced or removed in one pass, and what that does to the nodes around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import attrs

from weeknote.nodes.base import Node, NodeT, new_node, set_field
from weeknote.nodes.block import Blockquote, FootnoteDefinition, List, ListItem, Parent, contents
from weeknote.nodes.document import Archive, Post, RootT, Weeknote
from weeknote.nodes.section import Section
from weeknote.syntax.style import ITEM

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

CONTAINERS = (ListItem, Blockquote, FootnoteDefinition)


def rebuilt(root: RootT, holders: Sequence[Node], swaps: Mapping[int, Node | None]) -> RootT:
    """Return a root in which nodes are replaced by others, or removed.

    Args:
        root: the root.
        holders: all nodes in which something changes, and maybe others; each after the one it is in.
        swaps: what replaces each node, by its `id`; None removes it.
    """
    new = dict(swaps)
    for holder in reversed(holders):
        if isinstance(holder, Archive):
            new.update((id(entry), None) for entry in _emptied(holder, new) if id(entry) not in swaps)
        changes: dict[str, object] = {}
        for name in holder.parts:
            part = getattr(holder, name)
            if not isinstance(part, tuple):
                if id(part) in new:
                    changes[name] = new[id(part)]
            elif any(id(child) in new for child in part):
                changes[name] = _row(part, new)
        if not changes:
            continue
        if isinstance(holder, (List, *CONTAINERS)) and not any(changes.values()):
            new[id(holder)] = None
            continue
        if isinstance(holder, List) and holder.ordered:
            first = next(i for i, item in enumerate(holder.items) if new.get(id(item), item) is not None)
            changes["start"] = start_of(holder, holder.items[first:])
        new[id(holder)] = edited(holder, **changes)
    return cast("RootT", new.get(id(root), root))


def _row(row: tuple[Node, ...], new: Mapping[int, Node | None]) -> tuple[Node, ...]:
    """Return a row with what replaces each node; lists become one where what separated them was removed."""
    kept: list[tuple[Node, list[ListItem]]] = []
    was_removed = False
    for node in row:
        now = new.get(id(node), node)
        if now is None:
            was_removed = True
            continue
        if was_removed and kept and isinstance(now, List) and _are_one_list(kept[-1][0], now):
            kept[-1][1].extend(now.items)
        else:
            kept.append((now, []))
        was_removed = False
    return tuple(edited(node, items=(*contents(node), *more)) if more else node for node, more in kept)


def _are_one_list(a: Node, b: List) -> bool:
    """Return whether a list right below a node is read as one list with it."""
    if not isinstance(a, List) or a.ordered != b.ordered:
        return False
    return bool(a.marker and b.marker and a.marker[-1] == b.marker[-1])


def _emptied(archive: Archive, new: Mapping[int, Node | None]) -> Iterator[Weeknote | Post]:
    """Yield the entries of an archive that have become empty."""
    left = sum(new.get(id(entry), entry) is not None for entry in archive.entries)
    for entry in archive.entries:
        now = new.get(id(entry))
        # An empty text is an archive of one empty note; anywhere else an empty entry would not be read back.
        alone = left == 1 and isinstance(now, Weeknote)
        if now is not None and not alone and not any(getattr(now, name) for name in now.parts):
            left -= 1
            yield entry


def edited(node: NodeT, **changes: Any) -> NodeT:
    """Return a node with some fields changed that remembers which node it replaces, so that it keeps its marks.

    An edit that is undone gives the node that was read.
    """
    new = with_changes(node, changes)
    if isinstance(node, (Archive, Post, Section)):
        return new
    origin = node if node.slice is not None else node.origin
    if origin is not None and origin is not node and isinstance(new, Parent) and is_unchanged(new, origin):
        return origin  # type: ignore[return-value] # it equals the new node, and so has its type
    set_field(new, "origin", origin)
    return new


def with_changes(node: NodeT, changes: Mapping[str, object]) -> NodeT:
    """Return `attrs.evolve(node, **changes)`, but for what stays: that is not converted and checked once more."""
    new = new_node(type(node))
    for field in attrs.fields(type(node)):
        name = field.name
        if name not in changes:
            set_field(new, name, getattr(node, name) if field.init else None)
            continue
        value = changes[name] if field.converter is None else field.converter(changes[name])
        set_field(new, name, value)
        if field.validator is not None:
            field.validator(new, field, value)
    return new


def is_unchanged(node: Node, origin: Node) -> bool:
    """Return whether a container has the same nodes and attributes as the one that was read in its place."""
    if type(node) is not type(origin):
        return False
    held, read = contents(node), contents(origin)
    return len(held) == len(read) and all(a is b for a, b in zip(held, read, strict=True)) and node == origin


def start_of(parent: List, items: Sequence[Node]) -> int | None:
    """Return the first number of a changed list: that of the first item as read, so that no other line changes."""
    first = items[0]
    if first is parent.items[0] or first.slice is None:
        return parent.start
    m = ITEM.match(first.slice.text)
    return int(m[2][:-1]) if m is not None and m[2][0].isdigit() else parent.start
