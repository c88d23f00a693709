"""After a link definition is replaced, the links that use it lead to its new URL and keep their spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import attrs

from weeknote.codec.dump import collect_definitions
from weeknote.codec.verify import ExpectedDocument
from weeknote.markdown.links import fold_label
from weeknote.nodes.base import node_from_source, set_field
from weeknote.nodes.block import Definition, Heading, Node, NodeT, Paragraph, Table
from weeknote.nodes.traversal import walk
from weeknote.source import Slice, Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weeknote.nodes.document import RootT

LEAVES = (Paragraph, Heading, Table)
READ_AGAIN = {"children", "rows", "slice", "origin"}


def follow_definitions(root: RootT, swaps: Iterable[tuple[Node, Node | None]]) -> RootT:
    """Return an edited note whose links follow the definitions that were replaced by others of the same label.

    Args:
        root: the note after the edit.
        swaps: pairs of a node that was in it and what replaced it.
    """
    swapped: dict[int, tuple[Source, set[str]]] = {}
    for old, new in swaps:
        if isinstance(old, Definition) and isinstance(new, Definition) and old.slice is not None:
            label = fold_label(old.label)
            if label == fold_label(new.label):
                swapped.setdefault(id(old.slice.source), (old.slice.source, set()))[1].add(label)
    if not swapped:
        return root
    in_force = collect_definitions(ExpectedDocument(root).blocks)[0]
    for source, labels in swapped.values():
        new_source = Source(source.text, source.reader)
        new_source.definitions = {**source.definitions, **{label: in_force[label] for label in labels}}
        new_source.footnotes, new_source.cuts = source.footnotes, source.cuts
        root = moved_to(root, source, new_source)
    return root


def moved_to(root: RootT, source: Source, target: Source) -> RootT:
    """Return a note in which what was read from one source is read from another one of the same text."""
    order: list[Node] = []
    stack: list[Node] = [root]
    while stack:
        found = list(walk(stack.pop(), prune=lambda node: isinstance(node, LEAVES)))
        order += found
        stack += [node.origin for node in found if node.origin is not None]
    moved: dict[int, Node] = {}
    # Each node comes after those it is in, and an origin after the node that replaced it.
    for node in reversed(order):
        parts: dict[str, object] = {}
        for name in () if isinstance(node, LEAVES) else node.parts:
            held = getattr(node, name)
            parts[name] = tuple(moved[id(part)] for part in held) if isinstance(held, tuple) else moved.get(id(held))
        if node.slice is None:
            moved[id(node)] = node if not parts else edited_like(node, parts, moved.get(id(node.origin)))
        elif node.slice.source is source:
            where = Slice(target, node.slice.start, node.slice.end)
            moved[id(node)] = node_from_source(type(node), where, **known_fields(node), **parts)
        else:
            moved[id(node)] = node
    return cast("RootT", moved[id(root)])


def edited_like(node: NodeT, parts: dict[str, Any], origin: Node | None) -> NodeT:
    """Return an edited node with other parts, in place of the same node as read."""
    new = attrs.evolve(node, **parts)
    if origin is not None:
        set_field(new, "origin", origin)
    return new


def known_fields(node: Node) -> dict[str, object]:
    """Return the fields of a node that were set when it was read and hold no nodes."""
    known = {}
    for field in attrs.fields(type(node)):
        if field.name in READ_AGAIN or field.name in node.parts:
            continue
        try:
            known[field.name] = object.__getattribute__(node, field.name)
        except AttributeError:
            continue
    return known
