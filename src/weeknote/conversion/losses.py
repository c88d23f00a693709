"""What the nodes of a note lose in a conversion, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weeknote.nodes.base import Node


class Losses:
    """The losses of one note, in the order of its nodes.

    A loss may come to light long after its node was passed, so nodes get their place in the order when they are met.
    """

    __slots__ = ("_reasons",)

    def __init__(self) -> None:
        self._reasons: dict[int, tuple[Node, list[str]]] = {}

    def meet(self, node: Node) -> None:
        """Give a node its place: after all that were met before."""
        if id(node) not in self._reasons:
            self._reasons[id(node)] = (node, [])

    def add(self, node: Node, reason: str) -> None:
        """Record a reason, if it is new."""
        reasons = self._reasons.setdefault(id(node), (node, []))[1]
        if reason not in reasons:
            reasons.append(reason)

    def of(self, node: Node) -> list[str]:
        """Return the reasons so far why a node that was met loses something."""
        return self._reasons[id(node)][1]

    def __iter__(self) -> Iterator[tuple[Node, list[str]]]:
        """Yield the nodes that lose something, each with the reasons."""
        return ((node, reasons) for node, reasons in self._reasons.values() if reasons)
