"""Rules that a note turns off for itself: with comments or a front matter key."""

from __future__ import annotations

import pickle

import attrs
import pytest

import weeknote
from weeknote.lint import Diagnostic, Severity, check
from weeknote.lint.suppression import Suppressions, read_suppressions, unsuppressed
from weeknote.source import Point, Position

URL = "See https://maps.example.org/a here.\n"


def codes(text: str, dialect: str = "markdown") -> list[tuple[str, int]]:
    """Return the codes and lines of the problems that are not suppressed."""
    note = weeknote.parse(text, dialect=dialect)
    found = check(note, ["WN102", "WN403", "WN512"])
    return [(one.code, one.line) for one in unsuppressed(found, read_suppressions(note))]


def problems(text: str) -> list[tuple[int, str]]:
    """Return what is wrong with the comments of a text."""
    return list(read_suppressions(weeknote.parse(text, dialect="markdown")).problems)


@pytest.mark.parametrize(
    ("marker", "left"),
    [
        ("", ["WN102", "WN512"]),
        ("<!-- weeknote: ignore WN102 -->", ["WN512"]),
        ("<!-- weeknote: ignore WN102 we begin on Tuesdays -->", ["WN512"]),
        ("<!-- weeknote: ignore WN102, WN512 because -->", []),
        ("<!-- weeknote: ignore WN102 WN512: because -->", []),
        ("<!-- weeknote: ignore not-a-monday -->", ["WN512"]),
        ("<!-- weeknote: ignore wn5 -->", ["WN102"]),
        ("<!-- weeknote: ignore WN -->", []),
        ("<!--weeknote:ignore WN512-->", ["WN102"]),
        ("<!--\n  weeknote: ignore WN512\n  we like addresses\n-->", ["WN102"]),
        ("Words <!-- weeknote: ignore WN512 --> in a line.", ["WN102"]),
        ("- an item\n\n  <!-- weeknote: ignore WN512 -->", ["WN102"]),
        ("<!-- weeknote: ignore WN301 -->", ["WN102", "WN512"]),
        ("<!-- ignore WN512 -->", ["WN102", "WN512"]),
        ("`<!-- weeknote: ignore WN512 -->`", ["WN102", "WN512"]),
        ("```html\n<!-- weeknote: ignore WN512 -->\n```", ["WN102", "WN512"]),
    ],
)
def test_a_comment_applies_to_the_whole_file(marker: str, left: list[str]) -> None:
    """Wherever it is, as long as it is HTML and not an example in code."""
    text = f"# Weeknote w/c 7 May 2019: maps\n\n{URL}\n{marker}\n"
    assert [code for code, _ in codes(text)] == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"<!-- weeknote: ignore-next WN512 -->\n\n{URL}\n{URL}", [5]),
        (f"<!-- weeknote: ignore-next WN512 -->\n{URL}\n{URL}", [4]),
        (f"<!-- weeknote: ignore-next WN403 -->\n\n{URL}\n{URL}", [3, 5]),
        (f"{URL}\n<!-- weeknote: ignore-next WN512 why -->\n\n- {URL}- {URL}\n{URL}", [1, 8]),
        (f"<!-- weeknote: ignore-next WN512 -->\n\n## Maps\n\n{URL}", [5]),
        (f"- a\n\n  <!-- weeknote: ignore-next WN512 -->\n\n  {URL}\n  {URL}", [7]),
        (f"<!-- weeknote: ignore-next WN512 -->\n<!-- weeknote: ignore-next WN403 -->\n\n{URL}", [4]),
    ],
)
def test_a_comment_can_apply_to_the_next_block(text: str, left: list[int]) -> None:
    """A paragraph, a whole list, or a heading without its section; another comment is a block, too."""
    assert [line for _, line in codes(text)] == left


@pytest.mark.parametrize(
    ("value", "left"),
    [
        ("[WN102, WN512]", []),
        ("WN102", ["WN512"]),
        ("WN102, bare-url", []),
        ("\n  - WN5", ["WN102"]),
        ("[]", ["WN102", "WN512"]),
        ("", ["WN102", "WN512"]),
    ],
)
def test_a_front_matter_key_applies_to_the_whole_file(value: str, left: list[str]) -> None:
    """It is a list, or words separated by spaces or commas."""
    text = f"---\ntitle: Maps\nweeknote-ignore: {value}\n---\n\n## Weeknote w/c 7 May 2019\n\n{URL}"
    named = text.replace("title: Maps", "title: Weeknote w/c 7 May 2019")
    assert [code for code, _ in codes(named)] == left


def test_plain_text_has_no_comments() -> None:
    """Readers would see them."""
    text = f"Weeknote w/c 7 May 2019: maps\n\n<!-- weeknote: ignore WN102 -->\n\n{URL}"
    assert [code for code, _ in codes(text, "text")] == ["WN102"]


def test_an_archive_is_one_file() -> None:
    """A comment in one of its notes applies to all."""
    one = "# Weeknote w/c 7 May 2019\n\nMaps.\n\n"
    archive = weeknote.parse_archive(one + "<!-- weeknote: ignore WN102 -->\n\n" + one.replace("7 M", "14 M"))
    assert len(archive.weeknotes) == 2
    assert unsuppressed(check(archive, ["WN102"]), read_suppressions(archive)) == ()


@pytest.mark.parametrize(
    ("marker", "line", "words"),
    [
        ("<!-- weeknote: ignore -->", 3, "it names no rule; write <!-- weeknote: ignore WN404 why -->"),
        ("<!-- weeknote: ignore because I can -->", 3, "it names no rule"),
        ("<!-- weeknote: ignore WN999 -->", 3, "unknown rule 'WN999'"),
        ("<!-- weeknote: disable WN102 -->", 3, "unknown instruction 'disable'; write `ignore`"),
        ("<!--\n\nweeknote: ignore WN999 -->", 3, "unknown rule"),
        ("<!-- weeknote: ignore-next WN102 -->", 3, "with another block after it"),
        ("Words <!-- weeknote: ignore-next WN102 --> here.\n\nMore.", 3, "must be a block of its own"),
    ],
)
def test_a_comment_without_effect_is_reported(marker: str, line: int, words: str) -> None:
    """A typo in a comment would go unnoticed."""
    found = problems(f"# Maps\n\n{marker}\n")
    assert [where for where, _ in found] == [line]
    assert words in found[0][1]


def test_an_unknown_rule_in_the_front_matter_is_reported() -> None:
    """With its key."""
    (found,) = problems("---\nweeknote-ignore: [WN999]\ntitle: a\n---\n\nText.\n")
    assert found[1].startswith("`weeknote-ignore` in the front matter: unknown rule 'WN999'")


@pytest.mark.parametrize(
    ("ranges", "offset", "expected"),
    [
        ([(0, 10)], 0, True),
        ([(0, 10)], 9, True),
        ([(0, 10)], 10, False),
        ([(5, 10)], 4, False),
        ([(0, 100), (10, 20)], 50, True),
        ([(0, 20), (10, 100)], 50, True),
        ([(0, 5), (10, 20)], 7, False),
        ([(10, 20), (10, 40), (10, 30)], 35, True),
    ],
)
def test_a_range_ends_before_its_end(ranges: list[tuple[int, int]], offset: int, expected: bool) -> None:
    """A range reaches up to its end, also if a shorter one starts inside it."""
    suppressions = Suppressions(within=tuple((start, end, frozenset({"WN512"})) for start, end in ranges))
    where = Position(Point(1, offset + 1, offset), Point(1, offset + 2, offset + 1))
    found = Diagnostic("WN512", "bare-url", Severity.WARNING, "A message.", position=where)
    assert suppressions.covers(found) is expected
    assert not suppressions.covers(attrs.evolve(found, code="WN403"))
    assert not suppressions.covers(attrs.evolve(found, position=None))


def test_a_problem_right_after_the_ignored_block_counts() -> None:
    """A block owns the blank lines after it, and nothing of the next one."""
    text = f"<!-- weeknote: ignore-next WN512 -->\n\nSome words.\n\n{URL}"
    assert codes(text) == [("WN512", 5)]


def test_suppressions_can_be_pickled() -> None:
    """They travel between processes."""
    found = read_suppressions(weeknote.parse(f"<!-- weeknote: ignore-next WN512 -->\n\n{URL}", dialect="markdown"))
    assert found != Suppressions()
    assert pickle.loads(pickle.dumps(found)) == found


def test_a_built_note_can_have_comments() -> None:
    """Its nodes have no positions, but a comment for the whole note needs none."""
    note = weeknote.Weeknote(intro=[weeknote.Html("<!-- weeknote: ignore WN512 -->"), weeknote.Paragraph("Words.")])
    assert read_suppressions(note).everywhere == {"WN512"}
