"""Find dates and weeks in file names: "2019-05-13-weeknote.md", "2024-W19.md", "weeknotes-40-2024.md"."""

from __future__ import annotations

import re
from datetime import date

from weeknote.headings.calendar_names import MONTH_NUMBERS, without_accents
from weeknote.headings.dates import YEAR, make_date
from weeknote.headings.numbers import WEEK_WORD
from weeknote.headings.week_parser import make_iso_week, read_weeks, suits_publication
from weeknote.headings.weeks import Week, found_elsewhere
from weeknote.lazy import lazy_pattern

_DAY = r"(?P<day>[0-9]{1,2})"
_ORDINAL = r"(?:st|nd|rd|th)?"
_MONTH_NAME = r"(?P<month>[^\W\d_]{3,12})"
_DATES = tuple(
    lazy_pattern(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![0-9])" + YEAR + r"(?P<sep>[-_./ ])(?P<month>[0-9]{1,2})(?P=sep)" + _DAY + r"(?![0-9])",
        r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})/?(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?![0-9])",
        r"(?<![0-9])" + _DAY + r"(?P<sep>[-_.])(?P<month>[0-9]{1,2})(?P=sep)" + YEAR + r"(?![0-9])",
        r"(?<![0-9])" + _DAY + _ORDINAL + r"[-_ ]{1,2}" + _MONTH_NAME + r"[-_ ]{1,2}" + YEAR + r"(?![0-9])",
        r"(?<![^\W\d_])" + _MONTH_NAME + r"[-_ ]{1,2}" + _DAY + _ORDINAL + r"[-_ ,]{1,3}" + YEAR + r"(?![0-9])",
    )
)
_NUMBER = r"(?P<number>[0-9]{1,2})(?![0-9])"
_NUMBERED_WEEKS = tuple(
    lazy_pattern(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![0-9])" + YEAR + rf"[-_ /]?(?:w|(?:{WEEK_WORD})[-_ ]?)" + _NUMBER,
        r"(?<![^\W_])(?P<short>[1-4][0-9])w(?P<number>[0-9]{2})(?![^\W_])",
        rf"(?<![^\W\d_])(?:w|{WEEK_WORD})[-_ ]?" + _NUMBER + r"[-_ ](?:of[-_ ])?" + YEAR + r"(?![0-9]|[-_.][0-9])",
    )
)
_YEAR_AND_NUMBER = tuple(
    lazy_pattern(r"(?<![0-9])(?<![0-9][-_.])" + pattern + r"(?![0-9]|[-_.][0-9]|[-_ ]?week)", re.IGNORECASE)
    for pattern in (YEAR + r"[-_]" + _NUMBER, r"(?P<number>[0-9]{1,2})[-_]" + YEAR)
)
_FIGURES = lazy_pattern(r"(?<![0-9])([0-9]{1,2}) ([0-9]{1,2}) ([0-9]{4})(?![0-9])")
_YEAR_FOLDER = lazy_pattern(r"(?:.*[/\\])?" + YEAR + r"[/\\]", re.DOTALL)
_STATED = lazy_pattern(
    r"(?<![^\W\d_])(?:w c|wc|w e|w b|week (?:commencing|beginning|starting|ending|of)) (?=.*[0-9])", re.IGNORECASE
)
MAX_MONTH = 12


def date_in_name(name: str) -> date | None:
    """Return the date in a file name, read year first or day first, or None.

    >>> date_in_name("2019-05-13-weeknote.md"), date_in_name("05-04-2026.md"), date_in_name("2026-W10.md")
    (datetime.date(2019, 5, 13), datetime.date(2026, 4, 5), None)
    """
    found = _find_date(name)
    return None if found is None else found[0]


def year_in_name(name: str) -> int | None:
    """Return the year that the innermost folder of a path with such a name has, or None.

    >>> year_in_name("notes/2025/maps.md"), year_in_name("2025-maps.md")
    (2025, None)
    """
    m = _YEAR_FOLDER.match(name)
    return None if m is None else int(m["year"])


def _find_date(name: str) -> tuple[date, int, int] | None:
    """Return the date in a name, and the offsets between which it is."""
    for pattern in _DATES:
        for m in pattern.finditer(name):
            month = int(m["month"]) if m["month"].isdecimal() else MONTH_NUMBERS.get(without_accents(m["month"]))
            if day := make_date(int(m["day"]), month, int(m["year"])):
                return day, m.start(), m.end()
    return None


def week_in_name(name: str, published: date | None = None) -> Week | None:
    """Return the week in a path or file name, or None.

    A year and a number ("2024-40.md") are a week if the publication date suits it; without one, if the number is too
    great for a month.

    >>> names = "2026-W10/index.md", "2024-40.md", "week-ending-8-march-2024.md"
    >>> [week_in_name(name).start.isoformat() for name in names]
    ['2026-03-02', '2024-09-30', '2024-03-04']
    """
    for pattern in _NUMBERED_WEEKS:
        for m in pattern.finditer(name):
            groups = m.groupdict()
            year = int(groups.get("year") or f"20{groups['short']}")
            if week := make_iso_week(year, int(m["number"]), "file name"):
                return week
    stem = re.split(r"[/\\]", name)[-1].partition(".")[0]
    return _stated_week(stem) or _year_and_number(stem, published)


def _stated_week(stem: str) -> Week | None:
    words = _FIGURES.sub(r"\1/\2/\3", re.sub(r"[-_ ]+", " ", stem)[:200])
    for m in _STATED.finditer(words):
        marker = "w/" + m[0][2] if m[0][:2].lower() == "w " else m[0].strip()
        text = f"{marker} {words[m.end() :]}"
        found = read_weeks(text, 0, len(text))
        if found and found.weeks[0].year is not None:
            return found_elsewhere(found.weeks[0], "file name")
    return None


def _year_and_number(stem: str, published: date | None) -> Week | None:
    if dated := _find_date(stem):
        # "march-17-2025" is not week 17.
        stem = stem[: dated[1]] + stem[dated[2] :]
    for pattern in _YEAR_AND_NUMBER:
        if m := pattern.search(stem):
            is_named = m[0] == stem or "week" in stem.lower()
            if published is None and not is_named and int(m["number"]) == (int(m["year"]) + 1) % 100:
                continue  # "budget-2025-26" is about two years
            week = make_iso_week(int(m["year"]), int(m["number"]), "file name")
            if week is not None and (suits_publication(week, published) if published else int(m["number"]) > MAX_MONTH):
                return week
    return None
