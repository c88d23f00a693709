"""An edited leaf written over the one it replaces, so that only the characters of the edit change."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from weeknote.source import LINE, Slice
from weeknote.syntax.lines import Line, written_prefix_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weeknote.syntax.leaf_text import LeafText


class Change(NamedTuple):
    """Text for a range of a source.

    Attributes:
        start: where the range begins.
        end: where it ends.
        text: what replaces it.
    """

    start: int
    end: int
    text: str


def changes_between(leaf: LeafText, text: str, newline: str | None) -> list[Change] | None:
    """Return the changes to the source that make another text of a leaf's, line by line, in order.

    Lines are added with the line end `newline`; if that is None, because the container prefix is not known, the result
    is None where some would have to be.
    """
    old, new = leaf.text.split("\n"), text.split("\n")
    first = 0
    shorter = min(len(old), len(new)) - 1
    while first < shorter and old[first] == new[first]:
        first += 1
    after = 0
    while after < shorter - first and old[-1 - after] == new[-1 - after]:
        after += 1
    changed, wanted = old[first : len(old) - after], new[first : len(new) - after]
    if len(wanted) > len(changed):
        if newline is None:
            return None
        wanted[len(changed) - 1 :] = [newline.join(wanted[len(changed) - 1 :])]
    # The last line wanted takes the place of all lines that are left.
    changed[len(wanted) - 1 :] = ["\n".join(changed[len(wanted) - 1 :])]
    found = []
    at = sum(len(line) + 1 for line in old[:first])
    for before, instead in zip(changed, wanted, strict=True):
        if before != instead:
            found.append(Change(leaf.place(at), leaf.place(at + len(before)), instead))
        at += len(before) + 1
    return found


def changed_text(where: Slice, changes: Iterable[Change]) -> str:
    """Return the text of a slice with changes made in it, which are in order."""
    text = where.source.text
    pieces = []
    at = where.start
    for change in changes:
        pieces += [text[at : change.start], change.text]
        at = change.end
    pieces.append(text[at : where.end])
    return "".join(pieces)


def changed_lines(where: Slice, changes: Iterable[Change]) -> list[Line]:
    """Return the lines of a slice with changes made in it. Their places are those of the lines they replace."""
    source = where.source
    texts = LINE.findall(changed_text(where, changes))
    ends = [where.end]
    for text in reversed(LINE.findall(where.text)):
        ends.append(ends[-1] - len(text))
    ends[-1] = source.line_start(where.start)
    found = []
    for n, text in enumerate(texts):
        # Places are counted from the end, so that the last line stays next to what follows the leaf.
        left = min(len(texts) - n, len(ends) - 1)
        found.append(Line(text, "" if n else written_prefix_of(where), source, ends[left], ends[left - 1]))
    return found
