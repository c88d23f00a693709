"""Output formats: text with a caret, one line for editors, JSON, GitHub's commands, SARIF."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import pytest
from jsonschema import Draft202012Validator

import weeknote
from weeknote.cli.output_formats import FORMATS, statistics
from weeknote.lint import RULES, check
from weeknote.lint.printable import Style
from weeknote.lint.report import ReportEntry, render_entry, report_entry, source_excerpt

SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))

ONE = ReportEntry(
    path="notes/may.md",
    line=3,
    column=5,
    end_line=3,
    end_column=10,
    code="WN403",
    name="empty-item",
    severity="warning",
    message="This list item is empty.",
    hint="Write something.",
    fix="Take the item out",
    source="All quiet here.",
)


def printed(name: str, *found: ReportEntry, failures: tuple[str, ...] = (), utf8: bool = True) -> str:
    """Return what a format prints."""
    report = FORMATS[name](Style(), utf8=utf8)
    lines = [*report.begin(), *(line for one in found for line in report.show(one)), *report.end(failures)]
    return "".join(f"{line}\n" for line in lines)


def sarif(*found: ReportEntry, failures: tuple[str, ...] = ()) -> Any:
    """Return a SARIF log that is valid by its schema."""
    log = json.loads(printed("sarif", *found, failures=failures))
    Draft202012Validator(SCHEMA).validate(log)
    return log["runs"][0]


# --- from a diagnostic


def test_an_entry_has_its_line() -> None:
    """And its position, message and fix, but nothing of the note."""
    text = "# Maps\r\n\r\nSee https://maps.example.org/a here.\r\n"
    (found,) = check(weeknote.parse(text), ["bare-url"])
    one = report_entry(found, text, "may.md")
    assert (one.path, one.line, one.column, one.end_line, one.end_column) == ("may.md", 3, 5, 3, 31)
    assert one.source == "See https://maps.example.org/a here."
    assert one.source[one.column - 1 : one.end_column - 1] == "https://maps.example.org/a"
    assert one.fix is not None


def test_an_entry_without_a_position_is_on_the_first_line() -> None:
    """A note that was built has no text."""
    note = weeknote.Weeknote(intro=[weeknote.Paragraph("See https://maps.example.org/a here.")])
    one = report_entry(check(note, ["WN301"])[0])
    assert (one.path, one.line, one.column, one.source) == ("-", 1, 1, "")


# --- the line and a caret


@pytest.mark.parametrize(
    ("line", "start", "end", "room", "shown"),
    [
        ("All quiet here.", 4, 9, 80, "All quiet here.\n    ^^^^^"),
        ("All quiet here.", 4, 4, 80, "All quiet here.\n    ^"),
        ("All", 3, 3, 80, "All\n   ^"),
        ("  • item", 0, 8, 80, "  • item\n  ^^^^^^"),
        ("\titem", 1, 5, 80, " item\n ^^^^"),
        ("\x1b[31mred", 5, 8, 80, "\\x1b[31mred\n        ^^^"),
        ("a\u202eb", 1, 2, 80, "a\\u202eb\n ^^^^^^"),
        ("週報 here", 3, 7, 80, "週報 here\n     ^^^^"),
        ("e\u0301te\u0301", 2, 3, 80, "e\u0301te\u0301\n ^"),
        ("word " * 20, 0, 4, 20, "word word word word…\n^^^^"),
        ("word " * 20, 50, 54, 20, "…word word word wor…\n      ^^^^"),
        ("word " * 20, 95, 99, 20, "…word word \n      ^^^^"),
        ("x" * 300, 0, 300, 20, f"{'x' * 19}…\n{'^' * 19}"),
        ("", 0, 0, 20, "\n^"),
    ],
)
def test_the_caret_is_under_the_problem(line: str, start: int, end: int, room: int, shown: str) -> None:
    """In terminal columns: with wide, combining and control characters, and in long lines."""
    text, before, under = source_excerpt(line, start, end, room)
    assert f"{text}\n{' ' * before}{'^' * under}" == shown


def test_the_text_format_shows_line_hint_and_fix() -> None:
    """It is the format for people."""
    assert printed("text", ONE, attrs.evolve(ONE, hint=None, fix=None, source="")) == (
        "notes/may.md:3:5: warning WN403 This list item is empty.\n"
        "  3 | All quiet here.\n"
        "    |     ^^^^^\n"
        "    = hint: Write something.\n"
        "    = fix: Take the item out (with weeknote check --fix)\n"
        "\n"
        "notes/may.md:3:5: warning WN403 This list item is empty.\n"
    )


def test_a_problem_on_several_lines_is_underlined_on_the_first() -> None:
    """To the end of the line, and not past it."""
    lines = list(render_entry(attrs.evolve(ONE, end_line=5, end_column=2, hint=None, fix=None)))
    assert lines[1:] == ["  3 | All quiet here.", "    |     ^^^^^^^^^^^"]


def test_colour_is_for_terminals() -> None:
    """Bold and dim where the style has colours, and the same words without."""
    coloured = "\n".join(render_entry(ONE, Style(80, colour=True)))
    assert "\x1b[1m" in coloured
    assert coloured.replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "") == "\n".join(render_entry(ONE))


EVIL = attrs.evolve(
    ONE, path="\x1b[2J.md", message="“\x1b[31m” is\r\nred: 5%, {x} [a](1)", hint="\x07", source="\x1b]0;title\x07"
)


@pytest.mark.parametrize("name", FORMATS)
def test_control_characters_stay_away_from_the_terminal(name: str) -> None:
    """No format lets a note control the terminal."""
    assert not set(printed(name, EVIL, failures=("\x1b",))) & (set(map(chr, range(32))) - {"\n"})


# --- for programs


def test_concise_has_one_line_per_problem() -> None:
    """As editors and `grep` expect."""
    assert printed("concise", ONE, ONE).splitlines() == ["notes/may.md:3:5: warning WN403 This list item is empty."] * 2


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_is_one_array(count: int) -> None:
    """For any number of problems."""
    assert (
        json.loads(printed("json", *[ONE] * count))
        == [{name: value for name, value in attrs.asdict(ONE).items() if name != "source"}] * count
    )


def test_jsonl_is_an_object_on_each_line() -> None:
    """The same objects, each at once."""
    lines = printed("jsonl", ONE, EVIL).splitlines()
    assert [json.loads(line)["path"] for line in lines] == ["notes/may.md", "\x1b[2J.md"]


def test_json_is_ascii_where_the_stream_is_not_utf_8() -> None:
    """As `show` does it."""
    assert printed("jsonl", EVIL, utf8=False).isascii()
    assert json.loads(printed("jsonl", EVIL, utf8=False)) == json.loads(printed("jsonl", EVIL))


@pytest.mark.parametrize(
    ("found", "line"),
    [
        (
            ONE,
            "::warning file=notes/may.md,line=3,endLine=3,title=WN403 empty-item,col=5,endColumn=10"
            "::This list item is empty. Write something.",
        ),
        (
            attrs.evolve(ONE, severity="info", end_line=4, hint=None, message="50%\nis: half, or {so}"),
            "::notice file=notes/may.md,line=3,endLine=4,title=WN403 empty-item::50%25%0Ais: half, or {so}",
        ),
        (
            attrs.evolve(ONE, severity="error", path="a,b:c%.md", hint=None),
            "::error file=a%2Cb%3Ac%25.md,line=3,endLine=3,title=WN403 empty-item,col=5,endColumn=10"
            "::This list item is empty.",
        ),
    ],
)
def test_github_gets_workflow_commands(found: ReportEntry, line: str) -> None:
    """With GitHub's escapes; with columns only if the problem is on one line."""
    assert printed("github", found) == line + "\n"


# --- SARIF


def test_sarif_is_valid_by_its_schema() -> None:
    """Without problems, with problems, with failures."""
    assert sarif()["results"] == []
    run = sarif(ONE, EVIL, attrs.evolve(ONE, severity="error"), failures=("may.md: cannot be read: {x}",))
    assert [one["level"] for one in run["results"]] == ["warning", "warning", "error"]
    assert run["columnKind"] == "unicodeCodePoints"
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "may.md: cannot be read: {{x}}"


def test_sarif_describes_every_rule() -> None:
    """Whatever was reported."""
    assert [rule["id"] for rule in sarif()["tool"]["driver"]["rules"]] == list(RULES)


@pytest.mark.parametrize(
    ("path", "uri", "base"),
    [
        ("notes/may.md", "notes/may.md", "%SRCROOT%"),
        ("./notes/may.md", "notes/may.md", "%SRCROOT%"),
        ("notes/tŷ 1%.md", "notes/t%C5%B7%201%25.md", "%SRCROOT%"),
        ("-", "-", "%SRCROOT%"),
        ("/elsewhere/may.md", "file:///elsewhere/may.md", None),
    ],
)
def test_sarif_names_files_as_uris(path: str, uri: str, base: str | None) -> None:
    """Relative to the root of the sources if they are below it."""
    artifact = sarif(attrs.evolve(ONE, path=path))["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert (artifact["uri"], artifact.get("uriBaseId")) == (uri, base)


def test_sarif_fingerprints_survive_moved_lines() -> None:
    """They depend on file, rule and text, not on the line number."""
    first, moved, other = sarif(ONE, attrs.evolve(ONE, line=9, end_line=9), attrs.evolve(ONE, source="Other words."))[
        "results"
    ]
    assert first["partialFingerprints"] == moved["partialFingerprints"] != other["partialFingerprints"]


@pytest.mark.parametrize(
    "change",
    [
        lambda log: log.update(version="2.0.0"),
        lambda log: log["runs"][0].update(extra=1),
        lambda log: log["runs"][0]["results"][0].update(level="loud"),
        lambda log: log["runs"][0]["results"][0]["message"].update(text="{0}"),
        lambda log: log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"].update(startLine=0),
        lambda log: log["runs"][0]["results"][0].pop("message"),
    ],
)
def test_the_schema_refuses_what_is_wrong(change: Any) -> None:
    """It was written by hand, so it is tested, too."""
    log = json.loads(printed("sarif", ONE))
    change(log)
    assert not Draft202012Validator(SCHEMA).is_valid(log)


def test_statistics_are_a_table() -> None:
    """The most common first, with the number of fixes."""
    counts = {("WN403", "empty-item"): (2, 2), ("WN102", "not-a-monday"): (12, 0)}
    assert list(statistics(counts)) == ["12  WN102  not-a-monday", " 2  WN403  empty-item    2 with --fix"]
