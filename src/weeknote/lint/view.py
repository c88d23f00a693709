"""What rules about any words look at: a text walked once for all of them, with what several of them ask of a paragraph.

A view lives as long as one judging of one text, so nothing in it can go stale.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from weeknote.lint.positions import masked_text, walk_blocks
from weeknote.lint.rule import Rule, rule
from weeknote.nodes.block import Code, Heading, Paragraph
from weeknote.nodes.document import Weeknote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from weeknote.lint.rule import Finding, LintSettings
    from weeknote.nodes.block import Node
    from weeknote.nodes.document import Archive, Post
    from weeknote.source import Slice


class Leaf:
    """A paragraph or heading.

    Attributes:
        node: the node.
        where: its slice; None if it was built.
        raw: its text as it was read, `""` if it was built.
        markdown: whether it was read from Markdown.
    """

    def __init__(self, node: Paragraph | Heading) -> None:
        self.node = node
        self.where: Slice | None = node.slice
        self.raw = "" if self.where is None else self.where.text
        self.markdown = self.where is not None and self.where.source.reader.name != "text"

    @functools.cached_property
    def words(self) -> str:
        """Its words as plain text."""
        return self.node.text

    @functools.cached_property
    def masked_text(self) -> tuple[str, int]:
        """Its text with what is no words blotted out, and where that begins: see `spelling`."""
        return masked_text(self.node)


class TextView:
    """A note, archive or post as rules of the scope `"text"` look at it.

    Args:
        root: the note, archive or post.
    """

    def __init__(self, root: Weeknote | Archive | Post) -> None:
        self.root = root

    @functools.cached_property
    def blocks(self) -> tuple[Node, ...]:
        """The root, and its blocks, list items and sections, in the order of the text."""
        return tuple(walk_blocks(self.root))

    @functools.cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """The paragraphs and headings, the trailer's too, in the order of the text."""
        return tuple(Leaf(node) for node in self.blocks if isinstance(node, (Paragraph, Heading)))

    @functools.cached_property
    def code(self) -> tuple[Slice, ...]:
        """The ranges of the source that are blocks of code."""
        return tuple(node.slice for node in self.blocks if isinstance(node, Code) and node.slice is not None)

    def is_code(self, offset: int) -> bool:
        """Tell whether a place in the source stands in a block of code."""
        return any(where.start <= offset < where.end for where in self.code)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield every row of neighbouring blocks: an intro, a section's blocks, those of an item or a quotation."""
        for node in self.blocks:
            if isinstance(node, Weeknote):
                yield node.intro
            elif "blocks" in node.parts:
                yield node.blocks  # type: ignore[attr-defined] # `parts` names it


def text_rule(
    code: str, name: str, levels: str
) -> Callable[[Callable[[TextView, LintSettings], Iterable[Finding]]], Rule]:
    """Return a decorator that makes a rule about any words of a function that takes a `View`.

    The rule takes a view, and also a note, archive or post, as rules of the other scopes do. Arguments and docstring
    are those of `rule`.
    """

    def made(find: Callable[[TextView, LintSettings], Iterable[Finding]]) -> Rule:
        @functools.wraps(find)
        def look(seen: TextView | Weeknote | Archive | Post, settings: LintSettings) -> Iterable[Finding]:
            return find(seen if isinstance(seen, TextView) else TextView(seen), settings)

        return rule(code, name, levels, "text")(look)

    return made
