"""`weeknote check` and `weeknote rule`: what they print, where, and with which exit status."""

from __future__ import annotations

import io
import json
import os
import pickle
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from weeknote.cli.main import argument_parser, main
from weeknote.cli.output_formats import FORMATS
from weeknote.codec.files import write_bytes
from weeknote.lint import RULES, LintSettings, Structure
from weeknote.lint.baseline import BaselineError, read_baseline
from weeknote.lint.configuration import read_configuration
from weeknote.lint.file_check import FileCheck, check_file, unified_diff

if TYPE_CHECKING:
    from collections.abc import Callable

GOOD = "# Weeknote w/c 6 May 2019: maps\n\nWe drew maps.\n"
TUESDAY = GOOD.replace("6 May", "7 May")
GAP = "# Weeknote w/c 6 May 2019: maps\n\n* One\n*\n* Two  \n\nSee `this`.\n"
FIXED = GAP.replace("*\n", "")
TWO_NOTES = GOOD.replace("6 May", "13 May") + "\n" + GOOD


class Done(NamedTuple):
    """What a run of the command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def found(self) -> list[str]:
        """The places and codes of a run with `--output-format concise`."""
        rows = [line.split(" ") for line in self.out.splitlines()]
        return [f"{where} {code}" for where, _, code, *_ in rows]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Return a function that runs the command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Done:
        status = main(arguments)
        return Done(status, *capsys.readouterr())

    return run


def saved(files: dict[str, str | bytes]) -> None:
    """Write files and create their folders."""
    for name, text in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)


# --- what is found, and the exit status


@pytest.mark.parametrize(
    ("files", "arguments", "status", "found"),
    [
        ({"may.md": GOOD}, ["may.md"], 0, []),
        ({"may.md": TUESDAY}, ["may.md"], 1, ["may.md:1:12: WN102"]),
        ({"may.md": TUESDAY}, ["may.md", "--exit-zero"], 0, ["may.md:1:12: WN102"]),
        ({"may.md": TUESDAY}, ["may.md", "--profile", "loose"], 0, []),
        ({"may.md": GOOD}, ["may.md", "--select", "WN301"], 1, ["may.md:1:3: WN301"]),
        ({"a.md": TUESDAY}, ["a.md", "--select", "missing-learning,WN10"], 1, ["a.md:1:3: WN301", "a.md:1:12: WN102"]),
        ({"may.md": TUESDAY}, ["may.md", "--ignore", "WN1"], 0, []),
        ({"may.md": TUESDAY}, ["may.md", "--ignore", "WN4", "--ignore", "not-a-monday"], 0, []),
        ({"n/a.md": GOOD, "n/b/c.md": TUESDAY, "n/b/d.txt": "Weeknote w/c 14 May 2019\n\nA.\n"}, ["n"], 1, None),
        ({"n/README.md": TUESDAY, "n/.old/a.md": TUESDAY, "n/a.rst": TUESDAY, "n/b.md": GOOD}, ["n"], 0, []),
        ({"README.md": TUESDAY}, ["README.md"], 1, ["README.md:1:12: WN102"]),
        ({"weeknote.toml": 'ignore = ["WN102"]', "may.md": TUESDAY}, ["may.md"], 0, []),
        ({"weeknote.toml": 'ignore = ["WN1"]', "a.md": TUESDAY}, ["a.md", "--ignore", "WN4"], 1, ["a.md:1:12: WN102"]),
        ({"n/weeknote.toml": 'profile = "loose"', "n/a.md": TUESDAY, "b.md": TUESDAY}, ["."], 1, ["b.md:1:12: WN102"]),
        ({"my.toml": 'ignore = ["WN"]', "weeknote.toml": "!", "a.md": GOOD}, ["--config", "my.toml", "a.md"], 0, []),
        ({"weeknote.toml": '[per-file-ignores]\n"old/" = ["WN1"]', "old/a.md": TUESDAY, "b.md": GOOD}, ["."], 0, []),
        ({"weeknote.toml": 'exclude = ["old/"]', "old/a.md": TUESDAY, "b.md": GOOD}, ["."], 0, []),
        ({"weeknote.toml": 'files = ["*.rst"]', "a.rst": TUESDAY, "b.md": TUESDAY}, ["."], 1, ["a.rst:1:12: WN102"]),
        ({"may.md": TUESDAY + "\n<!-- weeknote: ignore WN102 -->\n"}, ["may.md"], 0, []),
        ({"all.md": TWO_NOTES}, ["all.md"], 0, []),
        ({"all.md": TWO_NOTES.replace("13 May", "6 May")}, ["all.md"], 1, ["all.md:5:12: WN121"]),
    ],
)  # fmt: skip
def test_what_is_found_decides_the_status(
    files: dict[str, str | bytes], arguments: list[str], status: int, found: list[str] | None, run: Callable[..., Done]
) -> None:
    """Options, configurations, markers, folders and archives: what is found, and 0 or 1."""
    saved(files)
    done = run("check", "--output-format", "concise", *arguments)
    assert done.status == status
    assert done.err == ""
    assert done.found == (["n/b/c.md:1:12: WN102", "n/b/d.txt:1:10: WN102"] if found is None else found)


def test_the_text_format_draws_and_sums_up(run: Callable[..., Done]) -> None:
    """Findings on standard output, the sum on standard error."""
    saved({"may.md": TUESDAY, "june.md": GAP})
    done = run("check", "may.md", "june.md")
    assert done.status == 1
    assert done.out.startswith("may.md:1:12: warning WN102 ")
    assert "  1 | # Weeknote w/c 7 May 2019: maps\n    |            ^^^^^^^^^^^^^^\n" in done.out
    assert "\n\njune.md:4:1: warning WN403 " in done.out
    assert done.err == "weeknote: 2 problems in 2 files; 1 fixable with --fix\n"


def test_every_format_can_be_asked_for() -> None:
    """The option lists them once more, so that `--help` need not load them."""
    parser = argument_parser()
    given = [parser.parse_args(["check", "--output-format", name, "x"]).output_format for name in FORMATS]
    assert given == list(FORMATS)


def test_a_clean_run_says_so(run: Callable[..., Done]) -> None:
    """Nothing on standard output, one line on standard error."""
    saved({"may.md": GOOD})
    assert run("check", "may.md") == (0, "", "weeknote: no problems in 1 file\n")


@pytest.mark.parametrize("name", ["json", "sarif"])
def test_whole_documents_are_whole_in_every_case(name: str, run: Callable[..., Done]) -> None:
    """Nothing found, something found, nothing readable."""
    saved({"may.md": GOOD, "june.md": TUESDAY})
    for arguments, status in ((["may.md"], 0), (["june.md", "may.md"], 1), (["nowhere.md"], 2)):
        done = run("check", "--output-format", name, *arguments)
        assert done.status == status
        json.loads(done.out)


def test_standard_input_is_a_file_too(run: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> None:
    """Its name is `-`, and the configuration of the folder counts for it."""
    saved({"weeknote.toml": 'select = ["WN102", "WN301"]'})
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TUESDAY.encode())))
    done = run("check", "--output-format", "concise", "-")
    assert (done.status, done.found) == (1, ["-:1:3: WN301", "-:1:12: WN102"])


def test_notes_of_a_folder_are_a_series(run: Callable[..., Done]) -> None:
    """A duplicate week is reported in a folder, but not among files named one by one."""
    saved({"n/a.md": GOOD, "n/b.md": GOOD, "n/old/c.md": GOOD})
    done = run("check", "--output-format", "concise", "n")
    assert (done.status, done.found) == (1, ["n/b.md:1:12: WN121"])
    assert run("check", "n/a.md", "n/b.md").status == 0


def test_what_a_note_silences_counts_in_a_series_too(run: Callable[..., Done]) -> None:
    """By a marker, or by the configuration."""
    saved({"n/a.md": GOOD, "n/b.md": GOOD + "\n<!-- weeknote: ignore WN121 a second voice -->\n"})
    assert run("check", "n").status == 0
    saved({"n/b.md": GOOD, "weeknote.toml": '[per-file-ignores]\n"b.md" = ["duplicate-week"]\n'})
    assert run("check", "n").status == 0


# --- what cannot be done


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--select", "WN999", "may.md"], "unknown rule 'WN999'"),
        (["--ignore", "missing-lerning", "may.md"], "did you mean WN301 missing-learning"),
        (["--profile", "strickt", "may.md"], "unknown profile 'strickt'; did you mean 'strict'?"),
        (["--config", "nowhere.toml", "may.md"], "nowhere.toml: no such file; check the name"),
        (["--baseline", "nowhere.json", "may.md"], "nowhere.json: no such file"),
        (["--baseline", "may.md", "may.md"], "may.md: not a baseline"),
        (["--write-baseline", "may.md", "may.md"], "may.md: not a baseline"),
        (["--write-baseline", "no/b.json", "may.md"], "no/b.json: cannot be written (No such file or directory)"),
        (["--write-baseline", ".", "may.md"], ".: cannot be written (Is a directory)"),
        (["-", "-"], "standard input can be read only once"),
        (["--fix", "-"], "--fix cannot write to standard input"),
        (["--statistics", "--output-format", "sarif", "may.md"], "--statistics cannot be printed as sarif"),
        (["--output-format", "xml", "may.md"], "invalid choice: 'xml'"),
        ([], "PATH"),
        (["nowhere.md"], "nowhere.md: no such file"),
        (["a\0b.md"], "no such file; check the name"),
        (["latin.md"], "latin.md:3:4: not UTF-8: byte 0xe9"),
    ],
)
def test_what_cannot_be_done_is_said_with_status_2(arguments: list[str], words: str, run: Callable[..., Done]) -> None:
    """One reason on standard error; nothing is written, nothing is printed as a result."""
    saved({"may.md": GOOD, "latin.md": b"# Weeknote\n\nCaf\xe9\n"})
    done = run("check", *arguments)
    assert done.status == 2
    assert words in done.err
    assert done.out == ""
    assert Path("may.md").read_text(encoding="utf-8") == GOOD


def test_an_unreadable_file_among_good_ones(run: Callable[..., Done]) -> None:
    """The others are checked all the same."""
    saved({"n/a.md": TUESDAY, "n/b.md": b"\xff\xfe", "n/c.md": TUESDAY.replace("7 May", "14 May")})
    done = run("check", "--output-format", "concise", "n", "gone.md")
    assert (done.status, done.found) == (2, ["n/a.md:1:12: WN102", "n/c.md:1:12: WN102"])
    assert [line.split(": ")[1] for line in done.err.splitlines()] == ["n/b.md:1:1", "gone.md"]
    assert run("check", "--exit-zero", "n").status == 2


def test_no_problems_are_claimed_where_nothing_was_checked(run: Callable[..., Done]) -> None:
    """The summary says that no file was checked."""
    assert run("check", "gone.md").err == (
        "weeknote: gone.md: no such file; check the name\nweeknote: no files checked; 1 failure\n"
    )


def test_a_folder_that_may_not_be_read(run: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named, and the others are checked."""
    scandir = os.scandir

    def closed(path: str) -> Any:
        if path == os.path.join("n", "closed"):  # noqa: PTH118 # as os.walk joins it
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    saved({"n/a.md": TUESDAY, "n/closed/b.md": GOOD})
    monkeypatch.setattr(os, "scandir", closed)
    done = run("check", "--output-format", "concise", "n")
    assert (done.status, done.found) == (2, ["n/a.md:1:12: WN102"])
    assert "n/closed: permission denied" in done.err


def test_a_broken_configuration_is_said_once(run: Callable[..., Done]) -> None:
    """With file, line and key, however many files are under it; files under another are checked."""
    saved({"n/weeknote.toml": "\nprofil = 1\n", "n/a.md": GOOD, "n/b.md": GOOD, "c.md": TUESDAY})
    done = run("check", "--output-format", "concise", "n/a.md", "n/b.md", "n", "c.md")
    assert (done.status, done.found) == (2, ["c.md:1:12: WN102"])
    assert done.err.count("n/weeknote.toml:2:1: unknown key 'profil'; did you mean 'profile'?") == 1
    assert len(done.err.splitlines()) == 1


def test_a_folder_without_notes_is_pointed_out(run: Callable[..., Done]) -> None:
    """A check that found nothing to check must not pass."""
    saved({"n/notes.rst": GOOD})
    done = run("check", "--output-format", "concise", "n")
    assert (done.status, done.out) == (2, "")
    assert "n: no notes in this folder" in done.err


def test_a_marker_that_silences_nothing_is_pointed_out(run: Callable[..., Done]) -> None:
    """On standard error, with its place."""
    saved({"may.md": GOOD + "\n<!-- weeknote: ignore WN999 -->\n"})
    done = run("check", "--output-format", "concise", "may.md")
    assert (done.status, done.out) == (0, "")
    assert "may.md:5: this comment has no effect: unknown rule 'WN999'" in done.err


# --- mending


def test_fix_changes_only_its_own_lines(run: Callable[..., Done]) -> None:
    """Every other byte stays, and what is left is printed."""
    saved({"may.md": GAP, "june.md": GAP.replace("6 May", "7 May").replace("\n", "\r\n")})
    done = run("check", "--fix", "may.md", "june.md")
    assert Path("may.md").read_text(encoding="utf-8") == FIXED
    assert Path("june.md").read_bytes() == FIXED.replace("6 May", "7 May").replace("\n", "\r\n").encode()
    assert (done.status, done.err) == (1, "weeknote: 1 problem in 2 files; 2 files fixed\n")
    assert done.out.startswith("june.md:1:12: warning WN102")


def test_fix_writes_only_what_differs(run: Callable[..., Done]) -> None:
    """A clean file keeps even its time."""
    saved({"may.md": GOOD})
    before = Path("may.md").stat()
    assert run("check", "--fix", "may.md").status == 0
    assert Path("may.md").stat().st_mtime_ns == before.st_mtime_ns
    assert Path("may.md").stat().st_ino == before.st_ino


def test_fix_leaves_what_is_silenced(run: Callable[..., Done]) -> None:
    """A rule that is turned off anywhere in a file, even for one block, fixes nothing in it."""
    text = "# Maps\n\n<!-- weeknote: ignore-next WN403 -->\n\n* One\n*\n\nWords.\n\n- Two\n-\n"
    saved({"may.md": text})
    done = run("check", "--fix", "--output-format", "concise", "may.md")
    assert Path("may.md").read_text(encoding="utf-8") == text
    assert done.found == ["may.md:11:1: WN403"]


def test_a_file_that_may_not_be_written(run: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names it, its problems are printed, and the other files are fixed."""

    def write(content: bytes, path: str, *, replacing: bytes) -> bool:
        if path == "a.md":
            raise PermissionError(13, "the file is read-only", path)
        return write_bytes(content, path, replacing=replacing)

    monkeypatch.setattr("weeknote.lint.file_check.write_bytes", write)
    saved({"a.md": GAP, "b.md": GAP})
    done = run("check", "--fix", "--output-format", "concise", "a.md", "b.md")
    assert (done.status, done.found) == (2, ["a.md:4:1: WN403"])
    assert "a.md: cannot be written: the file is read-only" in done.err
    assert Path("a.md").read_text(encoding="utf-8") == GAP
    assert Path("b.md").read_text(encoding="utf-8") == FIXED


def test_diff_prints_a_patch_and_writes_nothing(run: Callable[..., Done]) -> None:
    """Status 1 where something would change."""
    saved({"n/may.md": GAP, "n/june.md": GOOD.replace("6 May", "3 June")})
    done = run("check", "--diff", "n")
    assert Path("n/may.md").read_text(encoding="utf-8") == GAP
    assert (done.status, done.err) == (1, "weeknote: 1 of 2 files would change\n")
    assert done.out.splitlines()[:3] == ["--- a/n/may.md", "+++ b/n/may.md", "@@ -1,7 +1,6 @@"]
    assert [line for line in done.out.splitlines()[2:] if line[0] in "+-"] == ["-*"]
    assert run("check", "--diff", "n/june.md").status == 0


@pytest.mark.parametrize(
    ("old", "new", "patch"),
    [
        ("a\n", "b\n", ["@@ -1 +1 @@", "-a", "+b"]),
        ("a", "b\n", ["@@ -1 +1 @@", "-a", "\\ No newline at end of file", "+b"]),
        ("a\r\nb\x0cc\n", "a\r\nd\n", ["@@ -1,2 +1,2 @@", " a\r", "-b\x0cc", "+d"]),
        ("a\n", "a\n", []),
    ],
)
def test_a_patch_is_one_that_patch_takes(old: str, new: str, patch: list[str]) -> None:
    """Lines end at line feeds and nowhere else."""
    assert list(unified_diff("/notes/may.md", old, new))[2:] == patch


# --- numbers, baselines, structures


def test_statistics_count_and_list_nothing(run: Callable[..., Done]) -> None:
    """As a table, or for programs."""
    saved({"a.md": GAP, "b.md": GAP + "\n* Three\n*\n", "c.md": TUESDAY})
    done = run("check", "--statistics", "a.md", "b.md", "c.md")
    assert (done.status, done.out) == (1, "3  WN403  empty-item    3 with --fix\n1  WN102  not-a-monday\n")
    done = run("check", "--statistics", "--output-format", "json", "a.md", "b.md", "c.md")
    assert json.loads(done.out)[0] == {"code": "WN403", "name": "empty-item", "count": 3, "fixable": 3}
    assert run("check", "--statistics", "--output-format", "json", "--select", "WN001", "a.md").out == "[]\n"


def test_what_is_in_the_baseline_does_not_count(run: Callable[..., Done]) -> None:
    """Even when lines move; a new finding, and one more of the same, do."""
    saved({"n/may.md": TUESDAY + "\n- One\n-\n"})
    done = run("check", "--write-baseline", "known.json", "n")
    assert (done.status, done.out, done.err) == (0, "", "weeknote: known.json: 2 findings listed\n")
    assert run("check", "--baseline", "known.json", "n").status == 0
    text = TUESDAY.replace("maps.\n", "maps.\n\nAnd roads.\n")
    saved({"n/may.md": text + "\n- One\n-\n\nWords.\n\n- One\n-\n"})
    done = run("check", "--baseline", "known.json", "--output-format", "concise", "n")
    assert (done.status, done.found) == (1, ["n/may.md:13:1: WN403"])


def test_the_baseline_is_the_same_from_everywhere(run: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> None:
    """Its names start from its own folder, and the configuration may name it."""
    saved({"n/may.md": TUESDAY, "n/weeknote.toml": 'baseline = "known.json"\n'})
    assert run("check", "n").status == 1
    assert run("check", "--write-baseline", "n/known.json", "n").status == 0
    assert '"path": "may.md", "code": "WN102", "line": "# Weeknote w/c 7 May 2019: maps"' in Path(
        "n/known.json"
    ).read_text(encoding="utf-8")
    assert run("check", "n").status == 0
    monkeypatch.chdir("n")
    assert run("check", ".").status == 0


def test_a_baseline_is_written_only_when_it_differs(run: Callable[..., Done]) -> None:
    """And a file that is none is never overwritten: see the table of what cannot be done."""
    saved({"may.md": TUESDAY})
    assert run("check", "--write-baseline", "known.json", "may.md").status == 0
    before = Path("known.json").stat().st_ino
    assert run("check", "--write-baseline", "known.json", "may.md").status == 0
    assert Path("known.json").stat().st_ino == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# A note\n", "not a baseline"),
        ("[]", "not a baseline"),
        ('{"weeknote-baseline": 9, "findings": []}', "version 9"),
        ('{"weeknote-baseline": 1, "findings": [{"path": 1}]}', "entry 1 of this baseline is invalid"),
        ('{"weeknote-baseline": 1, "findings": 1}', "invalid"),
        ("[" * 100_000, "not a baseline"),
    ],
)
def test_what_is_no_baseline_is_said(text: str, words: str, tmp_path: Path) -> None:
    """With its name."""
    file = tmp_path / "known.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BaselineError, match=words) as caught:
        read_baseline(file)
    assert caught.value.path == str(file)


def test_derive_prints_a_structure_to_paste(run: Callable[..., Done]) -> None:
    """TOML that the configuration takes, and that the notes it came from suit; archives count note by note."""
    tail = "## {0}\n\nWords.\n\n## What I’m learning “now” \\\n\nTo wait.\n"
    saved(
        {
            "n/a.md": "---\ntitle: w/c 6 May\n---\n\n" + tail.format("Maps"),
            "n/b.md": "---\ntitle: w/c 13 May\n---\n\n" + tail.format("Bees"),
        }
    )
    done = run("check", "--derive", "n")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("# Shared by 2 notes.")
    saved({"weeknote.toml": done.out})
    structure = read_configuration("weeknote.toml").settings.structure
    assert structure is not None
    assert structure.week
    assert structure.sections[-1].heading == "What I’m learning “now” \\"
    assert run("check", "n").status == 0
    saved({"all.md": TWO_NOTES})
    assert "# Shared by 2 notes." in run("check", "--derive", "all.md").out
    assert run("check", "--derive", "all.md", "nowhere.md").status == 2


# --- the terminal


def terminal(*arguments: str, **env: str) -> str:
    """Run the command at a terminal of its own and return what that shows."""
    pty = pytest.importorskip("pty")
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "weeknote", *arguments],
        stdout=follower,
        stderr=follower,
        env={**{k: v for k, v in os.environ.items() if k != "NO_COLOR"}, "TERM": "xterm", "COLUMNS": "60", **env},
    )
    os.close(follower)
    shown = b""
    while True:
        try:
            piece = os.read(leader, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not piece:
            break
        shown += piece
    process.wait(timeout=60)
    os.close(leader)
    return shown.decode()


@pytest.mark.skipif(os.name == "nt", reason="has no terminals of this kind")
def test_at_a_terminal_lines_fit_and_no_color_is_honoured(run: Callable[..., Done]) -> None:
    """Bold where colours are wanted, cut to the width, and nothing of the note reaches it raw."""
    del run  # for its folder
    saved({"may.md": TUESDAY.replace("maps\n", "\x1b[31mmaps " + "and roads " * 20 + "\n", 1)})
    shown = terminal("check", "may.md")
    assert "\x1b[1mWN102\x1b[0m" in shown
    assert "\x1b[31m" not in shown
    assert "\\x1b[31mmaps" in shown
    plain = terminal("check", "may.md", NO_COLOR="1")
    assert "\x1b" not in plain
    assert max(len(line) for line in plain.splitlines() if " | " in line) <= 60
    saved({"june.md": "# Weeknote w/c 3 June 2019: maps\n\nMaps \x1b[31m.\n\n## Next:.\n\nMore maps.\n"})
    patch = terminal("check", "--diff", "--select", "WN205", "june.md")
    assert "\x1b[31m-## Next:." in patch
    assert "\\x1b[31m." in patch
    assert "\x1b" not in terminal("check", "--diff", "--select", "WN205", "june.md", NO_COLOR="1")


@pytest.mark.skipif(os.name == "nt", reason="has no pipes of this kind")
def test_a_reader_that_stops_reading_ends_the_run(run: Callable[..., Done]) -> None:
    """As `| head` does: no complaint, and the status of a broken pipe."""
    del run  # for its folder
    saved({f"n/{n:03}.md": TUESDAY + "\n- One\n-\n" * 300 for n in range(3)})
    command = [sys.executable, "-m", "weeknote", "check", "--output-format", "jsonl", "n"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 141


def test_many_files_take_no_more_memory_than_few(run: Callable[..., Done]) -> None:
    """What was found in a file is printed and forgotten; a few words of each note are kept for the series."""
    text = "# Weeknote #{0}: maps\n\n" + "We drew some maps. " * 500 + "\n\n- One\n-\n"
    saved({f"n/{n:03}.md": text.format(n) for n in range(400)})

    def peak(*paths: str) -> int:
        tracemalloc.start()
        try:
            assert run("check", "--output-format", "concise", *paths).status == 1
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    few = [f"n/{n:03}.md" for n in range(20)]
    peak(*few)  # loads what is loaded once
    # The captured output grows by 60 bytes and the facts by less than 1 kB with each file, the notes have 10 kB.
    assert peak("n") - peak(*few) < 380 * 2_000


# --- one file as a unit of work


def test_a_file_is_a_unit_of_work_that_can_be_sent_away(run: Callable[..., Done]) -> None:
    """The function, what it takes and what it gives go from one process to another."""
    del run  # for its folder
    saved({"may.md": TUESDAY + "\n- One\n-\n\n<!-- weeknote: ignore-next WN512 -->\n\nWords.\n"})
    job = FileCheck(LintSettings(profile="strict", structure=Structure(["*", "learning"])), series=True)
    function, given = pickle.loads(pickle.dumps((check_file, job)))
    done = function("may.md", given)
    assert done == check_file("may.md", job)
    assert pickle.loads(pickle.dumps(done)) == done
    assert [one.code for one in done.found if one.fix] == ["WN403"]


# --- weeknote rule


def test_rule_lists_all_rules(run: Callable[..., Done]) -> None:
    """A line for each, in order of code."""
    done = run("rule")
    assert (done.status, done.err) == (0, "")
    assert [line.split()[0] for line in done.out.splitlines()] == list(RULES)


@pytest.mark.parametrize("name", ["WN301", "wn301", "missing-learning"])
def test_rule_explains_a_rule(name: str, run: Callable[..., Done]) -> None:
    """By code or name."""
    done = run("rule", name)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("# WN301 missing-learning\n")


def test_rule_explains_several_rules_and_names_the_unknown(run: Callable[..., Done]) -> None:
    """The others are printed all the same."""
    done = run("rule", "WN102", "missing-lerning", "WN301")
    assert done.status == 2
    assert "did you mean WN301 missing-learning" in done.err
    assert "# WN102 not-a-monday" in done.out
    assert "# WN301 missing-learning" in done.out


@pytest.mark.parametrize("code", RULES)
def test_the_page_of_a_rule_is_safe_to_print(code: str, run: Callable[..., Done]) -> None:
    """Also where its example holds the very characters that the rule is about."""
    done = run("rule", code)
    assert done.status == 0
    assert not set(done.out) & (set(map(chr, range(32))) - {"\n"})


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_file_that_is_named_twice(run: Callable[..., Done], jobs: str) -> None:
    """Each time it is named it is checked; it is fixed once, and then there is nothing left to fix."""
    saved({"may.md": GAP, "june.md": GOOD})
    twice = run("check", "--output-format", "concise", "--jobs", jobs, "may.md", "june.md", "./may.md")
    assert twice.found == ["may.md:4:1: WN403", "./may.md:4:1: WN403"]
    done = run("check", "--fix", "--output-format", "concise", "--jobs", jobs, "may.md", "june.md", "./may.md")
    assert (done.status, done.found) == (0, [])
    assert Path("may.md").read_text(encoding="utf-8") == FIXED


def test_the_example_notes_of_the_project_are_clean(run: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> None:
    """People copy the examples, so only the archive, pasted from a blog, has problems."""
    monkeypatch.chdir(Path(__file__).parents[2])
    done = run("check", "--output-format", "concise", "examples")
    assert [(one.split(":")[0], one.split()[1]) for one in done.found] == [
        ("examples/archive.txt", "WN205"),
        ("examples/archive.txt", "WN504"),
    ]


def test_a_prefix_lists_the_rules_of_a_family(capsys: pytest.CaptureFixture[str]) -> None:
    """`rule WN3` lists what `--select WN3` selects; a whole code explains one rule."""
    assert main(["rule", "WN3"]) == 0
    assert [line[:5] for line in capsys.readouterr().out.splitlines()] == [c for c in RULES if c.startswith("WN3")]
    assert main(["rule", "WN301", "missing-learning"]) == 0
    assert capsys.readouterr().out.count("# WN301 missing-learning\n") == 2
