"""How far the tags and expressions of MDX reach, which may span lines (MDX 3, "JSX" and "Expressions")."""

from __future__ import annotations

import re

OPENING = re.compile(r"<(?=[A-Za-z/>])|\{")
START = re.compile(r"</?(?:[A-Za-z][\w.-]*(?::[\w.-]+)?(?=[ \t/>]|\Z)|>)")

# What to look for inside each open mark; the first two close with another mark than they open with.
MARKS = {
    "<": re.compile(r"[\"'{>]"),
    "{": re.compile(r"\"(?:[^\"\\\r\n]|\\.)*+\"|'(?:[^'\\\r\n]|\\.)*+'|[{}`]|/\*"),
    '"': re.compile('"'),
    "'": re.compile("'"),
    "`": re.compile(r"\\.|`|\$\{", re.DOTALL),
    "/*": re.compile(r"\*/"),
}
CLOSING = {"<": ">", "{": "}", '"': '"', "'": "'", "`": "`", "/*": "*/"}


def starts_tag(text: str, at: int, eol: int) -> bool:
    """Return whether a tag begins at an offset that nothing follows on its line, or that the line does not close."""
    if not START.match(text, at, eol):
        return False
    end = close_marks(text, at + 1, eol, ["<"])
    return not text[end:eol].strip(" \t")


def read_line(text: str, at: int, eol: int, marks: list[str]) -> None:
    """Read a line, or the rest of one, of tags and what is between them, and keep track of the open marks."""
    while at < eol:
        if not marks:
            m = OPENING.search(text, at, eol)
            if m is None:
                return
            marks.append(m[0])
            at = m.end()
        at = close_marks(text, at, eol, marks)


def close_marks(text: str, at: int, eol: int, marks: list[str]) -> int:
    """Read on until no mark is open, or to the end of the line; return the offset reached."""
    while marks:
        m = MARKS[marks[-1]].search(text, at, eol)
        if m is None:
            return eol
        at, found = m.end(), m[0]
        if found == CLOSING[marks[-1]]:
            marks.pop()
        elif found in MARKS:
            marks.append(found)
        elif found == "${":
            marks.append("{")
    return at
