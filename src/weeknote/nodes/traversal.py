"""Walking a note: every node, in the order of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from weeknote.nodes.base import Node, of_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NodeT = TypeVar("NodeT", bound=Node)


def walk(node: Node, *, prune: Callable[[Node], bool] | None = None) -> Iterator[Node]:
    """Yield a node and every node in it, inline nodes too, in the order of the text.

    Args:
        node: any node: a note, a section, a list, a paragraph …
        prune: called with each node; where it returns True, the node is yielded but nothing in it is.

    Raises:
        TypeError: `node` is not a node, once the first one is asked for.

    >>> import weeknote
    >>> note = weeknote.parse("- *yes*", dialect="markdown")
    >>> [type(n).__name__ for n in weeknote.walk(note)]
    ['Weeknote', 'List', 'ListItem', 'Paragraph', 'Emphasis', 'Text']
    >>> [type(n).__name__ for n in weeknote.walk(note, prune=lambda n: isinstance(n, weeknote.Paragraph))]
    ['Weeknote', 'List', 'ListItem', 'Paragraph']
    """
    stack = [of_kind(node, (Node,))]
    while stack:
        node = stack.pop()
        yield node
        if prune is not None and prune(node):
            continue
        for name in node.parts[::-1]:
            part = getattr(node, name)
            if isinstance(part, tuple):
                stack += part[::-1]
            elif part is not None:
                stack.append(part)


def find_all(node: Node, kind: type[NodeT]) -> Iterator[NodeT]:
    """Yield every node of one kind in a node, in the order of the text.

    Args:
        node: where to look.
        kind: a class of node, such as `Link`.

    >>> import weeknote
    >>> note = weeknote.parse("See [one](/1) and [two](/2).", dialect="markdown")
    >>> [link.url for link in weeknote.find_all(note, weeknote.Link)]
    ['/1', '/2']
    """
    for found in walk(node):
        if isinstance(found, kind):
            yield found
