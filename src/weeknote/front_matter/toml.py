"""Positions in TOML, which `tomllib` does not give: the line of every key, and the place of a mistake."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import reduce
from operator import getitem
from typing import Any

KeyPath = tuple[str | int, ...]
"""The keys from the root, and an index for each step into an array."""


MAX_KEY_PARTS = 100
"""The maximum number of parts in a dotted key: `tomllib` takes time and memory quadratic in their number."""

LONG_KEY = re.compile(
    r"(?:^|[\[{,])[ \t]*+(?:(?:[\w-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]*+\.[ \t]*+)" + f"{{{MAX_KEY_PARTS}}}",
    re.MULTILINE,
)

# The groups are where a string ends with the text.
_TOKEN = re.compile(
    r"""\"""(?:[^\\]|\\.)*?(?:"{3,5}|(\Z))|\'\'\'.*?(?:'{3,5}|(\Z))|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*|[][{}]""",
    re.DOTALL,
)


class TomlError(ValueError):
    """A text is not TOML: the arguments are what is wrong, the line and the column."""


def read(text: str) -> dict[str, Any]:
    """Return what TOML says.

    Raises:
        TomlError: it is not TOML.

    >>> read("a = {b = 1}")
    {'a': {'b': 1}}
    """
    import tomllib

    if (long := LONG_KEY.search(text)) is not None:
        raise TomlError(f"a key has more than {MAX_KEY_PARTS} parts", text.count("\n", 0, long.start()) + 1, 1)
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise TomlError("it is nested too deeply", 1, 1) from None
    except tomllib.TOMLDecodeError as error:
        words = str(error)
        at = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", words)
        place = (text.rstrip().count("\n") + 1, 1) if at is None or at[1] is None else (int(at[1]), int(at[2]))
        raise TomlError(words if at is None else words[: at.start()], *place) from None
    except ValueError as error:  # a number of more digits than Python reads
        raise TomlError(str(error), 1, 1) from None


def line_of(text: str, path: KeyPath) -> int:
    r"""Return the line of a key in TOML; where that cannot be found, the line of the nearest table or array around it.

    Args:
        text: TOML that can be read.
        path: the keys from the root to it.

    >>> line_of('a = 1\n[[b]]\nc = [\n  "x",\n  {d = 2},\n]\n', ("b", 0, "c", 1, "d"))
    5
    """
    lines = text.split("\n")

    def holds_key(count: int) -> bool:
        """Return whether the key is in so many lines from the first."""
        try:
            value: Any = read(_closed("\n".join(lines[:count])))
            return reduce(getitem, path, value) is not None
        except (LookupError, TypeError, TomlError):
            return False

    while path and not holds_key(len(lines)):
        path = path[:-1]
    return bisect_left(range(1, len(lines)), True, key=holds_key) + 1 if path else 1


def _closed(text: str) -> str:
    """Return the first lines of some TOML with an end for each string, array and table that is open."""
    closing = ""
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark in ("[", "{"):
            closing = ("]" if mark == "[" else "}") + closing
        elif mark in ("]", "}"):
            closing = closing[1:]
        elif token.lastindex is not None:
            closing = mark[:3] + closing
    return f"{text}\n{closing}"
