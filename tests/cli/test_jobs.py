"""`--jobs`: several processes print the same bytes as one, and none is left running, however the command ends."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from weeknote.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable

POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and pipes are others on Windows")

GOOD = "# Weeknote w/c {day} May 2019: maps\n\nWe drew maps.\n\n- One\n-\n"
TWO_NOTES = "# Weeknote w/c 13 May 2019\n\nB.\n\n# Weeknote w/c 14 May 2019\n\nA.\n"


class Done(NamedTuple):
    """What a run printed, its status, and the files as it left them."""

    status: int
    out: str
    err: str
    files: dict[str, bytes]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with notes good and bad, in folders of their own configuration, and files that cannot be read."""
    files: dict[str, str | bytes] = {
        **{f"a/{day:02}.md": GOOD.format(day=day) for day in range(6, 14)},
        "a/06 again.md": GOOD.format(day=6),
        "a/all.md": TWO_NOTES,
        "a/latin.md": b"# Caf\xe9\n",
        "a/marker.md": GOOD.format(day=20) + "\n<!-- weeknote: ignore WN99 -->\n",
        "b/weeknote.toml": "profile = 'loud'\n",
        "b/c.md": GOOD.format(day=7),
        "d/weeknote.toml": 'select = ["WN1", "WN301"]\n[per-file-ignores]\n"two.md" = ["WN301"]\n',
        "d/one.txt": "Weeknote w/c 7 May 2019\n\nA.\n",
        "d/two.md": GOOD.format(day=7),
        "e/readme.rst": "No note.\n",
    }
    for name, text in files.items():
        path = tmp_path / "n" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return tmp_path / "n"


@pytest.fixture
def run(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """Return a function that runs a command in a fresh copy of the folder."""

    def run(*arguments: str) -> Done:
        monkeypatch.chdir(tmp_path)
        shutil.rmtree("copy", ignore_errors=True)
        shutil.copytree(folder, "copy")
        monkeypatch.chdir("copy")
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TWO_NOTES.encode())))
        status = main(arguments)
        files = {str(path): path.read_bytes() for path in sorted(Path().rglob("*")) if path.is_file()}
        return Done(status, *capsys.readouterr(), files)

    return run


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        pytest.param(["check", "a", "gone.md", "-", "."], 2, id="text"),
        pytest.param(["check", "--output-format", "json", "--profile", "strict", "a", "d", "e"], 2, id="as JSON"),
        pytest.param(["check", "--fix", "a/07.md", "a/08.md", "./a/07.md", "a/07.md", "a"], 2, id="fixed, some twice"),
        pytest.param(["check", "--write-baseline", "new.json", "d", "a/07.md"], 0, id="a baseline"),
        pytest.param(["show", "a/06.md", "gone.md", "-", "a/latin.md", "a/all.md", "d/one.txt", "a"], 2, id="shown"),
        pytest.param(["show", "--json", "d", "b", "gone.md", "-", "."], 2, id="folders shown as JSON"),
        pytest.param(["show", "e", "d"], 2, id="folders shown"),
        pytest.param(["show", "--json", "--near", "2019-05-01", *["a/06.md", "d/one.txt"] * 6], 0, id="shown as JSON"),
    ],
)
def test_several_processes_print_what_one_prints(arguments: list[str], status: int, run: Callable[..., Done]) -> None:
    """Results, messages, status and fixed files are the same, and in the same order."""
    one = run(*arguments, "--jobs", "1")
    assert run(*arguments, "--jobs", "2") == one
    assert one.status == status
    assert one.out or "new.json" in one.files


@pytest.mark.parametrize("jobs", ["-1", "many", "1.5"])
def test_a_number_of_jobs_that_is_none(jobs: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The status is 2, and the message says what is allowed."""
    assert main(["check", f"--jobs={jobs}", "a.md"]) == 2
    assert "give 1 or more, or 0 for one per processor" in capsys.readouterr().err


def test_where_no_process_starts_the_command_says_so(run: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> None:
    """One line and status 2, from both commands."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("multiprocessing.process.BaseProcess.start", fail)
    for command in ("check", "show"):
        done = run(command, "--jobs", "2", "a/06.md")
        assert done.status == 2
        assert done.err.startswith("weeknote: cannot start the processes for --jobs (Resource temp")
        assert done.err.count("\n") == 1


# --- as a program


def started(folder: Path, *arguments: str, **more: Any) -> subprocess.Popen[bytes]:
    """Start a command with two processes, in a group of its own."""
    command = [sys.executable, "-m", "weeknote", *arguments, "--jobs", "2"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=folder, start_new_session=True, **{**pipes, **more})


@pytest.mark.parametrize("command", ["check", "show"])
def test_a_process_that_dies_stops_no_other_file(command: str, folder: Path, tmp_path: Path) -> None:
    """The file over which it died is named; the others, those on their way with it too, are done."""
    (tmp_path / "sitecustomize.py").write_text(
        "import os, weeknote.codec.files as files\n"
        "read = files.read_text\n"
        "files.read_text = lambda path: os._exit(9) if '08' in str(path) else read(path)\n",
        encoding="utf-8",
    )
    names = [f"a/{day:02}.md" for day in range(6, 14)]
    option = "--output-format=concise" if command == "check" else "--json"
    with started(folder, command, option, *names, env={**os.environ, "PYTHONPATH": str(tmp_path)}) as running:
        out, err = running.communicate(timeout=120)
    assert running.returncode == 2
    said = err.decode()
    assert said.startswith("weeknote: a/08.md: ")
    assert "the process that read it died; try the file alone, or split it" in said
    assert said.count("\n") == 1
    assert [name for name in names if name not in out.decode()] == ["a/08.md"]


@POSIX
@pytest.mark.parametrize("command", ["check", "show"])
@pytest.mark.usefixtures("children_hear_control_c")
def test_an_interrupt_ends_all_processes_quietly(command: str, folder: Path) -> None:
    """Control-C reaches the whole group: no traceback, status 130, and the pipes are closed by all who held them."""
    with started(folder, command, *["a/07.md"] * 20_000) as running:
        assert running.stdout is not None
        assert running.stdout.readline()
        os.killpg(running.pid, signal.SIGINT)
        _, err = running.communicate(timeout=60)
        assert (running.returncode, err) == (130, b"")


@POSIX
@pytest.mark.parametrize("command", ["check", "show"])
def test_a_reader_that_leaves_ends_all_processes_quietly(command: str, folder: Path) -> None:
    """As `| head -1` does."""
    with started(folder, command, *["a/07.md"] * 20_000) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 141


@POSIX
def test_processes_do_not_outlive_the_one_that_started_them(folder: Path) -> None:
    """Not even after `kill -9`: the pipe that they all hold is closed."""
    with started(folder, "check", *["a/07.md"] * 20_000, stderr=subprocess.DEVNULL) as running:
        assert running.stdout is not None
        assert running.stdout.readline()
        running.kill()
        running.communicate(timeout=60)
        assert running.returncode == -signal.SIGKILL
