"""Days as headings and front matter write them: "6 May", "Mon 6th of May ’19", "06/05/2019", "6. Mai"."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from weeknote.headings.calendar_names import MONTH_NUMBERS, MONTHS, WEEKDAY_NUMBERS, WEEKDAYS, without_accents
from weeknote.lazy import lazy_pattern

MONTH_NAMES = tuple(MONTHS["en"].split())
WEEKDAY_NAMES = tuple(WEEKDAYS["en"].split())
YEARS = range(1900, 2200)
"""Years outside this span are quantities ("6 May, 1000 homes"), not the year of a weeknote."""
DIGIT = lazy_pattern("[0-9]")
LEAP_YEAR = 2000
"""Stands in for an unknown year: it has a 29 February."""


def make_date(day: int | None, month: int | None, year: int) -> date | None:
    """Return a date, or None if there is no such day."""
    try:
        return date(year, month or 0, day or 0)
    except (ValueError, OverflowError):
        return None


def format_date(day: date) -> str:
    """Return a date as in "6 May 2024"."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


# Every repetition is bounded and each pattern is matched at one offset, never searched for, so that the time taken does
# not depend on the text that follows.

_MONTH_NAME = r"(?P<month>[^\W\d_]{3,12})(?!\w)\.?"
_WEEKDAY = (
    r"(?:(?:dydd\s{1,3})?(?P<weekday>[^\W\d_]{3,14}(?:-feira)?)(?!\w)\.?,?\s{0,3}"
    r"(?:(?:the|den|le|el|il|o)\s{1,3})?)?"
)
_DAY = r"(?P<day>[0-9]{1,2})"
_ORDINAL = r"(?P<ordinal>st|nd|rd|th|ste|de|ère|ere|er|re|e|ed|fed|af|ydd|º|ª|°|\.)?"
YEAR = r"(?P<year>(?:19|20|21)[0-9]{2})"
_YEAR_ENDS = r"(?![\w]|[.,][0-9])"


def _compile(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(lazy_pattern(p, re.IGNORECASE) for p in patterns)


_DAY_MONTH = _WEEKDAY + _DAY + _ORDINAL + r"(?:\s{1,3}(?:of|de|di|d['’])(?=\s))?[\s-]{0,3}" + _MONTH_NAME
_MONTH_DAY = _WEEKDAY + _MONTH_NAME + r"\s{0,3}" + _DAY + _ORDINAL + r"(?!\w|[/.:][0-9])(?P<month_first>)"
_THEN_YEAR = r"(?:(?:,?\s{1,3}(?:del?\s{1,3})?|,)" + YEAR + _YEAR_ENDS + r"|,?\s?['’](?P<short_year>[0-9]{2})(?!\w))?"
DATES = _compile(
    YEAR + r"(?P<sep>[-/. ])(?P<month>[0-9]{1,2})(?P=sep)" + _DAY + r"(?!(?!t[0-9])\w|[-/.][0-9])",
    YEAR + r"(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?!\w)",
    YEAR + r"\s?年\s?(?P<month>[0-9]{1,2})\s?月\s?" + _DAY + r"\s?[日号](?P<month_first>)",
    r"(?P<month>[0-9]{1,2})\s?月\s?" + _DAY + r"\s?[日号](?P<month_first>)",
    # After hyphens, two digits are not read as a year: 21-10-15 is written by people of both habits.
    _WEEKDAY + _DAY + r"(?P<sep>[-/]|\.\s?)(?P<month>[0-9]{1,2})(?P=sep)"
    r"(?P<year>(?:19|20|21)[0-9]{2}|(?<!-)[0-9]{2})(?!\w|[/.][0-9]|-[0-9]{1,4}(?![0-9/.]))(?P<numeric>)",
    # "6 May 0000" names no year of a weeknote, so it is not a date; "6 May, 2019 trees" does not mean the year 2019.
    _DAY_MONTH
    + r"(?!\s0{1,4}(?!\w))(?:(?!,\s{0,3}[0-9]{4}\s{1,3}[^\W\d_])(?:,?\s{1,3}(?:del?\s{1,3})?|,|-)"
    + YEAR
    + _YEAR_ENDS
    # "6 May ’19", "6 May 19:"
    + r"|\s?['’](?P<short_year>[0-9]{2})(?!\w)|\s(?P<last_year>[0-9]{2})(?=\s{0,3}(?:\Z|[:|)])))?",
    _MONTH_DAY + _THEN_YEAR,
)
"""The spellings of a day with its month."""
SHORT_DATES = _compile(_WEEKDAY + _DAY + r"(?P<sep>[/.])(?P<month>[0-9]{1,2})(?!\w|[-/.][0-9])\.?(?P<numeric>)")
"""A day and month in figures. Only what surrounds it tells it from a fraction or a version."""
BARE_DAYS = _compile(_DAY + r"\s?[日号]", _WEEKDAY + _DAY + _ORDINAL + r"(?!\w|[/.:][0-9])" + _THEN_YEAR)
"""A day whose month is written beside another one."""


class Day(NamedTuple):
    """One day as written.

    Attributes:
        day: day of the month.
        month: its month, or None if another day states it ("6 & 13 January").
        year: its year, or None.
        weekday: the weekday written before it, Monday being 0, or None.
        match: what was matched, with a named group for each of these.
    """

    day: int
    month: int | None
    year: int | None
    weekday: int | None
    match: re.Match[str]

    @property
    def end(self) -> int:
        """The offset after it."""
        return self.match.end()

    @property
    def month_first(self) -> bool:
        """Whether it is written like "May 6", so that days after it may leave out the month."""
        return "month_first" in self.match.re.groupindex

    @property
    def is_short(self) -> bool:
        """Whether it is a day and month in figures, such as "6/5"."""
        return any(self.match.re.pattern == short.pattern for short in SHORT_DATES)


def read_day(
    text: str, at: int, end: int, patterns: tuple[re.Pattern[str], ...], published: date | None = None
) -> Day | None:
    """Read one day at an offset with the first pattern that matches an existing day.

    The patterns are those of `DATES`, `SHORT_DATES` or `BARE_DAYS`; the publication date tells 10/4 from 4/10.
    """
    for pattern in patterns:
        m = pattern.match(text, at, end)
        day = None if m is None else _day_from(m, published)
        if day is not None:
            return day
    return None


def _day_from(m: re.Match[str], published: date | None) -> Day | None:
    groups = m.groupdict()
    name, weekday = groups.get("month"), groups.get("weekday")
    month = weekday_number = None
    if name is not None:
        month = int(name) if name.isdigit() else MONTH_NUMBERS.get(without_accents(name))
        if month is None:
            return None
    if weekday is not None:
        weekday_number = WEEKDAY_NUMBERS.get(without_accents(weekday))
        if weekday_number is None:
            return None
    written = groups.get("year") or groups.get("short_year") or groups.get("last_year")
    year = None if written is None else int(written) + 2000 * (len(written) == 2)
    day = int(m["day"])
    if "numeric" in groups and month is not None:
        day, month = _day_and_month(day, month, year, published)
    exists = make_date(day, month or 1, year or LEAP_YEAR)
    return Day(day, month, year, weekday_number, m) if exists else None


def _day_and_month(first: int, second: int, year: int | None, published: date | None) -> tuple[int, int]:
    """Return two figures as day and month: in this order, unless only the other exists or suits the publication."""
    if not make_date(first, second, year or LEAP_YEAR):
        return second, first
    is_swapped = (
        published is not None
        and not is_near(first, second, year, published)
        and is_near(second, first, year, published)
    )
    return (second, first) if is_swapped else (first, second)


def is_near(day: int, month: int, year: int | None, published: date) -> bool:
    """Return whether a day lies within ten days of the publication date."""
    year = nearest_year(day, month, published) if year is None else year
    found = None if year is None else make_date(day, month, year)
    return found is not None and abs(found - published) <= timedelta(days=10)


def nearest_year(day: int | None, month: int | None, near: date) -> int | None:
    """Return the year that puts a day and month nearest to a date, or None if none of three does."""
    years = (y for y in (near.year - 1, near.year, near.year + 1) if y in YEARS)
    found = [d for y in years if (d := make_date(day, month, y))]
    return min(found, key=lambda d: abs(d - near)).year if found else None


_TIME = lazy_pattern(r"\s*(?:\Z|[,(+Zz-]|(?:[Tt]|at\s)?\s?[0-9]{1,2}:)")


def as_date(value: object) -> date | None:
    """Return the date in a value of front matter, or None if there is none.

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
    return make_date(day.day, day.month, day.year)
