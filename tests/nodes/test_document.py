"""What a note says: where its title lives, its weeks and the evidence for their years, numbers, dates, roles."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import attrs
import pytest

import weeknote
from weeknote import (
    Heading,
    Paragraph,
    Role,
    Section,
    UnknownDialectError,
    Week,
    WeeknoteError,
    dump,
    parse,
    parse_archive,
)
from weeknote.codec.parse import dialect_of
from weeknote.errors import TextTypeError
from weeknote.headings import VOCABULARY, Episode, read_title
from weeknote.nodes import SectionTree
from weeknote.nodes.document import blocks_of

if TYPE_CHECKING:
    from collections.abc import Callable


class Titled(NamedTuple):
    """A Markdown note, the text of the heading that names it, its title, and the titles of its sections."""

    text: str
    heading: str | None
    title: str | None
    sections: list[str]


FRONT = "---\ntitle: {}\n---\n\n"

TITLES = {
    "an H1": Titled("# Rain and maps\n\na\n\n## Maps\n", "Rain and maps", "Rain and maps", ["Maps"]),
    "an H1 with label and week": Titled(
        "# Weeknote w/c 6 May: rain\n\n## Maps\n", "Weeknote w/c 6 May: rain", "rain", ["Maps"]
    ),
    "an H1 of label and week alone": Titled("# Weeknote w/c 6 May\n\n## Maps\n", "Weeknote w/c 6 May", None, ["Maps"]),
    "a setext heading": Titled("Rain\n====\n\nMaps\n----\n", "Rain", "Rain", ["Maps"]),
    "an H2 that reads like a weeknote's": Titled("## Week 12: rain\n\n### Maps\n", "Week 12: rain", "rain", ["Maps"]),
    "an H2 that does not": Titled("## Maps\n\na\n\n## Forms\n", None, None, ["Maps", "Forms"]),
    "an H3 is too deep": Titled("### Week 12: rain\n\na\n", None, None, ["Week 12: rain"]),
    "words before the first heading": Titled("It rained.\n\n# Maps\n", None, None, ["Maps"]),
    "several H1s, none a weeknote's": Titled("# Maps\n\na\n\n# Forms\n", None, None, ["Maps", "Forms"]),
    "several H1s, the first a weeknote's": Titled(
        "# Week 12\n\n# Maps\n\n# Forms\n", "Week 12", None, ["Maps", "Forms"]
    ),
    "front matter alone": Titled(FRONT.format("Rain") + "It rained.\n", None, "Rain", []),
    "front matter and the same H1": Titled(FRONT.format("Rain") + "# Rain\n\na\n", "Rain", "Rain", []),
    "the same in other case and quotes": Titled(
        FRONT.format('"Rain, maps"') + "# RAIN: maps\n", "RAIN: maps", "RAIN: maps", []
    ),
    "front matter and another H1": Titled(FRONT.format("Rain") + "# Maps\n\na\n", None, "Rain", ["Maps"]),
    "front matter and another H1 of a weeknote": Titled(
        FRONT.format("Rain") + "# Week 12: maps\n", None, "Rain", ["Week 12: maps"]
    ),
    "front matter without a title": Titled("---\ndate: 2024-05-06\n---\n# Rain\n\na\n", "Rain", "Rain", []),
    "front matter with an empty title": Titled("---\ntitle: ''\n---\n# Rain\n\na\n", "Rain", "Rain", []),
    "front matter that is broken": Titled("---\ntitle: [\n---\n## Maps\n", None, None, ["Maps"]),
    "the week in front matter, a title nowhere": Titled(FRONT.format("Week 12") + "a\n", None, None, []),
    "markup in the heading": Titled("# *Rain* and [maps](/m) `x`\n", "Rain and maps x", "Rain and maps x", []),
    "nothing": Titled("", None, None, []),
    "a list and nothing else": Titled("- rain\n- maps\n", None, None, []),
}


@pytest.mark.parametrize("case", TITLES.values(), ids=TITLES)
def test_the_title_lives_in_the_heading_line_or_the_front_matter_or_nowhere(case: Titled) -> None:
    """The heading names the note if it is its first block and no other title contradicts it."""
    note = parse(case.text, dialect="markdown")
    assert (None if note.heading is None else note.heading.text) == case.heading
    assert note.title == case.title
    assert [section.title for section in note.sections] == case.sections


class Evident(NamedTuple):
    """A note, what is known beside it, the Mondays of its weeks, and where their years came from."""

    text: str
    known: dict[str, Any]
    starts: list[date | None]
    evidence: list[str | None]


def test_a_template_s_placeholder_is_the_heading_of_a_titled_note() -> None:
    """The template prints the front matter's title there."""
    heading = parse("---\ntitle: Maps\n---\n\n# {{ page.title }}\n\na\n").heading
    assert heading is not None
    assert heading.text == "{{ page.title }}"


def test_plain_text_has_no_front_matter() -> None:
    """The lines that Markdown would have there are text."""
    note = parse("---\ntitle: Maps\n---\n\na\n", dialect="text")
    assert note.front_matter is None
    assert len(note.intro) == 2


DATED = "---\ntitle: Weeknote w/c 6 May\ndate: 2019-05-12\n---\n\na\n"
MONDAY = date(2019, 5, 6)

EVIDENCE = {
    "nothing": Evident("# w/c 6 May: rain\n", {}, [None], [None]),
    "a stated year": Evident("# w/c 6 May 2019: rain\n", {}, [MONDAY], ["stated"]),
    "a stated year before near": Evident("# w/c 6 May 2019\n", {"near": date(2024, 5, 1)}, [MONDAY], ["stated"]),
    "near": Evident("# w/c 6 May: rain\n", {"near": date(2019, 5, 13)}, [MONDAY], ["near"]),
    "near, across the new year": Evident(
        "# w/c 30 December\n", {"near": date(2020, 1, 6)}, [date(2019, 12, 30)], ["near"]
    ),
    "near, for two weeks": Evident(
        "# w/c 30 December & 6 January\n",
        {"near": date(2020, 1, 10)},
        [date(2019, 12, 30), date(2020, 1, 6)],
        ["near", "near"],
    ),
    "front matter": Evident(DATED, {}, [MONDAY], ["front matter"]),
    "near before front matter": Evident(DATED, {"near": date(2024, 5, 1)}, [date(2024, 5, 6)], ["near"]),
    "a file name": Evident("# w/c 6 May\n", {"name": "posts/2019-05-12-rain.md"}, [MONDAY], ["file name"]),
    "front matter before a file name": Evident(DATED, {"name": "2024-05-12.md"}, [MONDAY], ["front matter"]),
    "near before a file name": Evident(
        "# w/c 6 May\n", {"name": "2024-05-12.md", "near": date(2019, 5, 1)}, [MONDAY], ["near"]
    ),
    "a year under a key": Evident("---\nyear: 2019\n---\n\n# w/c 6 May\n", {}, [MONDAY], ["front matter"]),
    "a year under a key in which it is no Monday": Evident(
        "---\nyear: 2020\n---\n\n# w/c 6 May\n", {"name": "2020/rain.md"}, [None], [None]
    ),
    "a folder named after a year": Evident("# w/c 6 May\n", {"name": "2019/rain.md"}, [MONDAY], ["file name"]),
    "a folder of the year after": Evident(
        "# w/c 30 December\n", {"name": "2020/rain.md"}, [date(2019, 12, 30)], ["file name"]
    ),
    "a folder of a year in which it is no Monday": Evident("# w/c 6 May\n", {"name": "2020/rain.md"}, [None], [None]),
    "a file name before a folder": Evident(
        "# w/c 6 May\n", {"name": "2024/2019-05-12-rain.md"}, [MONDAY], ["file name"]
    ),
    "a file name without a date": Evident("# w/c 6 May\n", {"name": "rain.md"}, [None], [None]),
    "a week in the file name": Evident("It rained.\n", {"name": "2019-W19.md"}, [MONDAY], ["file name"]),
    "links are no evidence": Evident(
        "# w/c 6 May\n\n[a](https://example.org/2019/05/06/a) https://example.org/2019/05/\n", {}, [None], [None]
    ),
    "years in the words are no evidence": Evident(
        "# w/c 6 May: the 2019 census\n\nIn 2019 it rained.\n", {}, [None], [None]
    ),
    "no week": Evident("# Rain\n", {"near": MONDAY, "name": "2019-05-12.md"}, [], []),
}


@pytest.mark.parametrize("case", EVIDENCE.values(), ids=EVIDENCE)
def test_an_unwritten_year_comes_from_evidence_or_stays_unknown(case: Evident) -> None:
    """`near`, then front matter, then the file name decide, and each week says which of them did."""
    weeks = parse(case.text, dialect="markdown", **case.known).weeks
    assert [week.start for week in weeks] == case.starts
    assert [week.evidence for week in weeks] == case.evidence


MARCH = date(2024, 3, 4)

# The lines of front matter, the Monday of each week, how it is stated, and where its year came from.
UNDER_KEYS: dict[str, tuple[str, list[date | None], list[str], list[str | None]]] = {
    "week ending": ("week_ending: 2024-03-08", [MARCH], ["w/e"], ["front matter"]),
    "in other spellings": ("Week-Ending: 8 March 2024", [MARCH], ["w/e"], ["front matter"]),
    "in one word": ("weekEnding: 2024-03-08T00:00:00.000Z", [MARCH], ["w/e"], ["front matter"]),
    "in two words, day first": ('"week ending": 08/03/2024', [MARCH], ["w/e"], ["front matter"]),
    "week commencing": ("week_commencing: 2024-03-04", [MARCH], ["w/c"], ["front matter"]),
    "week commencing, no Monday": ("week_commencing: 2024-03-05", [MARCH], ["w/c"], ["front matter"]),
    "week beginning": ("week-beginning: 2024-03-04", [MARCH], ["w/b"], ["front matter"]),
    "week of": ("week_of: Mar 6, 2024", [MARCH], ["week of"], ["front matter"]),
    "w/e": ("title: Rain\nw/e: 2024-03-08", [MARCH], ["w/e"], ["front matter"]),
    "an ISO week": ("week: 2024-W10", [MARCH], ["iso"], ["front matter"]),
    "an ISO week with its days": ("week: 2024-W10 - 4 to 10 March", [MARCH], ["iso"], ["front matter"]),
    "a day": ("week: 2024-03-06", [MARCH], ["date"], ["front matter"]),
    "a range": ("week: 4-10 March 2024", [MARCH], ["range"], ["front matter"]),
    "a range with two years": (
        "week: 30 December 2024 - 5 January 2025",
        [date(2024, 12, 30)],
        ["range"],
        ["front matter"],
    ),
    "w/c in the value": ("week: w/c 4 March 2024", [MARCH], ["w/c"], ["front matter"]),
    "two weeks": (
        "week_commencing: 4 & 11 March 2024",
        [MARCH, date(2024, 3, 11)],
        ["w/c", "w/c"],
        ["front matter", "front matter"],
    ),
    "a year that is not written": ("week_ending: 8 March", [None], ["w/e"], [None]),
    "a year that the date tells": ("week_ending: 8 March\ndate: 2024-03-09", [MARCH], ["w/e"], ["front matter"]),
    "an empty key before another": ("week_commencing:\nweek_ending: 2024-03-08", [MARCH], ["w/e"], ["front matter"]),
    "a title without a week": ("title: Rain\nweek_ending: 2024-03-08", [MARCH], ["w/e"], ["front matter"]),
    "a title with a number": ("title: 'Weeknotes #6'\nweek_ending: 2024-03-08", [MARCH], ["w/e"], ["front matter"]),
    "a title with a week": ("title: w/c 6 May 2019\nweek_ending: 2024-03-08", [MONDAY], ["w/c"], ["stated"]),
    "a number": ("week: 10", [], [], []),
    "a number in quotes": ("week: '10'", [], [], []),
    "a month": ("week: 2024-03", [], [], []),
    "a year and a number": ("week: [2024, 10]", [MARCH], ["iso"], ["front matter"]),
    "a number beside a year": ("week: 10\nyear: 2024", [MARCH], ["iso"], ["front matter"]),
    "words": ("week: the one with the rain", [], [], []),
    "a day and other words": ("week: 4 March 2024 and what came of it", [], [], []),
    "a day that does not exist": ("week_ending: 2024-02-31", [], [], []),
    "a year of no weeknote": ("week_ending: 0204-03-08", [], [], []),
    "other dates": ("date: 2024-03-08\nmodified: 2024-03-09\nexpires: 2024-03-10", [], [], []),
    "a key that only begins like one": ("week_ending_notes: 2024-03-08\nweeknotes: 2024-W10", [], [], []),
}


@pytest.mark.parametrize(("lines", "starts", "styles", "evidence"), UNDER_KEYS.values(), ids=UNDER_KEYS)
def test_a_key_of_the_front_matter_may_state_the_week(
    lines: str, starts: list[date | None], styles: list[str], evidence: list[str | None]
) -> None:
    """It does if its name says so and its value is a week and nothing else."""
    note = parse(f"---\n{lines}\n---\n\nIt rained.\n")
    assert [week.start for week in note.weeks] == starts
    assert [week.style for week in note.weeks] == styles
    assert [week.evidence for week in note.weeks] == evidence
    bare = lines in ("week: 10", "week: '10'")
    assert note.numbers == ((6,) if "#6" in lines else (10,) if bare else ())


@pytest.mark.parametrize(
    ("lines", "numbers", "episode"),
    [
        ("issue: 12", (12,), None),
        ("issue_number: '012'", (12,), None),
        ("weeknote: 12", (12,), None),
        ("number: 12\ntitle: 'Weeknotes #6'", (6,), None),
        ("week: 173", (173,), None),
        ("week: 10\nyear: 2024\nissue: 4", (4,), None),
        ("season: 2\nepisode: 4", (), Episode(2, 4)),
        ("season: 05\nepisode: 09", (), Episode(5, 9)),
        ("season: 2\nepisode: 4\ntitle: S03E01", (), Episode(3, 1)),
        ("season: 2\nepisode: 4\nissue: 12", (), Episode(2, 4)),
        ("season: spring\nepisode: 4", (), None),
        ("issue: true", (), None),
        ("issue: 12 and 13", (), None),
        ("issue: -1", (), None),
        ("issue: 20240506", (), None),
        ("issues: 12", (), None),
    ],
)
def test_a_key_of_the_front_matter_may_state_the_number(
    lines: str, numbers: tuple[int, ...], episode: Episode | None
) -> None:
    """It does where the title has none."""
    note = parse(f"---\n{lines}\n---\n\nIt rained.\n")
    assert (note.numbers, note.episode) == (numbers, episode)


@pytest.mark.parametrize(
    "front",
    ["+++\nweek_ending = 2024-03-08\n+++", "+++\nweek = '2024-W10'\n+++", "Title: Rain\nWeek-Ending: 2024-03-08\n"],
    ids=["TOML", "TOML, an ISO week", "lines without fences"],
)
def test_a_key_states_the_week_in_every_kind_of_front_matter(front: str) -> None:
    """The name of the key and the value count, not how they are written."""
    assert [week.start for week in parse(f"{front}\n\nIt rained.\n").weeks] == [MARCH]


def test_the_heading_goes_before_a_key_and_a_key_before_the_file_s_name() -> None:
    """What a reader sees first counts first; and the week is never the day of publication."""
    front = "---\nweek_ending: 2024-03-08\n---\n\n"
    assert parse(front + "# Weeknote w/c 6 May 2019\n").weeks[0].start == MONDAY
    note = parse(front + "# Weeknote\n", name="2019-W19.md")
    assert note.weeks[0].start == MARCH
    assert note.published is None
    assert parse("---\ndate: 2024-03-08\n---\n\nIt rained.\n").weeks == ()


def test_front_matter_with_a_week_is_that_of_one_note() -> None:
    """Headings that look like notes are its sections then, as they are where the title names a week."""
    text = "---\nweek_ending: 2024-03-08\n---\n\n# Week 10\n\nRain.\n\n# Week 9\n\nSun.\n"
    archive = parse_archive(text)
    assert len(archive.entries) == 1
    assert archive.weeknotes[0].weeks[0].start == MARCH
    assert dump(archive) == text


def test_a_day_that_is_no_monday_stays_as_it_was_stated() -> None:
    """`w/c 7 May 2019` says the seventh, and its week begins on the Monday before."""
    (week,) = parse("# w/c 7 May 2019\n").weeks
    assert (week.day, week.month, week.year, week.start) == (7, 5, 2019, MONDAY)


NUMBERS: dict[str, tuple[tuple[int, ...], Episode | None]] = {
    "# Weeknote #12: rain": ((12,), None),
    "# Weeknote 16": ((16,), None),
    "# Week 241: rain": ((241,), None),
    "# Weeknotes #30-31-32": ((30, 31, 32), None),
    "# Weeks 541 & 542": ((541, 542), None),
    "# Weeknote S02E04: rain": ((), Episode(2, 4)),
    "# Season 1: Episode 1": ((), Episode(1, 1)),
    "# Rain": ((), None),
    "---\ntitle: 'Weeknote #12'\n---\na": ((12,), None),
    "---\ntitle: 'S02E04: rain'\n---\na": ((), Episode(2, 4)),
}


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_and_episodes_come_from_the_heading_or_the_front_matter_s_title(text: str) -> None:
    """Issue numbers, week numbers and episodes are found wherever the note is named."""
    note = parse(text, dialect="markdown")
    assert (note.numbers, note.episode) == NUMBERS[text]


PUBLISHED: dict[str, tuple[str, str | None, date | None]] = {
    "front matter": ("---\ntitle: Rain\ndate: 2019-05-12\n---\n", None, date(2019, 5, 12)),
    "the file name": ("# Rain\n", "_posts/2019-05-12-rain.md", date(2019, 5, 12)),
    "front matter first": ("---\ndate: 2019-05-12\n---\n", "2024-05-12.md", date(2019, 5, 12)),
    "front matter that says nothing of it": ("---\ntitle: Rain\n---\n", "2024-05-12.md", date(2024, 5, 12)),
    "a heading is no evidence": ("# w/c 6 May 2019\n", None, None),
    "nothing": ("# Rain\n", "rain.md", None),
}


@pytest.mark.parametrize(("text", "name", "day"), PUBLISHED.values(), ids=PUBLISHED)
def test_the_day_of_publication_comes_from_front_matter_or_file_name(
    text: str, name: str | None, day: date | None
) -> None:
    """It is never taken for the week, nor the week for it."""
    note = parse(text, dialect="markdown", name=name)
    assert note.published == day
    assert note.weeks == (parse("# w/c 6 May 2019\n").weeks if "w/c" in text else ())


SECTIONED = """\
# Weeknote w/c 6 May: rain

## Maps

A.

## Other highlights from last week were:

- B

## Field diary

C.

## What we learned

D.

## Highlights

E.

## Machine learning

F.
"""


def test_sections_have_roles_and_the_note_knows_its_first_of_each() -> None:
    """Highlights and learning are the first section of that role; themes are all that have none."""
    note = parse(SECTIONED)
    assert [str(s.role) for s in note.sections] == ["theme", "highlights", "theme", "learning", "highlights", "theme"]
    assert note.highlights is note.sections[1]
    assert note.learning is note.sections[3]
    assert note.themes == (note.sections[0], note.sections[2], note.sections[5])
    assert [s.depth for s in note.sections] == [2] * 6


def test_a_note_without_such_sections_has_none() -> None:
    """`highlights` and `learning` are None, and `themes` is empty."""
    note = parse("It rained.\n")
    assert (note.highlights, note.learning, note.themes, note.sections, note.links) == (None, None, (), (), ())


@pytest.mark.parametrize("dialect", ["markdown", "text"])
def test_a_vocabulary_of_one_s_own_decides_roles(dialect: str) -> None:
    """Phrases that are added make roles, in headings with marks and without, also where the shape alone would not."""
    mark = "## " if dialect == "markdown" else ""
    text = f"{mark}Rain\n\nIt rained.\n\n{mark}field notes:\n\nD.\n"
    mine = VOCABULARY.extended({Role.LEARNING: ["Field notes"]})
    learning = parse(text, dialect=dialect, vocabulary=mine).learning
    assert learning is not None
    assert learning.title == "field notes:"
    assert parse(text, dialect=dialect).learning is None
    assert weeknote.parse_archive(text, dialect=dialect, vocabulary=mine).weeknotes[0].learning is not None


def test_headings_of_every_depth_open_sections_flat_and_in_order() -> None:
    """A section ends at the next heading, whatever its depth."""
    note = parse("# Week 12\n\n### a\n\n## b\n\n###### c\n\nd\n")
    assert [(s.title, s.depth, len(s.blocks)) for s in note.sections] == [("a", 3, 0), ("b", 2, 0), ("c", 6, 1)]


def test_links_are_found_everywhere_in_the_order_of_the_text() -> None:
    """Heading, intro, lists, tables, quotations and the trailer may hold links."""
    text = (
        "# Week 12: [a](/1)\n\n[b](/2) *[c](/3)*\n\n## [d](/4)\n\n- [e](/5)\n\n> [f](/6)\n\n"
        "| [g](/7) |\n|--|\n\n[h][x]\n\n[x]: /8\n\nComments are closed.\n\n[i](/9)\n"
    )
    note = parse(text)
    assert [link.url for link in note.links] == [f"/{n}" for n in range(1, 10)]
    assert len(note.trailer) == 2


def test_a_changed_note_says_what_it_now_says() -> None:
    """Title, weeks and roles are worked out from the words, so an edited note cannot contradict itself."""
    note = parse("# w/c 6 May: rain\n\n## Maps\n", near=date(2019, 5, 6))
    changed = attrs.evolve(note, heading=Heading(1, "w/c 13 May: sun"), sections=[Section(Heading(2, "TIL"))])
    assert (changed.title, changed.weeks[0].start) == ("sun", date(2019, 5, 13))
    assert changed.learning is not None
    assert (note.title, note.learning) == ("rain", None)
    assert changed.slice is None


def test_what_a_heading_says_can_be_asked_without_a_note() -> None:
    """`read_title` reads one line."""
    title = read_title("Weeknote w/c 6 May: rain")
    assert (title.title, title.weeks) == ("rain", (Week(day=6, month=5),))


@pytest.mark.parametrize("read", [parse, weeknote.parse_archive])
@pytest.mark.parametrize("given", [b"# Rain\n", None, 12, ["# Rain"], bytearray(b"a")], ids=lambda g: type(g).__name__)
def test_what_is_no_text_is_refused_with_advice(read: Any, given: Any) -> None:
    """The message names the type that came and says to decode bytes first."""
    with pytest.raises(TextTypeError, match=f"not {type(given).__name__}; decode bytes first") as caught:
        read(given)
    assert isinstance(caught.value, WeeknoteError)
    assert isinstance(caught.value, TypeError)
    assert (caught.value.found, caught.value.expected) == (type(given), str)


@pytest.mark.parametrize("read", [parse, weeknote.parse_archive])
def test_a_dialect_that_does_not_exist_is_refused_with_those_that_do(read: Any) -> None:
    """The error lists the dialects."""
    with pytest.raises(
        UnknownDialectError, match="unknown dialect 'rst'; expected one of 'markdown', 'text'"
    ) as caught:
        read("a", dialect="rst")
    assert (caught.value.found, caught.value.expected) == ("rst", ("markdown", "text"))


DIALECTS = {
    "front matter": ("---\ntitle: Rain\n---\n\n• a\n", "markdown"),
    "an ATX heading": ("Weeknote w/c 6 May\n\n# Rain\n", "markdown"),
    "a fence": ("• a\n\n```\n", "markdown"),
    "a link": ("Weeknote w/c 6 May\n\n[a](/b)\n", "markdown"),
    "bold": ("• **a**\n", "markdown"),
    "a picture": ("Weeknote 1\n\n![](a.png)\n", "markdown"),
    "a quotation": ("• a\n\n> b\n", "markdown"),
    "a definition": ("• a\n\n[b]: /c\n", "markdown"),
    "a table": ("• a\n\nb | c\n--|--\n", "markdown"),
    "HTML": ("• a\n\n<div>\n", "markdown"),
    "an underlined first line": ("Weeknote w/c 6 May\n===\n", "markdown"),
    "a bullet": ("Rain\n\n  • a\n", "text"),
    "a bullet after a carriage return": ("Rain\r\r  • a\r", "text"),
    "a mark after a carriage return": ("• a\r# Rain\r", "markdown"),
    "an unmarked weeknote heading": ("Weeknote w/c 6 May: rain\n\nIt rained.\n", "text"),
    "the same after a byte order mark": ("\ufeffWeeknote w/c 6 May: rain\n", "text"),
    "the same after blank lines": ("\n\nWeeknote w/c 6 May: rain\n", "text"),
    "a number sign without a blank": ("Weeknote w/c 6 May\n\n#tag\n", "text"),
    "a bullet in the midst": ("Rain • maps\n", "markdown"),
    "a list with hyphens": ("- a\n- b\n", "markdown"),
    "words": ("It rained.\n", "markdown"),
    "nothing": ("", "markdown"),
}


@pytest.mark.parametrize(("text", "dialect"), DIALECTS.values(), ids=DIALECTS)
def test_one_rule_decides_the_dialect(text: str, dialect: str) -> None:
    """Front matter and marks that only Markdown has, then a bullet, then a first line that names a weeknote."""
    assert dialect_of(text) == dialect
    assert parse(text).dialect == dialect
    assert weeknote.parse_archive(text).dialect == dialect


NEWLINES = {"": "\n", "a": "\n", "a\n": "\n", "a\r\n": "\r\n", "a\r": "\r", "a\r\nb\r\nc\n": "\r\n", "a\nb\r\n": "\n"}


@pytest.mark.parametrize(("text", "newline"), NEWLINES.items(), ids=map(repr, NEWLINES))
def test_a_note_knows_its_line_end(text: str, newline: str) -> None:
    """It is the commonest one of the text."""
    assert parse(text).newline == newline


def test_a_built_note_equals_a_read_one() -> None:
    """Equality is by meaning: spelling, places and what is known from outside do not count."""
    built = weeknote.Weeknote(
        heading=Heading(1, "Week 12"),
        intro=[Paragraph("Hello."), weeknote.List(["a", "b"])],
        sections=[Section(Heading(2, "TIL"), "To wait.")],
    )
    text = "Week 12\n=======\n\nHello.\n\n* a\n* b\n\nTIL\n---\n\nTo wait.\n"
    assert parse(text, near=date(2019, 5, 6)) == built
    assert hash(parse(text)) == hash(built)


NO_NOTE: Any = "# Rain\n"

CALLS_WITHOUT_A_NOTE: dict[str, Callable[[], object]] = {
    "check": lambda: weeknote.check(NO_NOTE),
    "fix": lambda: weeknote.fix(NO_NOTE),
    "find_section": lambda: weeknote.find_section(NO_NOTE, "learning"),
    "append": lambda: weeknote.append(NO_NOTE, "learning", "To wait."),
    "replace_many": lambda: weeknote.replace_many(NO_NOTE, []),
    "walk": lambda: next(weeknote.walk(NO_NOTE)),
    "find_all": lambda: next(weeknote.find_all(NO_NOTE, Paragraph)),
}


@pytest.mark.parametrize("call", CALLS_WITHOUT_A_NOTE.values(), ids=CALLS_WITHOUT_A_NOTE)
def test_a_text_is_not_taken_for_a_note(call: Callable[[], object]) -> None:
    """What works on a note says what it got instead of one."""
    with pytest.raises(TypeError, match=r"^str is not allowed here; expected one of: "):
        call()


@pytest.mark.parametrize("read", [parse, parse_archive])
def test_a_date_nearby_is_a_date(read: Callable[..., object]) -> None:
    """A year or an ISO string is refused at once, not when the weeks are asked for."""
    with pytest.raises(TypeError, match="near"):
        read("# Weeknote w/c 6 May\n\nRain.\n\n# Weeknote w/c 29 April\n\nSun.\n", near="2024-05-06")


def test_a_note_cannot_be_built_of_the_wrong_nodes() -> None:
    """A paragraph in a paragraph and a heading of depth 0 or 7 do not exist."""
    paragraph: Any = Paragraph("a")
    with pytest.raises(TypeError, match="Paragraph is not allowed here"):
        Paragraph([paragraph])
    for depth in (0, 7):
        with pytest.raises(ValueError, match="depth"):
            Heading(depth, "a")


@pytest.mark.parametrize(("given", "info"), [("py", "py"), ("", None), (None, None)])
def test_code_without_a_language_has_none(given: str | None, info: str | None) -> None:
    """No words after a fence are none, not words that are empty."""
    assert weeknote.Code("a", given).info == info


A = Heading(1, "a")

WRONG: dict[str, tuple[type[Any], dict[str, Any], str]] = {
    "a section under a paragraph": (Section, {"heading": Paragraph("a")}, "Paragraph .* Heading$"),
    "a section under words": (Section, {"heading": "a"}, "str .* Heading$"),
    "a section under nothing": (Section, {"heading": None}, "NoneType .* Heading$"),
    "a section of items": (Section, {"heading": A, "blocks": [weeknote.ListItem("a")]}, "ListItem .* Paragraph"),
    "a note under a paragraph": (weeknote.Weeknote, {"heading": Paragraph("a")}, "Paragraph .* Heading$"),
    "a note under words": (weeknote.Weeknote, {"heading": "a"}, "str .* Heading$"),
    "words for front matter": (weeknote.Weeknote, {"front_matter": "---\n---"}, "str .* FrontMatter$"),
    "blocks for sections": (weeknote.Weeknote, {"sections": [Paragraph("a")]}, "Paragraph .* Section$"),
    "a heading for a section": (weeknote.Weeknote, {"sections": [A]}, "Heading .* Section$"),
    "a section in the intro": (weeknote.Weeknote, {"intro": [Section(A)]}, "Section .* Paragraph"),
    "a section beside a paragraph": (
        weeknote.Weeknote,
        {"intro": [Paragraph("a"), Section(A)]},
        "Section .* Paragraph",
    ),
    "a section in the trailer": (weeknote.Weeknote, {"trailer": [Section(A)]}, "Section .* Paragraph"),
    "a post under a section": (weeknote.Post, {"heading": Section(A)}, "Section .* Heading$"),
    "blocks for entries": (weeknote.Archive, {"entries": [Paragraph("a")]}, "Paragraph .* Weeknote, Post$"),
    "an archive in an archive": (weeknote.Archive, {"entries": [weeknote.Archive()]}, "Archive .* Weeknote, Post$"),
    "a note for front matter": (weeknote.Archive, {"front_matter": weeknote.Weeknote()}, "Weeknote .* FrontMatter$"),
}


@pytest.mark.parametrize(("cls", "fields", "message"), WRONG.values(), ids=WRONG)
def test_a_document_holds_what_its_fields_are_for(cls: type[Any], fields: dict[str, Any], message: str) -> None:
    """A node of the wrong kind raises an error that lists the right ones, on building and on editing."""
    with pytest.raises(TypeError, match=message.replace(" .* ", " is not allowed here; expected one of: .*")):
        cls(**fields)
    right = cls(**({"heading": A} if cls is Section else {}))
    with pytest.raises(TypeError, match="is not allowed here"):
        attrs.evolve(right, **fields)


@pytest.mark.parametrize("cls", [weeknote.Weeknote, weeknote.Post, weeknote.Archive], ids=lambda cls: cls.__name__)
@pytest.mark.parametrize("newline", ["", "x", "\n\n", None], ids=repr)
def test_a_line_end_is_one_of_three(cls: type[Any], newline: Any) -> None:
    """Another would be written between lines and read as words."""
    with pytest.raises(ValueError, match=r"a line end is '\\n', '\\r\\n' or '\\r', not"):
        cls(newline=newline)


def test_a_note_is_not_replaced_by_a_part_of_one() -> None:
    """Only a note, a post or an archive can replace a whole note."""
    note = parse("# Week 12\n")
    part: Any = Paragraph("a")
    with pytest.raises(TypeError, match="Paragraph is not allowed here; expected one of: Weeknote, Archive"):
        weeknote.replace(note, note, part)
    other: Any = weeknote.Post()
    assert weeknote.replace(note, note, other) is other


def test_every_public_name_is_what_it_says_after_everything_was_used() -> None:
    """A submodule that is imported must not take the place of a function with its name."""
    program = (
        "import weeknote, types\n"
        "weeknote.dump(weeknote.parse('- a'))\n"
        "import weeknote.cli.main, weeknote.editing.tree, weeknote.codec.files\n"
        "wrong = [n for n in weeknote.__all__ if isinstance(getattr(weeknote, n), types.ModuleType)]\n"
        "assert not wrong, wrong\n"
        "assert [type(n).__name__ for n in weeknote.walk(weeknote.parse('a'))][0] == 'Weeknote'\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("text", "name", "evidence"),
    [
        ("---\nweek_ending: 2024-05-10\n---\n\n# Weeknote w/c 6 May: rain\n", None, "front matter"),
        ("# Weeknote w/c 6 May: rain\n", "2024-W19.md", "file name"),
        ("---\ndate: 2024-05-12\n---\n\n# Weeknote 5/6: rain\n", None, "front matter"),
        ("---\ntitle: Weeknote w/c 6 May 2024\n---\n\n# {{ page.title }}\n", None, "stated"),
    ],
)
def test_a_year_comes_from_what_states_the_week(text: str, name: str | None, evidence: str) -> None:
    """A heading without a year gets it from a key or file name that states the week, or from the date beside it."""
    (week,) = weeknote.parse(text, dialect="markdown", name=name).weeks
    assert (week.start, week.evidence) == (date(2024, 5, 6), evidence)


def tree(trees: tuple[SectionTree, ...]) -> list[Any]:
    """Return titles with what is below them."""
    return [(each.section.title, tree(each.subsections)) if each.subsections else each.section.title for each in trees]


OUTLINES: dict[str, tuple[str, list[Any]]] = {
    "flat": ("## A\n\n## B\n", ["A", "B"]),
    "nested": ("## A\n\n### B\n\n#### C\n\n### D\n\n## E\n", [("A", [("B", ["C"]), "D"]), "E"]),
    "a level skipped": ("## A\n\n#### B\n\n### C\n\n## D\n", [("A", ["B", "C"]), "D"]),
    "the deepest first": ("#### A\n\n## B\n\n### C\n", ["A", ("B", ["C"])]),
    "none": ("a\n", []),
}


@pytest.mark.parametrize(("text", "expected"), OUTLINES.values(), ids=OUTLINES)
def test_the_outline_nests_sections_by_depth(text: str, expected: list[Any]) -> None:
    """A section holds the deeper ones that follow it."""
    assert tree(parse(text).outline) == expected


SCOPES = {
    "own": "## A\n\na\n\nx\n\n### B\n\nb\n\n#### C\n\nc\n\n## D\n",
    "tree": "## A\n\na\n\n### B\n\nb\n\n#### C\n\nc\n\nx\n\n## D\n",
}


@pytest.mark.parametrize("scope", ["own", "tree"])
def test_append_ends_a_section_before_or_behind_its_subsections(scope: Literal["own", "tree"]) -> None:
    """The scope says where a section that has subsections ends."""
    note = parse("## A\n\na\n\n### B\n\nb\n\n#### C\n\nc\n\n## D\n")
    assert weeknote.dump(weeknote.append(note, "A", Paragraph("x"), scope=scope)) == SCOPES[scope]


def test_append_in_an_archive_stays_in_its_note() -> None:
    """The next note's sections are no subsections."""
    archive = weeknote.parse_archive("# Week 2\n\n## A\n\n### B\n\n# Week 1\n\n## C\n")
    a = archive.weeknotes[0].sections[0]
    changed = weeknote.append(archive, a, Paragraph("x"), scope="tree")
    assert weeknote.dump(changed) == "# Week 2\n\n## A\n\n### B\n\nx\n\n# Week 1\n\n## C\n"


def test_append_to_a_note_or_an_archive() -> None:
    """A section becomes the last, anything else goes to the end of the last section; entries go into archives only."""
    note = parse("# Week 1\n\n## A\n\na\n")
    section = Section(Heading(2, "B"), "b")
    assert weeknote.dump(weeknote.append(note, note, section)) == "# Week 1\n\n## A\n\na\n\n## B\n\nb\n"
    assert weeknote.dump(weeknote.append(note, note, "x")) == "# Week 1\n\n## A\n\na\n\n- x\n"
    archive = weeknote.parse_archive("# Week 2\n\nb\n\n# Week 1\n\na\n")
    longer = weeknote.append(archive, archive, parse("# Week 0\n\nz\n"))
    assert weeknote.dump(longer) == "# Week 2\n\nb\n\n# Week 1\n\na\n\n# Week 0\n\nz\n"
    with pytest.raises(weeknote.NotFoundError, match="cannot append to this Heading"):
        weeknote.append(note, note.sections[0].heading, "x")
    with pytest.raises(weeknote.NotFoundError, match="cannot append to this Archive"):
        weeknote.append(archive, archive, Paragraph("x"))
    with pytest.raises(TypeError, match="Weeknote is not allowed here"):
        weeknote.append(note, note, parse("# Week 0\n"))


def test_an_unknown_scope_is_refused() -> None:
    """The error lists both."""
    scope: Any = "all"
    with pytest.raises(ValueError, match="scope is 'own' or 'tree', not 'all'"):
        weeknote.append(parse("## A\n"), "A", "x", scope=scope)


def test_week_next_and_challenges_are_the_first_of_their_kind() -> None:
    """Shortcuts for what most notes have once."""
    note = parse("# Weeknotes w/c 6 & 13 May 2024\n\n## What was hard\n\n## Next week\n\n## Next steps\n")
    assert note.week == note.weeks[0]
    assert note.next is note.sections[1]
    assert note.challenges is note.sections[0]
    assert parse("a\n").week is None
    assert parse("a\n").next is None


def test_a_section_has_all_its_words_as_text() -> None:
    """Heading and blocks, with a blank line between two."""
    note = parse("## Wins\n\n- one *big*\n- two\n\n---\n\nEnd.\n")
    assert note.sections[0].text == "Wins\n\none big\ntwo\n\nEnd."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("![A hive](hive.png)\n", "", id="a picture alone"),
        pytest.param("![A hive](hive.png)  \nOur hive.\n", "Our hive.", id="a picture with its caption"),
        pytest.param("Bees ![A hive](hive.png) [![A bee](bee.png)](/bee)\n", "Bees", id="words before pictures"),
        pytest.param("# ![Logo](logo.png) Week 12\n", "Week 12", id="a heading with a picture"),
        pytest.param("# ![Week 12](banner.png)\n", "Week 12", id="a heading that is a picture"),
        pytest.param("| a |\n| - |\n| ![A hive](hive.png) |\n", "a", id="a cell with a picture"),
    ],
)
def test_the_description_of_a_picture_is_not_among_the_words(text: str, expected: str) -> None:
    """It is shown where the picture is not; a heading that is a picture has nothing else to be called."""
    block = blocks_of(parse(text, dialect="markdown"))[0]
    assert block.text.strip() == expected


def test_blanks_at_the_ends_of_built_words_stay() -> None:
    """Only the blanks beside a picture that has no words of its own go."""
    assert Paragraph([weeknote.Text(" a"), weeknote.Emphasis("b ")]).text == " ab "


def test_a_link_around_a_picture_has_the_description_as_its_text() -> None:
    """As in a browser’s list of links."""
    assert [link.text for link in parse("[![A bee](bee.png)](/bee)\n", dialect="markdown").links] == ["A bee"]
