"""The weeks a note covers: the days it states, the Mondays they stand for, and the years it leaves out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from weeknote.errors import WeeknoteError
from weeknote.headings.dates import LEAP_YEAR, YEARS, make_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STYLES = ("w/c", "w/b", "w/e", "week of", "range", "date", "iso")
"""The ways of stating a week that can be read and written."""

MAX_RANGE = timedelta(days=183)
"""Up to half a year, "30 December - 5 January" and "13 - 9 March" can be told apart without a year."""
MAX_FROM_NEAR = timedelta(days=548)
"""The distance from a known date within which a year is looked for in which the week begins on a Monday."""
NEARBY = timedelta(days=31)


@attrs.frozen
class Week:
    """One week, as a note states it.

    Two weeks are equal if they are stated in the same way. An inferred year and its evidence make no difference.

    Attributes:
        day: the stated day of the month (the first, in a range); None for "iso".
        month: its month, 1 to 12; None for "iso".
        year: the year, stated or inferred; None while it is not known.
        style: one of `STYLES`.
        number: the ISO 8601 week number, for "iso" only.
        until: the last day of a "range" as (day, month, stated year or None).
        weekday: the weekday written before the day, Monday being 0; None if none was written.
        evidence: where the year came from: "stated", "near", "neighbour", "front matter", "byline", "file name"; None
            while the year is not known.

    Raises:
        WeeknoteError: there is no such day or week.

    >>> week = Week(day=6, month=5)
    >>> week.start is None
    True
    >>> resolve((week,), date(2019, 5, 12))[0].start
    datetime.date(2019, 5, 6)
    """

    day: int | None = None
    month: int | None = None
    year: int | None = attrs.field(default=None, eq=False)
    style: str = "w/c"
    number: int | None = None
    until: tuple[int, int, int | None] | None = None
    weekday: int | None = None
    evidence: str | None = attrs.field(default=None, eq=False)
    _stated_year: int | None = attrs.field(
        init=False,
        default=attrs.Factory(lambda self: self.year if self.evidence in (None, "stated") else None, takes_self=True),
        repr=False,
    )

    def __attrs_post_init__(self) -> None:
        if self.year is None or self.evidence is None:
            # How a frozen instance is completed (attrs, "Frozen").
            object.__setattr__(self, "evidence", None if self.year is None else "stated")
        if not self._exists():
            raise WeeknoteError(
                "there is no such week; give an existing day and month, or for style 'iso' a year and number",
                found=self,
                expected=STYLES,
            )

    def _exists(self) -> bool:
        if self.style not in STYLES or (self.year is not None and self.year not in YEARS):
            return False
        if (self.until is None) == (self.style == "range"):
            return False
        if self.style == "iso":
            return self.year is not None and self.day is self.month is self.weekday is None and bool(self.start)
        if self.number is not None or self.weekday not in (None, *range(7)):
            return False
        if make_date(self.day, self.month, self.year or LEAP_YEAR) is None:
            return False
        if self.until is None:
            return True
        day, month, year = self.until
        if (year is None) != (self._stated_year is None):
            return False
        first, last = self.stated or make_date(self.day, self.month, LEAP_YEAR), self.last
        if last is None and self.year is None:
            last = make_date(day, month, LEAP_YEAR + ((month, day) < (self.month, self.day)))
            # 29 February, seen from the year before, exists in some years only: 2000 stands for those.
            if last is None and (day, month) == (29, 2):
                first, last = make_date(self.day, self.month, LEAP_YEAR - 1), date(LEAP_YEAR, 2, 29)
        return first is not None and last is not None and timedelta() <= last - first <= MAX_RANGE

    @property
    def stated(self) -> date | None:
        """The stated day as a date, or None while the year is not known (or no day is stated: "iso")."""
        return None if self.year is None or self.style == "iso" else make_date(self.day, self.month, self.year)

    @property
    def last(self) -> date | None:
        """The stated last day of a range as a date, or None without one or while the year is not known."""
        if self.until is None or self.year is None:
            return None
        day, month, year = self.until
        if year is None:
            year = self.year + ((month, day) < (self.month, self.day))
        return make_date(day, month, year)

    @property
    def start(self) -> date | None:
        """The Monday of the week, or None while the year is not known.

        A start given as a Saturday or Sunday ("w/c 5 May 2019") belongs to the week that follows; an end
        ("w/e") and a plain date belong to the week they are in.
        """
        if self.style == "iso":
            try:
                return date.fromisocalendar(self.year or 0, self.number or 0, 1)
            except (ValueError, OverflowError):
                return None
        day = self.stated
        if day is None:
            return None
        if self.style not in ("w/e", "date") and day.weekday() >= 5:
            return monday_of(day) + timedelta(days=7)
        return monday_of(day)

    @property
    def end(self) -> date | None:
        """The Sunday of the week, for a range of several weeks that of the last; None while the year is not known.

        >>> Week(6, 5, 2024, "range", until=(17, 5, 2024)).end
        datetime.date(2024, 5, 19)
        """
        monday = self.start
        if monday is None:
            return None
        return (monday if self.last is None else max(monday, monday_of(self.last))) + timedelta(days=6)


def found_elsewhere(week: Week, evidence: str) -> Week:
    """Return a week as stated elsewhere than in a heading, such as in a file name; unchanged while it has no year."""
    if week.year is None:
        return week
    return attrs.evolve(week, until=week.until and (*week.until[:2], None), evidence=evidence)


def monday_of(day: date) -> date:
    """Return the Monday on or before a day.

    >>> monday_of(date(2019, 5, 12))
    datetime.date(2019, 5, 6)
    """
    from dateutil.relativedelta import MO, relativedelta

    return day + relativedelta(weekday=MO(-1))


# --- years that are not stated ---


def _in_year(week: Week, year: int, evidence: str) -> Week | None:
    try:
        return attrs.evolve(week, year=year, evidence=evidence)
    except WeeknoteError:  # the year is out of range, or has no 29 February
        return None


def _in_years_around(week: Week, near: date, evidence: str) -> list[tuple[date, Week]]:
    """Return the week in each year around a date, with its Monday."""
    # The nearest 29 February can be eight years away (1896 to 1904); nearer years win anyway.
    span = 8 if (week.day, week.month) == (29, 2) else 2
    weeks = (_in_year(week, year, evidence) for year in range(near.year - span, near.year + span + 1))
    return [(start, w) for w in weeks if w is not None and (start := w.start) is not None]


def _place(week: Week, near: date, evidence: str) -> Week:
    """Return the week in the year that suits it best: where its day is a Monday, else nearest to a date."""
    if week.year is not None:
        return week
    found = _in_years_around(week, near, evidence)
    if not found:
        return week
    distance, nearest = min(((abs(start - near), w) for start, w in found), key=lambda pair: pair[0])
    exact = [
        (abs(start - near), w)
        for start, w in found
        # No note is published half a year before its week.
        if near - MAX_FROM_NEAR <= start <= near + MAX_RANGE and _is_as_stated(w, nearby=distance <= NEARBY)
    ]
    return min(exact, key=lambda pair: pair[0])[1] if exact else nearest


def _is_as_stated(week: Week, *, nearby: bool) -> bool:
    """Return whether a week's day is the weekday that is written, or the Monday that its style implies."""
    day = week.stated
    if day is None:
        return False
    if week.weekday is not None:
        return day.weekday() == week.weekday
    # A range or "week of" may begin on any day: there, being close to the date is better evidence.
    implies_monday = week.style in ("w/c", "w/b") or (week.style in ("range", "week of") and not nearby)
    return implies_monday and day.weekday() == 0


def _place_beside(
    week: Week, near: date, evidence: str, earliest: date | None = None, latest: date | None = None
) -> Week:
    """Return the week in the year that puts its Monday nearest to a neighbour's, within the bounds if possible."""
    if week.year is not None:
        return week
    found = _in_years_around(week, near, evidence)
    inside = [
        pair for pair in found if (earliest is None or earliest <= pair[0]) and (latest is None or pair[0] <= latest)
    ]
    nearest = min(inside or found, key=lambda pair: (abs(pair[0] - near), pair[0]), default=None)
    return nearest[1] if nearest else week


def resolve(weeks: tuple[Week, ...], near: date, evidence: str = "near") -> tuple[Week, ...]:
    """Fill in the years that a heading does not state.

    Of the years within a year and a half of `near`, the last week gets the one in which the stated day is a Monday (or
    the weekday that is written), else the one that puts it nearest to `near`. The other weeks follow from it. If any
    week states its year, all follow from that one, and `near` is not used. A stated year is never changed.

    Args:
        weeks: the weeks of one heading.
        near: a date close to them, such as the publication date.
        evidence: where `near` came from; becomes the `Week.evidence` of weeks whose year is found here.

    >>> [str(week.start) for week in resolve((Week(30, 12), Week(6, 1)), date(2020, 1, 10))]
    ['2019-12-30', '2020-01-06']
    """
    if isinstance(near, datetime):
        near = near.date()
    found = list(weeks)
    known = [i for i, week in enumerate(weeks) if week.start]
    if not known and found:
        found[-1] = _place(found[-1], near, evidence)
    for i, beside in _outward([week.start is not None for week in found]):
        found[i] = _place_beside(found[i], found[beside].start or near, "neighbour" if known else evidence)
    return tuple(found)


def resolve_in_year(weeks: tuple[Week, ...], year: int, evidence: str) -> tuple[Week, ...]:
    """Fill in the years that a heading does not state, if that puts one of the weeks in a given year, at least partly.

    >>> [str(resolve_in_year((Week(6, 5),), year, "file name")[0].start) for year in (2024, 2025)]
    ['2024-05-06', 'None']
    """
    found = resolve(weeks, date(year, 7, 1), evidence)
    return found if any(w.start and w.end and year in (w.start.year, w.end.year) for w in found) else weeks


def _outward(known: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield each unknown index with the neighbouring index it follows from, going outward from the known ones."""
    marks = [i for i, is_known in enumerate(known) if is_known]
    if not marks:
        return
    yield from ((i, i + 1) for i in range(marks[0] - 1, -1, -1))
    for left, right in pairwise(marks):
        middle = (left + right) // 2
        yield from ((i, i - 1) for i in range(left + 1, middle + 1))
        yield from ((i, i + 1) for i in range(right - 1, middle, -1))
    yield from ((i, i - 1) for i in range(marks[-1] + 1, len(known)))


def resolve_neighbours(entries: Sequence[tuple[Week, ...]]) -> list[tuple[Week, ...]]:
    """Fill in the years of an archive's headings, in the order of the file, from the headings whose year is known.

    Years spread from each known heading to those around it. The order of the archive, newest or oldest first, follows
    from the headings themselves, so that a gap of more than half a year does not reverse it. If no year is known, none
    is made up.

    >>> newest_first = [(Week(6, 1, 2020),), (Week(30, 12),), (Week(23, 12),)]
    >>> [str(weeks[0].start) for weeks in resolve_neighbours(newest_first)]
    ['2020-01-06', '2019-12-30', '2019-12-23']
    """
    found = list(entries)
    places = [i for i, weeks in enumerate(found) if weeks]
    for i in places:
        if any(week.start for week in found[i]):
            found[i] = resolve(found[i], date.min)
    forward = _direction([found[i][-1] for i in places])
    # A note that was posted late is a little out of order, which must not move it by a year.
    slack, year = timedelta(days=31), timedelta(days=366)
    for here, beside in _outward([found[i][-1].start is not None for i in places]):
        near = found[places[beside]][-1].start
        if near is None:
            continue  # the neighbour has no year either
        earliest = latest = None
        if forward:
            later = (here > beside) == (forward > 0)
            earliest, latest = (near - slack, near + year) if later else (near - year, near + slack)
        *others, last = found[places[here]]
        placed = _place_beside(last, near, "neighbour", earliest, latest)
        found[places[here]] = resolve((*others, placed), near, "neighbour")
    return found


def _direction(weeks: Sequence[Week]) -> int:
    """Return 1 if most weeks are later than the one before, -1 if most are earlier, 0 if neither is clear."""
    forward = backward = 0
    for first, second in pairwise(weeks):
        a, b = first.start, second.start
        if a is None or b is None:
            a = make_date(first.day, first.month, LEAP_YEAR) or (a and a.replace(year=LEAP_YEAR))
            b = make_date(second.day, second.month, LEAP_YEAR) or (b and b.replace(year=LEAP_YEAR))
            if a is None or b is None:
                continue
            if abs(b - a) > MAX_RANGE:  # the shorter way leads across the new year
                a, b = b, a
        forward += a < b
        backward += b < a
    # A gap of more than half a year looks like a step in the other direction, so a bare majority is not enough.
    return 1 if forward > 2 * backward else -1 if backward > 2 * forward else 0
