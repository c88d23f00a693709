"""Write weeks as text: "w/c 6 & 13 January", "9 - 13 March 2020", "2024-W19"."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from weeknote.headings.dates import MONTH_NAMES, WEEKDAY_NAMES, nearest_year

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weeknote.headings.weeks import Week


def format_weeks(weeks: Sequence[Week]) -> str:
    """Write weeks so that reading the text gives equal weeks; a year that was not stated is not written.

    >>> from weeknote.headings.weeks import Week
    >>> format_weeks((Week(6, 1), Week(13, 1)))
    'w/c 6 & 13 January'
    """
    groups: list[list[Week]] = []
    for week in weeks:
        if groups and week.style != "range" and _form(groups[-1][-1]) == _form(week):
            groups[-1].append(week)
        else:
            groups.append([week])
    return "; ".join(map(_format_group, groups))


def _form(week: Week) -> tuple[str, bool]:
    return week.style, week.evidence == "stated"


def _format_group(weeks: list[Week]) -> str:
    """Return weeks of one style as text, with months and years only once if possible; all or none state a year."""
    first = weeks[0]
    if first.style == "iso":
        return " & ".join(f"{week.year}-W{week.number:02}" for week in weeks)
    stated = first.evidence == "stated"
    if first.until is not None:
        day, month, year = first.until
        same_year = not stated or year == first.year
        begin = _format_day(
            first,
            month=(first.month, first.year) != (month, year if stated else first.year),
            year=not same_year,
        )
        return f"{begin} - {day} {MONTH_NAMES[month - 1]}" + (f" {year}" if stated else "")
    every_year = stated and not _years_follow(weeks)
    pieces = [
        _format_day(week, month=every_year or week is weeks[-1] or week.month != weeks[i + 1].month, year=every_year)
        for i, week in enumerate(weeks)
    ]
    pieces[-1] = _format_day(weeks[-1], month=True, year=stated)
    text = " & ".join(filter(None, [", ".join(pieces[:-1]), pieces[-1]]))
    return text if first.style == "date" else f"{first.style} {text}"


def _format_day(week: Week, *, month: bool, year: bool) -> str:
    pieces = [] if week.weekday is None else [WEEKDAY_NAMES[week.weekday]]
    pieces.append(str(week.day))
    if (month or year) and week.month is not None:
        pieces.append(MONTH_NAMES[week.month - 1])
    if year:
        pieces.append(str(week.year))
    return " ".join(pieces)


def _years_follow(weeks: list[Week]) -> bool:
    """Return whether the years of all weeks follow from the last one's."""
    return all(
        second.stated is not None and nearest_year(first.day, first.month, second.stated) == first.year
        for first, second in pairwise(weeks)
    )
