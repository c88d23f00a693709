"""Measures over texts that are not the project's: the checkout `shared` beside this one, where there is one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from test_laws import exact, partitioned
from weeknote import Link, List, find_all, parse, parse_archive, walk
from weeknote.nodes import Node
from weeknote.nodes.document import blocks_of
from weeknote.web.html_writer import HtmlWriter

SHARED = Path(__file__).parents[2] / "shared"
NOTES = sorted([*SHARED.glob("corpus/*/**/*.md"), *SHARED.glob("corpus/*/**/*.txt"), *SHARED.glob("seeds/*.txt")])
EXAMPLES = SHARED / "commonmark.json"

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason=f"there is no {SHARED}")


def text_of(path: Path) -> str:
    """Return the text of a file, its line ends as they are."""
    return path.read_bytes().decode("utf-8")


def test_there_is_something_to_measure() -> None:
    """A measure over nothing passes always."""
    assert len(NOTES) > 300
    assert len(examples()) > 600


@pytest.mark.parametrize("dialect", ["markdown", "text"])
@pytest.mark.parametrize("law", [exact, partitioned], ids=lambda law: law.__name__)
def test_laws_hold_for_every_note(law: Any, dialect: str) -> None:
    """Every note of the corpus comes back to the byte, and its slices partition it, in both dialects."""
    for path in NOTES:
        text = text_of(path)
        for read in (parse, parse_archive):
            law(text, dialect, read)


def test_line_ends_mean_nothing_in_any_note() -> None:
    """A note of the corpus with CR LF is the same note."""
    for path in NOTES[::4]:
        text = text_of(path).replace("\r\n", "\n").replace("\r", "\n")
        assert parse(text.replace("\n", "\r\n")) == parse(text)


def test_html_is_that_of_cmark() -> None:
    """Notes with footnotes or loose lists aside, `to_html` writes what GitHub's own program writes, to the byte."""
    cmarkgfm = pytest.importorskip("cmarkgfm")
    compared = 0
    for path in NOTES:
        text = text_of(path)
        if path.suffix != ".md" or "[^" in text:
            continue
        note = parse(text, dialect="markdown")
        start = 0 if note.front_matter is None or note.front_matter.slice is None else note.front_matter.slice.end
        theirs = cmarkgfm.markdown_to_html_with_extensions(
            text[start:], cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE, extensions=["table", "strikethrough"]
        )
        ours = HtmlWriter(note, 0, None, raw=True).write(blocks_of(note))
        if "<li>\n<p>" not in theirs + ours:
            assert ours == theirs, path
            compared += 1
    assert compared > 250


def examples() -> list[dict[str, Any]]:
    """Return the examples of CommonMark that do not open like front matter."""
    if not EXAMPLES.is_file():
        return []
    rows: list[dict[str, Any]] = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    return [row for row in rows if not row["markdown"].startswith(("---\n", "+++\n"))]


def starts(nodes: Iterable[Node]) -> list[list[object]]:
    """Return kinds and first lines of top-level blocks, definitions left out."""
    found = []
    for node in nodes:
        name = type(node).__name__
        if node.position is not None and name not in ("Definition", "FootnoteDefinition"):
            found.append([name, node.position.start.line])
    return sorted(found, key=str)


def test_blocks_items_and_links_are_those_of_commonmark() -> None:
    """In at least 99 of 100 examples, all three agree with CommonMark."""
    rows = examples()
    right: Counter[str] = Counter()
    for row in rows:
        note = parse(row["markdown"], dialect="markdown")
        top: list[Node] = [note.heading] if note.heading is not None else []
        top += [*note.intro, *(b for s in note.sections for b in (s.heading, *s.blocks)), *note.trailer]
        items = sum(len(node.items) for node in walk(note) if isinstance(node, List))
        right["blocks"] += starts(top) == sorted(row["blocks"], key=str)
        right["items"] += items == row["items"]
        right["links"] += Counter(row["links"]) == Counter(link.url for link in find_all(note, Link))
    assert {name: n / len(rows) >= 0.99 for name, n in right.items()} == {"blocks": True, "items": True, "links": True}


@pytest.mark.parametrize("end", ["\r\n", "\r", ""], ids=["CR LF", "CR", "no final line end"])
def test_every_example_of_commonmark_comes_back_with_other_line_ends(end: str) -> None:
    """Law 1 for every example, whatever ends its lines."""
    for row in examples():
        text = row["markdown"].replace("\n", end) if end else row["markdown"].rstrip("\n")
        exact(text, "markdown", parse)
        partitioned(text, "markdown", parse)
