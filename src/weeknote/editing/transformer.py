"""Codemods: one method per kind of node, applied to a whole note in one pass."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from weeknote.editing.tree import replace, replace_many
from weeknote.nodes.base import of_kind
from weeknote.nodes.block import BLOCKS, INLINES, ListItem, TableCell, TableRow
from weeknote.nodes.document import Archive, Post, Weeknote
from weeknote.nodes.front_matter import FrontMatter
from weeknote.nodes.section import Section
from weeknote.nodes.traversal import walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from weeknote.nodes.base import Node
    from weeknote.nodes.document import RootT

_KINDS = (*BLOCKS, *INLINES, ListItem, TableRow, TableCell, FrontMatter, Section, Weeknote, Post, Archive)
_PREFIX = "visit_"


def _method_name(kind: type[Node]) -> str:
    return _PREFIX + re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


METHODS = {_method_name(kind): kind for kind in _KINDS}
"""The method for each kind of node: `visit_list_item` for `ListItem`."""


class Transformer:
    r"""The base class for codemods.

    A subclass has a method for each kind of node it changes, such as `visit_link(self, node)` or
    `visit_list_item(self, node)`. It returns the node itself to keep it, another node to replace it, or None to remove
    it. Nodes are visited in the order of the text. What is inside a node that is replaced or removed is not visited.

    Raises:
        TypeError: a subclass has a `visit_` method whose name is no kind of node.

    >>> import attrs, weeknote
    >>> class Https(Transformer):
    ...     def visit_link(self, node: weeknote.Link) -> weeknote.Link:
    ...         return attrs.evolve(node, url=node.url.replace("http://", "https://"))
    >>> note = weeknote.parse("See [the map](http://example.org/map).\n", dialect="markdown")
    >>> weeknote.dump(Https().apply(note))
    'See [the map](https://example.org/map).\n'
    """

    _visitors: dict[type[Node], str]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        names = {name for name in dir(cls) if name.startswith(_PREFIX)}
        if unknown := sorted(names - set(METHODS)):
            known = ", ".join(sorted(METHODS))
            raise TypeError(f"{cls.__name__}.{unknown[0]} matches no kind of node; the methods are: {known}")
        cls._visitors = {METHODS[name]: name for name in names}

    def apply(self, note: RootT) -> RootT:
        """Return the note with what the methods return in place of the nodes they were given.

        Args:
            note: the note, archive or post.

        Raises:
            TypeError: a method returned a node that is not allowed in that place, or removed the note itself.
            CannotExpressError: a method removed a section's heading.
        """
        changes: list[tuple[Node, Node | None]] = []

        def visit(node: Node) -> bool:
            name = self._visitors.get(type(node))
            if name is None:
                return False
            method: Callable[[Any], Node | None] = getattr(self, name)
            new = method(node)
            if new is node:
                return False
            changes.append((node, new))
            return True

        for _ in walk(note, prune=visit):
            pass
        if changes and changes[0][0] is note:
            return replace(note, note, of_kind(cast("RootT", changes[0][1]), (type(note),)))
        return replace_many(note, changes)
