"""The words of a node as error messages quote them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weeknote.nodes.block import Node

MAX_EXCERPT = 60
"""The maximum number of characters that a message quotes."""


def excerpt(node: Node) -> str:
    """Return the first words of a node in quotes; `"without words"` if it has none.

    >>> from weeknote import Paragraph, ThematicBreak
    >>> excerpt(Paragraph("It rained.")), excerpt(ThematicBreak())
    ("'It rained.'", 'without words')
    """
    given = (getattr(node, name, "") for name in ("text", "title", "value", "label", "url", "alt"))
    words = next((text for text in given if isinstance(text, str) and text), "")
    children = getattr(node, "children", ())
    if not words and children:
        from weeknote.nodes.inline import plain

        words = plain(children, pictures=True)
    return repr(words if len(words) <= MAX_EXCERPT else words[: MAX_EXCERPT - 1] + "…") if words else "without words"
