"""What the rules about a series look at: an entry for each note, placed beside the others."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

import attrs

from weeknote.headings.roles import fold
from weeknote.headings.title import read_title
from weeknote.headings.week_writer import format_weeks
from weeknote.lint.positions import week_position
from weeknote.series.clues import Clues, clues_of
from weeknote.series.placement import Placement, place

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from weeknote.nodes.document import Weeknote
    from weeknote.source import Position

INDEXES = frozenset({"index", "readme", "_index"})
MAX_NAME = 80


@attrs.frozen
class SeriesEntry:
    """What the rules about a series know of one note: small, so that 10,000 notes can be checked together.

    Attributes:
        path: the note's file, or None.
        position: where the note states its week, or where it begins.
        series: the folder and the label, which tell one series from another.
        name: how messages call the note: its weeks as stated, else its headline, else its path.
        archived: whether it comes from an archive, where the order of the notes means something.
        clues: what it tells about its week.
        placement: the week it is about, once `place_entries` has compared it with the others.
    """

    path: str | None
    position: Position | None
    series: tuple[str, str]
    name: str = ""
    archived: bool = False
    clues: Clues = attrs.field(factory=Clues)
    placement: Placement = attrs.field(factory=Placement)

    @property
    def weeks(self) -> tuple[date, ...]:
        """The Mondays of the weeks that the note itself gives, `()` if it gives none or contradicts itself."""
        placement = self.placement
        return placement.weeks if placement.evidence is not None and placement.evidence.is_direct else ()

    @property
    def is_weeknote(self) -> bool:
        """Whether it has a label, a week or a number, and is not just a dated post."""
        clues = self.clues
        return bool(self.series[1] or clues.stated or clues.key or clues.file_name or clues.numbers)


def series_entry(note: Weeknote, path: str | None, *, archived: bool) -> SeriesEntry:
    """Return the entry for one note."""
    folder, name = posixpath.split((path or "").replace("\\", "/"))
    if posixpath.splitext(name)[0].lower() in INDEXES:
        folder = posixpath.dirname(folder)
    headline = note.headline or ""
    stated = format_weeks(note.weeks) if any(week.start is not None for week in note.weeks) else ""
    return SeriesEntry(
        path=path,
        position=week_position(note),
        series=(path or "" if archived else folder, fold(read_title(headline).label or "").removesuffix("s")),
        name=(stated or headline or path or "a note")[:MAX_NAME],
        archived=archived,
        clues=clues_of(note),
    )


def place_entries(entries: Sequence[SeriesEntry]) -> tuple[SeriesEntry, ...]:
    """Return the entries of one series with their placements."""
    placements = place([entry.clues for entry in entries])
    return tuple(attrs.evolve(entry, placement=placement) for entry, placement in zip(entries, placements, strict=True))
