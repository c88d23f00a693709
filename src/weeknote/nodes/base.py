"""What every node is: frozen, compared by meaning, and either as read or new.

Only the parser sets `slice`, and `attrs.evolve` drops it, so there is no stale text to go wrong.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from weeknote.source import Position, Slice

NodeT = TypeVar("NodeT", bound="Node")

_FIELDS = Lock()
"""Held while a field that was read on first use is set."""


@attrs.frozen
class Node:
    """What every node has: the slice it was read from, and its place.

    Equality is by meaning and not by spelling: `- x` equals `* x`, and places do not count.

    Attributes:
        slice: the range of the source it was read from; None for a node that was built.
    """

    parts: ClassVar[tuple[str, ...]] = ()
    """The names of the fields that hold nodes, in the order of the text."""

    slice: Slice | None = attrs.field(init=False, default=None, eq=False, repr=False)

    @property
    def position(self) -> Position | None:
        """Where the node stands in the text it was read from; None for a node that was built."""
        return None if self.slice is None else self.slice.position

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            # Python asks here only when a slot is empty: the parser leaves those empty that are read on first use.
            if name == "origin":
                return None
            if name == "slice" or not hasattr(type(self), name) or self.slice is None:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
            value = self.slice.source.reader.field(self, name)
            with _FIELDS:
                try:
                    # Another thread may have set the field meanwhile, and all must get the same objects.
                    return object.__getattribute__(self, name)
                except AttributeError:
                    object.__setattr__(self, name, value)
            return value

        def __reduce__(self) -> tuple[Any, ...]:
            from weeknote.nodes.pickling import freeze, thaw

            return thaw, freeze(self)


@attrs.frozen
class Parent(Node):
    """A node that holds blocks or items, in which an edit may change one and leave the others.

    Attributes:
        origin: the node as read whose place this one took in an edit; only spelling is taken from it. None for a node
            that was read, or that was built.
    """

    origin: Parent | None = attrs.field(init=False, default=None, eq=False, repr=False)


def of_kinds(given: Iterable[NodeT], kinds: tuple[type[Node], ...]) -> tuple[NodeT, ...]:
    """Return nodes as a tuple, each of one of the kinds that can stand there."""
    found = tuple(given)
    # There are few classes, however many nodes there are.
    if not all(issubclass(cls, kinds) for cls in set(map(type, found))):
        for node in found:
            of_kind(node, kinds)
    return found


def of_kind(given: NodeT, kinds: tuple[type[Node], ...]) -> NodeT:
    """Return a node that is of one of the kinds that can stand there."""
    if not isinstance(given, kinds):
        expected = ", ".join(kind.__name__ for kind in kinds)
        raise TypeError(f"{type(given).__name__} cannot stand here; give nodes of these kinds: {expected}")
    return given


_new: Callable[[type[Any]], Any] = object.__new__
_set: Callable[[Any, str, Any], None] = object.__setattr__


def as_read(cls: type[NodeT], where: Slice, **known: Any) -> NodeT:
    """Return a node as read from a slice; fields that are not given are read from the slice on first use."""
    node: NodeT = _new(cls)
    _set(node, "slice", where)
    for name, value in known.items():
        _set(node, name, value)
    return node
