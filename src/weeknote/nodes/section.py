"""A section of a note, and the sections below it as a tree."""

from __future__ import annotations

from typing import ClassVar

import attrs

from weeknote.headings.roles import VOCABULARY, Role, Vocabulary
from weeknote.nodes.base import BlockNode, of_kind
from weeknote.nodes.block import Block, Heading, as_blocks


def _heading(given: Heading) -> Heading:
    return of_kind(given, (Heading,))


@attrs.frozen
class Section(BlockNode):
    """A heading and the blocks under it, up to the next heading.

    Attributes:
        heading: the heading.
        blocks: the blocks under it.

    >>> from weeknote import Heading, Paragraph, Section, Text
    >>> str(Section(Heading(2, [Text("Something I’m learning")]), [Paragraph([Text("To wait.")])]).role)
    'learning'
    """

    parts: ClassVar[tuple[str, ...]] = ("heading", "blocks")

    heading: Heading = attrs.field(converter=_heading)
    blocks: tuple[Block, ...] = attrs.field(default=(), converter=as_blocks)
    vocabulary: Vocabulary = attrs.field(default=VOCABULARY, eq=False, repr=False, kw_only=True)

    @property
    def title(self) -> str:
        """The heading as plain text."""
        return self.heading.text

    @property
    def text(self) -> str:
        r"""The heading and the blocks as plain text, with a blank line between two.

        >>> Section(Heading(2, "Learning"), "To wait.").text
        'Learning\n\nTo wait.'
        """
        return "\n\n".join(text for block in (self.heading, *self.blocks) if (text := block.text))

    @property
    def depth(self) -> int:
        """The heading's depth, 1 to 6."""
        return self.heading.depth

    @property
    def role(self) -> Role:
        """What the section is for, by its heading."""
        return self.vocabulary.role(self.title)


@attrs.frozen
class SectionTree:
    """A section and the deeper ones that follow it, as `Weeknote.outline` has them.

    Attributes:
        section: the section.
        subsections: the trees of the sections directly below it.
    """

    section: Section
    subsections: tuple[SectionTree, ...] = ()
