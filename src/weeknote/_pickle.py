"""Nodes as plain tuples and back, for pickling and copying: a node carries its own text and no other.

An unpickled node is as read as it was before: its slices cut the text that came with it.
"""

from __future__ import annotations

from typing import Any

import attrs

from weeknote._source import Slice, Source

State = tuple[Any, ...]


def freeze(node: Any, kind: type[Any]) -> State:
    """Return a node and all in it as plain tuples, with the text of its slice.

    Args:
        node: the node.
        kind: the class of all nodes.
    """
    where: Slice | None = node.slice
    if where is None:
        return (None, _state(node, None, kind))
    source = where.source
    cuts = {
        start - where.start: [(a - where.start, b - where.start, pad) for a, b, pad in lines]
        for start, lines in source.cuts.items()
        if where.start <= start < where.end
    }
    return (where.text, source.reader, source.definitions, source.footnotes, cuts), _state(node, where, kind)


def _state(value: Any, root: Slice | None, kind: type[Any]) -> Any:
    if isinstance(value, tuple):
        return tuple(_state(v, root, kind) for v in value)
    if not isinstance(value, kind):
        return value
    where = value.slice
    kept = where is not None and root is not None and where.source is root.source and root.start <= where.start
    place = (
        (where.start - root.start, where.end - root.start) if where is not None and root is not None and kept else None
    )
    known = {}
    for field in attrs.fields(type(value)):
        if field.name in ("slice", "origin", "_reading"):
            continue
        try:
            # An empty slot stays empty: it is read after unpickling as it would have been before.
            held = object.__getattribute__(value, field.name) if place else getattr(value, field.name)
        except AttributeError:
            continue
        known[field.name] = _state(held, root, kind)
    return _Frozen((type(value), place, known))


class _Frozen(tuple[Any, ...]):
    """A node as a tuple, told by its class from a tuple of nodes."""

    __slots__ = ()


def thaw(origin: Any, state: Any) -> Any:
    """Return the node that `freeze` took apart."""
    source = None
    if origin is not None:
        text, reader, definitions, footnotes, cuts = origin
        source = Source(text, reader)
        source.definitions, source.footnotes, source.cuts = definitions, footnotes, cuts
    return _node(state, source)


def _node(state: Any, source: Source | None) -> Any:
    if isinstance(state, _Frozen):
        cls, place, known = state
        node = object.__new__(cls)
        where = None if place is None or source is None else Slice(source, *place)
        object.__setattr__(node, "slice", where)
        if any(f.name == "_reading" for f in attrs.fields(cls)):
            object.__setattr__(node, "_reading", None)
        for name, held in known.items():
            object.__setattr__(node, name, _node(held, source))
        return node
    if type(state) is tuple:
        return tuple(_node(s, source) for s in state)
    return state
