"""When the notes of a series are published: the weekday, and whether it is about the week before."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

WEDNESDAY = 2

# Counted over 672 notes that state their week and were published from Monday to Wednesday: 623 are about the week
# before. One note of a series that differs is enough to doubt it, three are enough to learn another habit.
_PRIOR_WEIGHT = 2
_MIN_SHARE = 0.75
_MIN_OBSERVED = 3
_MIN_UNANIMOUS = 2
_MIN_LABELS = 3
MAX_LAG = 8
"""Weeks after which a note is unlikely to be published."""
_MIDWEEK = 0.15


def week_index(day: date) -> int:
    """Return the number of the week a day is in, counted from the Monday of 1 January of the year 1.

    >>> from datetime import date
    >>> [week_index(date(2024, 5, day)) - week_index(date(2024, 5, 6)) for day in (12, 13)]
    [0, 1]
    """
    return (day.toordinal() - 1) // 7


class Lag(NamedTuple):
    """The number of weeks between a note's week and its publication, and whether the series itself shows it."""

    weeks: int
    is_observed: bool


class PublishingHabit:
    """What a series shows about its days of publication.

    Args:
        observed: for each note whose week is known, the day of publication and how many weeks earlier its last week is.
        days: every day of publication of the series.
        is_partial: whether what the notes state was left aside, so that it can't show that dates name the weeks.
    """

    def __init__(self, observed: Iterable[tuple[date, int]], days: Iterable[date], *, is_partial: bool = False) -> None:
        pairs = list(observed)
        self._lags: dict[int, Counter[int]] = {n: Counter() for n in range(7)}
        for day, lag in pairs:
            self._lags[day.weekday()][lag] += 1
        near = sum(0 <= lag <= 2 for _, lag in pairs)
        far = sum(not -1 <= lag <= MAX_LAG for _, lag in pairs)
        self.is_trusted: bool = len(pairs) < _MIN_OBSERVED or near > far
        """Whether publication dates go along with the weeks stated; not so where old notes were imported."""
        self.is_regular: bool = near >= _MIN_OBSERVED and near >= 0.8 * len(pairs)
        """Whether a publication date far from the week a note states is an exception in the series."""
        self._weekdays = Counter(day.weekday() for day in days)
        self._is_partial = is_partial

    def lag(self, day: date) -> Lag | None:
        """Return how far back from a day of publication the note's week lies, or None if that cannot be told."""
        own, general = self._observed(day.weekday()), int(day.weekday() <= WEDNESDAY)
        if own.total() >= _MIN_OBSERVED or (own.total() >= _MIN_UNANIMOUS and len(own) == 1):
            weeks, count = max(own.items(), key=lambda item: (item[1], -item[0]))
            return Lag(weeks, is_observed=True) if count >= _MIN_SHARE * own.total() else None
        believed = own[general] + _PRIOR_WEIGHT >= _MIN_SHARE * (own.total() + _PRIOR_WEIGHT)
        return Lag(general, is_observed=False) if believed and not self._is_unclear(day) else None

    def is_plausible(self, lag: int) -> bool:
        """Return whether a stated week goes with a publication that many weeks later."""
        return not self.is_regular or -1 <= lag <= MAX_LAG

    def _observed(self, weekday: int) -> Counter[int]:
        """Return the lags seen on a weekday; where those are few, on the same side of Wednesday."""
        if self._lags[weekday].total() >= _MIN_OBSERVED:
            return self._lags[weekday]
        side = range(WEDNESDAY + 1) if weekday <= WEDNESDAY else range(WEDNESDAY + 1, 7)
        return sum((self._lags[n] for n in side), Counter())

    def _is_unclear(self, day: date) -> bool:
        """Return whether the general rule says nothing about a day.

        Where most notes come out from Thursday on, one on a Wednesday may be early as well as late. What else may be
        unclear would be shown by what the notes state, so it counts only if that was left aside: where all days are
        Mondays, they may name the weeks; where days are spread over the middle of the week, none is early or late.
        """
        share = [self._weekdays[n] / self._weekdays.total() for n in range(7)]
        if day.weekday() == WEDNESDAY:
            return sum(share[WEDNESDAY + 1 :]) > 1 / 3
        if not self._is_partial or day.weekday() > WEDNESDAY:
            return False
        if day.weekday() == 0 and share[0] == 1:
            return self._weekdays.total() >= _MIN_LABELS
        return share[WEDNESDAY] + share[WEDNESDAY + 1] > _MIDWEEK and share[0] + share[1] < 1 / 2
