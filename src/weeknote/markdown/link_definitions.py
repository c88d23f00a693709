"""Link reference definitions (CommonMark 4.7)."""

from __future__ import annotations

import re

OPENING = re.compile(
    r"\[(?P<label>(?:[^\\\[\]]|\\.){1,999})\]:[ \t]*\n?[ \t]*"
    r"(?:<(?P<pointed>(?:[^<>\\\n]|\\.)*)>|(?P<bare>[^ <\x00-\x1f\x7f][^ \x00-\x1f\x7f]*))",
    re.DOTALL,
)
TITLE = re.compile(
    r"(?:[ \t]+\n?[ \t]*|\n[ \t]*)"
    r"(?:\"(?P<double>(?:[^\"\\]|\\.)*)\"|'(?P<single>(?:[^'\\]|\\.)*)'|\((?P<round>(?:[^()\\]|\\.)*)\))"
    r"[ \t]*(?:\n|\Z)",
    re.DOTALL,
)
REST = re.compile(r"[ \t]*(?:\n|\Z)")
PARENTHESIS = re.compile(r"\\.|[()]")
ESCAPE = re.compile(
    r"\\([!-/:-@\[-`{-~])"
    r"|&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));"
)
MAX_CODE_POINT = 0x10FFFF


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


def fold_label(label: str) -> str:
    """Return the form in which labels are compared (CommonMark 4.7: Unicode case fold, white space collapsed)."""
    return " ".join(label.split()).lower().upper()


def is_balanced(destination: str) -> bool:
    """Return whether every parenthesis without a backslash is one of a pair (CommonMark 6.3).

    >>> is_balanced("/a(b)"), is_balanced(":)"), is_balanced("(")
    (True, False, False)
    """
    depth = 0
    for m in PARENTHESIS.finditer(destination):
        depth += {"(": 1, ")": -1}.get(m.group(), 0)
        if depth < 0:
            return False
    return depth == 0


def definition(content: str, at: int) -> tuple[str, str, str | None, int] | None:
    """Read one definition from the content of a paragraph.

    Args:
        content: the paragraph's lines without their container's marks and indentation, joined by line feeds.
        at: offset in it where the definition would begin, at the start of a line.

    Returns:
        Label, URL, title or None, and the offset of the line after it; None if no definition begins there.
    """
    m = OPENING.match(content, at)
    if m is None or not m["label"].strip():
        return None
    url = m["pointed"] if m["pointed"] is not None else m["bare"]
    if m["pointed"] is None and not is_balanced(url):
        return None
    title = None
    end = m.end()
    t = TITLE.match(content, end)
    if t is not None:
        title = next(g for g in t.group("double", "single", "round") if g is not None)
        end = t.end()
    else:
        rest = REST.match(content, end)
        if rest is None:
            return None
        end = rest.end()
    return m["label"], unescape(url), None if title is None else unescape(title), end
