"""Which week each note of a series is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from weeknote.errors import WeeknoteError
from weeknote.headings.weeks import Week
from weeknote.nodes.document import Weeknote
from weeknote.series.clues import Evidence, clues_of
from weeknote.series.placement import Confidence, Placement, place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

__all__ = ["Confidence", "Evidence", "Placed", "timeline"]


@attrs.frozen
class Placed:
    """A note of a series and the week it is about.

    Attributes:
        note: the note.
        weeks: the weeks it is about: those that the note states, if it does; `()` if the note was not placed.
        evidence: where they come from, or None.
        confidence: how certain they are, or None.
        reason: why the note was not placed: which evidence conflicts or is missing; None if it was placed.
    """

    note: Weeknote
    weeks: tuple[Week, ...] = ()
    evidence: Evidence | None = None
    confidence: Confidence | None = None
    reason: str | None = None

    @property
    def week(self) -> Week | None:
        """The first of its weeks, or None."""
        return self.weeks[0] if self.weeks else None


def timeline(
    notes: Iterable[Weeknote], *, founded: date | None = None, without: Iterable[Evidence | str] = ()
) -> tuple[Placed, ...]:
    """Return which week each note of a series is about.

    A week that the note itself states counts first: in its heading or title, under a key of its front matter, or in its
    file name. Other notes are placed by what the series shows: on which weekdays notes are published and whether they
    are about the week before; what the numbers count, and where they restart. If evidence conflicts, a note is not
    placed, and `reason` says why. `note.weeks` does not change.

    Args:
        notes: the notes of one author or team, in any order. Pass `name=` to `parse`, or use `read`, so that file
            names count.
        founded: a day in the week of number 1, if the numbers count weeks.
        without: kinds of evidence to ignore. A full date in a file name is a publication date, so `"file name"` ignores
            only weeks.

    Returns:
        One `Placed` for each note, in the order given.

    Raises:
        WeeknoteError: `without` holds something other than evidence.
        TypeError: `notes` holds something other than weeknotes, or `without` is a string.

    Example:
        >>> import weeknote
        >>> notes = [
        ...     weeknote.parse("# Weeknote 1", name="2024-05-10.md"),
        ...     weeknote.parse("# Weeknote 2"),
        ...     weeknote.parse("# Weeknote 3", name="2024-05-24.md"),
        ... ]
        >>> for placed in weeknote.timeline(notes):
        ...     print(placed.week.start, placed.evidence, placed.confidence)
        2024-05-06 published low
        2024-05-13 number medium
        2024-05-20 published low
    """
    notes = tuple(notes)
    for note in notes:
        if not isinstance(note, Weeknote):
            raise TypeError(
                f"timeline takes weeknotes, not {type(note).__name__}; for an archive, pass its `.weeknotes`"
            )
    found = place([clues_of(note) for note in notes], founded=founded, without=_evidence(without))
    return tuple(_placed(note, one) for note, one in zip(notes, found, strict=True))


def _evidence(kinds: Iterable[Evidence | str]) -> frozenset[Evidence]:
    if isinstance(kinds, str):
        raise TypeError(f"without takes several kinds of evidence; write without=({kinds!r},)")
    try:
        return frozenset(map(Evidence, kinds))
    except ValueError as error:
        expected = tuple(map(str, Evidence))
        raise WeeknoteError(f"{error}; choose from {', '.join(expected)}", expected=expected) from None


def _placed(note: Weeknote, found: Placement) -> Placed:
    weeks: tuple[Week, ...] = ()
    if found.evidence is Evidence.STATED:
        weeks = note.weeks
    elif found.evidence is not None:
        weeks = tuple(Week(day.day, day.month, day.year, evidence=found.evidence.value) for day in found.weeks)
    return Placed(note, weeks, found.evidence, found.confidence, found.reason)
