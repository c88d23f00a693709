"""Find the weeks that keys of front matter state: "week_ending: 2024-03-08", "week: 11" beside "year: 2026"."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import attrs

from weeknote.errors import WeeknoteError
from weeknote.front_matter.reader import WEEK_KEYS, date_of, fold_key, week_keys
from weeknote.headings.dates import YEARS, as_date
from weeknote.headings.restatement import in_form_of, restatements
from weeknote.headings.week_parser import WeekReading, make_iso_week, read_weeks, suits_publication
from weeknote.headings.week_writer import format_weeks
from weeknote.headings.weeks import Week, resolve
from weeknote.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAX_VALUE = 200
"""The longest string that is read as a week."""
NUMBER_KEYS = ("week", "weeknumber", "weeknum", "weekno", "isoweek")
YEAR_KEYS = ("year", "weekyear", "isoyear")
SPAN_KEYS = (
    *(("fromdate", "todate"), ("startdate", "enddate"), ("datefrom", "dateto"), ("from", "to"), ("start", "end")),
)
"""Pairs of keys for the first and the last day."""

_TIMESTAMP = lazy_pattern(r"\s{0,3}[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]\s?[0-9]{1,2}:")


def weeks_under_key(values: Mapping[str, object]) -> tuple[str, tuple[Week, ...]] | None:
    """Return the first key of front matter that states weeks, and these, or None.

    A value that holds more than weeks states none, unless it begins with an ISO week. A number states one together with
    a key for the year, if the publication date does not contradict it. First and last day (`fromDate`, `toDate`) state
    one if they are a Monday and the Friday, Saturday or Sunday after it.

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
    year = year_under_key(values)
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


def year_under_key(values: Mapping[str, object]) -> int | None:
    """Return the year under a key such as `year`, or None.

    >>> year_under_key({"year": "2024"}), year_under_key({"year": 7})
    (2024, None)
    """
    by_name = {fold_key(key): _as_number(value) for key, value in values.items()}
    return next((year for name in YEAR_KEYS if (year := by_name.get(name)) is not None and year in YEARS), None)


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


def restated_keys(values: Mapping[str, object], weeks: Sequence[Week]) -> dict[str, object]:
    """Return the values with which the keys that state weeks would state others; {} if none does.

    A key that holds one week cannot state several: its value is then left out, and the caller sees that by reading.

    >>> restated_keys({"week_ending": "8 March 2024", "draft": True}, [Week(11, 3, 2024)])
    {'week_ending': '15 March 2024'}
    >>> restated_keys({"week": 52, "year": 2024}, [Week(6, 1, 2025)])
    {'week': 2, 'year': 2025}
    """
    found = weeks_under_key(values)
    if found is None:
        return {}
    key, old = found
    value = values[key]
    new = [in_form_of(old[min(i, len(old) - 1)], week) for i, week in enumerate(weeks)]
    if fold_key(key) in WEEK_KEYS and isinstance(value, str) and not value.strip().isdecimal():
        return {key: _restated_value(value, WEEK_KEYS[fold_key(key)], new)}
    first = new[0]
    if old[0].style == "iso":
        return _restated_number(values, key, first)
    if isinstance(value, datetime) and first.stated:
        value = value.replace(year=first.stated.year, month=first.stated.month, day=first.stated.day)
    else:
        value = first.stated
    restated: dict[str, object] = {key: value}
    if first.last is not None:
        by_name = {fold_key(name): name for name in values}
        restated[by_name[dict(SPAN_KEYS)[fold_key(key)]]] = first.last
    return restated


def _restated_value(value: str, style: str, new: Sequence[Week]) -> str:
    prefix = "" if style == "date" else f"{style} "
    text = prefix + value.strip()
    found = read_weeks(text, 0, len(text))
    end = len(text) if found is None else found.end
    weeks = [attrs.evolve(week, style=style) if week.style in ("w/c", "w/b", "w/e", "date") else week for week in new]
    for words in restatements(text, (0, end), weeks, None):
        again = read_weeks(words, 0, len(words))
        if again and words.startswith(prefix) and [w.start for w in again.weeks] == [w.start for w in new]:
            return words.removeprefix(prefix) + _restated_rest(text[end:], found, new)
    return format_weeks(new)


def _restated_rest(rest: str, stated: WeekReading | None, new: Sequence[Week]) -> str:
    """Return what follows an ISO week, with other days if it states the same week again: " - 4 to 10 March"."""
    at = len(rest) - len(rest.lstrip(" -–—:|(,"))
    again = read_weeks(rest, at, len(rest))
    near = None if stated is None else stated.weeks[0].start
    if again is None or near is None or len(again.weeks) != len(new):
        return rest
    pairs = zip(resolve(again.weeks, near), new, strict=True)
    words = next(restatements(rest, (at, again.end), [in_form_of(old, week) for old, week in pairs], None))
    return rest[:at] + words + rest[again.end :]


def _restated_number(values: Mapping[str, object], key: str, week: Week) -> dict[str, object]:
    def like(old: object, number: int | None) -> object:
        return f"{number:0{len(old)}}" if isinstance(old, str) else number

    value = values[key]
    if isinstance(value, list | tuple):
        return {key: [week.year, week.number]}
    by_name = {fold_key(name): name for name in values}
    year_key = next(
        by_name[name] for name in YEAR_KEYS if name in by_name and _as_number(values[by_name[name]]) in YEARS
    )
    restated = {key: like(value, week.number)}
    if _as_number(values[year_key]) != week.year:
        restated[year_key] = like(values[year_key], week.year)
    return restated
