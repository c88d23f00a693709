"""Text for people and terminals: control characters escaped, widths in columns, counts with nouns, bold and dim."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

# Control characters, line and paragraph separators, bidirectional overrides, surrogates.
UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
SPACE = re.compile(r"[ \t\r\n]+")


class Style(NamedTuple):
    """How to print: in how many columns, where None cuts nothing, and whether in bold and colour."""

    width: int | None = None
    colour: bool = False

    def bold(self, text: str) -> str:
        """Return text in bold."""
        return f"\x1b[1m{text}\x1b[0m" if self.colour and text else text

    def dim(self, text: str) -> str:
        """Return text dimmed."""
        return f"\x1b[2m{text}\x1b[0m" if self.colour and text else text

    def patch(self, line: str) -> str:
        """Return a line of a unified diff: red if it goes, green if it comes."""
        if line.startswith(("--- ", "+++ ")):
            return self.bold(line)
        colour = {"-": 31, "+": 32, "@": 36}.get(line[:1]) if self.colour else None
        return line if colour is None else f"\x1b[{colour}m{line}\x1b[0m"

    def fit(self, text: str, before: int) -> str:
        """Return text cut to fit a line of which some columns are taken."""
        return text if self.width is None else shorten(text, max(self.width - before, 16))


def visible(text: str) -> str:
    r"""Return text on one line, without blanks around it and with control characters escaped.

    >>> print(visible("a \x1b[31mred\ntitle"))
    a \x1b[31mred title
    """
    return safe(SPACE.sub(" ", text).strip(" "))


def columns(character: str) -> int:
    """Return how many terminal columns a character takes: 0, 1 or 2."""
    if character < "\u0300":
        return 1
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def shorten(text: str, room: int) -> str:
    """Return text, cut with an ellipsis if it takes more columns than there are.

    >>> shorten("agreeing the first priorities", 12)
    'agreeing th…'
    """
    taken = 0
    kept = 0
    for i, character in enumerate(text):
        taken += columns(character)
        if taken <= room - 1:
            kept = i + 1
        elif taken > room:
            return text[:kept].rstrip() + "…"
    return text


def wrapped(text: str, room: int | None) -> Iterator[str]:
    """Yield text in lines of at most `room` columns; longer words are broken."""
    line, taken, last = 0, 0, None
    for i, character in enumerate(text if room is not None else ""):
        taken += columns(character)
        if character == " ":
            last = i
        elif taken > (room or 0):
            cut = i if last is None else last
            yield text[line:cut]
            line = cut if last is None else cut + 1
            taken, last = sum(map(columns, text[line : i + 1])), None
    yield text[line:]


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "file"), counted(2000, "loss")
    ('1 file', '2,000 losses')
    """
    plural = "" if number == 1 else "es" if noun.endswith("s") else "s"
    return f"{number:,} {noun}{plural}"


def safe(text: str) -> str:
    r"""Return text with control characters escaped; unlike `visible`, all blanks are kept.

    >>> print(safe("  a \x1b[31mred title"))
      a \x1b[31mred title
    """
    return UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)
