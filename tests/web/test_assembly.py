"""Blocks that Markdown cannot write, as a page could hold them: they are put more plainly, and each is a loss."""

from __future__ import annotations

import pytest

import weeknote
from weeknote.headings.roles import VOCABULARY
from weeknote.nodes.block import (
    Block,
    Blockquote,
    Code,
    Html,
    Link,
    List,
    ListItem,
    Paragraph,
    Table,
    TableCell,
    TableRow,
    Text,
)
from weeknote.web.assembly import assemble

NESTED = Link("/a", children=(Link("/b", children=(Text("c"),)),))
"""A link in a link, which neither Markdown nor HTML has."""


@pytest.mark.parametrize(
    ("block", "markdown"),
    [
        pytest.param(Paragraph((NESTED,)), "c", id="line"),
        pytest.param(List((ListItem((Paragraph((NESTED,)),)),)), "- c", id="list"),
        pytest.param(Blockquote((Paragraph((NESTED,)),)), "> c", id="quotation"),
        pytest.param(
            Table((TableRow((TableCell("a"), TableCell("b"))), TableRow((TableCell((NESTED,)), TableCell("d"))))),
            "| a | b |\n| --- | --- |\n| c | d |",
            id="table",
        ),
        pytest.param(Html("<div>\n\n</div>"), "```html\n<div>\n\n</div>\n```", id="a blank line in HTML"),
        pytest.param(Code("a\rb"), "a b", id="a line ending in code that Markdown changes"),
        pytest.param(Paragraph((Link("/a", children=(Link("/b"),)),)), None, id="nothing to keep"),
    ],
)
def test_what_cannot_be_written_is_put_more_plainly(block: Block, markdown: str | None) -> None:
    """Marks go first, then the kind of block; the words stay, and what is around them is as it was."""
    blocks = [Paragraph("Before."), block, Paragraph("After.")]
    imported = assemble(
        blocks, (), title=None, published=None, url=None, front_matter=None, near=None, vocabulary=VOCABULARY
    )
    between = "" if markdown is None else f"{markdown}\n\n"
    assert weeknote.dump(imported.note) == f"Before.\n\n{between}After.\n"
    assert {loss.reason.partition(" what")[0].partition(" this")[0] for loss in imported.losses} == {
        "Markdown cannot write"
    }
    assert weeknote.parse(weeknote.dump(imported.note), dialect="markdown") == imported.note
