"""What the leaves of Markdown hold, read from their slices on first use: inline nodes, code, HTML, tables."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from weeknote.markdown import block_parser
from weeknote.markdown.grammar import cells
from weeknote.markdown.inline_parser import read_inlines, references
from weeknote.markdown.leaf_content import BLANKS, code_content, content, inline_content, without_last_blanks
from weeknote.nodes.block import Code, Html, Inline, Table, TableCell, TableRow
from weeknote.source import Slice

if TYPE_CHECKING:
    from weeknote.source import Source

MAX_EMPTY_CELLS = 5_000
"""The most cells added to the short rows of a table, as in cmark-gfm; past that, rows stay short."""


class Markdown:
    """The Markdown dialect as a `weeknote.source.Reader`.

    Args:
        mdx: read MDX, in which no line is indented code and a tag may span lines.
    """

    name = "markdown"

    def __init__(self, *, mdx: bool = False) -> None:
        self.mdx = mdx
        self.code_indent = sys.maxsize if mdx else 4

    def scan(self, source: Source, start: int) -> list[Any]:
        """Return the top-level blocks from an offset on."""
        return block_parser.scan(source, start)

    def prepare(self, source: Source) -> Any:
        """Return the link definitions and footnotes as mistune wants them."""
        return {"ref_links": references(source), "footnotes": source.footnotes}

    def inlines(self, text: str, source: Source) -> tuple[Inline, ...]:
        """Return the inline nodes of a leaf's raw text."""
        return read_inlines(text, source)

    def field(self, node: Any, name: str) -> Any:
        """Return the value of a field that a leaf's slice holds."""
        where: Slice = node.slice
        if name == "children":
            return read_inlines(inline_content(node), where.source)
        if type(node) is Code:
            return code_content(where)[name == "info"]
        if type(node) is Html:
            return without_last_blanks(content(where))
        if type(node) is Table:
            return table(where)[name]
        raise AttributeError(name)


def table(where: Slice) -> dict[str, Any]:
    """Return the rows and alignments of a table (GitHub Flavored Markdown 4.10)."""
    source = where.source
    header, delimiter, *body = content(where).strip(BLANKS).split("\n")
    marks = [c.strip() for c in cells(delimiter)]
    align = tuple(
        "center" if m[0] == m[-1] == ":" else "left" if m[0] == ":" else "right" if m[-1] == ":" else None
        for m in marks
    )
    rows = []
    room = MAX_EMPTY_CELLS
    for line in [header, *body]:
        # A row may hold more cells than there are columns. They are not shown, but they are words, and kept.
        found = cells(line)
        empty = min(max(len(align) - len(found), 0), room)
        found += [""] * empty
        room -= empty
        rows.append(TableRow(TableCell(read_inlines(c.replace("\\|", "|"), source)) for c in found))
    return {"rows": tuple(rows), "align": align}
