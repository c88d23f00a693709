"""`check`, `validate` and `fix`: they never raise on content, and change only what was reported."""

from __future__ import annotations

import copy
import pickle
from collections import Counter
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counting import TIMES, calls, grows_too_fast
from note_strategies import archives, notes, posts
from strategies import dialects, texts
from weeknote import (
    Archive,
    Heading,
    List,
    ListItem,
    Paragraph,
    Post,
    Section,
    Weeknote,
    dump,
    parse,
    parse_archive,
    replace,
)
from weeknote.errors import NotFoundError, WeeknoteError
from weeknote.lint import (
    Diagnostic,
    InvalidNoteError,
    LintSettings,
    SectionSpec,
    SeriesEntry,
    Severity,
    Structure,
    UnknownProfileError,
    UnknownRuleError,
    check,
    check_series,
    fix,
    series_entries,
    validate,
)

SHARED = Path(__file__).parents[3] / "shared"

STRUCTURE = Structure(
    ["*", SectionSpec(role="highlights", items=1), SectionSpec(heading="Something I’m learning", paragraphs=1)],
    week=True,
    front_matter=["title"],
)
EVERYTHING = LintSettings(
    profile="strict", structure=STRUCTURE, severities={"WN": "warning"}, prompts=["Two words"], deepest_list=1
)
"""These settings run every rule."""


def codes(found: tuple[Diagnostic, ...]) -> list[str]:
    """Return the codes of findings."""
    return [one.code for one in found]


# --- three common mistakes, with messages for people who have never seen the tool


def test_a_missing_learning_section_is_reported_if_a_structure_requires_it() -> None:
    """The message says what is missing and why, the hint what to add and where."""
    note = parse("# Weeknote w/c 6 May 2019: bees\n\n## Highlights\n\n- Honey\n")
    assert check(note) == ()
    (found,) = check(note, LintSettings(structure=Structure(["*", "learning"])), path="notes/bees.md")
    assert (found.code, found.severity, found.line, found.column) == ("WN301", Severity.ERROR, 1, 3)
    assert str(found) == (
        "notes/bees.md:1:3: WN301 There is no section about what you learned; this project requires one."
    )
    assert found.hint == (
        "Add the heading “Something I’m learning” at the end of the note, and write what you learned this week."
    )


def test_a_week_that_starts_on_a_tuesday() -> None:
    """The message quotes the note and gives the date and its weekday; the hint gives the Monday."""
    note = parse("# Weeknote w/c 9th May: bees\n\nThey moved in.\n", near=date(2019, 5, 12))
    (found,) = check(note)
    assert (found.code, found.column, found.end_column) == ("WN102", 12, 23)
    assert found.message == "“w/c 9th May” starts the week on 9 May 2019, a Thursday."
    assert found.hint == ("The Monday of that week is 6 May 2019. (The year comes from the date given for the note.)")


def test_a_week_that_starts_on_a_sunday() -> None:
    """It could be the week before or the week after, so the hint gives both Mondays."""
    (found,) = check(parse("# w/c 5 May 2019\n\nBees.\n"))
    assert found.hint == "The nearest Mondays are 29 April 2019 and 6 May 2019."


def test_a_heading_that_differs_from_the_required_one() -> None:
    """The message quotes both, and the fix writes the required one."""
    note = parse("# Weeknote 12\n\n## Something I learnt\n\nBees sleep.\n")
    asked = LintSettings(structure=Structure(["*", "Something I’m learning"]))
    (found,) = check(note, asked)
    assert (found.code, found.line, found.column, found.end_column) == ("WN213", 3, 4, 22)
    assert found.message == ("The heading is “Something I learnt”, but this project requires “Something I’m learning”.")
    assert dump(fix(note, asked)) == "# Weeknote 12\n\n## Something I’m learning\n\nBees sleep.\n"


# --- weeks


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("w/c 6 May 2019", []),
        ("w/c 7 May 2019", ["WN102"]),
        ("week commencing Tuesday 7 May 2019", ["WN102"]),
        ("week commencing Monday 7 May 2019", ["WN103"]),
        ("week commencing Tuesday 7 May", ["WN102"]),
        ("week ending Friday 10 May 2019", []),
        ("week of 8 May 2019", []),
        ("7 - 10 May 2019", []),
        ("w/c 6 May", []),
        ("w/c 31 April 2019", ["WN104"]),
        ("w/c 6 & 14 May 2019", ["WN102"]),
    ],
)
def test_only_week_commencing_needs_a_monday(heading: str, expected: list[str]) -> None:
    """Ranges, plain dates and week endings can be any day."""
    assert codes(check(parse(f"# Weeknote {heading}: bees\n\nThey moved in.\n"))) == expected


@pytest.mark.parametrize(
    ("title", "published", "expected"),
    [
        ("w/c 6 May 2019", "2019-05-10", []),
        ("w/c 6 May 2019", "2019-07-10", []),
        ("w/c 7 January 2019", "2020-01-10", ["WN107"]),
        ("w/c 6 January 2020", "2019-01-10", ["WN107"]),
        ("w/c 20 May 2019", "2019-05-02", ["WN107"]),
        ("2019 W19", "2019-05-02", []),
        ("w/c 6 May", "2019-11-20", ["WN106"]),
        ("10/04/2024", "2024-10-04", []),
        ("w/c 10/07/2024", "2024-10-11", []),
        ("01/12/2025 - 01/18/2025", "2025-01-19", []),
        ("4/10/2024", "2024-10-04", []),
    ],
)
def test_the_publication_date_can_contradict_the_week(title: str, published: str, expected: list[str]) -> None:
    """A note can be late, or a little early; a difference of a year is a mistake."""
    note = parse(f"---\ntitle: Weeknote {title}\ndate: {published}\n---\n\nThe bees moved in.\n")
    assert codes(check(note)) == expected


def test_the_file_name_can_contradict_the_heading() -> None:
    """As happens when last week's file is copied."""
    text = "# 2024 Week 19: bees\n\nThey moved in.\n"
    assert codes(check(parse(text, name="notes/2024-W18.md"))) == ["WN108"]
    assert check(parse(text, name="notes/2024-W19.md")) == ()


# A key of the front matter, and titles that may name the same week.
AGREE = [
    ("week_ending: 2024-05-10", "w/c 6 May 2024"),
    ("week_ending: 2024-05-10", "w/c 6 May"),
    ("week_ending: 2024-05-12", "6-10 May 2024"),
    ("week_ending: 2024-05-14", "w/c 8 May 2024"),
    ("week_ending: 10 May", "w/c 6 May"),
    ("week_ending: 3 January", "w/c 30 December"),
    ("week_ending: 10 May", "2024 Week 19"),
    ("week_ending: 17 May 2024", "w/c 6 & 13 May"),
    ("week_ending: 2024-05-10", "13 May 2024"),
    ("week_commencing: 2024-05-05", "w/c 6 May 2024"),
    ("week_commencing: 2024-05-07", "2024-W19"),
    ("week_commencing: 29 February", "w/c 29 February 2024"),
    ("week_of: 2024-05-05", "w/e 5 May 2024"),
    ("week: 2024-W01", "w/c 1 January"),
    ("week: 2024-05-05", "w/c 6 May 2024"),
    ("week: 19", "w/c 13 May 2024"),
    ("week: 2024-W19 - 6 to 12 May", "w/e 10 May"),
]


def with_key_and_title(key: str, title: str) -> tuple[str, str, str]:
    """Return notes that give a week under a key, and one in the heading or in the front matter's title."""
    heading = f"---\n{key}\n---\n\n# Weeknote {title}\n\nBees.\n"
    # Beside a title that gives no week, the heading names no note, and a week all the same.
    below = heading.replace("---\n", "---\ntitle: A quiet one\n", 1)
    return heading, below, f"---\n{key}\ntitle: {title}\n---\n\nBees.\n"


@pytest.mark.parametrize(("key", "title"), AGREE, ids=[" and ".join(pair) for pair in AGREE])
def test_a_key_and_a_title_can_mean_the_same_week(key: str, title: str) -> None:
    """They share a day, or would in some year if none is given."""
    for text in with_key_and_title(key, title):
        assert check(parse(text), ["WN108"]) == ()


# A key of the front matter, and titles that name another week.
DISAGREE = [
    ("week_ending: 2024-05-10", "w/c 13 May 2024"),
    ("week_ending: 2024-05-10", "w/c 13 May"),
    ("week_ending: 2024-05-10", "w/c 29 April"),
    ("week_ending: 2023-05-12", "w/c 6 May 2024"),
    ("week_ending: 10 May", "w/c 27 May"),
    ("week_ending: 10 May", "w/c 20 May 2024"),
    ("week_ending: 3 January", "w/c 9 December"),
    ("week_commencing: 2024-05-06", "w/e 17 May 2024"),
    ("week: 2024-W19", "13-17 May 2024"),
    ("week: 2024-05-06", "2024-W20"),
]


@pytest.mark.parametrize(("key", "title"), DISAGREE, ids=[" and ".join(pair) for pair in DISAGREE])
def test_a_key_and_a_title_can_contradict_each_other(key: str, title: str) -> None:
    """The message quotes both, the key as written."""
    for text in with_key_and_title(key, title):
        (found,) = check(parse(text), ["WN108"])
        assert f"the front matter says “{key}”" in found.message


@given(
    st.dates(date(2000, 1, 10), date(2100, 1, 10)),
    st.sampled_from(
        ["week_commencing: {0}", "week_ending: {4}", "week_ending: {6}", "week_of: {2}", "week: {0:%G-W%V}"]
    ),
    st.sampled_from(["w/c {0:%d %B %Y}", "w/c {0:%d %B}", "w/e {4:%d %B}", "{0:%G-W%V}", "{0:%d %B} - {4:%d %B %Y}"]),
)
def test_a_week_agrees_with_itself_but_not_with_the_next_but_one(day: date, key: str, title: str) -> None:
    """In any year, and in any spelling in a key and a heading."""

    def found(apart: int) -> tuple[Diagnostic, ...]:
        monday = day - timedelta(days=day.weekday())
        here = [monday + timedelta(days=n) for n in range(7)]
        there = [each + timedelta(weeks=apart) for each in here]
        text = f"---\n{key.format(*here)}\n---\n\n# Weeknote {title.format(*there)}\n\nBees.\n"
        return check(parse(text), ["WN108"])

    assert found(0) == ()
    assert codes(found(2)) == codes(found(-2)) == ["WN108"]


def test_a_key_and_a_file_name_can_contradict_each_other() -> None:
    """If no title gives a week, the position is that of the key’s value."""
    text = "---\nweek_ending: 2024-05-10\n---\n\nThe bees moved in.\n"
    (found,) = check(parse(text, name="notes/2024-W20.md"), ["WN108"])
    assert found.message == "The front matter says “week_ending: 2024-05-10”, and the file name says “2024-W20”."
    assert (found.line, found.column) == (2, 14)
    assert check(parse(text, name="notes/2024-W19.md"), ["WN108"]) == ()


# --- series


def series(*weeks: str, label: str = "Weeknote", path: str = "notes/{}.md") -> list[SeriesEntry]:
    """Return the entries of notes with these weeks, each in its own file."""
    return [
        fact
        for n, week in enumerate(weeks)
        for fact in series_entries(parse(f"# {label} {week}\n\nBees.\n"), path.format(n))
    ]


def test_a_week_in_a_key_is_checked_there() -> None:
    """The position is that of the key’s value, and its year is not a guess, whatever the publication date."""
    text = "---\ntitle: Rain\nweek_commencing: 2024-03-05\ndate: 2024-11-08\n---\n\nIt rained.\n"
    (found,) = check(parse(text), ["WN1"])
    assert found.code == "WN102"
    assert found.position is not None
    assert text[found.position.start.offset : found.position.end.offset] == "2024-03-05"
    assert check(parse(text.replace("03-05", "03-04")), ["WN1"]) == ()


def test_a_duplicate_week_in_a_folder() -> None:
    """The second note is reported, and the message says where the first one is."""
    (found,) = check_series(series("w/c 6 May 2019", "w/c 6 May 2019", "w/c 13 May 2019"))
    assert (found.code, found.path, found.line, found.column) == ("WN121", "notes/1.md", 1, 12)
    assert found.message == "“w/c 6 May 2019” is also the week of another note: notes/0.md."


def test_notes_of_different_series_are_not_compared() -> None:
    """Neither are two teams nor two folders; a folder per note is one series."""
    one, two = series("w/c 6 May 2019"), series("w/c 6 May 2019", label="Data Team Weeknotes")
    assert check_series(one + two) == ()
    assert check_series(one + series("w/c 6 May 2019", path="other/{}.md")) == ()
    beside = series("w/c 6 May 2019", path="notes/a/index.md") + series("w/c 6 May 2019", path="notes/b/index.md")
    assert codes(check_series(beside)) == ["WN121"]


def test_missing_weeks_are_reported_on_request() -> None:
    """There is one rule for one week and one for more; both are off by default."""
    facts = series("w/c 6 May 2019", "w/c 20 May 2019", "w/c 17 June 2019")
    assert check_series(facts) == ()
    found = check_series(facts, ["missed-week", "two-missed-weeks"])
    assert [(one.code, one.path) for one in found] == [("WN123", "notes/1.md"), ("WN124", "notes/2.md")]
    assert "no notes for 3 weeks from 27 May 2019" in found[1].message
    assert check_series(series("w/c 6 & 13 May 2019", "w/c 20 May 2019"), ["WN12"]) == ()


def test_an_archive_is_checked_as_a_series() -> None:
    """`check` reports problems with the series of its notes, too."""
    text = "# w/c 13 May 2019\n\nA.\n\n# w/c 13 May 2019\n\nB.\n"
    assert codes(check(parse_archive(text))) == ["WN121"]
    assert codes(check(parse(text))) == []


def test_an_archive_parsed_as_one_note_is_reported() -> None:
    """`parse` makes one note of any text; `check` reports if there are several."""
    (found,) = check(parse("# w/c 13 May 2019\n\nA.\n\n# w/c 6 May 2019\n\nB.\n"))
    assert (found.code, found.line) == ("WN003", 5)
    assert "parse_archive" in (found.hint or "")


def test_series_entries_are_small_and_can_be_pickled() -> None:
    """A folder of 10,000 notes can be checked without keeping them in memory."""
    (fact,) = series_entries(parse("# w/c 6 May 2019\n\n" + "Bees. " * 10_000), "a.md")
    assert len(pickle.dumps(fact)) < 1000
    assert pickle.loads(pickle.dumps(fact)) == fact
    assert series_entries(Post()) == ()


# --- order, positions, settings


def test_diagnostics_are_in_text_order() -> None:
    """Whatever their rules."""
    text = "# w/c 7 May 2019\n\n[a]()\n\n## Bees\n\n## Honey\n\n- one\n-\n\n[b]()\n"
    found = check(parse(text))
    assert codes(found) == ["WN102", "WN514", "WN202", "WN403", "WN514"]
    assert [one.line for one in found] == sorted(one.line for one in found)


def test_positions_count_from_the_start_of_the_file() -> None:
    """Past a byte order mark, CR LF and front matter."""
    text = "\ufeff---\r\ntitle: 'w/c 7 May 2019'\r\n---\r\n\r\nThe map at https://example.org/a is new.\r\n"
    found = check(parse(text))
    assert [(one.code, one.line, one.column) for one in found] == [("WN102", 2, 8), ("WN512", 5, 12)]
    for one, words in zip(found, ("'w/c 7 May 2019'", "https://example.org/a"), strict=True):
        assert one.position is not None
        assert text[one.position.start.offset : one.position.end.offset] == words


@pytest.mark.parametrize(
    ("code", "text", "shown"),
    [
        ("WN514", "One [a](/x), two [b _c_](#) and [d](/y).\n", ["[b _c_](#)"]),
        ("WN514", "> - One [a](/x)\r\n>   and [b\r\n>   c](TODO).\r\n", ["[b\r\n>   c](TODO)"]),
        ("WN514", "The [e][e] and ![[f]()](/g).\n\n[e]: <>\n", ["[e][e]"]),
        ("WN513", "See ![a](/x.png) ![](/y.png 'y') and ![ ][z].\n\n[z]: /z.png\n", ["![](/y.png 'y')", "![ ][z]"]),
        ("WN512", "> `https://a.example` and\n> *https://b.example* now.\n", ["https://b.example"]),
        ("WN512", "[https://a.example b](/x) <https://c.example> https://d.example e\n", ["https://d.example"]),
        ("WN515", "`[a] (https://a.example)` or [`b`] (https://b.example).\n", ["[`b`] (https://b.example)"]),
        ("WN516", "\\[^1] `[^2]` [^3] *[a `b`][c]* [d](/[e][f])\n", ["[^3]", "[a `b`][c]"]),
        ("WN511", "`a\u00a0 b` *c*\u00a0 d [e\u00a0 f](/g\u00a0)\n", ["\u00a0 ", "\u00a0 "]),
        ("WN006", "`Ã©` [cafÃ©](/cafÃ©)\n\n    Ã©\n", ["Ã©"]),
        ("WN202", "# A\n\nb\n\n##   *C* [d](/e)  ##\n", ["*C* [d](/e)"]),
        ("WN513", "<figure>\n<img src='a'>\n<img src='b' alt=''>\n</figure>\n", ["<img src='a'>"]),
        ("WN502", "---\ntitle: Week 12 [DRAFT]\n---\n\nFine.\n", ["Week 12 [DRAFT]"]),
    ],
)
def test_a_problem_in_a_line_is_shown_where_it_is(code: str, text: str, shown: list[str]) -> None:
    """The position is that of a link, an image or a few characters, not of the paragraph."""
    found = check(parse(text, dialect="markdown"), [code])
    places = [one.position for one in found if one.position is not None]
    assert [text[place.start.offset : place.end.offset] for place in places] == shown


def test_rules_can_be_selected() -> None:
    """By code, start of a code, or name; as a list or a single string."""
    note = parse("# Bees\n\n[a]()\n")
    assert codes(check(note, ["WN5"])) == ["WN514"]
    assert codes(check(note, "link-to-nowhere")) == ["WN514"]
    assert codes(check(note, ["missing-learning"])) == ["WN301"]
    assert check(note, []) == ()
    with pytest.raises(UnknownRuleError):
        check(note, ["WN9"])
    with pytest.raises(UnknownProfileError, match="unknown profile 'strickt'; did you mean 'strict'"):
        LintSettings(profile="strickt")


def test_plain_text_has_no_markup_to_get_wrong() -> None:
    """URLs in brackets and asterisks are ordinary plain text."""
    text = "Weeknote w/c 6 May: bees\n\nSee (https://example.org/a_b) and [a][b].[^1]\n\n* Not everybody does.\n"
    assert check(parse(text, dialect="text")) == ()


def test_a_built_note_is_checked_without_positions() -> None:
    """It has no text, but it can have problems."""
    note = Weeknote(heading=Heading(1, "w/c 7 May 2019"), sections=[Section(Heading(2, "Bees"))])
    found = check(note)
    assert codes(found) == ["WN102", "WN202"]
    assert {one.position for one in found} == {None}
    assert str(found[0]).startswith("-:1:1: WN102 ")


def test_only_text_rules_apply_to_a_post() -> None:
    """A post needs no week and no sections."""
    archive = parse_archive("# w/c 6 May 2019\n\nA.\n\n# Holiday\n\n[a]()\n\n# w/c 29 April 2019\n\nB.\n")
    post = archive.entries[1]
    assert isinstance(post, Post)
    assert codes(check(post, LintSettings(profile="strict"))) == ["WN514"]
    assert codes(check(archive)) == ["WN514"]


def test_a_web_page_is_not_checked() -> None:
    """Most rules would report its scripts."""
    found = check(parse('<!doctype html>\n<script>\n\n- \n\n"https://example.org" - [a]()\n</script>\n'))
    assert [(one.code, one.severity) for one in found] == [("WN010", Severity.INFO)]


def test_front_matter_that_is_never_closed() -> None:
    """Its fence is reported; a thematic break before a paragraph is not."""
    text = "\ufeff---\ntitle: Rain\ndate: 2024-05-06\n\n# Weeknote 12\n\nIt rained.\n"
    (found,) = check(parse(text), ["WN005"])
    assert (found.line, found.column, found.end_column) == (1, 2, 5)
    assert found.hint == "Add a line --- after its last key."
    assert check(parse(text.replace("\n\n#", "\n---\n\n#")), ["WN005"]) == ()
    assert check(parse("---\n\nIt rained.\n"), ["WN005"]) == ()


# --- validate


def test_validate_returns_a_valid_note() -> None:
    """So it can be used inside an expression."""
    note = parse("# Weeknote 12\n\nBees.\n")
    assert validate(note) is note


def test_validate_reports_everything_at_once() -> None:
    """One line for each problem, with its position and hint."""
    note = parse("# w/c 7 May 2019\n\n## Bees\n")
    with pytest.raises(InvalidNoteError) as caught:
        validate(note, path="a.md")
    assert codes(caught.value.diagnostics) == ["WN102", "WN202"]
    lines = str(caught.value).split("\n")
    assert lines[0] == "2 problems:"
    assert lines[1].startswith("  a.md:1:3: WN102 “w/c 7 May 2019” starts")
    assert lines[2] == (
        "  a.md:3:4: WN202 The section “Bees” is empty. Write something under the heading, or remove it."
    )
    assert isinstance(caught.value, WeeknoteError)


def test_validate_counts_errors_and_warnings() -> None:
    """`info` does not count, unless the settings raise the severity."""
    note = parse("Bees.\n")
    quiet = LintSettings(select=["no-title"])
    assert [one.severity for one in check(note, quiet)] == [Severity.INFO]
    assert validate(note, quiet) is note
    with pytest.raises(InvalidNoteError):
        validate(note, LintSettings(severities={"no-title": "warning"}))


# --- fix


def test_fix_applies_safe_fixes_and_nothing_else() -> None:
    """Several in one text, and every other character stays."""
    text = "#  Weeknote 12\r\n\r\n+ One\n+\r\n+   Two\u00a0 words *a* __b__\r\n\r\nSee https://example.org/a today.\r\n"
    fixed = fix(parse(text, dialect="markdown"))
    assert dump(fixed) == (
        "#  Weeknote 12\r\n\r\n+ One\r\n+   Two words *a* __b__\r\n\r\nSee <https://example.org/a> today.\r\n"
    )
    assert fix(fixed) is fixed


def test_fix_returns_a_note_without_problems_itself() -> None:
    """There is nothing to do, so there is no new object."""
    note = parse("# Weeknote 12\n\nBees.\n")
    assert fix(note) is note
    built = Weeknote(heading=Heading(1, "Weeknote 12"), intro="Bees.")
    assert fix(built) is built


def test_fix_applies_only_the_selected_rules() -> None:
    """Problems of other rules stay."""
    text = "# Weeknote 12\n\n- a\n-\n- b\u00a0 c\n"
    assert dump(fix(parse(text), ["empty-item"])) == "# Weeknote 12\n\n- a\n- b\u00a0 c\n"
    assert dump(fix(parse(text), LintSettings(ignore=["WN4"]))) == "# Weeknote 12\n\n- a\n-\n- b c\n"


def test_fix_keeps_the_years_of_an_archive() -> None:
    """The dates that the years were inferred from are not lost."""
    text = "# w/c 13 May\n\n- a\n-\n- b\n\n# Post\n\n- c\n-\n- d\n\n# w/c 6 May\n\nZero\u200bwidth.\n"
    archive = parse_archive(text, near=date(2019, 5, 20))
    fixed = fix(archive)
    assert isinstance(fixed, Archive)
    assert dump(fixed) == "# w/c 13 May\n\n- a\n- b\n\n# Post\n\n- c\n- d\n\n# w/c 6 May\n\nZerowidth.\n"
    assert [n.weeks[0].start for n in fixed.weeknotes] == [n.weeks[0].start for n in archive.weeknotes]
    assert fixed.weeknotes[0].weeks[0].start == date(2019, 5, 13)


def test_fix_keeps_what_is_known_about_a_note_from_outside() -> None:
    """A note of an archive has the year that its neighbours gave it, and says so."""
    note = parse_archive("# w/c 13 May\n\na\u200bb\n\n# w/c 6 May 2019\n\nc\n").weeknotes[0]
    fixed = fix(note)
    assert dump(fixed) == "# w/c 13 May\n\nab\n\n"
    assert fixed.context == note.context
    assert fixed.weeks[0].evidence == "neighbour"


def test_fix_works_on_the_entries_of_an_archive() -> None:
    """The result is only that note or post."""
    text = "# w/c 13 May\n\na\u200bb\n\n# Post\n\nc\u200bd\n\n# w/c 6 May\n\ne\n"
    note, post, _ = parse_archive(text, near=date(2019, 5, 20)).entries
    assert isinstance(note, Weeknote)
    assert isinstance(post, Post)
    assert dump(fix(note)) == "# w/c 13 May\n\nab\n\n"
    assert fix(note).weeks[0].start == date(2019, 5, 13)
    assert dump(fix(post)) == "# Post\n\ncd\n\n"
    assert isinstance(fix(post), Post)


def test_fix_works_on_built_and_edited_notes() -> None:
    """They are dumped and parsed first."""
    built = Weeknote(heading=Heading(1, "Weeknote 12"), intro=[List([ListItem("a"), ListItem(), ListItem("b")])])
    assert dump(fix(built)) == "# Weeknote 12\n\n- a\n- b\n"
    note = parse("# Weeknote 12\n\nA.\n\nb\u200bc\n")
    edited = replace(note, note.intro[0], Paragraph("d\u200be"))
    assert dump(fix(edited)) == "# Weeknote 12\n\nde\n\nbc\n"


def test_edits_apply_only_to_the_text_that_was_checked() -> None:
    """Offsets mean nothing in an edited note."""
    note = parse("# Weeknote 12\n\na\u200bb\n\nc\n")
    (found,) = check(note)
    assert found.fix is not None
    assert [(edit.start, edit.end, edit.text) for edit in found.fix.edits] == [(16, 17, "")]
    with pytest.raises(NotFoundError, match=r"use weeknote\.fix"):
        found.fix.apply(replace(note, note.intro[1], Paragraph("d")))


def test_replacements_name_their_nodes() -> None:
    """Applying them changes these nodes, once."""
    note = parse("# Weeknote 12\n\n- a\n-\n- b\n-\n")
    first, second = check(note)
    assert first.fix is not None
    assert first.fix.edits == ()
    assert first.fix.replacements == ((first.node, None),)
    assert second.fix is not None
    changed = first.fix.apply(note)
    assert dump(changed) == "# Weeknote 12\n\n- a\n- b\n-\n"
    assert dump(second.fix.apply(changed)) == "# Weeknote 12\n\n- a\n- b\n"
    with pytest.raises(NotFoundError, match="not in the note"):
        first.fix.apply(changed)


# --- any note


@given(texts, dialects)
def test_check_never_raises_on_a_text(text: str, dialect: str | None) -> None:
    """On one note or an archive; every position is in the text, and fixing is idempotent."""
    for read in (parse, parse_archive):
        note: Weeknote | Archive = read(text, dialect=dialect, name="2024-W19.md", near=date(2024, 5, 12))
        found = check(note, EVERYTHING, path="a.md")
        for one in found:
            assert one.path == "a.md"
            assert one.position is None or 0 <= one.position.start.offset <= one.position.end.offset <= len(text)
        assert list(found) == sorted(found, key=lambda d: -1 if d.position is None else d.position.start.offset)
        fixed = fix(note, EVERYTHING)
        assert fix(fixed, EVERYTHING) == fixed


@given(st.one_of(notes(), posts(), archives()))
@settings(max_examples=100)
def test_check_never_raises_on_a_built_note(note: Weeknote | Post | Archive) -> None:
    """Even if it cannot be dumped."""
    check(note, EVERYTHING)
    fix(note, EVERYTHING)
    assert series_entries(note, "a.md") is not None


@given(texts, dialects)
def test_fix_changes_nothing_if_there_is_nothing_to_fix(text: str, dialect: str | None) -> None:
    """And `check` does not change the note."""
    note = parse(text, dialect=dialect)
    before = copy.copy(note)
    if not any(one.fix for one in check(note)):
        assert fix(note) is note
    assert note == before
    assert dump(note) == text


@pytest.mark.parametrize(
    "piece",
    [
        "`a``b```c",
        "[a](https://",
        "[^1]",
        "[a][b",
        "<a",
        "{{ a",
        "\u00a0 ",
        "![](",
        "# w/c 6 May\n\n",
        "## a\n\n",
        "- a\n* b\n",
        "-\n",
        "> ",
        "•a\n",
        "a:\n\n# b\n\n",
        "https://a.b/(",
        "\ufffd",
        "\u200b",
        "DRAFT ",
        "[insert ",
    ],
)
def test_checking_is_linear(piece: str) -> None:
    """Four times the text takes four times the calls."""

    def read(times: int) -> Weeknote:
        note = parse("# Weeknote 12\n\n" + piece * times, dialect="markdown")
        check(note, EVERYTHING)  # reads the leaves, which is not what is counted
        return note

    few, many = (calls(partial(check, read(times), EVERYTHING)) for times in (100, 100 * TIMES))
    assert not grows_too_fast(few, many)
    check(read((10_000 if "\n" in piece else 80_000) // len(piece)), EVERYTHING)


# --- other people's notes


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"there is no {SHARED}")
def test_few_of_other_peoples_notes_have_problems() -> None:
    """With the default profile, and never with their structure."""
    paths = [path for path in sorted((SHARED / "corpus" / "notes").rglob("*")) if path.is_file()]
    counts: Counter[str] = Counter()
    noted = 0
    for path in paths:
        note = parse(path.read_bytes().decode("utf-8"), dialect="markdown", name=path.name.replace("__", "/"))
        found = [one for one in check(note) if one.severity is not Severity.INFO]
        counts.update({one.code for one in found})
        noted += bool(found)
        assert not [one for one in found if one.severity is Severity.ERROR and one.name != "merge-conflict"]
        check(note, EVERYTHING)
    assert len(paths) > 300
    assert noted <= len(paths) // 10
    assert not {"WN201", "WN301", "WN303", "WN101", "WN105"} & set(counts)
