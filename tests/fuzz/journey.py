"""All that can be done with a text, one thing after the other, and what must be true after each.

Any text may make an edit or a conversion impossible: that is a `WeeknoteError`, and documented. Any other exception is
a finding, and so is an assertion that fails here.
"""

from __future__ import annotations

import contextlib
import json
import pickle
import re
import unicodedata
from typing import TYPE_CHECKING, Any, TypeAlias

import weeknote
from weeknote import (
    Archive,
    CannotExpressError,
    FrontMatter,
    Post,
    Section,
    Weeknote,
    WeeknoteError,
    check,
    convert,
    dump,
    fix,
    from_dict,
    normalize,
    parse,
    parse_archive,
    to_dict,
)
from weeknote.cli.summary import facts, lines
from weeknote.headings import VOCABULARY
from weeknote.lint.printable import Style
from weeknote.nodes import Node

if TYPE_CHECKING:
    from collections.abc import Callable


Note: TypeAlias = Weeknote | Archive

DIALECTS = ("markdown", "text")

SURROGATE = re.compile(r"[\ud800-\udfff]")

DEFINING = (weeknote.Definition, weeknote.FootnoteDefinition)
"""What says what links elsewhere mean: when it goes, they are respelled so that they mean the same."""

OBEYED = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""What a terminal may obey instead of showing it: control characters, and what ends a line or is no character."""


def again(text: str, like: Note) -> Note:
    """Return a text read as another note was: as a note or an archive, in its dialect, with its vocabulary."""
    read: Callable[..., Note] = parse_archive if isinstance(like, Archive) else parse
    vocabulary = next((s.vocabulary for s in weeknote.find_all(like, Section)), VOCABULARY)
    return read(text, dialect=like.dialect, vocabulary=vocabulary)


# --- the steps


def reading(note: Note) -> None:
    """Read every attribute and the position of every node."""
    assert note.slice is not None
    size = len(note.slice.source.text)
    for node in weeknote.walk(note):
        for name in dir(type(node)):
            if isinstance(getattr(type(node), name), property):
                getattr(node, name)
        if node.position is not None:
            assert 0 <= node.position.start.offset <= node.position.end.offset <= size


def checking(note: Note) -> None:
    """Ask every rule, and print what it says."""
    size = len(dump(note))
    for found in check(note, ["WN"]):
        assert str(found)
        if found.position is not None:
            assert 0 <= found.position.start.offset <= found.position.end.offset <= size


def mending(note: Note) -> None:
    """Repair what can be repaired; the result is a text like any other."""
    text = dump(fix(note))
    assert dump(again(text, note)) == text


def converting(note: Note) -> None:
    """Say the same in the other dialect: the text means the note that comes with it."""
    to = "text" if note.dialect == "markdown" else "markdown"
    try:
        done = convert(note, to)
    except CannotExpressError:
        # Half a surrogate pair is no part of an address in Markdown.
        assert SURROGATE.search(dump(note))
        return
    assert done.text == dump(done.note)
    assert [str(loss.reason) for loss in done.losses] == [loss.reason for loss in done.losses]


def normalizing(note: Note) -> None:
    """Assert law 4: a normalised note survives writing and reading, and normalising it again changes nothing."""
    normalized = normalize(note)
    text = dump(normalized)
    read = again(text, note)
    assert read == normalized
    assert dump(normalize(read)) == text


def dicts(note: Note) -> None:
    """Go through JSON and back."""
    assert from_dict(json.loads(json.dumps(to_dict(note)))) == note


def pickling(note: Note) -> None:
    """Go to another process and back: equal, and as exact as before."""
    other = pickle.loads(pickle.dumps(note))
    assert other == note
    assert dump(other) == dump(note)


def showing(note: Note) -> None:
    """Print what is understood: nothing that a terminal obeys is left in it."""
    found = facts(note)
    json.dumps(found)
    for line in lines("note", found, Style()):
        assert OBEYED.isdisjoint(map(unicodedata.category, line)), line


STEPS: dict[str, Callable[[Note], None]] = {
    "reading": reading,
    "checking": checking,
    "mending": mending,
    "converting": converting,
    "normalizing": normalizing,
    "dicts": dicts,
    "pickling": pickling,
    "showing": showing,
}
"""What is done with a note after it was read, by name."""


# --- edits


def blocks_of(note: Note) -> list[Node]:
    """Return the blocks and items of a note, each of which an edit can be addressed to."""
    leaves = (weeknote.Paragraph, weeknote.Heading, weeknote.Table)
    kinds = (Weeknote, Archive, Post, Section, FrontMatter)
    found = weeknote.walk(note, prune=lambda node: isinstance(node, leaves))
    return [node for node in found if not isinstance(node, kinds)]


def going_with(note: Note, node: Node) -> Node:
    """Return what goes when a node is removed: a list goes with its last item, an item with its last block."""
    for parent in weeknote.walk(note):
        held = parent.items if isinstance(parent, weeknote.List) else getattr(parent, "blocks", ())
        if parent is not node and len(held) == 1 and held[0] is node and not isinstance(parent, Section | Post):
            return going_with(note, parent)
    return node


def bare(text: str) -> str:
    """Return a text without what a blank line at a seam brings along: line ends, indentation, marks of quotation."""
    return text.translate(dict.fromkeys(map(ord, " \t\r\n>")))


def editing(note: Any, choice: int) -> None:
    """Replace, remove and add at one place: law 2 outside of it, and law 3 for the whole.

    Args:
        note: the note.
        choice: a number that decides where and what.
    """
    places = blocks_of(note)
    if places:
        node = places[choice % len(places)]
        words = ("New words.", "*a* _b", "- x", "# y", "  1. z", "", "\u2028", "[a]", "w/c 6 May")[choice // 7 % 9]
        new: Node = weeknote.Paragraph(words)
        if isinstance(node, weeknote.ListItem):
            new = weeknote.ListItem(words)
        elif isinstance(node, weeknote.Heading):
            new = weeknote.Heading(node.depth, words)
        assert node.slice is not None
        gone = going_with(note, node).slice
        assert gone is not None
        start, end = node.slice.start, node.slice.end
        edits: tuple[tuple[Callable[[], Note], int, int], ...] = (
            (lambda: weeknote.replace(note, node, new), start, end),
            (lambda: weeknote.insert_before(note, node, new), start, start),
            (lambda: weeknote.insert_after(note, node, new), end, end),
            (lambda: weeknote.remove(note, node), gone.start, gone.end),
        )
        for edit, first, last in edits:
            with contextlib.suppress(WeeknoteError):
                written(edit(), note, first, last)
        moved = places[choice // 63 % len(places)]
        if isinstance(node, weeknote.ListItem) == isinstance(moved, weeknote.ListItem):
            with contextlib.suppress(WeeknoteError, TypeError):
                written(weeknote.insert_after(note, node, moved))
    if isinstance(note, Weeknote):
        changes: tuple[Callable[[], Note], ...] = (
            lambda: weeknote.append(note, note, "One more."),
            lambda: weeknote.set_title(note, "a *start* & more"),
            lambda: weeknote.set_weeks(note, weeknote.Week(6, 5)),
            lambda: weeknote.set_front_matter(note, "title", "Rain: 'a' \"week\""),
            lambda: weeknote.add_section(note, weeknote.Role.LEARNING, "To wait."),
        )
        for change in changes:
            with contextlib.suppress(WeeknoteError):
                written(change())


def defined(note: Note) -> list[Node]:
    """Return what says in a note what its links and footnotes mean: when it changes, those are respelled."""
    return [node for node in weeknote.walk(note) if isinstance(node, DEFINING)]


def written(note: Note, old: Note | None = None, start: int = 0, end: int = 0) -> None:
    """Assert that an edited note is written as what it means, or refused.

    Args:
        note: the edited note.
        old: the note before the edit.
        start: the offset in the old note's text where the edited node began.
        end: the offset where it ended.
    """
    try:
        text = dump(note)
    except CannotExpressError:
        return
    assert again(text, note) == note, f"law 3: {text!r}"
    if old is not None and defined(old) == defined(note):
        before = dump(old)
        assert bare(text).startswith(bare(before[:start])), f"law 2, before: {text!r}"
        assert bare(text).endswith(bare(before[end:])), f"law 2, after: {text!r}"


# --- all of it

READERS = (parse, parse_archive)


def travel(text: str, choice: int = 0) -> None:
    """Do everything with a text: in both dialects, as a note and as an archive.

    Args:
        text: the text.
        choice: a number that decides where it is edited, and how.
    """
    for dialect in DIALECTS:
        for read in READERS:
            note: Note = read(text, dialect=dialect)
            assert dump(note) == text
            for step in STEPS.values():
                step(note)
            editing(note, choice)


def stroll(text: str, choice: int) -> None:
    """Do one thing of all that `travel` does, in one dialect, so that more texts have their turn.

    Args:
        text: the text.
        choice: a number that decides what is done.
    """
    choice, dialect = divmod(choice, len(DIALECTS))
    choice, reader = divmod(choice, len(READERS))
    choice, step = divmod(choice, len(STEPS) + 3)
    note: Note = READERS[reader](text, dialect=DIALECTS[dialect])
    assert dump(note) == text
    if step < len(STEPS):
        list(STEPS.values())[step](note)
    else:
        editing(note, choice)
