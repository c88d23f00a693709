"""`weeknote convert`: between Markdown, plain text and JSON, its losses, and what it says when that goes wrong."""

from __future__ import annotations

import json
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import weeknote
from command_runs import Run, saved

if TYPE_CHECKING:
    from collections.abc import Sequence

EXAMPLES = sorted(path for path in (Path(__file__).parents[2] / "examples").iterdir() if path.suffix in {".md", ".txt"})

LOSSLESS = "# Weeknote w/c 6 May: maps\n\nWe drew maps.\n\n## Highlights\n\n- One\n  - Two\n"
AS_TEXT = "Weeknote w/c 6 May: maps\n\nWe drew maps.\n\nHighlights\n\n  • One\n    • Two\n"
LOSSY = "# Week 12\n\nSee [the\tplan](https://example.org/) and *rest*.\n\n---\n"
LOST = [
    "2.md:3:5: plain text has no links with text of their own; the address follows in brackets (“the plan”)",
    "2.md:3:42: plain text has no emphasis; the words are kept (“rest”)",
    "2.md:5:1: plain text has no thematic breaks; it is left out",
]


@pytest.fixture
def run(run_command: Run) -> Run:
    """Return a function that runs `weeknote convert` in an empty folder."""
    return partial(run_command, "convert")


def as_json(intro: Sequence[object]) -> str:
    """Return a note with some blocks as JSON."""
    return json.dumps({"weeknote": 1, "type": "Weeknote", "intro": intro})


# --- from form to form


@pytest.mark.parametrize(
    ("name", "text", "to", "converted"),
    [
        pytest.param("a.md", LOSSLESS, "text", AS_TEXT, id="Markdown to text"),
        pytest.param("a.txt", AS_TEXT, "markdown", LOSSLESS, id="text to Markdown"),
        pytest.param("a.md", "Week 12\n===\n", "markdown", "Week 12\n===\n", id="Markdown to itself"),
        pytest.param("a.txt", "Fine.\r\n", "text", "Fine.\r\n", id="text to itself, line ends too"),
        pytest.param("a.txt", "# Not a heading\n", "markdown", "\\# Not a heading\n", id="the suffix tells"),
        pytest.param("a", LOSSLESS, "text", AS_TEXT, id="without a suffix the text tells"),
        pytest.param("a.md", "", "text", "", id="empty"),
    ],
)
def test_a_note_is_converted(name: str, text: str, to: str, converted: str, run: Run) -> None:
    """On standard output byte for byte, in a file the same, and nothing else is said."""
    saved(name, text)
    assert run(name, "--to", to) == (0, converted, "")
    assert run(name, "--to", to, "-o", "out", "--strict") == (0, "", "")
    assert Path("out").read_bytes() == converted.encode()
    assert run(name, "--to", to, "-o", "-") == (0, converted, "")
    assert Path(name).read_bytes() == text.encode()


def test_standard_input_is_converted(run: Run) -> None:
    """The dialect is detected from the text, or given by the option."""
    assert run("-", "--to", "text", given=LOSSLESS) == (0, AS_TEXT, "")
    assert run("-", "--to", "markdown", "--dialect", "text", given="# Rain\n") == (0, "\\# Rain\n", "")
    assert run("-", "--to", "text", given="{{< toc >}}\n") == (0, "{{< toc >}}\n", "")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_example_comes_back_from_json(path: Path, run: Run) -> None:
    """JSON loses nothing: the note that comes back is equal, from a file and through a pipe."""
    suffix = path.suffix
    to = "markdown" if suffix == ".md" else "text"
    made = run(str(path), "--to", "json")
    assert (made.status, made.err) == (0, "")
    assert weeknote.from_dict(json.loads(made.out)) in (weeknote.read(path), weeknote.read_archive(path))
    saved("note.json", made.out)
    done = run("note.json", "--to", to, "-o", f"back{suffix}")
    assert done == (0, "", "")
    assert weeknote.read_archive(f"back{suffix}") == weeknote.read_archive(path)
    assert run("-", "--to", to, given=made.out).out == Path(f"back{suffix}").read_bytes().decode()
    assert run("note.json", "--to", "json").out == made.out


@pytest.mark.parametrize("path", [p for p in EXAMPLES if p.suffix == ".txt"], ids=lambda path: path.name)
def test_plain_text_goes_to_markdown_and_back(path: Path, run: Run) -> None:
    """A text of the house style is the same after both ways, but for what is said to be lost."""
    there = run(str(path), "--to", "markdown", "-o", "there.md")
    assert there.status == 0
    back = run("there.md", "--to", "text", "-o", "back.txt")
    if not there.err and not back.err:
        assert weeknote.read_archive("back.txt") == weeknote.read_archive(path)


def test_json_escapes_what_steers_a_terminal(run: Run) -> None:
    """The JSON is the same to who reads it as JSON."""
    saved("a.md", "a \x1b[31m \x9b \u2028 ’\n")
    out = run("a.md", "--to", "json").out
    assert r'"a \u001b[31m \u009b \u2028 ’"' in out
    assert weeknote.from_dict(json.loads(out)) == weeknote.read("a.md")


# --- losses


def test_a_loss_is_a_line(run: Run) -> None:
    """Where and what, on standard error; the words stay, and the status is 0."""
    done = run(saved("2.md", LOSSY), "--to", "text")
    assert done.status == 0
    assert done.out == "Week 12\n\nSee the\tplan (https://example.org/) and rest.\n"
    assert done.err.splitlines() == LOST
    assert run("-", "--to", "text", given=LOSSY).err.startswith("standard input:3:5: plain text has no links")


@pytest.mark.parametrize("output", [[], ["-o", "out.txt"]], ids=["standard output", "a file"])
def test_strict_writes_nothing(output: list[str], run: Run) -> None:
    """A loss is status 1 then, and neither a file nor standard output gets anything."""
    saved("out.txt", "Old.\n")
    done = run(saved("2.md", LOSSY), "--to", "text", "--strict", *output)
    assert (done.status, done.out) == (1, "")
    assert done.err.splitlines() == [*LOST, "weeknote: 2.md: 3 losses, so --strict writes nothing"]
    assert Path("out.txt").read_text() == "Old.\n"


def test_a_loss_from_json_names_its_words(run: Run) -> None:
    """There is no line to name; a control character in it is an escape."""
    words = {"type": "Emphasis", "children": [{"type": "Text", "value": "so\x1b"}]}
    saved("a.json", as_json([{"type": "Paragraph", "children": [words]}]))
    assert run("a.json", "--to", "text").err == "a.json: plain text has no emphasis; the words are kept (“so\\x1b”)\n"


# --- what goes wrong


BREAK = {"type": "List", "items": [{"type": "Break"}]}
HALF = {"type": "Paragraph", "children": [{"type": "Text", "value": "\ud800"}]}
COMMENT = {"type": "Paragraph", "children": [{"type": "Html", "value": "<!-- x"}]}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param('{"weeknote": 1,\n x}', ":2:2: not JSON: Expecting property name", id="not JSON"),
        pytest.param("", ":1:1: not JSON, although its name says so: Expecting value", id="empty"),
        pytest.param("# Week 12\n", ":1:1: not JSON, although its name says so", id="a text"),
        pytest.param("[]", ": expected an object whose type is Weeknote, Archive", id="an array"),
        pytest.param("{}", ": the key 'weeknote', the version, is missing; add it with the value 1", id="no version"),
        pytest.param('{"weeknote": 9}', ": version 9 is unknown", id="another version"),
        pytest.param(
            as_json([BREAK]), ": in 'intro[0].items[0]': a Break is not allowed here; expected one of", id="a node"
        ),
        pytest.param(as_json([{"type": "Code"}]), ": in 'intro[0]': a Code needs the key 'value'; add it", id="a key"),
        pytest.param('{"weeknote": 1, "type": "Break"}', ": this is a Break; put it into a", id="no note"),
        pytest.param("[" * 100_000, ": its arrays and objects are nested too deeply for a note", id="deep"),
        pytest.param('{"weeknote": ' + "1" * 5_000 + "}", ": a number in it is too long for a note", id="long"),
        pytest.param(
            as_json([HALF]), ": a lone surrogate cannot be encoded as UTF-8; remove the character", id="surrogate"
        ),
        pytest.param(as_json([COMMENT]), ": Markdown has no way to write this Paragraph", id="cannot be written"),
    ],
)
def test_json_that_is_no_note(text: str, message: str, run: Run) -> None:
    """One line says in which file and where in it; what there was stays."""
    saved("a.json", text)
    saved("out.md", "Old.\n")
    done = run("a.json", "--to", "markdown", "-o", "out.md")
    assert (done.status, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert done.err.replace("out.md", "a.json").startswith(f"weeknote: a.json{message}")
    assert Path("out.md").read_text() == "Old.\n"
    assert [path.name for path in sorted(Path().iterdir())] == ["a.json", "out.md"]


def test_json_with_a_byte_order_mark(run: Run) -> None:
    """Editors put one there."""
    assert run(saved("a.JSON", "\ufeff" + as_json([])), "--to", "markdown") == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.md", "--to", "text"], "nowhere.md: no such file; check the name"),
        ([".", "--to", "text"], "to convert a folder or several files, pass a folder for the results with --into"),
        (
            ["a.md", "b.md", "--to", "text"],
            "to convert a folder or several files, pass a folder for the results with --into",
        ),
        (
            ["-", "--to", "text", "--into", "x"],
            "standard input has no name; use --output instead of --into",
        ),
        (
            ["a.md", "--to", "text", "--into", "x", "-o", "y"],
            "--output names a file and --into a folder; pass one of them",
        ),
        (["a.md", "--to", "text", "--into", "a.md"], "a.md: cannot be created (File exists); check --into"),
        (["bad.md", "--to", "json"], "bad.md:1:2: not UTF-8: byte 0xff; save the file as UTF-8 and try again"),
        (["a.md", "--to", "text", "-o", "a.md"], "a.md: is the file being converted; give another name"),
        (["a.md", "--to", "text", "-o", "./a.md"], "./a.md: is the file being converted; give another name"),
        (["a.md", "--to", "text", "-o", "."], ".: is a directory; name a file in it"),
        (["a.md", "--to", "text", "-o", "no/a"], "no/a: no such folder; create it, or check the name"),
        (["a.md", "--to", "text", "-o", "a\0b"], "a\\x00b: not a possible file name; check the name"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_file_that_cannot_be_converted(arguments: list[str], message: str, run: Run) -> None:
    """One line names the file and says what to do."""
    saved("a.md", LOSSLESS)
    saved("bad.md", b"a\xff")
    assert run(*arguments) == (2, "", f"weeknote: {message}\n")
    assert Path("a.md").read_text() == LOSSLESS


@pytest.mark.skipif(not Path("/dev/null").is_char_device(), reason="there is no /dev/null")
def test_a_device_is_written_and_not_replaced(run: Run) -> None:
    """`-o /dev/null` throws the text away, and not the device."""
    assert run(saved("a.md", LOSSLESS), "--to", "text", "-o", os.devnull) == (0, "", "")
    assert Path(os.devnull).is_char_device()


# --- pages and folders


def test_a_page_needs_no_other_file(run: Run) -> None:
    """HTML is a whole page, and what it does not say is a loss."""
    done = run(saved("a.md", "# Week 12\n\n[a](javascript:x) <b>\n"), "--to", "html")
    assert done.status == 0
    assert done.out.startswith("<!DOCTYPE html>")
    assert "<title>Week 12</title>" in done.out
    assert done.err.splitlines() == [
        "a.md:3:1: the link's address is left out: a browser would run it as a script (“a”)",
        "a.md:3:19: raw HTML is shown as text",
    ]


def test_a_page_of_an_archive_has_all_its_notes(run: Run) -> None:
    """Each is an article of its own, in the order of the file."""
    text = "# w/c 13 May 2019\n\nLater.\n\n# w/c 6 May 2019\n\nEarlier.\n"
    done = run(saved("a.md", text), "--to", "html")
    assert (done.status, done.err) == (0, "")
    assert done.out.count("<article") == 2
    assert done.out.index("Later.") < done.out.index("Earlier.")


def test_a_folder_is_converted_into_another(run: Run) -> None:
    """Each file has its own name and place in the new folder, with the suffix of its form."""
    Path("notes/2024").mkdir(parents=True)
    saved("notes/2024/week-12.md", LOSSLESS)
    saved("week-13.md", LOSSLESS)
    assert run("notes", "week-13.md", "--to", "text", "--into", "texts") == (0, "", "")
    assert Path("texts/2024/week-12.txt").read_text() == AS_TEXT
    assert Path("texts/week-13.txt").read_text() == AS_TEXT


def test_a_text_note_gets_front_matter_where_it_is_asked_for(run: Run) -> None:
    """A site generator wants the title and the date there, and the page's heading is its own."""
    name = saved("2024-05-10-maps.txt", AS_TEXT)
    assert run(name, "--to", "markdown", "--front-matter", "jekyll").out == (
        '---\nlayout: post\ntitle: "Weeknote w/c 6 May: maps"\ndate: 2024-05-10\n---\n\n'
        "We drew maps.\n\n## Highlights\n\n- One\n  - Two\n"
    )
    assert run(name, "--to", "text", "--front-matter", "hugo").err == (
        "weeknote: --front-matter is for Markdown; pass --to markdown\n"
    )
