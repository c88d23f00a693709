"""Find the weeks that keys of front matter state: "week_ending: 2024-03-08", "week: 11" beside "year: 2026"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from weeknote.errors import WeeknoteError
from weeknote.front_matter.reader import date_of, fold_key, week_keys
from weeknote.headings.dates import YEARS, as_date
from weeknote.headings.week_parser import make_iso_week, read_weeks, suits_publication
from weeknote.headings.weeks import Week

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_VALUE = 200
"""The longest string that is read as a week."""
NUMBER_KEYS = ("week", "weeknumber", "weeknum", "weekno", "isoweek")
YEAR_KEYS = ("year", "weekyear", "isoyear")
SPAN_KEYS = (
    *(("fromdate", "todate"), ("startdate", "enddate"), ("datefrom", "dateto"), ("from", "to"), ("start", "end")),
)
"""Pairs of keys for the first and the last day."""

_TIMESTAMP = re.compile(r"\s{0,3}[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]\s?[0-9]{1,2}:")


def weeks_under_key(values: Mapping[str, object]) -> tuple[str, tuple[Week, ...]] | None:
    """Return the first key of front matter that states weeks, and these, or None.

    A value that holds more than weeks states none, unless it begins with an ISO week. A number states one together with
    a key for the year, if the publication date does not contradict it. First and last day (`fromDate`, `toDate`) state
    one if they are a Monday and the Friday, Saturday or Sunday after it.

    Args:
        values: the keys and values.

    Example:
        >>> key, weeks = weeks_under_key({"week": 10, "week_ending": "8 March 2024"})
        >>> key, weeks[0].start
        ('week_ending', datetime.date(2024, 3, 4))
    """
    for key, style in week_keys(values):
        if weeks := _weeks_in_value(style, values[key]):
            return key, weeks
    by_name = {fold_key(key): key for key in values}
    return _numbered_week(values, by_name) or _span(values, by_name)


def _weeks_in_value(style: str, value: object) -> tuple[Week, ...]:
    if isinstance(value, str) and not _TIMESTAMP.match(value):
        text = value.strip() if style == "date" else f"{style} {value.strip()}"
        found = read_weeks(text, 0, len(text)) if len(value) <= MAX_VALUE else None
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


def _numbered_week(values: Mapping[str, object], by_name: Mapping[str, str]) -> tuple[str, tuple[Week, ...]] | None:
    years = (_as_number(values[by_name[name]]) for name in YEAR_KEYS if name in by_name)
    year = next((y for y in years if y in YEARS), None)
    published = as_date(date_of(values))
    for name in NUMBER_KEYS:
        key = by_name.get(name)
        if key is None:
            continue
        value = values[key]
        pair = [_as_number(x) for x in value] if isinstance(value, list | tuple) and len(value) == 2 else []
        stated_year, number = pair or (year, _as_number(value))
        if stated_year not in YEARS or stated_year is None or number is None:
            continue
        week = make_iso_week(stated_year, number, "front matter")
        if week is not None and (published is None or suits_publication(week, published)):
            return key, (week,)
    return None


def _as_number(value: object) -> int | None:
    if isinstance(value, str) and len(value) <= 4 and value.isdecimal():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _span(values: Mapping[str, object], by_name: Mapping[str, str]) -> tuple[str, tuple[Week, ...]] | None:
    for first_name, last_name in SPAN_KEYS:
        if first_name not in by_name or last_name not in by_name:
            continue
        first, last = as_date(values[by_name[first_name]]), as_date(values[by_name[last_name]])
        if first and last and first.year in YEARS and first.weekday() == 0 and 4 <= (last - first).days <= 6:
            until = (last.day, last.month, None)
            return by_name[first_name], (
                Week(first.day, first.month, first.year, "range", None, until, evidence="front matter"),
            )
    return None
