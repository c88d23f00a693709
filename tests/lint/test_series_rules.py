"""The rules about a series: which notes they compare, and how each note is placed before they do."""

from __future__ import annotations

import pytest

from weeknote import parse, parse_archive
from weeknote.lint import SeriesEntry, check, check_series, series_entries


def folder(*notes: tuple[str, str]) -> list[SeriesEntry]:
    """Return the entries of notes, each given as its name and its text."""
    return [entry for name, text in notes for entry in series_entries(parse(text, name=name), name)]


def codes(entries: list[SeriesEntry]) -> list[tuple[str, str | None]]:
    """Return the code and the file of each finding of the series."""
    return [(one.code, one.path) for one in check_series(entries, ["WN121", "WN122", "WN123", "WN124"])]


@pytest.mark.parametrize(
    ("titles", "found"),
    [
        pytest.param(["Weeknote w/c 6 May 2024", "Weeknote 6-10 May 2024"], True, id="the-same-week-in-other-words"),
        pytest.param(["Weeknote 5, w/c 6 May 2024", "Weeknote 5, w/c 6 May 2024"], True, id="the-same-number"),
        pytest.param(["Weeknote w/c 6 May 2024", "Weeknote 5, w/c 6 May 2024"], True, id="only-one-has-a-number"),
        pytest.param(["Weeknote 5, w/c 6 May 2024", "Weeknote 6, w/c 6 May 2024"], False, id="other-numbers"),
        pytest.param(["Weeknote 6 May 2024", "Weeknote 12 May 2024"], False, id="named-after-other-days"),
        pytest.param(["Weeknote 6 May 2024", "Weeknote 6 May 2024"], True, id="named-after-the-same-day"),
    ],
)
def test_duplicate_weeks(titles: list[str], found: bool) -> None:
    """Two notes for one week are reported, unless their numbers or days show that they are two issues."""
    entries = folder(*((f"n/{i}.md", f"# {title}\n\nBees.\n") for i, title in enumerate(titles)))
    assert codes(entries) == ([("WN121", "n/1.md")] if found else [])


def test_a_day_of_publication_is_no_duplicate() -> None:
    """Two notes published in one week are not two notes about it."""
    assert codes(folder(("n/2024-05-09.md", "# Weeknote\n\nA."), ("n/2024-05-12.md", "# Weeknote\n\nB."))) == []


def test_notes_without_a_week_take_part_in_gaps() -> None:
    """They are placed by their day of publication, and messages call them by their title."""
    days = ("2024-05-10", "2024-05-17", "2024-05-31", "2024-06-28")
    entries = folder(*((f"n/{day}.md", f"# Weeknotes: bees of {day[-2:]}\n\nBees.") for day in days))
    assert codes(entries) == [("WN123", "n/2024-05-31.md"), ("WN124", "n/2024-06-28.md")]
    first, second = check_series(entries, ["WN123", "WN124"])
    assert first.message == "There is no note for the week of 20 May 2024, before “Weeknotes: bees of 31”."
    assert second.message == "There are no notes for 3 weeks from 3 June 2024, before “Weeknotes: bees of 28”."


def test_a_note_that_could_not_be_placed_may_fill_a_gap() -> None:
    """Nothing is said to be missing where a note was published."""
    days = ("2024-05-10", "2024-05-17", "2024-05-24", "2024-05-29", "2024-06-07")
    entries = folder(*((f"n/{day}.md", "# Weeknotes\n\nBees.") for day in days))
    assert codes(entries) == []


def test_dated_posts_are_no_weeknotes() -> None:
    """A blog's other posts have no weeks to miss."""
    assert codes(folder(*((f"n/2024-0{n}-10.md", "# Honey cake\n\nBees.") for n in range(1, 9)))) == []


def test_an_archive_runs_in_one_direction() -> None:
    """A note that does not fit in is named with its neighbours."""
    text = "".join(f"# w/c {day} May 2024\n\nBees.\n\n" for day in (27, 20, 6, 13))
    (found,) = check(parse_archive(text), ["WN122"])
    assert found.message == (
        "“w/c 6 May 2024” is out of order, next to “w/c 20 May 2024” and “w/c 13 May 2024”: "
        "the notes here run newest first."
    )
