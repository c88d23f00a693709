"""What new blocks are written into: the dialect, the style, what is defined there, and what was found on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from weeknote.nodes.block import Heading, List, Node, Paragraph, Parent, Table, node_from_source
from weeknote.source import Slice, Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from weeknote.source import Reader
    from weeknote.syntax.style import Style


class WrittenList(NamedTuple):
    """The items of a list that was written.

    Attributes:
        keeps: whether each is given back as it was read.
        joined: whether each followed the one before it when both were read.
        starts: the index of its first line; one more stands for the end of the list.
    """

    keeps: list[bool]
    joined: list[bool]
    starts: list[int]


@attrs.define
class WriteContext:
    """What blocks are written into.

    Attributes:
        reader: the dialect.
        newline: the line end of new lines.
        find_style: returns the style of new text; it is asked for once, when something new needs it.
        definitions: the link definitions that will be in force, by folded label.
        footnotes: the labels of the footnotes that will be there.
        guarded: the ids of paragraphs that would be read as furniture or front matter if they began with words.
        overwritten: the ids of edited leaves of which only the edited characters were written anew.
        respelled: the ids of those that are written anew as a whole, as they would be read as something else.
        parsed_leaves: what new leaves are read as, by the leaf's id.
        lists: the items of new lists, by the list's id.
    """

    reader: Reader
    newline: str
    find_style: Callable[[], Style]
    definitions: dict[str, tuple[str, str | None]] = attrs.field(factory=dict)
    footnotes: set[str] = attrs.field(factory=set)
    guarded: set[int] = attrs.field(factory=set)
    parsed_leaves: dict[int, Any] = attrs.field(factory=dict)
    overwritten: set[int] = attrs.field(factory=set)
    respelled: set[int] = attrs.field(factory=set)
    lists: dict[int, WrittenList] = attrs.field(factory=dict)
    _style: Style | None = attrs.field(init=False, default=None)
    _alike: dict[int, bool] = attrs.field(init=False, factory=dict)

    @property
    def style(self) -> Style:
        """The style of new text."""
        if self._style is None:
            self._style = self.find_style()
        return self._style

    def source(self, text: str) -> Source:
        """Return a text as a source that reads its leaves as they will be read where they will stand."""
        source = Source(text, self.reader)
        source.definitions, source.footnotes = self.definitions, self.footnotes
        return source

    def scan(self, text: str) -> list[Any]:
        """Return the blocks of a text as they will be read where it will stand."""
        source = self.source(text)
        source.footnotes = set()
        blocks = self.reader.scan(source, 0)
        source.definitions, source.footnotes = self.definitions, self.footnotes
        return blocks

    def inlines(self, text: str) -> tuple[Any, ...]:
        """Return what the raw text of a leaf is read as."""
        return self.reader.inlines(self.source(text))

    def defines(self, source: Source) -> bool:
        """Tell whether the definitions and footnotes in force are those of a source."""
        known = self._alike.get(id(source))
        if known is None:
            known = self._alike[id(source)] = source.agrees(self.definitions, self.footnotes)
        return known

    def keeps_meaning(self, node: Node) -> bool:
        """Tell whether a node that was read means the same where other definitions and footnotes are in force."""
        stack: list[Any] = [node]
        while stack:
            one = stack.pop()
            if isinstance(one, Parent):
                stack += one.items if isinstance(one, List) else one.blocks  # type: ignore[attr-defined] # all others
                continue
            where: Any = one.slice
            if isinstance(one, Paragraph | Heading | Table) and "[" in where.text:
                source = self.source(where.source.text)
                source.cuts = where.source.cuts
                known = {"depth": one.depth} if isinstance(one, Heading) else {}
                again: Any = node_from_source(type(one), Slice(source, where.start, where.end), **known)
                if again != one:
                    return False
        return True
