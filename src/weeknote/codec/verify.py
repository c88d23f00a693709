"""Reading back what was written: which nodes of a note would be read as something else, and as what."""

from __future__ import annotations

from bisect import bisect_right
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from weeknote.codec.compare import matches
from weeknote.codec.sections import entry_starts, naming_heading, note_layout, words_of
from weeknote.errors import CannotExpressError
from weeknote.front_matter.detection import find
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
    Table,
    ThematicBreak,
    slice_of,
)
from weeknote.nodes.document import Archive, Post, Weeknote, blocks_of, entries_of, vocabulary_of
from weeknote.nodes.front_matter import FrontMatter
from weeknote.source import BLANK, after_bom
from weeknote.syntax.boilerplate import LinesOf
from weeknote.syntax.excerpt import excerpt
from weeknote.syntax.lines import is_blank, joined, last_leaf
from weeknote.syntax.page_parts import note_start

if TYPE_CHECKING:
    from weeknote.headings.roles import Vocabulary
    from weeknote.nodes.block import Block, ListItem, Node
    from weeknote.syntax.block_writer import WrittenBlocks
    from weeknote.syntax.write_context import WriteContext

COMPLETE = (Heading, ThematicBreak)
"""Blocks that end with their own line, so that nothing below changes them."""

ENDED_BY_BLANK_LINE = (Paragraph, Table, Blockquote, Definition)
"""Blocks that a blank line ends (CommonMark 4.7, 4.8, 5.1)."""

WITH_WORDS = (Paragraph, Heading, Table)

BLANK_OR_MARK = MARKS | set(BLANK)

TITLE_STARTS = frozenset("\"'(")
"""The first characters of the title of a definition, which may be on the next line (CommonMark 4.7)."""

CONTAINERS = (List, Blockquote, FootnoteDefinition)


class Mismatch(NamedTuple):
    """A node that would be read as something else.

    Attributes:
        node: the node.
        found: what it would be read as, in words.
    """

    node: Node
    found: str


class ExpectedDocument:
    """What a note, an archive or a post has to be read as.

    Attributes:
        node: the note, archive or post.
        entries: the notes and posts in it.
        blocks: its blocks in the order of the text, headings among them.
        front_matter: the front matter before all of them, or None.
        vocabulary: the phrases that decide which role a section has.
    """

    def __init__(self, node: Weeknote | Archive | Post) -> None:
        self.node = node
        self.entries: tuple[Weeknote | Post, ...] = entries_of(node)
        self.front_matter: FrontMatter | None = None if isinstance(node, Post) else node.front_matter
        if self.front_matter is None and len(self.entries) == 1 and isinstance(self.entries[0], Weeknote):
            self.front_matter = self.entries[0].front_matter
        self.blocks: list[Block] = [block for entry in self.entries for block in blocks_of(entry)]
        self.vocabulary: Vocabulary = vocabulary_of(node)

    @property
    def lead(self) -> str:
        """The text before the first node; an archive of one note may leave it to the note."""
        if isinstance(self.node, Post):
            return ""
        alone = self.entries[0] if len(self.entries) == 1 else None
        return self.node.lead or (alone.lead if isinstance(alone, Weeknote) else "")

    def check_headings(self) -> None:
        """Check that no heading is among other blocks.

        Raises:
            CannotExpressError: one is.
        """
        for entry in self.entries:
            if isinstance(entry, Post):
                continue
            rows = [entry.masthead, entry.byline, entry.intro, entry.trailer, *(s.blocks for s in entry.sections)]
            heading = next((b for row in rows for b in row if type(b) is Heading), None)
            if heading is not None:
                raise CannotExpressError(
                    f"the heading {excerpt(heading)} would start a section; put it into a Section", node=heading
                )


def find_mismatches(
    expected: ExpectedDocument, context: WriteContext, parts: list[WrittenBlocks], texts: list[str], before: str
) -> list[Mismatch]:
    """Return the nodes that would be read as something else: none, if the text means what is expected.

    The blocks are given as they were written, `parts`, and the same as text; `before` comes before them.
    """
    blocks = expected.blocks
    read = [context.parsed_leaves.get(id(b), b) for b in blocks]
    # In plain text what is around a line decides what it is: `*` alone opens no list. In MDX a tag may span lines.
    mdx = context.reader.mdx
    whole = expected.node.dialect == "text" or any(
        block.slice is not None and block.slice.source.reader.mdx != mdx for block in blocks
    )
    starts = [part.start for part in parts]
    for start, end in [(0, len(blocks))][: len(blocks)] if whole else ranges_to_reparse(blocks, parts):
        block = blocks[start]
        if not whole and end - start == 1 and type(block) is List and id(block) in context.lists:
            if not list_matches(block, parts[bisect_right(starts, start) - 1], context):
                return [Mismatch(block, "a list of other items, or as several lists")]
            continue
        found = context.scan(text_of_blocks(blocks, parts, texts, start, end))
        mismatches = [
            Mismatch(a, describe(a, b))
            for a, b in zip_longest(blocks[start:end], found)
            if a is not None and not matches(a, b, context.parsed_leaves)
        ]
        if mismatches or end - start != len(found):
            return mismatches or [Mismatch(blocks[end - 1], "several blocks")]
        read[start:end] = found
    return find_misplaced(expected, read) or find_front_matter_mismatch(expected, before, texts)


def describe(expected: Block, found: Block | None) -> str:
    """Return what a node would be read as."""
    if found is None:
        return "part of what is above it"
    if type(found) is not type(expected):
        return f"{type(found).__name__} ({excerpt(found)})"
    if isinstance(found, Heading) and isinstance(expected, Heading) and found.depth != expected.depth:
        return f"Heading of depth {found.depth}, not {expected.depth}"
    return f"another {type(found).__name__} ({excerpt(found)})"


def list_matches(node: List, part: WrittenBlocks, context: WriteContext) -> bool:
    """Return whether the items of a new list mean what is expected; only new items and their neighbours are read."""
    *items, end = context.lists[id(node)]
    # A kept item that follows what it followed when it was read is sure to do so in the list.
    new = [n for n, item in enumerate(items) if not item.is_kept or (n and not item.follows)]
    if all(n and is_certain_item(node.items[n], node.items[n - 1], context) for n in new):
        return True
    first, last = max(new[0] - 1, 0), min(new[-1] + (1 if items[new[-1]].is_kept else 2), len(items))
    stop = items[last].line if last < len(items) else end.line
    found = context.scan(joined(part.lines[items[first].line : stop]))
    again = found[0] if len(found) == 1 else None
    if type(again) is not List or len(again.items) != last - first:
        return False
    if again.ordered != node.ordered or (first == 0 and again.start != node.start):
        return False
    pairs = zip(node.items[first:last], again.items, strict=True)
    return all(matches(a, b, context.parsed_leaves) for a, b in pairs)


def is_certain_item(item: ListItem, before: ListItem, context: WriteContext) -> bool:
    """Return whether an item is one line of words that begins with a letter: below most items it can be nothing else.

    Blank lines at the end of the item before it could belong to code or HTML without an end.
    """
    if type(last_leaf(before)) in (Code, Html):
        return False
    leaf = context.parsed_leaves.get(id(item.blocks[0])) if len(item.blocks) == 1 else None
    if leaf is None or type(leaf) is not Paragraph:
        return False
    text = "" if leaf.slice is None else leaf.slice.text
    return text[:1].isalpha() and "\n" not in text


def ranges_to_reparse(blocks: list[Block], parts: list[WrittenBlocks]) -> list[tuple[int, int]]:
    """Return the ranges of Markdown blocks that have to be read together to be sure of what they mean.

    A new leaf was read by itself when it was written, and a kept block that follows what it followed means the same.
    That leaves new containers, and blocks that meet for the first time where the upper one could go on in the lower.
    """
    found: list[tuple[int, int]] = []

    def add(start: int, end: int) -> None:
        if found and start < found[-1][1]:
            start, end = min(start, found[-1][0]), max(end, found[-1][1])
            found.pop()
        found.append((start, end))

    if parts and parts[0].kept and depends_on_context(blocks[0], parts[0]):
        add(0, 1)
    for n, part in enumerate(parts):
        if n and not are_independent(blocks, parts[n - 1], part):
            add(part.start - 1, part.start + 1)
        if not part.kept and isinstance(blocks[part.start], CONTAINERS):
            add(part.start, part.end)
    return found


def are_independent(blocks: list[Block], above: WrittenBlocks, below: WrittenBlocks) -> bool:
    """Return whether two parts mean together what each means alone (CommonMark 4, 5)."""
    if above.kept and below.kept and below.touching:
        return True
    before, after = blocks[below.start - 1], blocks[below.start]
    if below.kept and depends_on_context(after, below):
        return False
    if type(before) in COMPLETE:
        return True
    is_apart = is_blank(above.lines[-1], "")
    if type(before) is Definition and not is_apart and below.lines[0].text.lstrip(BLANK)[:1] in TITLE_STARTS:
        return False
    if not (below.touching or is_apart):
        return False
    if type(before) in ENDED_BY_BLANK_LINE:
        return True
    if type(before) not in (List, FootnoteDefinition) or type(last_leaf(before)) in (Code, Html):
        return False
    # An indented line goes on with an item, and a marker with its list.
    return type(after) is not List and joined(below.lines[:1])[:1] not in BLANK_OR_MARK


def depends_on_context(block: Block, part: WrittenBlocks) -> bool:
    """Return whether a block that was read may be another one after something else.

    Words right below a definition may begin like a block that cannot interrupt a paragraph, and so may a definition
    that is indented like code (CommonMark 4.7).
    """
    first = joined(part.lines[:1])[:1]
    if type(block) is Definition:
        return first in BLANK
    return type(block) in WITH_WORDS and first in BLANK_OR_MARK and first != "#"


def text_of_blocks(blocks: list[Block], parts: list[WrittenBlocks], texts: list[str], start: int, end: int) -> str:
    """Return the text of some blocks, of which the first and last may be in the middle of a part."""
    found = []
    n = bisect_right(parts, start, key=lambda part: part.start) - 1
    while n < len(parts) and parts[n].start < end:
        part, text = parts[n], texts[n]
        first = part.lines[0].start
        a = slice_of(blocks[start]).start - first if start > part.start else 0
        b = slice_of(blocks[end]).start - first if end < part.end else len(text)
        found.append(text[a:b])
        n += 1
    return "".join(found)


def find_misplaced(expected: ExpectedDocument, read: list[Block]) -> list[Mismatch]:
    """Return the node that would be taken for a heading, a section, furniture or an entry that it is not."""
    if isinstance(expected.node, Post):
        return []
    if isinstance(expected.node, Weeknote):
        return find_misplaced_in_note(expected, expected.node, read, expected.blocks)
    starts = entry_starts(read, expected.node.dialect, expected.vocabulary, expected.front_matter)
    found = find_misplaced_entry(expected, expected.node, starts)
    at = 0
    for entry in () if found else expected.entries:
        size = len(blocks_of(entry))
        if isinstance(entry, Weeknote):
            heading = at + len(entry.masthead)
            start = note_start(LinesOf(read), heading, words_of(read[heading])) if starts else at
            if start != at:
                return [Mismatch(expected.blocks[min(start, at)], "part of another entry")]
            found = find_misplaced_in_note(expected, entry, read[at : at + size], expected.blocks[at : at + size])
            if found:
                return found
        at += size
    return found


def find_misplaced_entry(expected: ExpectedDocument, node: Archive, starts: dict[int, bool]) -> list[Mismatch]:
    """Return the entry of an archive that would not be read as one, or the block that would begin one.

    `starts` has the indices of the blocks that would begin entries, and whether each would be a weeknote.
    """
    entries = expected.entries
    is_one_note = len(entries) == 1 and isinstance(entries[0], Weeknote)
    if not starts and not is_one_note:
        return [Mismatch(node, "one weeknote, as no heading in it begins an entry")]
    if not starts and node.front_matter is not None:
        return [Mismatch(node.front_matter, "that of the only note")]
    opens: dict[int, bool] = {}
    at = 0
    for n, entry in enumerate(entries):
        if starts and isinstance(entry, Weeknote) and entry.heading is None:
            return [Mismatch(entry, "part of another entry, as it has no heading")]
        if isinstance(entry, Weeknote) or entry.heading is not None:
            heading = at + len(entry.masthead) if isinstance(entry, Weeknote) else at
            opens[heading] = isinstance(entry, Weeknote)
        elif n:
            return [Mismatch(entry, "part of the entry above it, as it has no heading")]
        at += len(blocks_of(entry))
    if not starts and len(entries) == 1:
        return []
    for entry in entries:
        if isinstance(entry, Weeknote) and entry.front_matter is not None:
            return [Mismatch(entry, "a note without front matter, which only the archive can have")]
    odd = min((i for i in {**starts, **opens} if starts.get(i) != opens.get(i)), default=None)
    if odd is None:
        return []
    kind = {True: "the beginning of a weeknote", False: "the beginning of a post", None: "part of the entry above it"}
    blocks = expected.blocks
    return [Mismatch(blocks[odd] if odd < len(blocks) else entries[0], kind[starts.get(odd)])]


def find_misplaced_in_note(
    expected: ExpectedDocument, note: Weeknote, read: list[Block], blocks: list[Block]
) -> list[Mismatch]:
    """Return the node of one note that would be taken for something else."""
    expected_heading = None if note.heading is None else len(note.masthead)
    heading = expected_heading
    if not isinstance(expected.node, Archive) or len(expected.entries) == 1:
        heading = naming_heading(read, note.dialect, expected.front_matter)
    if heading != expected_heading or (note.heading is None and (note.masthead or note.byline)):
        found = "a note that no heading names" if heading is None else "the heading that names the note"
        return [Mismatch(block, found) for block in blocks[heading or 0 :][:1]]
    layout = note_layout(read, heading)
    body = 0 if expected_heading is None else expected_heading + 1 + len(note.byline)
    if layout.body != body:
        found = "part of the byline" if layout.body > body else "part of the text below the byline"
        return [Mismatch(blocks[min(layout.body, body)], found)]
    trailer = len(read) - len(note.trailer)
    if layout.trailer == trailer:
        return []
    found = "the site's furniture" if layout.trailer < trailer else "part of the note"
    return [Mismatch(blocks[min(layout.trailer, trailer)], found)]


def find_front_matter_mismatch(expected: ExpectedDocument, before: str, texts: list[str]) -> list[Mismatch]:
    """Return the node that would be read as front matter, or the front matter that would not be."""
    text = before + "".join(texts)
    start = after_bom(text)
    if start and not before:
        return [Mismatch(block, "a byte order mark") for block in expected.blocks[:1]]
    read = find(text, start) if expected.node.dialect == "markdown" else None
    matter = expected.front_matter
    if matter is None:
        return [] if read is None else [Mismatch(next(iter(expected.blocks), expected.node), "front matter")]
    raw = None if read is None else text[start : read.end].removesuffix("\n").removesuffix("\r")
    good = raw is not None and raw.replace("\r\n", "\n").replace("\r", "\n") == matter.raw
    if good and read is not None and read.kind == matter.kind:
        return []
    return [
        Mismatch(matter, "the text of the note" if read is None else f"other front matter, of the kind {read.kind}")
    ]


def explain_mismatch(mismatch: Mismatch, dialect: str) -> str:
    """Return what a node would be read as, with its words, and what to do."""
    node = mismatch.node
    name = f"{type(node).__name__} ({excerpt(node)})"
    if node.position is None:
        return f"this {name} would be read as something else in {dialect}: {mismatch.found}; reword it or move it"
    return (
        f"after this edit, the {name} read from line {node.position.start.line} would be something else in {dialect}: "
        f"{mismatch.found}; change it too, or the blocks next to it"
    )
