"""Rules about several weeknotes together (WN12): weeks told twice, out of order, or missed."""

from __future__ import annotations

import posixpath
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from weeknote.headings.roles import fold
from weeknote.headings.title import read_title
from weeknote.headings.weeks import format_weeks
from weeknote.lint.base import Finding, LintSettings, rule
from weeknote.lint.longest_run import longest_run
from weeknote.lint.rules.week import format_date, week_position

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from weeknote.nodes.document import Weeknote
    from weeknote.source import Position

WEEK = timedelta(days=7)
INDEXES = frozenset({"index", "readme", "_index"})


@attrs.frozen
class SeriesEntry:
    """What a rule about a series needs to know of one note: a few words and dates, so that 10,000 of them are little.

    Attributes:
        path: the note's file, or None.
        position: where the note says its week.
        series: what tells one series of notes in a folder from another: the folder and the notes' label.
        weeks: the Mondays of the weeks it covers, as far as they are known, earliest first.
        said: how it says them.
        archived: whether it stands in an archive, so that its place among the others means something.
    """

    path: str | None
    position: Position | None
    series: tuple[str, str]
    weeks: tuple[date, ...] = ()
    said: str = ""
    archived: bool = False


def series_entry(note: Weeknote, path: str | None, *, archived: bool) -> SeriesEntry:
    """Return the facts of one note."""
    weeks = [week for week in note.weeks if week.start is not None]
    mondays = set()
    for week in weeks:
        if week.start is not None:
            last = week.last if week.last is not None and week.last >= week.start else week.start
            # A range from Monday to Sunday is one week, one of a fortnight two; a long one is no week at all.
            mondays |= {week.start + n * WEEK for n in range(min((last - week.start).days // 7 + 1, 6))}
    title = note.heading.text if note.heading is not None else ""
    if not title and note.front_matter is not None:
        title = note.front_matter.title or ""
    folder, name = posixpath.split((path or "").replace("\\", "/"))
    if posixpath.splitext(name)[0].lower() in INDEXES:
        folder = posixpath.dirname(folder)
    label = fold(read_title(title).label or "")
    return SeriesEntry(
        path=path,
        position=week_position(note),
        series=(path or "" if archived else folder, label.removesuffix("s")),
        weeks=tuple(sorted(mondays)),
        said=format_weeks(note.weeks) if weeks else "",
        archived=archived,
    )


def _where(fact: SeriesEntry, other: SeriesEntry) -> str:
    """Return in words where the other note stands."""
    line = "" if other.position is None else f"line {other.position.start.line}"
    if other.path is not None and other.path != fact.path:
        return other.path
    return line or "another note"


@rule("WN121", "duplicate-week", "off warning warning", "series")
def duplicate_week(facts: Sequence[SeriesEntry], _: LintSettings) -> Iterator[Finding]:
    """Two notes are about the same week.

    What: In an archive, or among the notes of a folder that have the same label, two notes cover the same weeks.
        Notes of different teams, and notes about each day of a week, are not compared.
    Why: Usually one was copied from the other and its date was left as it was.
    Fix: Correct the week of one of the two. Where two notes on one week are meant, ignore the rule for one of them.
    """
    seen: dict[tuple[date, ...], SeriesEntry] = {}
    for fact in facts:
        if not fact.weeks:
            continue
        if (first := seen.setdefault(fact.weeks, fact)) is not fact:
            yield Finding(
                f"“{fact.said}” is the week of another note as well: {_where(fact, first)}.",
                position=fact.position,
                hint="Correct the week of one of the two.",
                entry=fact,
            )


@rule("WN122", "out-of-order", "off warning warning", "series")
def out_of_order(facts: Sequence[SeriesEntry], _: LintSettings) -> Iterator[Finding]:
    """A note in an archive does not stand where its week belongs.

    What: Most notes of the archive go one way in time, newest or oldest first, and this one goes the other way. Files
        in a folder have no order of their own, and are not looked at.
    Why: Either the note was put in the wrong place or its date is wrong.
    Fix: Move the note, or correct its week.
    """
    dated = [fact for fact in facts if fact.weeks and fact.archived]
    steps = [(b.weeks[0] > a.weeks[0]) - (b.weeks[0] < a.weeks[0]) for a, b in pairwise(dated)]
    forward, backward = steps.count(1), steps.count(-1)
    if len(dated) < 3 or forward == backward:
        return
    way = 1 if forward > backward else -1
    keys = [way * fact.weeks[0].toordinal() for fact in dated]
    in_order = set(longest_run(keys))
    for i, fact in enumerate(dated):
        if i not in in_order:
            neighbours = [dated[j].said for j in (i - 1, i + 1) if 0 <= j < len(dated)]
            yield Finding(
                f"“{fact.said}” stands out of order, next to {' and '.join(f'“{n}”' for n in neighbours)}; the notes "
                f"here go from the {'oldest' if way > 0 else 'newest'} to the {'newest' if way > 0 else 'oldest'}.",
                position=fact.position,
                hint="Move the note to its place, or correct its week.",
                entry=fact,
            )


def _gaps(facts: Sequence[SeriesEntry]) -> Iterator[tuple[SeriesEntry, date, int]]:
    """Yield each gap between two notes: the note after it, the first Monday missed, and how many weeks."""
    weeks = sorted({(monday, i) for i, fact in enumerate(facts) for monday in fact.weeks})
    for (a, _), (b, i) in pairwise(weeks):
        missed = (b - a).days // 7 - 1
        if missed > 0:
            yield facts[i], a + WEEK, missed


@rule("WN123", "missed-week", "off off off", "series")
def missed_week(facts: Sequence[SeriesEntry], _: LintSettings) -> Iterator[Finding]:
    """Between two notes a week is missing.

    What: The notes of an archive or a folder go from week to week, and one week has no note. Off in every profile:
        people have holidays. Turn it on where a note each week was promised.
    Why: Somebody may be waiting for it.
    Fix: Write the note, or say in the next one that there is none: `w/c 6 & 13 May`.
    """
    for fact, monday, missed in _gaps(facts):
        if missed == 1:
            yield Finding(
                f"Before “{fact.said}” a week is missing: the one that began on {format_date(monday)}.",
                position=fact.position,
                hint="Write it, or name both weeks in one note, such as “w/c 6 & 13 May”.",
                entry=fact,
            )


@rule("WN124", "two-missed-weeks", "off off info", "series")
def two_missed_weeks(facts: Sequence[SeriesEntry], _: LintSettings) -> Iterator[Finding]:
    """Between two notes two weeks or more are missing.

    What: The notes of an archive or a folder go from week to week, and two weeks in a row or more have no note.
    Why: Missing one week is life. Missing two is how a habit ends, as many who write weeknotes say.
    Fix: Write a short one. A note of three sentences is a note.
    """
    for fact, monday, missed in _gaps(facts):
        if missed > 1:
            yield Finding(
                f"Before “{fact.said}” {missed} weeks in a row are missing, from {format_date(monday)}.",
                position=fact.position,
                hint="A note of three sentences is a note.",
                entry=fact,
            )
