"""Where links go: destinations and titles (CommonMark 6.3), and the definitions of labels (CommonMark 4.7)."""

from __future__ import annotations

import re
from typing import NamedTuple

MAX_PARENTHESES = 32
"""The maximum nesting of parentheses in a destination without angle brackets, as in cmark."""

PLAIN = re.compile(r"\(([^\x00-\x20\x7f()\\&<]*+)\)")
"""The target that most links have: a destination in which nothing is escaped, and no title."""

SPACE = re.compile(r"[ \t\n]*+")
POINTED = re.compile(r"<((?:[^<>\\\n]|\\.)*+)>")
BARE = re.compile(r"(?:[^\x00-\x20\x7f()\\]|\\[!-/:-@\[-`{-~]|\\)++|[()]")
TITLE = re.compile(r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)", re.DOTALL)
LABEL = re.compile(r"\[((?:[^\\\[\]]|\\.){0,999}+)\]", re.DOTALL)
REST = re.compile(r"[ \t]*(?:\n|\Z)")
ESCAPE = re.compile(
    r"\\([!-/:-@\[-`{-~])"
    r"|&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));"
)
MAX_CODE_POINT = 0x10FFFF


class Target(NamedTuple):
    """Where a link or an image goes.

    Attributes:
        url: the destination, escapes and references resolved.
        title: the title, or None.
        end: the offset just past the target.
    """

    url: str
    title: str | None
    end: int


def inline_target(text: str, start: int) -> Target | None:
    """Read the target of an inline link, given the offset of its opening parenthesis.

    >>> inline_target("[a](<b c> 'd')", 3)
    Target(url='b c', title='d', end=14)
    """
    plain = PLAIN.match(text, start)
    if plain is not None:
        return Target(plain[1], None, plain.end())
    found = read_destination(text, skip_space(text, start + 1))
    if found is None:
        return None
    url, at = found
    title = None
    after = skip_space(text, at)
    if after > at and (m := TITLE.match(text, after)) is not None:
        title = unescape(m[0][1:-1])
        after = skip_space(text, m.end())
    return Target(url, title, after + 1) if text.startswith(")", after) else None


def definition(content: str, at: int) -> tuple[str, Target] | None:
    """Read the definition that begins at an offset of a paragraph, at the start of a line.

    The paragraph's lines are joined by line feeds, without their container's marks and indentation.

    Returns:
        Label and target, which ends where the next line begins; None if no definition begins there.

    >>> definition("[a]: /b 'c'", 0)
    ('a', Target(url='/b', title='c', end=11))
    """
    label = LABEL.match(content, at)
    if label is None or not label[1].strip() or not content.startswith(":", label.end()):
        return None
    start = skip_space(content, label.end() + 1)
    found = read_destination(content, start)
    if found is None or found[1] == start:
        return None
    url, end = found
    after = skip_space(content, end)
    title = TITLE.match(content, after) if after > end else None
    if title is not None and (rest := REST.match(content, title.end())) is not None:
        return label[1], Target(url, unescape(title[0][1:-1]), rest.end())
    rest = REST.match(content, end)
    return None if rest is None else (label[1], Target(url, None, rest.end()))


def skip_space(text: str, at: int) -> int:
    """Return the offset after the white space at an offset."""
    found = SPACE.match(text, at)
    return at if found is None else found.end()


def read_destination(text: str, at: int) -> tuple[str, int] | None:
    """Return the destination at an offset, `""` if there is none, and the offset after it; None if it never ends."""
    pointed = POINTED.match(text, at)
    if pointed is not None:
        return unescape(pointed[1]), pointed.end()
    end = None if text.startswith("<", at) else bare_end(text, at)
    return None if end is None else (unescape(text[at:end]), end)


def bare_end(text: str, at: int) -> int | None:
    """Return where a destination without angle brackets ends; None if its parentheses are not balanced."""
    depth = 0
    while (m := BARE.match(text, at)) is not None:
        if m[0] == "(":
            depth += 1
            if depth > MAX_PARENTHESES:
                return None
        elif m[0] == ")":
            if not depth:
                break
            depth -= 1
        at = m.end()
    return None if depth else at


def fold_label(label: str) -> str:
    """Return the form in which labels are compared (CommonMark 4.7: Unicode case fold, white space collapsed)."""
    return " ".join(label.split()).lower().upper()


def unescape(text: str) -> str:
    r"""Resolve backslash escapes and character references (CommonMark 2.4, 2.5).

    >>> unescape(r"\*&amp;")
    '*&'
    >>> unescape("&region; is no reference, although &reg; is")
    '&region; is no reference, although ® is'
    """
    return ESCAPE.sub(_unescaped, text) if "\\" in text or "&" in text else text


def _unescaped(m: re.Match[str]) -> str:
    escaped, decimal, hexadecimal, name = m.groups()
    if escaped is not None:
        return escaped
    if name is not None:
        from html.entities import html5

        return html5.get(f"{name};", m[0])
    code = int(decimal) if decimal is not None else int(hexadecimal, 16)
    return chr(code) if 0 < code <= MAX_CODE_POINT and not 0xD800 <= code < 0xE000 else "\ufffd"
