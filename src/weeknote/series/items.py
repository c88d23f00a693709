"""What is written in many notes, one row for each list item and paragraph."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import attrs

from weeknote.nodes.base import line_of
from weeknote.nodes.block import Link, ListItem, Paragraph, Parent
from weeknote.nodes.document import notes_in
from weeknote.nodes.traversal import find_all, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from weeknote.nodes.block import Block, Node
    from weeknote.nodes.document import Archive, Weeknote


@attrs.frozen
class Item:
    """One list item or paragraph of a note, and where it is.

    Attributes:
        note: the headline of the note, or None.
        week: the Monday of the note's first week; None if that is not known.
        published: the day the note was published; None if that is not known.
        section: the section's title; None before the first section.
        role: what the section is for, such as `"learning"`; None before the first section.
        kind: `"item"` or `"paragraph"`.
        text: its words; for a list item, those of its first paragraph, because nested blocks are items of their own.
        links: the URLs of the links in these words.
        file: the note's file; None if it was not read from one.
        line: the line on which it begins, from 1; None for a note that was built.
        end_line: the line on which these words end.
    """

    note: str | None
    week: date | None
    published: date | None
    section: str | None
    role: str | None
    kind: str
    text: str
    links: tuple[str, ...] = ()
    file: str | None = None
    line: int | None = None
    end_line: int | None = None


def items(notes: Iterable[Weeknote | Archive]) -> Iterator[Item]:
    r"""Yield each list item, and each paragraph outside lists, in the order of the text.

    Nodes without words, such as pictures without descriptions, are left out; so are headings, tables, code and the
    site's own lines.

    Args:
        notes: notes, or archives of them.

    >>> import weeknote
    >>> note = weeknote.parse("# w/c 6 May 2024\n\n## Learning\n\n- To [wait](https://example.org/).\n  - Longer.\n")
    >>> [(item.week.isoformat(), item.role, item.text, item.line) for item in items([note])]
    [('2024-05-06', 'learning', 'To wait.', 5), ('2024-05-06', 'learning', 'Longer.', 6)]
    """
    for one in notes:
        for note in notes_in(one):
            yield from items_of(note)


def items_of(note: Weeknote) -> Iterator[Item]:
    """Yield the list items and paragraphs of one note."""
    known = Item(
        note=note.headline,
        week=note.weeks[0].start if note.weeks else None,
        published=note.published,
        section=None,
        role=None,
        kind="paragraph",
        text="",
        file=note.context.name,
    )
    yield from _rows(note.intro, known)
    for section in note.sections:
        yield from _rows(section.blocks, attrs.evolve(known, section=section.title, role=str(section.role)))


def _rows(blocks: Sequence[Block], known: Item) -> Iterator[Item]:
    # The first paragraph of an item is the item's.
    done: Block | None = None
    for node in chain.from_iterable(walk(block, prune=lambda node: not isinstance(node, Parent)) for block in blocks):
        if isinstance(node, ListItem) and node.blocks and isinstance(node.blocks[0], Paragraph):
            done = node.blocks[0]
            yield from _row(done, "item", node, known)
        elif isinstance(node, Paragraph) and node is not done:
            yield from _row(node, "paragraph", node, known)


def _row(words: Paragraph, kind: str, whole: Node, known: Item) -> Iterator[Item]:
    if not words.text.strip():
        return
    yield attrs.evolve(
        known,
        kind=kind,
        text=words.text,
        links=tuple(link.url for link in find_all(words, Link)),
        line=line_of(whole),
        end_line=None if words.position is None else words.position.end.line,
    )
