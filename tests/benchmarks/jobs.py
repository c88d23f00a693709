"""What weeknote is timed at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs

import weeknote

from .clock import Task

if TYPE_CHECKING:
    from collections.abc import Callable

    from weeknote.nodes import Node

    from .peers import Peer

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")

PARSE = "parse"
READ = "parse, read every inline"
READ_DUMP = "parse, read all, dump"
DUMP = "dump, unchanged"
ARCHIVE = "parse_archive"
CHECK = "check"
CONVERT = "convert to plain text"
FLOOR = "floor: re lines, one frozen attrs object each"
UNFROZEN_FLOOR = "floor: the same, not frozen"
APPEND_DUMP = "dump after append"
APPEND_BOTH = "append and dump"
REPLACE_DUMP = "dump after replace"
REPLACE_BOTH = "replace and dump"

LINK_DUMP = "dump after a link is replaced"
MARKED_DUMP = "dump after append of words with marks"

NEW = "Wrote to everybody on the list, and heard back from most of them."
MARKED = "Wrote to everybody on the *list* (all_of_it), and heard back from most of them."


@attrs.frozen
class FrozenLine:
    """One line, as cheap as a frozen class of attrs can be."""

    text: str


@attrs.define
class OpenLine:
    """One line, as cheap as a class of attrs can be."""

    text: str


def read_all(node: Node) -> None:
    """Walk through a node, so that everything in it is read."""
    for _ in weeknote.walk(node):
        pass


def over(texts: list[str], work: Callable[[str], object]) -> Callable[[Any], object]:
    """Return a run of one function over all texts."""

    def run(_: Any) -> None:
        for text in texts:
            work(text)

    return run


def over_notes(work: Callable[[Any], object]) -> Callable[[Any], object]:
    """Return a run of one function over all that was prepared."""

    def run(ready: Any) -> None:
        for one in ready:
            work(one)

    return run


def peer_tasks(peers: list[Peer], texts: list[str]) -> list[Task]:
    """Return each peer's reading of all texts as a task."""
    return [Task(peer.name, over(texts, peer.read)) for peer in peers]


def tasks(texts: list[str], dialect: str) -> list[Task]:
    """Return what weeknote does with all texts as tasks."""

    def parse(text: str) -> weeknote.Weeknote:
        return weeknote.parse(text, dialect=dialect)

    def parse_read(text: str) -> None:
        read_all(parse(text))

    def parse_read_dump(text: str) -> str:
        note = parse(text)
        read_all(note)
        return weeknote.dump(note)

    notes = [parse(text) for text in texts]
    found = [
        Task(PARSE, over(texts, parse)),
        Task("parse, dialect told from the text", over(texts, weeknote.parse)),
        Task(ARCHIVE, over(texts, lambda text: weeknote.parse_archive(text, dialect=dialect))),
        Task(READ, over(texts, parse_read)),
        Task(READ_DUMP, over(texts, parse_read_dump)),
        Task(DUMP, lambda _: over_notes(weeknote.dump)(notes)),
    ]
    if (judge := judging(parse("# Week 1"))) is not None:
        # Parsed anew for each round, or the second would find every leaf read.
        found.append(Task(CHECK, over_notes(judge), prepare=lambda: [parse(text) for text in texts]))
    if dialect == "markdown":
        convert = over_notes(lambda note: weeknote.convert(note, "text"))
        found.append(Task(CONVERT, convert, prepare=lambda: [parse(text) for text in texts]))
    return found


def judging(note: weeknote.Weeknote) -> Callable[[Any], object] | None:
    """Return `weeknote.check` with all that it says taken; None where there is no such function yet."""
    check: Callable[[Any], Any] | None = getattr(weeknote, "check", None)
    if check is None or not callable(check):
        return None
    try:
        tuple(check(note))
    except NotImplementedError:
        return None
    return lambda judged: tuple(check(judged))


def floor_tasks(texts: list[str]) -> list[Task]:
    """Return what cutting lines alone would cost."""
    return [
        Task(FLOOR, over(texts, lambda text: [FrozenLine(m.group()) for m in LINE.finditer(text)])),
        Task(UNFROZEN_FLOOR, over(texts, lambda text: [OpenLine(m.group()) for m in LINE.finditer(text)])),
    ]


def edit_tasks(text: str, dialect: str, copies: int) -> list[Task]:
    """Return edits of one note as tasks; each copy is parsed for itself, so that none finds a leaf already read."""

    def fresh() -> list[weeknote.Weeknote]:
        return [weeknote.parse(text, dialect=dialect) for _ in range(copies)]

    def append(note: weeknote.Weeknote) -> weeknote.Weeknote:
        return weeknote.append(note, note.sections[1].blocks[1], NEW)

    def replace(note: weeknote.Weeknote) -> weeknote.Weeknote:
        return weeknote.replace(note, note.sections[1].blocks[0], weeknote.Paragraph(NEW))

    def tasks_of(alone: str, both: str, edit: Callable[[weeknote.Weeknote], weeknote.Weeknote]) -> list[Task]:
        return [
            Task(alone, over_notes(weeknote.dump), lambda: [edit(note) for note in fresh()], copies),
            Task(both, over_notes(lambda note: weeknote.dump(edit(note))), fresh, copies),
        ]

    def append_marked(note: weeknote.Weeknote) -> weeknote.Weeknote:
        return weeknote.append(note, note.sections[1].blocks[1], MARKED)

    def replace_link(note: weeknote.Weeknote) -> weeknote.Weeknote:
        link = note.links[0]
        return weeknote.replace(note, link, weeknote.Link("https://new.example/", None, link.children))

    links = [Task(LINK_DUMP, over_notes(weeknote.dump), lambda: [replace_link(note) for note in fresh()], copies)]
    marked = Task(MARKED_DUMP, over_notes(weeknote.dump), lambda: [append_marked(n) for n in fresh()], copies)
    return [
        *tasks_of(APPEND_DUMP, APPEND_BOTH, append),
        *tasks_of(REPLACE_DUMP, REPLACE_BOTH, replace),
        marked,
        *(links if fresh()[0].links else []),
    ]
