"""Bylines: the lines a site prints around a title, as opposed to the author's own."""

from __future__ import annotations

from datetime import date

import pytest

from weeknote.headings.bylines import is_byline, is_date_line, is_name, is_navigation, published_in

BYLINES = {
    "Posted on March 1, 2021": date(2021, 3, 1),
    "Posted on March 1, 2021 by Ada Lovelace": date(2021, 3, 1),
    "Posted by Ada at March 05, 2021": date(2021, 3, 5),
    "Posted in Weeknotes": None,
    "Published: 2021-03-01": date(2021, 3, 1),
    "Last updated: 2 March 2021": None,
    "Published 1 March 2021, updated 3 March 2021": date(2021, 3, 1),
    "By Ada Lovelace | March 1, 2021 | Weeknotes | 0 Comments": date(2021, 3, 1),
    "Ada Lovelace, 1 March 2021 - Weeknotes": date(2021, 3, 1),
    "by Ada Lovelace March 1, 2021": date(2021, 3, 1),
    "Mar 1, 2021 — 3 min read": date(2021, 3, 1),
    "3 min readAug 9, 2021": date(2021, 8, 9),
    "March 1, 2021March 2, 2021": date(2021, 3, 1),
    "March 7, 2021 · 3 min · Ada": date(2021, 3, 7),
    "Friday, 5 March 2021": date(2021, 3, 5),
    "27.01.2014": date(2014, 1, 27),
    "1 March": None,
    "Ada Lovelace|1 March 2021": date(2021, 3, 1),
    "Ada Lovelace\n1 March 2021\n3 min read": date(2021, 3, 1),
    "1 March 2021 / weeknotes": date(2021, 3, 1),
    "Est. reading time 3 min": None,
    "in Weeknotes": None,
    "Filed under: Weeknotes, Agile": None,
    "Tags: ponds, bees": None,
    "Reading time: 3 minutes": None,
    "5 minute read": None,
    "12 comments": None,
    "Leave a comment": None,
    "Click to share on Twitter (Opens in new window)": None,
    "Follow": None,
    "Ada’s avatar": None,
    "von Ada": None,
    "Lesezeit: 3 Minuten": None,
    "Mar 1, 2021 ∞": date(2021, 3, 1),
    "📅 1 March 2021 ⏱ 3 min read": date(2021, 3, 1),
    "Author: Ada Lovelace, Head of Lamps": None,
    "Post author: Ada": None,
    "Post published: March 1, 2021": date(2021, 3, 1),
    "Post comments: 0 Comments": None,
    "2021-03-01T09:00:00Z": date(2021, 3, 1),
    "Posted in Weeknotes on 1 March 2021": date(2021, 3, 1),
    "in weeknotes on 1 March 2021": date(2021, 3, 1),
    "March 1, 2021 By Ada Leave a Comment": date(2021, 3, 1),
    "— 3 min read": None,
    "#weeknotes #lamps": None,
    "公開日：2021年3月1日": date(2021, 3, 1),
    "Lesedauer: 3 Minuten": None,
    "Zuletzt aktualisiert am 2. März 2021": None,
}

OWN_LINES = [
    "By March we had a map.",
    "Published the new form.",
    "Posted a letter to all tenants",
    "Updated the website",
    "3 comments were about maps.",
    "Share this with your team.",
    "1 March was a good day",
    "March madness",
    "Play and learn",
    "Follow the money",
    "Tweet of the week",
    "Like a rolling stone",
    "5 minutes of fame",
    "Posted 12 letters to residents",
    "A week of maps",
    "#12",
    "Sent the map on 1 March 2021 to all",
    "The 1 March 2021 meeting",
    "Contents insurance",
    "More maps",
    "",
    "x" * 400,
]


@pytest.mark.parametrize(("line", "published"), BYLINES.items(), ids=BYLINES)
def test_a_site_s_line_is_a_byline(line: str, published: date | None) -> None:
    """It is nothing but date, author, reading time and the like, and its date is that of publication."""
    assert is_byline(line)
    assert published_in(line) == published


@pytest.mark.parametrize("line", OWN_LINES, ids=lambda line: line[:40])
def test_an_author_s_line_is_none(line: str) -> None:
    """A line that says more than a byline does is the author's."""
    assert not is_byline(line)
    assert published_in(line) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        *[("1 March 2021", True), ("Friday, 5 March", True), ("5 March: maps", False), ("Maps", False)],
        ("1" * 400, False),
    ],
)
def test_a_line_that_is_a_date(line: str, expected: bool) -> None:
    """Nothing else is in it."""
    assert is_date_line(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        *[("Skip to content", True), ("Home » Blog » Weeknotes", True), ("← Back to blog", True), ("Weeknotes", True)],
        *[("Homes for all", False), ("We said « yes »", False), ("x" * 400, False)],
    ],
)
def test_navigation(line: str, expected: bool) -> None:
    """Menus, breadcrumbs and a bare category are; sentences with arrows or quotes are not."""
    assert is_navigation(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ada Lovelace", True),
        ("2", True),
        ("--", True),
        ("Ada van der Berg", True),
        ("the pond", False),
        ("Rain.", False),
    ],
)
def test_what_could_be_a_name(line: str, expected: bool) -> None:
    """Capitalised words or a counter; a word with a full stop is a sentence."""
    assert is_name(line) is expected
