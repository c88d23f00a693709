"""Law 2: an edit changes nothing outside the node it is addressed to; where pieces meet anew, newlines are added."""

from __future__ import annotations

import difflib
import re
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import weeknote
from weeknote import (
    Ambiguous,
    Archive,
    Blockquote,
    CannotExpress,
    Code,
    FootnoteDefinition,
    Heading,
    Html,
    List,
    ListItem,
    Node,
    NotFound,
    Paragraph,
    Post,
    Section,
    Table,
    Text,
    ThematicBreak,
    Weeknote,
    append,
    dump,
    insert_after,
    insert_before,
    parse,
    parse_archive,
    remove,
    replace,
    walk,
)

ROOT = Path(__file__).parents[1]
FIXTURES = sorted((ROOT / "tests" / "fixtures" / "edits").glob("*.txt"))
EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.suffix in {".md", ".txt"})
CORPUS = ROOT.parent / "shared" / "corpus"
SHARED = sorted([*CORPUS.glob("notes/**/*.md"), *CORPUS.glob("pairs/*.txt")])

needs_corpus = pytest.mark.skipif(not SHARED, reason=f"there is no {CORPUS}")

BLOCKS = (Paragraph, List, Code, Blockquote, Html, ThematicBreak, Table, FootnoteDefinition)

Root = Weeknote | Archive


def read(path: Path) -> Weeknote:
    """Read a file in the dialect of its suffix, its line ends as they are."""
    return parse(path.read_bytes().decode("utf-8"), dialect="text" if path.suffix == ".txt" else "markdown")


def again(note: Root, text: str) -> Root:
    """Read a text as what a note is."""
    return (parse_archive if isinstance(note, Archive) else parse)(text, dialect=note.dialect)


def written(note: Root) -> str | None:
    """Return an edited note as text, once it is seen to mean what it says; None where the dialect refuses it."""
    try:
        text = dump(note)
    except CannotExpress as error:
        refusal = error
    else:
        assert again(note, text) == note
        return text
    assert refusal.node is not None
    return None


# --- what stays

WORDS = re.compile(r"[^\r\n]+")
MARKS = re.compile(r"(?:[ \t>*+•◦–-]|[0-9]{1,9}[.)](?=[ \t])|\[\^[^\]]*\]:)*")


def survives(old: str, start: int, end: int, new: str) -> bool:
    """Tell whether what stood before a range and after it is still there; only line breaks may be added around it."""
    before, after = old[:start], old[end:]
    if not new.startswith(before) or len(new) < len(before) + len(after):
        return False
    rest, words = new[start:].rstrip("\r\n"), after.rstrip("\r\n")
    return rest.endswith(words) and len(new[start:]) - len(rest) >= len(after) - len(words)


def keeps_lines(old: str, new: str, *, marks: bool = True) -> bool:
    """Tell whether every line that says something is still there, in its order.

    Args:
        old: the text before.
        new: the text after.
        marks: False leaves out the marks of containers at the beginning of a line.
    """
    return is_in_order(said(old, marks=marks), said(new, marks=marks))


def said(text: str, *, marks: bool = True) -> list[str]:
    """Return the lines of a text that say something."""
    lines = [line if marks else MARKS.sub("", line, count=1) for line in WORDS.findall(text)]
    return [line for line in lines if line.strip()]


def is_in_order(few: list[str], many: list[str]) -> bool:
    """Tell whether strings stand among others in their order."""
    there = iter(many)
    return all(line in there for line in few)


@pytest.mark.parametrize(
    ("old", "new", "keeps"),
    [("a\n\nb\n", "a\nx\nb\n", True), ("a\nb\n", "b\na\n", False), ("a\nb", "a \nb", False), ("a\n", "b\n", False)],
    ids=["a line added", "lines changed over", "a space added", "another line"],
)
def test_the_test_of_lines_sees_what_is_lost(old: str, new: str, keeps: bool) -> None:
    """The law is no law if its test lets a line change."""
    assert keeps_lines(old, new) is keeps


@pytest.mark.parametrize(
    ("old", "new", "good"),
    [
        ("a b c\n", "a x y c\n", True),
        ("a b c", "a x\n\nc\n", True),
        ("a b c", "a x d", False),
        ("a b c", "A x c", False),
        ("a b c\n\n", "a x c\n", False),
        ("aba", "a", False),
    ],
    ids=["kept", "newlines added", "behind", "before", "a newline lost", "both ends one"],
)
def test_the_test_of_what_is_around_sees_what_is_lost(old: str, new: str, good: bool) -> None:
    """The law is no law if its test lets a character change."""
    assert survives(old, len(old) // 2 if old == "aba" else 2, 3, new) is good


def owners(note: Root, target: Node) -> list[Node]:
    """Return what a node stands in, the note first."""
    stack: list[tuple[Node, list[Node]]] = [(note, [])]
    while stack:
        node, path = stack.pop()
        if node is target:
            return path
        for name in node.parts:
            if name != "children":
                part = getattr(node, name)
                stack += [(child, [*path, node]) for child in (part if isinstance(part, tuple) else (part,)) if child]
    raise AssertionError("the node is not in the note")


def held_by(node: Node) -> tuple[Node, ...]:
    """Return what a container holds, in the order of the text."""
    return tuple(child for name in ("items", "blocks") for child in getattr(node, name, ()))


def is_first(note: Root, target: Node) -> bool:
    """Tell whether a node stands on the line of its container's mark."""
    owner = owners(note, target)[-1]
    return isinstance(owner, ListItem | Blockquote | FootnoteDefinition) and held_by(owner)[0] is target


def gone_with(note: Root, target: Node) -> Node:
    """Return what goes with a node that is removed: a container that held nothing else, else the node."""
    for owner in reversed(owners(note, target)):
        if not isinstance(owner, List | ListItem | Blockquote | FootnoteDefinition) or len(held_by(owner)) > 1:
            break
        target = owner
    return target


SENTENCE = "Something new was said here, in a sentence."


def new_beside(node: Node) -> Node:
    """Return something new that can stand where a node stands."""
    if isinstance(node, ListItem):
        return ListItem(SENTENCE)
    return Section(Heading(2, "A new section"), SENTENCE) if isinstance(node, Section) else Paragraph(SENTENCE)


def editable(note: Weeknote) -> list[Node]:
    """Return the blocks, items and sections of a note."""
    return [node for node in walk(note) if type(node) in (*BLOCKS, ListItem, Section)]


def top(note: Weeknote) -> list[Node]:
    """Return the sections of a note, and the blocks that stand in no other block."""
    return [*note.intro, *note.sections, *(block for s in note.sections for block in s.blocks), *note.trailer]


EDITS: dict[str, Callable[[Any, Node], Weeknote]] = {
    "replace": lambda note, node: replace(note, node, new_beside(node)),
    "insert before": lambda note, node: insert_before(note, node, new_beside(node)),
    "insert after": lambda note, node: insert_after(note, node, new_beside(node)),
    "remove": remove,
    "append": lambda note, node: append(note, node, SENTENCE),
}


def wrong(note: Weeknote, name: str, node: Node) -> str | None:
    """Make an edit; return what is wrong with it, "" if all is as law 2 has it, None if the dialect refuses it."""
    assert note.slice is not None
    assert node.slice is not None
    old = note.slice.text
    edited = EDITS[name](note, node)
    new = written(edited)
    assert dump(note) == old
    if new is None:
        return None
    start, end = node.slice.start, node.slice.end
    if name == "replace":
        return "" if survives(old, start, end, new) else "what stood around it changed"
    if name == "remove":
        gone = gone_with(note, node)
        assert gone.slice is not None
        start, end = gone.slice.start, gone.slice.end
        if is_first(note, gone):
            # What stood behind it stands behind the mark now.
            lines = said(old[:start] + old[end:], marks=False)
            return "" if said(new, marks=False) == lines else "a line changed"
        return "" if survives(old, start, end, new) else "what stood around it changed"
    if not keeps_lines(old, new, marks=not (name == "insert before" and is_first(note, node))):
        return "a line changed"
    added = len(said(new)) - len(said(old))
    return "" if added == 1 + isinstance(node, Section) * (name != "append") else f"{added} lines were added"


def edited_at_random(data: st.DataObject, note: Weeknote) -> None:
    """Hold law 2 against one edit of a note, both drawn."""
    targets = editable(note)
    if not targets:
        return
    # What stands at the top is little beside items and what is in them.
    node = data.draw(st.one_of(st.sampled_from(top(note) or targets), st.sampled_from(targets)))
    names = list(EDITS) if isinstance(node, Section | List | ListItem | Blockquote) else list(EDITS)[:-1]
    assert wrong(note, data.draw(st.sampled_from(names)), node) in ("", None)


@given(data=st.data())
def test_an_edit_of_an_example_changes_nothing_else(data: st.DataObject) -> None:
    """Law 2 for the notes in `examples/`."""
    edited_at_random(data, read(data.draw(st.sampled_from(EXAMPLES))))


@needs_corpus
@given(data=st.data())
def test_an_edit_of_any_note_changes_nothing_else(data: st.DataObject) -> None:
    """Law 2 for notes that other people wrote."""
    edited_at_random(data, read(data.draw(st.sampled_from(SHARED))))


def test_every_edit_of_every_node_of_an_example_is_tried() -> None:
    """Each edit of each block, item and section holds law 2, and few of them are refused."""
    results: Counter[tuple[str, str]] = Counter()
    for path in EXAMPLES:
        note = read(path)
        for node in editable(note)[::3]:
            for name in EDITS:
                if name != "append" or isinstance(node, Section | List | ListItem | Blockquote):
                    results[path.suffix, str(wrong(note, name, node))] += 1
    assert {result for _, result in results} <= {"", "None"}
    assert results[".md", "None"] == 0
    assert results[".txt", ""] > 10 * results[".txt", "None"]
