"""Text that is safe to print: escapes for what would steer a terminal, widths in columns, and colours."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

# What would steer a terminal, end a line, turn the direction of writing round, or is no character at all.
UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
SPACE = re.compile(r"[ \t\r\n]+")


class Style(NamedTuple):
    """How to write for whoever reads.

    Attributes:
        width: the columns of the terminal; None does not shorten anything.
        colour: whether headings are bold and places dim.
    """

    width: int | None = None
    colour: bool = False

    def bold(self, text: str) -> str:
        """Return text that stands out."""
        return f"\x1b[1m{text}\x1b[0m" if self.colour and text else text

    def dim(self, text: str) -> str:
        """Return text that stands back."""
        return f"\x1b[2m{text}\x1b[0m" if self.colour and text else text

    def patch(self, line: str) -> str:
        """Return a line of a unified diff: red if it goes, green if it comes."""
        if not self.colour or line.startswith(("--- ", "+++ ")):
            return self.bold(line) if line.startswith(("--- ", "+++ ")) else line
        colour = {"-": 31, "+": 32, "@": 36}.get(line[:1])
        return line if colour is None else f"\x1b[{colour}m{line}\x1b[0m"

    def fit(self, text: str, before: int) -> str:
        """Return text cut to what a line has room for after some columns."""
        return text if self.width is None else shorten(text, max(self.width - before, 16))


def visible(text: str) -> str:
    r"""Return text on one line, with escapes in place of what would steer a terminal.

    >>> print(visible("a \x1b[31mred\ntitle"))
    a \x1b[31mred title
    """
    return UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode(), SPACE.sub(" ", text).strip(" "))


def columns(character: str) -> int:
    """Return how many columns of a terminal a character takes."""
    if character < "\u0300":
        return 1
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def shorten(text: str, room: int) -> str:
    """Return text, cut with an ellipsis if it takes more than some columns.

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
    """Yield text in lines of so many columns; a long word goes on in the next line."""
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


def safe(text: str) -> str:
    r"""Return text with escapes in place of what would steer a terminal; unlike `visible`, with every blank of it.

    >>> print(safe("  a \x1b[31mred title"))
      a \x1b[31mred title
    """
    return UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)
