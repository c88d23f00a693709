"""Read what a heading says: label, weeks, numbers, episode, and the words that are left, which are the title."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

import attrs

from weeknote.headings.dates import YEAR
from weeknote.headings.labels import LABEL, LABEL_OF_NUMBERED_WEEK, has_label_piece
from weeknote.headings.numbers import (
    SEPARATOR,
    WEEK_WORD,
    Episode,
    ends_expression,
    read_episode,
    read_number_word,
    read_numbers,
    read_pair,
)
from weeknote.headings.week_parser import read_weeks, read_year_and_number
from weeknote.lazy import lazy_pattern

if TYPE_CHECKING:
    from datetime import date

    from weeknote.headings.weeks import Week

MAX_SEARCHED = 400
"""How many characters of a heading are searched; together with the bounded patterns this keeps reading linear."""

MAX_CACHED = 2_000
"""How many characters a heading has at most whose reading is kept."""


@attrs.frozen
class Title:
    """What a heading says.

    Attributes:
        label: the word for weeknote as written, with the name before it ("Data Team Weeknotes"), or None.
        weeks: the weeks it covers; () if it states none.
        numbers: issue or week-in-series numbers.
        episode: season and episode, or None.
        title: the words left when these and the separators are taken away, verbatim; None if none are left.
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
        """Whether its weeks are two days that may as well be a journey's: "July 7 - 13", without a year or label."""
        is_yearless_range = any(week.style == "range" and week.year is None for week in self.weeks)
        return is_yearless_range and self.label is None and not self.is_marked


_DIGIT = lazy_pattern(r"[0-9]")
_OF = lazy_pattern(
    r"(?:for|of|from|covering|vom|der|zur|du|de|des|van|voor|del|dal|do|za|för|for|til)\s{1,3}"
    r"(?:(?:the|la|le|den|het)\s{1,3})?",
    re.IGNORECASE,
)
_ISSUE = lazy_pattern(
    r"(?:(?P<week>" + WEEK_WORD + r"|w(?=[0-9]))"
    r"|no|nr|nos|number|num|numéro|numero|número|nummer|issue|edition|ausgabe|numer|číslo|rhif|vol(?:ume)?"
    r"|№|n\.?º|n°|第(?=\s?[0-9]{1,4}\s?[号號期回]))"
    r"\.?\s{0,2}(?=#?[0-9])",
    re.IGNORECASE,
)
_EPISODE_NUMBER = lazy_pattern(r"ep(?:isode)?\.?\s{0,2}(?=#?[0-9])", re.IGNORECASE)
_OF_YEAR = lazy_pattern(r"#?(?P<number>[0-9]{1,4})\s?/\s?(?:(?:19|20|21)[0-9]{2}|[1-4][0-9])(?!\w|[-./][0-9])")
_OF_WEEKS = lazy_pattern(r"#?(?P<number>[0-9]{1,2})\s?(?:/\s?|of\s)5[23](?!\w|[-./][0-9])")
"""A week of those in a year: "Week 12/52"."""
_YEAR_BEFORE = lazy_pattern(YEAR + r"\s{1,3}(?=#[0-9])")
_FIGURES = lazy_pattern(r"[-0-9‐-―.:/ ]+\Z")
_PICTURES = lazy_pattern(
    r"(?:[\u231a-\u23ff\u2600-\u2793\u2b50\U0001f000-\U0001faff][\ufe0f\u200d]{0,2}){1,9}\s{0,3}(?=\S)"
)
"""Emoji and other symbols, which many titles begin with."""
_FIRST_PICTURE = "\u231a"
_SPACES = lazy_pattern(r"\s{0,9}")
_MARKED_DIGIT = lazy_pattern(
    r"(?:w/[cbe]|w[cb]|week (?:commencing|beginning|starting|ending))\s{0,3}:?\s{0,3}[0-9]", re.IGNORECASE
)
_CLOSING_BRACKETS = {"(": ")", "[": "]", "（": "）"}
_TAIL = lazy_pattern(r"\s{1,3}[-·](?=\s)\s{1,3}|\s{0,3}(?P<weak>:|,(?=\s))\s{0,3}|\s{0,3}[|–—]\s{0,3}|\s{1,3}(?=[(\[])")
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


@attrs.define
class _Parts:
    """What has been read of a heading so far."""

    published: date | None = None
    label: str | None = None
    is_strong: bool = False
    weeks: tuple[Week, ...] = ()
    weeks_span: tuple[int, int] | None = None
    is_marked: bool = False
    numbers: tuple[int, ...] = ()
    is_numbered_week: bool = False
    episode: Episode | None = None
    in_tail: bool = False

    @property
    def any(self) -> bool:
        return bool(self.weeks or self.numbers or self.episode)

    def copy(self) -> _Parts:
        return _Parts(*_values(self))

    def take(self, other: _Parts) -> None:
        for name, value in zip(_FIELDS, _values(other), strict=True):
            setattr(self, name, value)


_FIELDS = tuple(field.name for field in attrs.fields(_Parts))
_values = attrgetter(*_FIELDS)


def read_title(text: str, *, published: date | None = None) -> Title:
    """Read a heading, or a title of front matter.

    Any text can be read; what is not understood is part of the title.

    Args:
        text: the heading without its markup, one line.
        published: the publication date. It settles what could be read in two ways: "8/31", "10/04/2024",
            "Weeknotes 2026-06".

    Example:
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
    if not _DIGIT.search(front) and not has_label_piece(front.lower()):
        return Title(title=text[start:end] or None, title_start=start if start < end else None)
    parts = _Parts(published)
    title_start, title_end = _read_parts(text, start, end, parts), end
    head = parts.copy()
    # Behind the front nothing is said without a label or a digit.
    more = end - title_start <= MAX_SEARCHED and (
        parts.label or _DIGIT.search(text, start, end) or LABEL.search(text, start, end)
    )
    if more and not (parts.label or parts.any) and end - start <= MAX_SEARCHED:
        title_start = _read_named_label(text, start, end, parts)
    if more and not parts.weeks:
        title_end = _read_tail(text, title_start, end, parts)
        if not (parts.label or parts.any):
            title_end = _read_announced_tail(text, title_start, end, parts)
    words = text[title_start:title_end]
    title_start += len(words) - len(words.lstrip())
    title = words.strip() or None
    if title and parts.label and not parts.any and len(title) < 20 and _FIGURES.match(title):
        title = None  # "Weeknotes 2026-06" may be a month or a week; it is not words
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
            or (start < end and not parts.any and _MARKED_DIGIT.match(text, start))
        ),
        is_marked=parts.is_marked,
    )


_read_cached = lru_cache(maxsize=512)(_read_title)


def is_title_placeholder(text: str) -> bool:
    """Return whether a heading is a template's placeholder for the front matter's title, such as "{{ page.title }}".

    Example:
        >>> is_title_placeholder("{{ page.title }}"), is_title_placeholder("On {{ title }}")
        (True, False)
    """
    return _PLACEHOLDER.fullmatch(text[:100]) is not None and len(text) <= 100


def _heads_a_note(head: _Parts, title: str | None) -> bool:
    if head.is_marked or head.is_numbered_week or head.episode:
        return True
    if title is None:
        # "Monday 6 May" is the heading of one day in a note.
        return head.any and all(week.weekday is None for week in head.weeks)
    return any(week.style == "range" and week.evidence for week in head.weeks)


def _read_parts(text: str, at: int, end: int, parts: _Parts) -> int:
    """Read label, weeks, numbers and episode in any order into `parts`; return where other words begin."""
    pos, last, gap, label_at = at, "", "", None
    while pos < end:
        part_at = _behind_pictures(text, pos, end)
        part = _read_part(text, part_at, end, parts, after="" if gap.strip(" \t-") else last)
        if part is None:
            break
        if part[0] in ("label", "adjective"):
            label_at = pos
        last, stop = part
        between = SEPARATOR.match(text, stop, end) or _SPACES.match(text, stop, end)
        gap = between[0] if between else ""
        pos = stop + len(gap)
    if label_at is not None and _is_ordinary_word(text, pos, end, last, gap, parts):
        parts.label = None
        return label_at
    return pos


def _behind_pictures(text: str, at: int, end: int) -> int:
    if text[at] < _FIRST_PICTURE:
        return at
    found = _PICTURES.match(text, at, end)
    return at if found is None else found.end()


def _is_ordinary_word(text: str, pos: int, end: int, last: str, gap: str, parts: _Parts) -> bool:
    """Return whether what looks like a label is one of the title's words: "Weeknotes are back"."""
    if not parts.any and not parts.is_strong:
        return True  # "Weekly review" is as often the heading of a section
    if last == "label" and pos < end and not gap.strip():
        if not gap:
            return not text[pos].isdigit()
        return text[pos].isalpha() and not _MARKED_DIGIT.match(text, pos, end)
    # "Weeknotes, newsletters and blogs"
    return last == "label" and gap.strip() == "," and not parts.any


def _read_part(text: str, at: int, end: int, parts: _Parts, after: str) -> tuple[str, int] | None:
    """Read one part at an offset into `parts`; return its kind and where it ends."""
    if text[at] in _CLOSING_BRACKETS:
        return _read_brackets(text, at, end, parts)
    if parts.label is None and (m := LABEL.match(text, at, end)):
        parts.label, parts.is_strong = m[0], bool(m["strong"] or m["cjk"])
        return "adjective" if m["adjective"] else "label", m.end()
    after_label = after == "label"
    if parts.episode is None and (episode := read_episode(text, at, end, after_label=after_label)):
        parts.episode = episode[0]
        return "episode", episode[1]
    if after_label and (m := _OF.match(text, at, end)):
        at = m.end()
    if not parts.weeks:
        far = min(end, at + MAX_SEARCHED)
        reading = None
        if not parts.any and (parts.label or parts.published):
            says_week = bool(parts.label and LABEL_OF_NUMBERED_WEEK.match(parts.label))
            reading = read_year_and_number(text, at, far, says_week=says_week, published=parts.published)
            if reading and not parts.label and reading.end != end and not _label_follows(text, reading.end, end):
                reading = None  # "2019-20: a budget"
        reading = reading or read_weeks(text, at, far, parts.published)
        if reading:
            parts.weeks, parts.is_marked, parts.weeks_span = reading.weeks, reading.marked, (at, reading.end)
            return "weeks", reading.end
    return None if parts.numbers else _read_issue(text, at, end, parts, after)


def _label_follows(text: str, at: int, end: int) -> bool:
    space = _SPACES.match(text, at, end)
    return space is not None and LABEL.match(text, space.end(), end) is not None


def _read_brackets(text: str, at: int, end: int, parts: _Parts) -> tuple[str, int] | None:
    close = text.find(_CLOSING_BRACKETS[text[at]], at, min(end, at + 80))
    inner = parts.copy()
    if close > 0 and _read_parts(text, at + 1, close, inner) == close and inner != parts:
        parts.take(inner)
        return "brackets", close + 1
    return None


def _read_issue(text: str, at: int, end: int, parts: _Parts, after: str) -> tuple[str, int] | None:
    if after == "label" and (m := _YEAR_BEFORE.match(text, at, end)):
        at = m.end()
    word = _ISSUE.match(text, at, end) or (_EPISODE_NUMBER.match(text, at, end) if parts.label else None)
    first = word.end() if word else at
    is_week = word is not None and word.groupdict().get("week") is not None
    numbers = read_numbers(text, first, min(end, first + MAX_SEARCHED))
    if (is_week or after == "label") and (m := _OF_WEEKS.match(text, first, end)):
        numbers = (int(m["number"]),), m.end()
    elif numbers is None and is_week:
        numbers = read_pair(text, first, end)
    elif numbers is None and (word or text[at] == "#") and (m := _OF_YEAR.match(text, first, end)):
        numbers = (int(m["number"]),), m.end()
    if numbers is None and (spelled := read_number_word(text, at, end)):
        value, stop, is_week = spelled
        if not (is_week or after == "label") or not ends_expression(text, stop, end):
            return None
        numbers = (value,), stop
    elif numbers is None:
        return None
    elif word or text[at] == "#":
        if not ends_expression(text, numbers[1], end) and (after != "label" or not (is_week or text[at] == "#")):
            return None
    elif after != "label":
        # A number without a word or sign is an issue only if nothing follows: "Weeknotes: 12", "12".
        alone = parts.label or not parts.any
        if numbers[1] != end or parts.in_tail or parts.weeks or not alone:
            return None
    parts.numbers, parts.is_numbered_week = numbers[0], is_week
    return "numbers", numbers[1]


def _read_named_label(text: str, start: int, end: int, parts: _Parts) -> int:
    """Read "Data Team Weeknotes #5: the words" into `parts`; return where the words begin."""
    m = LABEL.search(text, start, end)
    if m is None:
        return start
    name = text[start : m.start()].split()
    if not 0 < len(name) <= 6 or name[0].lower() in _NOT_NAMES or name[-1][-1] in ":|,;.!?–—-":
        return start
    if not all(w.lstrip("(")[:1].isupper() or w[0].isdigit() or w in _SMALL_WORDS for w in name):
        return start
    trial = _Parts(parts.published)
    title_start = _read_parts(text, m.start(), end, trial)
    owned = name[-1].endswith(("'s", "’s")) or name[-1].lower() in _TEAMS or name[0].lower() in {"my", "our"}
    if not trial.label or not (trial.any or owned):
        return start
    trial.label = text[start : m.end()]
    parts.take(trial)
    return title_start


def _read_tail(text: str, start: int, end: int, parts: _Parts) -> int:
    """Read what follows the title ("Maps - weeknotes #18") into `parts`; return where the title ends."""
    for m in _TAIL.finditer(text, start, end):
        # "13 - 9 March": without a letter, there are no words before it.
        if not any(c.isalpha() for c in text[start : m.start()]):
            continue
        if (day := _DAY_BEFORE.search(text, start, m.start())) and _read_range(text, day.start(), end, parts):
            return day.start()
        trial = parts.copy()
        trial.in_tail = True
        if _read_parts(text, m.end(), end, trial) == end and _may_trail(parts, trial, m):
            parts.take(trial)
            return m.start()
    return end


def _read_range(text: str, at: int, end: int, parts: _Parts) -> bool:
    """Read the days at the end of "Maps 29 April – 3 May 2024" into `parts`; return whether there are such."""
    reading = read_weeks(text, at, end, parts.published)
    if reading is None or reading.end != end or reading.weeks[0].style != "range" or reading.weeks[0].year is None:
        return False
    parts.weeks, parts.is_marked, parts.weeks_span = reading.weeks, reading.marked, (at, end)
    return True


def _may_trail(before: _Parts, after: _Parts, separator: re.Match[str]) -> bool:
    """Return whether what was read behind a title is a statement about the note rather than words of its title."""
    is_weak = separator["weak"] is not None
    if after.label != before.label:
        return after.any or not is_weak
    if after.weeks:
        is_sure = after.weeks[0].evidence is not None or after.weeks[0].style == "range"
        return after.is_marked or is_sure or not (is_weak or before.label or before.any)
    if after.numbers != before.numbers:
        return before.label is not None and not is_weak
    return after.episode != before.episode and before.label is not None


def _read_announced_tail(text: str, start: int, end: int, parts: _Parts) -> int:
    """Read "Notes from the team for w/c 6 May" into `parts`; return where the title ends."""
    for m in _ANNOUNCED.finditer(text, start, end):
        reading = read_weeks(text, m.end(), end, parts.published)
        # "This week: 6 May" announces nothing.
        if reading and reading.marked and reading.end == end and reading.weeks[0].style != "date":
            parts.weeks, parts.is_marked, parts.weeks_span = reading.weeks, True, (m.end(), reading.end)
            dangling = _DANGLING.search(text, start, m.start())
            return dangling.start() if dangling else m.start()
    return end
