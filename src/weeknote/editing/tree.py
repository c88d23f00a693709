"""Changing notes: every edit returns a new note and leaves the old one as it was.

An edit is addressed to a node itself, not to one that equals it. What it does not touch keeps its slice, and so its
text.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Literal, cast

from weeknote.codec.inline import parse_inline
from weeknote.editing.definitions import follow_definitions
from weeknote.editing.rebuild import edited, rebuilt, start_of
from weeknote.errors import AmbiguousError, CannotExpressError, NotFoundError
from weeknote.headings.roles import Role, fold
from weeknote.nodes.base import of_kind
from weeknote.nodes.block import BLOCKS, INLINES, Html, List, ListItem, Node, Paragraph, Text
from weeknote.nodes.document import Archive, Post, RootT, Weeknote, notes_in
from weeknote.nodes.front_matter import FrontMatter
from weeknote.nodes.section import Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

# --- edits of the tree


def replace(note: RootT, old: Node, new: Node) -> RootT:
    r"""Return the note with one node replaced by another.

    Args:
        note: the note, archive or post.
        old: a node in it, the object itself.
        new: what to put there.

    Raises:
        NotFoundError: `old` is not in the note.
        TypeError: `new` is not allowed there.

    >>> import weeknote
    >>> note = weeknote.parse("# Week 1\n\nOne.\n\n* Two\n")
    >>> print(weeknote.dump(replace(note, note.intro[0], weeknote.Paragraph("Uno."))), end="")
    # Week 1
    <BLANKLINE>
    Uno.
    <BLANKLINE>
    * Two
    """
    if old is note:
        of_kind(new, ROOTS)
    return follow_definitions(_change(note, old, lambda row, i: _with(row, i, new), alone=new), [(old, new)])


def insert_before(note: RootT, node: Node, *new: Node | str) -> RootT:
    """Return the note with nodes added before one that is in it.

    Next to an item, a string becomes an item; next to an inline node, text; elsewhere, a paragraph. It is taken
    literally, even if it looks like Markdown: use `parse_inline` for that.

    Raises:
        NotFoundError: `node` is not in the note.
        TypeError: a new node is not allowed there.
    """
    return _change(note, node, lambda row, i: (*row[:i], *_like(note, node, new), *row[i:]))


def insert_after(note: RootT, node: Node, *new: Node | str) -> RootT:
    """Return the note with nodes added after one that is in it.

    Next to an item, a string becomes an item; next to an inline node, text; elsewhere, a paragraph. It is taken
    literally, even if it looks like Markdown: use `parse_inline` for that.

    Raises:
        NotFoundError: `node` is not in the note.
        TypeError: a new node is not allowed there.
    """
    return _change(note, node, lambda row, i: (*row[: i + 1], *_like(note, node, new), *row[i + 1 :]))


def remove(note: RootT, node: Node) -> RootT:
    r"""Return the note without a node.

    A list goes with its last item, an item or quotation with its last block, and an archive's entry with the last of
    its heading and blocks. Two lists with nothing left between them become one list, as any parser would read them.
    An archive without entries cannot be written until one is added.

    Raises:
        NotFoundError: `node` is not in the note.
        CannotExpressError: a section's heading cannot go without the section.

    >>> import weeknote
    >>> note = weeknote.parse("- One\n- Two\n- Three\n")
    >>> weeknote.dump(remove(note, note.intro[0].items[1]))
    '- One\n- Three\n'
    """
    path = _path(note, node)
    parent, name, index = path[-1]
    if index is None and isinstance(parent, Section):
        raise _only_one(parent, name, node)
    return rebuilt(note, [holder for holder, _, _ in path], {id(node): None})


def replace_many(note: RootT, swaps: Iterable[tuple[Node, Node | None]]) -> RootT:
    r"""Return the note with many nodes removed or replaced in one pass.

    Args:
        note: the note, archive or post.
        swaps: pairs of a node in it, and what replaces it; None removes it. What is inside such a node goes with it,
            whatever it was to be replaced by.

    Raises:
        NotFoundError: a node is not in the note.
        CannotExpressError: a section's heading cannot go without the section.
        TypeError: a new node is not allowed there.

    >>> import weeknote
    >>> note = weeknote.parse("- One\n- Two\n- Three\n\nFour.\n")
    >>> first, second, _ = note.intro[0].items
    >>> weeknote.dump(replace_many(note, [(first, None), (second, None), (note.intro[1], weeknote.Paragraph("Fin."))]))
    '- Three\n\nFin.\n'
    """
    new = {id(old): (old, put) for old, put in swaps}
    left = dict(new)
    inline = any(_in_leaf(old) for old, _ in new.values())
    holders: list[Node] = []
    stack: list[Node] = [of_kind(note, ROOTS)]
    while stack:
        holder = stack.pop()
        holders.append(holder)
        for name in holder.parts:
            if name in IN_LEAVES and not inline:
                continue
            part = getattr(holder, name)
            for child in part if isinstance(part, tuple) else (part,):
                found = left.pop(id(child), None)
                if found is not None and found[1] is None and child is part and isinstance(holder, Section):
                    raise _only_one(holder, name, child)
                if isinstance(child, Node) and child.parts and id(child) not in new:
                    stack.append(child)
    for old, _ in left.values():
        _path(note, old)
    return follow_definitions(rebuilt(note, holders, {key: put for key, (_, put) in new.items()}), new.values())


def append(note: RootT, where: Node | Role | str, *new: Node | str, scope: Literal["own", "tree"] = "own") -> RootT:
    r"""Return the note with content added at the end of a section, list, item, quotation or note.

    A string or an item becomes a bullet: in the section's last list, or in a new one if it has none. A block is added
    after the section's blocks. A string is taken literally, even if it looks like Markdown: use `parse_inline` for
    that.

    Args:
        note: the note, archive or post.
        where: the node, or a section's role (`"highlights"`) or title.
        new: what to add: strings, items or blocks; sections, where `where` is a note.
        scope: where a section with subsections ends: `"own"` is before them, `"tree"` after the last of them.

    Raises:
        NotFoundError: there is no such node or section.
        AmbiguousError: several sections have that title.
        ValueError: there is no such scope.

    >>> import weeknote
    >>> note = weeknote.parse("## Highlights\n\n* One\n* Two\n")
    >>> weeknote.dump(append(note, "highlights", "Spoke at the council."))
    '## Highlights\n\n* One\n* Two\n* Spoke at the council.\n'
    """
    if scope not in ("own", "tree"):
        raise ValueError(f"scope is 'own' or 'tree', not {scope!r}")
    target = find_section(note, where) if isinstance(where, str) else where
    if scope == "tree" and isinstance(target, Section):
        target = _last_below(note, target)
    changed = target
    for content in new:
        changed = _appended(changed, _item(note, content) if isinstance(content, str) else content)
    return replace(note, target, changed)


def find_section(note: Node, where: Role | str) -> Section:
    """Return the section of a note that a role or a title names.

    Args:
        note: a weeknote, or an archive in which one note has that section.
        where: a role, for the first section with it; or a title, in any case and with any quotes.

    Raises:
        NotFoundError: there is none; `expected` lists the titles of the sections.
        AmbiguousError: several sections have that title, or the role is that of themes and several sections have it.
    """
    sections = [s for n in notes_in(of_kind(note, ROOTS)) for s in n.sections]
    titles = tuple(s.title for s in sections)
    exact = [s for s in sections if s.title == where]
    by_title = exact or [s for s in sections if fold(s.title) == fold(where)]
    by_role = [s for s in sections if str(s.role) == where]
    found = by_role or by_title
    if not found:
        there = ", ".join(repr(t) for t in titles) or "none"
        raise NotFoundError(
            f"there is no section {str(where)!r}; the sections are: {there}", node=note, found=where, expected=titles
        )
    if len(found) > 1 and (found is by_title or where == Role.THEME or isinstance(note, Archive)):
        there = ", ".join(repr(s.title) for s in found)
        raise AmbiguousError(
            f"{len(found)} sections match {str(where)!r}: {there}; pass the Section itself",
            node=note,
            found=where,
            expected=tuple(found),
        )
    return found[0]


def _last_below(note: Weeknote | Archive | Post, section: Section) -> Section:
    """Return the last of the sections below a section; the section itself without any."""
    for entry in notes_in(note):
        below = iter(entry.sections)
        last = next((each for each in below if each is section), None)
        if last is not None:
            for each in takewhile(lambda each: each.depth > section.depth, below):
                last = each
            return last
    return section


# --- ways to a node and back

_Step = tuple[Node, str, int | None]

_Steps = tuple[_Step, "_Steps | None"]

Path = list[_Step]

ROOTS = (Weeknote, Archive, Post)


OUTSIDE_LEAVES = (*BLOCKS, ListItem, Section, Weeknote, Post, FrontMatter)

IN_LEAVES = ("children", "rows")
"""The fields that hold what is inside a leaf, which is parsed on first use."""


def _in_leaf(node: Node) -> bool:
    """Return whether a node can be inside a leaf."""
    return isinstance(node, Html) or not isinstance(node, OUTSIDE_LEAVES)


def _path(root: Node, target: Node) -> Path:
    """Return the steps from a root to a node: at each the parent, the field, and the index in it."""
    of_kind(root, ROOTS)
    of_kind(target, (Node,))
    # Each node comes with the step that leads to it and that step's own.
    stack: list[tuple[Node, _Steps | None]] = [(root, None)]
    inline = _in_leaf(target)
    while stack:
        node, steps = stack.pop()
        for name in node.parts:
            if name in IN_LEAVES and not inline:
                continue
            part = getattr(node, name)
            if not part:
                continue
            for i, child in enumerate(part) if isinstance(part, tuple) else ((None, part),):
                if child is target:
                    return _in_order(((node, name, i), steps))
                if child.parts and may_hold(child, target):
                    stack.append((child, ((node, name, i), steps)))
    kind = type(target).__name__
    words = getattr(target, "text", None) or getattr(target, "title", None)
    quoted = f" ({words[:60]!r})" if isinstance(words, str) and words else ""
    raise NotFoundError(
        f"this {kind}{quoted} is not in the note; every edit returns a new note, so take the node from the latest one",
        node=target,
        found=target,
        expected=root,
    )


def _in_order(steps: _Steps | None) -> Path:
    """Return linked steps, of which the last comes first, in their order."""
    path: Path = []
    while steps is not None:
        step, steps = steps
        path.append(step)
    return path[::-1]


def may_hold(node: Node, target: Node) -> bool:
    """Return whether a node may contain another, as far as their slices show."""
    a, b = node.slice, target.slice
    return a is None or b is None or a.source is not b.source or a.start <= b.start <= b.end <= a.end


def _change(
    root: RootT,
    target: Node,
    change: Callable[[tuple[Node, ...], int], tuple[Node, ...]],
    alone: Node | None = None,
) -> RootT:
    """Return a root with a change to the tuple that a node is in, or another node in the field that holds it alone."""
    if target is root and alone is not None:
        return cast("RootT", alone)
    new = target
    for n, (parent, name, i) in enumerate(reversed(_path(root, target))):
        changes: dict[str, object]
        if i is not None:
            held: tuple[Node, ...] = getattr(parent, name)
            row = _with(held, i, new) if n else change(held, i)
            changes = {name: row}
            if isinstance(parent, List) and parent.ordered and row:
                changes["start"] = start_of(parent, row)
        elif n == 0 and alone is None:
            raise _only_one(parent, name, target)
        else:
            changes = {name: new if n else alone}
        new = edited(parent, **changes)
    return cast("RootT", new)


def _only_one(parent: Node, name: str, node: Node) -> CannotExpressError:
    kind = type(parent).__name__
    return CannotExpressError(f"a {kind} has one {name}; replace it, or edit the {kind} itself", node=node)


def _with(row: tuple[Node, ...], i: int, new: Node) -> tuple[Node, ...]:
    """Return a row with another node at an index."""
    return (*row[:i], new, *row[i + 1 :])


def _like(note: RootT, node: Node, new: Sequence[Node | str]) -> list[Node]:
    """Return nodes to insert beside a node; a string becomes an item, words or a paragraph, whatever the node is."""
    if isinstance(node, INLINES) and _in_leaf(node):
        return [Text(n) if isinstance(n, str) else n for n in new]
    made = _item if isinstance(node, ListItem) else _paragraph
    return [made(note, n) if isinstance(n, str) else n for n in new]


def _paragraph(note: Weeknote | Archive | Post, words: str) -> Paragraph:
    """Return a string as a paragraph of the note's dialect: in plain text, addresses in it are links."""
    if note.dialect != "text":
        return Paragraph(words)
    return Paragraph(parse_inline(words, note=note))


def _item(note: Weeknote | Archive | Post, words: str) -> ListItem:
    """Return a string as a list item of the note's dialect."""
    return ListItem([_paragraph(note, words)])


def _appended(target: Node, content: Node) -> Node:
    """Return a container with content at its end."""
    if isinstance(target, List):
        return edited(target, items=(*target.items, content))
    if isinstance(target, (Weeknote, Archive)):
        if isinstance(content, Section) and isinstance(target, Weeknote):
            return edited(target, sections=(*target.sections, content))
        if isinstance(content, (Weeknote, Post)) and isinstance(target, Archive):
            return edited(target, entries=(*target.entries, content))
        if isinstance(target, Weeknote) and target.sections:
            last = _appended(target.sections[-1], content)
            return edited(target, sections=(*target.sections[:-1], last))
    name = "intro" if isinstance(target, Weeknote) else "blocks"
    blocks = getattr(target, name, None)
    if blocks is None:
        raise NotFoundError(
            f"cannot append to this {type(target).__name__}; pass a section, list or note",
            node=target,
            found=type(target).__name__,
            expected=("Section", "List", "ListItem", "Blockquote", "Weeknote"),
        )
    if not isinstance(content, ListItem):
        return edited(target, **{name: (*blocks, content)})
    last_list = next((i for i in range(len(blocks) - 1, -1, -1) if isinstance(blocks[i], List)), None)
    if last_list is None:
        return edited(target, **{name: (*blocks, List([content]))})
    longer = edited(blocks[last_list], items=(*blocks[last_list].items, content))
    return edited(target, **{name: _with(blocks, last_list, longer)})
