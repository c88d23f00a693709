"""Positions in TOML, which `tomllib` does not give: the line of every key, and the place of a mistake."""

from __future__ import annotations

import contextlib
import re
from typing import Any

KeyPath = tuple[str | int, ...]
"""The keys from the root, and an index for each step into an array."""


MAX_KEY_PARTS = 100
"""How many parts a dotted key may have: `tomllib` takes time and memory quadratic in their number."""

LONG_KEY = re.compile(
    r"(?:^|[\[{,])[ \t]*+(?:(?:[\w-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]*+\.[ \t]*+)" + f"{{{MAX_KEY_PARTS}}}",
    re.MULTILINE,
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
    found: dict[KeyPath, int] = {(): 1}
    with contextlib.suppress(RecursionError, IndexError):  # what was found until then is near enough
        _Lines(text, found).document()
    return next(found[path[:n]] for n in range(len(path), -1, -1) if path[:n] in found)


class _Lines:
    """A pass over TOML that `tomllib` has read, which records the line of each key and each element."""

    SKIP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
    STRING = re.compile(
        r'"""(?:[^\\]|\\.)*?"{3,5}|' + r"'''.*?'{3,5}|" + r'"(?:[^"\\\n]|\\.)*"|' + r"'[^'\n]*'", re.DOTALL
    )
    BARE = re.compile(r"[A-Za-z0-9_-]+")
    PLAIN = re.compile(r"[^,\]}#\n]*")

    def __init__(self, text: str, found: dict[KeyPath, int]) -> None:
        self.text = text
        self.found = found
        self.at = 0

    def document(self) -> None:
        """Read all statements."""
        table: KeyPath = ()
        counts: dict[KeyPath, int] = {}
        while self.skip():
            if self.text[self.at] != "[":
                self.pair(table)
                continue
            several = self.text.startswith("[[", self.at)
            line = self.line()
            self.at += 1 + several
            table = ()
            for step in self.key():
                # A header speaks of the last table in an array of tables.
                table = (*table, step, counts[(*table, step)]) if (*table, step) in counts else (*table, step)
            if several:
                array = table[:-1] if isinstance(table[-1], int) else table
                counts[array] = counts.get(array, -1) + 1
                self.found.setdefault(array, line)
                table = (*array, counts[array])
            self.found.setdefault(table, line)
            self.at = self.text.index("]", self.at) + 1 + several

    def line(self) -> int:
        """Return the current line."""
        return self.text.count("\n", 0, self.at) + 1

    def skip(self) -> bool:
        """Skip blanks and comments, and return whether anything follows."""
        match = self.SKIP.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at < len(self.text)

    def key(self) -> list[str]:
        """Skip a key and return its parts."""
        import tomllib

        parts = []
        while True:
            self.skip()
            match = self.BARE.match(self.text, self.at) or self.STRING.match(self.text, self.at)
            if match is None:
                raise IndexError
            self.at = match.end()
            parts.append(match[0] if match[0][0] not in "\"'" else tomllib.loads(f"x = {match[0]}")["x"])
            self.skip()
            if self.text[self.at] != ".":
                return parts
            self.at += 1

    def pair(self, table: KeyPath) -> None:
        """Skip a key and its value."""
        line = self.line()
        for step in self.key():
            table = (*table, step)
            self.found.setdefault(table, line)
        self.at += 1  # the equals sign
        self.skip()
        self.value(table)

    def value(self, path: KeyPath) -> None:
        """Skip a value."""
        opening = self.text[self.at]
        if opening not in "[{":
            match = self.STRING.match(self.text, self.at) or self.PLAIN.match(self.text, self.at)
            self.at = match.end() if match else len(self.text)
            return
        self.at += 1
        index = 0
        while self.skip() and self.text[self.at] not in "]}":
            if self.text[self.at] == ",":
                self.at += 1
            elif opening == "{":
                self.pair(path)
            else:
                self.found[(*path, index)] = self.line()
                self.value((*path, index))
                index += 1
        self.at += 1
