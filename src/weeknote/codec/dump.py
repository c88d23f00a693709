"""Notes to text: what was read stays as it was, what is new is written and held against what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weeknote.codec.verify import ExpectedDocument, explain_mismatch, find_mismatches
from weeknote.errors import CannotExpressError, UnknownDialectError
from weeknote.front_matter.detection import find
from weeknote.markdown.block_writer import MarkdownWriter
from weeknote.markdown.leaves import Markdown
from weeknote.markdown.link_definitions import fold_label
from weeknote.nodes.block import Definition, FootnoteDefinition, List, Paragraph, Parent
from weeknote.plaintext.block_parser import PlainText
from weeknote.plaintext.block_writer import TextWriter
from weeknote.source import BOM
from weeknote.syntax.lines import Line, joined
from weeknote.syntax.style import style_of
from weeknote.syntax.write_context import WriteContext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weeknote.nodes.document import Archive, Post, Weeknote
    from weeknote.source import Reader
    from weeknote.syntax.block_writer import WrittenBlocks

WRITERS = {"markdown": MarkdownWriter, "text": TextWriter}


def dump(node: Weeknote | Archive | Post) -> str:
    r"""Return a note, an archive or a post as text.

    What was read and not changed comes back character for character. New nodes are written in the note's own style,
    and read back before they are believed: `parse(dump(n)) == n` for every note that can be written at all.

    Args:
        node: what to write.

    Raises:
        CannotExpressError: the dialect has no way to write a node; the error's `node` is that node.
        UnknownDialectError: the note's dialect does not exist.

    >>> from weeknote import Heading, List, Section, Weeknote
    >>> print(dump(Weeknote(sections=[Section(Heading(2, "Highlights"), [List(["Spoke at the council."])])])), end="")
    ## Highlights
    <BLANKLINE>
    - Spoke at the council.
    """
    if node.slice is not None:
        return node.slice.text
    return _NoteWriter(node).text()


class _NoteWriter:
    """One writing of a note that is not given back whole."""

    def __init__(self, node: Weeknote | Archive | Post) -> None:
        if node.dialect not in WRITERS:
            raise UnknownDialectError(
                f"there is no dialect {node.dialect!r}; give one of {', '.join(map(repr, WRITERS))}",
                node=node,
                found=node.dialect,
                expected=tuple(WRITERS),
            )
        self.meant = meant = ExpectedDocument(node)
        reader: Reader = Markdown() if node.dialect == "markdown" else PlainText(meant.vocabulary)
        self.into = WriteContext(reader, node.newline, lambda: style_of(meant.blocks, node.dialect))
        if node.dialect == "markdown":
            self.into.definitions, self.into.footnotes = collect_definitions(meant.blocks)

    def text(self) -> str:
        """Return the text, written a second time where words of the first were not read as words."""
        meant = self.meant
        if meant.node.dialect == "text" and meant.front_matter is not None:
            raise CannotExpressError(
                "plain text has no front matter; leave it out, or write Markdown", node=meant.front_matter
            )
        meant.check_places()
        while True:
            rows = WRITERS[meant.node.dialect](self.into).row(meant.blocks, "")
            before = self.opening(rows)
            texts = [joined(row.lines) for row in rows]
            wrong = find_mismatches(meant, self.into, rows, texts, before)
            if not wrong:
                return self.ended(before, rows, texts)
            # What was read stays as it is, whatever is made of it now; new words can be spelled with more care.
            careful = {id(block) for block in wrong if type(block) is Paragraph and block.slice is None}
            if meant.node.dialect == "text" or careful <= self.into.guarded:
                raise CannotExpressError(explain_mismatch(wrong[0], meant.node.dialect), node=wrong[0])
            self.into.guarded |= careful

    def opening(self, rows: list[WrittenBlocks]) -> str:
        """Return what stands before the first block: byte order mark, blank lines, front matter."""
        meant, newline = self.meant, self.into.newline
        lead, matter = meant.lead, meant.front_matter
        if lead.removeprefix(BOM).strip(" \t\r\n"):
            raise CannotExpressError(
                "only blank lines can stand before a note; make a block of these words", node=meant.node
            )
        first = rows[0].lines[0] if rows else None
        if matter is None:
            # Blanks without a line end would be the indentation of the first block.
            return lead + newline if rows and lead.removeprefix(BOM) and not lead.endswith(("\n", "\r")) else lead
        lead = BOM if lead.startswith(BOM) else ""
        where = matter.slice
        if where is not None and where.source.reader.name == meant.node.dialect:
            text = where.text
            if first is not None and first.source is where.source and first.start == where.end:
                return lead + text
        else:
            text = matter.raw.replace("\n", newline) + newline
            if first is not None and (between := after_front_matter(first)) is not None:
                return lead + text + between
        if meant.blocks:
            text = text if text.endswith(("\n", "\r")) else text + newline
            bare = text.removesuffix("\n").removesuffix("\r")
            text = text if bare.endswith(("\n", "\r")) else text + newline
        return lead + text

    def ended(self, before: str, rows: list[WrittenBlocks], texts: list[str]) -> str:
        """Return the whole text; where what was read ended without a line end, so does what is new."""
        text = before + "".join(texts)
        sources = (line.source for row in rows for line in row.lines)
        whole = next((source.text for source in sources if source is not None), "\n")
        if rows and not (rows[-1].kept and (rows[-1].touching or len(rows) == 1)) and not whole.endswith(("\n", "\r")):
            text = text.removesuffix(self.into.newline)
        return text


def after_front_matter(line: Line) -> str | None:
    """Return the blank lines between front matter and a line that follows it in its source, else None."""
    if line.source is None:
        return None
    text = line.source.text
    found = find(text, len(BOM) if text.startswith(BOM) else 0)
    if found is None or found.end > line.start or text[found.end : line.start].strip(" \t\r\n"):
        return None
    return text[found.end : line.start]


def collect_definitions(blocks: Iterable[Any]) -> tuple[dict[str, tuple[str, str | None]], set[str]]:
    """Return the link definitions and footnote labels that blocks bring with them."""
    definitions: dict[str, tuple[str, str | None]] = {}
    footnotes: set[str] = set()
    stack = with_definitions(blocks)[::-1]
    while stack:
        node = stack.pop()
        if type(node) is Definition:
            definitions.setdefault(fold_label(node.label), (node.url, node.title))
        elif type(node) is FootnoteDefinition:
            footnotes.add(node.label)
        if isinstance(node, Parent):
            inside: tuple[Any, ...] = node.items if isinstance(node, List) else node.blocks  # type: ignore[attr-defined] # all others
            stack += with_definitions(inside)[::-1]
    return definitions, footnotes


def with_definitions(nodes: Iterable[Any]) -> list[Any]:
    """Return the nodes in which a definition or footnote can be: not those read from a source without any."""
    return [n for n in nodes if (where := n.slice) is None or where.source.definitions or where.source.footnotes]
