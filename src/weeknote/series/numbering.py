"""What a note's number says about its week: numbers of ISO weeks, and runs that count from note to note."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

import attrs

from weeknote.series.habits import week_index

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MIN_ISO = 4
_MIN_ISO_SHARE = 0.75
_MAX_SPAN = 8
_RESTART = 3
_MIN_CONSTANT = 4

MAX_RUNS = 100
"""The maximum number of restarts in a series; beyond it, the number of a note without a date is no evidence."""


def iso_week(year: int, number: int) -> int | None:
    """Return the index of an ISO week, or None if the year has no such week."""
    try:
        return week_index(date.fromisocalendar(year, number, 1))
    except ValueError:
        return None


def iso_number(week: int) -> tuple[int, int]:
    """Return the ISO year and week number of a week's index."""
    year, number, _ = date.fromordinal(7 * week + 1).isocalendar()
    return year, number


def iso_weeks(numbered: Sequence[tuple[int, date]]) -> list[int | None]:
    """Return the weeks that numbers mean by ISO 8601, nearest to publication; only None if they mean none."""
    hits = sum(
        number in (iso_number(week_index(day))[1], iso_number(week_index(day) - 1)[1]) for number, day in numbered
    )
    if hits < _MIN_ISO or hits < _MIN_ISO_SHARE * len(numbered):
        return [None] * len(numbered)
    return [_nearest_iso_week(number, week_index(day)) for number, day in numbered]


def _nearest_iso_week(number: int, near: int) -> int | None:
    year = iso_number(near)[0]
    found = [week for y in (year - 1, year, year + 1) if (week := iso_week(y, number)) is not None]
    return min(found, key=lambda week: abs(week - near), default=None)


@attrs.frozen
class Numbered:
    """A numbered note: its place among those given, its first and last number, and the index of its last week."""

    index: int
    season: int | None
    first: int
    last: int
    week: int | None


class Numbering:
    """The runs of numbers in a series, given in any order; a run ends where the numbers restart."""

    def __init__(self, notes: Iterable[Numbered]) -> None:
        dated = [note for note in notes if note.week is not None]
        dated.sort(key=lambda one: (-1 if one.season is None else one.season, one.week or 0, one.first, one.last))
        self.runs: list[list[Numbered]] = []
        for _, season in groupby(dated, key=lambda one: one.season):
            highest = 0
            for note in season:
                if not highest or note.first <= highest - _RESTART:
                    self.runs.append([])
                    highest = 0
                highest = max(highest, note.last)
                self.runs[-1].append(note)
        self._run_of = {note.index: run for run in self.runs for note in run}
        self._by_number = {id(run): self._unique(run) for run in self.runs}

    @staticmethod
    def _unique(run: list[Numbered]) -> list[Numbered]:
        """Return the notes of a run in the order of their numbers, without numbers given twice."""
        counts = Counter(note.first for note in run)
        return sorted((note for note in run if counts[note.first] == 1), key=lambda one: one.first)

    def between(self, note: Numbered) -> int | None:
        """Return the week of a note from the notes numbered before and after it, its last week if it has several.

        Between #11 in one week and #13 two weeks later lies #12; where more weeks than numbers lie between them,
        nothing is known. The note's own week is ignored.
        """
        runs = self.runs if len(self.runs) <= MAX_RUNS else []
        if note.index in self._run_of:
            runs = [self._run_of[note.index]]
        found = {
            self._between(note, run)
            for run in (self._by_number[id(run)] for run in runs if run[0].season == note.season)
            if self._could_hold(note, run)
        }
        return found.pop() if len(found) == 1 else None

    @staticmethod
    def _could_hold(note: Numbered, run: list[Numbered]) -> bool:
        """Return whether a note may belong to a run: its number is among those of the run or soon after, and free."""
        if not run or not run[0].first <= note.first <= run[-1].last + _MAX_SPAN:
            return False
        at = bisect_left(run, note.first, key=lambda one: one.first)
        return at == len(run) or run[at].first != note.first or run[at].index == note.index

    @staticmethod
    def _between(note: Numbered, run: list[Numbered]) -> int | None:
        at = bisect_left(run, note.first, key=lambda one: one.first)
        behind = at + (at < len(run) and run[at].index == note.index)
        if at == 0 or behind >= len(run):
            return None
        before, after = run[at - 1], run[behind]
        if before.week is None or after.week is None or not before.last < note.first <= note.last < after.first:
            return None
        # The week known of a note is its last, and so its last number's.
        first_of_after = after.week - (after.last - after.first)
        span = after.first - before.last
        if span > _MAX_SPAN or first_of_after - before.week != span:
            return None
        return before.week + note.last - before.last

    def offset(self, founded: date | None) -> int | None:
        """Return what added to any number gives its week, or None where no such offset holds for the series."""
        if len(self.runs) > 1 or any(note.season is not None for run in self.runs for note in run):
            return None
        known = Counter(note.week - note.last for run in self.runs for note in run if note.week is not None)
        if founded is not None:
            offset = week_index(founded) - 1
            return offset if known[offset] >= _MIN_ISO_SHARE * known.total() else None
        return next(iter(known)) if len(known) == 1 and known.total() >= _MIN_CONSTANT else None
