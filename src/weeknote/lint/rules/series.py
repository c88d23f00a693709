"""Rules about several weeknotes together (WN12): duplicate weeks, weeks out of order, missing weeks."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from weeknote.headings.dates import format_date
from weeknote.lint.base import Finding, LintSettings, rule
from weeknote.lint.longest_run import longest_run
from weeknote.series.clues import WEEK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from weeknote.lint.entries import SeriesEntry


def _place_of(other: SeriesEntry, entry: SeriesEntry) -> str:
    """Return in words where another note is."""
    if other.path is not None and other.path != entry.path:
        return other.path
    return "another note" if other.position is None else f"line {other.position.start.line}"


@rule("WN121", "duplicate-week", "off warning warning", "series")
def duplicate_week(entries: Sequence[SeriesEntry], _: LintSettings) -> Iterator[Finding]:
    """Two notes are about the same week.

    What: Two notes in an archive, or two notes in a folder with the same label, give the same weeks. Notes with
        different numbers are not compared, and neither are notes named after different days.
    Why: Usually one was copied from the other and its date was never changed.
    Fix: Correct the week of one of them. If both are meant to be about that week, ignore the rule in one of them.
    """
    seen: dict[tuple[object, ...], SeriesEntry] = {}
    numbered: dict[tuple[object, ...], set[tuple[int, ...]]] = {}
    for entry in entries:
        if not entry.weeks:
            continue
        key = (entry.weeks, entry.clues.named_day)
        numbers = numbered.setdefault(key, set())
        is_another_issue = bool(entry.clues.numbers) and all(numbers) and entry.clues.numbers not in numbers
        numbers.add(entry.clues.numbers)
        if (first := seen.setdefault(key, entry)) is not entry and not is_another_issue:
            yield Finding(
                f"“{entry.name}” is also the week of another note: {_place_of(first, entry)}.",
                position=entry.position,
                hint="Correct the week of one of the two.",
                entry=entry,
            )


@rule("WN122", "out-of-order", "off warning warning", "series")
def out_of_order(entries: Sequence[SeriesEntry], _: LintSettings) -> Iterator[Finding]:
    """A note in an archive is out of order.

    What: Most notes of the archive run in one direction, oldest or newest first, and this one does not fit in. Files
        in a folder have no order, so they are not checked.
    Why: Either the note is in the wrong place or its date is wrong.
    Fix: Move the note, or correct its week.
    """
    dated = [entry for entry in entries if entry.weeks and entry.archived]
    steps = [(b.weeks[0] > a.weeks[0]) - (b.weeks[0] < a.weeks[0]) for a, b in pairwise(dated)]
    forward, backward = steps.count(1), steps.count(-1)
    if len(dated) < 3 or forward == backward:
        return
    direction = 1 if forward > backward else -1
    order = "oldest first" if direction > 0 else "newest first"
    in_order = set(longest_run([direction * entry.weeks[0].toordinal() for entry in dated]))
    for i, entry in enumerate(dated):
        if i not in in_order:
            neighbours = [f"“{dated[j].name}”" for j in (i - 1, i + 1) if 0 <= j < len(dated)]
            yield Finding(
                f"“{entry.name}” is out of order, next to {' and '.join(neighbours)}: the notes here run {order}.",
                position=entry.position,
                hint="Move the note to its place, or correct its week.",
                entry=entry,
            )


def _gaps(entries: Sequence[SeriesEntry]) -> Iterator[tuple[SeriesEntry, date, int]]:
    """Yield each gap between two notes: the note after it, the first Monday missed, and how many weeks.

    A gap where a note was published that could not be placed is no gap.
    """
    notes = [entry for entry in entries if entry.is_weeknote]
    weeks = sorted({(monday, i) for i, entry in enumerate(notes) for monday in entry.placement.weeks})
    unplaced = sorted(
        entry.clues.published for entry in entries if not entry.placement.weeks and entry.clues.published is not None
    )
    for (a, _), (b, i) in pairwise(weeks):
        missed = (b - a).days // 7 - 1
        at = bisect_left(unplaced, a + WEEK)
        if missed > 0 and not (at < len(unplaced) and unplaced[at] < b + WEEK):
            yield notes[i], a + WEEK, missed


@rule("WN123", "missed-week", "off off off", "series")
def missed_week(entries: Sequence[SeriesEntry], _: LintSettings) -> Iterator[Finding]:
    """A week has no note.

    What: Two notes in an archive or a folder are two weeks apart, so the week between them has no note. Longer gaps
        are reported by [WN124](#wn124-two-missed-weeks). Off in every profile, since people take holidays: turn it on
        where a note each week was promised.
    Why: Somebody may be waiting for it.
    Fix: Write the note, or name both weeks in the next one: `w/c 6 & 13 May`.
    """
    for entry, monday, missed in _gaps(entries):
        if missed == 1:
            yield Finding(
                f"There is no note for the week of {format_date(monday)}, before “{entry.name}”.",
                position=entry.position,
                hint="Write it, or name both weeks in one note, such as “w/c 6 & 13 May”.",
                entry=entry,
            )


@rule("WN124", "two-missed-weeks", "off off info", "series")
def two_missed_weeks(entries: Sequence[SeriesEntry], _: LintSettings) -> Iterator[Finding]:
    """Two or more weeks in a row have no note.

    What: Two notes in an archive or a folder are three weeks apart or more. A single week without a note is reported
        by [WN123](#wn123-missed-week), which is off by default.
    Why: Missing one week is life. Missing two is how a habit ends, as many who write weeknotes say.
    Fix: Write a short one. Three sentences are a note.
    """
    for entry, monday, missed in _gaps(entries):
        if missed > 1:
            yield Finding(
                f"There are no notes for {missed} weeks from {format_date(monday)}, before “{entry.name}”.",
                position=entry.position,
                hint="Write a short one: three sentences are a note.",
                entry=entry,
            )
