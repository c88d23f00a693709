"""Nodes as flat rows and back, for pickling and copying: a node carries its own text and no other.

An unpickled node is as read as it was before: its slices cut the text that came with it. The rows refer to each other
by number, so that neither `pickle` nor `copy` recurses on the nesting, and a node that is in two places is one
afterwards too.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import attrs

from weeknote.source import Slice, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

Origin = tuple[Any, ...]
"""A source: the range of its text that is carried, where that begins, reader, definitions, footnotes and cuts."""

Row = tuple[Any, ...]
"""A node: its class, the names of its fields, its place as origin, start and end or None, and what the fields hold."""

OTHERS = re.compile(r"(?<![^\r\n])(title|date)\b|[^\W_]", re.IGNORECASE)
"""A letter or digit of what is not the node's own, and the keys by which a block is known for front matter."""

MARKER = re.compile(r"[ \t]*[0-9]+[.)]")
"""The number of a list item."""

MAX_MARKERS = 2
"""The numbers of the first two items tell how a list goes on: `1. 2. 3.` or `1. 1. 1.`."""

_new = object.__new__
_read = object.__getattribute__
_set = object.__setattr__


@cache
def _fields(cls: Any) -> tuple[tuple[str, bool], ...]:
    """Return the fields of a class that are carried, and whether each holds nodes."""
    left = ("slice", "origin", "_contents", "_find_parts")
    return tuple((f.name, f.name in cls.parts or f.name == "joined") for f in attrs.fields(cls) if f.name not in left)


def _set_fields(node: Any) -> Iterator[tuple[str, bool, Any]]:
    """Yield the fields of a node that are set: the name, whether it holds nodes, and the value."""
    cls: Any = type(node)
    if hasattr(cls, "_find_parts"):
        # Parts of a note that are not read yet are read now, because the blocks they are found in are not carried.
        _ = node.sections
    for name, is_part in _fields(cls):
        try:
            # An empty slot stays empty: it is read after unpickling as it would have been before.
            yield name, is_part, _read(node, name)
        except AttributeError:
            continue


def freeze(root: Any) -> tuple[list[Origin], list[Row]]:
    """Return a node and all in it as rows, the node itself first, and the sources that they were read from."""
    found, owners = [root], [None]
    numbers = {id(root): 0}
    rows: list[Row] = []
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    sources: dict[int, _Carried] = {}
    edited = []
    # The rows of the nodes inside are added on the way.
    for node, owner in zip(found, owners, strict=False):
        cls: Any = type(node)
        where, place, inside = node.slice, None, owner
        if where is not None:
            inside = where.source
            source = sources.get(id(inside))
            if source is None:
                source = sources[id(inside)] = _Carried(inside, len(sources))
            if owner is not inside:
                source.own.append((where.start, where.end))
            if source.cut and where.start in source.cut:
                source.cuts[where.start] = source.cut[where.start]
            place = (source.number, where.start, where.end)
        known, held = [], []
        for name, is_part, value in _set_fields(node):
            if is_part and value is not None:
                row = value if type(value) is tuple else (value,)
                for part in row:
                    if id(part) not in numbers:
                        numbers[id(part)] = len(found)
                        found.append(part)
                        owners.append(inside)
                value = tuple([numbers[id(part)] for part in row]) if row is value else numbers[id(value)]
            known.append(name)
            held.append(value)
        # A note would carry all that was edited away.
        origin = node.origin if where is None and "sections" not in cls.parts else None
        if origin is not None and origin.parts[0] in ("blocks", "items"):
            edited.append((len(rows), origin))
        elif origin is not None:
            if id(origin) not in numbers:
                numbers[id(origin)] = len(found)
                found.append(origin)
                owners.append(inside)
            known.append("origin")
            held.append(numbers[id(origin)])
        names = tuple(known)
        rows.append((cls, shared.setdefault(names, names), place, *held))
    for number, origin in edited:
        source = sources.setdefault(id(origin.slice.source), _Carried(origin.slice.source, len(sources)))
        cls, names, *rest = rows[number]
        rows[number] = (cls, (*names, "origin"), *rest, source.marks(origin, rows, numbers))
    return [source.frozen(root) for source in sources.values()], rows


class _Carried:
    """A source of which nodes are carried.

    Attributes:
        source: the source.
        number: its number among the origins.
        cut: all its cuts.
        own: the ranges of the outermost nodes.
        cuts: its cuts in the leaves that are carried.
    """

    def __init__(self, source: Source, number: int) -> None:
        self.source = source
        self.number = number
        self.cut = source.cuts
        self.own: list[tuple[int, int]] = []
        self.cuts: dict[int, list[tuple[int, int, int]]] = {}

    def marks(self, origin: Any, rows: list[Row], numbers: dict[int, int]) -> int:
        """Add rows for the node that an edited one replaces; return the number of its own.

        No more is carried than the marks before what was in it, the first numbers, and the place of each block in it.
        """
        part = origin.parts[0]
        inside: list[int] = []
        if (m := MARKER.match(origin.slice.text)) is not None:
            self.own.append((origin.slice.start, origin.slice.start + m.end()))
        for child in getattr(origin, part):
            if not inside:
                self.own.append((origin.slice.start, child.slice.start))
            if len(inside) < MAX_MARKERS and (m := MARKER.match(child.slice.text)) is not None:
                self.own.append((child.slice.start, child.slice.start + m.end()))
            if id(child) not in numbers:
                numbers[id(child)] = len(rows)
                rows.append((type(child), (), (self.number, child.slice.start, child.slice.end)))
            inside.append(numbers[id(child)])
        # What it says of itself is compared when the edit is undone.
        values = {name: value for name, is_part, value in _set_fields(origin) if not is_part}
        place = (self.number, origin.slice.start, origin.slice.end)
        row = (type(origin), (part, *values), place, tuple(inside), *values.values())
        number = numbers.setdefault(id(origin), len(rows))
        if number == len(rows):
            rows.append(row)
        elif not rows[number][1]:
            # So far only its place was carried, as that of a child of another edited node.
            rows[number] = row
        return number

    def range(self, root: Any) -> tuple[int, int]:
        """Return the range of the source that is carried."""
        text = self.source.text
        if root.slice is not None and root.slice.source is self.source:
            return root.slice.start, root.slice.end
        if hasattr(root, "dialect"):
            # How a changed note is written depends on what was around its parts: blank lines, marks, the last line end.
            return 0, len(text)
        first, last = min(self.own)[0], max(end for _, end in self.own)
        return max(text.rfind("\n", 0, first), text.rfind("\r", 0, first)) + 1, last

    def frozen(self, root: Any) -> Origin:
        """Return the source as a tuple; of what no carried node was read from only its shape is left."""
        start, end = self.range(root)
        source, pieces, at = self.source, [], start
        for a, b in sorted(self.own):
            if a > at:
                pieces.append(OTHERS.sub(_masked, source.text[at:a]))
            pieces.append(source.text[max(a, at) : b])
            at = max(at, b)
        pieces.append(OTHERS.sub(_masked, source.text[at:end]))
        cuts = {
            at - start: [(a - start, b - start, pad) for a, b, pad in lines] for at, lines in sorted(self.cuts.items())
        }
        return "".join(pieces), start, source.reader, source.definitions, source.footnotes, cuts


def _masked(m: re.Match[str]) -> str:
    return m[1] or "x"


def thaw(origins: list[Origin], rows: list[Row]) -> Any:
    """Return the node that `freeze` took apart."""
    sources = []
    for text, base, reader, definitions, footnotes, cuts in origins:
        source = Source(text, reader)
        source.definitions, source.footnotes, source.cuts = definitions, footnotes, cuts
        sources.append((source, base))
    nodes = [_new(row[0]) for row in rows]
    for node, (cls, names, place, *held) in zip(nodes, rows, strict=True):
        where = None
        if place is not None:
            source, base = sources[place[0]]
            where = Slice(source, place[1] - base, place[2] - base)
        _set(node, "slice", where)
        parts = cls.parts
        for name, value in zip(names, held, strict=True):
            if (name in parts or name in ("joined", "origin")) and value is not None:
                value = tuple([nodes[n] for n in value]) if type(value) is tuple else nodes[value]
            _set(node, name, value)
        if not parts and hasattr(cls, "_contents"):
            _set(node, "_contents", None)
    return nodes[0]
