"""Weeks are set where a note states them, in the form in which it does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import weeknote
from weeknote import CannotExpressError, Week

MONDAY = date(2024, 5, 13)

HEADINGS = {
    "w/c": ("Weeknote w/c 6 May: rain", "Weeknote w/c 13 May: rain"),
    "a year": ("Weeknote w/c 6 May 2024: rain", "Weeknote w/c 13 May 2024: rain"),
    "an ordinal": ("W/C 6th May 2024", "W/C 13th May 2024"),
    "a weekday": ("Week commencing Monday 6th of May ’24", "Week commencing Monday 13th of May ’24"),
    "a weekend": ("Week ending: Friday 10 May 2024", "Week ending: Friday 17 May 2024"),
    "a range": ("Rain | 6–10 May 2024", "Rain | 13–17 May 2024"),
    "month first": ("Weeknotes: May 6th - 12th, 2024", "Weeknotes: May 13th - 19th, 2024"),
    "figures": ("Week 2: 06/05/2024", "Week 2: 13/05/2024"),
    "year first": ("2024-05-08", "2024-05-15"),
    "ISO": ("2024-W19", "2024-W20"),
    "a number of a year": ("Week 19, 2024: rain", "Week 20, 2024: rain"),
    "a year before": ("2024 Week 19", "2024 Week 20"),
    "a short year": ("KW 19/24", "KW 20/24"),
    "year and number": ("Weeknotes 2024-19", "Weeknotes 2024-20"),
    "German": ("Wochennotizen 6.–12. Mai 2024", "Wochennotizen 13.–19. Mai 2024"),
    "French": ("Semaine du 6 mai 2024", "Semaine du 13 mai 2024"),
    "no week": ("Weeknote #5: rain", "Weeknote w/c 13 May #5: rain"),
    "no label": ("Rain", "w/c 13 May: Rain"),
}


@pytest.mark.parametrize(("before", "after"), HEADINGS.values(), ids=HEADINGS)
def test_a_heading_keeps_its_form(before: str, after: str) -> None:
    """Days, months, years and weekdays are exchanged; everything else stays as it was."""
    note = weeknote.parse(f"# {before}\n\nFine.\n", dialect="markdown")
    assert weeknote.dump(weeknote.set_weeks(note, MONDAY)) == f"# {after}\n\nFine.\n"


MARKED = {
    "strong": ("# **w/c 6 May**: rain\n", "# **w/c 13 May**: rain\n"),
    "half of it in a link": ("# Weeknote w/c [6 May](/map)\n", "# Weeknote w/c [13 May](/map)\n"),
    "code": ("# Weeknote `2024-W19`\n", "# Weeknote `2024-W20`\n"),
    "emphasis beside it": ("# __Weeknote 6 May: _rain_ and sun__\n", "# __Weeknote 13 May: _rain_ and sun__\n"),
    "an underline": ("Weeknote w/c 6 May: _rain_\n===\n", "Weeknote w/c 13 May: _rain_\n===\n"),
    "emphasis before a label without a week": ("# *Team* Weeknotes\n", "# *Team* Weeknotes w/c 13 May\n"),
    "emphasis right behind it": ("# Weeknote w/c 6 May*:* rain\n", "# Weeknote w/c 13 May*:* rain\n"),
    "marks at the end": ("#  Weeknote w/c 6 May ##\n", "#  Weeknote w/c 13 May ##\n"),
    "nothing but emphasis, and no week": ("# *Rain*\n", "# w/c 13 May: *Rain*\n"),
}


@pytest.mark.parametrize(("before", "after"), MARKED.values(), ids=MARKED)
def test_marks_around_a_week_stay(before: str, after: str) -> None:
    """Only the characters of the week change, inside a link, emphasis or code too."""
    assert weeknote.dump(weeknote.set_weeks(weeknote.parse(before, dialect="markdown"), MONDAY)) == after


@pytest.mark.parametrize(("before", "after"), HEADINGS.values(), ids=HEADINGS)
def test_a_title_in_front_matter_keeps_its_form(before: str, after: str) -> None:
    """A note whose front matter names it gets no heading."""
    note = weeknote.parse(f'---\ntitle: "{before}"\ndate: 2024-05-15\n---\n\nFine.\n')
    changed = weeknote.dump(weeknote.set_weeks(note, MONDAY))
    assert changed == f'---\ntitle: "{after}"\ndate: 2024-05-15\n---\n\nFine.\n'


KEYS = {
    "a day": ("week_ending: 2024-05-10 # Friday", "week_ending: 2024-05-17 # Friday"),
    "a time": ("week_ending: 2024-05-10T00:00:00.000Z", "week_ending: 2024-05-17T00:00:00.000Z"),
    "words": ("week_commencing: 6th May 2024", "week_commencing: 13th May 2024"),
    "ISO": ("week: 2024-W19", "week: 2024-W20"),
    "ISO and days": ("week: 2024-W19 - 6 to 12 May", "week: 2024-W20 - 13 to 19 May"),
    "a number": ("week: 19\nyear: 2024", "week: 20\nyear: 2024"),
    "a list": ("isoweek: [2024, 19]", "isoweek: [2024, 20]"),
    "first and last day": ("fromDate: 2024-05-06\ntoDate: 2024-05-12", "fromDate: 2024-05-13\ntoDate: 2024-05-19"),
    "title and key": ("title: w/c 6 May\nweek: 2024-W19", "title: w/c 13 May\nweek: 2024-W20"),
}


@pytest.mark.parametrize(("before", "after"), KEYS.values(), ids=KEYS)
def test_a_key_keeps_its_form(before: str, after: str) -> None:
    """The key that states the week states the other one, and every place agrees."""
    note = weeknote.parse(f"---\n{before}\n---\n\nFine.\n")
    assert weeknote.dump(weeknote.set_weeks(note, MONDAY)) == f"---\n{after}\n---\n\nFine.\n"


@pytest.mark.parametrize(
    ("before", "weeks", "after"),
    [
        ("2024-W52", (date(2024, 12, 30),), "2025-W01"),
        ("w/c Monday 6 May 2024", (Week(14, 5, 2024, "w/c"),), "w/c Tuesday 14 May 2024"),
        ("29 April - 5 May 2024", (MONDAY,), "13 May - 19 May 2024"),
        ("6-10 May 2024", (Week(13, 5, 2024, "range", until=(19, 5, 2024)),), "13-17 May 2024"),
        ("6-12 May 2024", (date(2024, 4, 29),), "29 April - 5 May 2024"),
        ("w/c 6 & 13 May 2024", (date(2024, 5, 20), date(2024, 5, 27)), "w/c 20 & 27 May 2024"),
        ("w/c 6 May 2024", (date(2024, 5, 20), date(2024, 5, 27)), "w/c 20 & 27 May 2024"),
        ("w/c 6 May 2024", (Week(13, 5),), "w/c 13 May 2024"),
        ("w/c 6 May*:* rain", (Week(3, 6),), "w/c 3 June*:* rain"),
        ("w/c 6 May", (Week(13, 5, 2024),), "w/c 13 May 2024"),
        ("w/c 6 May 2024", (Week(year=2024, number=20, style="iso"),), "w/c 13 May 2024"),
        ("23 - 29 December 2024", (date(2024, 12, 30),), "30 December 2024 - 5 January 2025"),
        ("1er juillet 2024", (date(2024, 7, 8),), "8 juillet 2024"),
        ("8th July 2024", (date(2024, 7, 1),), "1st July 2024"),
        ("KW 12/2024", (Week(year=2024, number=9, style="iso"),), "KW 9/2024"),
        ("KW 05/2024", (Week(year=2024, number=9, style="iso"),), "KW 09/2024"),
    ],
)
def test_other_weeks(before: str, weeks: tuple[Week | date, ...], after: str) -> None:
    """Where the form does not suffice, months, years or more weeks are written in full."""
    note = weeknote.parse(f"# {before}\n", dialect="markdown")
    assert weeknote.dump(weeknote.set_weeks(note, *weeks)) == f"# {after}\n"


TITLES = {
    "heading and title that differ in a comma": (
        "---\ntitle: Weeknote, w/c 6 May 2024\n---\n\n# Weeknote w/c 6 May 2024\n",
        "---\ntitle: Weeknote w/c 13 May 2024\n---\n\n# Weeknote w/c 13 May 2024\n",
    ),
    "title that is a date, and a heading without a week": (
        "---\ntitle: 6 May 2024\n---\n\n# Rain\n",
        "---\ntitle: 13 May 2024\n---\n\n# Rain\n",
    ),
    "title that is a date, and a heading with a week": (
        "---\ntitle: 6 May 2024\n---\n\n# w/c 6 May: Rain\n",
        "---\ntitle: 6 May 2024\n---\n\n# w/c 13 May: Rain\n",
    ),
    "title with a week, and a section": (
        "---\ntitle: w/c 6 May 2024\n---\n\n# Rain\n",
        "---\ntitle: w/c 13 May 2024\n---\n\n# Rain\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), TITLES.values(), ids=TITLES)
def test_a_title_beside_a_heading(before: str, after: str) -> None:
    """What says the same changes with it; a mere date beside a week says when the note was published."""
    assert weeknote.dump(weeknote.set_weeks(weeknote.parse(before), MONDAY)) == after


def test_days_and_months_are_told_apart_by_a_date_near_them() -> None:
    """As when the note is read: 10/04 is the fourth of October beside a date of that month."""
    note = weeknote.parse("# Weeknote 10/04/2024: rain\n", near=date(2024, 10, 7))
    assert weeknote.dump(weeknote.set_weeks(note, date(2024, 10, 14))) == "# Weeknote 10/18/2024: rain\n"


def test_a_year_is_stated_where_it_would_be_read_wrong() -> None:
    """A week far from the publication date gets its year."""
    note = weeknote.parse("---\ndate: 2024-05-12\n---\n\n# w/c 6 May\n")
    changed = weeknote.set_weeks(note, date(2019, 5, 13))
    assert weeknote.dump(changed) == "---\ndate: 2024-05-12\n---\n\n# w/c 13 May 2019\n"


def test_a_note_without_title_gets_one() -> None:
    """In the front matter if there is one, else as a heading."""
    assert weeknote.dump(weeknote.set_weeks(weeknote.parse("Fine.\n", dialect="markdown"), MONDAY)).startswith(
        "# Weeknote w/c 13 May\n"
    )
    note = weeknote.parse("---\ndraft: true\n---\n\nFine.\n")
    assert weeknote.set_weeks(note, MONDAY).headline == "Weeknote w/c 13 May"


def test_in_an_archive_the_neighbours_do_not_overrule() -> None:
    """The weeks of a note taken from an archive are the ones it is given."""
    archive = weeknote.parse_archive("# w/c 13 May 2024\n\nB.\n\n# w/c 6 May\n\nA.\n")
    assert weeknote.set_weeks(archive.weeknotes[1], date(2024, 4, 29)).weeks == (Week(29, 4),)


def test_a_file_name_is_not_contradicted() -> None:
    """A week that only the file name states cannot be set, and is not stated in a second place."""
    note = weeknote.parse("# Rain\n", dialect="markdown", name="2024-W19.md")
    with pytest.raises(CannotExpressError, match="rename the file"):
        weeknote.set_weeks(note, MONDAY)


@pytest.mark.parametrize(("weeks", "error"), [(("2024-05-13",), TypeError), ((None,), TypeError), ((), ValueError)])
def test_what_is_no_week_is_refused(weeks: tuple[Any, ...], error: type[Exception]) -> None:
    """Only weeks and dates can be set, and at least one."""
    with pytest.raises(error, match="week"):
        weeknote.set_weeks(weeknote.parse("# w/c 6 May\n"), *weeks)


@given(st.sampled_from([before for before, _ in HEADINGS.values()]), st.dates(date(1990, 1, 1), date(2030, 12, 31)))
def test_weeks_that_are_set_are_read(heading: str, day: date) -> None:
    """Whatever the form, the note that is written says the week in which the day lies."""
    note = weeknote.parse(f"# {heading}\n\nFine.\n", dialect="markdown", near=day)
    written = weeknote.dump(weeknote.set_weeks(note, day))
    (week,) = weeknote.parse(written, dialect="markdown", near=day).weeks
    assert week.start == Week(day.day, day.month, day.year).start


@given(st.sampled_from([before for before, _ in KEYS.values()]), st.dates(date(1990, 1, 1), date(2030, 12, 31)))
def test_weeks_that_are_set_under_keys_are_read(keys: str, day: date) -> None:
    """The same holds for keys of front matter."""
    note = weeknote.parse(f"---\n{keys}\n---\n\nFine.\n", near=day)
    written = weeknote.dump(weeknote.set_weeks(note, day))
    (week,) = weeknote.parse(written, near=day).weeks
    assert week.start == Week(day.day, day.month, day.year).start
