"""One spelling for one meaning: a note without slices, so that `dump` writes all of it anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from weeknote.codec.dump import dump
from weeknote.errors import CannotExpressError
from weeknote.nodes.block import List, Node, NodeT
from weeknote.nodes.document import Archive, Post, Weeknote
from weeknote.nodes.traversal import walk

if TYPE_CHECKING:
    from collections.abc import Callable

    Change = Callable[[Any], Any]

NoteT = TypeVar("NoteT", bound=Weeknote | Archive | Post)


def normalize(note: NoteT) -> NoteT:
    r"""Return a note that means the same and is written the one canonical way.

    Equal notes become equal texts, whatever they looked like: `dump(normalize(note))` depends on what the note means
    and not on how it was spelled. The page "What normalising changes" lists all that is respelled. A block that was
    read but that the dialect has no way to write anew stays as it was read.

    Args:
        note: a note, an archive or a post.

    Raises:
        CannotExpressError: a node that was built, and not read, cannot be written; the error's `node` is that node.

    >>> import weeknote
    >>> note = weeknote.parse("Week 12\n=======\n* one\n* __two__\n")
    >>> print(weeknote.dump(normalize(note)), end="")
    # Week 12
    <BLANKLINE>
    - one
    - **two**
    >>> normalize(note) == note
    True
    """
    kept: set[int] = set()
    while True:
        written: list[tuple[Any, Any]] = []

        def change(block: Any, kept: set[int] = kept, written: list[tuple[Any, Any]] = written) -> Any:
            new = block if id(block) in kept else fresh(block)
            written.append((block, new))
            return new

        found = anew(note, change, newline="\n")
        try:
            dump(found)
        except CannotExpressError as problem:
            more = _to_keep(problem.node, written, kept)
            if not more:
                # What stands in the way is no single block, so all stays. A note that was built raises here.
                dump(note)
                return note
            kept |= more
        else:
            return found


def fresh(node: NodeT) -> NodeT:
    r"""Return a block that means the same and was never read.

    >>> import weeknote
    >>> fresh(weeknote.parse("Fine.\n").intro[0]).position is None
    True
    """
    # Only blocks and items are read from places of their own; what stands inside a leaf never has a slice.
    parts: dict[str, Any] = {
        name: tuple(map(fresh, getattr(node, name))) for name in node.parts if name in ("blocks", "items")
    }
    if isinstance(node, List):
        parts["marker"] = None
    return attrs.evolve(node, **parts)


def anew(note: NoteT, change: Change, **fields: str) -> NoteT:
    """Return a note with each block and heading of its top level changed, and with nothing before its first line.

    Args:
        note: a note, an archive or a post.
        change: what returns the block that takes a block's place; called in the order of the text.
        fields: values for fields that all of these have, such as `dialect`.
    """
    given: dict[str, Any] = dict(fields)
    if isinstance(note, Archive):
        given |= {"entries": [anew(entry, change, **fields) for entry in note.entries]}
    else:
        if isinstance(note, Weeknote):
            given |= {"masthead": tuple(map(change, note.masthead))}
        given |= {"heading": None if note.heading is None else change(note.heading)}
    if not isinstance(note, Post):
        matter = note.front_matter
        given |= {"lead": "", "front_matter": None if matter is None else attrs.evolve(matter)}
    if isinstance(note, Post):
        given |= {"blocks": tuple(map(change, note.blocks))}
    elif isinstance(note, Weeknote):
        given |= {
            "byline": tuple(map(change, note.byline)),
            "intro": tuple(map(change, note.intro)),
            "sections": [
                attrs.evolve(section, heading=change(section.heading), blocks=tuple(map(change, section.blocks)))
                for section in note.sections
            ],
            "trailer": tuple(map(change, note.trailer)),
        }
    return attrs.evolve(note, **given)


def _to_keep(node: Node | None, written: list[tuple[Any, Any]], kept: set[int]) -> set[int]:
    """Return the ids of the blocks to keep as they were read, so that a node can be written; none if none helps.

    Args:
        node: the node that could not be written.
        written: the blocks that were tried, each with what stood for it, in the order of the text.
        kept: the ids of the blocks that are kept already.
    """
    at = next((i for i, (_, new) in enumerate(written) if any(part is node for part in walk(new))), None)
    if at is None:
        return set()
    if id(written[at][0]) not in kept:
        return {id(written[at][0])}
    # It is kept and still in the way: what changed beside it made it so.
    before = next((id(block) for block, _ in reversed(written[:at]) if id(block) not in kept), None)
    after = next((id(block) for block, _ in written[at + 1 :] if id(block) not in kept), None)
    return {found for found in (before, after) if found is not None}
