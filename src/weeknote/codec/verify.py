"""What was written, held against what was meant: it is read again where it could be read as something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weeknote.codec.sections import entry_starts, naming_heading, note_layout
from weeknote.errors import CannotExpressError
from weeknote.front_matter import reader
from weeknote.headings.roles import VOCABULARY
from weeknote.markdown.grammar import MARKS
from weeknote.nodes.block import (
    Blockquote,
    Code,
    Definition,
    FootnoteDefinition,
    Heading,
    Html,
    List,
    Paragraph,
    Parent,
    Table,
    ThematicBreak,
)
from weeknote.nodes.document import Archive, FrontMatter, Post, Weeknote, blocks_of
from weeknote.source import BOM
from weeknote.syntax.lines import content_lines, is_blank, joined, prefix_of
from weeknote.syntax.page_parts import note_start

if TYPE_CHECKING:
    from weeknote.headings.roles import Vocabulary
    from weeknote.nodes.block import Node
    from weeknote.source import Slice
    from weeknote.syntax.block_writer import WrittenBlocks
    from weeknote.syntax.write_context import WriteContext

COMPLETE = (Heading, ThematicBreak)
"""What ends with its own line, so that what follows it changes nothing."""

ENDED = (Paragraph, Table, Blockquote, Definition)
"""What a blank line ends (CommonMark 4.7, 4.8, 5.1)."""

WORDS = (Paragraph, Heading, Table)

BLANKS = " \t\r\n"

BLANK_OR_MARK = MARKS | set(" \t\r\n")

CONTAINERS = (List, Blockquote, FootnoteDefinition)


class ExpectedDocument:
    """What a note, an archive or a post is meant to be read as.

    Attributes:
        node: the note, archive or post.
        entries: the notes and posts in it.
        blocks: its blocks in the order of the text, headings among them.
        front_matter: the front matter before all of them, or None.
        vocabulary: the words that say which role a section has.
    """

    def __init__(self, node: Weeknote | Archive | Post) -> None:
        self.node = node
        self.entries: tuple[Weeknote | Post, ...] = node.entries if isinstance(node, Archive) else (node,)
        self.front_matter: FrontMatter | None = None if isinstance(node, Post) else node.front_matter
        if self.front_matter is None and len(self.entries) == 1 and isinstance(self.entries[0], Weeknote):
            self.front_matter = self.entries[0].front_matter
        self.blocks = [block for entry in self.entries for block in blocks_of(entry)]
        sections = (s for e in self.entries if isinstance(e, Weeknote) for s in e.sections)
        self.vocabulary: Vocabulary = next((s.vocabulary for s in sections), VOCABULARY)

    @property
    def lead(self) -> str:
        """What stands before everything; an archive of one note may leave it to the note."""
        if isinstance(self.node, Post):
            return ""
        alone = self.entries[0] if len(self.entries) == 1 else None
        return self.node.lead or (alone.lead if isinstance(alone, Weeknote) else "")

    def check_places(self) -> None:
        """See to it that no heading stands where only other blocks can.

        Raises:
            CannotExpressError: one does.
        """
        for entry in self.entries:
            rows = (
                [entry.blocks]
                if isinstance(entry, Post)
                else [entry.masthead, entry.byline, entry.intro, entry.trailer]
            )
            if isinstance(entry, Weeknote):
                rows += [section.blocks for section in entry.sections]
                for row in rows:
                    for block in row:
                        if type(block) is Heading:
                            raise CannotExpressError("a heading opens a section; make a Section of it", node=block)


def find_mismatches(
    meant: ExpectedDocument, into: WriteContext, rows: list[WrittenBlocks], texts: list[str], before: str
) -> list[Any]:
    """Return the nodes that would be read as something else: none, if the text means what was meant.

    Args:
        meant: what is meant.
        into: what it was written into.
        rows: its blocks as they were written.
        texts: the same as text.
        before: what stands before them.
    """
    blocks = meant.blocks
    read: list[Any] = [into.parsed_leaves.get(id(block), block) if block.slice is None else block for block in blocks]
    # In plain text what stands around a line decides what it is: `*` alone opens no list.
    whole = meant.node.dialect == "text"
    for start, end in [(0, len(blocks))] if whole else ranges_to_reparse(blocks, rows):
        if not whole and end - start == 1 and type(blocks[start]) is List and id(blocks[start]) in into.lists:
            row = next(row for row in rows if row.start == start)
            if not list_matches(blocks[start], row, into):
                return [blocks[start]]
            continue
        found = into.scan(text_of_blocks(blocks, rows, texts, start, end))
        wrong = [m for m, b in zip(blocks[start:end], found, strict=False) if not matches(m, b, into.parsed_leaves)]
        if wrong or end - start != len(found):
            return wrong or blocks[start:end]
        read[start:end] = found
    return find_misplaced(meant, read) or find_front_matter_mismatch(meant, before, texts)


def list_matches(node: Any, row: WrittenBlocks, into: WriteContext) -> bool:
    """Tell whether the items of a new list mean what is meant; only what meets anew is read, with what is beside it."""
    keeps, follows, starts = into.lists[id(node)]
    # An item is sure that follows in the list what it followed when it was read.
    new = [n for n, kept in enumerate(keeps) if not kept or (n and not follows[n])]
    if not new:
        return True
    first, last = max(new[0] - 1, 0), min(new[-1] + (1 if keeps[new[-1]] else 2), len(keeps))
    found = into.scan(joined(row.lines[starts[first] : starts[last]]))
    if len(found) != 1 or type(found[0]) is not List or len(found[0].items) != last - first:
        return False
    if found[0].ordered != node.ordered or (first == 0 and found[0].start != node.start):
        return False
    return all(matches(a, b, into.parsed_leaves) for a, b in zip(node.items[first:last], found[0].items, strict=True))


def ranges_to_reparse(blocks: list[Any], rows: list[WrittenBlocks]) -> list[tuple[int, int]]:
    """Return the runs of blocks of Markdown that have to be read together to be sure of what they mean.

    A new leaf was read by itself when it was written, and what was read follows what it followed. That leaves new
    containers, and blocks that meet anew where what stands before could go on in what follows.
    """
    found: list[tuple[int, int]] = []

    def add(start: int, end: int) -> None:
        if found and start < found[-1][1]:
            start, end = min(start, found[-1][0]), max(end, found[-1][1])
            found.pop()
        found.append((start, end))

    if rows and rows[0].kept and depends_on_context(blocks[0], rows[0]):
        add(0, 1)
    for n, row in enumerate(rows):
        if n and not are_independent(blocks, rows[n - 1], row):
            add(row.start - 1, row.start + 1)
        if not row.kept and isinstance(blocks[row.start], CONTAINERS):
            add(row.start, row.end)
    return found


def are_independent(blocks: list[Any], above: WrittenBlocks, below: WrittenBlocks) -> bool:
    """Tell whether two rows mean together what each means by itself (CommonMark 4, 5)."""
    if above.kept and below.kept and below.touching:
        return True
    before, after = blocks[below.start - 1], blocks[below.start]
    if below.kept and depends_on_context(after, below):
        return False
    if type(before) in COMPLETE:
        return True
    if not (below.touching or is_blank(above.lines[-1], "")):
        return False
    if type(before) in ENDED:
        return True
    if type(before) not in (List, FootnoteDefinition) or type(last_leaf(before)) in (Code, Html):
        return False
    # An indented line goes on with an item, and a marker with its list.
    return type(after) is not List and below.lines[0].text[:1] not in BLANK_OR_MARK


def depends_on_context(block: Any, row: WrittenBlocks) -> bool:
    """Tell whether a block that was read may be another one after something else.

    Words right under a definition may begin like a block that cannot stand in a paragraph (CommonMark 4.7).
    """
    return type(block) in WORDS and row.lines[0].text[:1] in BLANK_OR_MARK and not row.lines[0].text.startswith("#")


def last_leaf(block: Any) -> Any:
    """Return the last block in a block that holds no blocks; a blank line would belong to code without an end."""
    while isinstance(block, CONTAINERS):
        inside = block.items[-1].blocks if isinstance(block, List) else block.blocks
        if not inside:
            return None
        block = inside[-1]
    return block


def text_of_blocks(blocks: list[Any], rows: list[WrittenBlocks], texts: list[str], start: int, end: int) -> str:
    """Return the text of some blocks, of which the first and last may stand in the middle of a row."""
    found = []
    for row, text in zip(rows, texts, strict=True):
        if row.end <= start or row.start >= end:
            continue
        first = row.lines[0].start
        a = blocks[start].slice.start - first if start > row.start else 0
        b = blocks[end].slice.start - first if end < row.end else len(text)
        found.append(text[a:b])
    return "".join(found)


def find_misplaced(meant: ExpectedDocument, read: list[Any]) -> list[Any]:
    """Return the node that would be taken for a heading, a section, furniture or an entry that it is not."""
    dialect = meant.node.dialect
    if isinstance(meant.node, Post):
        return []
    if isinstance(meant.node, Weeknote):
        return find_misplaced_in_note(meant, meant.node, read, meant.blocks)
    starts = entry_starts(read, dialect, meant.vocabulary, meant.front_matter)
    if not starts and not (len(meant.entries) == 1 and isinstance(meant.entries[0], Weeknote)):
        # Without a heading that opens an entry, any text is one note.
        return [meant.node]
    if not starts and meant.node.front_matter is not None:
        return [meant.node.front_matter]
    opens: dict[int, bool] = {}
    at = 0
    for n, entry in enumerate(meant.entries):
        if starts and isinstance(entry, Weeknote) and entry.heading is None:
            return [entry]
        if isinstance(entry, Weeknote) or entry.heading is not None:
            heading = at + len(entry.masthead) if isinstance(entry, Weeknote) else at
            opens[heading] = isinstance(entry, Weeknote)
        elif n:
            return [entry]
        at += len(blocks_of(entry))
    if starts or len(meant.entries) != 1:
        if any(isinstance(e, Weeknote) and e.front_matter is not None for e in meant.entries):
            return [e for e in meant.entries if isinstance(e, Weeknote) and e.front_matter is not None]
        odd = [i for i in {**starts, **opens} if starts.get(i) != opens.get(i)]
        if odd:
            return [meant.blocks[min(odd)]] if min(odd) < len(meant.blocks) else list(meant.entries[:1])
    at = 0
    for entry in meant.entries:
        size = len(blocks_of(entry))
        if isinstance(entry, Weeknote):
            heading = at + len(entry.masthead)
            if starts and (start := note_start(read, heading)) != at:
                return [meant.blocks[min(start, at)]]
            wrong = find_misplaced_in_note(meant, entry, read[at : at + size], meant.blocks[at : at + size])
            if wrong:
                return wrong
        at += size
    return []


def find_misplaced_in_note(meant: ExpectedDocument, note: Weeknote, read: list[Any], blocks: list[Any]) -> list[Any]:
    """Return the node of one note that would be taken for something else."""
    expected = None if note.heading is None else len(note.masthead)
    found = expected
    if not isinstance(meant.node, Archive) or len(meant.entries) == 1:
        found = naming_heading(read, note.dialect, meant.front_matter)
    if found != expected or (note.heading is None and (note.masthead or note.byline)):
        return blocks[:1]
    layout = note_layout(read, found)
    body = 0 if expected is None else expected + 1 + len(note.byline)
    if layout.body != body:
        return [blocks[min(layout.body, body)]]
    trailer = len(read) - len(note.trailer)
    return [] if layout.trailer == trailer else [blocks[min(layout.trailer, trailer)]]


def find_front_matter_mismatch(meant: ExpectedDocument, before: str, texts: list[str]) -> list[Any]:
    """Return the node that would be read as front matter, or the front matter that would not be."""
    if isinstance(meant.node, Post):
        return []
    text = before + "".join(texts)
    start = len(BOM) if text.startswith(BOM) else 0
    if start and not before:
        return meant.blocks[:1]
    read = reader.find(text, start) if meant.node.dialect == "markdown" else None
    matter = meant.front_matter
    if matter is None:
        return [] if read is None else meant.blocks[:1] or [meant.node]
    raw = None if read is None else text[start : read.end].removesuffix("\n").removesuffix("\r")
    good = raw is not None and raw.replace("\r\n", "\n").replace("\r", "\n") == matter.raw
    return [] if good and read is not None and read.kind == matter.kind else [matter]


def explain_mismatch(node: Any, dialect: str) -> str:
    """Return what is wrong with a node that would be read as something else, and what to do."""
    kind = type(node).__name__
    if node.slice is None:
        return f"in {dialect} this {kind} would be read as something else here; change its words or its place"
    return (
        f"after this edit, this {kind} (line {node.position.start.line} as it was read) would be something else in "
        f"{dialect}; change it too, or what stands beside it"
    )


def matches(expected: Any, found: Any, parsed_leaves: dict[int, Any]) -> bool:
    """Return whether two blocks or items mean the same; leaves of equal text are not parsed.

    Args:
        expected: a node of the note that is written.
        found: the node that was read in its place.
        parsed_leaves: what new leaves are read as, by the leaf's id.
    """
    if type(expected) is not type(found):
        return False
    where = expected.slice
    if where is None and (parsed := parsed_leaves.get(id(expected))) is not None:
        where = parsed.slice
    if where is not None and have_same_text(where, found.slice, type(expected)):
        return type(expected) is not Heading or bool(expected.depth == found.depth)
    if isinstance(expected, List):
        if (expected.ordered, expected.start, len(expected.items)) != (found.ordered, found.start, len(found.items)):
            return False
        return all(matches(a, b, parsed_leaves) for a, b in zip(expected.items, found.items, strict=True))
    if isinstance(expected, Parent):
        x, y = expected.blocks, found.blocks  # type: ignore[attr-defined] # all others have blocks
        if len(x) != len(y) or (type(expected) is FootnoteDefinition and expected.label != found.label):
            return False
        return all(matches(a, b, parsed_leaves) for a, b in zip(x, y, strict=True))
    return bool(expected == found)


def have_same_text(a: Slice, b: Slice, kind: type[Node]) -> bool:
    """Return whether two slices hold the same text where it means the same."""
    x, y = a.source, b.source
    if x.reader.name != y.reader.name or not x.agrees(y.definitions, y.footnotes):
        return False
    if kind is Paragraph or kind is Heading:
        # Blank lines after words are no part of them.
        text, other = a.text.rstrip(BLANKS), b.text.rstrip(BLANKS)
    else:
        text, other = a.text, b.text
    if text == other:
        # Further lines begin with the marks of the containers, which mean something at that depth only.
        return "\n" not in text.rstrip(BLANKS) or prefix_of(a) == prefix_of(b)
    return kind is Paragraph and content_lines(a) == content_lines(b)
