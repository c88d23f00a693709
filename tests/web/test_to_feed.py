"""Notes as Atom and JSON Feed, by the rules that the W3C's validator checks."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal
from xml.etree import ElementTree as ET

import feedparser  # type: ignore[import-untyped] # it has no types
import pytest

import weeknote
from weeknote import to_feed
from weeknote.errors import UndatedNoteError

if TYPE_CHECKING:
    from collections.abc import Iterable

ATOM = "{http://www.w3.org/2005/Atom}"
SITE: dict[str, Any] = {"title": "Notes & more", "url": "https://site.example/notes/"}

NOTES = [
    weeknote.parse(
        "---\ndate: 2024-03-15\ntags: [maps]\n---\n# Week 11\n\n[A](../a) ![b](b.png)\n", name="2024/week-11.md"
    ),
    weeknote.parse("---\ndate: 2024-03-22\npermalink: /n/12/\nlastmod: 2024-04-01\n---\n# Week <12>\n\n*Good*.\n"),
    weeknote.parse("# Weeknote w/c 25 March 2024\n\nA NUL \x00 and \x0b.\n", name="w/13/index.md"),
    weeknote.parse("---\ndate: 2999-01-01\ntitle: Week 14\n---\nToo early.\n"),
]


def entries(notes: Iterable[weeknote.Weeknote]) -> list[ET.Element]:
    """Return the entries of an Atom feed of notes."""
    return ET.fromstring(to_feed(notes, **SITE)).findall(f"{ATOM}entry")


def said(element: ET.Element, name: str) -> str:
    """Return what a child of an element says."""
    return element.findtext(ATOM + name) or ""


def test_an_atom_feed_has_what_the_rules_ask_for() -> None:
    """Id, title, time and author of the feed; its own address where that is known (RFC 4287 4.1.1)."""
    feed = ET.fromstring(to_feed(NOTES, **SITE, author="Ann", feed_url="https://site.example/feed.xml"))
    assert feed.tag == f"{ATOM}feed"
    assert (said(feed, "title"), said(feed, "id")) == ("Notes & more", "https://site.example/notes/")
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Ann"
    assert {(link.get("rel"), link.get("href")) for link in feed.findall(f"{ATOM}link")} == {
        ("alternate", "https://site.example/notes/"),
        ("self", "https://site.example/feed.xml"),
    }
    assert said(feed, "updated") == max(said(entry, "updated") for entry in feed.findall(f"{ATOM}entry"))


def test_entries_are_unique_dated_and_newest_first() -> None:
    """Each has one id, one title and times with a zone, none of them in the future."""
    found = entries(NOTES)
    assert [said(entry, "title") for entry in found] == [
        "Week 14",
        "Weeknote w/c 25 March 2024",
        "Week <12>",
        "Week 11",
    ]
    assert [said(entry, "id") for entry in found] == [
        "https://site.example/notes/week-14/",
        "https://site.example/notes/13/",
        "https://site.example/n/12/",
        "https://site.example/notes/week-11/",
    ]
    times = [datetime.fromisoformat(said(entry, name)) for entry in found for name in ("published", "updated")]
    assert all(moment.tzinfo is not None and moment <= datetime.now(UTC) for moment in times)
    assert said(found[2], "updated") == "2024-04-01T00:00:00+00:00"
    assert said(found[1], "published") == "2024-03-31T00:00:00+00:00"


def test_ids_stay_when_notes_are_added() -> None:
    """Of two notes with one address the older has it as it is, so that a newer one changes no id."""
    same = [weeknote.parse(f"---\ndate: 2024-03-{day}\ntitle: Notes\n---\n") for day in (1, 8, 15)]
    before = {said(entry, "published"): said(entry, "id") for entry in entries(same[:2])}
    after = {said(entry, "published"): said(entry, "id") for entry in entries(same)}
    assert len(set(after.values())) == 3
    assert before.items() <= after.items()


def test_addresses_in_an_entry_are_absolute() -> None:
    """A reader of feeds does not know where a relative one starts."""
    content = said(entries(NOTES)[3], "content")
    assert re.findall(r'(?:href|src)="([^"]*)"', content) == [
        "https://site.example/notes/a",
        "https://site.example/notes/week-11/b.png",
    ]


@pytest.mark.parametrize("kind", ["atom", "json"])
def test_a_feed_is_read_back(kind: Literal["atom", "json"]) -> None:
    """What `from_feed` reads from it are the notes that went in."""
    back = weeknote.from_feed(to_feed(NOTES[:2], kind, **SITE), front_matter=None)
    assert [weeknote.dump(one.note) for one in back] == [
        "# Week <12>\n\n*Good*.\n",
        "# Week 11\n\n[A](https://site.example/notes/a) ![b](https://site.example/notes/week-11/b.png)\n",
    ]
    assert [one.published for one in back] == [note.published for note in NOTES[1::-1]]


def test_feedparser_finds_nothing_wrong() -> None:
    """The reader that most programs use takes the feed as well-formed, and finds every entry."""
    feed = feedparser.parse(io.BytesIO(to_feed(NOTES, **SITE).encode()))
    assert not feed.bozo
    assert [entry.id for entry in feed.entries] == [said(entry, "id") for entry in entries(NOTES)]


def test_a_json_feed_has_what_the_rules_ask_for() -> None:
    """Version, title and items, each item with an id and its words (jsonfeed.org, version 1.1)."""
    feed = json.loads(to_feed(NOTES[:1], "json", **SITE, author="Ann"))
    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Notes & more",
        "home_page_url": "https://site.example/notes/",
        "authors": [{"name": "Ann"}],
        "items": [
            {
                "id": "https://site.example/notes/week-11/",
                "url": "https://site.example/notes/week-11/",
                "title": "Week 11",
                "content_html": '<p><a href="https://site.example/notes/a">A</a> '
                '<img src="https://site.example/notes/week-11/b.png" alt="b" /></p>\n',
                "date_published": "2024-03-15T00:00:00+00:00",
                "date_modified": "2024-03-15T00:00:00+00:00",
                "tags": ["maps"],
            }
        ],
    }


def test_a_note_of_two_weeks_is_dated_by_its_last_day() -> None:
    """A range states one `Week`, whose end is the Sunday of the second."""
    note = weeknote.parse("# Weeknote 6 - 17 May 2024: maps\n\nHi.\n", name="a.md")
    (item,) = json.loads(to_feed([note], "json", **SITE))["items"]
    assert item["date_published"].startswith("2024-05-19")


def test_a_note_without_a_date_is_refused() -> None:
    """The error holds the note, and says what to write into it."""
    note = weeknote.parse("# Notes\n", name="a.md")
    with pytest.raises(UndatedNoteError, match=r"^a.md: .*date: ") as caught:
        to_feed([note], **SITE)
    assert caught.value.node is note


@pytest.mark.parametrize(
    "wrong", [{"kind": "rss"}, {"url": "/notes/"}, {"feed_url": "feed.xml"}], ids=["kind", "url", "feed_url"]
)
def test_what_no_feed_can_have_is_refused(wrong: dict[str, Any]) -> None:
    """Only two kinds are written, and only absolute addresses."""
    with pytest.raises(ValueError, match=r"kind|absolute"):
        to_feed(NOTES, **{**SITE, **wrong})


@pytest.mark.parametrize("given", [["# Week 12"], "# Week 12", [weeknote.Archive()]], ids=["text", "a text", "archive"])
def test_a_feed_is_made_of_weeknotes(given: Any) -> None:
    """Anything else is the caller's mistake, and the message says what to pass."""
    with pytest.raises(TypeError, match="to_feed takes weeknotes, not"):
        to_feed(given, title="Notes", url="https://site.example/")
