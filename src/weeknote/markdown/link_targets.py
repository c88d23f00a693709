"""Where a link goes: destination and title in parentheses, or a label that is defined elsewhere (CommonMark 6.3)."""

from __future__ import annotations

import re
from typing import NamedTuple

from weeknote.markdown.link_definitions import unescape

MAX_PARENTHESES = 32
"""How deep parentheses nest in a destination without angle brackets, as in cmark."""

PLAIN = re.compile(r"\(([^\x00-\x20\x7f()\\&<]*+)\)")
"""The target that most links have: a destination in which nothing is escaped, and no title."""

SPACE = re.compile(r"[ \t\n]*+")
POINTED = re.compile(r"<((?:[^<>\\\n]|\\.)*+)>")
BARE = re.compile(r"(?:[^\x00-\x20\x7f()\\]|\\[!-/:-@\[-`{-~]|\\)++|[()]")
TITLE = re.compile(r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)", re.DOTALL)
LABEL = re.compile(r"\[((?:[^\\\[\]]|\\.){0,999}+)\]", re.DOTALL)


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
    """Read the target of an inline link.

    Args:
        text: the text of the leaf.
        start: the offset of its opening parenthesis.

    >>> inline_target("[a](<b c> 'd')", 3)
    Target(url='b c', title='d', end=14)
    """
    plain = PLAIN.match(text, start)
    if plain is not None:
        return Target(plain[1], None, plain.end())
    at = skip_space(text, start + 1)
    pointed = POINTED.match(text, at)
    if pointed is not None:
        url, at = pointed[1], pointed.end()
    elif text.startswith("<", at):
        return None
    else:
        end = bare_end(text, at)
        if end is None:
            return None
        url, at = text[at:end], end
    title = None
    after = skip_space(text, at)
    if after > at and (m := TITLE.match(text, after)) is not None:
        title = unescape(m[0][1:-1])
        after = skip_space(text, m.end())
    return Target(unescape(url), title, after + 1) if text.startswith(")", after) else None


def skip_space(text: str, at: int) -> int:
    """Return the offset after the white space at an offset."""
    found = SPACE.match(text, at)
    return at if found is None else found.end()


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
