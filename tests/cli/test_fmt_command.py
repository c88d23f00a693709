"""`weeknote fmt`: what it writes, what it leaves, what it prints, and with which exit status."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import weeknote
from command_runs import Run, saved
from weeknote.cli.text_io import print_patch, print_text
from weeknote.conversion import normalize as canonical

EXAMPLES = sorted(path for path in (Path(__file__).parents[2] / "examples").iterdir() if path.suffix in {".md", ".txt"})

UNTIDY = "Week 12\n=======\n* one\n* __two__\n"
TIDY = "# Week 12\n\n- one\n- __two__\n"
UNTIDY_TEXT = "Weeknote w/c 6 May\n\n\nHighlights\n  • One\n"
TIDY_TEXT = "Weeknote w/c 6 May\n\nHighlights\n\n  • One\n"
UNTIDY_ARCHIVE = "# w/c 13 May\n* Later.\n\n\n# w/c 6 May 2019\n\nEarlier.\n"
TIDY_ARCHIVE = "# w/c 13 May\n\n- Later.\n\n# w/c 6 May 2019\n\nEarlier.\n"


@pytest.fixture
def run(run_command: Run) -> Run:
    """Return a function that runs a command in an empty folder."""
    return run_command


# --- what is written


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        pytest.param("a.md", UNTIDY, TIDY, id="Markdown"),
        pytest.param("a.txt", UNTIDY_TEXT, TIDY_TEXT, id="plain text"),
        pytest.param("a.md", UNTIDY_ARCHIVE, TIDY_ARCHIVE, id="an archive"),
        pytest.param("a", UNTIDY, TIDY, id="a name without suffix"),
        pytest.param("a.md", "Fine.\r\n\r\n", "Fine.\n", id="line ends"),
        pytest.param("a.md", "\ufeff---\ntitle: x # y\n---\n\n\nFine.", "---\ntitle: x # y\n---\n\nFine.\n", id="BOM"),
        pytest.param("a.md", "", "", id="empty"),
        pytest.param("a.md", "a \x1b[31mred\n\n\n", "a \x1b[31mred\n", id="control characters"),
    ],
)
def test_a_file_becomes_canonical(name: str, before: str, after: str, run: Run) -> None:
    """In its place, byte for byte; a second run finds nothing to do; standard input gives the same."""
    saved(name, before)
    changed = int(before != after)
    assert run("fmt", name) == (0, "", f"weeknote: {changed} of 1 file changed\n")
    assert Path(name).read_bytes() == after.encode()
    assert run("fmt", name) == (0, "", "weeknote: 0 of 1 file changed\n")
    dialect = weeknote.read(name).dialect
    assert run("fmt", "-", "--dialect", dialect, given=before.encode()) == (0, after, "")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_example_keeps_its_meaning(path: Path, run: Run) -> None:
    """A real note, and a text of several, mean the same in their canonical form."""
    text = path.read_bytes().decode()
    saved(path.name, text)
    assert run("fmt", path.name).status == 0
    assert weeknote.read_archive(path.name) == weeknote.read_archive(path)
    assert run("fmt", "--check", path.name).status == 0


def test_a_canonical_file_is_not_touched(run: Run) -> None:
    """The file is not written, so programs that watch it notice nothing."""
    saved("a.md", TIDY)
    os.utime("a.md", (1, 1))
    assert run("fmt", "a.md").status == 0
    assert Path("a.md").stat().st_mtime == 1


def test_an_archive_stays_one(run: Run) -> None:
    """Its notes are those it had, with the same years."""
    before = weeknote.parse_archive(UNTIDY_ARCHIVE)
    assert run("fmt", saved("a.md", UNTIDY_ARCHIVE)).status == 0
    after = weeknote.read_archive("a.md")
    assert after == before
    assert [note.weeks[0].start for note in after.weeknotes] == [note.weeks[0].start for note in before.weeknotes]


# --- what is only shown


@pytest.mark.parametrize(
    ("options", "out"),
    [
        pytest.param(["--check"], "a.md\n-\n", id="--check"),
        pytest.param(["--diff"], "--- a/a.md\n+++ b/a.md\n", id="--diff"),
        pytest.param(["--check", "--diff"], "--- a/a.md\n+++ b/a.md\n", id="both"),
    ],
)
def test_nothing_is_written_where_it_is_only_asked(options: list[str], out: str, run: Run) -> None:
    """Status 1, the result on standard output, the sum on standard error, and the files as they were."""
    saved("a.md", UNTIDY)
    saved("b.md", TIDY)
    done = run("fmt", *options, "a.md", "b.md", "-", given=UNTIDY.encode())
    assert done.status == 1
    assert done.out.startswith(out)
    assert done.err == "weeknote: 2 of 3 files would change\n"
    assert Path("a.md").read_text() == UNTIDY
    assert run("fmt", *options, "b.md") == (0, "", "weeknote: 0 of 1 file would change\n")


@pytest.mark.parametrize("text", [UNTIDY, "Fine’s\r\n\r\n\r\nMore.", "One.\rTwo.\n\n\n"], ids=repr)
def test_the_patch_does_what_fmt_does(text: str, run: Run) -> None:
    """Git takes the patch, whatever ends a line, and makes the canonical file of it."""
    (Path("notes")).mkdir()
    name = saved("notes/a.md", text)
    patch = run("fmt", "--diff", f"./{name}").out.encode()
    subprocess.run(["git", "apply", "--whitespace=nowarn"], input=patch, check=True, timeout=60)
    applied = Path(name).read_bytes()
    saved(name, text)
    run("fmt", name)
    assert applied == Path(name).read_bytes() != text.encode()


# --- what goes wrong


def test_a_text_that_would_mean_something_else_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were there a bug, no file would suffer: it stays as it was, and the others are done."""
    good = canonical.normalize

    def bad(note: weeknote.Weeknote) -> weeknote.Weeknote:
        return weeknote.append(note, note, "Not said.") if "Week 12" in weeknote.dump(note) else good(note)

    monkeypatch.setattr(canonical, "normalize", bad)
    saved("a.md", UNTIDY)
    saved("b.md", "Fine.")
    done = run("fmt", "a.md", "b.md")
    assert done.status == 2
    assert done.out == ""
    assert done.err == (
        "weeknote: a.md: the new text would mean something else; the file is unchanged; this is a bug in weeknote: "
        "please report it with this text\nweeknote: 1 of 2 files changed; 1 failure\n"
    )
    assert Path("a.md").read_text() == UNTIDY
    assert Path("b.md").read_text() == "Fine.\n"
    assert run("fmt", "-", given=UNTIDY.encode()).out == ""


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param("bad", None, "bad: no such file; check the name", id="missing"),
        pytest.param("bad/a.md", None, "bad/a.md: no such file; check the name", id="no folder"),
        pytest.param("a\0b", None, "a: no such file", id="NUL in the name"),
        pytest.param("bad.md", b"ok\nna\xef", "bad.md:2:3: not UTF-8: byte 0xef; save the file as UTF-8", id="bytes"),
        pytest.param("bad.json", b"{}", "bad.json: its name says that it is JSON; convert it with", id="JSON"),
    ],
)
def test_a_bad_file_does_not_stop_the_others(name: str, content: bytes | None, message: str, run: Run) -> None:
    """One line names it and says what to do, the status is 2, and the other files are done."""
    if content is not None:
        saved(name, content)
    saved("a.md", UNTIDY)
    saved("b.md", UNTIDY)
    done = run("fmt", "a.md", name, "b.md")
    assert done.status == 2
    first, last = done.err.splitlines()
    assert first.replace("\\x00b", "").startswith(f"weeknote: {message}")
    assert last == "weeknote: 2 of 3 files changed; 1 failure"
    assert Path("a.md").read_text() == Path("b.md").read_text() == TIDY


@pytest.mark.parametrize(
    ("arguments", "given", "message"),
    [
        (["-", "-"], b"", "weeknote: standard input can be read only once; pass `-` once\n"),
        (["-"], b"a\n\xff", "weeknote: standard input:2:1: not UTF-8: byte 0xff; convert it to UTF-8"),
    ],
    ids=["twice", "not UTF-8"],
)
def test_standard_input_that_cannot_be_read(arguments: list[str], given: bytes, message: str, run: Run) -> None:
    """Status 2 and nothing on standard output, so that an editor keeps its text."""
    done = run("fmt", *arguments, given=given)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(message)


@pytest.mark.skipif(os.name == "nt", reason="permissions are others on Windows")
def test_a_file_that_cannot_be_written(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is as it was, and nothing is left beside it."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    saved("a.md", UNTIDY)
    monkeypatch.setattr(os, "fsync", full)
    done = run("fmt", "a.md")
    assert done.status == 2
    assert done.err.startswith("weeknote: a.md: cannot be written (No space left on device); the file is unchanged\n")
    assert [path.name for path in Path().iterdir()] == ["a.md"]
    assert Path("a.md").read_text() == UNTIDY


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without a signal it could handle")
def test_sigterm_leaves_no_temporary_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is terminated while it writes exits with 143, and the file is as it was."""

    def terminated(*_: object) -> None:
        signal.raise_signal(signal.SIGTERM)

    before = signal.signal(signal.SIGTERM, signal.SIG_DFL)
    saved("a.md", UNTIDY)
    monkeypatch.setattr(os, "fsync", terminated)
    try:
        assert run("fmt", "a.md").status == 143
    finally:
        signal.signal(signal.SIGTERM, before)
    assert [path.name for path in Path().iterdir()] == ["a.md"]
    assert Path("a.md").read_text() == UNTIDY


def test_a_file_that_changes_while_it_is_normalised(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was written meanwhile is kept, and the message says what to do."""

    def edited(note: weeknote.Weeknote) -> weeknote.Weeknote:
        saved("a.md", UNTIDY + "* three\n")
        return normalize(note)

    normalize = canonical.normalize
    saved("a.md", UNTIDY)
    monkeypatch.setattr(canonical, "normalize", edited)
    done = run("fmt", "a.md")
    assert done.status == 2
    assert done.err.startswith("weeknote: a.md: changed while it was being edited; run the command again\n")
    assert Path("a.md").read_text() == UNTIDY + "* three\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_device_is_not_replaced(run: Run) -> None:
    """What is no ordinary file stays what it is."""
    os.mkfifo("pipe.md")
    code = "import pathlib; pathlib.Path('pipe.md').write_text('Week 12\\n===\\n')"
    with subprocess.Popen([sys.executable, "-c", code]):
        done = run("fmt", "pipe.md")
    assert done.status == 2
    assert done.err.startswith("weeknote: pipe.md: is not a regular file and cannot be replaced; use `-`\n")
    assert Path("pipe.md").is_fifo()


def test_folders_are_taken_with_the_notes_in_them(run: Run) -> None:
    """At any depth, by the configuration; a folder without notes is a failure."""
    saved("weeknotes/a.md", UNTIDY)
    saved("weeknotes/2024/b.md", UNTIDY)
    saved("weeknotes/readme.rst", UNTIDY)
    saved("other/readme.rst", UNTIDY)
    done = run("fmt", "--check", "weeknotes")
    assert (done.status, done.out.splitlines()) == (1, ["weeknotes/a.md", "weeknotes/2024/b.md"])
    done = run("fmt", "weeknotes", "other")
    assert done.status == 2
    assert done.err.startswith("weeknote: other: no notes in this folder")
    assert Path("weeknotes/2024/b.md").read_text() == TIDY
    assert Path("weeknotes/readme.rst").read_text() == UNTIDY


# --- at a terminal


class Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a \x1b[31mred\tx\n", "a \\x1b[31mred\tx\n"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree\n"),
        ("", ""),
        ("\n", "\n"),
        ("kůň\x9b\u202e\n", "kůň\\x9b\\u202e\n"),
    ],
    ids=repr,
)
def test_a_terminal_gets_escapes(text: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Control characters are shown; a pipe gets every byte."""
    held = io.BytesIO()
    monkeypatch.setattr("sys.stdout", Terminal(held, encoding="utf-8", newline="\n"))
    print_text(text)
    assert held.getvalue().decode() == shown
    held = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(held, encoding="ascii", newline="\r\n"))
    print_text(text)
    assert held.getvalue() == text.encode()


def test_a_patch_has_colour_at_a_terminal_and_line_ends_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Removed lines are red and added ones green at a terminal; a pipe gets plain bytes, and NO_COLOR is respected."""
    patch = ["--- a/x", "+++ b/x", "@@ -1 +1 @@", "-one\r", "+one", " two"]
    monkeypatch.setenv("TERM", "xterm")
    for colour, expected in (
        (
            "",
            "\x1b[1m--- a/x\x1b[0m\n\x1b[1m+++ b/x\x1b[0m\n\x1b[36m@@ -1 +1 @@\x1b[0m\n"
            "\x1b[31m-one\\r\x1b[0m\n\x1b[32m+one\x1b[0m\n two\n",
        ),
        ("1", "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-one\\r\n+one\n two\n"),
    ):
        monkeypatch.setenv("NO_COLOR", colour)
        held = io.BytesIO()
        monkeypatch.setattr("sys.stdout", Terminal(held, encoding="utf-8", newline="\n"))
        print_patch(patch)
        assert held.getvalue().decode() == expected
    held = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(held, encoding="ascii", newline="\r\n"))
    print_patch(patch)
    assert held.getvalue().decode() == "\n".join(patch) + "\n"
