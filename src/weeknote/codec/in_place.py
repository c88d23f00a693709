"""An edited note as its own text with a few characters changed, where no block was added, moved or removed.

Most edits come to no more than this, and need none of the writer's lines and seams. The others are left to the writer.
"""

from __future__ import annotations

from operator import is_not
from typing import TYPE_CHECKING

import attrs

from weeknote.codec.verify import list_matches
from weeknote.front_matter.detection import find
from weeknote.markdown.block_writer import MarkdownWriter
from weeknote.markdown.local_edits import local_change
from weeknote.nodes.base import set_field
from weeknote.nodes.block import FootnoteDefinition, List, Paragraph, Parent, contents, slice_of
from weeknote.nodes.document import Weeknote, blocks_of
from weeknote.source import after_bom
from weeknote.syntax.block_writer import LINE_ENDS, WrittenBlocks
from weeknote.syntax.boilerplate import line_of
from weeknote.syntax.leaf_edits import Change, changed_text
from weeknote.syntax.lines import is_blank, joined
from weeknote.syntax.page_parts import is_only_body
from weeknote.syntax.style import style_of
from weeknote.syntax.write_context import WriteContext

if TYPE_CHECKING:
    from weeknote.nodes.block import Block, ListItem

LIST_STARTS = " \t-+*0123456789"
"""The first characters of a line that may continue the list above it (CommonMark 5.2, 5.3)."""


def text_in_place(note: Weeknote) -> str | None:
    """Return the text of a note if only words within lines were edited and items added to lists; None otherwise.

    Args:
        note: an edited note.

    Raises:
        CannotExpressError: an added item cannot be written.
    """
    origin = note.origin
    if type(origin) is not Weeknote or note.dialect != "markdown":
        return None
    source = slice_of(origin).source
    if source.reader.mdx or slice_of(origin).text != source.text or note.lead != origin.lead:
        return None
    if (
        note.heading is not origin.heading
        or note.front_matter is not origin.front_matter
        or note.masthead is not origin.masthead
        or note.byline is not origin.byline
        or note.trailer is not origin.trailer
    ):
        # These parts depend on each other.
        return None
    edited = edited_blocks(note, origin)
    if edited is None:
        return None
    # Right below itself, the title would be part of the byline.
    title = note.heading.text if note.heading is not None and note.intro is not origin.intro else None
    changes: list[Change] = []
    for block, read in edited:
        if type(block) is Paragraph:
            found = None if note.masthead else paragraph_changes(block, read, title)
        else:
            found = changes_in(block, read, note)
        if found is None:
            return None
        changes += found
    text = changed_text(slice_of(origin), changes)
    if note.front_matter is None and not text.startswith("#") and find(text, after_bom(text)) is not None:
        return None
    return text


def edited_blocks(note: Weeknote, origin: Weeknote) -> list[tuple[Block, Block]] | None:
    """Return the blocks of a note that were edited, each with the one in its place before; None if others were added.

    The blocks above the first heading decide what it is, so they must be unchanged.
    """
    if len(note.sections) != len(origin.sections) or (note.heading is None and note.intro is not origin.intro):
        return None
    rows = [(note.intro, origin.intro)]
    for section, before in zip(note.sections, origin.sections, strict=True):
        if section is not before:
            if section.heading is not before.heading:
                return None
            rows.append((section.blocks, before.blocks))
    found = []
    for blocks, read in rows:
        if blocks is not read:
            if len(blocks) != len(read):
                return None
            found += [(new, old) for new, old in zip(blocks, read, strict=True) if new is not old]
    return found


def changes_in(block: Block, read: Block, note: Weeknote) -> list[Change] | None:
    """Return the changes to the source that an edited block makes; None if they go beyond it or its lines.

    Args:
        block: the block.
        read: the one that was read in its place.
        note: the note that it is in.
    """
    if isinstance(block, List) and len(block.items) > len(contents(read)):
        return added_items(block, read, note)
    found: list[Change] = []
    stack: list[tuple[Block | ListItem, Block | ListItem]] = [(block, read)]
    while stack:
        new, old = stack.pop()
        if type(new) is Paragraph:
            change = local_change(new, old)
            if change is None:
                return None
            found.append(change)
        elif isinstance(new, Parent) and isinstance(old, Parent) and new.origin is old and are_alike(new, old):
            pairs = [pair for pair in zip(contents(new), contents(old), strict=True) if pair[0] is not pair[1]]
            stack += reversed(pairs)
        else:
            return None
    return found


def are_alike(new: Parent, old: Parent) -> bool:
    """Return whether two containers have the same attributes and the same number of blocks."""
    if len(contents(new)) != len(contents(old)):
        return False
    if isinstance(new, List) and isinstance(old, List):
        return new.ordered == old.ordered and new.start == old.start
    return not (isinstance(new, FootnoteDefinition) and isinstance(old, FootnoteDefinition)) or new.label == old.label


def paragraph_changes(block: Paragraph, read: Block, title: str | None) -> list[Change] | None:
    """Return the change to a paragraph that is in no container; None if it may change what the parts of a note are.

    Args:
        block: the paragraph.
        read: the block that was read in its place.
        title: a line that it must not be.
    """
    change = local_change(block, read)
    if change is None:
        return None
    where = slice_of(read)
    lines = line_of(where.text, "markdown"), line_of(changed_text(where, [change]), "markdown")
    return [change] if all(map(is_only_body, lines)) and (title is None or title not in lines) else None


def added_items(block: List, read: Block, note: Weeknote) -> list[Change] | None:
    """Return the change to a list, in no container, that got items at its end; None if it may go beyond the list."""
    if not isinstance(read, List) or block.origin is not read:
        return None
    source, end, known = slice_of(read).source, slice_of(read).end, len(read.items)
    if any(map(is_not, block.items, read.items)) or not all(map(is_paragraph, block.items[known:])):
        return None
    start = slice_of(read).start
    if not block.ordered:
        # What comes before the last item that was read does not matter.
        start = source.line_start(slice_of(read.items[-1]).start)
        block = attrs.evolve(block, items=block.items[known - 1 :])
        set_field(block, "origin", read)
    context = WriteContext(source.reader, note.newline, lambda: style_of(blocks_of(note), note.dialect))
    context.definitions, context.footnotes = source.definitions, source.footnotes
    lines = MarkdownWriter(context).write_list(block, "", "", in_place=True)
    below = source.text[end : end + 1]
    is_apart = is_blank(lines[-1], "") and below not in LIST_STARTS if below else source.text.endswith(LINE_ENDS)
    if not is_apart or not list_matches(block, WrittenBlocks(lines, 0, 1, kept=False, touching=False), context):
        return None
    return [Change(start, end, joined(lines))]


def is_paragraph(item: ListItem) -> bool:
    """Return whether an item is one paragraph."""
    return len(item.blocks) == 1 and type(item.blocks[0]) is Paragraph
