"""Changing the weeks that a note states, in their place and style."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

import attrs

from weeknote.editing.note import letters_of, set_front_matter, with_headline, with_line, with_title
from weeknote.errors import CannotExpressError
from weeknote.front_matter import reader
from weeknote.headings.front_matter_keys import restated_keys
from weeknote.headings.restatement import in_form_of, restatements
from weeknote.headings.title import read_title
from weeknote.headings.week_writer import format_weeks
from weeknote.headings.weeks import Week, resolve
from weeknote.nodes.front_matter import FrontMatter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weeknote.nodes.document import Weeknote

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def set_weeks(note: Weeknote, *weeks: Week | date) -> Weeknote:
    r"""Return the note with new weeks, stated in the place and style of those it states now.

    That is the heading, the front matter's title or one of its keys; if several state weeks, all are changed. `w/c 6th
    May 2024` becomes `w/c 13th May 2024`, `2024-W30` becomes `2024-W31`. If the note states none, they go into its
    heading, else into its front matter's title, else into a new heading.

    Args:
        note: the note.
        weeks: the weeks; a date means the week commencing on it, or the week it is in.

    Raises:
        TypeError: one of the weeks is neither a `Week` nor a date.
        ValueError: there are no weeks.
        CannotExpressError: the result would not be read as these weeks, or only the file name states the note's weeks.

    >>> import weeknote
    >>> note = weeknote.parse("# Weeknote w/c 6 May: a start\n")
    >>> weeknote.dump(set_weeks(note, weeknote.Week(13, 5)))
    '# Weeknote w/c 13 May: a start\n'
    """
    wanted = _wanted(note, weeks)
    line, matter = note.headline, note.front_matter
    published = note.published or note.context.near
    has_line = line is not None and bool(read_title(line, published=published).weeks)
    title = None if matter is None else matter.title
    is_line = title is not None and line is not None and letters_of(title) == letters_of(line)
    weeks_in_title = () if title is None or is_line else read_title(title, published=published).weeks
    # Beside a heading with a week, a title that is a mere date says when the note was published.
    has_title = bool(weeks_in_title) and not (has_line and weeks_in_title[0].style == "date")
    under_keys = {} if matter is None else restated_keys(matter.values, wanted)
    if not (has_line or has_title or under_keys) and note.weeks:
        raise CannotExpressError(
            "only the file name states the note's week; rename the file", node=note, found=note.context.name
        )
    changed = note
    for key, value in under_keys.items():
        changed = _with_key(changed, key, value)
    if has_title and title is not None:
        changed = _first_that_states(changed, wanted, _other_titles(changed, title, wanted), settles=not has_line)
    if has_line or not (has_title or under_keys):
        changed = _first_that_states(changed, wanted, _other_lines(changed, line, wanted), settles=True)
    if _states(changed, wanted):
        return changed
    raise _refusal(note, wanted)


def _with_key(note: Weeknote, key: str, value: object) -> Weeknote:
    """Return the note with a key of its front matter set; a time keeps its spelling but for the date."""
    matter = note.front_matter
    span = None if matter is None else reader.key_span(matter.raw, matter.kind, key)
    if matter is not None and span is not None and isinstance(value, datetime):
        start, end = span
        written = _DATE.sub(value.date().isoformat(), matter.raw[start:end], count=1)
        changed = FrontMatter(matter.raw[:start] + written + matter.raw[end:], matter.kind)
        if changed.values.get(key) == value:
            return attrs.evolve(note, front_matter=changed)
    return set_front_matter(note, key, value)


def _wanted(note: Weeknote, weeks: tuple[Week | date, ...]) -> tuple[Week, ...]:
    """Return the weeks to state, with their years as far as they are known."""
    if not weeks:
        raise ValueError("give at least one week")
    found = []
    for week in weeks:
        if isinstance(week, date):
            found.append(Week(week.day, week.month, week.year, evidence="near"))
        elif isinstance(week, Week):
            found.append(week)
        else:
            raise TypeError(f"a week must be a Week or a date, not {type(week).__name__}")
    near = next((week.start for week in note.weeks if week.start), None)
    return tuple(found) if near is None else resolve(tuple(found), near)


def _states(note: Weeknote, wanted: tuple[Week, ...]) -> bool:
    """Return whether a note says that it is about some weeks; a year may stay open unless it was given."""
    found = note.weeks
    return len(found) == len(wanted) and all(
        one.start == other.start or (one.start is None and other.evidence != "stated" and _is_same_day(one, other))
        for one, other in zip(found, wanted, strict=True)
    )


def _is_same_day(one: Week, other: Week) -> bool:
    return (one.day, one.month) == (other.day, other.month)


def _first_that_states(
    note: Weeknote, wanted: tuple[Week, ...], candidates: Iterator[Weeknote], *, settles: bool
) -> Weeknote:
    """Return the first candidate that states the weeks; if other places count before this one, the first of all."""
    for candidate in candidates:
        if not settles or _states(candidate, wanted):
            return candidate
    raise _refusal(note, wanted)


def _other_lines(note: Weeknote, line: str | None, wanted: tuple[Week, ...]) -> Iterator[Weeknote]:
    """Yield the note with the weeks stated in its headline in several ways."""
    if line is None:
        for words in (format_weeks(wanted), format_weeks([attrs.evolve(week, evidence="stated") for week in wanted])):
            yield with_headline(note, f"Weeknote {words}")
        return
    for start, end, words in _splices(note, line, wanted):
        yield with_line(note, start, end, words)


def _other_titles(note: Weeknote, title: str, wanted: tuple[Week, ...]) -> Iterator[Weeknote]:
    """Yield the note with the weeks stated in its front matter's title in several ways."""
    for start, end, words in _splices(note, title, wanted):
        yield with_title(note, title[:start] + words + title[end:])


def _splices(note: Weeknote, line: str, wanted: tuple[Week, ...]) -> Iterator[tuple[int, int, str]]:
    """Yield offsets in a line and what to write between them to state weeks, the best first."""
    published = note.published or note.context.near
    read = read_title(line, published=published)
    if read.weeks_span is None:
        for words in (format_weeks(wanted), format_weeks([attrs.evolve(week, evidence="stated") for week in wanted])):
            if read.label is not None:
                end = line.index(read.label) + len(read.label)
                yield end, end, f" {words}"
                yield len(line), len(line), f" ({words})"
            else:
                yield 0, 0, f"{words}: "
        return
    near = next((week.start for week in note.weeks if week.start), None)
    old = read.weeks if near is None else resolve(read.weeks, near)
    new = [in_form_of(old[min(i, len(old) - 1)], week) for i, week in enumerate(wanted)]
    for words in restatements(line, read.weeks_span, new, published):
        yield *read.weeks_span, words


def _refusal(note: Weeknote, wanted: tuple[Week, ...]) -> CannotExpressError:
    return CannotExpressError(
        f"the note would still not say that it is about {format_weeks(wanted)}; rewrite its heading with replace()",
        node=note,
        found=note.headline,
        expected=wanted,
    )
