"""Read the weeks that a heading states: "w/c 6 & 13 January", "9.–13. März 2020", "2024-W19", "KW 12/2024"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from weeknote.errors import WeeknoteError
from weeknote.headings.dates import (
    BARE_DAYS,
    DATES,
    DIGIT,
    LEAP_YEAR,
    SHORT_DATES,
    YEAR,
    Day,
    is_near,
    make_date,
    nearest_year,
    read_day,
)
from weeknote.headings.numbers import MAX_SPAN, NUMBER_SIGN, WEEK_WORD, ends_expression, read_numbers
from weeknote.headings.weeks import Week
from weeknote.lazy import lazy_pattern

# Every repetition is bounded and each pattern is matched at one offset, so that the time taken does not depend on the
# text that follows.

_JOIN = lazy_pattern(
    r"\s{0,4}(?:(?P<range>-{1,2}|[‐-―−~〜→]|(?<=-[0-9]{2})/(?=[0-9]{4}-)|(?<=\s)(?:to|until|till|through|thru|bis|au|al|a|à|ao|t/m|tot|til|till"
    r"|do)(?=\s))"
    r"|,?\s{0,2}&|\+|,?\s{0,2}(?<=\s)(?:and|und|et|y|e|en|och|og|ja|i)(?=\s)|,)\s{0,4}",
    re.IGNORECASE,
)
_MARKER = lazy_pattern(
    r"(?:the\s{1,2})?(?:(?P<c>w\s?[/\\.]\s?c(?!\w)\.?|w-?c(?!\w)|(?:week|wk|fortnight)\s{1,2}comm(?:enc(?:ing|es|ed))?(?!\w)"
    r"|semaine\s{1,2}commençant(?!\w)|wythnos\s{1,2}yn\s{1,2}(?:dechrau|cychwyn)(?!\w))"
    r"|(?P<b>w\s?[/\\.]\s?b(?!\w)\.?|w-?b(?!\w)|(?:week|wk|fortnight)\s{1,2}(?:beg|beginning|starting|begins|starts)(?!\w))"
    r"|(?P<e>w\s?[/\\.]\s?e(?!\w)\.?|(?-i:WE(?!\w))|(?:(?:two\s{1,2})?weeks?|wk|fortnight)\s{1,2}(?:end(?:ing|ed|s)|to)(?!\w)|ending(?!\w))"
    r"|(?P<of>(?:week\s{1,2}(?:of|from|van)|semaine\s{1,2}du|woche\s{1,2}(?:vom|ab)|semana\s{1,2}(?:del?|do)"
    r"|settimana\s{1,2}d[ea]l|ukens?\s{1,2}fra|ugen\s{1,2}fra|veckan\s{1,2}från|týden\s{1,2}od|tydzień\s{1,2}od)(?!\w))"
    r"|(?P<week>(?:week|semaine|woche|semana|settimana|wythnos)(?!\w))"
    r"|(?P<span>(?:from|vom|du|del|dal|van|od|fra|från|desde)(?!\w)))"
    r"\s{0,3}(?:[:–-]\s{0,3})?(?:(?:the|le|el|il|den|du|del)\s{1,2})?",
    re.IGNORECASE,
)
_MARKER_STYLES = {"c": "w/c", "b": "w/b", "e": "w/e", "of": "week of", "week": "date", "span": "date"}

_NUMBER = r"(?P<number>[0-9]{1,2})"
_ISO = lazy_pattern(
    rf"(?:{YEAR}|(?P<short>[1-4][0-9])(?=w[0-9]{{2}}))"
    + r"\s{0,2}(?:[-–./_]?\s{0,2}w\s?"
    + _NUMBER
    + r"(?:-[1-7])?(?!\w|-[0-9])|\s?年\s?第?\s?"
    + _NUMBER.replace("number", "cjk")
    + r"\s?[週周])",
    re.IGNORECASE,
)
_MORE_ISO = lazy_pattern(
    r"\s?(?P<range>[-–—]|(?<=\s)to(?=\s))?[&+/,]?\s?w\s?" + _NUMBER + r"(?!\w|-[0-9])", re.IGNORECASE
)
_YEAR_WEEK = lazy_pattern(YEAR + r"\s{0,2}[,:/–—-]?\s{0,2}" + WEEK_WORD + r"\.?\s{0,2}(?=#?[0-9])", re.IGNORECASE)
_WEEK_IN_YEAR = lazy_pattern(
    WEEK_WORD + r"\.?:?\s{0,2}" + YEAR + r"\s?[-–/.]\s?" + _NUMBER + r"(?!\w|[-./][0-9])", re.IGNORECASE
)
_WEEK_YEAR = lazy_pattern(r"(?:w|" + WEEK_WORD + rf"(?:\s{{1,2}}{NUMBER_SIGN})?)\.?\s{{0,2}}(?=#?[0-9])", re.IGNORECASE)
_NTH_WEEK = lazy_pattern(
    _NUMBER + r"(?:\.|e|a|ª|º|de|ste|th|st|nd|rd|[èe]me)\s?" + WEEK_WORD + r"(?!\w)", re.IGNORECASE
)
_OF_YEAR = lazy_pattern(
    r"(?:\s{0,2}[,/.–—-]\s{0,2}|\s{1,3}(?:(?:of|in|del?|di|do|van|von|av|af|en|roku)\s{1,3})?|(?P<open>\s?\())"
    + YEAR
    + r"(?(open)\)|(?!\w|[-./][0-9]|\s[0-9]{1,2}\s[0-9]))"
    + r"|\s?(?:/|['’])\s?(?P<short>[1-4][0-9])(?!\w|[-./][0-9])",
    re.IGNORECASE,
)
_YEAR_AND_NUMBER = tuple(
    lazy_pattern(pattern + r"(?!\w|[-–./#][0-9])")
    for pattern in (
        YEAR + r"\s?[-–—/.]\s?" + _NUMBER,
        _NUMBER + r"(?:\s?[-–—/]\s?|,\s|\sof\s)" + YEAR,
        _NUMBER + r"\s?/\s?(?P<short>[1-4][0-9])",
        r"(?P<short>[1-4][0-9])#" + _NUMBER,
    )
)
_DATED_ONLY = tuple(
    lazy_pattern(pattern + r"(?!\w|[-–./#][0-9])")
    for pattern in (r"(?P<short>[1-4][0-9])\s?[-–/.:]\s?" + _NUMBER, YEAR + r"(?P<number>[0-9]{2})")
)
"""Year and week that only a publication date tells from two issues ("24-25") or a month ("202406")."""
_MONTH_NUMBERS = range(1, 13)


class WeekReading(NamedTuple):
    """Weeks read at an offset.

    Attributes:
        weeks: the weeks.
        end: the offset after them.
        marked: whether words such as "w/c" announce them.
        days: the days that were read, in order; () for weeks stated by number.
    """

    weeks: tuple[Week, ...]
    end: int
    marked: bool
    days: tuple[Day, ...] = ()


def read_weeks(text: str, at: int, end: int, published: date | None = None) -> WeekReading | None:
    """Read the weeks stated at an offset of a text, or return None if none are.

    Semicolons separate groups of weeks that share neither year nor style; `format_weeks` writes them so. The
    publication date settles what could be read in two ways, such as 10/4.

    >>> found = read_weeks("w/c 6 & 13 January 2020: a title", 0, 32)
    >>> [str(week.start) for week in found.weeks], found.end
    (['2020-01-06', '2020-01-13'], 23)
    """
    if not DIGIT.search(text, at, end):
        return None  # A week is never stated without a digit, and most headings have none.
    first = _read_group(text, at, end, published)
    if first is None:
        return None
    weeks, days, stop = list(first.weeks), first.days, first.end
    while text.startswith("; ", stop):
        more = _read_group(text, stop + 2, end, published)
        if more is None or not (text.startswith(";", more.end) or ends_expression(text, more.end, end)):
            break
        weeks += more.weeks
        days += more.days
        stop = more.end
    return WeekReading(tuple(weeks), stop, first.marked, days)


def read_year_and_number(
    text: str, at: int, end: int, *, says_week: bool, published: date | None = None
) -> WeekReading | None:
    """Read a year and an ISO week without a word between them, as after a label: "2025-39", "40-2024", "21#05".

    Such a pair may also be a month or an issue. With a publication date, it is a week if the date suits it. Without
    one, the number has to be greater than 12, so that it is no month, and the year to have four digits, unless the word
    before it says that a week follows, as "Wochenrückblick 04/26" does.
    """
    for pattern in (*_YEAR_AND_NUMBER, *_DATED_ONLY) if text[at : at + 1].isdigit() else ():
        m = pattern.match(text, at, end)
        if m is None:
            continue
        groups = m.groupdict()
        year, number = int(groups.get("year") or 2000 + int(groups["short"])), int(m["number"])
        week = make_iso_week(year, number)
        if week is None or not ends_expression(text, m.end(), end):
            continue
        if published is not None:
            sure = suits_publication(week, published)
        else:
            is_certain = "#" in m[0] or ("year" in groups and number not in _MONTH_NUMBERS)
            sure = pattern not in _DATED_ONLY and (says_week or is_certain)
        if sure and not (pattern in _DATED_ONLY and 0 < number - int(groups.get("short") or 0) <= MAX_SPAN):
            return WeekReading((week,), m.end(), True)
    return None


def make_iso_week(year: int, number: int, evidence: str | None = None) -> Week | None:
    """Return an ISO week, or None if the year has no such week."""
    try:
        return Week(year=year, style="iso", number=number, evidence=evidence)
    except WeeknoteError:
        return None


def suits_publication(week: Week, published: date) -> bool:
    """Return whether a note about a week may have been published on a date: in that week or some weeks after it.

    A number that could be a month has to be closer, since a note of that month is published around then as well.
    """
    if week.start is None:
        return False
    delay = timedelta(days=20 if week.number in _MONTH_NUMBERS else 41)
    return week.start - timedelta(days=3) <= published <= week.start + delay


def _read_group(text: str, at: int, end: int, published: date | None) -> WeekReading | None:
    return _read_iso(text, at, end, published) or _read_dates(text, at, end, published)


def _read_iso(text: str, at: int, end: int, published: date | None) -> WeekReading | None:
    if text[at : at + 1].isdigit():
        found = _read_iso_list(text, at, end) or _read_year_then_weeks(text, at, end) or _read_nth_week(text, at, end)
    else:
        found = _read_week_in_year(text, at, end) or _read_weeks_then_year(text, at, end, published)
    if found is None or not ends_expression(text, found[1], end):
        return None
    weeks = [make_iso_week(year, number) for year, number in found[0]]
    valid = tuple(week for week in weeks if week is not None)
    return WeekReading(valid, found[1], True) if len(valid) == len(weeks) else None


_Numbered = tuple[list[tuple[int, int]], int]
"""Years with week numbers, and the offset after them."""


def _read_iso_list(text: str, at: int, end: int) -> _Numbered | None:
    """Read "2024-W19 & 2024-W20"."""
    numbers: list[tuple[int, int]] = []
    stop, m = at, _ISO.match(text, at, end)
    while m:
        year, number = int(m["year"] or f"20{m['short']}"), int(m["number"] or m["cjk"])
        numbers.append((year, number))
        stop = m.end()
        while more := _MORE_ISO.match(text, stop, end):  # "2024-W19/W20"
            last = int(more["number"])
            if more["range"] and not number < last <= number + MAX_SPAN:
                return None
            numbers += [(year, n) for n in range(number + 1 if more["range"] else last, last + 1)]
            number, stop = last, more.end()
        joiner = _JOIN.match(text, stop, end)
        m = _ISO.match(text, joiner.end(), end) if joiner and not joiner["range"] else None
    return (numbers, stop) if numbers else None


def _read_week_in_year(text: str, at: int, end: int) -> _Numbered | None:
    """Read "Week 2024-19"."""
    m = _WEEK_IN_YEAR.match(text, at, end)
    return None if m is None else ([(int(m["year"]), int(m["number"]))], m.end())


def _read_year_then_weeks(text: str, at: int, end: int) -> _Numbered | None:
    """Read "2025 Weeks 33 & 34"."""
    m = _YEAR_WEEK.match(text, at, end)
    found = None if m is None else read_numbers(text, m.end(), end)
    return None if m is None or found is None else ([(int(m["year"]), n) for n in found[0]], found[1])


def _read_nth_week(text: str, at: int, end: int) -> _Numbered | None:
    """Read "19. Woche 2024"."""
    m = _NTH_WEEK.match(text, at, end)
    of_year = None if m is None else _OF_YEAR.match(text, m.end(), end)
    if m is None or of_year is None or not of_year["year"]:
        return None
    return [(int(of_year["year"]), int(m["number"]))], of_year.end()


def _read_weeks_then_year(text: str, at: int, end: int, published: date | None) -> _Numbered | None:
    """Read "Weeks 12 & 13, 2021", "KW 12/24"."""
    m = _WEEK_YEAR.match(text, at, end)
    found = None if m is None else read_numbers(text, m.end(), end, before_year=True)
    if found is None:
        return None
    numbers, stop = found
    of_year = _OF_YEAR.match(text, stop, end)
    if of_year is None:
        return None
    if of_year["year"]:
        return [(int(of_year["year"]), n) for n in numbers], of_year.end()
    year = 2000 + int(of_year["short"])
    week = make_iso_week(year, numbers[-1])
    is_pair = "/" in of_year[0] and int(of_year["short"]) == numbers[-1] + 1  # "Weeks 19/20"
    if week is None or (is_pair and not (published and suits_publication(week, published))):
        return None
    return [(year, n) for n in numbers], of_year.end()


def _read_dates(text: str, at: int, end: int, published: date | None) -> WeekReading | None:
    marker = _MARKER.match(text, at, end)
    days, joined = _read_days(text, marker.end() if marker else at, end, marker, published)
    if not days:
        return None
    kind = marker.lastgroup if marker else None
    if kind == "week" and days[0].month is None:
        return None  # "Week 9 - 13 March": a numbered week with a date
    if kind == "week" and days[0].day <= 5 and days[0].match["month"].isalpha() and not joined:
        return None  # "Week 3 of January 2024": a week of the month
    if kind == "span" and joined != [True]:
        return None  # "From 6 May": it says nothing about weeks
    if marker is None and any(day.is_short for day in days) and not _is_sure(days, joined, published):
        return None
    marked = kind not in (None, "span")
    if not (marked or ends_expression(text, days[-1].end, end)):
        return None
    weeks = _weeks_of(days, joined, _MARKER_STYLES[kind] if kind else "date")
    return WeekReading(weeks, days[-1].end, marked, tuple(days)) if weeks else None


def _is_sure(days: list[Day], joined: list[bool], published: date | None) -> bool:
    """Return whether days in figures are dates even without a word like "w/c" before them."""
    if joined == [True] and (days[1].year is not None or _lasts_a_week(days)):
        return True  # "06.05. - 12.05.2024", "29/4 - 3/5"
    return published is not None and all(day.month and is_near(day.day, day.month, day.year, published) for day in days)


def _lasts_a_week(days: list[Day]) -> bool:
    """Return whether two days of unknown year, both with a month, are three to thirteen days apart."""
    first, last = (make_date(day.day, day.month, LEAP_YEAR) for day in days)
    return first is not None and last is not None and 3 <= (last - first).days <= 13


def _read_days(
    text: str, at: int, end: int, marker: re.Match[str] | None, published: date | None
) -> tuple[list[Day], list[bool]]:
    """Read days in a row, and for each after the first whether it ends a range."""
    patterns = DATES + SHORT_DATES + BARE_DAYS
    days: list[Day] = []
    ranges: list[bool] = []
    complete, pos = 0, at
    while day := read_day(text, pos, end, patterns, published):
        if day.month is None and any(before.month_first for before in days):
            day = day._replace(month=days[-1].month)
        elif day.month is None and day.year is not None:
            break
        days.append(day)
        pos = day.end
        # "6 May and 3 things": what follows a day that is complete has to end like an expression itself.
        if day.month is not None and (not complete or ends_expression(text, pos, end)):
            complete = len(days)
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
    return days[:complete], ranges[: max(complete - 1, 0)]


def _weeks_of(days: list[Day], ranges: list[bool], style: str) -> tuple[Week, ...]:
    """Return the weeks of days in a row, which share months and years; () if they make no sense."""
    known = _with_months_and_years(days)
    if known is None:
        return ()
    if any(one and next_one for one, next_one in pairwise(ranges)):
        return ()
    weeks = []
    try:
        for i, (first, ends_range) in enumerate(zip(known, [False, *ranges], strict=True)):
            if i < len(ranges) and ranges[i]:
                last = known[i + 1]
                until = (last.day, last.month or 0, last.year)
                weeks.append(Week(first.day, first.month, first.year, "range", None, until, first.weekday))
            elif not ends_range:
                weeks.append(Week(first.day, first.month, first.year, style, weekday=first.weekday))
    except WeeknoteError:
        return ()
    return tuple(weeks)


def _with_months_and_years(days: list[Day]) -> list[Day] | None:
    """Return days with the months and years that are stated once for several; None if a day would not exist."""
    found = list(days)
    month = None
    for i in range(len(found) - 1, -1, -1):
        month = found[i].month or month
        found[i] = found[i]._replace(month=month)
    if not any(day.year for day in found):
        return found
    forward = [(i, i - 1) for i in range(1, len(found))]
    backward = [(i, i + 1) for i in range(len(found) - 2, -1, -1)]
    # Backward first: a year after the last day applies to those before it.
    for i, beside in backward + forward:
        known = found[beside]
        if found[i].year is None and known.year:
            near = make_date(known.day, known.month, known.year)
            year = None if near is None else nearest_year(found[i].day, found[i].month, near)
            if year is None:
                return None
            found[i] = found[i]._replace(year=year)
    return found
