"""The text of a Markdown leaf without the marks and indentation of its containers, and the value of a block of code.

A leaf is read on first use, from its slice. Columns are counted from the start of the source's line, because the width
of a tab depends on what precedes it (CommonMark 2.2).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from weeknote.markdown.grammar import FENCE, Line, closes_fence, columns, content_start, lines_of, skip
from weeknote.markdown.links import unescape
from weeknote.source import BLANK, LINE_END
from weeknote.syntax.leaf_text import text_of_lines, text_of_range

if TYPE_CHECKING:
    from weeknote.source import Slice, Source
    from weeknote.syntax.leaf_text import LeafText

ATX_CONTENT = re.compile(r"[ \t]*#{1,6}[ \t]*([^\r\n]*)")
CLOSING_SEQUENCE = re.compile(r"(?:^|(?<=[ \t]))#+\Z")


def leaf_lines(where: Slice) -> list[Line]:
    """Return the lines of a leaf."""
    source = where.source
    return source.cuts.get(where.start) or lines_of(source.text, where.start, where.end)


def content(where: Slice) -> str:
    r"""Return the text of a leaf, its lines joined by `"\n"`."""
    source = where.source
    cut = source.cuts.get(where.start)
    if cut is not None:
        return "\n".join(" " * pad + source.text[a:b] for a, b, pad in cut)
    text = source.text[where.start : where.end]
    return LINE_END.sub("\n", text) if "\r" in text else text


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
        return without_last_blanks("\n".join(without_indent(source, line, limit) for line in lines)), None
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


def without_last_blanks(text: str) -> str:
    """Return a text without the blank lines at its end, and without its last line's end."""
    end = len(text.rstrip(BLANK))
    return text[: text.find("\n", end)] if end and "\n" in text[end:] else text if end else ""
