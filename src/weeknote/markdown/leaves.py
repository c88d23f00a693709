"""What the leaves of Markdown hold, read from their slices on first use: inline nodes, code, HTML, tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from weeknote.markdown import block_parser
from weeknote.markdown.grammar import cells
from weeknote.markdown.inline_parser import read_inlines, references
from weeknote.markdown.link_definitions import unescape
from weeknote.nodes.block import Code, Heading, Html, Inline, Table, TableCell, TableRow
from weeknote.source import Slice

if TYPE_CHECKING:
    from weeknote.source import Source

SPACES = " \t\r\n"
LINE_BREAK = re.compile(r"\r\n?|\n")
INDENT = re.compile(r"(?m)^[ \t]+")
ATX_END = re.compile(r"(?:^|(?<=[ \t]))#+\Z")

MAX_EMPTY_CELLS = 5_000
"""The most cells added to the short rows of a table, as in cmark-gfm; past that, rows stay short."""


class Markdown:
    """The Markdown dialect as the model sees it (see `weeknote.source.Reader`)."""

    name = "markdown"

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
            return read_inlines(leaf_text(node), where.source)
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


def leaf_text(node: Any) -> str:
    """Return the raw inline text of a paragraph, heading or cell."""
    where: Slice = node.slice
    if type(node) is Heading and where.source.text[where.start : where.end].lstrip(" \t").startswith("#"):
        line = LINE_BREAK.split(where.text, maxsplit=1)[0].strip(SPACES)
        line = line[node.depth :].strip(SPACES)
        return ATX_END.sub("", line).strip(SPACES)
    text = content(where).strip(SPACES)
    if type(node) is Heading and where.start not in where.source.cuts:
        text = text[: text.rindex("\n")].rstrip(SPACES)
    return INDENT.sub("", text) if "\n " in text or "\n\t" in text else text


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
    header, delimiter, *body = content(where).strip(SPACES).split("\n")
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
