"""The search for texts that break something: a short one with hypothesis, and the texts that longer ones have found."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz import journey
from strategies import texts
from weeknote import (
    Link,
    List,
    Paragraph,
    Table,
    append,
    convert,
    dump,
    find_all,
    normalize,
    parse,
    parse_archive,
    remove,
    replace,
    walk,
)

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.suffix in {".md", ".txt"})


@given(text=texts, choice=st.integers(0, 2**32 - 1))
def test_any_text_survives_the_journey(text: str, choice: int) -> None:
    """Whatever is done with a text, only documented errors are raised and the laws hold."""
    journey.stroll(text, choice)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_examples_go_the_whole_journey(path: Path) -> None:
    """What the search starts from passes it, and so does what the search does."""
    text = path.read_bytes().decode("utf-8")
    for choice in (0, 40, 81):
        journey.travel(text, choice)


@pytest.mark.parametrize("step", [*journey.STEPS, "editing"])
def test_every_step_has_its_turn(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No step is left out by the number that chooses."""
    done: list[str] = []
    monkeypatch.setattr(journey, "STEPS", {name: lambda _, name=name: done.append(name) for name in journey.STEPS})
    monkeypatch.setattr(journey, "editing", lambda *_: done.append("editing"))
    for choice in range(4 * (len(journey.STEPS) + 3)):
        journey.stroll("a", choice)
    assert done.count(step) >= 4


def test_the_journey_sees_a_law_that_is_broken() -> None:
    """A search that cannot fail finds nothing."""
    note = parse("# Week 12\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n")
    two, four = note.intro[1].slice, note.intro[3].slice
    assert two is not None
    assert four is not None
    journey.written(remove(note, note.intro[1]), note, two.start, two.end)
    other = parse("# Week 13\n\nOne.\n\nThree.\n\nFour!\n")
    with pytest.raises(AssertionError, match="law 2"):
        journey.written(other, note, two.start, two.end)
    with pytest.raises(AssertionError, match="law 2"):
        journey.written(remove(note, note.intro[0]), note, four.start, four.end)


def test_the_search_runs_where_atheris_is_installed(tmp_path: Path) -> None:
    """A hundred texts are tried, made out of the examples."""
    pytest.importorskip("atheris", reason="the extra `fuzz` is not installed")
    command = [sys.executable, "-m", "tests.fuzz", "-runs=100", "-max_len=100", f"-artifact_prefix={tmp_path}/"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Done 100 runs" in done.stderr


# --- what was found and fixed


@pytest.mark.parametrize(("to", "other"), [("markdown", "text"), ("text", "markdown")])
def test_both_dialects_are_as_deep(to: str, other: str) -> None:
    """Plain text held one list more inside another than Markdown, so that the deepest could not be converted."""
    note = parse("".join("  " * n + "- a\n" for n in range(130)), dialect=other)
    assert sum(1 for _ in find_all(note, List)) == 100
    assert sum(1 for _ in find_all(convert(note, to).note, List)) == 100


def test_a_wide_table_of_short_rows_is_not_filled_up_without_end() -> None:
    """Some kilobytes made millions of empty cells: a row for every few letters, a column for every few others."""
    note = parse("|a" * 5_000 + "|\n" + "|-" * 5_000 + "|\n" + "|b|\n" * 5_000)
    table = note.intro[0]
    assert isinstance(table, Table)
    assert len(table.rows) == 5_001
    assert sum(len(row.cells) for row in table.rows) < 20_000
    assert table.rows[1].cells[0].text == "b"
    assert len(table.rows[1].cells) == 5_000


def test_a_table_that_was_not_filled_up_is_kept_as_it_was_read() -> None:
    """It cannot be rendered anew, since rows are written whole; normalising leaves it alone."""
    text = "|a" * 200 + "|\n" + "|-" * 200 + "|\n" + "|b|\n" * 200
    note = parse(text)
    assert dump(normalize(note)) == text


def test_half_a_surrogate_pair_in_an_address_is_percent_encoded_in_markdown() -> None:
    """An address holds any character in plain text; Markdown’s are percent-encoded, and so is half a pair."""
    note = parse("See https://example.org/\udca1x now.\n", dialect="text")
    done = convert(note, "markdown")
    assert [link.url for link in find_all(done.note, Link)] == [link.url for link in find_all(note, Link)]


def test_only_a_heading_replaces_a_heading() -> None:
    """A paragraph took a section’s heading’s place, and was read back as a paragraph of the section before."""
    note = parse("# Week 12\n\n## Maps\n\nDrawn.\n")
    with pytest.raises(TypeError, match="is not allowed here"):
        replace(note, note.sections[0].heading, Paragraph("Maps"))


@pytest.mark.parametrize("text", ["- " * 100 + "a", "1. " * 100 + "a"], ids=["bullets", "numbers"])
def test_the_deepest_note_pickles(text: str) -> None:
    """A list a hundred deep exhausted the stack of pickle."""
    note = parse(text)
    assert pickle.loads(pickle.dumps(note)) == note


@pytest.mark.parametrize("text", ["- " * 100 + "a", ">" * 100 + "a"], ids=["lists", "quotations"])
def test_the_deepest_note_is_copied(text: str) -> None:
    """A list sixty deep exhausted the stack of `copy.deepcopy`."""
    note = parse(text)
    assert copy.deepcopy(note) == note


LONG = "It rained, and it rained, and after a week of rain it rained on until nobody knew what the sun had been like."


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        (f"{LONG}\n\n# Weeknote 9\n\nWords.\n\n# Weeknote 8\n", "markdown"),
        (f"{LONG}\n\nWeeknote 9\n\nWords.\n\nWeeknote 8\n\nMore.\n", "text"),
    ],
    ids=["markdown", "text"],
)
def test_a_post_that_loses_its_last_block_goes(text: str, dialect: str) -> None:
    """An archive kept an empty post that was not read back."""
    archive = parse_archive(text, dialect=dialect)
    post, *others = archive.entries
    changed = remove(archive, list(walk(post))[1])
    assert list(changed.entries) == others
    assert parse_archive(dump(changed), dialect=dialect) == changed


def test_new_words_over_a_list_in_a_list_keep_its_depth() -> None:
    """An item of plain text got new words, and the nested lists below it became siblings."""
    note = parse("- a\n  - b\n    - c\n", dialect="text")
    first = next(find_all(note, Paragraph))
    changed = replace(note, first, Paragraph("New words."))
    assert parse(dump(changed), dialect="text") == changed


@pytest.mark.parametrize("blanks", [" " * 8, "\t", "\n    "], ids=["blanks", "a tab", "a blank line and blanks"])
def test_what_is_added_to_a_note_of_blanks_is_no_code(blanks: str) -> None:
    """Blanks without a line end stayed before the first bullet, which Markdown then reads as code."""
    note = parse(blanks, dialect="markdown")
    changed = append(note, note, "One more.")
    assert parse(dump(changed), dialect="markdown") == changed
