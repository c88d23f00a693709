"""Diagnostics for people: the position and message, the source line with carets under it, and the hint."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from weeknote.lint.printable import Style, columns, safe, visible, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weeknote.lint.diagnostics import Diagnostic

DEFAULT_WIDTH = 100
"""The number of columns where the output is not a terminal."""
MIN_WIDTH = 16

END_OF_LINE = re.compile(r"[\r\n]|\Z")


@attrs.frozen
class ReportEntry:
    """A diagnostic as plain values, without the note it is about: it can be pickled and printed.

    The values are those of `Diagnostic`, but for these:

    Attributes:
        path: the file; `-` for standard input and for text without a file.
        fix: what `--fix` would do, or None.
        source: the first line as written, without its line end.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    code: str
    name: str
    severity: str
    message: str
    hint: str | None = None
    fix: str | None = None
    source: str = ""


def report_entry(found: Diagnostic, text: str = "", path: str | None = None) -> ReportEntry:
    r"""Return a diagnostic as plain values, with its line of the text that was checked.

    >>> import weeknote
    >>> text = "# Weeknote w/c 7 May 2019\n"
    >>> found = weeknote.check(weeknote.parse(text), ["WN102"])
    >>> [(one.line, one.column, one.source) for one in (report_entry(d, text) for d in found)]
    [(1, 12, '# Weeknote w/c 7 May 2019')]
    """
    source = ""
    if found.position is not None and text:
        start = found.position.start.offset
        stop = END_OF_LINE.search(text, start)
        source = text[start - found.column + 1 : stop.start() if stop else len(text)]
    return ReportEntry(
        path=path or found.path or "-",
        line=found.line,
        column=found.column,
        end_line=found.end_line,
        end_column=found.end_column,
        code=found.code,
        name=found.name,
        severity=str(found.severity),
        message=found.message,
        hint=found.hint,
        fix=None if found.fix is None else found.fix.title,
        source=source,
    )


def render_entry(found: ReportEntry, style: Style | None = None) -> Iterator[str]:
    r"""Yield the lines that show a diagnostic to a person.

    >>> one = ReportEntry("may.md", 3, 5, 3, 10, "WN000", "an-example", "info", "Not so.", "Do.", None, "All quiet.")
    >>> print("\n".join(render_entry(one)))
    may.md:3:5: info WN000 Not so.
      3 | All quiet.
        |     ^^^^^
        = hint: Do.
    """
    style = Style() if style is None else style
    yield summary_line(found, style)
    number = str(found.line)
    gutter = " " * (len(number) + 3)
    width = style.width or DEFAULT_WIDTH
    if found.source.strip():
        last = found.end_column if found.end_line == found.line else len(found.source) + 1
        shown, before, under = source_excerpt(found.source, found.column - 1, last - 1, width - len(gutter) - 2)
        yield f"  {style.dim(number + ' |')} {shown}".rstrip()
        yield f"{gutter}{style.dim('|')} {' ' * before}{style.bold('^' * under)}"
    notes = [("hint", found.hint), ("fix", found.fix and f"{found.fix} (with weeknote check --fix)")]
    for label, words in notes:
        lines = wrapped(visible(words), max(width - len(gutter) - 8, 30)) if words else ()
        for i, line in enumerate(lines):
            yield f"{gutter}{style.dim(f'= {label}:') if not i else ' ' * (len(label) + 3)} {line}"


def summary_line(found: ReportEntry, style: Style) -> str:
    """Return the position, severity, code and message on one line."""
    where = style.bold(visible(f"{found.path}:{found.line}:{found.column}:"))
    return f"{where} {found.severity} {style.bold(found.code)} {visible(found.message)}"


def source_excerpt(line: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    r"""Return the visible part of a line, the number of columns before the carets, and the number of carets.

    The carets are for `line[start:end]`; there is `room` for so many columns.

    >>> source_excerpt("a\tb \x1b[1m is bold", 4, 8, 40)
    ('a b \\x1b[1m is bold', 4, 7)
    >>> source_excerpt("a long line of which only a piece is shown", 15, 20, 16)
    ('… of which only…', 5, 5)
    """
    room = max(room, MIN_WIDTH)
    # A node starts with its indentation, which nobody needs to see underlined.
    start = min(start + len(line[start:end]) - len(line[start:end].lstrip()), len(line))
    # A paragraph is often one long line.
    first = 0 if start < room * 2 // 3 else start - room // 4
    shown = "…" if first else ""
    taken = before = len(shown)
    under = 0
    for i in range(first, len(line)):
        character = line[i]
        piece = " " if character == "\t" else safe(character)
        wide = sum(map(columns, piece))
        if taken + wide > room - 1 and i + 1 < len(line):
            shown += "…"
            break
        shown += piece
        taken += wide
        before += wide if i < start else 0
        under += wide if start <= i < end else 0
    return shown, before, max(under, 1)
