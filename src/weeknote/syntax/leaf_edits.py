"""An edited leaf written over the one it replaces, so that only the characters of the edit change."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from weeknote.source import LINE
from weeknote.syntax.lines import Line, marks_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weeknote.source import Slice
    from weeknote.syntax.leaf_text import LeafText


class Change(NamedTuple):
    """Text for a range of a source. Neither contains a line end.

    Attributes:
        start: where the range begins.
        end: where it ends.
        text: what replaces it.
    """

    start: int
    end: int
    text: str


def changes_between(leaf: LeafText, text: str) -> list[Change] | None:
    """Return the changes that make another text of a leaf's; None if that has more lines or fewer."""
    old, new = leaf.text.split("\n"), text.split("\n")
    if len(old) != len(new):
        return None
    found = []
    at = 0
    for before, after in zip(old, new, strict=True):
        if before != after:
            start = leaf.place(at)
            found.append(Change(start, start + len(before), after))
        at += len(before) + 1
    return found


def changed_lines(where: Slice, changes: Iterable[Change]) -> list[Line]:
    """Return the lines of a slice with changes made in it. As places, they keep those of the lines they replace."""
    source = where.source
    pending = sorted(changes)[::-1]
    found: list[Line] = []
    at = where.start
    for raw in LINE.findall(where.text):
        end = at + len(raw)
        pieces = []
        kept = at
        while pending and pending[-1].start < end:
            change = pending.pop()
            pieces += [source.text[kept : change.start], change.text]
            kept = change.end
        pieces.append(source.text[kept:end])
        start = at if found else source.line_start(at)
        found.append(Line("".join(pieces), "" if found else marks_of(where), source, start, end))
        at = end
    return found
