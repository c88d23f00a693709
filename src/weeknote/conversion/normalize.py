"""One skeleton for every note: marks, indentation, blank lines and line ends are set; words keep their spelling."""

from __future__ import annotations

from typing import TypeVar, cast

from weeknote.codec.compare import matches
from weeknote.codec.dump import dump
from weeknote.codec.parse import parse, parse_archive
from weeknote.codec.verify import ExpectedDocument
from weeknote.conversion.skeleton import Skeleton, TextSkeleton
from weeknote.nodes.base import node_from_source, of_kind, set_field, slice_of
from weeknote.nodes.document import Archive, Context, Post, Weeknote, blocks_of

NoteT = TypeVar("NoteT", bound=Weeknote | Archive | Post)

MAX_ROUNDS = 8
"""The maximum number of attempts, each with more blocks left as they were, before the note stays as it is."""

MAX_KEPT = 6
"""After so many attempts to leave single blocks as they were read, every block that may be in the way is left."""


def normalize(note: NoteT) -> NoteT:
    r"""Return a note that means the same, with its skeleton in canonical form.

    The skeleton is the kind of headings, the markers of lists and their indentation, the blank lines between blocks,
    line ends, and the end of the file. Words keep their spelling, and so do HTML, Liquid, shortcodes and the like with
    what they enclose. The page "Normalisation" lists all of it. Normalising is idempotent. A block that
    would mean something else with other marks stays as it was read.

    Args:
        note: a note, an archive or a post.

    Returns:
        The note as it is read from its normalised text; the note itself if nothing changes.

    Raises:
        CannotExpressError: the note was built or edited, and it cannot be written; the error's `node` is to blame.

    >>> import weeknote
    >>> note = weeknote.parse("Week 12\n=======\n* one\n* __two__\n")
    >>> print(weeknote.dump(normalize(note)), end="")
    # Week 12
    <BLANKLINE>
    - one
    - __two__
    >>> normalize(note) == note
    True
    """
    current = of_kind(note, (Weeknote, Archive, Post))
    if note.slice is None or "\r" in note.slice.text:
        text = dump(note).replace("\r\n", "\n").replace("\r", "\n")
        current = read_like(note, text)
        old, new = ExpectedDocument(note), ExpectedDocument(current)
        if note.slice is not None and not (first_difference(old, new) is None and have_same_parts(old, new)):
            return note
    for _ in range(MAX_ROUNDS):
        found = normalized_once(current)
        if found is current:
            return current
        current = found
    return note


def normalized_once(note: NoteT) -> NoteT:
    """Return a note as it is read from its text with a normalised skeleton; the note itself if that is its text."""
    assert note.slice is not None
    expected = ExpectedDocument(note)
    blocks = expected.blocks
    write: type[Skeleton] = TextSkeleton if note.dialect == "text" else Skeleton
    opening = ""
    if expected.front_matter is not None:
        opening = expected.front_matter.raw + ("\n\n" if blocks else "\n")
    kept: set[int] = set()
    for attempt in range(MAX_KEPT + 2):
        text = opening + (write(blocks, kept).write() if blocks else "")
        if text == note.slice.text:
            return note
        found = read_like(note, text)
        wrong = first_difference(expected, ExpectedDocument(found))
        if wrong is None:
            return found if have_same_parts(expected, ExpectedDocument(found)) else note
        if attempt >= MAX_KEPT:
            kept = set(range(len(blocks)))
            continue
        # The block that is read as something else is left as it was read, or one beside it.
        near = (wrong, wrong - 1, wrong + 1)
        kept.add(next((n for n in near if 0 <= n < len(blocks) and n not in kept), max(wrong - 2, 0)))
    return note


def read_like(note: NoteT, text: str) -> NoteT:
    """Return a text read as a note was: as a note, archive or post, in its dialect, with what is known from outside."""
    vocabulary = ExpectedDocument(note).vocabulary
    found: Weeknote | Archive | Post
    if isinstance(note, Archive):
        name = next((entry.context.name for entry in note.weeknotes), None)
        found = parse_archive(text, dialect=note.dialect, vocabulary=vocabulary, name=name)
        for entry, old in zip(found.entries, note.entries, strict=False):
            # Of a note that was built nothing is known, other than what the archive tells.
            if isinstance(entry, Weeknote) and isinstance(old, Weeknote) and old.context != Context():
                set_field(entry, "context", old.context)
    else:
        name = note.context.name if isinstance(note, Weeknote) else None
        found = parse(text, dialect=note.dialect, vocabulary=vocabulary, name=name)
        if isinstance(note, Weeknote):
            set_field(found, "context", note.context)
        else:
            blocks = blocks_of(found)
            heading = blocks.pop(0) if blocks and note.heading is not None else None
            found = node_from_source(
                Post,
                slice_of(found),
                heading=heading,
                blocks=tuple(blocks),
                dialect=note.dialect,
                newline=found.newline,
            )
    return cast("NoteT", found)


def first_difference(a: ExpectedDocument, b: ExpectedDocument) -> int | None:
    """Return the index of the first top-level block that two documents do not share; None if they share all."""
    for n, (x, y) in enumerate(zip(a.blocks, b.blocks, strict=False)):
        if not matches(x, y, {}):
            return n
    return None if len(a.blocks) == len(b.blocks) else min(len(a.blocks), len(b.blocks)) - 1


def have_same_parts(a: ExpectedDocument, b: ExpectedDocument) -> bool:
    """Return whether two documents of equal blocks have equal front matter and the same entries and sections."""
    return a.front_matter == b.front_matter and list(map(shape, a.entries)) == list(map(shape, b.entries))


def shape(entry: Weeknote | Post) -> tuple[object, ...]:
    """Return which parts an entry has, and how many blocks are in each."""
    if isinstance(entry, Post):
        return Post, entry.heading is None, len(entry.blocks)
    sections = [len(section.blocks) for section in entry.sections]
    lengths = [len(part) for part in (entry.masthead, entry.byline, entry.intro, entry.trailer)]
    return Weeknote, entry.heading is None, lengths, sections
