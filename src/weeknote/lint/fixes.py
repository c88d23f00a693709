"""Repairs: other characters for a range of the text, the rest of it kept letter for letter, and read again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import attrs

from weeknote.codec.parse import parse, parse_archive
from weeknote.editing.tree import replace_many
from weeknote.errors import NotFoundError
from weeknote.headings.roles import VOCABULARY, Vocabulary
from weeknote.lint.diagnostics import Edit, Fix
from weeknote.nodes.block import Heading
from weeknote.nodes.document import Archive, Post, RootT, Weeknote, blocks_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from weeknote.nodes.block import Node


def text_fix(title: str, *edits: Edit) -> Fix:
    """Return a repair that changes characters of the text that was checked."""
    return Fix(title, partial(apply_edits, edits=edits), edits)


def node_fix(title: str, *swaps: tuple[Node, Node | None]) -> Fix:
    """Return a repair that puts other nodes, or none, in the place of some of what was checked."""
    return Fix(title, partial(replace_many, swaps=swaps), swaps=swaps)


def apply_edits(root: RootT, edits: Iterable[Edit]) -> RootT:
    """Return what was read, read again with some ranges of its text changed; of two that overlap the first counts.

    Raises:
        NotFoundError: the note is not as it was read, so that the offsets of the edits mean nothing.
    """
    where = root.slice
    if where is None:
        raise NotFoundError(
            "this note was edited or built, and a change of characters needs the text it was checked in; use fix()",
            node=root,
        )
    text, done = where.source.text, where.start
    pieces: list[str] = []
    for edit in sorted(set(edits), key=lambda e: (e.start, e.end)):
        if done <= edit.start and edit.end <= where.end:
            pieces += [text[done : edit.start], edit.text]
            done = edit.end
    return parse_like(root, "".join([*pieces, text[done : where.end]]))


def parse_like(root: RootT, text: str) -> RootT:
    """Return a text read as what it was before: a note, archive or post, with the same knowledge from outside."""
    found: RootT = _read_as(root, text)
    return found


def _read_as(root: Any, text: str) -> Any:
    words = vocabulary_in(root)
    if isinstance(root, Weeknote):
        context = root.context
        near = context.near or (inferred_monday(root) if context.neighbours is not None else None)
        return parse(text, dialect=root.dialect, near=near, vocabulary=words, name=context.name)
    if isinstance(root, Archive):
        notes = root.weeknotes
        name = notes[0].context.name if notes else None
        # An archive keeps no `near`, but the weeks it decided do: the newest note stands first or last.
        near = max(filter(None, (inferred_monday(n) for n in notes[:1] + notes[-1:])), default=None)
        return parse_archive(text, dialect=root.dialect, near=near, vocabulary=words, name=name)
    blocks = blocks_of(parse(text, dialect=root.dialect, vocabulary=words))
    heading = blocks[0] if root.heading is not None and blocks and isinstance(blocks[0], Heading) else None
    return attrs.evolve(root, heading=heading, blocks=blocks[heading is not None :])


def inferred_monday(note: Weeknote) -> date | None:
    """Return the Monday of a note's last week, if its year was worked out and not stated."""
    week = note.weeks[-1] if note.weeks else None
    return None if week is None or week.evidence == "stated" else week.start


def vocabulary_in(root: Weeknote | Archive | Post) -> Vocabulary:
    """Return the vocabulary by which a note's roles are told."""
    notes = root.weeknotes if isinstance(root, Archive) else [root]
    return next((s.vocabulary for n in notes if isinstance(n, Weeknote) for s in n.sections), VOCABULARY)
