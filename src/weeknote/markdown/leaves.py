"""What the leaves of Markdown hold, read from their slices on first use: inline nodes, code, HTML, tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from weeknote.markdown import block_parser
from weeknote.markdown.grammar import cell_spans, cells, lines_of
from weeknote.markdown.inline_parser import read_inlines
from weeknote.markdown.link_definitions import unescape
from weeknote.nodes.base import as_read
from weeknote.nodes.block import Code, Heading, Html, Inline, Paragraph, Table, TableCell, TableRow
from weeknote.source import Slice
from weeknote.syntax.leaf_text import LeafText, text_of_lines, text_of_range

if TYPE_CHECKING:
    from weeknote.source import Source

SPACES = " \t\r\n"
LINE_BREAK = re.compile(r"\r\n?|\n")
ATX = re.compile(r"[ \t]*(#{1,6})(?:(?=[\r\n]|\Z)|[ \t]+)([^\r\n]*)")
ATX_END = re.compile(r"(?:^|(?<=[ \t]))#+\Z")
ESCAPED_PIPE = re.compile(r"\\\|")

MAX_EMPTY_CELLS = 5_000
"""The most cells added to the short rows of a table, as in cmark-gfm; past that, rows stay short."""


class Markdown:
    """The Markdown dialect (see `weeknote.source.Reader`)."""

    name = "markdown"

    def scan(self, source: Source, start: int) -> list[Any]:
        """Return the top-level blocks from an offset on."""
        return block_parser.scan(source, start)

    def inlines(self, source: Source) -> tuple[Inline, ...]:
        """Return the inline nodes of a source that is the text of one leaf."""
        return read_inlines(text_of_range(source, 0, len(source.text)))

    def field(self, node: Any, name: str) -> Any:
        """Return the value of a field that a leaf's slice holds."""
        where: Slice = node.slice
        if name == "children":
            return read_inlines(leaf_text(node))
        if type(node) is Code:
            return fenced(where)[name == "info"]
        if type(node) is Html:
            return without_last_blanks(content(where))
        if type(node) is Table:
            return table(where)[name]
        raise AttributeError(name)


def content(where: Slice) -> str:
    r"""Return the text of a leaf without its containers' marks, its lines ended by `"\n"`."""
    source = where.source
    cut = source.cuts.get(where.start)
    if cut is not None:
        return "\n".join(" " * pad + source.text[a:b] for a, b, pad in cut)
    text = source.text[where.start : where.end]
    return LINE_BREAK.sub("\n", text) if "\r" in text else text


def leaf_text(node: Paragraph | Heading) -> LeafText:
    """Return the text inside a paragraph or heading."""
    where: Any = node.slice
    source, start, end = where.source, where.start, where.end
    cut = source.cuts.get(start)
    if type(node) is Heading:
        m = ATX.match(source.text, start, end)
        if m is not None and len(m[1]) == node.depth:
            closed = ATX_END.sub("", source.text[m.start(2) : m.end(2)].rstrip(" \t"))
            return text_of_range(source, m.start(2), m.start(2) + len(closed))
        end = source.line_start(start + len(source.text[start:end].rstrip(SPACES)))
    if cut is not None:
        return text_of_lines(source, [(a, b) for a, b, _ in cut])
    return text_of_range(source, start, end)


def fenced(where: Slice) -> tuple[str, str | None]:
    """Return the value of a block of code and its info string (CommonMark 4.4, 4.5)."""
    lines = content(where).split("\n")
    opening = lines[0].lstrip(" ")
    indent = len(lines[0]) - len(opening)
    if indent < 4 and opening.startswith(("```", "~~~")):
        mark = opening[0]
        info = opening.lstrip(mark)
        length = len(opening) - len(info)
        body = []
        for line in lines[1:]:
            bare = line.strip(" \t")
            if len(bare) >= length and not bare.strip(mark) and len(line) - len(line.lstrip(" ")) < 4:
                break
            body.append(line[min(indent, len(line) - len(line.lstrip(" "))) :])
        else:
            if body and not body[-1] and where.start not in where.source.cuts:
                body.pop()
        return "\n".join(body), unescape(info.strip(" \t")) or None
    value = "\n".join(outdent(line) for line in lines)
    return without_last_blanks(value), None


def without_last_blanks(text: str) -> str:
    """Return a text without the blank lines at its end, and without its last line's end."""
    end = len(text.rstrip(SPACES))
    return text[: text.find("\n", end)] if end and "\n" in text[end:] else text if end else ""


def outdent(line: str) -> str:
    """Return a line of indented code without its first four columns (CommonMark 2.2)."""
    column = 0
    for i, c in enumerate(line):
        if column >= 4 or c not in " \t":
            return " " * (column - 4) + line[i:]
        column += 4 - column % 4 if c == "\t" else 1
    return " " * (column - 4)


def table(where: Slice) -> dict[str, Any]:
    """Return the rows and alignments of a table (GitHub Flavored Markdown 4.10)."""
    source = where.source
    cut = source.cuts.get(where.start) or lines_of(source.text, where.start, where.end)
    header, delimiter, *body = [(a, b) for a, b, _ in cut if source.text[a:b].strip(" \t")]
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
        row += [as_read(TableCell, Slice(source, end, end), children=())] * empty
        rows.append(as_read(TableRow, Slice(source, start, end), cells=tuple(row)))
    return {"rows": tuple(rows), "align": align}


def read_cell(source: Source, start: int, end: int) -> TableCell:
    r"""Return a cell of a table; `\|` in it is a `|` (GitHub Flavored Markdown 4.10)."""
    text = source.text[start:end]
    starts, places = [0], [start]
    for n, m in enumerate(ESCAPED_PIPE.finditer(text)):
        starts.append(m.end() - n - 1)
        places.append(start + m.end())
    leaf = LeafText(source, text.replace("\\|", "|"), starts, places)
    return as_read(TableCell, Slice(source, start, end), children=read_inlines(leaf))
