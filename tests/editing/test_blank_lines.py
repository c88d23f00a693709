"""Which blank lines a replaced block gets: none where the note itself has none."""

from __future__ import annotations

import pytest

import weeknote
from weeknote import List, Paragraph, walk


@pytest.mark.parametrize(
    ("text", "dialect", "expected"),
    [
        ("Words.\n* a\n\nEnd.\n", "markdown", "Words.\n- new\n\nEnd.\n"),
        ("Words.\n\n* a\n\nEnd.\n", "markdown", "Words.\n\n- new\n\nEnd.\n"),
        ("# Week 1\n\n## Wins\n* a\n", "markdown", "# Week 1\n\n## Wins\n- new\n"),
        ("# Week 1\n\n## Wins\n\n* a\n", "markdown", "# Week 1\n\n## Wins\n\n- new\n"),
        ("Words:\n  • a\n\nEnd.\n", "text", "Words:\n  • new\n\nEnd.\n"),
        ("Highlights\n  • a\n\nEnd.\n", "text", "Highlights\n  • new\n\nEnd.\n"),
        ("Highlights\n\n  • a\n\nEnd.\n", "text", "Highlights\n\n  • new\n\nEnd.\n"),
    ],
)
def test_a_list_is_as_far_from_the_line_above_as_before(text: str, dialect: str, expected: str) -> None:
    """A list that replaces another directly below a paragraph or heading is directly below it, too."""
    note = weeknote.parse(text, dialect=dialect)
    old = next(node for node in walk(note) if isinstance(node, List))
    assert weeknote.dump(weeknote.replace(note, old, List(["new"]))) == expected


def test_a_paragraph_stays_directly_below_its_heading() -> None:
    """In Markdown a heading needs no blank line."""
    note = weeknote.parse("# Week 1\nWords.\n\nMore.\n", dialect="markdown")
    old = next(node for node in walk(note) if isinstance(node, Paragraph))
    assert weeknote.dump(weeknote.replace(note, old, Paragraph("New."))) == "# Week 1\nNew.\n\nMore.\n"
