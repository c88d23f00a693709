"""A note's own style, inferred from the text it was read from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from weeknote.nodes.block import Block, Heading, List

if TYPE_CHECKING:
    from collections.abc import Iterable


ITEM = re.compile(r"([ \t]*)([-+*•◦▪▫‣⁃●○■□·–]|[0-9]{1,9}[.)])([ \t\u00a0]*)")


class Style(NamedTuple):
    """How new text is written.

    Attributes:
        bullet: the marker of a new list.
        indent: the white space before a marker at the margin.
        gap: the white space between a marker and its words.
        underlined: whether headings of depth 1 and 2 are underlined (setext).
    """

    bullet: str = "-"
    indent: str = ""
    gap: str = " "
    underlined: bool = False


def style_of(blocks: Iterable[Block], dialect: str) -> Style:
    """Return the style of top-level blocks: that of the first list, and of most headings, that were read."""
    text = dialect == "text"
    bullet, indent, gap = ("•", "  ", " ") if text else ("-", "", " ")
    found = False
    marked = underlined = 0
    for block in blocks:
        where = block.slice
        if where is None or where.source.reader.name != dialect:
            continue
        if type(block) is List and not block.ordered and not found:
            m = ITEM.match(where.source.text, where.start, where.end)
            if m is not None:
                found, (indent, bullet, gap) = True, m.groups()
        elif type(block) is Heading and not text and block.depth <= 2:
            is_marked = where.source.text[where.start : where.end].lstrip(" \t").startswith("#")
            marked, underlined = marked + is_marked, underlined + (not is_marked)
    return Style(bullet, indent, gap or " ", underlined > marked)
