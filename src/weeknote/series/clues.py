"""What one note says about its week: the few dates and numbers from which a series is placed."""

from __future__ import annotations

import re
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from weeknote.headings.file_names import date_in_name, week_in_name
from weeknote.headings.title import read_title

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from weeknote.headings.weeks import Week
    from weeknote.nodes.document import Weeknote

WEEK = timedelta(days=7)

MAX_RANGE = 6
"""The maximum number of weeks in a stated range; a note with a longer one is not about weeks."""

# "2024-05" and "2026/10": the year and a number that only the series tells from a month.
_YEAR_AND_NUMBER = re.compile(
    r"(?:^|.*/)(?P<year>(?:19|20)[0-9]{2})[-_./ ](?P<number>[0-9]{1,2})(?:/[^/]*)?", re.DOTALL
)
_SUFFIX = re.compile(r"\.[A-Za-z]{1,8}\Z")


class Evidence(StrEnum):
    """The kind of evidence that a note was placed by."""

    STATED = "stated"
    """The heading or the title in the front matter names the week."""
    KEY = "key"
    """A key of the front matter holds it, such as `week ending`."""
    FILE_NAME = "file name"
    """The path names it, such as `2024-W19.md`. A full date in a path is a publication date, not a week."""
    PUBLISHED = "published"
    """The publication date, and the weekday habit of the series."""
    NUMBER = "number"
    """The note's number, and the weeks of the notes numbered around it."""

    @property
    def is_direct(self) -> bool:
        """Whether the note itself gives the week."""
        return self in (Evidence.STATED, Evidence.KEY, Evidence.FILE_NAME)


@attrs.frozen
class Clues:
    """What one note says about its week; small and easy to pickle, so that thousands can be kept.

    Attributes:
        stated: the Mondays of the weeks in its heading or title, earliest first.
        key: the same for weeks under a key of the front matter.
        file_name: the same for a week in the path.
        is_yearless: whether its heading or title names a week whose year is not known.
        named_day: the day, where the title names one day only ("Weeknotes, 14 May 2017"), or None.
        published: the publication date, or None.
        name_date: the full date in the path, or None.
        name_number: a year and a number in the path that are a week or a month ("2024-05.md"), or None.
        numbers: the note's numbers, the episode's if it has one.
        season: the season that the numbers count in, or None.
    """

    stated: tuple[date, ...] = ()
    key: tuple[date, ...] = ()
    file_name: tuple[date, ...] = ()
    is_yearless: bool = False
    named_day: date | None = None
    published: date | None = None
    name_date: date | None = None
    name_number: tuple[int, int] | None = None
    numbers: tuple[int, ...] = ()
    season: int | None = None


def title_lines(note: Weeknote) -> list[str]:
    """Return the lines that name a note: the heading and the title in the front matter, in this order."""
    heading = None if note.heading is None else note.heading.text
    title = None if note.front_matter is None else note.front_matter.title
    return [line for line in (heading, title) if line is not None]


def clues_of(note: Weeknote) -> Clues:
    """Return what a note says about its week.

    >>> import weeknote
    >>> clues = clues_of(weeknote.parse("# Weeknote 12, w/c 6 May 2019", name="2019-05-13.md"))
    >>> str(clues.stated[0]), clues.numbers, str(clues.published)
    ('2019-05-06', (12,), '2019-05-13')
    """
    matter = note.front_matter
    # The name of an archive says nothing about one note in it.
    name = note.context.name or "" if note.context.neighbours is None else ""
    is_stated = any(read_title(title).weeks for title in title_lines(note))
    weeks = note.weeks if is_stated else ()
    named = week_in_name(name, note.published)
    episode = note.episode
    return Clues(
        stated=mondays_of(weeks),
        key=mondays_of(matter.weeks) if matter is not None else (),
        file_name=() if named is None else mondays_of((named,)),
        is_yearless=is_stated and all(week.start is None for week in weeks),
        named_day=weeks[0].stated if len(weeks) == 1 and weeks[0].style == "date" else None,
        published=note.published,
        name_date=date_in_name(name),
        name_number=_year_and_number(name),
        numbers=note.numbers if episode is None else (episode.number,),
        season=None if episode is None else episode.season,
    )


def mondays_of(weeks: Iterable[Week]) -> tuple[date, ...]:
    """Return the Mondays of the weeks whose year is known, earliest first; a range counts each of its weeks."""
    found = set()
    for week in weeks:
        if week.start is not None:
            last = week.last if week.last is not None and week.last >= week.start else week.start
            found |= {week.start + n * WEEK for n in range(min((last - week.start).days // 7 + 1, MAX_RANGE))}
    return tuple(sorted(found))


def _year_and_number(name: str) -> tuple[int, int] | None:
    m = _YEAR_AND_NUMBER.fullmatch(_SUFFIX.sub("", name.replace("\\", "/")))
    return None if m is None else (int(m["year"]), int(m["number"]))
