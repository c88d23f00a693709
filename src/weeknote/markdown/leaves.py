"""What the leaves of Markdown hold, read from their slices on first use: inline nodes, code, HTML, tables."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from weeknote.markdown import block_parser
from weeknote.markdown.grammar import cell_spans, cells
from weeknote.markdown.inline_parser import read_inlines
from weeknote.markdown.leaf_content import code_content, content, inline_content, leaf_lines, without_last_blanks
from weeknote.nodes.base import node_from_source
from weeknote.nodes.block import Code, Heading, Html, Inline, Table, TableCell, TableRow
from weeknote.source import Slice
from weeknote.syntax.leaf_text import LeafText, text_of_range

if TYPE_CHECKING:
    from weeknote.nodes.block import Block, Node
    from weeknote.source import Source

ESCAPED_PIPE = re.compile(r"\\\|")
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
        self.code_indent: int = sys.maxsize if mdx else 4

    def scan(self, source: Source, start: int) -> list[Block]:
        """Return the top-level blocks from an offset on."""
        return block_parser.scan(source, start)

    def inlines(self, source: Source) -> tuple[Inline, ...]:
        """Return the inline nodes of a source that is the text of one leaf."""
        return read_inlines(text_of_range(source, 0, len(source.text)))

    def leaf_text(self, node: Node) -> LeafText:
        """Return the text inside a paragraph, heading or cell."""
        where = node.slice
        assert where is not None
        if type(node) is TableCell:
            return cell_text(where.source, where.start, where.end)
        return inline_content(where, is_heading=type(node) is Heading)

    def field(self, node: Node, name: str) -> object:
        """Return the value of a field that a leaf's slice holds."""
        where = node.slice
        assert where is not None
        if name == "children":
            return read_inlines(self.leaf_text(node))
        if type(node) is Code:
            return code_content(where)[name == "info"]
        if type(node) is Html:
            return without_last_blanks(content(where))
        if type(node) is Table:
            rows, align = table(where)
            return rows if name == "rows" else align
        raise AttributeError(name)


def table(where: Slice) -> tuple[tuple[TableRow, ...], tuple[str | None, ...]]:
    """Return the rows and alignments of a table (GitHub Flavored Markdown 4.10)."""
    source = where.source
    header, delimiter, *body = [(a, b) for a, b, _ in leaf_lines(where) if source.text[a:b].strip(" \t")]
    marks = [c.strip() for c in cells(source.text[slice(*delimiter)])]
    align = tuple(
        "center" if m[0] == m[-1] == ":" else "left" if m[0] == ":" else "right" if m[-1] == ":" else None
        for m in marks
    )
    rows = []
    room = MAX_EMPTY_CELLS
    for start, end in [header, *body]:
        # A row may hold more cells than there are columns. They are not shown, but they are words, and kept.
        row = [read_cell(source, start + a, start + b) for a, b in cell_spans(source.text[start:end])]
        empty = min(max(len(align) - len(row), 0), room)
        room -= empty
        row += [node_from_source(TableCell, Slice(source, end, end), children=())] * empty
        rows.append(node_from_source(TableRow, Slice(source, start, end), cells=tuple(row)))
    return tuple(rows), align


def read_cell(source: Source, start: int, end: int) -> TableCell:
    """Return the cell of a table at a range."""
    children = read_inlines(cell_text(source, start, end))
    return node_from_source(TableCell, Slice(source, start, end), children=children)


def cell_text(source: Source, start: int, end: int) -> LeafText:
    r"""Return the text of a cell; `\|` in it is a `|` (GitHub Flavored Markdown 4.10)."""
    text = source.text[start:end]
    starts, places = [0], [start]
    for n, m in enumerate(ESCAPED_PIPE.finditer(text)):
        starts.append(m.end() - n - 1)
        places.append(start + m.end())
    return LeafText(source, text.replace("\\|", "|"), starts, places)
