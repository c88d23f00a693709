"""What new blocks are written into: the dialect, the style, what is defined there, and what is known so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import attrs

from weeknote.nodes.block import Block, Heading, Inline, Node, Paragraph, Parent, Table, node_from_source, slice_of
from weeknote.nodes.traversal import walk
from weeknote.source import Reader, Slice, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from weeknote.syntax.style import Style


class WrittenItem(NamedTuple):
    """An item of a list that was written.

    Attributes:
        is_kept: whether it was written as it was read.
        follows: whether it and the item before it were kept, and followed each other in their source.
        line: the index of its first line among the list's lines.
    """

    is_kept: bool
    follows: bool
    line: int


@attrs.define
class WriteContext:
    """What blocks are written into.

    Attributes:
        reader: the dialect.
        newline: the line end of new lines.
        find_style: returns the style of new text; called once, when something new needs it.
        definitions: the link definitions that will be in force, by folded label.
        footnotes: the labels of the footnotes that will be there.
        guarded: the ids of new paragraphs that must not begin with plain words, since those would be taken for the
            site's furniture or for front matter.
        reindented: the ids of leaves that were read and need another indentation to mean the same.
        moved: the ids of blocks that were moved beside others, and need another spelling there to mean the same.
        overwritten: the ids of edited leaves in which only the edited characters were written anew.
        respelled: the ids of edited leaves that are written anew as a whole, because they did not read back otherwise.
        parsed_leaves: what new leaves are read as, by the leaf's id.
        lists: the items of new lists, by the list's id.
    """

    reader: Reader
    newline: str
    find_style: Callable[[], Style]
    definitions: Mapping[str, tuple[str, str | None]] = attrs.field(factory=dict)
    footnotes: set[str] = attrs.field(factory=set)
    guarded: set[int] = attrs.field(factory=set)
    reindented: set[int] = attrs.field(factory=set)
    moved: set[int] = attrs.field(factory=set)
    parsed_leaves: dict[int, Block] = attrs.field(factory=dict)
    overwritten: set[int] = attrs.field(factory=set)
    respelled: set[int] = attrs.field(factory=set)
    lists: dict[int, list[WrittenItem]] = attrs.field(factory=dict)
    _style: Style | None = attrs.field(init=False, default=None)
    _alike: dict[int, bool] = attrs.field(init=False, factory=dict)

    @property
    def style(self) -> Style:
        """The style of new text."""
        if self._style is None:
            self._style = self.find_style()
        return self._style

    def source(self, text: str) -> Source:
        """Return a text as a source whose leaves are read as they will be in the note."""
        source = Source(text, self.reader)
        source.definitions, source.footnotes = self.definitions, self.footnotes
        return source

    def scan(self, text: str) -> list[Block]:
        """Return the blocks of a text as they will be read in the note."""
        source = self.source(text)
        source.footnotes = set()
        blocks = self.reader.scan(source, 0)
        source.definitions, source.footnotes = self.definitions, self.footnotes
        return blocks

    def inlines(self, text: str) -> tuple[Inline, ...]:
        """Return what the raw text of a leaf is read as."""
        return self.reader.inlines(self.source(text))

    def shares_definitions(self, source: Source) -> bool:
        """Return whether the definitions and footnotes in force are those of a source."""
        known = self._alike.get(id(source))
        if known is None:
            known = self._alike[id(source)] = source.agrees(self.definitions, self.footnotes)
        return known

    def keeps_meaning(self, node: Node) -> bool:
        """Return whether a node that was read means the same with the definitions and footnotes in force."""
        if self.shares_definitions(slice_of(node).source):
            return True
        for one in walk(node, prune=lambda n: not isinstance(n, Parent)):
            if isinstance(one, Paragraph | Heading | Table) and "[" in (where := slice_of(one)).text:
                source = self.source(where.source.text)
                source.cuts = where.source.cuts
                known = {"depth": one.depth} if isinstance(one, Heading) else {}
                if node_from_source(type(one), Slice(source, where.start, where.end), **known) != one:
                    return False
        return True
