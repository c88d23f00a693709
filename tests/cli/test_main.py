"""The command line: what it prints, where, and with which exit status, also when something is wrong."""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import runpy
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import weeknote
from weeknote.cli.main import argument_parser, main
from weeknote.cli.summary import facts, lines
from weeknote.cli.terminal import Progress
from weeknote.lint.printable import Style, shorten, visible, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable

PARSERS: dict[str, argparse.ArgumentParser] = next(
    action.choices for action in argument_parser()._actions if isinstance(action, argparse._SubParsersAction)
)
ROOT = Path(__file__).parents[2]
SCRIPT = Path(sys.executable).with_name("weeknote.exe" if os.name == "nt" else "weeknote")

NOTE = """\
Weeknote w/c 11 March: fewer letters, more doorbells

We stopped posting letters on Monday. See https://letters.example.org/plan for the plan.

Ringing the bell

Three people went round the estate and knocked.

These came up more than once:

  • The lift
    • again
  • The lift, a third time

Something I’m learning

People tell you more on their own doorstep.

Comments are closed.
"""

NOTE_SHOWN = """\
{name}
  headline      Weeknote w/c 11 March: fewer letters, more doorbells
  title         fewer letters, more doorbells
  week          w/c 11 March, year unknown
  dialect       text

   line  role      depth  paragraphs  items  section
      3  intro                     1      0
      5  theme         2           2      3  Ringing the bell
     15  learning      2           1      0  Something I’m learning
     19  trailer                   1      0

  trailer
     19  Comments are closed.

  1 link
      3  https://letters.example.org/plan
"""

MARKDOWN = """\
---
title: Doors
date: 2024-03-15
tags: [doors
---

## S01E03 is not a heading of the note

See [the *long*
list](https://doors.example.org/list "All of them").

> A quotation.

    code
"""

ARCHIVE = """\
Weeknote w/c 18 March: keys

All keys are labelled.

Something I’m learning

Labels fall off.

Why our doors are blue

The paint was cheap. More at https://paint.example.org

Weeknote w/c 11 March 2024: doors

All doors are counted.
"""


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test works in an empty folder."""
    monkeypatch.chdir(tmp_path)


def saved(name: str, text: str | bytes) -> str:
    """Write a file byte for byte and return its name."""
    Path(name).write_bytes(text.encode() if isinstance(text, str) else text)
    return name


def shown(name: str, *options: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what `show` prints of a file; there is nothing to complain about."""
    assert main(["show", *options, name]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def as_json(name: str, *options: str, capsys: pytest.CaptureFixture[str]) -> Any:
    """Return what `show --json` prints of a file."""
    return json.loads(shown(name, "--json", *options, capsys=capsys))


def run(*command: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run a program as a user would, warnings being errors."""
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONWARNINGS": "error", **more.pop("env", {})}
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=60, env=env, **more)


def python(*arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run `python -m weeknote`."""
    return run(sys.executable, "-m", "weeknote", *arguments, **more)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


# --- what is shown


def test_a_note_is_shown_whole(capsys: pytest.CaptureFixture[str]) -> None:
    """Everything that is understood of a plain-text note, in aligned columns."""
    assert shown(saved("doors.txt", NOTE), capsys=capsys) == NOTE_SHOWN.format(name="doors.txt")


def test_standard_input_is_a_file_like_any_other(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only its name, `-`, is different."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(NOTE.encode())))
    assert shown("-", capsys=capsys) == NOTE_SHOWN.format(name="standard input")


@pytest.mark.parametrize(
    ("text", "options", "week"),
    [
        pytest.param("# w/c 11 March", [], "w/c 11 March, year unknown", id="unknown"),
        pytest.param(
            "# w/c 11 March 2024", [], "2024-03-11 to 2024-03-17 (w/c 11 March 2024, year stated)", id="stated"
        ),
        pytest.param(
            "# w/c 11 March",
            ["--near", "2024-03-18"],
            "2024-03-11 to 2024-03-17 (w/c 11 March, year from --near)",
            id="near",
        ),
        pytest.param("# All about doors", [], "(none)", id="none"),
        pytest.param("# w/c 11 March", ["--near", "0001-01-01"], "w/c 11 March, year unknown", id="first day there is"),
        pytest.param("# w/c 11 March", ["--near", "9999-12-31"], "w/c 11 March, year unknown", id="last day there is"),
    ],
)
def test_a_week_says_where_its_year_came_from(
    text: str, options: list[str], week: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A year is stated, or found, or unknown."""
    assert f"  week          {week}\n" in shown(saved("a.md", text), *options, capsys=capsys)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        pytest.param("# Weeknotes #30-31", "  number        30, 31", id="numbers"),
        pytest.param("# Weeknotes S02E04: rain", "  episode       season 2, episode 4", id="episode"),
        pytest.param("---\ndate: 2024-03-15\n---\nRain.\n", "  published     2024-03-15", id="published"),
        pytest.param("# Rain\r\n\r\nMore.\r\n", "  dialect       markdown, CRLF line ends", id="line ends"),
        pytest.param("---\ntitle: Rain\n---\nRain.\n", "  front matter  yaml: title", id="front matter"),
        pytest.param(MARKDOWN, "    problem     line 5, column 1: the front matter cannot", id="front matter problem"),
        pytest.param("# Rain\n\n```\ncode\n```\n\nRain.\n", "      3  intro           1      0      1", id="other"),
    ],
)
def test_a_note_says_what_it_has(text: str, row: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A row for each thing the note gives."""
    assert row in shown(saved("a.md", text), capsys=capsys)


def test_several_notes_are_an_archive(capsys: pytest.CaptureFixture[str]) -> None:
    """Notes and posts are shown one by one, each with its place."""
    out = shown(saved("all.txt", ARCHIVE), capsys=capsys)
    assert out.startswith(
        "all.txt\n  archive       2 weeknotes and 1 post\n  dialect       text\n\n  1. weeknote  line 1\n"
    )
    assert "\n  2. post  line 9\n     title         Why our doors are blue\n" in out
    assert "\n        11  https://paint.example.org\n" in out
    assert "     week          2024-03-18 to 2024-03-24 (w/c 18 March, year from the notes beside it)\n" in out


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(ARCHIVE, "archive", id="two notes and a post"),
        pytest.param(NOTE, "weeknote", id="one note"),
        pytest.param("", "weeknote", id="nothing"),
        pytest.param("Just words.\n", "weeknote", id="words"),
        pytest.param("Hello.\n\n# Weeknote w/c 6 May\n\nRain.\n", "weeknote", id="words before the note"),
        pytest.param("# Weeknote #2\n\nA\n\n# Weeknote #1\n\nB\n", "archive", id="two notes"),
        pytest.param(
            "---\ntitle: Weeknote 5\n---\n\n## Week 1: packing\n\nA\n\n## Week 2: sailing\n\nB\n",
            "weeknote",
            id="front matter names one note",
        ),
    ],
)
def test_one_note_or_an_archive(text: str, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Only what holds several notes is shown as an archive."""
    assert as_json(saved("a", text), capsys=capsys)["kind"] == kind


def test_files_are_separate(capsys: pytest.CaptureFixture[str]) -> None:
    """There is an empty line between two files, and none before the first or after the last."""
    assert main(["show", saved("a.txt", NOTE), saved("b.txt", NOTE)]) == 0
    assert capsys.readouterr().out == NOTE_SHOWN.format(name="a.txt") + "\n" + NOTE_SHOWN.format(name="b.txt")


def test_the_dialect_can_be_said(capsys: pytest.CaptureFixture[str]) -> None:
    """What is said counts more than the file’s suffix."""
    name = saved("a.txt", "# Rain\n\nMore rain.\n")
    assert as_json(name, capsys=capsys)["dialect"] == "text"
    assert as_json(name, "--dialect", "markdown", capsys=capsys)["heading"]["text"] == "Rain"


def test_the_dialects_are_those_of_the_library() -> None:
    """The command offers what the library knows."""
    with pytest.raises(weeknote.UnknownDialectError) as caught:
        weeknote.parse("", dialect="none")
    actions = [action for parser in PARSERS.values() for action in parser._actions]
    offered = [action.choices for action in actions if "--dialect" in action.option_strings]
    assert offered
    assert set(offered) == {caught.value.expected}


# --- JSON


def test_json_has_every_fact(capsys: pytest.CaptureFixture[str]) -> None:
    """One object holds what the note says and how large its parts are."""
    assert as_json(saved("doors.txt", NOTE), "--near", "2024-03-18", capsys=capsys) == {
        "file": "doors.txt",
        "kind": "weeknote",
        "line": 1,
        "masthead": None,
        "heading": {"text": "Weeknote w/c 11 March: fewer letters, more doorbells", "depth": 1, "line": 1},
        "byline": None,
        "headline": "Weeknote w/c 11 March: fewer letters, more doorbells",
        "title": "fewer letters, more doorbells",
        "weeks": [
            {
                "start": "2024-03-11",
                "end": "2024-03-17",
                "stated": "w/c 11 March",
                "style": "w/c",
                "evidence": "near",
            }
        ],
        "numbers": [],
        "episode": None,
        "published": None,
        "dialect": "text",
        "newline": "\n",
        "front_matter": None,
        "intro": {"line": 3, "paragraphs": 1, "items": 0, "other": {}},
        "sections": [
            {
                "line": 5,
                "role": "theme",
                "depth": 2,
                "title": "Ringing the bell",
                "paragraphs": 2,
                "items": 3,
                "other": {},
            },
            {
                "line": 15,
                "role": "learning",
                "depth": 2,
                "title": "Something I’m learning",
                "paragraphs": 1,
                "items": 0,
                "other": {},
            },
        ],
        "trailer": {
            "line": 19,
            "paragraphs": 1,
            "items": 0,
            "other": {},
            "blocks": [{"line": 19, "text": "Comments are closed."}],
        },
        "links": [
            {
                "line": 3,
                "url": "https://letters.example.org/plan",
                "title": None,
                "text": "https://letters.example.org/plan",
            }
        ],
    }


def test_json_of_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    """Front matter that cannot be read whole, blocks of other kinds, and a link with a title."""
    found = as_json(saved("a.md", MARKDOWN), capsys=capsys)
    assert found["front_matter"]["kind"] == "yaml"
    assert (found["front_matter"]["problem"]["line"], found["front_matter"]["problem"]["column"]) == (5, 1)
    assert found["sections"][0]["other"] == {"Blockquote": 1, "Code": 1}
    assert found["links"] == [
        {"line": 9, "url": "https://doors.example.org/list", "title": "All of them", "text": "the long\nlist"}
    ]


def test_json_is_one_line_for_each_file(capsys: pytest.CaptureFixture[str]) -> None:
    """A file that cannot be read has no line, and the others keep theirs."""
    text = "# one\u2028two\x85three\u2029\x1c\n"
    assert main(["show", "--json", saved("a.md", text), "missing", saved("b.txt", ARCHIVE)]) == 2
    out, err = capsys.readouterr()
    assert [json.loads(line)["file"] for line in out.splitlines()] == ["a.md", "b.txt"]
    assert json.loads(out.splitlines()[0])["heading"]["text"].startswith("one\u2028two\x85three")
    assert err == "weeknote: missing: no such file; check the name\n"


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "ascii"])
def test_json_is_json_in_every_encoding(encoding: str) -> None:
    """What standard output cannot encode is escaped as JSON escapes it."""
    saved("a.md", "# Žluťoučký 🐎 naïve\n")
    done = subprocess.run(
        [sys.executable, "-m", "weeknote", "show", "--json", "a.md"],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert json.loads(done.stdout.decode(encoding))["title"] == "Žluťoučký 🐎 naïve"


def test_every_json_field_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    """The reference page lists every field of the JSON."""
    names: set[str] = set()

    def gather(value: object) -> None:
        if isinstance(value, dict):
            names.update(value)
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            gather(inner)

    episode = "---\ntitle: [\n---\n# Weeknotes S02E04, w/c 6 May\n\nRain.\n"
    for name, text in {"a.txt": NOTE, "b.txt": ARCHIVE, "c.md": MARKDOWN, "d.md": episode}.items():
        gather(as_json(saved(name, text), capsys=capsys))
    assert {"season", "problem", "entries", "blocks", "evidence"} <= names
    page = (ROOT / "docs" / "reference" / "command.md").read_text(encoding="utf-8")
    assert sorted(name for name in names - {"Blockquote", "Code"} if f"`{name}`" not in page) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(NOTE, id="text"),
        pytest.param(MARKDOWN, id="markdown"),
        pytest.param("# [a](/a)\n\n[b](/b)\n\n## [c](/c)\n\n- [d](/d)\n  - [e](/e)\n\n> [f](/f)\n", id="everywhere"),
    ],
)
def test_links_are_those_of_the_note(text: str) -> None:
    """The command counts the links that the library finds, in the same order."""
    note = weeknote.parse(text)
    assert [link["url"] for link in facts(note)["links"]] == [link.url for link in note.links]


# --- at a terminal


HOSTILE = "a\x1b[2Jb\x07c\x9b31md\u202ee\x7ff\x00g"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"# {HOSTILE}\n", id="heading"),
        pytest.param(f"# a\n\n## {HOSTILE}\n", id="section"),
        pytest.param(f'---\ntitle: "a\\e[2Jb"\n"{HOSTILE[:1]}\\e": 1\n---\n', id="front matter"),
        pytest.param(f"---\ntitle: [\x1b\n---\n# w/c 6 May: {HOSTILE}\n", id="front matter problem"),
        pytest.param(f"[{HOSTILE}](</x{HOSTILE}>)\n", id="link"),
        pytest.param(f"# a\n\nb\n\nComments are closed.\n\n{HOSTILE}\n", id="trailer"),
        pytest.param(f"# w/c 6 May: {HOSTILE}\n\n# w/c 13 May\n\n# {HOSTILE}\n", id="archive"),
    ],
)
def test_nothing_in_a_note_steers_the_terminal(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Control characters of a note are printed as escapes, in lines and in JSON."""
    for options in ([], ["--json"]):
        out = shown(saved("a.md", text), *options, capsys=capsys)
        assert re.findall(r"[^\n\x20-\x7e\xa0-\u2027\u202f-\U0010ffff]", out) == []


def test_a_file_name_does_not_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """A name is printed on one line, whatever is in it."""
    assert main(["show", "no\x1b[2J\nsuch"]) == 2
    assert capsys.readouterr().err == "weeknote: no\\x1b[2J such: no such file; check the name\n"


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux only")
def test_a_file_name_that_is_no_text_is_printed() -> None:
    """Half a surrogate pair, as Python writes such a byte, is an escape too."""
    name = os.fsdecode(b"caf\xe9.md")
    saved(name, "# Rain\n")
    assert python("show", name).stdout.startswith("caf\\udce9.md\n  headline")
    found = python("show", "--json", name).stdout
    assert '"file": "caf\\udce9.md"' in found
    assert json.loads(found)["file"] == name


@pytest.mark.parametrize(
    ("environment", "terminal", "coloured"),
    [
        pytest.param({}, True, True, id="at a terminal"),
        pytest.param({}, False, False, id="in a pipe"),
        pytest.param({"NO_COLOR": "1"}, True, False, id="NO_COLOR"),
        pytest.param({"NO_COLOR": ""}, True, True, id="NO_COLOR without a value"),
        pytest.param({"TERM": "dumb"}, True, False, id="a dumb terminal"),
    ],
)
def test_colours(environment: dict[str, str], terminal: bool, coloured: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Colours are for terminals of people who have not said no."""
    if os.name == "nt":
        coloured = False
    for name, value in {"TERM": "xterm", "COLUMNS": "100", **environment}.items():
        monkeypatch.setenv(name, value)
    if "NO_COLOR" not in environment:
        monkeypatch.delenv("NO_COLOR", raising=False)
    stream = Terminal() if terminal else io.StringIO()
    monkeypatch.setattr("sys.stdout", stream)
    assert main(["show", saved("a.txt", NOTE)]) == 0
    assert ("\x1b" in stream.getvalue()) is coloured
    plain = re.sub(r"\x1b\[\dm", "", stream.getvalue())
    assert plain == NOTE_SHOWN.format(name="a.txt")


@pytest.mark.parametrize("width", [40, 60, 100])
def test_long_titles_fit_the_terminal(width: int) -> None:
    """Titles are wrapped or cut to the width; without a width nothing is."""
    words = "a rather long title 日本語 " * 12
    found = facts(weeknote.parse(f"# w/c 6 May: {words}\n\n## {words}\n\nRain.\n"))
    printed = list(lines("a.md", found, Style(width)))
    assert all(len(line) + sum(c > "\u2fff" for c in line) <= max(width, 71) for line in printed)
    assert printed[-1].endswith("…")
    assert "…" not in "".join(lines("a.md", found, Style()))


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("", 5, ""),
        ("abcde", 5, "abcde"),
        ("abcdef", 5, "abcd…"),
        ("ab cdef", 4, "ab…"),
        ("日本語", 6, "日本語"),
        ("日本語", 5, "日本…"),
        ("e\u0301" * 5, 5, "e\u0301" * 5),
    ],
)
def test_text_is_shortened_by_columns(text: str, room: int, expected: str) -> None:
    """Wide characters take two columns, accents none."""
    assert shorten(text, room) == expected


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("", 5, [""]),
        ("ab cd ef", 5, ["ab cd", "ef"]),
        ("abcdefgh", 5, ["abcde", "fgh"]),
        ("ab cdefghijk", 5, ["ab", "cdefg", "hijk"]),
        ("日本語日", 5, ["日本", "語日"]),
        ("ab cd", None, ["ab cd"]),
    ],
)
def test_text_is_wrapped_by_columns(text: str, room: int | None, expected: list[str]) -> None:
    """Lines break between words, and inside a word only if it has no room."""
    assert list(wrapped(text, room)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n  b\tc ", "a b c"),
        ("a\u00a0b", "a\u00a0b"),
        ("👩\u200d🚀 café", "👩\u200d🚀 café"),
        ("\x1b\x9b\u2028\ud800", "\\x1b\\x9b\\u2028\\ud800"),
    ],
)
def test_visible_text(text: str, expected: str) -> None:
    """Line ends become spaces, what steers a terminal escapes, and the rest stays."""
    assert visible(text) == expected


def test_progress_is_shown_late_and_cleared(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line is on standard error after a while, counts, and is gone before a message and at the end."""
    stream = Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(Progress, "DELAY", 0.0)
    monkeypatch.setattr(Progress, "INTERVAL", 0.0)
    with Progress() as progress:
        progress.advance("one\x1b.md")
        assert stream.getvalue() == "\r1 files, 0 s: one\\x1b.md\x1b[K"
        progress.fail("two.md: no")
        assert stream.getvalue().endswith("\r\x1b[Kweeknote: two.md: no\n")
        progress.advance("two.md")
    assert stream.getvalue().endswith("\r2 files, 0 s: two.md\x1b[K\r\x1b[K")
    assert progress.failures == ["two.md: no"]


def test_no_progress_in_a_file_or_before_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard error in a file has messages only."""
    monkeypatch.setenv("TERM", "xterm")
    for stream, delay in ((io.StringIO(), 0.0), (Terminal(), 30.0)):
        monkeypatch.setattr("sys.stderr", stream)
        monkeypatch.setattr(Progress, "DELAY", delay)
        with Progress() as progress:
            progress.advance("a")
        assert stream.getvalue() == ""


def test_without_a_command_the_help_shows_an_example_of_each(capsys: pytest.CaptureFixture[str]) -> None:
    """Who types `weeknote` alone asks what it does."""
    assert main([]) == 0
    out = capsys.readouterr().out
    assert [name for name in PARSERS if f"\n  weeknote {name} " not in out] == []


def test_a_misspelt_command_suggests_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    """As Git does it."""
    assert main(["chek", "a.md"]) == 2
    assert capsys.readouterr().err.endswith("; did you mean 'check'?\n")
    assert main(["zzz", "a.md"]) == 2
    assert "did you mean" not in capsys.readouterr().err


# --- when something is wrong


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(None, "bad: no such file; check the name", id="missing"),
        pytest.param(b"ok\nna\xefve\n", "bad:2:3: not UTF-8: byte 0xef; save the file as UTF-8", id="not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read(content: bytes | None, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One line on standard error names it and says what to do; the others are still shown."""
    if content is not None:
        saved("bad", content)
    assert main(["show", saved("a.txt", NOTE), "bad", saved("b.txt", NOTE)]) == 2
    out, err = capsys.readouterr()
    assert out == NOTE_SHOWN.format(name="a.txt") + "\n" + NOTE_SHOWN.format(name="b.txt")
    assert err.startswith(f"weeknote: {message}")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (PermissionError(13, "Permission denied"), "permission denied; change the file's permissions"),
        (OSError(5, "Input/output error"), "cannot be read (Input/output error); check the file and its name"),
        (NotADirectoryError(20, "Not a directory"), "no such file; check the name"),
        (MemoryError(), "too large for this machine's memory; split it"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_what_is_said_of_other_trouble(
    error: Exception, message: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each trouble has its advice."""

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(weeknote, "read_any", fail)
    assert main(["show", "a.txt"]) == 2
    assert capsys.readouterr().err.startswith(f"weeknote: a.txt: {message}")


def test_running_out_of_memory_ends_in_a_message(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it happens, there is no traceback."""

    def exhausted(*_: object, **__: object) -> None:
        raise MemoryError

    saved("a.md", "# Week 12\n")
    monkeypatch.setattr(weeknote, "dump", exhausted)
    assert main(["fmt", "a.md"]) == 2
    assert capsys.readouterr().err.startswith("weeknote: not enough memory; ")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything is readable here")
def test_an_unreadable_file(capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is there but not for us."""
    Path(saved("a.txt", NOTE)).chmod(0)
    assert main(["show", "a.txt"]) == 2
    assert capsys.readouterr().err.startswith("weeknote: a.txt: may not be read; ")


def test_standard_input_that_is_not_utf8(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The line is named, since there is no file to look into."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"a\nb\xff")))
    assert main(["show", "-"]) == 2
    assert capsys.readouterr().err == (
        "weeknote: standard input:2:2: not UTF-8: byte 0xff; convert it to UTF-8 first, for example with iconv\n"
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param(b"", None, id="empty"),
        pytest.param(b"\0" * 10_000, None, id="NULs"),
        pytest.param(b"\xef\xbb\xbf# Rain", "Rain", id="a byte order mark"),
        pytest.param(b"\r\n\r\r\n", None, id="line ends"),
        pytest.param(b"x" * 3_000_000, None, id="a long line"),
    ],
)
def test_odd_files_are_notes(text: bytes, title: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever is UTF-8 is a note."""
    assert as_json(saved("a", text), capsys=capsys)["title"] == title


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["tell"], "tell"),
        (["show"], "PATH"),
        (["show", "--near", "x", "a.txt"], "'x' is not a date; write it like 2024-09-16"),
        (["show", "--near", "2024-02-30", "a.txt"], "'2024-02-30' is not a date"),
        (["show", "--dialect", "latex", "a.txt"], "latex"),
        (["show", "--js", "a.txt"], "--js"),
        (["show", "-", "-"], "standard input can be read only once"),
        (["show", "a\0b"], "no such file"),
    ],
    ids=" ".join,
)
def test_a_command_that_cannot_run(argv: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 2, the reason on standard error, and nothing on standard output."""
    assert main(argv) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err


# --- as a program


@pytest.mark.parametrize(
    "program",
    [
        pytest.param([sys.executable, "-m", "weeknote"], id="python -m"),
        pytest.param(
            [SCRIPT], id="script", marks=pytest.mark.skipif(not SCRIPT.exists(), reason="the package is not installed")
        ),
    ],
)
def test_the_program(program: list[str]) -> None:
    """The module and the installed script are the same program."""
    saved("a.txt", NOTE)
    done = run(*program, "show", "a.txt")
    assert (done.returncode, done.stdout, done.stderr) == (0, NOTE_SHOWN.format(name="a.txt"), "")
    assert re.fullmatch(r"weeknote \d+\.\d+\S*\n", run(*program, "--version").stdout)
    assert run(*program, "--help").stdout.startswith("usage: weeknote ")


def test_a_terminal_that_lacks_characters() -> None:
    """What the encoding of standard output lacks is an escape and not an error."""
    saved("a.md", "# Žluťoučký kůň ’\n")
    done = python("show", "a.md", env={"PYTHONIOENCODING": "ascii:strict"})
    assert (done.returncode, done.stderr) == (0, "")
    assert r"\u017dlu\u0165ou\u010dk\xfd k\u016f\u0148 \u2019" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="pipes break otherwise on Windows")
@pytest.mark.parametrize("option", ["--json", "--dialect=text"])
def test_a_broken_pipe_ends_quietly(option: str) -> None:
    """`| head` gets its line, and there is no message."""
    saved("a.txt", NOTE * 20)
    command = [sys.executable, "-m", "weeknote", "show", option, *["a.txt"] * 200]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.read(1)
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 141


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise on Windows")
@pytest.mark.usefixtures("children_hear_control_c")
def test_an_interrupt_ends_quietly() -> None:
    """Control-C while it waits for standard input."""
    code = "import sys; print('ready', flush=True); from weeknote.cli.main import main; sys.exit(main(['show', '-']))"
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline() == b"ready\n"
        time.sleep(1)
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 130
        assert running.stderr.read() == b""


def test_an_interrupt_is_status_130(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also in the middle of a file."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(weeknote, "read_any", interrupted)
    assert main(["show", "a.txt"]) == 130


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_said() -> None:
    """Results that cannot be written are no success."""
    saved("a.txt", NOTE)
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "weeknote", "show", "a.txt"],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
    assert done.returncode == 2
    assert done.stderr == "weeknote: cannot write to standard output: No space left on device\n"


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_a_closed_stream(stream: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python has None for a stream that the shell has closed."""
    saved("a.txt", NOTE)
    monkeypatch.setattr(sys, stream, None)
    assert main(["show", "-" if stream == "stdin" else "a.txt"]) == (0 if stream == "stderr" else 2)


def test_starting_is_quick() -> None:
    """Nothing is loaded that only a command needs."""
    code = "import json, sys, weeknote.cli.main; print(json.dumps(sorted(sys.modules)))"
    loaded: Iterable[str] = json.loads(run(sys.executable, "-c", code).stdout)
    assert "weeknote.cli.main" in loaded
    late = {
        "argparse",
        "attrs",
        "weeknote.codec.parse",
        "weeknote.cli.output_formats",
        "weeknote.cli.summary",
        "shutil",
        "importlib.metadata",
    }
    assert set(loaded) & late == set()


# --- the documentation


def test_the_page_about_the_command_is_up_to_date() -> None:
    """The page is generated from the commands."""
    made = runpy.run_path(str(ROOT / "docs" / "generate.py"))
    page = (ROOT / "docs" / "reference" / "command.md").read_text(encoding="utf-8")
    assert page == made["command_page"](), f"docs/reference/command.md is out of date: run `{made['REGENERATE']}`"


@pytest.mark.parametrize("name", PARSERS)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The help of a command names its options and files, and ends with an example."""
    assert main([name, "--help"]) == 0
    out = capsys.readouterr().out
    arguments = [action for action in PARSERS[name]._actions if action.dest != "help"]
    assert [a for a in arguments if str(a.metavar or a.option_strings[0]) not in out] == []
    assert [a.dest for a in arguments if not a.help] == []
    assert f"\nexample:\n  weeknote {name} " in out
    assert out.endswith(f"{PARSERS[name].epilog}\n")
