"""The starts of Markdown's blocks: what each begins with, and what it does to the tree (CommonMark, appendix, phase 1).

Every function is given a scanner that is at the first character of a line's rest which is not white space. It returns
None, and changes nothing else, where its block does not start there.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from weeknote.markdown import jsx
from weeknote.markdown.grammar import (
    ATX,
    BREAK,
    DELIMITER,
    FENCE,
    FOOTNOTE,
    HTML_END,
    MARKER,
    SETEXT,
    cells,
    content_start,
    html_start,
    lines_of,
    skip,
)
from weeknote.nodes.block import (
    Blockquote,
    Code,
    FootnoteDefinition,
    Heading,
    Html,
    Paragraph,
    Table,
    ThematicBreak,
    slice_of,
)
from weeknote.syntax.tree_builder import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Callable

    from weeknote.markdown.block_parser import Scanner


class Started(Enum):
    """What a line has started."""

    CONTAINER = auto()
    LEAF = auto()


def start_quotation(scanner: Scanner) -> Started | None:
    """Start a quotation."""
    if len(scanner.build.stack) > MAX_DEPTH:
        return None
    scanner.start_block()
    scanner.build.container(Blockquote, scanner.at, scanner.line, -1)
    scanner.enter_quotation()
    scanner.quotes += 1
    return Started.CONTAINER


def start_heading(scanner: Scanner) -> Started | None:
    """Start a heading with `#`."""
    m = ATX.match(scanner.text, scanner.first)
    if m is None:
        return None
    scanner.start_block()
    scanner.build.leaf(Heading, scanner.at, scanner.line, {"depth": m.end() - scanner.first})
    return Started.LEAF


def start_break(scanner: Scanner) -> Started | None:
    """Start a thematic break."""
    if not BREAK.match(scanner.text, scanner.first):
        return None
    scanner.start_block()
    scanner.build.leaf(ThematicBreak, scanner.at, scanner.line)
    return Started.LEAF


def start_fence(scanner: Scanner) -> Started | None:
    """Start fenced code."""
    m = FENCE.match(scanner.text, scanner.first)
    if m is None:
        return None
    scanner.start_block()
    scanner.fence = (scanner.text[scanner.first], m.end() - scanner.first)
    scanner.open_leaf(scanner.build.leaf(Code, scanner.at, scanner.line), cut=len(scanner.build.stack) > 1)
    return Started.LEAF


def start_html(scanner: Scanner) -> Started | None:
    """Start a block of HTML."""
    text, first, in_paragraph = scanner.text, scanner.first, type(scanner.leaf) is Paragraph
    kind = html_start(text, first, in_paragraph=in_paragraph)
    if kind is None and scanner.mdx and not in_paragraph and jsx.starts_tag(text, first, scanner.eol):
        kind = "tag"
    if kind is None:
        return None
    scanner.start_block()
    scanner.jsx_marks.clear()
    if scanner.mdx and kind not in HTML_END:
        jsx.read_line(text, first, scanner.eol, scanner.jsx_marks)
    scanner.html_end = kind if kind in HTML_END else ""
    scanner.open_leaf(scanner.build.leaf(Html, scanner.at, scanner.line), cut=len(scanner.build.stack) > 1)
    if scanner.html_end and HTML_END[scanner.html_end].search(text, first, scanner.eol):
        scanner.leaf = scanner.lines = None
    return Started.LEAF


def start_footnote(scanner: Scanner) -> Started | None:
    """Start what a footnote says."""
    m = FOOTNOTE.match(scanner.text, scanner.first)
    if m is None or len(scanner.build.stack) > MAX_DEPTH:
        return None
    scanner.start_block()
    scanner.source.footnotes.add(m.group(1))
    scanner.build.container(FootnoteDefinition, scanner.at, scanner.line, 4, label=m.group(1))
    column = scanner.column + m.end() - scanner.first
    scanner.first, scanner.column = skip(scanner.text, m.end(), scanner.eol, column)
    scanner.base = scanner.column
    scanner.at, scanner.pad = scanner.first, 0
    return Started.CONTAINER


def start_item(scanner: Scanner) -> Started | None:
    """Start a list item (CommonMark 5.2)."""
    text, m = scanner.text, MARKER.match(scanner.text, scanner.first)
    if m is None or len(scanner.build.stack) > MAX_DEPTH:
        return None
    number, end = m.group(2), m.end()
    if scanner.open_paragraph() is not None and (
        not text[end : scanner.eol].strip(" \t") or (number and int(number) != 1)
    ):
        return None
    reached = scanner.column + end - scanner.first
    first, column = skip(text, end, scanner.eol, reached)
    has_words = first < scanner.eol
    # Words five columns or more after the marker are code after one column of white space.
    content = column if has_words and column - reached <= scanner.code_indent else reached + 1
    scanner.start_block()
    key = m.group(3) or text[scanner.first]
    scanner.build.item(
        scanner.at, scanner.line, content - scanner.base, key, m.group(1), int(number) if number is not None else None
    )
    scanner.first, scanner.column, scanner.base = first, column, content
    scanner.at, scanner.pad = (
        content_start(text, scanner.line, first, column, content) if has_words else (scanner.eol, 0)
    )
    return Started.CONTAINER


def start_underline(scanner: Scanner) -> Started | None:
    """Make the open paragraph a setext heading (CommonMark 4.3), unless it holds nothing but definitions."""
    leaf = scanner.open_paragraph()
    if leaf is None or not SETEXT.match(scanner.text, scanner.first):
        return None
    start = slice_of(leaf).start
    if scanner.text[start : scanner.end].lstrip(" \t").startswith("["):
        rest = scanner.define(leaf)
        if rest is None:
            scanner.leaf = scanner.lines = None
            return None
        start = slice_of(rest).start
    scanner.source.cuts[start] = scanner.lines or lines_of(scanner.text, start, scanner.end)
    scanner.build.drop()
    scanner.build.leaf(Heading, start, start, {"depth": 1 if scanner.text[scanner.first] == "=" else 2})
    scanner.leaf = scanner.lines = None
    return Started.LEAF


def start_table(scanner: Scanner) -> Started | None:
    """Start a table whose header is the last line of the open paragraph (GFM 4.10)."""
    leaf = scanner.open_paragraph()
    found = None if leaf is None else table_header(scanner, slice_of(leaf).start)
    if leaf is None or found is None:
        return None
    line, start = found
    lines = scanner.lines
    header = lines.pop() if lines else None
    if slice_of(leaf).start == start:
        scanner.build.drop()
    else:
        scanner.end = line
        scanner.close_leaf()
    scanner.leaf = scanner.build.leaf(Table, start, line)
    scanner.lines = None if header is None else [header]
    if scanner.lines:
        scanner.source.cuts[start] = scanner.lines
    scanner.keep(scanner.first, scanner.eol, 0)
    return Started.LEAF


def table_header(scanner: Scanner, paragraph: int) -> tuple[int, int] | None:
    """Return where the last line of the open paragraph and its content begin, if this line is its delimiter row."""
    text = scanner.text
    m = DELIMITER.match(text, scanner.first)
    if m is None:
        return None
    line = scanner.last_line if scanner.last_line >= 0 else lines_of(text, scanner.run_start, scanner.end)[-1][0]
    start = scanner.lines[-1][0] if scanner.lines else max(line, paragraph)
    header = text[start : scanner.end].strip(" \t\r\n")
    if "|" not in header and "|" not in m.group():
        return None
    return (line, start) if len(cells(header)) == len(cells(m.group())) else None


STARTS: dict[str, tuple[Callable[[Scanner], Started | None], ...]] = {
    ">": (start_quotation,),
    "#": (start_heading,),
    "=": (start_underline,),
    # `- | -` is an item, as in cmark-gfm.
    "-": (start_underline, start_break, start_item, start_table),
    "|": (start_table,),
    ":": (start_table,),
    "*": (start_break, start_item),
    "_": (start_break,),
    "`": (start_fence,),
    "~": (start_fence,),
    "<": (start_html,),
    "[": (start_footnote,),
    **dict.fromkeys("+0123456789", (start_item,)),
}
"""The blocks that can start with a character, in the order in which they are tried."""
