"""Write weeks in the form of others: in place of "w/c 6th May" "w/c 13th May", in place of "2024-W30" "2024-W31"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import attrs

from weeknote.headings.calendar_names import (
    ABBREVIATED_MONTHS,
    MONTHS,
    SHORT_WEEKDAYS,
    WEEKDAYS,
    without_accents,
)
from weeknote.headings.dates import LEAP_YEAR, Day
from weeknote.headings.week_parser import read_weeks
from weeknote.headings.week_writer import format_weeks
from weeknote.headings.weeks import Week

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_FIGURES = re.compile(r"[0-9]+")
_ENGLISH_ORDINALS = frozenset({"st", "nd", "rd", "th"})


def in_form_of(old: Week, new: Week) -> Week:
    """Return a week stated as another one is: in its style, with its weekday, and with a year if it states one.

    A week without a year keeps its own style, as does one with the same style.

    >>> in_form_of(Week(8, 3, 2024, "w/e"), Week(11, 3, 2024))
    Week(day=15, month=3, year=2024, style='w/e', number=None, until=None, weekday=None, evidence='stated')
    """
    start = new.start
    evidence = "stated" if old.evidence == "stated" else new.evidence and "near"
    if start is None or (new.style == old.style and new.style not in ("iso", "range")):
        return attrs.evolve(new, evidence=evidence)
    if old.style == "iso":
        year, number, _ = start.isocalendar()
        return Week(year=year, number=number, style="iso")
    offset = timedelta(days=6 if old.style == "w/e" else 0)
    if old.stated is not None and old.start is not None:
        offset = old.stated - old.start
    first = start + offset
    weekday = None if old.weekday is None else first.weekday()
    until = None
    if old.style == "range":
        last = first + _length(old)
        until = (last.day, last.month, last.year if evidence == "stated" else None)
    return Week(first.day, first.month, first.year, old.style, None, until, weekday, evidence)


def _length(week: Week) -> timedelta:
    """Return how long a range lasts; without a year, its length in most years."""
    known = week if week.year is not None else attrs.evolve(week, year=LEAP_YEAR - 1, evidence="near")
    return timedelta(days=4) if known.last is None or known.stated is None else known.last - known.stated


def restatements(text: str, span: tuple[int, int], new: Sequence[Week], published: date | None) -> Iterator[str]:
    """Yield ways to state weeks in place of a piece of a text, the ones closest to its form first.

    >>> list(restatements("Weeknote w/c 6th May", (9, 20), [Week(13, 5)], None))[0]
    'w/c 13th May'
    """
    start, end = span
    if all(week.style == "iso" for week in new):
        yield from _with_numbers(text[start:end], new)
    else:
        reading = read_weeks(text, start, end, published)
        if reading is not None and reading.days:
            changed = _with_days(text[start : reading.end], start, reading.days, new)
            if changed is not None:
                yield changed
    yield format_weeks(new)
    if all(week.year is not None for week in new):
        yield format_weeks([_with_stated_year(week) for week in new])


def _with_stated_year(week: Week) -> Week:
    last = week.last
    until = None if last is None else (last.day, last.month, last.year)
    return attrs.evolve(week, until=until, evidence="stated")


def _with_numbers(expression: str, new: Sequence[Week]) -> Iterator[str]:
    """Yield an expression such as "2024-W30" or "2022, Week 50 and 51" with other years and numbers."""
    figures = list(_FIGURES.finditer(expression))
    years = {week.year for week in new}
    if len(figures) != len(new) + 1 or len(years) != 1:
        return
    year = next(iter(years)) or 0
    # The year comes first or last; with two figures of two digits, reading the result tells which.
    for at in (0, len(figures) - 1):
        numbers = iter(new)
        pieces, end = [], 0
        for i, figure in enumerate(figures):
            pieces.append(expression[end : figure.start()])
            pieces.append(_year(figure[0], year) if i == at else _number(figure, next(numbers).number or 0))
            end = figure.end()
        if len(figures[at][0]) == 4 or all(len(figure[0]) < 4 for figure in figures):
            yield "".join(pieces) + expression[end:]


def _number(figure: re.Match[str], number: int) -> str:
    is_padded = figure[0][0] == "0" or not re.search(r"[^\W\d_]{2}", figure.string)
    return f"{number:02}" if is_padded and len(figure[0]) == 2 else str(number)


def _year(written: str, year: int) -> str:
    return str(year) if len(written) == 4 else f"{year % 100:02}"


def _with_days(expression: str, offset: int, days: Sequence[Day], new: Sequence[Week]) -> str | None:
    """Return an expression with other days; None if the weeks need more of them, or more months."""
    wanted: list[tuple[int | None, int | None, int | None]] = []
    for week in new:
        wanted.append((week.day, week.month, week.year))
        if week.until is not None:
            last = week.last
            wanted.append((*week.until[:2], None if last is None else last.year))
    shares_month = any(day.match.groupdict().get("month") is None for day in days)
    if len(wanted) != len(days) or (shares_month and len({month for _, month, _ in wanted}) > 1):
        return None
    changed, end = "", 0
    for day, (number, month, year) in zip(days, wanted, strict=True):
        changed += expression[end : day.match.start() - offset] + _with_day(day, number or 0, month or 0, year)
        end = day.end - offset
    return changed + expression[end:]


def _with_day(old: Day, day: int, month: int, year: int | None) -> str:
    """Return a day as another one is written."""
    m = old.match
    figures = ("day", "month") if int(m["day"]) == old.day else ("month", "day")
    replaced: dict[str, str] = {}
    for group, number in zip(figures, (day, month), strict=True):
        written = m.groupdict().get(group)
        if written is not None and written.isdigit():
            is_padded = written[0] == "0" or (len(written) == 2 and _is_padded(m))
            replaced[group] = f"{number:02}" if is_padded else str(number)
        elif written is not None and old.month is not None:
            replaced[group] = _name(written, old.month - 1, month - 1, (*MONTHS.values(), *ABBREVIATED_MONTHS.values()))
    for group in ("year", "short_year", "last_year"):
        if (written := m.groupdict().get(group)) and year is not None:
            replaced[group] = _year(written, year)
    if (written := m.groupdict().get("weekday")) and old.weekday is not None and year is not None:
        weekday = date(year, month, day).weekday()
        replaced["weekday"] = _name(written, old.weekday, weekday, (*WEEKDAYS.values(), *SHORT_WEEKDAYS.values()))
    if written := m.groupdict().get("ordinal"):
        replaced["ordinal"] = _ordinal(written, day)
    changed, end = "", m.start()
    for group in sorted(replaced, key=m.start):
        changed += m.string[end : m.start(group)] + replaced[group]
        end = m.end(group)
    return changed + m.string[end : m.end()]


def _is_padded(m: re.Match[str]) -> bool:
    """Return whether a date in figures of two digits each pads them: "10/11/2024" may, "10 May" does not."""
    month = m.groupdict().get("month")
    return month is not None and month.isdigit() and len(month) == 2 and len(m["day"]) == 2


def _name(written: str, old: int, new: int, rows: Sequence[str]) -> str:
    """Return the name of another month or weekday from the row that a name comes from, with its capitals."""
    folded = "sep" if written.lower() == "sept" else without_accents(written)
    names = next((row.split() for row in rows if without_accents(row.split()[old]) == folded), rows[-1].split())
    name = names[new]
    if written.isupper():
        return name.upper()
    return name[0].upper() + name[1:] if written[0].isupper() else name.lower()


def _ordinal(written: str, day: int) -> str:
    if written.lower() in _ENGLISH_ORDINALS:
        suffix = "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
        return suffix.upper() if written.isupper() else suffix
    return "" if written.lower() in ("er", "re", "ère", "ere") and day != 1 else written
