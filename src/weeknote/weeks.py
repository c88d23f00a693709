"""The weeks a note covers: the days stated, the Mondays meant, the year nobody wrote, and back to text."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import attrs

from weeknote.errors import WeeknoteError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STYLES = ("w/c", "w/b", "w/e", "week of", "range", "date", "iso")
"""The ways of stating a week that are read and written."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH_NUMBERS = {name[:3].lower(): n for n, name in enumerate(_MONTHS, 1)}
_WEEKDAY_NUMBERS = {name[:3].lower(): n for n, name in enumerate(_WEEKDAYS)}
# Years outside this span are numbers in a sentence ("6 May, 1000 homes"), not years of a weeknote.
YEARS = range(1900, 2200)
# Below half a year, "30 December - 5 January" and "13 - 9 March" can be told apart without a year.
_LONGEST = timedelta(days=183)
_LEAP = 2000  # 29 February exists as long as no year is known.


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
            return self._stated_year is not None and self.day is self.month is self.weekday is None and bool(self.start)
        if self.number is not None or self.weekday not in (None, *range(7)):
            return False
        if day_of(self.day, self.month, self.year or _LEAP) is None:
            return False
        if self.until is None:
            return True
        day, month, year = self.until
        if (year is None) != (self._stated_year is None):
            return False
        first, last = self.stated or day_of(self.day, self.month, _LEAP), self.last
        if last is None and self.year is None:
            last = day_of(day, month, _LEAP + ((month, day) < (self.month, self.day)))
            # 29 February, seen from the year before, exists in some years only: 2000 stands for those.
            if last is None and (day, month) == (29, 2):
                first, last = day_of(self.day, self.month, _LEAP - 1), date(_LEAP, 2, 29)
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


def day_of(day: int | None, month: int | None, year: int) -> date | None:
    """Return a date, or None if there is no such day."""
    try:
        return date(year, month or 0, day or 0)
    except (ValueError, OverflowError):
        return None


# Every repetition in these patterns is bounded and they are matched at a place, never searched: the time they
# take does not depend on the text behind them.

_NAME = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?!\w)\.?"
)
_WEEKDAY = (
    r"(?:(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|r|rs|rsday|urday)?(?!\w)\.?,?\s{0,3}"
    r"(?:the\s{1,3})?)?"
)
_DAY = r"(?P<day>[0-9]{1,2})"
_ORDINAL = r"(?:st|nd|rd|th)?"
YEAR = r"(?P<year>(?:19|20|21)[0-9]{2})"
_NOT_MORE = r"(?![\w]|[.,][0-9])"


def _compiled(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p, re.IGNORECASE) for p in patterns)


_DAY_MONTH = _WEEKDAY + _DAY + _ORDINAL + r"(?:\s{1,3}of(?=\s))?[\s-]{0,3}" + _NAME
_MONTH_DAY = _WEEKDAY + _NAME + r"\s{0,3}" + _DAY + _ORDINAL + r"(?!\w|[/.:][0-9])(?P<first>)"
_THEN_YEAR = r"(?:,?\s{1,3}" + YEAR + _NOT_MORE + ")?"
DATES = _compiled(
    YEAR + r"(?P<sep>[-/. ])(?P<month>[0-9]{1,2})(?P=sep)" + _DAY + r"(?!(?!t[0-9])\w|[-/.][0-9])",
    YEAR + r"(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?!\w)",
    # Two digits of a year after hyphens are left alone: 21-10-15 is read in both directions by people.
    _WEEKDAY + _DAY + r"(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?P=sep)"
    r"(?P<year>(?:19|20|21)[0-9]{2}|(?<!-)[0-9]{2})(?!\w|[-/.][0-9])",
    # A year of no weeknote ("6 May 0000") makes the whole no date; "6 May, 2019 trees" are not of 2019.
    _DAY_MONTH
    + r"(?!\s0{1,4}(?!\w))(?:(?!,\s{1,3}[0-9]{4}\s{1,3}[^\W\d_])(?:,?\s{1,3}|-)"
    + YEAR
    + _NOT_MORE
    # "6 May ’19", "6 May 19:"
    + r"|\s?['’](?P<year2>[0-9]{2})(?!\w)|\s(?P<year3>[0-9]{2})(?=\s{0,3}(?:\Z|[:|)])))?",
    _MONTH_DAY + _THEN_YEAR,
)
"""How a day with its month is written."""
SHORT = _compiled(_WEEKDAY + _DAY + r"(?P<sep>[/.])(?P<month>[0-9]{1,2})(?!\w|[-/.][0-9])")
"""A day and month in numbers, which only words like "w/c" before them tell from a fraction."""
BARE = _compiled(_WEEKDAY + _DAY + _ORDINAL + r"(?!\w|[/.:][0-9])" + _THEN_YEAR)
"""A day that leans on the month of its neighbour."""


class Day(NamedTuple):
    """One day as written, and the offset behind it.

    Attributes:
        day: day of the month.
        month: its month, or None if it stands at a neighbour ("6 & 13 January").
        year: its year, or None.
        weekday: the weekday written before it, Monday being 0, or None.
        month_first: whether it is written "May 6", so that days after it may lean on its month.
        end: the offset behind it.
    """

    day: int
    month: int | None
    year: int | None
    weekday: int | None
    month_first: bool
    end: int


def read_day(text: str, at: int, end: int, patterns: tuple[re.Pattern[str], ...]) -> Day | None:
    """Read one day at an offset by the first pattern that fits and names an existing day, or return None."""
    for pattern in patterns:
        if m := pattern.match(text, at, end):
            has = m.groupdict()
            name, year = has.get("month"), has.get("year") or has.get("year2") or has.get("year3")
            month = None if name is None else int(name) if name.isdigit() else _MONTH_NUMBERS[name[:3].lower()]
            number = None if year is None else int(year) + 2000 * (len(year) == 2)
            weekday = _WEEKDAY_NUMBERS.get((has.get("weekday") or "").lower())
            if day_of(int(m["day"]), month or 1, number or _LEAP):
                return Day(int(m["day"]), month, number, weekday, "first" in has, m.end())
    return None


def nearest_year(day: int | None, month: int | None, near: date) -> int | None:
    """Return the year that puts a day and month nearest to a date, or None if none of three does."""
    found = [d for y in (near.year - 1, near.year, near.year + 1) if y in YEARS and (d := day_of(day, month, y))]
    return min(found, key=lambda d: abs(d - near)).year if found else None


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
            a = day_of(first.day, first.month, _LEAP) or (a and a.replace(year=_LEAP))
            b = day_of(second.day, second.month, _LEAP) or (b and b.replace(year=_LEAP))
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
        return f"{begin} - {day} {_MONTHS[month - 1]}" + (f" {year}" if stated else "")
    every_year = stated and not _follow(weeks)
    pieces = [
        _words(week, month=every_year or week is weeks[-1] or week.month != weeks[i + 1].month, year=every_year)
        for i, week in enumerate(weeks)
    ]
    pieces[-1] = _words(weeks[-1], month=True, year=stated)
    text = " & ".join(filter(None, [", ".join(pieces[:-1]), pieces[-1]]))
    return text if first.style == "date" else f"{first.style} {text}"


def _words(week: Week, *, month: bool, year: bool) -> str:
    pieces = [] if week.weekday is None else [_WEEKDAYS[week.weekday]]
    pieces.append(str(week.day))
    if (month or year) and week.month is not None:
        pieces.append(_MONTHS[week.month - 1])
    if year:
        pieces.append(str(week.year))
    return " ".join(pieces)


def _follow(weeks: list[Week]) -> bool:
    """Tell whether the years of all weeks follow from the last one's."""
    return all(
        second.stated is not None and nearest_year(first.day, first.month, second.stated) == first.year
        for first, second in pairwise(weeks)
    )


# --- dates in front matter and file names ---

_IN_NAME = _compiled(
    r"(?<![0-9])" + YEAR + r"(?P<sep>[-_./ ])(?P<month>[0-9]{1,2})(?P=sep)" + _DAY + r"(?![0-9])",
    r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?![0-9])",
    r"(?<![0-9])" + _DAY + r"(?P<sep>[-_.])(?P<month>[0-9]{1,2})(?P=sep)" + YEAR + r"(?![0-9])",
    r"(?<![0-9])" + _DAY + _ORDINAL + r"[-_ ]{1,2}(?P<month>[a-z]{3,9})[-_ ]{1,2}" + YEAR + r"(?![0-9])",
    r"(?<![a-z])(?P<month>[a-z]{3,9})[-_ ]{1,2}" + _DAY + _ORDINAL + r"[-_ ,]{1,3}" + YEAR + r"(?![0-9])",
)
_MONTH_OF_WORD = _MONTH_NUMBERS | {name.lower(): n for n, name in enumerate(_MONTHS, 1)} | {"sept": 9}
_NUMBER_IN_NAME = r"(?P<number>[0-9]{1,2})(?![0-9])"
_WEEK_IN_NAME = _compiled(
    r"(?<![0-9])" + YEAR + r"[-_ /]?(?:w|week[-_ ]?)" + _NUMBER_IN_NAME,
    r"(?<![a-z])week[-_ ]?" + _NUMBER_IN_NAME + r"[-_ ]" + YEAR + r"(?![0-9]|[-_.][0-9])",
)
_TIME = re.compile(r"\s*(?:\Z|[,(+Zz-]|(?:[Tt]|at\s)?\s?[0-9]{1,2}:)")


def as_date(value: object) -> date | None:
    """Return the date in a value of front matter, or None if there is none.

    Example:
        >>> as_date("2017-05-14 10:00:00 +0100"), as_date("20th January, 2019"), as_date("soon")
        (datetime.date(2017, 5, 14), datetime.date(2019, 1, 20), None)
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        # YAML reads 20190513 as a number; nothing else in a note's front matter is one of eight digits.
        value = str(value) if type(value) is int and 0 < value < 10**8 else ""
    text = value[:100].strip()
    day = read_day(text, 0, len(text), DATES)
    if day is None or day.year is None or not _TIME.match(text, day.end):
        return None
    return day_of(day.day, day.month, day.year)


def date_in_name(name: str) -> date | None:
    """Return the date in a file name, read year first or day first, or None.

    Example:
        >>> date_in_name("2019-05-13-weeknote.md"), date_in_name("05-04-2026.md"), date_in_name("2026-W10.md")
        (datetime.date(2019, 5, 13), datetime.date(2026, 4, 5), None)
    """
    for pattern in _IN_NAME:
        for m in pattern.finditer(name):
            month = int(m["month"]) if m["month"].isdecimal() else _MONTH_OF_WORD.get(m["month"].lower())
            if day := day_of(int(m["day"]), month, int(m["year"])):
                return day
    return None


def week_in_name(name: str) -> Week | None:
    """Return the ISO week in a path or file name ("2026-W10/index.md", "week-14-2026.md"), or None.

    Example:
        >>> format_weeks([week_in_name("2026-W10/index.md")])
        '2026-W10'
    """
    for pattern in _WEEK_IN_NAME:
        for m in pattern.finditer(name):
            try:
                return Week(year=int(m["year"]), style="iso", number=int(m["number"]))
            except WeeknoteError:
                continue
    return None
