"""What is written in many notes, one row for each list item and paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from weeknote.nodes.block import Blockquote, FootnoteDefinition, Link, List, ListItem, Paragraph
from weeknote.nodes.document import Archive, Weeknote
from weeknote.nodes.traversal import find_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from weeknote.nodes.document import Post, Section


@attrs.frozen
class Item:
    """One list item or paragraph of a note, with all that is known of where it is.

    Attributes:
        note: the line that names the note; None if none does.
        week: the Monday of the note's first week; None if that is not known.
        published: the day the note was published; None if that is not known.
        section: the section's title; None before the first section.
        role: what the section is for, such as `"learning"`; None before the first section.
        kind: `"item"` or `"paragraph"`.
        text: its words; of an item those of its first paragraph, as what is below it has rows of its own.
        links: the addresses of the links in these words.
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
    r"""Yield each list item and each other paragraph of notes, in the order of the text.

    What has no words, such as a picture without a description, is left out; so are headings, tables, code and what the
    site put around the note.

    Args:
        notes: notes, or archives of them.

    >>> import weeknote
    >>> note = weeknote.parse("# w/c 6 May 2024\n\n## Learning\n\n- To [wait](https://example.org/).\n  - Longer.\n")
    >>> [(item.week.isoformat(), item.role, item.text, item.line) for item in items([note])]
    [('2024-05-06', 'learning', 'To wait.', 5), ('2024-05-06', 'learning', 'Longer.', 6)]
    """
    for one in notes:
        for entry in one.entries if isinstance(one, Archive) else (one,):
            if isinstance(entry, Weeknote):
                yield from items_of(entry)


def items_of(note: Weeknote) -> Iterator[Item]:
    """Yield the list items and paragraphs of one note."""
    known = {
        "note": note.headline,
        "week": note.weeks[0].start if note.weeks else None,
        "published": note.published,
        "file": note.context.name,
    }
    yield from _rows(note.intro, None, known)
    for section in note.sections:
        yield from _rows(section.blocks, section, known)


def _rows(blocks: Sequence[Any], section: Section | None, known: dict[str, Any]) -> Iterator[Item]:
    role = None if section is None else str(section.role)
    title = None if section is None else section.title
    stack = list(blocks)[::-1]
    while stack:
        block = stack.pop()
        if isinstance(block, Paragraph):
            yield from _row(block, "paragraph", block, title, role, known)
        elif isinstance(block, ListItem):
            words = block.blocks[0] if block.blocks else None
            if isinstance(words, Paragraph):
                yield from _row(words, "item", block, title, role, known)
            stack += block.blocks[: 0 if isinstance(words, Paragraph) else None : -1]
        elif isinstance(block, List):
            stack += block.items[::-1]
        elif isinstance(block, (Blockquote, FootnoteDefinition)):
            stack += block.blocks[::-1]


def _row(
    words: Paragraph, kind: str, whole: Any, section: str | None, role: str | None, known: dict[str, Any]
) -> Iterator[Item]:
    if not words.text.strip():
        return
    begins, ends = whole.position, words.position
    yield Item(
        section=section,
        role=role,
        kind=kind,
        text=words.text,
        links=tuple(link.url for link in find_all(words, Link)),
        line=None if begins is None else begins.start.line,
        end_line=None if ends is None else ends.end.line,
        **known,
    )


def notes_in(one: Weeknote | Archive | Post) -> tuple[Weeknote, ...]:
    """Return the notes of an archive, or a note alone."""
    if isinstance(one, Archive):
        return one.weeknotes
    return (one,) if isinstance(one, Weeknote) else ()
