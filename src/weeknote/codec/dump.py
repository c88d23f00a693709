"""Notes to text: what was read stays as it was, and what is new is written and read back."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from weeknote.codec.in_place import text_in_place
from weeknote.codec.parse import is_mdx
from weeknote.codec.verify import ExpectedDocument, explain_mismatch, find_mismatches
from weeknote.errors import CannotExpressError, UnknownDialectError
from weeknote.front_matter.detection import find
from weeknote.markdown.block_writer import MarkdownWriter
from weeknote.markdown.leaves import Markdown
from weeknote.markdown.links import fold_label
from weeknote.nodes.block import (
    BlockParent,
    Code,
    Definition,
    FootnoteDefinition,
    List,
    Paragraph,
    Parent,
    Text,
    contents,
    slice_of,
)
from weeknote.nodes.document import Archive, Post, Weeknote
from weeknote.plaintext.block_parser import PlainText
from weeknote.plaintext.block_writer import TextWriter
from weeknote.source import BOM, after_bom
from weeknote.syntax.block_writer import LINE_ENDS
from weeknote.syntax.excerpt import excerpt
from weeknote.syntax.lines import Line, joined, last_leaf
from weeknote.syntax.style import style_of
from weeknote.syntax.write_context import WriteContext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from weeknote.nodes.block import Block, Node
    from weeknote.source import Reader
    from weeknote.syntax.block_writer import WrittenBlocks

WRITERS = {"markdown": MarkdownWriter, "text": TextWriter}
INDENTED = (Paragraph, Definition)
"""Lines that may be indented like code below a definition (CommonMark 4.7)."""


def dump(node: Weeknote | Archive | Post) -> str:
    r"""Return a note, an archive or a post as text.

    Unchanged nodes come back character for character. New nodes are written in the note's own style,
    and the result is read back: `parse(dump(n)) == n` for every note that can be written at all.

    Args:
        node: what to write.

    Raises:
        CannotExpressError: the dialect has no way to write a node; the error's `node` is that node.
        UnknownDialectError: the note's dialect does not exist.
        TypeError: the node is part of a note, such as a section.

    >>> from weeknote import Heading, List, Section, Weeknote
    >>> print(dump(Weeknote(sections=[Section(Heading(2, "Highlights"), [List(["Spoke at the council."])])])), end="")
    ## Highlights
    <BLANKLINE>
    - Spoke at the council.
    """
    given: object = node
    if not isinstance(given, (Weeknote, Archive, Post)):
        kind = type(given).__name__
        where = {"Section": "sections", "FrontMatter": "front_matter", "Heading": "heading"}.get(kind, "intro")
        holder = "node" if where in ("front_matter", "heading") else "[node]"
        raise TypeError(f"dump writes a Weeknote, Archive or Post, not {kind}; wrap it: Weeknote({where}={holder})")
    if node.slice is not None:
        return node.slice.text
    text = text_in_place(node) if isinstance(node, Weeknote) else None
    return _NoteWriter(node).text() if text is None else text


class _NoteWriter:
    """One writing of a note that was built or edited."""

    def __init__(self, node: Weeknote | Archive | Post) -> None:
        if node.dialect not in WRITERS:
            raise UnknownDialectError(
                f"unknown dialect {node.dialect!r}; expected one of {', '.join(map(repr, WRITERS))}",
                node=node,
                found=node.dialect,
                expected=tuple(WRITERS),
            )
        self.expected = expected = ExpectedDocument(node)
        self.dialect = node.dialect
        self.context = WriteContext(reader_for(expected), node.newline, lambda: style_of(expected.blocks, node.dialect))
        if node.dialect == "markdown":
            self.context.definitions, self.context.footnotes = collect_definitions(expected.blocks)

    def text(self) -> str:
        """Return the text, written again with more care while some of it is read as something else."""
        expected, context = self.expected, self.context
        if self.dialect == "text" and expected.front_matter is not None:
            raise CannotExpressError(
                f"plain text cannot hold the front matter ({excerpt(expected.front_matter)}); remove it, "
                "or write Markdown",
                node=expected.front_matter,
            )
        expected.check_headings()
        while True:
            parts = WRITERS[self.dialect](context).write(expected.blocks, "")
            before = self.opening(parts)
            texts = [joined(part.lines) for part in parts]
            mismatches = find_mismatches(expected, context, parts, texts, before)
            if not mismatches:
                return self.ended(before, parts, texts)
            if context.overwritten:
                context.respelled |= context.overwritten
                context.overwritten.clear()
                continue
            nodes = [mismatch.node for mismatch in mismatches]
            # The words of what was read stay as they are, but not always the white space before them.
            guarded = {id(first) for node in nodes for first in first_paragraphs(node)}
            reindented = {id(node) for node in nodes if type(node) in INDENTED and node.slice is not None}
            moved = self.moved(nodes, parts)
            if self.dialect == "text" or (
                guarded <= context.guarded and reindented <= context.reindented and moved <= context.moved
            ):
                raise CannotExpressError(explain_mismatch(mismatches[0], self.dialect), node=nodes[0])
            context.guarded |= guarded
            context.reindented |= reindented
            context.moved |= moved

    def moved(self, mismatched: Iterable[Node], parts: list[WrittenBlocks]) -> set[int]:
        """Return the ids of moved blocks that are mismatched or beside one that is; and of code they end in."""
        blocks = self.expected.blocks
        known = {id(node) for node in mismatched}
        places = {n for n, block in enumerate(blocks) if id(block) in known}
        found = [blocks[n] for n in moved_blocks(blocks, parts, self.context.reader) if places & {n - 1, n, n + 1}]
        return {
            id(node) for block in found for node in (block, last_leaf(block)) if node is block or type(node) is Code
        }

    def opening(self, parts: list[WrittenBlocks]) -> str:
        """Return what comes before the first block: byte order mark, blank lines, front matter."""
        expected, newline = self.expected, self.context.newline
        lead, matter = expected.lead, expected.front_matter
        if lead.removeprefix(BOM).strip(" \t\r\n"):
            raise CannotExpressError(
                f"only blank lines can come before a note, but its lead is {lead!r}; put these words into a block",
                node=expected.node,
                found=lead,
            )
        first = parts[0].lines[0] if parts else None
        if matter is None:
            # Blanks without a line end would be the indentation of the first block.
            return lead + newline if parts and lead.removeprefix(BOM) and not lead.endswith(LINE_ENDS) else lead
        lead = BOM if lead.startswith(BOM) else ""
        where = matter.slice
        if where is not None and where.source.reader.name == self.dialect:
            text = where.text
            if first is not None and first.source is where.source and first.start == where.end:
                return lead + text
        else:
            text = matter.raw.replace("\n", newline) + newline
            if first is not None and (between := after_front_matter(first)) is not None:
                return lead + text + between
        if expected.blocks:
            text = text if text.endswith(LINE_ENDS) else text + newline
            bare = text.removesuffix("\n").removesuffix("\r")
            text = text if bare.endswith(LINE_ENDS) else text + newline
        return lead + text

    def ended(self, before: str, parts: list[WrittenBlocks], texts: list[str]) -> str:
        """Return the whole text; it ends without a line end if what was read did."""
        text = before + "".join(texts)
        if not parts:
            return text
        last = parts[-1]
        if last.kept and (last.touching or len(parts) == 1) and last.lines[-1].source is not None:
            return text
        sources = {id(line.source): line.source for part in parts for line in part.lines if line.source is not None}
        is_open = bool(sources) and not any(source.text.endswith(LINE_ENDS) for source in sources.values())
        if is_open and type(last_leaf(self.expected.blocks[-1])) is not Code:
            # A line end may be a line of code whose fence is never closed.
            return text.removesuffix(self.context.newline)
        return text if text.endswith(LINE_ENDS) else text + self.context.newline


def first_paragraphs(block: Node) -> Iterator[Paragraph]:
    """Yield a new paragraph, or those that items in a new block begin with, if their first words could be a mark."""
    stack = [block]
    while stack:
        node = stack.pop()
        if isinstance(node, List):
            rows = [item.blocks for item in node.items]
            stack += [inner for row in rows for n, inner in enumerate(row) if n == 0 or isinstance(inner, Parent)]
        elif type(node) is Paragraph:
            first = node.children[0] if node.slice is None and node.children else None
            if type(first) is Text and (node is block or not first.value[:1].isalpha()):
                yield node
        elif isinstance(node, BlockParent):
            stack += [inner for inner in node.blocks if isinstance(inner, Parent)]


def moved_blocks(blocks: Sequence[Block], parts: Iterable[WrittenBlocks], reader: Reader) -> Iterator[int]:
    """Yield the indices of blocks that come from another text or from further up or down in the same one.

    A block that is there twice is not among them, since one of the two was not moved.
    """
    sources = Counter(id(block.slice.source) for block in blocks if block.slice is not None)
    main_source = max(sources, key=sources.__getitem__, default=None)
    times = Counter(map(id, blocks))
    for part in parts:
        for n in {part.start, part.end - 1} if part.kept else ():
            where = slice_of(blocks[n])
            starts = [
                other.slice.start if other.slice is not None and other.slice.source is where.source else None
                for other in (*blocks[max(n - 1, 0) : n], *blocks[n + 1 : n + 2])
            ]
            above = starts[0] if n else None
            below = starts[-1] if n + 1 < len(blocks) else None
            is_foreign = id(where.source) != main_source or where.source.reader.mdx != reader.mdx
            is_out_of_order = (above is not None and above > where.start) or (below is not None and below < where.start)
            if times[id(blocks[n])] == 1 and (is_foreign or is_out_of_order):
                yield n


def reader_for(expected: ExpectedDocument) -> Reader:
    """Return the reader of a document: that of MDX if its file's name says so; for a post, the one that read it."""
    if expected.node.dialect == "text":
        return PlainText(expected.vocabulary)
    notes = [entry for entry in expected.entries if isinstance(entry, Weeknote)]
    if notes:
        return Markdown(mdx=any(is_mdx(note.context.name) for note in notes))
    slices = (block.slice for block in expected.blocks)
    readers = (where.source.reader for where in slices if where is not None)
    return next((found for found in readers if found.name == "markdown"), None) or Markdown()


def after_front_matter(line: Line) -> str | None:
    """Return the blank lines between front matter and a line that follows it in its source, else None."""
    if line.source is None:
        return None
    text = line.source.text
    found = find(text, after_bom(text))
    if found is None or found.end > line.start or text[found.end : line.start].strip(" \t\r\n"):
        return None
    return text[found.end : line.start]


def collect_definitions(blocks: Iterable[Block]) -> tuple[dict[str, tuple[str, str | None]], set[str]]:
    """Return the link definitions and footnote labels in blocks."""
    definitions: dict[str, tuple[str, str | None]] = {}
    footnotes: set[str] = set()
    stack: list[Node] = with_definitions(blocks)[::-1]
    while stack:
        node = stack.pop()
        if type(node) is Definition:
            definitions.setdefault(fold_label(node.label), (node.url, node.title))
        elif type(node) is FootnoteDefinition:
            footnotes.add(node.label)
        stack += with_definitions(contents(node))[::-1]
    return definitions, footnotes


def with_definitions(nodes: Iterable[Node]) -> list[Node]:
    """Return the nodes in which a definition or footnote can be: not those read from a source without any."""
    return [n for n in nodes if (where := n.slice) is None or where.source.definitions or where.source.footnotes]
