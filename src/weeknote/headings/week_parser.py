"""Weeks and numbers as headings state them: "w/c 6 & 13 January", "2024-W19", "#30-31-32"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import attrs

from weeknote.errors import WeeknoteError
from weeknote.front_matter.reader import week_keys
from weeknote.headings.dates import BARE, DATES, SHORT, YEAR, YEARS, Day, as_date, day_of, nearest_year, read_day
from weeknote.headings.weeks import Week

if TYPE_CHECKING:
    from collections.abc import Mapping

# Every repetition in these patterns is bounded and they are matched at a place: the time they take does not
# depend on the text behind them.

_DIGIT = re.compile(r"[0-9]")
_JOIN = re.compile(
    r"\s{0,4}(?:(?P<range>-{1,2}|[‐-―−]|(?<=\s)(?:to|until|till|through|thru)(?=\s))"
    r"|,?\s{0,2}&|\+|,?\s{0,2}(?<=\s)and(?=\s)|,)\s{0,4}",
    re.IGNORECASE,
)
_MARKER = re.compile(
    r"(?:the\s{1,2})?(?:(?P<c>w\s?[/\\.]\s?c(?!\w)\.?|w-?c(?!\w)|(?:week|wk)\s{1,2}commenc(?:ing|es)(?!\w))"
    r"|(?P<b>w\s?[/\\.]\s?b(?!\w)\.?|w-?b(?!\w)|(?:week|wk)\s{1,2}(?:beginning|starting)(?!\w))"
    r"|(?P<e>w\s?[/\\.]\s?e(?!\w)\.?|(?:week|wk)\s{1,2}end(?:ing|ed|s)(?!\w))"
    r"|(?P<of>week\s{1,2}(?:of|from)(?!\w))|(?P<week>week(?!\w)))\s{0,3}(?:[:–-]\s{0,3})?(?:the\s{1,2})?",
    re.IGNORECASE,
)
_MARKER_STYLES = {"c": "w/c", "b": "w/b", "e": "w/e", "of": "week of", "week": "date"}
WEEK_WORD = r"(?:weeks?|wks?|semaines?|semanas?|wochen?|kw|týden|wythnos|vecka|uke|uge|settimana)"
"""How a numbered week is announced; more words than English where weeknotes were seen."""
_ISO = re.compile(YEAR + r"\s{0,2}-?\s{0,2}w\s?(?P<number>[0-9]{1,2})(?!\w|-[0-9])", re.IGNORECASE)
_YEAR_WEEK = re.compile(YEAR + r"\s{0,2}[,:–—-]?\s{0,2}" + WEEK_WORD + r"\.?\s{0,2}(?=#?[0-9])", re.IGNORECASE)
_WEEK_YEAR = re.compile(r"(?:w|" + WEEK_WORD + r")\.?\s{0,2}(?=#?[0-9])", re.IGNORECASE)
_OF_YEAR = re.compile(
    r"(?:\s{0,2}[,/–—-]\s{0,2}|\s{1,3}(?:of\s{1,3})?|(?P<open>\s?\())"
    + YEAR
    + r"(?(open)\)|(?!\w|[-./][0-9]|\s[0-9]{1,2}\s[0-9]))",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"#?(?!(?:19|20|21)[0-9]{2}-[0-9])([0-9]{1,4})(?!\w|[.,:/][0-9]|-[0-9]{1,2}-[0-9]{4})")
_NUMBER_JOIN = re.compile(
    r"\s{0,3}(?:(?P<range>-|[‐-―−]|(?<=\s)to(?=\s))|&|\+|(?<=\s)and(?=\s)|,|(?<=\s)(?=#))\s{0,3}",
    re.IGNORECASE,
)
SEPARATOR = re.compile(
    # A colon or semicolon that opens a smiley is part of the words.
    r"\s{0,9}(?:[|·•»]|[:;](?!-?[)(\[\]])(?!-?[DP](?:\s|\Z)):?|[,.](?=\s|\Z)|[–—]{1,2}|-{1,3}(?=\s|\Z)|(?<=\s)-{1,3}"
    r"|-(?=[0-9#])|!{1,3}\Z)\s{0,9}"
)
"""What stands between label, week, number and title."""
_CLOSED = re.compile(
    r"\s{0,9}(?:\Z|[)\]])|\s{1,9}(?:[^\w\s]|week[ -]?notes?(?!\w)|weekly|week\s?#?[0-9])", re.IGNORECASE
)

_LONGEST_VALUE = 200
_TIMESTAMP = re.compile(r"\s{0,3}[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]\s?[0-9]{1,2}:")


class Reading(NamedTuple):
    """Weeks found at a place, the offset behind them, and whether words like "w/c" announced them."""

    weeks: tuple[Week, ...]
    end: int
    marked: bool


def closes(text: str, at: int, end: int) -> bool:
    """Tell whether what ends at an offset is followed by the end, a separator or at least no word."""
    return bool(SEPARATOR.match(text, at, end) or _CLOSED.match(text, at, end))


def read_weeks(text: str, at: int, end: int) -> Reading | None:
    """Read the weeks stated at an offset of a text, or None if none are.

    Semicolons part groups that share neither year nor style: `format_weeks` needs them for mixed weeks.

    Args:
        text: a heading.
        at: where the expression begins.
        end: where the text ends for this purpose.

    Example:
        >>> found = read_weeks("w/c 6 & 13 January 2020: a title", 0, 32)
        >>> [str(week.start) for week in found.weeks], found.end
        (['2020-01-06', '2020-01-13'], 23)
    """
    if not _DIGIT.search(text, at, end):
        return None  # No week is stated without one, and most headings have none.
    first = _read_group(text, at, end)
    if first is None:
        return None
    weeks, stop = list(first.weeks), first.end
    while text.startswith("; ", stop):
        more = _read_group(text, stop + 2, end)
        if more is None or not (text.startswith(";", more.end) or closes(text, more.end, end)):
            break
        weeks += more.weeks
        stop = more.end
    return Reading(tuple(weeks), stop, first.marked)


def weeks_under_key(values: Mapping[str, object]) -> tuple[str, tuple[Week, ...]] | None:
    """Return the first key of front matter that states weeks, and these, or None.

    A value that holds more than weeks states none, unless it begins with an ISO week. A number alone states none.

    Args:
        values: the keys and values.

    Example:
        >>> key, weeks = weeks_under_key({"week": 10, "week_ending": "8 March 2024"})
        >>> key, weeks[0].start
        ('week_ending', datetime.date(2024, 3, 4))
    """
    found = ((key, _weeks_in_value(style, values[key])) for key, style in week_keys(values))
    return next(((key, weeks) for key, weeks in found if weeks), None)


def _weeks_in_value(style: str, value: object) -> tuple[Week, ...]:
    if isinstance(value, str) and not _TIMESTAMP.match(value):
        text = value.strip() if style == "date" else f"{style} {value.strip()}"
        found = read_weeks(text, 0, len(text)) if len(value) <= _LONGEST_VALUE else None
        if found is None or (found.end < len(text) and found.weeks[0].style != "iso"):
            return ()
        return tuple(_under_key(week) for week in found.weeks)
    day = as_date(value)
    try:
        return () if day is None else (Week(day.day, day.month, day.year, style, evidence="front matter"),)
    except WeeknoteError:
        return ()


def _under_key(week: Week) -> Week:
    if week.year is None:
        return week
    until = None if week.until is None else (*week.until[:2], None)
    return attrs.evolve(week, until=until, evidence="front matter")


def _read_group(text: str, at: int, end: int) -> Reading | None:
    return _read_iso(text, at, end) or _read_dates(text, at, end)


def _read_iso(text: str, at: int, end: int) -> Reading | None:
    numbers: list[tuple[int, int]] = []
    stop, m = at, _ISO.match(text, at, end)
    while m:
        numbers.append((int(m["year"]), int(m["number"])))
        stop = m.end()
        joiner = _JOIN.match(text, stop, end)
        m = _ISO.match(text, joiner.end(), end) if joiner and not joiner["range"] else None
    if not numbers and (m := _YEAR_WEEK.match(text, at, end)):
        if found := read_numbers(text, m.end(), end):
            numbers, stop = [(int(m["year"]), n) for n in found[0]], found[1]
    elif not numbers and (m := _WEEK_YEAR.match(text, at, end)):
        found = read_numbers(text, m.end(), end, before_year=True)
        if found and (y := _OF_YEAR.match(text, found[1], end)):
            numbers, stop = [(int(y["year"]), n) for n in found[0]], y.end()
    if not numbers or not closes(text, stop, end):
        return None
    try:
        return Reading(tuple(Week(year=y, style="iso", number=n) for y, n in numbers), stop, True)
    except WeeknoteError:
        return None


def read_numbers(text: str, at: int, end: int, *, before_year: bool = False) -> tuple[tuple[int, ...], int] | None:
    """Read issue or week numbers ("12", "17 & 18", "30-31-32", "#20 #21") and the offset behind them.

    A dash means all numbers from one to the other. What could as well be a year with a month or week in it
    ("26-04", "24–2021", "2021.12") is not read.

    Args:
        text: a heading.
        at: where the numbers begin.
        end: where the text ends for this purpose.
        before_year: whether a year may follow ("Week 12, 2021") for the caller to read.

    Example:
        >>> read_numbers("#30-31-32", 0, 9)
        ((30, 31, 32), 9)
    """
    m = _NUMBER.match(text, at, end)
    if m is None or (int(m[1]) in YEARS and m[0][0] != "#"):
        return None
    numbers, pos = [int(m[1])], m.end()
    good = len(numbers), pos
    while joiner := _NUMBER_JOIN.match(text, pos, end):
        m = _NUMBER.match(text, joiner.end(), end)
        if m is None:
            break
        value = int(m[1])
        ends = closes(text, m.end(), end)
        if joiner["range"]:
            if not numbers[-1] < value <= numbers[-1] + 12:
                is_year = value in YEARS and ends
                if (joiner[0] == joiner["range"] or is_year) and not (before_year and is_year):
                    return None
                break
            numbers += range(numbers[-1] + 1, value + 1)
        elif value in YEARS and m[0][0] != "#":
            break
        else:
            numbers.append(value)
        pos = m.end()
        if ends or (before_year and _OF_YEAR.match(text, pos, end)):
            good = len(numbers), pos
    return tuple(numbers[: good[0]]), good[1]


def _read_dates(text: str, at: int, end: int) -> Reading | None:
    marker = _MARKER.match(text, at, end)
    style = _MARKER_STYLES[marker.lastgroup or ""] if marker else "date"
    patterns = DATES + (SHORT if marker else ()) + BARE
    days: list[Day] = []
    ranges: list[bool] = []
    good, pos = 0, marker.end() if marker else at
    while day := read_day(text, pos, end, patterns):
        if marker and marker["week"] and day.month is None and not days:
            return None  # "Week 9 - 13 March" is a numbered week with a date.
        if day.month is None and days and days[-1].month_first:
            day = day._replace(month=days[-1].month, month_first=True)
        elif day.month is None and day.year is not None:
            break
        days.append(day)
        pos = day.end
        # "6 May and 3 things": what follows a day that can stand alone must itself end like an expression.
        if day.month is not None and (not good or closes(text, pos, end)):
            good = len(days)
        joiner = _JOIN.match(text, pos, end)
        if joiner is None:
            break
        ranges.append(joiner["range"] is not None)
        pos = joiner.end()
        again = _MARKER.match(text, pos, end)
        if again and marker:
            if again.lastgroup != marker.lastgroup:
                break
            pos = again.end()
    marked = marker is not None
    if not good or not (marked or closes(text, days[good - 1].end, end)):
        return None
    weeks = _weeks_of(days[:good], ranges[: good - 1], style)
    return Reading(weeks, days[good - 1].end, marked) if weeks else None


def _weeks_of(days: list[Day], ranges: list[bool], style: str) -> tuple[Week, ...]:
    """Return the weeks of days in a row, each with the month and year its neighbours state, or () if bad."""
    month = None
    for i in range(len(days) - 1, -1, -1):
        month = days[i].month or month
        days[i] = days[i]._replace(month=month)
    if any(day.year for day in days):
        forward = [(i, i - 1) for i in range(1, len(days))]
        backward = [(i, i + 1) for i in range(len(days) - 2, -1, -1)]
        # Backward first: a year after the last day holds for those before it.
        for i, known in backward + forward:
            if days[i].year is None and days[known].year:
                near = day_of(days[known].day, days[known].month, days[known].year or 0)
                year = None if near is None else nearest_year(days[i].day, days[i].month, near)
                if year is None:
                    return ()
                days[i] = days[i]._replace(year=year)
    weeks = []
    i = 0
    try:
        while i < len(days):
            first = days[i]
            if i < len(ranges) and ranges[i]:
                if i + 1 < len(ranges) and ranges[i + 1]:
                    return ()
                last = days[i + 1]
                until = (last.day, last.month or 0, last.year)
                weeks.append(Week(first.day, first.month, first.year, "range", None, until, first.weekday))
                i += 1
            else:
                weeks.append(Week(first.day, first.month, first.year, style, weekday=first.weekday))
            i += 1
    except WeeknoteError:
        return ()
    return tuple(weeks)
