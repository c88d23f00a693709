"""What rules about text look at: the blocks of a note, walked once for all rules."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from weeknote.lint.base import Rule, rule
from weeknote.lint.positions import masked_source, walk_blocks
from weeknote.nodes.block import Blockquote, Code, FootnoteDefinition, Heading, Html, ListItem, Paragraph, Table
from weeknote.nodes.document import Post, Weeknote
from weeknote.nodes.section import Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from weeknote.lint.base import Finding, LintSettings
    from weeknote.nodes.block import Block, Node
    from weeknote.nodes.document import Archive
    from weeknote.source import Slice


class Leaf:
    """A paragraph or heading.

    Attributes:
        node: the node.
        slice: its slice; None if it was built.
        source_text: its text as written; `""` if it was built.
        is_markdown: whether it was parsed from Markdown.
    """

    def __init__(self, node: Paragraph | Heading) -> None:
        self.node = node
        self.slice: Slice | None = node.slice
        self.source_text: str = "" if self.slice is None else self.slice.text
        self.is_markdown: bool = self.slice is not None and self.slice.source.reader.name != "text"

    @functools.cached_property
    def plain_text(self) -> str:
        """Its words as plain text."""
        return self.node.text

    @functools.cached_property
    def masked(self) -> tuple[str, int]:
        """Its source with everything but words masked, and the offset it starts at; see `masked_source`."""
        return masked_source(self.node)

    @functools.cached_property
    def unlinked(self) -> tuple[str, int]:
        """The same, with links masked too."""
        return masked_source(self.node, with_links=False)


class TextView:
    """A note, archive or post, as rules of the scope `"text"` see it. It lives for one `check` only.

    Args:
        root: the note, archive or post.
    """

    def __init__(self, root: Weeknote | Archive | Post) -> None:
        self.root = root

    @functools.cached_property
    def blocks(self) -> tuple[Node, ...]:
        """The root and all blocks, list items and sections in it, in text order."""
        return tuple(walk_blocks(self.root))

    @functools.cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """The paragraphs and headings, including those of the trailer, in text order."""
        return tuple(Leaf(node) for node in self.blocks if isinstance(node, (Paragraph, Heading)))

    @functools.cached_property
    def code(self) -> tuple[Slice, ...]:
        """The slices of the code blocks."""
        return tuple(node.slice for node in self.blocks if isinstance(node, Code) and node.slice is not None)

    @functools.cached_property
    def masked(self) -> tuple[str, int]:
        r"""The source with code, HTML and inline markup masked, and its offset."""
        where = self.root.slice
        if where is None:
            return "", 0
        pieces: list[str] = []
        done = where.start
        leaves = iter(self.leaves)
        for node in self.blocks:
            part = node.slice
            leaf = next(leaves) if isinstance(node, (Paragraph, Heading)) else None
            if part is None or not (leaf is not None or isinstance(node, (Code, Html, Table))):
                continue
            if leaf is not None:
                masked = leaf.masked[0]
            else:
                masked = masked_source(node)[0] if isinstance(node, Table) else "\x00" * (part.end - part.start)
            pieces += [where.source.text[done : part.start], masked]
            done = part.end
        return "".join([*pieces, where.source.text[done : where.end]]), where.start

    def is_code(self, offset: int) -> bool:
        """Return whether an offset in the source is inside a code block."""
        return any(where.start <= offset < where.end for where in self.code)

    def sibling_rows(self) -> Iterator[tuple[Block, ...]]:
        """Yield each row of sibling blocks: an intro, the blocks of a section, of a list item and so on."""
        for node in self.blocks:
            if isinstance(node, Weeknote):
                yield node.intro
            elif isinstance(node, (Section, Post, ListItem, Blockquote, FootnoteDefinition)):
                yield node.blocks


def text_rule(
    code: str, name: str, levels: str
) -> Callable[[Callable[[TextView, LintSettings], Iterable[Finding]]], Rule]:
    """Return a decorator that turns a function of a `TextView` into a rule of the scope `"text"`.

    The rule also accepts a note, archive or post. Arguments and docstring are those of `rule`.
    """

    def decorate(find: Callable[[TextView, LintSettings], Iterable[Finding]]) -> Rule:
        @functools.wraps(find)
        def find_in(target: TextView | Weeknote | Archive | Post, settings: LintSettings) -> Iterable[Finding]:
            return find(target if isinstance(target, TextView) else TextView(target), settings)

        return rule(code, name, levels, "text")(find_in)

    return decorate
