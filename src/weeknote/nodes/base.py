"""The base of all nodes: frozen, compared by meaning, and either as read or new.

Only the parser sets `slice`, and `attrs.evolve` drops it, so a node never carries text that has gone stale.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar

import attrs

from weeknote.source import BLANK, Position

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from weeknote.source import Slice

NodeT = TypeVar("NodeT", bound="Node")

_FIELDS = Lock()
"""Held while a field that was read on first use is set."""


@attrs.frozen
class Node:
    """The base class of all nodes.

    Nodes compare by meaning, not by spelling or position: `- x` equals `* x`.

    Attributes:
        slice: the range of the source it was parsed from; None for a node that was built.
        origin: the parsed node that an edit replaced with this one, to keep its spelling; None if there is none.
    """

    parts: ClassVar[tuple[str, ...]] = ()
    """The names of the fields that hold nodes, in the order of the text."""

    slice: Slice | None = attrs.field(init=False, default=None, eq=False, repr=False)
    origin: Node | None = attrs.field(init=False, default=None, eq=False, repr=False)

    @property
    def position(self) -> Position | None:
        """The position of the node in its source; None for a node that was built."""
        return None if self.slice is None else self.slice.position

    def _read_fields(self, name: str) -> Mapping[str, object]:
        """Return the value of a field that is read on first use, and of those that are read together with it."""
        return {name: slice_of(self).source.reader.field(self, name)}

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            # Python only calls this for an empty slot. The parser leaves slots empty that are read on first use.
            if name in ("origin", "joined"):
                return None
            if name == "slice" or not hasattr(type(self), name) or self.slice is None:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
            read = self._read_fields(name)
            with _FIELDS:
                try:
                    # Another thread may have set the field meanwhile, and all must get the same objects.
                    return object.__getattribute__(self, name)
                except AttributeError:
                    for field, value in read.items():
                        set_field(self, field, value)
            return read[name]

        def __reduce__(self) -> tuple[object, ...]:
            from weeknote.nodes.pickling import freeze, thaw

            return thaw, freeze(self)


@attrs.frozen
class BlockNode(Node):
    """A block, or something made of blocks. Its slice extends to the next block, its position doesn't."""

    @property
    def position(self) -> Position | None:
        """The position of the node in its source, without the blank lines after it; None for a node that was built."""
        if self.slice is None:
            return None
        start, text, point = self.slice.start, self.slice.text, self.slice.source.point
        return Position(point(start), point(start + len(text.rstrip(BLANK))))


@attrs.frozen
class Parent(BlockNode):
    """A node that holds blocks or items."""


STR = attrs.validators.instance_of(str)
"""Checks that a field has text: a wrong type raises `TypeError` when the node is built."""

STR_OR_NONE = attrs.validators.optional(STR)


def of_kinds(given: Iterable[NodeT], kinds: tuple[type[Node], ...]) -> tuple[NodeT, ...]:
    """Return nodes as a tuple; raise `TypeError` if one is of another kind."""
    found = tuple(given)
    # There are few classes, however many nodes there are.
    if not all(issubclass(cls, kinds) for cls in set(map(type, found))):
        for node in found:
            of_kind(node, kinds)
    return found


def of_kind(given: NodeT, kinds: tuple[type[Node], ...]) -> NodeT:
    """Return the node; raise `TypeError` if it is of another kind."""
    if not isinstance(given, kinds):
        expected = ", ".join(kind.__name__ for kind in kinds)
        raise TypeError(f"{type(given).__name__} is not allowed here; expected one of: {expected}")
    return given


def line_of(node: Node) -> int | None:
    """Return the line on which a node begins, from 1; None for a node that was built."""
    return None if node.position is None else node.position.start.line


def slice_of(node: Node) -> Slice:
    """Return the slice of a node that was read."""
    where = node.slice
    assert where is not None
    return where


class _NodeMaker(Protocol):
    def __call__(self, cls: type[NodeT], /) -> NodeT: ...


new_node: _NodeMaker = object.__new__
"""Makes a node whose slots are all empty."""

set_field: Callable[[object, str, object], None] = object.__setattr__
"""Sets a field of a node that is still being made: nobody else has seen it yet."""

set_slice: Callable[[Node, Slice], None] = Node.__dict__["slice"].__set__
"""Sets the slice of a node that is still being made, in half the time."""


def node_from_source(cls: type[NodeT], where: Slice, **known: object) -> NodeT:
    """Return a node read from a slice; fields not given are read from the slice on first use."""
    node = new_node(cls)
    set_slice(node, where)
    for name, value in known.items():
        set_field(node, name, value)
    return node
