"""`weeknote import`: which files it makes of pages, feeds and exports, and which it leaves alone."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

import weeknote
from command_runs import Run, saved
from weeknote.cli.commands.import_notes import safe_name

PAGE = (
    "<title>Week 12: maps</title><article><h1>Week 12: maps</h1><time datetime='2024-03-22'>22 March</time>"
    "<p>We moved <a href='/map'>the map</a>.</p><dl><dt>a<dd>b</dl></article>"
)
MARKDOWN = '---\ntitle: "Week 12: maps"\ndate: 2024-03-22\n---\n\nWe moved [the map](/map).\n\n**a**\n\nb\n'
LOST = ":8:1: a description list becomes paragraphs, with its terms in bold (“a”)\n"


@pytest.fixture
def run(run_command: Run) -> Run:
    """Return a function that runs `weeknote import` in an empty folder."""
    return partial(run_command, "import")


def feed(*days: str) -> str:
    """Return a JSON Feed with a note for each day."""
    rows = [{"id": d, "title": f"Week of {d}", "date_published": d, "content_html": "<p>a"} for d in days]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Notes", "items": rows})


def test_a_page_becomes_a_file(run: Run) -> None:
    """Its name is printed, its losses are named by their place in it, and it is read as the note it is."""
    name = str(Path("notes", "2024-03-22-week-12-maps.md"))
    assert run(saved("a.html", PAGE), "--into", "notes") == (0, f"{name}\n", name + LOST)
    assert Path(name).read_text(encoding="utf-8") == MARKDOWN
    assert weeknote.read(name).headline == "Week 12: maps"


def test_no_file_is_replaced_unless_asked(run: Run) -> None:
    """A second run changes nothing; a file that was edited stays, but for `--force`."""
    name = run(saved("a.html", PAGE)).out.strip()
    assert run("a.html") == (0, "", name + LOST)
    saved(name, "mine\n")
    done = run("a.html")
    assert (done.status, done.out, Path(name).read_text()) == (2, "", "mine\n")
    assert done.err == f"weeknote: {name}: exists; pass --force to replace it, or another --into or --name\n"
    assert run("a.html", "--force").status == 0
    assert Path(name).read_text(encoding="utf-8") == MARKDOWN


@pytest.mark.parametrize(
    ("template", "file"),
    [
        ("{year}/{week}-{slug}.md", "2024/12-week-12-maps.md"),
        ("{year}-{month}-{day}.markdown", "2024-03-22.markdown"),
        ("../../{slug}.md", "week-12-maps.md"),
        ("/etc/{date}.md", "etc/2024-03-22.md"),
        ("con.md", "x-con.md"),
    ],
)
def test_a_name_is_made_as_asked_and_stays_in_the_folder(template: str, file: str, run: Run) -> None:
    """Fields are the note's; what would lead out of the folder, or no system takes, is left out."""
    assert run(saved("a.html", PAGE), "--into", "notes", "--name", template).out == f"{Path('notes', file)}\n"


def test_a_field_that_there_is_not_is_refused(run: Run) -> None:
    """The message lists those that there are."""
    done = run(saved("a.html", PAGE), "--name", "{author}.md")
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        "weeknote: --name: unknown field {author}; the fields are {date}, {year}, {month}, {day}, {week}, {slug}\n"
    )


@pytest.mark.parametrize("template", ["", "..", "notes/", "?"])
def test_a_name_of_which_nothing_is_left_is_refused(template: str, run: Run) -> None:
    """There has to be something to call the file."""
    done = run(saved("a.html", PAGE), "--name", template)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"weeknote: --name: {template!r} makes no usable file name")


@pytest.mark.parametrize(
    "name", ["..", ".", "", "a/b", "a\\b", "a:b", "CON", "nul.md", "x" * 300, "ŷ" * 300, "\0", "-a", "a "]
)
def test_every_name_is_one_that_file_systems_take(name: str) -> None:
    """No separator, no reserved word, no end or beginning that means something, and not too long."""
    made = safe_name(name)
    assert not set(made) & set('/\\:*?"<>|\0 ')
    assert len(made.encode()) <= 100
    assert made.strip(".-") == made


def test_a_folder_and_a_feed_become_files(run: Run) -> None:
    """Those in a folder are read at any depth, notes of one name get numbers, and `--since` skips the old."""
    saved("site/a/b.html", PAGE)
    saved("site/a/c.htm", PAGE.replace("/map", "/other"))
    saved("site/a/notes.txt", "not a page")
    saved("feed.json", feed("2024-03-01", "2024-03-08"))
    done = run("site", "feed.json", "--since", "2024-03-08")
    assert done.status == 0
    assert done.out.splitlines() == [
        "2024-03-22-week-12-maps.md",
        "2024-03-22-week-12-maps-2.md",
        "2024-03-08-week-of-2024-03-08.md",
    ]


def test_an_export_of_substack_has_its_titles_beside_the_pages(run: Run) -> None:
    """They are in a table, which also says what is only a draft."""
    saved(
        "export/posts.csv",
        "post_id,post_date,is_published,title\n1.fog,2024-03-22T17:04:11Z,true,Week 12: fog\n2.sun,,false,Week 13\n",
    )
    saved("export/posts/1.fog.html", "<h1>Fog</h1><p>It came.</p>")
    saved("export/posts/2.sun.html", "<p>Not yet.</p>")
    assert run("export").out == "2024-03-22-week-12-fog.md\n"
    assert Path("2024-03-22-week-12-fog.md").read_text() == (
        '---\ntitle: "Week 12: fog"\ndate: 2024-03-22\n---\n\n# Fog\n\nIt came.\n'
    )
    assert run("export", "--drafts").out == "undated-week-13.md\n"


def test_drafts_in_an_export_of_medium_are_left_out(run: Run) -> None:
    """Their names say what they are."""
    saved("posts/2024-03-22_Week-12-a.html", PAGE)
    saved("posts/draft_Week-13-b.html", PAGE.replace("Week 12: maps", "Week 13"))
    assert run("posts").out == "2024-03-22-week-12-maps.md\n"
    assert run("posts", "--into", "all", "--drafts").out.count("\n") == 2


def test_standard_input_is_a_page_too(run: Run) -> None:
    """Bytes are decoded as a browser would; the title can be a heading."""
    page = '<meta charset="windows-1252"><h1>Caf\xe9</h1><p>Open.'.encode("cp1252")
    done = run("-", "--front-matter", "none", "--name", "{slug}.md", given=page)
    assert done == (0, "café.md\n", "")
    assert Path("café.md").read_text(encoding="utf-8") == "# Café\n\nOpen.\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["missing.html"], "missing.html: no such file; check the name"),
        (["feed.xml"], "feed.xml: not a feed: expected RSS, Atom, JSON Feed, or a WordPress or Ghost export"),
        (["week.md"], "week.md: neither a page nor a feed; Markdown needs no import"),
        (["words"], "words: neither a page nor a feed; Markdown needs no import"),
        (["."], ".: no page or feed in this folder (.html, .htm, .xhtml, .xml, .rss, .atom)"),
    ],
)
def test_what_cannot_be_read_is_said(arguments: list[str], message: str, run: Run) -> None:
    """One line, and no traceback; nothing to import is a failure, as a folder without notes is for `check`."""
    if arguments == ["feed.xml"]:
        saved("feed.xml", "no feed")
    saved("week.md", "# Week 12\n\nAll <b>good</b>.\n")
    saved("words", "1 < 2\n")
    done = run(*arguments)
    assert (done.status, done.out, done.err) == (2, "", f"weeknote: {message}\n")
