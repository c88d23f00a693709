"""Titles and sections are set where and as a note has them."""

from __future__ import annotations

import pytest

import weeknote

TITLES = {
    "a heading": ("# w/c 6 May: rain\n", "# w/c 6 May: sun\n"),
    "a heading without words": ("# Weeknotes 5\n", "# Weeknotes 5: sun\n"),
    "words in brackets": ("# Week 25 (the return)\n", "# Week 25: sun\n"),
    "words before": ("# Rain - weeknotes #18\n", "# sun - weeknotes #18\n"),
    "words in a link": ("# *Week* 12: [rain](/map)\n", "# *Week* 12: [sun](/map)\n"),
    "words with emphasis": ("# Week 12: the *rain*, falling\n", "# Week 12: sun\n"),
    "all of it in a link": ('# [Week 12: *rain*](/map "b")\n', '# [Week 12: *sun*](/map "b")\n'),
    "a title": ("---\ntitle: 'Week 3: rain'\n---\n\nA.\n", "---\ntitle: 'Week 3: sun'\n---\n\nA.\n"),
    "both": ("---\ntitle: Rain\n---\n\n# Rain\n", "---\ntitle: sun\n---\n\n# sun\n"),
    "a date as title": (
        "---\ntitle: 2024-05-10\n---\n\n# Weeknote 3: rain\n",
        "---\ntitle: 2024-05-10\n---\n\n# Weeknote 3: sun\n",
    ),
    "a week in figures that the date of publication settles": (
        "---\ndate: 2024-04-03\n---\n\n# Weeknote 3/4: rain\n",
        "---\ndate: 2024-04-03\n---\n\n# Weeknote 3/4: sun\n",
    ),
    "a placeholder": (
        "---\ntitle: Rain\n---\n\n# {{ page.title }}\n",
        "---\ntitle: sun\n---\n\n# {{ page.title }}\n",
    ),
    "another key for it": ("---\nheadline: 'Week 3: rain'\n---\n\nA.\n", "---\nheadline: 'Week 3: sun'\n---\n\nA.\n"),
    "emphasis and words": ("# Week 12: *rain* and more\n", "# Week 12: sun\n"),
    "front matter only": ("---\ndraft: true\n---\n\nA.\n", "---\ndraft: true\ntitle: sun\n---\n\nA.\n"),
}


@pytest.mark.parametrize(("before", "after"), TITLES.values(), ids=TITLES)
def test_the_title_is_set_where_it_is(before: str, after: str) -> None:
    """The line that names the note gets other words and keeps label, number and week."""
    note = weeknote.parse(before, dialect="markdown")
    assert weeknote.dump(weeknote.set_title(note, "sun")) == after


@pytest.mark.parametrize("title", ["w/c 6 [May: rain](/map) and sun", "w/c *6 May: rain* and sun"])
def test_words_that_begin_inside_a_link_or_emphasis_are_refused(title: str) -> None:
    """Half of a link has no text of its own, and none of it is dropped."""
    note = weeknote.parse(f"# Weeknote {title}\n", dialect="markdown")
    with pytest.raises(weeknote.CannotExpressError, match="inside a link or emphasis"):
        weeknote.set_title(note, "sun")


def test_a_role_goes_before_a_title_that_is_not_there() -> None:
    """A section is found by its role, whatever its title."""
    note = weeknote.parse("# Week 12\n\n## What I learned\n\n- a\n", dialect="markdown")
    assert weeknote.dump(weeknote.append(note, "learning", "b")).endswith("- a\n- b\n")


@pytest.mark.parametrize(
    ("title", "written"),
    [
        (weeknote.Role.HIGHLIGHTS, "Other highlights from last week were:"),
        ("highlights", "Other highlights from last week were:"),
        ("learning", "Something I’m learning"),
        ("Highlights", "Highlights"),
        ("Learning", "Learning"),
        ("Maps", "Maps"),
    ],
)
def test_a_role_names_its_section(title: str, written: str) -> None:
    """The word for a role, as `append` takes it, gets the vocabulary's title; any other title is written as given."""
    note = weeknote.add_section(weeknote.parse("# w/c 6 May\n"), title, "Honey.")
    assert [section.title for section in note.sections] == [written]
