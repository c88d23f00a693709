"""The weeks a note covers: the days stated, the Mondays meant, the year nobody wrote, and back to text."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from weeknote.errors import WeeknoteError
from weeknote.headings.dates import LEAP, MONTHS, WEEKDAYS, YEAR, YEARS, as_date, date_in_name, day_of, nearest_year

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "STYLES",
    "Week",
    "as_date",
    "date_in_name",
    "format_weeks",
    "monday_of",
    "resolve",
    "resolve_neighbours",
    "week_in_name",
]

STYLES = ("w/c", "w/b", "w/e", "week of", "range", "date", "iso")
"""The ways of stating a week that are read and written."""

# Below half a year, "30 December - 5 January" and "13 - 9 March" can be told apart without a year.
_LONGEST = timedelta(days=183)


@attrs.frozen
class Week:
    """One week, as a note states it.

    Two weeks are equal when they were stated alike: a year that was only worked out does not count, nor where
    it came from.

    Attributes:
        day: the stated day of the month (the first, in a range); None for "iso".
        month: its month, 1 to 12; None for "iso".
        year: what is known of the year, stated or resolved; None while it is not known.
        style: one of `STYLES`.
        number: the ISO 8601 week number, for "iso" only.
        until: the last day of a "range" as (day, month, stated year or None).
        weekday: the weekday written before the day, Monday being 0; None if none was written.
        evidence: where the year came from: "stated", "near", "neighbour", "front matter", "file name"; None
            while the year is not known.

    Raises:
        WeeknoteError: there is no such day or week.

    Example:
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
    _stated_year: int | None = attrs.field(init=False, default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        evidence = None if self.year is None else self.evidence or "stated"
        object.__setattr__(self, "evidence", evidence)
        object.__setattr__(self, "_stated_year", self.year if evidence == "stated" else None)
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
        if day_of(self.day, self.month, self.year or LEAP) is None:
            return False
        if self.until is None:
            return True
        day, month, year = self.until
        if (year is None) != (self._stated_year is None):
            return False
        first, last = self.stated or day_of(self.day, self.month, LEAP), self.last
        if last is None and self.year is None:
            last = day_of(day, month, LEAP + ((month, day) < (self.month, self.day)))
            # 29 February, seen from the year before, exists in some years only: 2000 stands for those.
            if last is None and (day, month) == (29, 2):
                first, last = day_of(self.day, self.month, LEAP - 1), date(LEAP, 2, 29)
        return first is not None and last is not None and timedelta() <= last - first <= _LONGEST

    @property
    def stated(self) -> date | None:
        """The stated day as a date, or None while the year is not known (or no day is stated: "iso")."""
        return None if self.year is None or self.style == "iso" else day_of(self.day, self.month, self.year)

    @property
    def last(self) -> date | None:
        """The stated last day of a range as a date, or None without one or while the year is not known."""
        if self.until is None or self.year is None:
            return None
        day, month, year = self.until
        if year is None:
            year = self.year + ((month, day) < (self.month, self.day))
        return day_of(day, month, year)

    @property
    def start(self) -> date | None:
        """The Monday of the week, or None while the year is not known.

        A start given as a Saturday or Sunday ("w/c 5 May 2019") belongs to the week that follows; an end
        ("w/e") and a mere date belong to the week they lie in.
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
        """The Sunday of the week, or None while the year is not known."""
        monday = self.start
        return None if monday is None else monday + timedelta(days=6)


def monday_of(day: date) -> date:
    """Return the Monday on or before a day.

    Example:
        >>> monday_of(date(2019, 5, 12))
        datetime.date(2019, 5, 6)
    """
    from dateutil.relativedelta import MO, relativedelta

    return day + relativedelta(weekday=MO(-1))


# --- the year nobody wrote ---


def _in_year(week: Week, year: int, evidence: str) -> Week | None:
    try:
        return attrs.evolve(week, year=year, evidence=evidence)
    except WeeknoteError:  # there is no such year, or no 29 February in it
        return None


def _place(week: Week, near: date, evidence: str, earliest: date | None = None, latest: date | None = None) -> Week:
    """Return the week in the year that puts its Monday nearest to a day, inside the bounds if one does."""
    if week.year is not None:
        return week
    # Eight years: 29 February may have to look that far. Nearer years win anyway.
    span = (
        range(near.year - 1, near.year + 2)
        if (week.day, week.month) != (29, 2)
        else range(near.year - 8, near.year + 9)
    )
    found = [(w.start, w) for y in span if (w := _in_year(week, y, evidence)) and w.start]
    inside = [p for p in found if (earliest is None or earliest <= p[0]) and (latest is None or p[0] <= latest)]
    nearest = min(inside or found, key=lambda pair: (abs(pair[0] - near), pair[0]), default=None)
    return nearest[1] if nearest else week


def resolve(weeks: tuple[Week, ...], near: date, evidence: str = "near") -> tuple[Week, ...]:
    """Fill in the years that a heading leaves open.

    The last week gets the year that puts its Monday nearest to `near`, the others follow from it; where one
    of the weeks states its year, all follow from that and `near` has no say. A stated year is never changed.

    Args:
        weeks: the weeks of one heading.
        near: a day near to them, as the day of publication.
        evidence: where `near` came from; kept in `Week.evidence` of the weeks that got their year here.

    Example:
        >>> [str(week.start) for week in resolve((Week(30, 12), Week(6, 1)), date(2020, 1, 10))]
        ['2019-12-30', '2020-01-06']
    """
    if isinstance(near, datetime):
        near = near.date()
    found = list(weeks)
    known = [i for i, week in enumerate(weeks) if week.start]
    if not known and found:
        found[-1] = _place(found[-1], near, evidence)
    elif known:
        evidence = "neighbour"
    for i, beside in _outward([week.start is not None for week in found]):
        found[i] = _place(found[i], found[beside].start or near, evidence)
    return tuple(found)


def _outward(known: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield each unknown place with the place beside it that it follows from, outward from the known ones."""
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
    """Fill in the years of an archive's headings from those whose year is known.

    The years spread from each known heading to the headings around it. Which way time runs in the archive is
    told from the headings themselves, so that a gap of more than half a year does not turn it round. If no
    year is known, none is made up.

    Args:
        entries: the weeks of each heading in the order of the file; () for a heading without weeks.

    Example:
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
    # A note posted late stands a little out of order: that must not cost it a year.
    slack, year = timedelta(days=31), timedelta(days=366)
    for here, beside in _outward([found[i][-1].start is not None for i in places]):
        near = found[places[beside]][-1].start
        if near is None:
            continue  # no year suited the neighbour either
        earliest = latest = None
        if forward:
            later = (here > beside) == (forward > 0)
            earliest, latest = (near - slack, near + year) if later else (near - year, near + slack)
        *others, last = found[places[here]]
        placed = _place(last, near, "neighbour", earliest, latest)
        found[places[here]] = resolve((*others, placed), near, "neighbour")
    return found


def _direction(weeks: Sequence[Week]) -> int:
    """Return 1 if time runs forward in a row of weeks, -1 if backward, 0 if it cannot be told."""
    forward = backward = 0
    for first, second in pairwise(weeks):
        a, b = first.start, second.start
        if a is None or b is None:
            a = day_of(first.day, first.month, LEAP) or (a and a.replace(year=LEAP))
            b = day_of(second.day, second.month, LEAP) or (b and b.replace(year=LEAP))
            if a is None or b is None:
                continue
            if abs(b - a) > _LONGEST:  # the nearer way round is across the turn of the year
                a, b = b, a
        forward += a < b
        backward += b < a
    # A gap of more than half a year looks like a step the other way: a bare majority would be too little.
    return 1 if forward > 2 * backward else -1 if backward > 2 * forward else 0


# --- writing ---


def format_weeks(weeks: Sequence[Week]) -> str:
    """Write weeks so that reading the text gives equal weeks; a year that was not stated is not written.

    Example:
        >>> format_weeks((Week(6, 1), Week(13, 1)))
        'w/c 6 & 13 January'
    """
    groups: list[list[Week]] = []
    for week in weeks:
        if groups and week.style != "range" and _alike(groups[-1][-1]) == _alike(week):
            groups[-1].append(week)
        else:
            groups.append([week])
    return "; ".join(map(_group, groups))


def _alike(week: Week) -> tuple[str, bool]:
    return week.style, week.evidence == "stated"


def _group(weeks: list[Week]) -> str:
    """Write weeks of one style, all or none with a stated year; months and years once, if that will do."""
    first = weeks[0]
    if first.style == "iso":
        return " & ".join(f"{week.year}-W{week.number:02}" for week in weeks)
    stated = first.evidence == "stated"
    if first.until is not None:
        day, month, year = first.until
        same_year = not stated or year == first.year
        begin = _words(
            first,
            month=(first.month, first.year) != (month, year if stated else first.year),
            year=not same_year,
        )
        return f"{begin} - {day} {MONTHS[month - 1]}" + (f" {year}" if stated else "")
    every_year = stated and not _follow(weeks)
    pieces = [
        _words(week, month=every_year or week is weeks[-1] or week.month != weeks[i + 1].month, year=every_year)
        for i, week in enumerate(weeks)
    ]
    pieces[-1] = _words(weeks[-1], month=True, year=stated)
    text = " & ".join(filter(None, [", ".join(pieces[:-1]), pieces[-1]]))
    return text if first.style == "date" else f"{first.style} {text}"


def _words(week: Week, *, month: bool, year: bool) -> str:
    pieces = [] if week.weekday is None else [WEEKDAYS[week.weekday]]
    pieces.append(str(week.day))
    if (month or year) and week.month is not None:
        pieces.append(MONTHS[week.month - 1])
    if year:
        pieces.append(str(week.year))
    return " ".join(pieces)


def _follow(weeks: list[Week]) -> bool:
    """Tell whether the years of all weeks follow from the last one's."""
    return all(
        second.stated is not None and nearest_year(first.day, first.month, second.stated) == first.year
        for first, second in pairwise(weeks)
    )


# --- weeks in file names ---

_NUMBER_IN_NAME = r"(?P<number>[0-9]{1,2})(?![0-9])"
_WEEK_IN_NAME = (
    r"(?<![0-9])" + YEAR + r"[-_ /]?(?:w|week[-_ ]?)" + _NUMBER_IN_NAME,
    r"(?<![a-z])week[-_ ]?" + _NUMBER_IN_NAME + r"[-_ ]" + YEAR + r"(?![0-9]|[-_.][0-9])",
)


def week_in_name(name: str) -> Week | None:
    """Return the ISO week in a path or file name ("2026-W10/index.md", "week-14-2026.md"), or None.

    Example:
        >>> format_weeks([week_in_name("2026-W10/index.md")])
        '2026-W10'
    """
    for pattern in _WEEK_IN_NAME:
        for m in re.finditer(pattern, name, re.IGNORECASE):
            try:
                return Week(year=int(m["year"]), style="iso", number=int(m["number"]), evidence="file name")
            except WeeknoteError:
                continue
    return None
