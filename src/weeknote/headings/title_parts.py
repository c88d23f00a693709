"""Read the parts that a title is made of besides words, in any order: label, weeks, numbers, episode."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING

import attrs

from weeknote.headings.dates import YEAR
from weeknote.headings.labels import LABEL, LABEL_OF_NUMBERED_WEEK
from weeknote.headings.numbers import (
    NUMBER_SIGN,
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
"""The number of characters of a heading that are searched; with the bounded patterns, this keeps reading linear."""
_OF = lazy_pattern(
    r"(?:for|of|from|covering|vom|der|zur|du|de|des|van|voor|del|dal|do|za|för|for|til)\s{1,3}"
    r"(?:(?:the|la|le|den|het)\s{1,3})?",
    re.IGNORECASE,
)
_ISSUE = lazy_pattern(
    rf"(?:(?P<week>{WEEK_WORD}|w(?=[0-9]))(?:\s{{1,2}}{NUMBER_SIGN})?"
    r"|no|nr|nos|number|num|numéro|numero|número|nummer|issue|edition|ausgabe|numer|číslo|rhif|vol(?:ume)?"
    r"|№|n\.?º|n°|n(?=\.)|第(?=\s?[0-9]{1,4}\s?[号號期回]))"
    r"\.?\s{0,2}(?=#?[0-9])",
    re.IGNORECASE,
)
_EPISODE_NUMBER = lazy_pattern(r"ep(?:isode)?\.?\s{0,2}(?=#?[0-9])", re.IGNORECASE)
_OF_YEAR = lazy_pattern(
    r"#?(?P<number>[0-9]{1,4})(?:\s?/\s?(?:(?:19|20|21)[0-9]{2}|[1-4][0-9])|-(?:19|20|21)[0-9]{2}|(?:,?\s(?:of|de|von|van)|,)\s(?:19|20|21)[0-9]{2})"
    r"(?!\w|[-./][0-9])",
    re.IGNORECASE,
)
"""An issue of those in a year: "#17/2025", "#17 of 2025"."""
_OF_WEEKS = lazy_pattern(r"#?(?P<number>[0-9]{1,2})\s?(?:/\s?|of\s)5[23](?!\w|[-./][0-9])")
"""A week of those in a year: "Week 12/52"."""
_YEAR_BEFORE = lazy_pattern(YEAR + r"\s{1,3}(?=#[0-9])")
_PICTURES = lazy_pattern(
    r"(?:[\u231a-\u23ff\u2600-\u2793\u2b50\U0001f000-\U0001faff][\ufe0f\u200d]{0,2}){1,9}\s{0,3}(?=\S)"
)
"""Emoji and other symbols, which many titles begin with."""
_FIRST_PICTURE = "\u231a"
_SPACES = lazy_pattern(r"\s{0,9}")
MARKED_DIGIT = lazy_pattern(
    r"(?:w/[cbe]|w[cb]|week (?:commencing|beginning|starting|ending))\s{0,3}:?\s{0,3}[0-9]", re.IGNORECASE
)
_CLOSING_BRACKETS = {"(": ")", "[": "]", "（": "）", "【": "】"}
_REPORT = lazy_pattern(
    r"\s{1,2}(?:notes?|updates?|recap|review|report|summary|round-?up|(?:work)?log|journal|diary)\s{0,3}(?:\Z|[:|–—-])",
    re.IGNORECASE,
)
_COUNTED = lazy_pattern(
    r"\s(?:things|people|reasons|lessons|ways|hours|days|weeks|months|years|tage|wochen|jours|semaines|dagen|weken)(?!\w)",
    re.IGNORECASE,
)
"""What a number counts, so that it is no issue's: "Weeknotes - 2 weeks in one"."""


@attrs.define
class Parts:
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
        """Whether a week, number or episode has been read."""
        return bool(self.weeks or self.numbers or self.episode)

    def copy(self) -> Parts:
        """Return the same parts, to be tried further."""
        return Parts(*_values(self))

    def take(self, other: Parts) -> None:
        """Become what another reading found."""
        for name, value in zip(_FIELDS, _values(other), strict=True):
            setattr(self, name, value)


_FIELDS = tuple(field.name for field in attrs.fields(Parts))
_values = attrgetter(*_FIELDS)


def read_parts(text: str, at: int, end: int, parts: Parts) -> int:
    """Read label, weeks, numbers and episode in any order into `parts`; return where other words begin."""
    pos, last, gap, label_at = at, "", "", None
    while pos < end:
        part_at = _after_pictures(text, pos, end)
        part = _read_part(text, part_at, end, parts, after="" if gap.strip(" \t-") else last)
        if part is None:
            if last and part_at > pos and (between := SEPARATOR.match(text, part_at, end)):
                gap, pos = between[0], between.end()  # "Weeknotes #5 🐝: the words"
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


def _after_pictures(text: str, at: int, end: int) -> int:
    if text[at] < _FIRST_PICTURE:
        return at
    found = _PICTURES.match(text, at, end)
    return at if found is None else found.end()


def _is_ordinary_word(text: str, pos: int, end: int, last: str, gap: str, parts: Parts) -> bool:
    """Return whether what looks like a label is one of the title's words: "Weeknotes are back"."""
    if not parts.any and not parts.is_strong:
        return True  # "Weekly review" is as often the heading of a section
    if last == "label" and pos < end and not gap.strip():
        if not gap:
            return not text[pos].isdigit()
        return text[pos].isalpha() and not MARKED_DIGIT.match(text, pos, end)
    # "Weeknotes, newsletters and blogs"
    return last == "label" and gap.strip() == "," and not parts.any


def _read_part(text: str, at: int, end: int, parts: Parts, after: str) -> tuple[str, int] | None:
    """Read one part at an offset into `parts`; return its kind and where it ends."""
    if text[at] in _CLOSING_BRACKETS:
        return _read_brackets(text, at, end, parts)
    if parts.label is None and (m := LABEL.match(text, at, end)):
        parts.label, parts.is_strong = m[0], bool(m["strong"] or m["cjk"])
        return "adjective" if m["adjective"] else "label", m.end()
    after_label = after == "label"
    if parts.episode is None:
        episode = read_episode(text, at, end, is_labelled=parts.label is not None, after_label=after_label)
        if episode:
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


def _read_brackets(text: str, at: int, end: int, parts: Parts) -> tuple[str, int] | None:
    close = text.find(_CLOSING_BRACKETS[text[at]], at, min(end, at + 80))
    inner = parts.copy()
    if close > 0 and read_parts(text, at + 1, close, inner) == close and inner != parts:
        parts.take(inner)
        return "brackets", close + 1
    return None


def _read_issue(text: str, at: int, end: int, parts: Parts, after: str) -> tuple[str, int] | None:
    if after == "label" and (m := _YEAR_BEFORE.match(text, at, end)):
        at = m.end()
    word = _ISSUE.match(text, at, end) or (_EPISODE_NUMBER.match(text, at, end) if parts.label else None)
    first = word.end() if word else at
    is_week = word is not None and word.groupdict().get("week") is not None
    numbers = read_numbers(text, first, min(end, first + MAX_SEARCHED))
    m = _OF_WEEKS.match(text, first, end) if is_week or after == "label" else None
    if m is None and not is_week and (word or text[at] == "#"):
        m = _OF_YEAR.match(text, first, end)
    if m is not None:
        numbers = (int(m["number"]),), m.end()
    elif numbers is None and is_week:
        numbers = read_pair(text, first, end)
    if numbers is None and (spelled := read_number_word(text, at, end)):
        value, stop, is_week = spelled
        if not (is_week or after == "label") or not ends_expression(text, stop, end):
            return None
        numbers = (value,), stop
    elif numbers is None or (not word and text[at] != "#" and _COUNTED.match(text, numbers[1], end)):
        return None
    elif word or text[at] == "#":
        is_report = is_week and _REPORT.match(text, numbers[1], end)
        is_open = not (is_report or ends_expression(text, numbers[1], end))
        if is_open and (after != "label" or not (is_week or text[at] == "#")):
            return None
    elif after != "label":
        # A number without a word or sign is an issue only if nothing follows: "Weeknotes: 12", "12".
        alone = parts.label or not parts.any
        if numbers[1] != end or parts.in_tail or parts.weeks or not alone:
            return None
    parts.numbers, parts.is_numbered_week = numbers[0], is_week
    return "numbers", numbers[1]
