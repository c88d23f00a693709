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
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])|(&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});)")


def unescape(text: str) -> str:
    r"""Resolve backslash escapes and character references (CommonMark 2.4, 2.5).

    >>> unescape(r"\*&amp;")
    '*&'
    """
    if "\\" not in text and "&" not in text:
        return text
    import html

    return ESCAPE.sub(lambda m: m.group(1) or html.unescape(m.group(2)), text)


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
