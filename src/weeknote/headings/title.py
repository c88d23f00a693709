"""Read what a heading says: label, weeks, numbers, episode, and the words that are left, which are the title."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import attrs

from weeknote.headings.dates import DIGIT
from weeknote.headings.labels import LABEL, has_label_piece
from weeknote.headings.numbers import SEPARATOR, Episode
from weeknote.headings.title_parts import MARKED_DIGIT, MAX_SEARCHED, Parts, read_parts
from weeknote.headings.week_parser import read_weeks
from weeknote.lazy import lazy_pattern

if TYPE_CHECKING:
    from datetime import date

    from weeknote.headings.weeks import Week

MAX_CACHED = 2_000
"""The maximum length of a heading whose result is cached."""


@attrs.frozen
class Title:
    """What a heading says.

    Attributes:
        label: the word for a weeknote as written, with any name before it ("Data Team Weeknotes"), or None.
        weeks: the weeks it covers; () if it states none.
        numbers: issue or week-in-series numbers.
        episode: season and episode, or None.
        title: the words that remain without these and the separators, verbatim; None if there are none.
        title_start: the offset of the title in the heading; None without a title.
        weeks_span: the offsets in the heading between which the weeks are stated; None if it states none.
        is_weeknote: whether it reads like the heading of a weeknote rather than of a section.
        is_marked: whether words such as "w/c" or "KW" announce its weeks.
    """

    label: str | None = None
    weeks: tuple[Week, ...] = ()
    numbers: tuple[int, ...] = ()
    episode: Episode | None = None
    title: str | None = None
    title_start: int | None = None
    weeks_span: tuple[int, int] | None = None
    is_weeknote: bool = False
    is_marked: bool = False

    @property
    def is_doubtful(self) -> bool:
        """Whether its week is two days that may just as well be a trip: "July 7 - 13", without a year or label."""
        is_yearless_range = any(week.style == "range" and week.year is None for week in self.weeks)
        return is_yearless_range and self.label is None and not self.is_marked


_FIGURES = lazy_pattern(r"[-0-9‐-―.:/ ]+\Z")
_TAIL = lazy_pattern(r"\s{1,3}[-·](?=\s)\s{1,3}|\s{0,3}(?P<weak>:|,(?=\s))\s{0,3}|\s{0,3}[|–—]\s{0,3}|\s{1,3}(?=[(\[])")
_OWN_WEEK = lazy_pattern(
    r"(?<!\w)(?:my|our|meine|unsere|ma|notre|mi|nuestra|mijn|onze|min|vår|můj)\s"
    r"(?:week|woche|semaine|semana|vecka|uge|uke|týden)(?!\w)",
    re.IGNORECASE,
)
_DAY_BEFORE = lazy_pattern(
    r"(?<![\w.])(?:[0-9]{1,2}(?:st|nd|rd|th|\.)?\s[^\W\d_]{3,12}|[^\W\d_]{3,12}\.?\s[0-9]{1,2})\s{0,2}\Z"
)
_ANNOUNCED = lazy_pattern(r"(?<=[\s(])(?=the week\s|w|kw\s?[0-9]|(?:19|20|21)[0-9]{2}\s?[-w])", re.IGNORECASE)
_DANGLING = lazy_pattern(r"(?:(?:\A|\s{1,3})(?:for|from|of|in|the|die|der|zur|zu|für|de|la))*\s*\Z", re.IGNORECASE)
_WEEK = lazy_pattern(
    r"(?<!\w)(?:week|woche|semaine|semana|settimana|týden|tydzień|wythnos|vecka|uke|uge|viikko"
    r"|rückblick|recap|round-?up|review|bilan|récap|resumen|overzicht)(?!\w)",
    re.IGNORECASE,
)
_TEAMS = frozenset({"team", "group", "unit", "project", "programme", "department", "service", "network"})
_SMALL_WORDS = frozenset({"of", "and", "&", "the", "for", "my", "our", *_TEAMS})
_NOT_NAMES = frozenset({"this", "next", "last", "previous", "older", "newer", "more", "related", "why", "how"})
_PLACEHOLDER = lazy_pattern(r"\s*\{\{-?\s*(?:[\w$]{1,20}\.){0,3}title(?:\s*\|[^{}]{0,40})?\s*-?\}\}\s*", re.IGNORECASE)


def read_title(text: str, *, published: date | None = None) -> Title:
    """Read a heading, or a title of front matter.

    Any text can be read; whatever is not recognised is part of the title.

    Args:
        text: the heading without its markup, one line.
        published: the publication date. It settles ambiguous spellings: "8/31", "10/04/2024",
            "Weeknotes 2026-06".

    >>> title = read_title("Weeknote w/c 6 May: maps, bees and a budget")
    >>> title.label, title.weeks[0].day, title.title
    ('Weeknote', 6, 'maps, bees and a budget')
    """
    # A note is asked for its title, weeks and numbers one by one, and each reads its heading.
    return (_read_cached if len(text) <= MAX_CACHED else _read_title)(text, published)


def _read_title(text: str, published: date | None) -> Title:
    end = len(text.rstrip())
    start = len(text) - len(text.lstrip())
    front = text[start : start + MAX_SEARCHED]
    # Without a digit or a label near its beginning, a heading says nothing but its words.
    if not DIGIT.search(front) and not has_label_piece(front.lower()):
        return Title(title=text[start:end] or None, title_start=start if start < end else None)
    parts = Parts(published)
    title_start, title_end = read_parts(text, start, end, parts), end
    head = parts.copy()
    # After the first parts, only a label or a digit can say more.
    more = end - title_start <= MAX_SEARCHED and (
        parts.label or DIGIT.search(text, start, end) or LABEL.search(text, start, end)
    )
    if more and not (parts.label or parts.any) and end - start <= MAX_SEARCHED:
        title_start = _read_named_label(text, start, end, parts)
    if more and not parts.weeks:
        title_end = _read_tail(text, title_start, end, parts)
        if not (parts.label or parts.any):
            title_end = _read_announced_tail(text, title_start, end, parts)
    if parts.weeks and not parts.label and (m := LABEL.match(text, start, title_end)):
        # "Week in review: maps - 6-12 May 2024"
        gap = SEPARATOR.match(text, m.end(), title_end)
        parts.label, title_start = (m[0], gap.end()) if gap else (None, title_start)
    words = text[title_start:title_end]
    title_start += len(words) - len(words.lstrip())
    title = words.strip() or None
    if title and parts.label and not parts.any and len(title) < 20 and _FIGURES.match(title):
        title = None  # "Weeknotes 2026-06" may be a month or a week; it is not words
    if title and (parts.label or parts.any) and not any(map(str.isalnum, title)):
        title = None  # an emoji
    return Title(
        label=parts.label,
        weeks=parts.weeks,
        numbers=parts.numbers,
        episode=parts.episode,
        title=title,
        title_start=None if title is None else title_start,
        weeks_span=parts.weeks_span,
        is_weeknote=bool(
            parts.label
            or _heads_a_note(head if title else parts, title)
            or (title and parts.weeks and parts.weeks[0].style == "iso" and _WEEK.search(title))
            or (title and parts.is_numbered_week and not head.any and _OWN_WEEK.search(title))
            or (start < end and not parts.any and MARKED_DIGIT.match(text, start))
        ),
        is_marked=parts.is_marked,
    )


_read_cached = lru_cache(maxsize=512)(_read_title)


def is_title_placeholder(text: str) -> bool:
    """Return whether a heading is a template's placeholder for the front matter's title, such as "{{ page.title }}".

    >>> is_title_placeholder("{{ page.title }}"), is_title_placeholder("On {{ title }}")
    (True, False)
    """
    return _PLACEHOLDER.fullmatch(text[:100]) is not None and len(text) <= 100


def _heads_a_note(head: Parts, title: str | None) -> bool:
    if head.is_marked or head.is_numbered_week or head.episode:
        return True
    if title is None:
        # "Monday 6 May" is the heading of one day in a note.
        return head.any and all(week.weekday is None for week in head.weeks)
    return any(week.style == "range" and week.evidence for week in head.weeks)


def _read_named_label(text: str, start: int, end: int, parts: Parts) -> int:
    """Read "Data Team Weeknotes #5: the words" into `parts`; return where the words begin."""
    m = LABEL.search(text, start, end)
    if m is None:
        return start
    name = text[start : m.start()].split()
    if not 0 < len(name) <= 6 or name[0].lower() in _NOT_NAMES or name[-1][-1] in ":|,;.!?–—-":
        return start
    if not all(_may_be_in_name(word) for word in name):
        return start
    trial = Parts(parts.published)
    title_start = read_parts(text, m.start(), end, trial)
    owned = name[-1].endswith(("'s", "’s")) or name[-1].lower() in _TEAMS or name[0].lower() in {"my", "our"}
    if not trial.label or not (trial.any or owned):
        return start
    trial.label = text[start : m.end()]
    parts.take(trial)
    return title_start


def _may_be_in_name(word: str) -> bool:
    first = word.lstrip("(")[:1]
    # Chinese has no capitals.
    return (first.isalpha() and not first.islower()) or word[0].isdigit() or word in _SMALL_WORDS


def _read_tail(text: str, start: int, end: int, parts: Parts) -> int:
    """Read what follows the title ("Maps - weeknotes #18") into `parts`; return where the title ends."""
    for m in _TAIL.finditer(text, start, end):
        # "13 - 9 March": without a letter, there are no words before it.
        if not any(c.isalpha() for c in text[start : m.start()]):
            continue
        if (day := _DAY_BEFORE.search(text, start, m.start())) and _read_range(text, day.start(), end, parts):
            return day.start()
        trial = parts.copy()
        trial.in_tail = True
        if read_parts(text, m.end(), end, trial) == end and _may_trail(text[start : m.start()], parts, trial, m):
            parts.take(trial)
            return m.start()
    return end


def _read_range(text: str, at: int, end: int, parts: Parts) -> bool:
    """Read the days at the end of "Maps 29 April – 3 May 2024" into `parts`; return whether there are such."""
    reading = read_weeks(text, at, end, parts.published)
    if reading is None or reading.end != end or reading.weeks[0].style != "range" or reading.weeks[0].year is None:
        return False
    parts.weeks, parts.is_marked, parts.weeks_span = reading.weeks, reading.marked, (at, end)
    return True


def _may_trail(title: str, before: Parts, after: Parts, separator: re.Match[str]) -> bool:
    """Return whether what was read after a title is a statement about the note rather than words of its title."""
    is_weak = separator["weak"] is not None
    if after.label != before.label:
        return after.any or not is_weak
    if after.weeks:
        is_sure = after.weeks[0].evidence is not None or after.weeks[0].style == "range"
        return after.is_marked or is_sure or not (is_weak or before.label or before.any)
    if after.numbers != before.numbers:
        is_named = before.label is not None or (after.is_numbered_week and _OWN_WEEK.search(title) is not None)
        return is_named and not is_weak
    return after.episode != before.episode and before.label is not None


def _read_announced_tail(text: str, start: int, end: int, parts: Parts) -> int:
    """Read "Notes from the team for w/c 6 May" into `parts`; return where the title ends."""
    for m in _ANNOUNCED.finditer(text, start, end):
        reading = read_weeks(text, m.end(), end, parts.published)
        # "This week: 6 May" announces nothing.
        if reading and reading.marked and reading.end == end and reading.weeks[0].style != "date":
            parts.weeks, parts.is_marked, parts.weeks_span = reading.weeks, True, (m.end(), reading.end)
            dangling = _DANGLING.search(text, start, m.start())
            return dangling.start() if dangling else m.start()
    return end
