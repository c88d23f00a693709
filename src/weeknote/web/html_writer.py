"""Nodes to HTML: mistune's renderer over the nodes of a note."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from weeknote.conversion.convert import Loss
from weeknote.markdown.links import fold_label
from weeknote.nodes.block import (
    Blockquote,
    Break,
    Code,
    Definition,
    Delete,
    Emphasis,
    FootnoteDefinition,
    FootnoteReference,
    Heading,
    Html,
    Image,
    Inline,
    InlineCode,
    Link,
    List,
    ListItem,
    Node,
    Paragraph,
    Strong,
    Table,
    TableRow,
    Text,
    ThematicBreak,
)
from weeknote.nodes.traversal import find_all
from weeknote.web.addresses import absolute, is_safe
from weeknote.web.html_renderer import NoteRenderer, escape, split_around

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from weeknote.nodes.document import Post, Weeknote


class HtmlBlock(NamedTuple):
    """Raw HTML where a block is: the same class of node is also found inside lines."""

    node: Html


Piece = str | Node | HtmlBlock
"""HTML that is ready, or a node that is not."""


class HtmlWriter:
    """Writes the nodes of one note or post.

    Attributes:
        losses: what the HTML does not express, in the order in which it was written.
    """

    def __init__(
        self, note: Weeknote | Post, heading_offset: int, url: str | None, *, raw: bool, id_prefix: str = ""
    ) -> None:
        self.losses: list[Loss] = []
        self._renderer = NoteRenderer()
        self._offset = heading_offset
        self._url = url
        self._raw = raw
        self._id_prefix = id_prefix
        self._definitions: dict[str, FootnoteDefinition] = {}
        for definition in find_all(note, FootnoteDefinition):
            self._definitions.setdefault(fold_label(definition.label), definition)
        self._labels: list[str] = []
        self._numbers: dict[str, int] = {}
        self._references: dict[str, int] = {}

    def write(self, nodes: Iterable[Node], *, name: bool = False) -> str:
        """Return nodes as HTML; with `name` they are the heading that names the note."""
        found: list[str] = []
        stack: list[Piece] = _blocks(nodes)[::-1]
        while stack:
            piece = stack.pop()
            if isinstance(piece, str):
                found.append(piece)
            elif isinstance(piece, Heading):
                depth = min(piece.depth + self._offset, 6)
                heading = partial(self._renderer.heading, level=depth, **({"class": "p-name"} if name else {}))
                stack.extend(reversed(_around(heading, piece.children)))
            else:
                stack.extend(reversed(self._pieces(piece)))
        return "".join(found)

    def footnotes(self) -> str:
        """Return the footnotes of what was written so far, in the order in which they are referred to."""
        # A footnote can refer to another: the list grows while it is read.
        parts = [self._footnote(label, number) for number, label in enumerate(self._labels, 1)]
        left = [d for label, d in self._definitions.items() if label not in self._numbers]
        parts += [self._renderer.list_item(f"\n{self.write(definition.blocks)}") for definition in left]
        return self._renderer.footnotes("".join(parts)) if parts else ""

    def _footnote(self, label: str, number: int) -> str:
        kind = f'class="footnote-backref" aria-label="Back to reference {number}"'
        own = [self._reference_id(number, nth) for nth in range(1, self._references[label] + 1)]
        back = " ".join(f'<a href="#{reference}" {kind}>↩</a>' for reference in own)
        words = self.write(self._definitions[label].blocks)
        words = words.removesuffix("</p>\n") + f" {back}</p>\n" if words.endswith("</p>\n") else f"{words}{back}\n"
        return f'<li id="{self._footnote_id(number)}">\n{words}</li>\n'

    def _pieces(self, node: Node | HtmlBlock) -> Sequence[Piece]:
        """Return what a node is written as."""
        if isinstance(node, Inline):
            return self._inline(node)
        match node:
            case Paragraph(children=children):
                return _around(self._renderer.paragraph, children)
            case List():
                return self._list(node)
            case Blockquote(blocks=blocks):
                return _around(self._renderer.block_quote, _blocks(blocks))
            case Code(value=value, info=info):
                return [self._renderer.block_code(f"{value}\n" if value else "", info and escape(info))]
            case ThematicBreak():
                return [self._renderer.thematic_break()]
            case HtmlBlock(node=block):
                return self._html_block(block)
            case Table():
                return self._table(node)
            case FootnoteDefinition() | Definition():
                return []
            case _:
                raise TypeError(f"{type(node).__name__} cannot be rendered as part of a note")

    def _inline(self, node: Inline) -> Sequence[Piece]:
        match node:
            case Text(value=value):
                return [self._renderer.text(value)]
            case Emphasis(children=children):
                return _around(self._renderer.emphasis, children)
            case Strong(children=children):
                return _around(self._renderer.strong, children)
            case Delete(children=children):
                return _around(self._renderer.strikethrough, children)
            case InlineCode(value=value):
                return [self._renderer.codespan(value)]
            case Break():
                return [self._renderer.linebreak()]
            case Link():
                return self._link(node)
            case Image():
                return self._picture(node)
            case FootnoteReference():
                return self._reference(node)
            case _:
                return self._raw_html(node)

    def _list(self, node: List) -> Sequence[Piece]:
        tight = all(is_tight(item) for item in node.items)
        items: list[Piece] = []
        for item in node.items:
            content: list[Piece] = []
            for n, block in enumerate(_blocks(item.blocks)):
                if tight and isinstance(block, Paragraph):
                    content += [*block.children, "\n" if n + 1 < len(item.blocks) else ""]
                else:
                    content += ["\n" if n == 0 else "", block]
            items += _around(self._renderer.list_item, content)
        start = node.start if node.start != 1 else None
        return _around(partial(self._renderer.list, ordered=node.ordered, start=start), items)

    def _table(self, node: Table) -> Sequence[Piece]:
        rows = [self._cells(row, len(node.rows[0].cells), node.align, head=n == 0) for n, row in enumerate(node.rows)]
        head = _around(self._renderer.table_head, rows[0]) if rows else []
        body = [piece for row in rows[1:] for piece in _around(self._renderer.table_row, row)]
        return _around(self._renderer.table, [*head, *(_around(self._renderer.table_body, body) if body else [])])

    def _cells(self, row: TableRow, columns: int, align: Sequence[str | None], *, head: bool) -> list[Piece]:
        pieces: list[Piece] = []
        for n in range(columns):
            side = align[n] if n < len(align) else None
            children = row.cells[n].children if n < len(row.cells) else ()
            pieces += _around(partial(self._renderer.table_cell, align=side, head=head), children)
        return pieces

    def _link(self, node: Link) -> Sequence[Piece]:
        url = absolute(node.url, self._url)
        if self._url is not None and url.startswith("#"):
            # In a feed reader, the note's own page is elsewhere.
            url = urljoin(self._url, url)
        if not is_safe(url):
            self._lose(node, "the link's address is left out: a browser would run it as a script")
            return node.children
        return _around(partial(self._renderer.link, url=escape(url), title=escape(node.title or "")), node.children)

    def _picture(self, node: Image) -> Sequence[Piece]:
        url = absolute(node.url, self._url)
        if not is_safe(url, picture=True):
            self._lose(node, "the picture's address is left out: a browser might run it as a script")
            return [self._renderer.text(node.alt)]
        return [self._renderer.image(escape(node.alt), escape(url), escape(node.title or ""))]

    def _reference(self, node: FootnoteReference) -> Sequence[Piece]:
        label = fold_label(node.label)
        if label not in self._definitions:
            return [self._renderer.text(f"[^{node.label}]")]
        if label not in self._numbers:
            self._labels.append(label)
        number = self._numbers.setdefault(label, len(self._labels))
        nth = self._references[label] = self._references.get(label, 0) + 1
        own = self._reference_id(number, nth)
        return [f'<sup class="footnote-ref"><a href="#{self._footnote_id(number)}" id="{own}">{number}</a></sup>']

    def _footnote_id(self, number: int) -> str:
        return f"fn-{self._id_prefix}{number}"

    def _reference_id(self, number: int, nth: int) -> str:
        return f"fnref-{self._id_prefix}{number}" + ("" if nth == 1 else f"-{nth}")

    def _raw_html(self, node: Html) -> Sequence[Piece]:
        if self._raw:
            return [node.value]
        if node.value.startswith("<!--"):  # a comment is not shown
            return []
        self._lose(node, "raw HTML is shown as text")
        return [self._renderer.inline_html(node.value)]

    def _html_block(self, node: Html) -> Sequence[Piece]:
        inside = self._raw_html(node)
        return [*inside, "\n"] if self._raw or not inside else [self._renderer.block_code(f"{node.value}\n")]

    def _lose(self, node: Node, reason: str) -> None:
        self.losses.append(Loss(node, reason))


def _around(render: Callable[[str], str], content: Iterable[Piece]) -> list[Piece]:
    before, after = split_around(render)
    return [before, *content, after]


def _blocks(blocks: Iterable[Node]) -> list[Piece]:
    """Return blocks as pieces."""
    return [HtmlBlock(block) if isinstance(block, Html) else block for block in blocks]


def is_tight(item: ListItem) -> bool:
    """Return whether an item is a line, perhaps with lists below it, so that it needs no paragraphs."""
    kinds = [type(block) for block in item.blocks]
    return Paragraph not in kinds[1:] and (kinds[:1] != [Paragraph] or all(kind is List for kind in kinds[1:]))
