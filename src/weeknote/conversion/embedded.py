"""What other languages put into Markdown: HTML, Liquid, shortcodes, MDX, directives, maths, attributes.

Their tags mean something to other programs, so normalising leaves them and what they enclose as they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from weeknote.nodes.block import Block, Code

if TYPE_CHECKING:
    from collections.abc import Sequence


EMBEDDED = re.compile(r"[ \t>]*(?:<[A-Za-z/!?]|\{[%{:#<./*]|:::|!!!|\?\?\?|\$\$|\\[\[\]]|(?:import|export)[ \t{])")
"""The beginning of a line that may be another language's."""

TAG = re.compile(
    r"\{%[-+]?[ \t]*(?:end(?P<liquid_end>\w+)|(?P<liquid>\w+))"
    r"|\{\{[<%][ \t]*(?:/[ \t]*(?P<shortcode_end>[\w./-]+)|(?P<shortcode>[\w./-]+))"
    r"|</(?P<element_end>[A-Za-z][\w.:-]*)|<(?P<element>[A-Za-z][\w.:-]*)"
    r"|:(?<![^\n]:)::+(?:(?P<directive_end>)[ \t]*$|(?P<directive>))"
    r"|\\(?:\[(?P<maths>)|\](?P<maths_end>))|\$\$(?P<dollars>)",
    re.MULTILINE,
)
"""What opens or closes something: each kind has a group for its opening tag, and one for its closing tag.

Every branch begins with a character, for which `re` looks ten times as fast.
"""


def enclosed(blocks: Sequence[Block]) -> set[int]:
    """Return the indices of the blocks from each opening tag to its closing tag, where those are apart."""
    first = blocks[0].slice
    assert first is not None
    text = first.source.text
    starts = [block.slice.start for block in blocks if block.slice is not None]
    # Two tags of one kind may be open at once: a closing tag belongs to the last of them.
    opened: dict[tuple[str, str], list[int]] = {}
    ends: dict[int, int] = {}
    for m in TAG.finditer(text, first.start):
        at = bisect_right(starts, m.start()) - 1
        if isinstance(blocks[at], Code):
            continue
        kind = m.lastgroup or ""
        name = m[kind]
        if kind == "dollars":
            kind = "dollars_end" if opened.get((kind, name)) else kind
        key = (kind.removesuffix("_end"), name)
        if not kind.endswith("_end"):
            opened.setdefault(key, []).append(at)
        elif opened.get(key):
            start = opened[key].pop()
            if start < at:
                ends[start] = max(ends.get(start, at), at)
    found: set[int] = set()
    end = -1
    for start in sorted(ends):
        found.update(range(max(start, end + 1), ends[start] + 1))
        end = max(end, ends[start])
    return found
