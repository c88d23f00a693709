"""Days in words and numbers: the patterns, and the dates in front matter and file names."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import NamedTuple

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH_NUMBERS = {name[:3].lower(): n for n, name in enumerate(MONTHS, 1)}
_WEEKDAY_NUMBERS = {name[:3].lower(): n for n, name in enumerate(WEEKDAYS)}
# Years outside this span are numbers in a sentence ("6 May, 1000 homes"), not years of a weeknote.
YEARS = range(1900, 2200)
LEAP = 2000
"""The year that stands for an unknown one: it has a 29 February."""


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
            if day_of(int(m["day"]), month or 1, number or LEAP):
                return Day(int(m["day"]), month, number, weekday, "first" in has, m.end())
    return None


def nearest_year(day: int | None, month: int | None, near: date) -> int | None:
    """Return the year that puts a day and month nearest to a date, or None if none of three does."""
    found = [d for y in (near.year - 1, near.year, near.year + 1) if y in YEARS and (d := day_of(day, month, y))]
    return min(found, key=lambda d: abs(d - near)).year if found else None


# --- dates in front matter and file names ---

_IN_NAME = (
    r"(?<![0-9])" + YEAR + r"(?P<sep>[-_./ ])(?P<month>[0-9]{1,2})(?P=sep)" + _DAY + r"(?![0-9])",
    r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?![0-9])",
    r"(?<![0-9])" + _DAY + r"(?P<sep>[-_.])(?P<month>[0-9]{1,2})(?P=sep)" + YEAR + r"(?![0-9])",
    r"(?<![0-9])" + _DAY + _ORDINAL + r"[-_ ]{1,2}(?P<month>[a-z]{3,9})[-_ ]{1,2}" + YEAR + r"(?![0-9])",
    r"(?<![a-z])(?P<month>[a-z]{3,9})[-_ ]{1,2}" + _DAY + _ORDINAL + r"[-_ ,]{1,3}" + YEAR + r"(?![0-9])",
)
_MONTH_OF_WORD = _MONTH_NUMBERS | {name.lower(): n for n, name in enumerate(MONTHS, 1)} | {"sept": 9}
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
        for m in re.finditer(pattern, name, re.IGNORECASE):
            month = int(m["month"]) if m["month"].isdecimal() else _MONTH_OF_WORD.get(m["month"].lower())
            if day := day_of(int(m["day"]), month, int(m["year"])):
                return day
    return None
