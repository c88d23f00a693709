"""Hostile files: front matter that asks for more than words, names that are no names, disks and processes that fail."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from weeknote import (
    CannotExpressError,
    check,
    convert,
    dump,
    from_dict,
    parse,
    read,
    read_archive,
    set_front_matter,
    to_dict,
    walk,
    write,
)
from weeknote.cli.main import main
from weeknote.cli.summary import facts

POSIX = pytest.mark.skipif(os.name == "nt", reason="signals, links and names are others on Windows")

# --- front matter

BOMB = "a0: &a0 [b]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))

# The lines, the title, the day of publication, and a word of what is said to be wrong with them.
FRONT: dict[str, tuple[str, str | None, date | None, str | None]] = {
    "a tag that calls a function": (
        "x: !!python/object/apply:os.mkdir ['PROOF']\ntitle: Rain",
        "Rain",
        None,
        None,
    ),
    "a tag that evaluates": ("title: !!python/object/apply:eval [\"open('PROOF', 'w')\"]", None, None, None),
    "a tag that makes an object": ("title: !!python/object/new:pathlib.Path ['PROOF']", None, None, None),
    "a tag that names a module": ("x: !!python/module:antigravity\ntitle: Rain", "Rain", None, None),
    "a tag that reads the environment": ("title: !ENV HOME", "HOME", None, None),
    "a tag that includes a file": ("title: !include /etc/hostname", "/etc/hostname", None, None),
    "a tag for bytes": ("title: !!binary UmFpbg==", "UmFpbg==", None, None),
    "an alias": ("a: &a Rain\ntitle: *a", "Rain", None, None),
    "an alias to what contains it": ("title: Rain\na: &a [*a]", "Rain", None, "'a'"),
    "aliases of aliases": (f"title: Rain\n{BOMB}", "Rain", None, "a4"),
    "a merge key": ("a: &a {title: Sun}\n<<: *a", None, None, None),
    "a key that is there twice": ("title: Rain\ntitle: Sun", "Sun", None, "given twice"),
    "a number of ten thousand digits": (f"title: {'9' * 10_000}", "9" * 10_000, None, None),
    "a number as large as that elsewhere": (f"n: {'9' * 10_000}\ntitle: Rain", "Rain", None, None),
    "an exponent out of range": ("n: 1e99999999999\ntitle: Rain", "Rain", None, None),
    "a week of five thousand digits": (f"title: Week {'9' * 5_000}", f"Week {'9' * 5_000}", None, None),
    "a thirteenth month": ("title: Rain\ndate: 2024-13-01", "Rain", None, None),
    "a thirtieth of February": ("title: Rain\ndate: 2024-02-30", "Rain", None, None),
    "the year zero": ("title: Rain\ndate: 0000-01-01", "Rain", None, None),
    "a second that leaps": ("title: Rain\ndate: 2016-12-31T23:59:60Z", "Rain", date(2016, 12, 31), None),
    "a time zone that is none": ("title: Rain\ndate: 2024-05-06T10:00:00+99:99", "Rain", date(2024, 5, 6), None),
    "the last day there is": ("title: w/c 30 December\ndate: 9999-12-31", None, date(9999, 12, 31), None),
    "the first day there is": ("title: w/c 30 December\ndate: 0001-01-01", None, date(1, 1, 1), None),
    "the first day, elsewhere": ("title: Rain\ndate: 0001-01-01T00:00:00+14:00", "Rain", date(1, 1, 1), None),
    "escapes that steer a terminal": ('title: "\\e[31m"', "\x1b[31m", None, None),
    "half a surrogate pair": ('title: "\\ud800"', "\ud800", None, None),
}


@pytest.mark.parametrize(("lines", "title", "published", "problem"), FRONT.values(), ids=FRONT)
def test_front_matter_is_words_whatever_it_asks_for(
    lines: str, title: str | None, published: date | None, problem: str | None, tmp_path: Path, monkeypatch: Any
) -> None:
    """No tag is obeyed and nothing overflows; what cannot be read is said, and the rest is read."""
    monkeypatch.chdir(tmp_path)
    text = f"---\n{lines}\n---\n\nIt rained.\n"
    note = parse(text)
    assert dump(note) == text
    assert note.front_matter is not None
    assert note.published == published
    if title is not None:
        assert note.front_matter.title == title
    assert problem is None or problem in str(note.front_matter.problem)
    assert (note.front_matter.problem is None) is (problem is None)
    assert [
        week.start for week in note.weeks if week.start is not None and week.start.year not in range(1, 10_000)
    ] == []
    assert all(str(found) for found in check(note, ["WN"]))
    assert json.loads(json.dumps(facts(note)))["title"] == note.title
    assert from_dict(json.loads(json.dumps(to_dict(note)))) == note
    assert convert(note, "text").text.endswith("It rained.\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("lines", "title", "published", "problem"), FRONT.values(), ids=FRONT)
def test_hostile_front_matter_is_edited_or_refused(
    lines: str, title: str | None, published: date | None, problem: str | None
) -> None:
    """Another key is set, and every line that was there stays; where that is not safe, nothing changes."""
    note = parse(f"---\n{lines}\n---\n\nIt rained.\n")
    try:
        changed = set_front_matter(note, "draft", True)
    except CannotExpressError:
        assert problem is not None or "*" in lines or "&" in lines
        return
    assert lines in dump(changed)
    assert parse(dump(changed)) == changed
    assert changed.published == published
    assert title is None or (changed.front_matter is not None and changed.front_matter.title == title)


TOML = {
    "a number of ten thousand digits": f"n = {'9' * 10_000}",
    "a hexadecimal number": f"n = 0x{'f' * 10_000}",
    "a date out of range": "date = 2024-02-30",
    "a table in a table, often": "".join(f"[{'a.' * n}b]\n" for n in range(1, 30)),
    "an array in an array, often": f"a = {'[' * 500}{']' * 500}",
    "no number": "n = nan\nm = -inf",
}


@pytest.mark.parametrize("lines", TOML.values(), ids=TOML)
def test_toml_overflows_nothing(lines: str) -> None:
    """Whatever TOML holds, a note is read and can be printed as JSON."""
    note = parse(f"+++\ntitle = 'Rain'\n{lines}\n+++\n\nIt rained.\n")
    assert note.title == "Rain"
    assert json.loads(json.dumps(facts(note)))["title"] == "Rain"
    assert from_dict(json.loads(json.dumps(to_dict(note)))) == note
    assert all(str(found) for found in check(note, ["WN"]))


def test_no_file_is_opened_because_a_note_names_it() -> None:
    """Images, links, includes and tags name files, and none is opened."""
    text = (
        "---\ntitle: !include PROOF\nimage: PROOF\n---\n\n![a](PROOF) [b](file:///PROOF) {% include PROOF %}\n\n"
        "<script src='PROOF'></script>\n\n<?include PROOF?>\n\n[c]: PROOF\n"
    )
    opened: list[str] = []

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in {"open", "os.listdir", "subprocess.Popen", "socket.connect", "os.system"}:
            opened.append(str(arguments[0]))

    sys.addaudithook(hook)
    note = parse(text)
    assert [node.position for node in walk(note)]
    assert facts(note)
    assert check(note, ["WN"]) is not None
    assert convert(note, "text").text
    assert [name for name in opened if "PROOF" in name] == []


# --- names

NAMES = {
    "blanks": "two words .md",
    "a line end": "a\nb.md",
    "a dash": "-x.md",
    "two dashes": "--json",
    "an escape": "a\x1b[31m.md",
    "a tilde": "~root.md",
    "a wildcard": "*.md",
    "a percent sign": "%s%n{0}.md",
    "no UTF-8": os.fsdecode(b"a\xff.md"),
    "a direction": "a\u202etxt.md",
    "a date out of range": "2024-99-99-a.md",
    "a dot": ".md",
    "dots": "...",
}


@POSIX
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_is_a_name(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a file is called, it is read and written, and nothing else is."""
    monkeypatch.chdir(tmp_path)
    path = Path(name)
    assert write(parse("# Week 12\n"), path) is True
    assert [os.fsencode(path.name) for path in tmp_path.iterdir()] == [os.fsencode(name)]
    for reader in (read, read_archive):
        assert write(reader(name), name) is False
    assert dump(read(path)) == "# Week 12\n"


@POSIX
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_is_shown_without_harm(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command takes it behind `--`, and prints it on one line with nothing a terminal obeys."""
    monkeypatch.chdir(tmp_path)
    write(parse("# Week 12\n"), name)
    assert main(["show", "--", name, name + " that is not there"]) == 2
    printed, complained = capsys.readouterr()
    lines = printed.splitlines() + complained.splitlines()
    assert [line for line in lines if any(c < " " or "\x7f" <= c < "\xa0" or c == "\u202e" for c in line)] == []
    assert "Week 12" in printed
    assert complained.count("\n") == 1
    assert main(["show", "--json", "--", name]) == 0
    assert json.loads(capsys.readouterr().out)["file"] == name


# --- links and kinds of files


@POSIX
@pytest.mark.parametrize("hops", [1, 3])
def test_writing_through_links_changes_the_file_and_leaves_the_links(hops: int, tmp_path: Path) -> None:
    """Links stay links, whatever their number and wherever they lie."""
    folder = tmp_path / "folder"
    folder.mkdir()
    target = folder / "note.md"
    target.write_text("# Rain\n", encoding="utf-8")
    link = target
    for n in range(hops):
        (tmp_path / f"link{n}").symlink_to(link)
        link = tmp_path / f"link{n}"
    assert write(parse("# Sun\n"), link) is True
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "# Sun\n"
    assert sorted(path.name for path in folder.iterdir()) == ["note.md"]


@POSIX
def test_a_link_to_nothing_is_filled(tmp_path: Path) -> None:
    """What a link names is made."""
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "note.md")
    assert write(parse("# Sun\n"), link) is True
    assert link.is_symlink()
    assert dump(read(tmp_path / "note.md")) == "# Sun\n"


CIRCLES = {
    "a link to itself": {"a.md": "a.md"},
    "a link to its own path": {"a.md": "./a.md"},
    "two links": {"a.md": "b.md", "b.md": "a.md"},
    "a link into itself": {"a.md": "a.md/c.md"},
    "a link into another": {"a.md": "b/a.md", "b": "b"},
}

circles = pytest.mark.parametrize("links", CIRCLES.values(), ids=CIRCLES)


def circle(links: dict[str, str], folder: Path) -> dict[str, str]:
    """Make links in a folder, and return what is in the folder then."""
    for name, target in links.items():
        (folder / name).symlink_to(target)
    return inside(folder)


def inside(folder: Path) -> dict[str, str]:
    """Return the links in a folder that holds nothing else, with what each names."""
    return {path.name: os.readlink(path) for path in folder.iterdir()}  # noqa: PTH115 # Path drops `./`


@POSIX
@circles
def test_a_link_to_itself_is_neither_read_nor_written_over(
    links: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A circle names no file, and the error names it as it was given."""
    monkeypatch.chdir(tmp_path)
    before = circle(links, tmp_path)
    for work in (read, read_archive, lambda path: write(parse("# Sun\n"), path)):
        with pytest.raises(OSError, match="symbolic links") as caught:
            work("a.md")
        assert (caught.value.errno, caught.value.filename) == (errno.ELOOP, "a.md")
        assert inside(tmp_path) == before


COMMANDS = {
    "show": ["show", "a.md"],
    "show --json": ["show", "--json", "a.md"],
    "check": ["check", "a.md"],
    "check --fix": ["check", "--fix", "a.md"],
    "check of a folder": ["check", "."],
    "fmt": ["fmt", "a.md"],
    "fmt --check": ["fmt", "--check", "a.md"],
    "add": ["add", "a.md", "--section", "learning", "To wait."],
    "convert": ["convert", "--to", "text", "a.md"],
    "convert from elsewhere": ["convert", "--to", "text", "../note.md", "--output", "a.md"],
    "a baseline": ["check", "../note.md", "--baseline", "a.md"],
    "a configuration": ["check", "../note.md", "--config", "a.md"],
}


@POSIX
@circles
@pytest.mark.parametrize("argv", COMMANDS.values(), ids=COMMANDS)
def test_the_command_says_that_links_lead_in_a_circle(
    argv: list[str],
    links: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It ends with status 2 and a line that says so, and the links are as they were."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "note.md").write_text("It rained.\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    before = circle(links, folder)
    assert main(argv) == 2
    printed, complained = capsys.readouterr()
    assert printed == ""
    assert "a.md" in complained
    assert "symbolic links" in complained
    assert "Traceback" not in complained
    assert inside(folder) == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_device_is_written_to_and_not_replaced() -> None:
    """A full device says so and is still a device."""
    with pytest.raises(OSError, match="No space left"):
        write(parse("# Sun\n" * 10_000), "/dev/full")
    assert Path("/dev/full").is_char_device()


# --- disks that are full

OLD = "# Rain\n" * 1_000
NEW = "# Sun\n" * 50_000


@POSIX
def test_a_disk_that_is_full_leaves_the_old_file_whole(tmp_path: Path) -> None:
    """A process that may write no more than some bytes fails, and leaves neither half a file nor anything beside it."""
    path = tmp_path / "note.md"
    path.write_text(OLD, encoding="utf-8")
    code = f"""
        import resource, signal, sys
        import weeknote
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
        try:
            weeknote.write(weeknote.parse({NEW[:6]!r} * 50_000), sys.argv[1])
        except OSError as error:
            print(error.errno)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), str(path)], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == f"{errno.EFBIG}\n"
    assert path.read_text(encoding="utf-8") == OLD
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("call", ["fsync", "replace", "chmod"])
def test_whatever_fails_on_the_way_leaves_the_old_file_whole(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full when the bytes are to be kept, or the new file cannot take the old one’s place."""
    path = tmp_path / "note.md"
    path.write_text(OLD, encoding="utf-8")

    def failing(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os if call == "fsync" else Path, call, failing)
    with pytest.raises(OSError, match="No space left"):
        write(parse(NEW), path)
    assert path.read_text(encoding="utf-8") == OLD
    assert list(tmp_path.iterdir()) == [path]


# --- other processes

WRITER = """
    import sys
    import weeknote
    note = weeknote.parse(sys.argv[2] * 20_000)
    other = weeknote.parse(sys.argv[2] * 10_000)
    print("ready", flush=True)
    for n in range(int(sys.argv[3])):
        weeknote.write(note if n % 2 else other, sys.argv[1])
"""


def writing(path: Path, line: str, times: int) -> subprocess.Popen[str]:
    """Start a process that writes a file many times, all of its lines alike, and wait until it begins."""
    command = [sys.executable, "-c", textwrap.dedent(WRITER), str(path), line, str(times)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    return running


def is_whole(text: str) -> bool:
    """Return whether a text was written by one process, from its first line to its last."""
    return any(text in (line * 20_000, line * 10_000) for line in ("# Rain\n", "# Sun\n"))


def test_two_processes_that_write_one_file_never_mix_in_it(tmp_path: Path) -> None:
    """A reader always finds a whole file by one of them, and no temporary file is left."""
    path = tmp_path / "note.md"
    path.write_text("# Rain\n" * 20_000, encoding="utf-8")
    seen = set()
    with writing(path, "# Rain\n", 60) as one, writing(path, "# Sun\n", 60) as two:
        while one.poll() is None or two.poll() is None:
            text = path.read_text(encoding="utf-8")
            assert is_whole(text)
            seen.add(text[:6])
    assert (one.returncode, two.returncode) == (0, 0)
    assert seen
    assert is_whole(path.read_text(encoding="utf-8"))
    assert list(tmp_path.iterdir()) == [path]


@POSIX
def test_a_process_that_is_killed_leaves_a_whole_file(tmp_path: Path) -> None:
    """Even after `kill -9` the file is the old one or the new one."""
    path = tmp_path / "note.md"
    path.write_text("# Rain\n" * 20_000, encoding="utf-8")
    for pause in (0.0, 0.01, 0.03):
        with writing(path, "# Sun\n", 100_000) as running:
            time.sleep(pause)
            running.kill()
        assert running.returncode == -signal.SIGKILL
        assert is_whole(path.read_text(encoding="utf-8"))


@POSIX
@pytest.mark.parametrize("command", ["show", "check"])
@pytest.mark.usefixtures("children_hear_control_c")
def test_an_interrupt_in_the_middle_of_many_files_ends_quietly(command: str, tmp_path: Path) -> None:
    """Control-C among twenty thousand files: the status says so, no traceback does, and no file has changed."""
    path = tmp_path / "note.md"
    path.write_text("# Week 12\n\nSee https://example.org/ and Tuesday 6 May.\n" * 20, encoding="utf-8")
    before = path.read_bytes(), path.stat().st_mtime_ns
    argv = [sys.executable, "-m", "weeknote", command, *["note.md"] * 20_000]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path) as running:
        assert running.stdout is not None
        assert running.stdout.readline()
        running.send_signal(signal.SIGINT)
        _, complained = running.communicate(timeout=60)
        assert complained == b""
        assert running.returncode == 130
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


@POSIX
@pytest.mark.parametrize("command", [["show"], ["show", "--json"], ["check"]], ids=" ".join)
def test_a_pipe_that_breaks_among_many_files_ends_quietly(command: list[str], tmp_path: Path) -> None:
    """`| head -1` gets its line; there is no message, and the status says that the pipe was closed."""
    paths = []
    for n in range(300):
        path = tmp_path / f"{n}.md"
        path.write_text(f"# Weeknote w/c 7 May 2019: {'maps ' * 40}\n\nTuesday 6 May.\n", encoding="utf-8")
        paths.append(str(path))
    argv = [sys.executable, "-m", "weeknote", *command, *paths]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 141
