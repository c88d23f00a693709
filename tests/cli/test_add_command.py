"""`weeknote add`: which section gets the bullet, how it is spelled, and what happens without that section."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

import weeknote
from command_runs import Run, saved
from weeknote.cli import text_io

FOLDER = Path(__file__).parents[2] / "examples"
WITH_SECTIONS = [FOLDER / name for name in ("double-week.txt", "front-matter.md", "house-style.md", "house-style.txt")]

NOTE = "# Week 12\n\n## Maps\n\nDrawn.\n\n## Wins\n\n* One\n\n## Next week\n\nBees.\n"
TEXT = "Weeknote w/c 6 May\n\nHighlights\n\n  • One\n\nSomething I’m learning\n\nTo wait.\n"
ARCHIVE = "# w/c 13 May\n\n## Wins\n\n- A\n\n# w/c 6 May 2019\n\n## Wins\n\n- B\n\n## Bees\n\n- C\n"


@pytest.fixture
def run(run_command: Run) -> Run:
    """Return a function that runs `weeknote add` in an empty folder."""
    return partial(run_command, "add")


# --- where a bullet goes


@pytest.mark.parametrize(
    ("name", "text", "section", "before", "after"),
    [
        ("a.md", NOTE, "highlights", "* One\n", "* One\n* x\n"),
        ("a.md", NOTE, "Highlights", "* One\n", "* One\n* x\n"),
        ("a.md", NOTE, "wins", "* One\n", "* One\n* x\n"),
        ("a.md", NOTE, "next", "Bees.\n", "Bees.\n\n* x\n"),
        ("a.md", NOTE, "“MAPS”", "Drawn.\n", "Drawn.\n\n* x\n"),
        ("a.md", NOTE.replace("\n", "\r\n"), "wins", "* One\r\n", "* One\r\n* x\r\n"),
        ("a.md", "## Wins\n\n1. One", "wins", "1. One", "1. One\n2. x"),
        ("a.txt", TEXT, "highlights", "  • One\n", "  • One\n  • x\n"),
        ("a.txt", TEXT, "Something I'm learning", "To wait.\n", "To wait.\n\n  • x\n"),
        ("a.md", ARCHIVE, "bees", "- C\n", "- C\n- x\n"),
        ("a.md", "## 🐝\n\n- A\n\n## 🗺\n\n- B\n", "🗺", "- B\n", "- B\n- x\n"),
    ],
    ids=[
        "a role",
        "a role in capitals",
        "a title",
        "after prose",
        "a title in quotes",
        "its line ends",
        "its numbers, and no line end",
        "plain text",
        "an apostrophe",
        "the one note of an archive",
        "the very title among titles without words",
    ],
)
def test_a_bullet_goes_to_the_end_of_a_section(
    name: str, text: str, section: str, before: str, after: str, run: Run
) -> None:
    """In the note’s own style; nothing else changes and nothing is said; standard input gives the same."""
    saved(name, text)
    expected = text.replace(before, after)
    assert run(name, "--section", section, "x") == (0, "", "")
    assert Path(name).read_bytes() == expected.encode()
    dialect = weeknote.read(name).dialect
    assert run("-", "x", "--section", section, "--dialect", dialect, given=text) == (0, expected, "")


def test_several_texts_are_several_bullets(run: Run) -> None:
    """In their order."""
    assert run(saved("a.md", NOTE), "--section", "wins", "Two", "Three").status == 0
    assert Path("a.md").read_text() == NOTE.replace("* One\n", "* One\n* Two\n* Three\n")


@pytest.mark.parametrize("path", WITH_SECTIONS, ids=lambda path: path.name)
def test_an_example_gets_a_bullet(path: Path, run: Run) -> None:
    """No byte of a real note changes, and the bullet is read where it was put."""
    text = path.read_bytes().decode()
    sections = weeknote.read(path).sections
    assert sections
    for section in sections:
        name = saved(path.name, text)
        assert run(name, "--section", section.title, "A bullet.") == (0, "", "")
        new = Path(name).read_bytes().decode()
        blocks = weeknote.find_section(weeknote.read(name), section.title).blocks
        found = [block for block in blocks if isinstance(block, weeknote.List)][-1]
        assert found.items[-1].text == "A bullet."
        rest = iter(new)
        assert all(character in rest for character in text), "every character is still there, in its order"


# --- what a bullet says


@pytest.mark.parametrize(
    ("text", "options", "written"),
    [
        ("See [the plan](https://example.org/)", [], "See [the plan](https://example.org/)"),
        ("*Really* `so`", [], "*Really* `so`"),
        ("1. May was *warm*", [], "1\\. May was *warm*"),
        ("# 12", [], "\\# 12"),
        ("- x", [], "\\- x"),
        ("AT&T, 2 < 3, snake_case_names", [], "AT&T, 2 < 3, snake_case_names"),
        ("  one\n\n- two  ", [], "one - two"),
        ("*so*", ["--literal"], "\\*so*"),
        ("[a](b)", ["--literal"], "\\[a](b)"),
    ],
    ids=lambda value: repr(value) if isinstance(value, str) else " ".join(value),
)
def test_a_text_is_read_and_begins_no_block(text: str, options: list[str], written: str, run: Run) -> None:
    """Links and emphasis are what they are in Markdown; nothing becomes a heading or another list."""
    assert run(saved("a.md", NOTE), "--section", "wins", *options, "--", text) == (0, "", "")
    assert Path("a.md").read_text() == NOTE.replace("* One\n", f"* One\n* {written}\n")


@pytest.mark.parametrize("text", ["https://example.org/", "See https://example.org/ *now*.", "* x", "1. May"])
def test_an_address_in_plain_text_is_one(text: str, run: Run) -> None:
    """Plain text knows addresses and nothing else."""
    assert run(saved("a.txt", TEXT), "--section", "highlights", "--", text) == (0, "", "")
    assert Path("a.txt").read_text(encoding="utf-8") == TEXT.replace("One\n", f"One\n  • {text}\n")


# --- sections that are not there yet


@pytest.mark.parametrize(
    ("name", "text", "section", "expected"),
    [
        ("a.md", NOTE, "learning", NOTE.replace("## Next", "## Something I’m learning\n\n* x\n\n## Next")),
        ("a.md", NOTE, "Bees", NOTE.replace("## Wins", "## Bees\n\n* x\n\n## Wins")),
        ("a.md", NOTE, "wins", NOTE.replace("* One\n", "* One\n* x\n")),
        ("a.txt", "Weeknote w/c 6 May\n\nFine.\n", "learning", None),
        ("a.md", "", "learning", "## Something I’m learning\n\n- x\n"),
    ],
    ids=["a role", "a title", "it is there", "plain text", "an empty file"],
)
def test_a_section_is_created_where_that_is_asked(
    name: str, text: str, section: str, expected: str | None, run: Run
) -> None:
    """In its place among the others, with the bullet in it."""
    if expected is None:
        expected = f"{text}\nSomething I’m learning\n\n  • x\n"
    assert run(saved(name, text), "--section", section, "--create", "x") == (0, "", "")
    assert Path(name).read_text(encoding="utf-8") == expected


# --- what goes wrong


@pytest.mark.parametrize(
    ("name", "text", "arguments", "message"),
    [
        pytest.param(
            "a.md",
            NOTE,
            ["--section", "learning", "x"],
            "a.md: there is no section “learning”; the sections are: “Maps”, “Wins” (highlights), “Next week” (next); "
            "--create adds it",
            id="no such role",
        ),
        pytest.param(
            "a.md",
            "Fine.\n",
            ["--section", "Mapz", "x"],
            "a.md: there is no section “Mapz”; it has no sections; --create adds it",
            id="no sections",
        ),
        pytest.param(
            "a.md",
            "# Week 12\n\n## Maps\n\n## Bees\n\n## maps:\n",
            ["--section", "MAPS", "x"],
            "a.md: several sections match “MAPS”; the sections are: “Maps” on line 3, “maps:” on line 7; rename one of "
            "them, or split the file",
            id="an ambiguous title",
        ),
        pytest.param(
            "a.md",
            "## Maps\n\n## Bees\n",
            ["--section", "theme", "x"],
            "a.md: several sections match “theme”; the sections are: “Maps” on line 1, “Bees” on line 3; give a title",
            id="themes",
        ),
        pytest.param(
            "a.md",
            "## Wins\n",
            ["--section", "theme", "--create", "x"],
            "a.md: a theme has a title of its own; pass that to --section",
            id="a theme to create",
        ),
        pytest.param(
            "a.md",
            ARCHIVE,
            ["--section", "Wins", "x"],
            "a.md: several sections match “Wins”; the sections are: “Wins” on line 3, “Wins” on line 9; rename one of "
            "them, or split the file",
            id="several notes have it",
        ),
        pytest.param(
            "a.md",
            ARCHIVE,
            ["--section", "learning", "--create", "x"],
            "a.md: has several notes; --create works only in a file with one",
            id="an archive to create in",
        ),
        pytest.param(
            "a.md",
            ARCHIVE,
            ["--section", "learning", "x"],
            "a.md: there is no section “learning”; the sections are: “Wins” (highlights), “Bees”",
            id="no note has it",
        ),
        pytest.param(
            "a.md",
            NOTE,
            ["--section", "Maps", "--section", "Wins", "x"],
            "pass --section once, and run the command again for another section",
            id="two sections",
        ),
        pytest.param(
            "a.md", NOTE, ["--section", "Maps", " \n"], "a text to add is empty; give it some words", id="no words"
        ),
        pytest.param(
            "a.md",
            NOTE,
            ["--section", "Maps", "<!-- x -->"],
            "a.md: Markdown has no way to write this Paragraph (without words): the Html ('<!-- x -->') cannot be "
            "written; change its words, or write them without emphasis or code; the file is unchanged",
            id="what Markdown cannot write",
        ),
        pytest.param(
            "a.md",
            NOTE,
            ["--section", "Maps", "a\udcff"],
            "a.md: a lone surrogate cannot be encoded as UTF-8; remove the character",
            id="bytes of another encoding",
        ),
        pytest.param(
            "a",
            TEXT,
            ["--section", "highlights", "**so**"],
            "a: the new text would be read as Markdown, not as plain text; the file is unchanged; pass "
            "`--dialect text`, or rename the file",
            id="another dialect",
        ),
        pytest.param(
            "a.txt",
            TEXT,
            ["--section", "A title that ends like a sentence. It does!", "--create", "x"],
            "a.txt: ",
            id="no heading of plain text",
        ),
        pytest.param(
            "a.json", "{}", ["--section", "Maps", "x"], "a.json: its name says that it is JSON; convert it", id="JSON"
        ),
    ],
)
def test_the_file_stays_as_it_was(name: str, text: str, arguments: list[str], message: str, run: Run) -> None:
    """One line says what is wrong and lists what there is; the status is 2."""
    done = run(saved(name, text), *arguments)
    assert (done.status, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert done.err.startswith(f"weeknote: {message}")
    assert Path(name).read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere.md", "nowhere.md: no such file; check the name"),
        (".", ".: is a directory; name the files in it"),
        ("bad.md", "bad.md:1:2: not UTF-8: byte 0xff; save the file as UTF-8 and try again"),
    ],
)
def test_a_file_that_cannot_be_read(name: str, message: str, run: Run) -> None:
    """The error is one line with the file and what to do, and no file is created."""
    Path("bad.md").write_bytes(b"a\xff")
    assert run(name, "--section", "wins", "x") == (2, "", f"weeknote: {message}\n")
    assert [path.name for path in Path().iterdir()] == ["bad.md"]


@pytest.mark.parametrize("arguments", [["a.md", "x"], ["a.md", "--section", "wins"]], ids=" ".join)
def test_what_has_to_be_given(arguments: list[str], run: Run) -> None:
    """A section, and a text."""
    assert run(*arguments).status == 2


def test_a_file_that_changes_meanwhile_is_read_again(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bullet goes to the text that another command has just written, so neither is lost."""
    reads = 0

    def read_input(name: str) -> str:
        nonlocal reads
        text = text_io.read_input(name)
        reads += 1
        if reads == 1:
            saved(name, text.replace("* One\n", "* One\n* theirs\n"))
        return text

    saved("a.md", NOTE)
    monkeypatch.setattr("weeknote.cli.commands.add.read_input", read_input)
    assert run("a.md", "ours", "--section", "wins").status == 0
    assert reads == 2
    assert Path("a.md").read_text(encoding="utf-8") == NOTE.replace("* One\n", "* One\n* theirs\n* ours\n")


def test_commands_at_once_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of several commands on one file adds its bullet."""
    monkeypatch.chdir(tmp_path)
    saved("a.md", NOTE)
    commands = [
        subprocess.Popen([sys.executable, "-m", "weeknote", "add", "a.md", f"bullet {i}", "--section", "wins"])
        for i in range(4)
    ]
    assert [command.wait() for command in commands] == [0] * 4
    added = [line for line in Path("a.md").read_text(encoding="utf-8").splitlines() if "bullet" in line]
    assert sorted(added) == [f"* bullet {i}" for i in range(4)]
    assert [path.name for path in Path().iterdir()] == ["a.md"]


def test_a_section_needs_a_name(run: Run) -> None:
    """An empty one is refused, and the file stays as it is."""
    assert run(saved("a.md", NOTE), "Two", "--section", "") == (
        2,
        "",
        "weeknote: --section is empty; give a role or a title\n",
    )
    assert Path("a.md").read_text(encoding="utf-8") == NOTE
