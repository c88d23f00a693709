"""Find the weeks, number and episode that keys of front matter state: "week: 11" beside "year: 2026", "issue: 12"."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import attrs

from weeknote.errors import WeeknoteError
from weeknote.front_matter.reader import WEEK_KEYS, date_of, fold_key, keys_by_name, week_keys
from weeknote.headings.dates import YEARS, as_date
from weeknote.headings.numbers import Episode
from weeknote.headings.restatement import in_form_of, restatements
from weeknote.headings.week_parser import WeekReading, make_iso_week, read_weeks, suits_publication
from weeknote.headings.week_writer import format_weeks
from weeknote.headings.weeks import Week, found_elsewhere, resolve
from weeknote.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

MAX_VALUE = 200
"""The longest string that is read as a week."""
WEEK_NUMBER_KEYS = ("week", "weeknumber", "weeknum", "weekno", "isoweek")
NUMBER_KEYS = (
    *("issue", "issuenumber", "issueno", "weeknote", "weeknotenumber", "weeknotesnumber", "edition", "number"),
    *WEEK_NUMBER_KEYS,
)
YEAR_KEYS = ("year", "weekyear", "isoyear")
SEASON_KEYS = ("season", "series", "volume")
EPISODE_KEYS = ("episode", "episodenumber")
LAST_DAYS = {"fromdate": "todate", "startdate": "enddate", "datefrom": "dateto", "from": "to", "start": "end"}
"""Keys for the first day, each with that for the last day."""

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
    return _numbered_week(values) or _span(values)


def _weeks_in_value(style: str, value: object) -> tuple[Week, ...]:
    if isinstance(value, str) and not _TIMESTAMP.match(value):
        text = value.strip() if style == "date" else f"{style} {value.strip()}"
        found = read_weeks(text, 0, len(text)) if len(value) <= MAX_VALUE else None
        if found is None or (found.end < len(text) and found.weeks[0].style != "iso"):
            return ()
        return tuple(found_elsewhere(week, "front matter") for week in found.weeks)
    day = as_date(value)
    try:
        return () if day is None else (Week(day.day, day.month, day.year, style, evidence="front matter"),)
    except WeeknoteError:
        return ()


def _numbered_week(values: Mapping[str, object]) -> tuple[str, tuple[Week, ...]] | None:
    year = year_under_key(values)
    published = as_date(date_of(values))
    keys = keys_by_name(values)
    for key in (keys[name] for name in WEEK_NUMBER_KEYS if name in keys):
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
    return _number(values, YEAR_KEYS, YEARS)[1]


def number_under_key(values: Mapping[str, object]) -> int | None:
    """Return the number under the first key of front matter that holds one, or None.

    A key such as `week` holds the number of a week in the series, unless with a year beside it it states a week.

    >>> number_under_key({"week": 173}), number_under_key({"week": 12, "year": 2024})
    (173, None)
    """
    stated = weeks_under_key(values)
    return _number({key: value for key, value in values.items() if stated is None or key != stated[0]}, NUMBER_KEYS)[1]


def episode_under_keys(values: Mapping[str, object]) -> Episode | None:
    """Return the season and episode under keys of front matter, or None if either is missing.

    >>> episode_under_keys({"season": "05", "episode": 9})
    Episode(season=5, number=9)
    """
    season, number = _number(values, SEASON_KEYS)[1], _number(values, EPISODE_KEYS)[1]
    return None if season is None or number is None else Episode(season, number)


def _number(
    values: Mapping[str, object], names: Iterable[str], allowed: Container[int] = range(10_000)
) -> tuple[str | None, int | None]:
    """Return the first of some keys that holds a number, and the number."""
    keys = keys_by_name(values)
    found = ((keys[name], _as_number(values[keys[name]])) for name in names if name in keys)
    return next(((key, number) for key, number in found if number is not None and number in allowed), (None, None))


def _as_number(value: object) -> int | None:
    if isinstance(value, str) and len(value) <= 4 and value.isdecimal():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _span(values: Mapping[str, object]) -> tuple[str, tuple[Week, ...]] | None:
    keys = keys_by_name(values)
    for first_name, last_name in LAST_DAYS.items():
        if first_name not in keys or last_name not in keys:
            continue
        first, last = as_date(values[keys[first_name]]), as_date(values[keys[last_name]])
        if first and last and first.year in YEARS and first.weekday() == 0 and 4 <= (last - first).days <= 6:
            until = (last.day, last.month, None)
            return keys[first_name], (
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
        restated[keys_by_name(values)[LAST_DAYS[fold_key(key)]]] = first.last
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
    restated = {key: like(value, week.number)}
    year_key, year = _number(values, YEAR_KEYS, YEARS)
    if year_key is not None and year != week.year:
        restated[year_key] = like(values[year_key], week.year)
    return restated
