"""What the leaves of Markdown hold, read from their slices on first use: inline nodes, code, HTML, tables.

Columns are counted from the start of the source's line, because the width of a tab depends on what precedes it
(CommonMark 2.2).
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from weeknote.markdown.block_parser import Scanner
from weeknote.markdown.grammar import (
    FENCE,
    Line,
    cell_spans,
    cells,
    closes_fence,
    columns,
    content_start,
    lines_of,
    skip,
)
from weeknote.markdown.inline_parser import read_inlines
from weeknote.markdown.links import unescape
from weeknote.nodes.block import Code, Heading, Html, Inline, Table, TableCell, TableRow, node_from_source, slice_of
from weeknote.source import Slice, Source
from weeknote.syntax.leaf_text import LeafText, text_of_lines, text_of_range
from weeknote.syntax.lines import content_lines, without_last_blank_lines

if TYPE_CHECKING:
    from weeknote.nodes.block import Block, Node

ATX_CONTENT = re.compile(r"[ \t]*#{1,6}[ \t]*([^\r\n]*)")
CLOSING_SEQUENCE = re.compile(r"(?:^|(?<=[ \t]))#+\Z")
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
        return Scanner(source, start).blocks()

    def inlines(self, source: Source) -> tuple[Inline, ...]:
        """Return the inline nodes of a source that is the text of one leaf."""
        return read_inlines(text_of_range(source, 0, len(source.text)))

    def leaf_text(self, node: Node) -> LeafText:
        """Return the text inside a paragraph, heading or cell."""
        where = slice_of(node)
        if type(node) is TableCell:
            return cell_text(where)
        return inline_content(where, is_heading=type(node) is Heading)

    def field(self, node: Node, name: str) -> object:
        """Return the value of a field that a leaf's slice holds."""
        if name == "children":
            return read_inlines(self.leaf_text(node))
        where = slice_of(node)
        if type(node) is Code:
            return code_content(where)[name == "info"]
        if type(node) is Html:
            return "\n".join(content_lines(where))
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
        spans = cell_spans(source.text[start:end])
        row = [node_from_source(TableCell, Slice(source, start + a, start + b)) for a, b in spans]
        empty = min(max(len(align) - len(row), 0), room)
        room -= empty
        row += [node_from_source(TableCell, Slice(source, end, end), children=())] * empty
        rows.append(node_from_source(TableRow, Slice(source, start, end), cells=tuple(row)))
    return tuple(rows), align


def cell_text(where: Slice) -> LeafText:
    r"""Return the text of a cell; `\|` in it is a `|` (GitHub Flavored Markdown 4.10)."""
    text = where.text
    starts, places = [0], [where.start]
    for n, m in enumerate(ESCAPED_PIPE.finditer(text)):
        starts.append(m.end() - n - 1)
        places.append(where.start + m.end())
    return LeafText(where.source, text.replace("\\|", "|"), starts, places)


def leaf_lines(where: Slice) -> list[Line]:
    """Return the lines of a leaf."""
    source = where.source
    return source.cuts.get(where.start) or lines_of(source.text, where.start, where.end)


def inline_content(where: Slice, *, is_heading: bool) -> LeafText:
    """Return the text inside a paragraph or heading (CommonMark 4.2, 4.3, 4.8)."""
    source = where.source
    cut = source.cuts.get(where.start)
    if cut is not None:
        return text_of_lines(source, [(start, end) for start, end, _ in cut])
    # The parser keeps the lines of every underlined heading, so that one whose words begin with `#` can be told.
    if is_heading:
        m = ATX_CONTENT.match(source.text, where.start, where.end)
        assert m is not None
        words = CLOSING_SEQUENCE.sub("", m[1].rstrip(" \t"))
        return text_of_range(source, m.start(1), m.start(1) + len(words))
    return text_of_range(source, where.start, where.end)


def code_content(where: Slice) -> tuple[str, str | None]:
    r"""Return the value of a block of code and its info string (CommonMark 4.4, 4.5).

    The value has no final line end, except that code of nothing but empty lines keeps it: `""` is no line, `"\n"` one.
    """
    source = where.source
    text, limit = source.text, source.reader.code_indent
    lines = leaf_lines(where)
    start, indent = indentation(source, lines[0])
    if indent >= limit:
        return without_last_blank_lines("\n".join(without_indent(source, line, limit) for line in lines)), None
    m = FENCE.match(text, start)
    assert m is not None
    mark, length = text[start], m.end() - start
    info = unescape(text[m.end() : lines[0][1]].strip(" \t")) or None
    body: list[str] = []
    for line in lines[1:]:
        start, inside = indentation(source, line)
        if inside < limit and closes_fence(text[start : line[1]], mark, length):
            break
        body.append(without_indent(source, line, indent))
    value = "\n".join(body)
    return (value if value.strip("\n") or not body else value + "\n"), info


def indentation(source: Source, line: Line) -> tuple[int, int]:
    """Return where the white space at the start of a line of a leaf ends, and how many columns wide it is."""
    at, end, pad = line
    if not pad and not source.text.startswith((" ", "\t"), at, end):
        return at, 0
    column = column_of(source, at)
    start, reached = skip(source.text, at, end, column)
    return start, reached - column + pad


def without_indent(source: Source, line: Line, width: int) -> str:
    """Return a line of a leaf without at most `width` columns of white space at its start (CommonMark 2.2)."""
    at, end, pad = line
    text = source.text
    start, indent = indentation(source, line)
    if not (width and indent):
        return " " * pad + text[at:end]
    column = column_of(source, at) - pad
    kept, cut = content_start(text, source.line_start(at), start, column + indent, column + min(indent, width))
    return " " * cut + text[kept:end]


def column_of(source: Source, at: int) -> int:
    """Return the 0-based column of an offset."""
    return columns(source.text, source.line_start(at), at, 0)
