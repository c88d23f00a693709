"""The patterns by which Markdown's blocks begin and end (CommonMark 4 and 5, GitHub Flavored Markdown 4.10)."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Match = Callable[[str, int], re.Match[str] | None]

# A line that begins with any other character is words (CommonMark 4, 5).
MARKS = frozenset("#>-+*_=~`<|:[0123456789")
# So is a line that begins with a mark and is emphasis, code, a number of something …; a paragraph that begins with `[`
# may turn out to be definitions when it ends.
WORDS = (
    r"(?:[^#>\-+*_=~`<|:\[0-9 \t\r\n]|\*\*?(?=[^* \t\r\n])|__?(?=[^_ \t\r\n])|`(?!``)|\[(?!\^)|[0-9]++(?![.)])|:(?!-))"
)
CONTENT = re.compile(r"([^\r\n]++|(?=[\r\n]))(?:\r\n?|\n|\Z)")

# Not an item with `[`, whose paragraph's lines are kept, unless its first `]` shows that it defines nothing.
ITEM = rf" (?!\[(?![^\[\]\\\r\n]*+\]\())(?={WORDS})REST"
ITEMS = rf"(?P<bullet>[-*+]){ITEM}(?:(?P=bullet){ITEM})*+"
HEADING = r"(#{1,6})(?=[ \t\r\n]|\Z)REST"
BLANKS = r"((?:[ \t]*+END)*+)"
# Words continue a paragraph at any indentation.
MORE = rf"(?:[ \t]*+{WORDS}REST)"
SPACE = re.compile(r"[ \t]*")

ATX = re.compile(r"(#{1,6})(?=[ \t\r\n]|\Z)")
SETEXT = re.compile(r"(?:=+|-+)[ \t]*(?=[\r\n]|\Z)")
BREAK = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})(?=[\r\n]|\Z)")
FENCE = re.compile(r"(`{3,})(?=[^`\r\n]*(?:[\r\n]|\Z))|(~{3,})")
MARKER = re.compile(r"([-+*]|([0-9]{1,9})([.)]))(?=[ \t\r\n]|\Z)")
FOOTNOTE = re.compile(r"\[\^([^\]\[\s]{1,200})\]:")
DELIMITER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*(?=[\r\n]|\Z)")
PIPE = re.compile(r"\\.|(\|)", re.DOTALL)

HTML = re.compile(
    r"<(?:(?P<raw>script|pre|style|textarea)(?=[\s>]|\Z)|(?P<comment>!--)|(?P<instruction>\?)|(?P<cdata>!\[CDATA\[)"
    r"|(?P<declaration>![A-Za-z])"
    r"|(?P<block>/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details"
    r"|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h1|h2|h3|h4|h5|h6|head|header|hr"
    r"|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary"
    r"|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?=[ \t\r\n>]|/>|\Z)))",
    re.IGNORECASE,
)
TAG = re.compile(
    r"<(?:/[A-Za-z][A-Za-z0-9-]*[ \t]*"
    r"|[A-Za-z][A-Za-z0-9-]*"
    r"(?:[ \t]+[A-Za-z_:][A-Za-z0-9_.:-]*(?:[ \t]*=[ \t]*(?:[^\s\"'=<>`]+|'[^'\r\n]*'|\"[^\"\r\n]*\"))?)*[ \t]*/?)>"
    r"[ \t]*(?=[\r\n]|\Z)"
)
HTML_END = {
    "raw": re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE),
    "comment": re.compile("-->"),
    "instruction": re.compile(r"\?>"),
    "cdata": re.compile(r"\]\]>"),
    "declaration": re.compile(">"),
}

Line = tuple[int, int, int]
"""The content of one line of a leaf: its start and end, and how many columns of a cut tab precede it."""


class RunPatterns(NamedTuple):
    """What matches a run of lines at the margin that mean the same in every context, and the blank lines after it.

    Attributes:
        starts: matches items and a heading, where a paragraph can neither begin nor continue.
        opens: matches a paragraph too, where nothing is open.
        continues: matches more lines of an open paragraph too.
        ends: finds the ends of lines.
    """

    starts: Match
    opens: Match
    continues: Match
    ends: Callable[[str, int, int], Iterator[re.Match[str]]]


@cache
def run_patterns(*, returns: bool) -> RunPatterns:
    r"""Return the patterns for texts that contain `\r`, or for the others, which they read several times as fast."""
    rest, end = (r"[^\r\n]*+(?:\r\n?|\n|\Z)", r"(?:\r\n?|\n)") if returns else (r"[^\n]*+(?:\n|\Z)", r"\n")
    starts, opens, continues = (
        re.compile(pattern.replace("REST", rest).replace("END", end)).match
        for pattern in (
            rf"(?:{ITEMS}|{HEADING}){BLANKS}",
            rf"(?:{WORDS}REST{MORE}*+|{ITEMS}|{HEADING}|){BLANKS}",
            rf"(?:{MORE}++|{ITEMS}|{HEADING}|){BLANKS}",
        )
    )
    return RunPatterns(starts, opens, continues, re.compile(end).finditer)


def columns(text: str, start: int, end: int, column: int) -> int:
    """Return the column that white space from one offset to another reaches (tab stops of 4, CommonMark 2.2)."""
    beyond = column % 4
    return column - beyond + len((" " * beyond + text[start:end]).expandtabs(4))


def content_start(text: str, line: int, end: int, reached: int, column: int) -> tuple[int, int]:
    """Return the offset where a column falls in the white space before `end`, and the columns of a tab cut by it."""
    first = end - (reached - column)
    if first >= line and "\t" not in text[line:end]:
        return first, 0
    at, i = 0, line
    while at < column and i < end:
        width = 4 - at % 4 if text[i] == "\t" else 1
        i += 1
        at += width
    return i, max(at - column, 0)


def cells(row: str) -> list[str]:
    r"""Return the cells of a table row, which a `|` without a backslash divides (GFM 4.10); a lone `|` has none.

    >>> cells(r"| a | b \| c |"), cells("|")
    (['a', 'b \\| c'], [])
    """
    return [row[a:b] for a, b in cell_spans(row)]


def cell_spans(row: str) -> list[tuple[int, int]]:
    """Return where the cells of a table row begin and end, without the blanks around them."""
    start = len(row) - len(row.lstrip(" \t\r\n"))
    end = len(row.rstrip(" \t\r\n"))
    cut = [m.start(1) for m in PIPE.finditer(row, start, end) if m[1]]
    bounds = list(pairwise([start - 1, *cut, end]))
    if cut and cut[0] == start:
        del bounds[0]
    if bounds and cut and cut[-1] == end - 1:
        del bounds[-1]
    bare = [(a + 1, row[a + 1 : b].rstrip(" \t")) for a, b in bounds]
    return [(at + len(cell) - len(cell.lstrip(" \t")), at + len(cell)) for at, cell in bare]


def html_start(text: str, at: int, *, in_paragraph: bool) -> str | None:
    """Return the kind of HTML block that begins at an offset (CommonMark 4.6), or None."""
    m = HTML.match(text, at)
    if m is not None:
        return m.lastgroup
    return "tag" if not in_paragraph and TAG.match(text, at) else None


def lines_of(text: str, start: int, end: int) -> list[Line]:
    """Return the content of the lines in a range."""
    return [(m.start(), m.end(1), 0) for m in CONTENT.finditer(text, start, end)]


def skip(text: str, at: int, eol: int, column: int) -> tuple[int, int]:
    """Return where white space from an offset ends: the offset and the column."""
    m = SPACE.match(text, at, eol)
    assert m is not None
    ns = m.end()
    return ns, columns(text, at, ns, column) if ns > at else column


def closes_fence(line: str, mark: str, length: int) -> bool:
    """Return whether a line, without its indentation, closes a fence of `length` marks (CommonMark 4.5)."""
    rest = line.rstrip(" \t")
    return len(rest) >= length and not rest.strip(mark)


def is_open_fence(lines: list[str]) -> bool:
    """Return whether the lines of a block of code begin with a fence that none of them closes (CommonMark 4.5)."""
    first = lines[0].lstrip(" \t")
    m = FENCE.match(first)
    return m is not None and not (len(lines) > 1 and closes_fence(lines[-1].lstrip(" "), first[0], m.end()))
