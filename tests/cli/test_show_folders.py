"""`weeknote show` and folders: which files it takes, in which order, and what it says of what is in the way."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import weeknote
from weeknote.cli.main import main
from weeknote.codec.files import why_unreadable

NOTE = "Weeknote w/c 7 May 2019: maps\n\nWe drew maps.\n"  # 7 May 2019 was a Tuesday, which `check` finds


class Done(NamedTuple):
    """What a run ended with: its status, the files it showed and its messages."""

    status: int
    files: list[str]
    err: list[str]


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test works in an empty folder."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def capture(capsys: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    """What `shown` reads from."""
    return capsys


def saved(*names: str, text: str = NOTE) -> None:
    """Write a text to files and create their folders."""
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        heading = "" if name.endswith(".txt") or text != NOTE else "# "
        Path(name).write_text(heading + text, encoding="utf-8")


def shown(capture: pytest.CaptureFixture[str], *paths: str) -> Done:
    """Show paths as JSON."""
    status = main(["show", "--json", *paths])
    out, err = capture.readouterr()
    return Done(status, [json.loads(line)["file"] for line in out.splitlines()], err.splitlines())


def checked(capture: pytest.CaptureFixture[str], *paths: str) -> list[str]:
    """Return the files that `weeknote check` checks, found by the problem planted in each."""
    main(["check", "--select", "WN102", "--output-format", "jsonl", *paths])
    return [json.loads(line)["path"] for line in capture.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    ("paths", "files"),
    [
        pytest.param(["n"], ["n/b.md", "n/c.txt", "n/a/d.md", "n/z/e.markdown"], id="a folder"),
        pytest.param(["n/"], ["n/b.md", "n/c.txt", "n/a/d.md", "n/z/e.markdown"], id="with its slash"),
        pytest.param(["./n/a"], ["n/a/d.md"], id="from here"),
        pytest.param(["p"], ["p/in/f.note"], id="by its own configuration"),
        pytest.param(["p/out/g.note", "p"], ["p/out/g.note", "p/in/f.note"], id="a file that is named is always shown"),
        pytest.param(
            ["n/z", "n/b.md", "n/a"], ["n/z/e.markdown", "n/b.md", "n/a/d.md"], id="in the order they are named"
        ),
        pytest.param(["n/a", "n/a"], ["n/a/d.md", "n/a/d.md"], id="named twice"),
    ],
)
def test_the_notes_of_a_folder_are_those_that_check_takes(
    paths: list[str], files: list[str], capture: pytest.CaptureFixture[str]
) -> None:
    """The same files in the same order, under the same names."""
    saved("n/b.md", "n/c.txt", "n/a/d.md", "n/z/e.markdown", "n/README.md", "n/.f.md", "n/.git/g.md", "n/h.rst")
    saved("p/in/f.note", "p/in/f.md", "p/out/g.note")
    saved("p/weeknote.toml", text='files = ["*.note"]\nexclude = ["out/"]\n')
    assert shown(capture, *paths) == (0, files, [])
    assert checked(capture, *paths) == files


def test_a_folder_is_shown_for_people_as_its_files_are(capsys: pytest.CaptureFixture[str]) -> None:
    """A folder and the list of its files print the same."""
    saved("n/a.md", "n/b.md")
    assert main(["show", "n/a.md", "n/b.md"]) == 0
    of_files = capsys.readouterr()
    assert main(["show", "n"]) == 0
    assert capsys.readouterr() == of_files


def test_each_note_of_a_folder_is_printed_before_the_next_is_read(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """So a folder of ten thousand streams, and memory does not grow with it."""
    saved(*(f"n/{n}.md" for n in range(5)))
    read = weeknote.read_any
    out: list[str] = []

    def counted(*arguments: Any, **more: Any) -> Any:
        out.append(capsys.readouterr().out)
        return read(*arguments, **more)

    monkeypatch.setattr(weeknote, "read_any", counted)
    assert main(["show", "--json", "n"]) == 0
    assert [[json.loads(line)["file"] for line in some.splitlines()] for some in out] == [
        [],
        *([f"n/{n}.md"] for n in range(4)),
    ]


# --- what is in the way


def test_a_broken_configuration_is_said_once_and_hides_only_its_own_folder(capture: pytest.CaptureFixture[str]) -> None:
    """A file that is named needs no configuration."""
    saved("n/a.md", "n/b/c.md", "d/e.md")
    saved("n/weeknote.toml", text="profil = 1\n")
    done = shown(capture, "n", "n/a.md", "n/b", "d")
    assert (done.status, done.files) == (2, ["n/a.md", "d/e.md"])
    assert [re.sub(r"^weeknote: .*?n/weeknote", "n/weeknote", line) for line in done.err] == [
        "n/weeknote.toml:1:1: unknown key 'profil'; did you mean 'profile'?"
    ]


def test_a_folder_without_notes_is_a_failure(capture: pytest.CaptureFixture[str]) -> None:
    """Most likely it is not what was meant, and a check that finds nothing to check must not pass."""
    saved("n/readme.rst", "d.md")
    done = shown(capture, "n", "d.md")
    assert (done.status, done.files) == (2, ["d.md"])
    message = "weeknote: n: no notes in this folder; `files` in the configuration says which files are notes"
    assert done.err == [message]


def test_a_folder_that_may_not_be_read_is_named(
    capture: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are shown."""
    scandir = os.scandir

    def closed(path: str) -> Any:
        if path == os.path.join("n", "closed"):  # noqa: PTH118 # as os.walk joins it
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    saved("n/a.md", "n/closed/b.md", "n/d/e.md")
    monkeypatch.setattr(os, "scandir", closed)
    assert shown(capture, "n") == (
        2,
        ["n/a.md", "n/d/e.md"],
        [f"weeknote: n/closed: {why_unreadable(PermissionError())}"],
    )


def test_an_unreadable_file_in_a_folder_is_named_like_one_that_was_named(capture: pytest.CaptureFixture[str]) -> None:
    """One line on standard error, in its turn; the others are shown."""
    saved("n/a.md", "n/c.md")
    Path("n/b.md").write_bytes(b"Caf\xe9\n")
    done = shown(capture, "n")
    assert (done.status, done.files) == (2, ["n/a.md", "n/c.md"])
    assert done.err == ["weeknote: n/b.md:1:4: not UTF-8: byte 0xe9; save the file as UTF-8 and try again"]
