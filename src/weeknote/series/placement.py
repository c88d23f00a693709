"""The weeks of a series from the clues of its notes: what each note says, then what the series shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from weeknote.series.clues import Clues, Evidence
from weeknote.series.habits import MAX_LAG, PublishingHabit, week_index
from weeknote.series.numbering import Numbered, Numbering, iso_number, iso_week, iso_weeks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

_WORDS = {
    Evidence.STATED: "the heading or title",
    Evidence.KEY: "the front matter's key",
    Evidence.FILE_NAME: "the file name",
}
_LATE = 2
_MONTHS = 12
_MAX_APART = 26
_MAX_PAUSE = 6


class Confidence(StrEnum):
    """How certain the week of a note is."""

    HIGH = "high"
    """The note says its week, or two kinds of evidence agree."""
    MEDIUM = "medium"
    """One kind of evidence, by a habit that the series itself shows."""
    LOW = "low"
    """One kind of evidence, by a rule that holds for most series."""


@attrs.frozen
class Placement:
    """The place of one note in a series, as `Placed` has it, with the Mondays of its weeks, earliest first."""

    weeks: tuple[date, ...] = ()
    evidence: Evidence | None = None
    confidence: Confidence | None = None
    reason: str | None = None


_NOTHING = Placement(reason="it has no week, date or number")


def place(
    clues: Sequence[Clues], *, founded: date | None = None, without: Collection[Evidence] = ()
) -> tuple[Placement, ...]:
    """Return the place of each note of one series, in the order given, which has no influence.

    Args:
        clues: what each note tells.
        founded: a day in the week of the note numbered 1, or None.
        without: evidence to leave aside.
    """
    return _Series(clues, founded, frozenset(without)).placements()


class _Series:
    """One series on its way to its placements. Weeks are indices here, see `week_index`."""

    def __init__(self, clues: Sequence[Clues], founded: date | None, without: frozenset[Evidence]) -> None:
        self.clues = clues
        self.founded = founded
        self.without = without
        named = self._weeks_in_names() if Evidence.FILE_NAME not in without else {}
        self.claims = [self._claims(i, named.get(i)) for i in range(len(clues))]
        self.conflicts = {i: words for i, claims in enumerate(self.claims) if (words := _disagreement(claims))}
        self.stated_weeks = [self._stated_weeks(i) for i in range(len(clues))]
        self.days, self.shared_days = self._publication_days()
        self.iso = self._iso_weeks()
        self.habit = PublishingHabit(
            self._observed(), (day for days in self.days for day in days), is_partial=Evidence.STATED in without
        )
        self.published = [self._published(i) for i in range(len(clues))]
        self.numbering = Numbering(self._numbered(i) for i in range(len(clues)) if self._has_number(i))
        self.offset = self.numbering.offset(founded)

    # --- what the notes say

    def _weeks_in_names(self) -> dict[int, int]:
        """Return the weeks in names such as "2024-05.md", if the series shows that they are weeks, not months."""
        numbers = {i: clue.name_number for i, clue in enumerate(self.clues) if clue.name_number is not None}
        if not any(number > _MONTHS for _, number in numbers.values()):
            return {}
        weeks = {i: week for i, (year, number) in numbers.items() if (week := iso_week(year, number)) is not None}
        if len(weeks) < len(numbers):
            return {}
        days = {i: day for i in weeks if (day := self.clues[i].published)}
        lags = {i: week_index(day) - weeks[i] for i, day in days.items()}
        unsure = [lag for i, lag in lags.items() if not self.clues[i].file_name]
        if sum(-1 <= lag <= _LATE for lag in unsure) * 4 < len(unsure) * 3:
            return {}
        return {i: week for i, week in weeks.items() if -1 <= lags.get(i, 0) <= MAX_LAG}

    def _claims(self, i: int, named: int | None) -> dict[Evidence, tuple[int, ...]]:
        clue = self.clues[i]
        mondays = {
            Evidence.STATED: clue.stated,
            Evidence.KEY: clue.key,
            Evidence.FILE_NAME: clue.file_name or (() if named is None else (_monday(named),)),
        }
        found = {kind: tuple(map(week_index, days)) for kind, days in mondays.items() if days}
        return {kind: weeks for kind, weeks in found.items() if kind not in self.without}

    def _stated_weeks(self, i: int) -> tuple[int, ...]:
        """Return the weeks that a note says by itself, () if it says none or contradicts itself."""
        return () if i in self.conflicts else next(iter(self.claims[i].values()), ())

    # --- publication

    def _publication_days(self) -> tuple[list[tuple[date, ...]], list[tuple[date, ...]]]:
        """Return the days of publication of each note, and those that it shares with others, which prove little."""
        if Evidence.PUBLISHED in self.without:
            return [()] * len(self.clues), [()] * len(self.clues)
        days = [{day for day in (clue.published, clue.name_date) if day is not None} for clue in self.clues]
        count = Counter(day for each in days for day in each)
        own = [tuple(sorted(day for day in each if count[day] == 1)) for each in days]
        return own, [tuple(sorted(day for day in each if count[day] > 1)) for each in days]

    def _iso_weeks(self) -> dict[int, int]:
        """Return the weeks of notes whose numbers are those of ISO weeks."""
        indices = [
            i
            for i, clue in enumerate(self.clues)
            if self._has_number(i) and clue.season is None and len(clue.numbers) == 1
        ]
        stating = [i for i in indices if self.stated_weeks[i]]
        if sum(iso_number(self.stated_weeks[i][-1])[1] == self.clues[i].numbers[0] for i in stating) < len(stating) / 2:
            return {}
        # Of two days, the number tells which one fits.
        pairs = [(i, day) for i in indices for day in self.days[i] or self.shared_days[i]]
        weeks = iso_weeks([(self.clues[i].numbers[0], day) for i, day in pairs])
        found: dict[int, set[int]] = defaultdict(set)
        for (i, _), week in zip(pairs, weeks, strict=True):
            if week is not None:
                found[i].add(week)
        return {i: weeks.pop() for i, weeks in found.items() if len(weeks) == 1}

    def _observed(self) -> Iterable[tuple[date, int]]:
        """Yield the days of publication of notes whose week is known otherwise, and how far back the week lies."""
        for i, days in enumerate(self.days):
            if len(days) != 1:
                continue
            week = week_index(days[0])
            if self.stated_weeks[i] and not self._is_named_after(i, days[0]):
                yield days[0], week - self.stated_weeks[i][-1]
            elif not self.stated_weeks[i] and i in self.iso:
                yield days[0], week - self.iso[i]

    def _is_named_after(self, i: int, day: date) -> bool:
        """Return whether a title names the day of publication: it may be no day of the week the note is about."""
        return self.clues[i].named_day == day

    def _published(self, i: int) -> tuple[int, ...]:
        """Return the weeks that the publication of a note may speak of; one, if that can be told."""
        found: list[set[int]] = []
        for day in self.days[i] if self.habit.is_trusted else ():
            lag = self.habit.lag(day)
            found.append({week_index(day) - n for n in ((0, 1) if lag is None else (lag.weeks,))})
        return tuple(sorted(set.intersection(*found) or set.union(*found))) if found else ()

    # --- numbers

    def _has_number(self, i: int) -> bool:
        return bool(self.clues[i].numbers) and Evidence.NUMBER not in self.without

    def _numbered(self, i: int) -> Numbered:
        clue = self.clues[i]
        week = (
            self.stated_weeks[i][-1]
            if self.stated_weeks[i]
            else self.published[i][0]
            if len(self.published[i]) == 1
            else None
        )
        return Numbered(i, clue.season, min(clue.numbers), max(clue.numbers), week)

    # --- all together

    def placements(self) -> tuple[Placement, ...]:
        """Return the placement of each note."""
        found = [self._placed(i) for i in range(len(self.clues))]
        self._doubt_pauses(found)
        self._doubt_doubles(found)
        return tuple(found)

    def _placed(self, i: int) -> Placement:
        between = self.numbering.between(self._numbered(i)) if self._has_number(i) else None
        if i in self.conflicts:
            return Placement(reason=self.conflicts[i])
        if self.stated_weeks[i]:
            return self._place_stated(i, between)
        return self._placed_by_series(i, between)

    def _place_stated(self, i: int, between: int | None) -> Placement:
        weeks, evidence = self.stated_weeks[i], next(iter(self.claims[i]))
        days = self.days[i] if self.habit.is_trusted else ()
        if days and not any(self.habit.is_plausible(week_index(day) - weeks[-1]) for day in days):
            return Placement(
                reason=f"{_WORDS[evidence]} says the week of {_monday(weeks[-1])}, and it was published on {days[0]}"
            )
        named_after = any(self._is_named_after(i, day) for day in days)
        if named_after and len(self.claims[i]) == 1 and weeks[0] not in self.published[i]:
            if between is not None and between != weeks[0]:
                return Placement(
                    reason=f"the title names a day in the week of {_monday(weeks[0])}, and the notes numbered before "
                    f"and after leave the week of {_monday(between)}"
                )
            return self._placement(weeks, evidence, Confidence.LOW)
        return self._placement(weeks, evidence, Confidence.HIGH)

    def _placed_by_series(self, i: int, between: int | None) -> Placement:
        clue, candidates = self.clues[i], self.published[i]
        for day in self.days[i]:
            if self._is_named_after(i, day) and week_index(day) not in candidates:
                return Placement(reason=f"named after {day}, it may be about that week or the one before")
        iso = self.iso.get(i)
        agreed = {week for week in (between, iso) if week is not None and week in candidates}
        if len(agreed) == 1:
            return self._placement(self._span(i, agreed.pop()), Evidence.PUBLISHED, Confidence.HIGH)
        if between is not None and (
            self._is_near_days(i, between) if not candidates else between < candidates[0] <= between + _LATE
        ):
            return self._placement(self._span(i, between), Evidence.NUMBER, Confidence.MEDIUM)
        if iso is not None and any(0 <= week_index(day) - iso <= 1 for day in self.shared_days[i]):
            return self._placement((iso,), Evidence.NUMBER, Confidence.MEDIUM)
        implied = between if between is not None else iso
        if implied is not None and candidates:
            return Placement(
                reason=f"its number means the week of {_monday(implied)}, and it was published on {self.days[i][0]}"
            )
        if len(candidates) == 1:
            lag = self.habit.lag(self.days[i][0])
            sure = Confidence.MEDIUM if lag is not None and lag.is_observed else Confidence.LOW
            return self._placement(self._span(i, candidates[0]), Evidence.PUBLISHED, sure)
        if candidates:
            return Placement(reason=f"published on {self.days[i][0]}, it may be about that week or the one before")
        if self.offset is not None and self._has_number(i) and clue.season is None:
            return self._placement(self._span(i, self.offset + max(clue.numbers)), Evidence.NUMBER, Confidence.LOW)
        if clue.is_yearless and Evidence.STATED not in self.without:
            return Placement(reason="the year of its week is unknown; a publication date would settle it")
        if self.shared_days[i]:
            return Placement(reason=f"other notes were published on {self.shared_days[i][0]} too")
        if self._has_number(i):
            return Placement(reason="its number alone does not say which week; a publication date would")
        return _NOTHING

    def _is_near_days(self, i: int, week: int) -> bool:
        """Return whether a week goes with the days of publication, even those that several notes share."""
        days = self.days[i] or self.shared_days[i] if self.habit.is_trusted else ()
        return not days or any(abs(week_index(day) - week) <= _MAX_APART for day in days)

    def _span(self, i: int, last: int) -> tuple[int, ...]:
        """Return the weeks of a note that has as many numbers as weeks."""
        numbers = self.clues[i].numbers if self._has_number(i) else ()
        return tuple(range(last - (max(numbers) - min(numbers) if len(numbers) > 1 else 0), last + 1))

    @staticmethod
    def _placement(weeks: Iterable[int], evidence: Evidence, confidence: Confidence) -> Placement:
        return Placement(tuple(map(_monday, weeks)), evidence, confidence)

    def _doubt_pauses(self, found: list[Placement]) -> None:
        """Leave out notes after a missed week, where what they state was left aside: they may be about both weeks.

        After a longer pause, an author who writes nearly every week is unlikely to cover all the weeks in one note.
        """
        if Evidence.STATED not in self.without:
            return
        numbers: dict[int, int] = {}
        for i, one in enumerate(found):
            for monday in one.weeks:
                week = week_index(monday)
                numbers[week] = max(numbers.get(week, 0), *(self.clues[i].numbers if self._has_number(i) else (0,)))
        weeks = sorted(numbers)
        before = dict(zip(weeks[1:], weeks, strict=False))
        is_weekly = 2 * sum(week - last == 1 for week, last in before.items()) >= len(before)
        for i, one in enumerate(found):
            if one.evidence is not Evidence.PUBLISHED or one.confidence is Confidence.HIGH:
                continue
            week = week_index(one.weeks[0])
            last = before.get(week, week)
            # A number that counts the missed week shows that the note has but one.
            counted = self._has_number(i) and min(self.clues[i].numbers) - numbers[last] == week - last
            if 1 < week - last <= (2 if is_weekly else _MAX_PAUSE) and not counted:
                found[i] = Placement(
                    reason=f"published after a pause, it may cover several weeks up to that of {one.weeks[0]}"
                )

    def _doubt_doubles(self, found: list[Placement]) -> None:
        """Leave out notes that only their day of publication puts in a week that another note has already."""
        by_week: dict[int, list[int]] = defaultdict(list)
        for i, one in enumerate(found):
            for monday in one.weeks:
                by_week[week_index(monday)].append(i)
        doubted = set()
        for week, indices in by_week.items():
            if len(indices) == 1:
                continue
            weak = [
                i
                for i in indices
                if found[i].confidence is Confidence.LOW and not self.stated_weeks[i] and self.days[i]
            ]
            late = {i for i in weak if week_index(self.days[i][0]) > week}
            doubted |= late if len(late) < len(indices) else late - {min(late, key=lambda i: self.days[i])}
            early = sorted((i for i in weak if i not in late), key=lambda i: self.days[i])
            if len(early) == len(indices) - len(late) and week - 1 not in by_week:
                doubted |= set(early[:-1])
        for i in doubted:
            found[i] = Placement(
                reason=f"published on {self.days[i][0]}, it would share the week of {found[i].weeks[0]} with another"
            )


def _disagreement(claims: dict[Evidence, tuple[int, ...]]) -> str | None:
    """Return in words how the weeks that a note says contradict each other, or None."""
    kinds = list(claims)
    for kind in kinds[1:]:
        if not set(claims[kinds[0]]) & set(claims[kind]):
            return (
                f"{_WORDS[kinds[0]]} says the week of {_monday(claims[kinds[0]][0])}, "
                f"and {_WORDS[kind]} that of {_monday(claims[kind][0])}"
            )
    return None


def _monday(week: int) -> date:
    return date.fromordinal(7 * week + 1)
