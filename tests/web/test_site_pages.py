"""Pages as blog hosts, site generators and word processors write them, each with the note that is on it.

`pages` has a page and its note for each; the pages are invented, the markup is that of the host. To add one, put the
page there, write the note by hand, and look at both.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import weeknote

PAGES = sorted(Path(__file__).with_name("pages").glob("*.html"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_note_on_a_page_is_found(page: Path) -> None:
    """Title, date and words are the note's, and nothing of the site around it is kept."""
    note = weeknote.from_html(page.read_bytes(), url=f"https://site.example/{page.stem}/").note
    assert weeknote.dump(note) == page.with_suffix(".md").read_text(encoding="utf-8")
    assert weeknote.parse(weeknote.dump(note), dialect="markdown") == note


def test_there_are_pages() -> None:
    """A test over no files passes always."""
    assert len(PAGES) > 15
