"""The text inside a leaf as an inline parser reads it, and where each of its characters is in the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

import attrs

from weeknote.source import BLANK, Slice, Source

if TYPE_CHECKING:
    from collections.abc import Iterable


LINE_CONTENT = re.compile(r"[ \t]*([^\r\n]+)")


@attrs.define(eq=False)
class LeafText:
    r"""The lines of a leaf without container marks and indentation, joined by `"\n"`, with a map to the source.

    Attributes:
        source: the source it was taken from.
        text: the text.
        starts: the offsets in `text` of the pieces that are contiguous in the source; the first is 0.
        places: the offset of each piece in the source.
    """

    source: Source
    text: str
    starts: list[int]
    places: list[int]

    def place(self, offset: int) -> int:
        """Return the offset in the source of an offset in the text."""
        if len(self.places) == 1:
            return self.places[0] + offset
        piece = bisect_right(self.starts, offset) - 1
        return self.places[piece] + offset - self.starts[piece]

    def offset(self, place: int) -> int:
        """Return the offset in the text of an offset in the source where a node begins or ends."""
        if len(self.places) == 1:
            return place - self.places[0]
        piece = bisect_right(self.places, place) - 1
        return self.starts[piece] + place - self.places[piece]

    def slice(self, start: int, end: int) -> Slice:
        """Return the slice of the source that a range of the text came from."""
        if len(self.places) == 1:
            base = self.places[0]
            return Slice(self.source, base + start, base + end)
        return Slice(self.source, self.place(start), self.place(end))


def text_of_range(source: Source, start: int, end: int, *, strip_lines: bool = False) -> LeafText:
    """Return the text of a leaf that no container marks interrupt, without the blank lines at its end.

    With `strip_lines`, blanks at the ends of its lines are left out as well.
    """
    raw = source.text[start:end].rstrip(BLANK)
    text = raw.lstrip(BLANK)
    indented = "\n " in text or "\n\t" in text or "\r" in text
    if not indented and not (strip_lines and (" \n" in text or "\t\n" in text)):
        return LeafText(source, text, [0], [start + len(raw) - len(text)])
    found = LINE_CONTENT.finditer(source.text, start + len(raw) - len(text), start + len(raw))
    return text_of_lines(source, (m.span(1) for m in found), strip_lines=strip_lines)


def text_of_lines(source: Source, lines: Iterable[tuple[int, int]], *, strip_lines: bool = False) -> LeafText:
    """Return the text of a leaf from the ranges of its lines, without their indentation or blanks around the whole.

    With `strip_lines`, blanks at the ends of lines are left out as well.
    """
    pieces: list[str] = []
    starts: list[int] = []
    places: list[int] = []
    at = 0
    for start, end in lines:
        raw = source.text[start:end]
        piece = raw.lstrip(" \t")
        starts.append(at)
        places.append(start + len(raw) - len(piece))
        piece = piece.rstrip(" \t") if strip_lines else piece
        pieces.append(piece)
        at += len(piece) + 1
    if pieces:
        pieces[-1] = pieces[-1].rstrip(" \t")
    return LeafText(source, "\n".join(pieces), starts or [0], places or [0])
