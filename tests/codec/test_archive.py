"""Archives: many notes in one text, in either order and dialect, with posts between them, exact and dated."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import lines_of_text
from weeknote import (
    Archive,
    CannotExpressError,
    FrontMatter,
    Heading,
    Paragraph,
    Post,
    Weeknote,
    append,
    dump,
    find_all,
    parse,
    parse_any,
    parse_archive,
    read_any,
    remove,
    replace,
    walk,
)

MARKDOWN = """\
# Weeknote w/c 20 May: maps

We drew.

## Something I’m learning

Patience.

# What our maps cost

Money.

## Paper

Some.

# Weeknote w/c 13 May: forms

- a
- b

Comments are closed.

# Weeknote w/c 6 May: rain

It rained.
"""

TEXT = """\
Weeknote w/c 20 May: maps

We drew.

Something I’m learning

Patience is most of it.

What our maps cost

Money, and some paper.

Where the paper went

Onto a wall, mostly.

Weeknote w/c 13 May: forms

These came up:

  • a
  • b

2 thoughts on “Forms”

Ada says hello.

Weeknote w/c 6 May: rain

It rained.
"""

ARCHIVES = {"markdown": MARKDOWN, "text": TEXT}

OLDEST_FIRST = "# w/c 6 May\n\na\n\n# w/c 13 May\n\nb\n\n# w/c 20 May\n\nc\n"

dialect = pytest.mark.parametrize("dialect", ["markdown", "text"])


def starts(archive: Archive) -> list[list[str | None]]:
    """Return the Mondays of each note."""
    return [[w.start.isoformat() if w.start else None for w in note.weeks] for note in archive.weeknotes]


@dialect
class TestAnArchive:
    """The same archive in both dialects: three notes, a post between them, furniture after the second."""

    def test_has_its_notes_and_posts_in_the_order_of_the_text(self, dialect: str) -> None:
        """A heading that names a note opens a note, and another piece is a post."""
        archive = parse_archive(ARCHIVES[dialect], dialect=dialect)
        assert [(type(e), e.title) for e in archive.entries] == [
            (Weeknote, "maps"),
            (Post, "What our maps cost"),
            (Weeknote, "forms"),
            (Weeknote, "rain"),
        ]
        assert archive.weeknotes == tuple(e for e in archive.entries if isinstance(e, Weeknote))
        assert archive.dialect == dialect

    def test_has_posts_with_headings_and_blocks(self, dialect: str) -> None:
        """A post's own headings are among its blocks."""
        post = parse_archive(ARCHIVES[dialect], dialect=dialect).entries[1]
        assert isinstance(post, Post)
        assert post.heading is not None
        assert post.heading.text == "What our maps cost"
        assert [type(block).__name__ for block in post.blocks] == ["Paragraph", "Heading", "Paragraph"]

    def test_has_entries_that_stand_where_their_headings_stand(self, dialect: str) -> None:
        """Each entry has its own position, and ends where the next one begins."""
        text = ARCHIVES[dialect]
        entries = parse_archive(text, dialect=dialect).entries
        lines = text.split("\n")
        for entry, following in zip(entries, [*entries[1:], None], strict=True):
            assert entry.position is not None
            assert entry.heading is not None
            assert entry.heading.position is not None
            assert entry.position.start == entry.heading.position.start
            assert entry.heading.text in lines[entry.position.start.line - 1]
            if following is not None and following.position is not None:
                assert entry.slice is not None
                assert following.slice is not None
                assert entry.slice.end == following.slice.start

    def test_has_entries_that_are_dumped_alone_and_join_to_the_text(self, dialect: str) -> None:
        """An entry is its own part of the text, and the parts are all of it."""
        text = ARCHIVES[dialect]
        archive = parse_archive(text, dialect=dialect)
        assert "".join(dump(entry) for entry in archive.entries) == text
        assert dump(archive) == text
        for entry in archive.weeknotes:
            assert parse(dump(entry), dialect=dialect) == entry

    def test_has_furniture_where_it_stood(self, dialect: str) -> None:
        """What the site printed after one note is that note's trailer and no other's."""
        notes = parse_archive(ARCHIVES[dialect], dialect=dialect).weeknotes
        assert [len(note.trailer) for note in notes] == [0, 1 if dialect == "markdown" else 2, 0]

    def test_keeps_sections_in_their_note(self, dialect: str) -> None:
        """Sections and roles are those of each note alone."""
        first, second, third = parse_archive(ARCHIVES[dialect], dialect=dialect).weeknotes
        assert first.learning is not None
        assert (second.learning, third.learning) == (None, None)
        assert (second.sections, third.sections) == ((), ())

    def test_reads_the_same_with_other_line_ends(self, dialect: str) -> None:
        """CR LF and CR alone part the same entries."""
        text = ARCHIVES[dialect]
        archive = parse_archive(text, dialect=dialect)
        for end in ("\r\n", "\r"):
            other = text.replace("\n", end)
            assert parse_archive(other, dialect=dialect) == archive
            assert dump(parse_archive(other, dialect=dialect)) == other

    def test_detects_its_dialect(self, dialect: str) -> None:
        """The dialect does not have to be passed."""
        assert parse_archive(ARCHIVES[dialect]) == parse_archive(ARCHIVES[dialect], dialect=dialect)

    def test_gives_years_to_all_from_one_date(self, dialect: str) -> None:
        """`near` is the date of the newest note, and the others follow from their neighbours."""
        archive = parse_archive(ARCHIVES[dialect], dialect=dialect, near=date(2019, 5, 28))
        assert starts(archive) == [["2019-05-20"], ["2019-05-13"], ["2019-05-06"]]
        assert [note.weeks[0].evidence for note in archive.weeknotes] == ["near", "neighbour", "neighbour"]

    def test_leaves_years_unknown_that_nothing_decides(self, dialect: str) -> None:
        """Without a date anywhere no year is made up."""
        assert starts(parse_archive(ARCHIVES[dialect], dialect=dialect)) == [[None]] * 3


YEARS: dict[str, tuple[str, dict[str, Any], list[list[str | None]]]] = {
    "oldest first, near the newest": (
        OLDEST_FIRST,
        {"near": date(2019, 5, 28)},
        [["2019-05-06"], ["2019-05-13"], ["2019-05-20"]],
    ),
    "newest first, across a new year": (
        "# w/c 6 January\n\na\n\n# w/c 30 December\n\nb\n\n# w/c 23 December\n\nc\n",
        {"near": date(2020, 1, 13)},
        [["2020-01-06"], ["2019-12-30"], ["2019-12-23"]],
    ),
    "oldest first, across a new year": (
        "# w/c 23 December\n\na\n\n# w/c 30 December & 6 January\n\nb\n\n# w/c 13 January\n\nc\n",
        {"near": date(2020, 1, 20)},
        [["2019-12-23"], ["2019-12-30", "2020-01-06"], ["2020-01-13"]],
    ),
    "a neighbour states its year": (
        "# w/c 6 January\n\na\n\n# w/c 30 December 2019\n\nb\n\n# w/c 23 December\n\nc\n",
        {},
        [["2020-01-06"], ["2019-12-30"], ["2019-12-23"]],
    ),
    "two neighbours state theirs": (
        "# w/c 11 May 2020\n\na\n\n# w/c 6 January\n\nb\n\n# w/c 20 May 2019\n\nc\n",
        {},
        [["2020-05-11"], ["2020-01-06"], ["2019-05-20"]],
    ),
    "a note without a week between": (
        "# w/c 13 May\n\na\n\n# Weeknote: a week off\n\nb\n\n# w/c 6 May 2019\n\nc\n",
        {},
        [["2019-05-13"], [], ["2019-05-06"]],
    ),
    "front matter": (
        "---\ndate: 2019-05-17\n---\n# w/c 13 May\n\na\n\n# w/c 6 May\n\nb\n",
        {},
        [["2019-05-13"], ["2019-05-06"]],
    ),
    "a file name": (
        "# w/c 13 May\n\na\n\n# w/c 6 May\n\nb\n",
        {"name": "2019-05-17.md"},
        [["2019-05-13"], ["2019-05-06"]],
    ),
    "a year in a neighbour's heading goes before the date of the newest": (
        "# w/c 13 May\n\na\n\n# w/c 6 May 2019\n\nb\n",
        {"near": date(2024, 5, 20)},
        [["2019-05-13"], ["2019-05-06"]],
    ),
    "links decide nothing": (
        "# w/c 13 May\n\n[a](https://example.org/2019/05/)\n\n# w/c 6 May\n\nb\n",
        {},
        [[None], [None]],
    ),
}


@pytest.mark.parametrize(("text", "known", "expected"), YEARS.values(), ids=YEARS)
def test_years_follow_from_evidence_and_neighbours(
    text: str, known: dict[str, Any], expected: list[list[str | None]]
) -> None:
    """One year that is known decides the others, in either order and across a new year."""
    assert starts(parse_archive(text, dialect="markdown", **known)) == expected


def test_text_before_the_first_note_is_a_post() -> None:
    """A preamble belongs to no note; it has a heading only if another heading than a note's opens it."""
    text = "All our weeks.\n\n- one\n\n# Weeknote w/c 13 May: sun\n\na\n\n# Weeknote w/c 6 May: rain\n\nb\n"
    archive = parse_archive(text)
    first, *notes = archive.entries
    assert isinstance(first, Post)
    assert (first.heading, first.title, len(first.blocks)) == (None, None, 2)
    assert dump(first) == "All our weeks.\n\n- one\n\n"
    assert archive.weeknotes == tuple(notes)
    assert dump(archive) == text


def test_front_matter_and_byte_order_mark_are_the_archive_s() -> None:
    """They belong to no entry, and with them the entries are the whole text."""
    text = "\ufeff---\ntitle: Weeks\n---\n\n# w/c 13 May\n\na\n\n# w/c 6 May\n\nb\n"
    archive = parse_archive(text)
    assert archive.front_matter is not None
    assert archive.front_matter.title == "Weeks"
    assert archive.front_matter.slice is not None
    assert [note.front_matter for note in archive.weeknotes] == [None, None]
    assert archive.lead == "\ufeff"
    assert archive.lead + archive.front_matter.slice.text + "".join(map(dump, archive.entries)) == text


def test_blank_lines_before_the_first_entry_are_the_archive_s() -> None:
    """An entry begins at its heading."""
    text = "\n \n# w/c 13 May\n\na\n\n# w/c 6 May\n\nb\n"
    archive = parse_archive(text)
    assert archive.lead == "\n \n"
    assert dump(archive.entries[0]) == "# w/c 13 May\n\na\n\n"
    assert dump(archive) == text


def test_a_text_of_one_note_is_an_archive_of_one() -> None:
    """A text that names no weeknote is still read, as its only entry."""
    for text in ("", "It rained.\n", "---\ntitle: Rain\n---\n\n## Maps\n"):
        archive = parse_archive(text)
        assert archive.entries == (parse(text),)
        assert dump(archive) == text


def test_notes_whose_headings_are_of_depth_two_are_parted_there() -> None:
    """The depth at which most weeks are named is the depth of the notes; deeper headings are their sections."""
    text = "# All our weeks\n\nHello.\n\n## w/c 13 May\n\na\n\n### Maps\n\nb\n\n## w/c 6 May\n\nc\n"
    archive = parse_archive(text)
    assert [(type(e), len(e.blocks if isinstance(e, Post) else e.sections)) for e in archive.entries] == [
        (Post, 1),
        (Weeknote, 1),
        (Weeknote, 0),
    ]


def test_parse_reads_the_same_text_as_one_note() -> None:
    """`parse` never parts notes: the later headings are sections."""
    note = parse(MARKDOWN)
    assert note.title == "maps"
    assert "Weeknote w/c 6 May: rain" in [section.title for section in note.sections]
    assert dump(note) == MARKDOWN


def test_links_are_each_entry_s_own() -> None:
    """Definitions count in the whole text, links in their entry."""
    archive = parse_archive("# w/c 13 May\n\n[a][x]\n\n# Notice\n\n[b][x]\n\n# w/c 6 May\n\n[x]: /u\n")
    assert [[link.text for link in entry.links] for entry in archive.entries] == [["a"], ["b"], []]


@given(
    bodies=st.lists(lines_of_text, min_size=1, max_size=4),
    before=lines_of_text,
    dialect=st.sampled_from(("markdown", "text")),
)
def test_entries_join_to_the_text(bodies: list[str], before: str, dialect: str) -> None:
    """Lead, front matter and entries, each dumped alone, join to the whole text."""
    mark = "# " if dialect == "markdown" else ""
    text = before + "".join(f"\n\n{mark}Weeknote w/c {n + 1} May: a\n\n{body}" for n, body in enumerate(bodies))
    archive = parse_archive(text, dialect=dialect)
    head = "" if archive.front_matter is None or archive.front_matter.slice is None else archive.front_matter.slice.text
    assert archive.lead + head + "".join(dump(entry) for entry in archive.entries) == text


# --- one note or several


@pytest.mark.parametrize("text", ["## 6 May\n\nA.\n\n## 7 May\n\nB.\n", "6 May\n\nA went.\n\n7 May\n\nB came.\n"])
def test_a_day_names_no_note(text: str) -> None:
    """Headings that are the days of a week are sections, the first of them too."""
    note = parse(text)
    assert note.heading is None
    assert [section.title for section in note.sections] == ["6 May", "7 May"]


@pytest.mark.parametrize(
    ("notes", "themes", "posts"),
    [
        pytest.param(2, 1, 1, id="one of two"),
        pytest.param(3, 2, 0, id="two of three"),
        pytest.param(4, 2, 2, id="two of four"),
        pytest.param(4, 3, 0, id="three of four"),
    ],
)
def test_a_theme_after_the_learning_section_is_a_post_unless_most_notes_have_one(
    notes: int, themes: int, posts: int
) -> None:
    """In plain text a learning section ends a note, but not where most notes go on after it."""
    learning = "Something I’m learning\n\nPatience is most of it.\n\n"
    theme = "What our maps cost\n\nMoney, and some paper.\n\n"
    text = "".join(
        f"Weeknote w/c {27 - 7 * n} May: maps\n\nWe drew.\n\n{learning}{theme * (n < themes)}" for n in range(notes)
    )
    entries = parse_archive(text, dialect="text").entries
    assert sum(isinstance(entry, Post) for entry in entries) == posts


@pytest.mark.parametrize("names", [["S01E02", "S01E03"], ["Weeknotes #2", "Weeknotes #3"]], ids=["episodes", "numbers"])
def test_notes_with_a_number_decide_the_depth(names: list[str]) -> None:
    """However many headings without one are below them."""
    parts = "".join(f"## Weeknotes: {word}\n\nA.\n\n" for word in ("maps", "bees", "rain"))
    archive = parse_archive(f"# {names[0]}\n\n{parts}# {names[1]}\n\nB.\n", dialect="markdown")
    assert [note.headline for note in archive.weeknotes] == names


def test_a_higher_heading_than_those_of_the_notes_begins_a_post() -> None:
    """The depth of most notes is that of them all."""
    text = "# Weeknotes: about\n\nWho we are.\n\n## Weeknotes: maps\n\nA.\n\n## Weeknotes: bees\n\nB.\n"
    assert [type(entry) for entry in parse_archive(text, dialect="markdown").entries] == [Post, Weeknote, Weeknote]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("", Weeknote, id="nothing"),
        pytest.param("All good.\n", Weeknote, id="no heading"),
        pytest.param("# w/c 6 May\n\nA.\n", Weeknote, id="one note"),
        pytest.param("# w/c 13 May\n\nB.\n\n# w/c 6 May\n\nA.\n", Archive, id="two notes"),
        pytest.param("Hello.\n\n# w/c 13 May\n\nB.\n\n# w/c 6 May\n\nA.\n", Archive, id="words, then two notes"),
        pytest.param("Hello.\n\n# w/c 6 May\n\nA.\n", Weeknote, id="words, then one note"),
        pytest.param("# w/c 6 May\n\nA.\n\n# Our paint\n\nBlue.\n", Weeknote, id="a note, then a post"),
        pytest.param("# Our paint\n\nBlue.\n\n# w/c 6 May\n\nA.\n", Weeknote, id="a post, then a note"),
        pytest.param("# Our paint\n\nBlue.\n\n# Our doors\n\nRed.\n", Weeknote, id="posts and no note"),
        pytest.param(
            "---\ntitle: Week 12\n---\n\n## Week 11\n\nA.\n\n## Week 12\n\nB.\n", Weeknote, id="front matter names it"
        ),
        pytest.param(
            "---\ntitle: w/c 6 May\n---\n\n## w/c 13 May\n\nA.\n\n## w/c 6 May\n\nB.\n", Weeknote, id="its week does"
        ),
        pytest.param(
            "---\ntitle: Rain\n---\n\n## w/c 13 May\n\nA.\n\n## w/c 6 May\n\nB.\n", Archive, id="it names a series"
        ),
        pytest.param(
            "---\ntitle: S02E04\n---\n\n## w/c 13 May\n\nA.\n\n## w/c 6 May\n\nB.\n", Weeknote, id="its episode does"
        ),
        pytest.param("Weeknote w/c 13 May\n\nB.\n\nWeeknote w/c 6 May\n\nA.\n", Archive, id="two in plain text"),
        pytest.param("# Weeknotes\n\n## Week 13\n\nB.\n\n## Week 12\n\nA.\n", Archive, id="below the word alone"),
        pytest.param("# Weeknotes #5\n\n## Week 2\n\nB.\n\n## Week 1\n\nA.\n", Weeknote, id="parts of a note"),
        pytest.param("# S01E02: maps\n\nA.\n\n# Week 3: bees\n\nB.\n", Weeknote, id="an episode and a week"),
        pytest.param("# Weeknotes #5\n\nA.\n\n# 13 - 17 May 2024: maps\n\nB.\n", Weeknote, id="days of a part"),
        pytest.param(
            "# Weeknotes: maps\n\n## Week 2\n\nB.\n\n## Week 1\n\nA.\n", Weeknote, id="parts of a note without a number"
        ),
        pytest.param(
            "# Log\n\n## Weeknotes: maps\n\nB.\n\n## Weeknotes: bees\n\nA.\n", Archive, id="no week or number"
        ),
        pytest.param("# Log\n\n## 13 May 2024\n\nB.\n\n## 6 May 2024\n\nA.\n", Archive, id="dates, week by week"),
        pytest.param("# Log\n\n## 6 May\n\nA.\n\n## 7 May\n\nB.\n\n## 8 May\n\nC.\n", Weeknote, id="days"),
        pytest.param("## 6 May\n\nA.\n\n## 7 May\n\nB.\n", Weeknote, id="days alone"),
        pytest.param("6 May\n\nA went.\n\n7 May\n\nB came.\n", Weeknote, id="days in plain text"),
        pytest.param("# 6 May: rain\n\nA.\n\n# 7 May: sun\n\nB.\n", Weeknote, id="days with words"),
    ],
)
def test_one_note_and_several_are_distinguished(text: str, kind: type[Weeknote | Archive]) -> None:
    """`parse_any` returns what either `parse` or `parse_archive` does."""
    found = parse_any(text, near=date(2019, 5, 14), name="notes/a.md")
    assert type(found) is kind
    known = (parse if kind is Weeknote else parse_archive)(text, near=date(2019, 5, 14), name="notes/a.md")
    assert found == known
    assert dump(found) == text
    notes = found.weeknotes if isinstance(found, Archive) else (found,)
    assert [n.context for n in notes] == [
        n.context for n in (known.weeknotes if isinstance(known, Archive) else (known,))
    ]


@pytest.mark.parametrize(("name", "dialect"), [("a.md", "markdown"), ("a.txt", "text"), ("a", "text")])
def test_a_file_is_read_as_what_it_holds(name: str, dialect: str, tmp_path: Path) -> None:
    """The suffix decides the dialect, else the text does; the file name is evidence for the year."""
    path = tmp_path / "2019" / "2019-05-14" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"Weeknote w/c 6 May\n\nA.\n")
    found = read_any(path)
    assert isinstance(found, Weeknote)
    assert (found.dialect, found.context.name) == (dialect, str(path))


# --- entries that go


TWO = "# Week 12\n\n# Week 13\n\nRain.\n"


def test_a_note_that_loses_all_it_has_goes() -> None:
    """A note among others without a heading would be read as a part of the one before."""
    archive = parse_archive(TWO)
    heading = archive.weeknotes[0].heading
    assert heading is not None
    changed = remove(archive, heading)
    assert changed.entries == archive.entries[1:]
    assert dump(changed) == "# Week 13\n\nRain.\n"
    assert parse_archive(dump(changed)) == changed


def test_a_note_that_keeps_something_stays() -> None:
    """What is left has no heading to open it, and that is said when it is to be written."""
    archive = parse_archive(TWO)
    heading = archive.weeknotes[1].heading
    assert heading is not None
    changed = remove(archive, heading)
    assert [block.text for block in changed.weeknotes[1].intro] == ["Rain."]
    with pytest.raises(CannotExpressError):
        dump(changed)


@pytest.mark.parametrize("text", ["Rain.\n", "# Week 12\n"])
def test_the_only_note_of_an_archive_can_lose_everything(text: str) -> None:
    """The note stays, empty, since an empty text is an empty note."""
    archive = parse_archive(text)
    changed = remove(archive, list(walk(archive.entries[0]))[1])
    assert changed.entries == (Weeknote(),)
    assert dump(changed) == ""
    assert parse_archive("", dialect="markdown") == changed


NOTE, OTHER = parse("# Week 2\n\nb\n"), parse("# Week 1\n\na\n")

REFUSED = {
    "a post without a heading below a note": (
        Archive([NOTE, Post(blocks=[Paragraph("a")]), OTHER]),
        "part of the entry above it, as it has no heading",
    ),
    "a note without a heading": (
        Archive([NOTE, OTHER, Weeknote(intro=[Paragraph("a")])]),
        "part of another entry, as it has no heading",
    ),
    "a note with front matter": (
        Archive([NOTE, attrs.evolve(OTHER, front_matter=FrontMatter("---\ntitle: Week 1\n---"))]),
        "a note without front matter, which only the archive can have",
    ),
    "posts alone": (
        Archive([Post(heading=Heading(1, "Maps")), Post(heading=Heading(1, "Bees"))]),
        "one weeknote, as no heading in it begins an entry",
    ),
    "front matter of an archive of one note": (
        Archive([NOTE], front_matter=FrontMatter("---\ntags: a\n---")),
        "that of the only note",
    ),
}


@pytest.mark.parametrize(("archive", "reason"), REFUSED.values(), ids=REFUSED)
def test_an_archive_that_would_be_read_otherwise_is_refused(archive: Archive, reason: str) -> None:
    """Where an entry begins has to show in the text."""
    with pytest.raises(CannotExpressError, match=re.escape(reason)):
        dump(archive)


def test_front_matter_of_the_only_note_is_written_for_the_archive() -> None:
    """The archive has none of its own, so nothing is lost."""
    note = Weeknote(front_matter=FrontMatter("---\ntitle: Maps\n---"), intro=[Paragraph("Rain.")])
    assert dump(Archive([note])) == "---\ntitle: Maps\n---\n\nRain.\n"


def test_an_archive_of_mdx_stays_mdx() -> None:
    """A note of an archive in a file named `.mdx` is edited in a text where a tag may span lines."""
    text = '# Week 12\n\n<Box\n  size="1">\nA *map*.\n</Box>\n\n# Week 13\n\nRain.\n'
    archive = parse_archive(text, name="notes.mdx")
    edited = replace(archive, next(p for p in find_all(archive, Paragraph) if p.text == "Rain."), Paragraph("Sun."))
    assert dump(edited) == text.replace("Rain.", "Sun.")
    assert dump(edited) == text.replace("Rain.", "Sun.")
    post = parse_archive(text.replace("Week 12", "Our paint") + "\n# Week 14\n", name="notes.mdx").entries[0]
    assert isinstance(post, Post)
    assert post.heading is not None
    assert dump(replace(post, post.heading, Heading(1, "Our doors"))) == dump(post).replace("paint", "doors")


@pytest.mark.parametrize("before", ["\ufeff", "\n\n"], ids=["byte order mark", "blank lines"])
def test_what_is_before_the_only_note_of_an_archive_stays(before: str) -> None:
    """It is the note's, and is written for the archive."""
    archive = parse_archive(f"{before}# Week 1\n\na\n")
    edited = replace(archive, next(find_all(archive, Paragraph)), Paragraph("b"))
    assert dump(edited) == f"{before}# Week 1\n\nb\n"


def test_an_archive_may_lose_its_last_entry() -> None:
    """It can be filled again, and cannot be written while it is empty, for every text is at least one note."""
    archive = parse_archive("# Week 12\n\nRain.\n")
    changed = remove(archive, archive.entries[0])
    assert changed.entries == ()
    with pytest.raises(CannotExpressError):
        dump(changed)
    assert dump(append(changed, changed, parse("# Week 13\n"))) == "# Week 13\n"


def test_a_post_alone_goes_with_its_last_block() -> None:
    """No text is read as an archive of one post."""
    post = Post(blocks=[Paragraph("Rain.")])
    assert remove(Archive([post]), post.blocks[0]) == Archive()
    assert remove(post, post.blocks[0]) == Post()
