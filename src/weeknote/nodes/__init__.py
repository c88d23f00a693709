"""The node classes: blocks, inline nodes, and the documents that hold them. Named as mdast names them."""

from __future__ import annotations

from weeknote.nodes.base import Node
from weeknote.nodes.block import (
    Block,
    Blockquote,
    Code,
    Definition,
    FootnoteDefinition,
    Heading,
    List,
    ListItem,
    Paragraph,
    Table,
    TableCell,
    TableRow,
    ThematicBreak,
)
from weeknote.nodes.document import Archive, Context, Post, Weeknote
from weeknote.nodes.front_matter import FrontMatter
from weeknote.nodes.inline import (
    Break,
    Delete,
    Emphasis,
    FootnoteReference,
    Html,
    Image,
    Inline,
    InlineCode,
    Link,
    Strong,
    Text,
)
from weeknote.nodes.section import Section, SectionTree

__all__ = [
    "Archive",
    "Block",
    "Blockquote",
    "Break",
    "Code",
    "Context",
    "Definition",
    "Delete",
    "Emphasis",
    "FootnoteDefinition",
    "FootnoteReference",
    "FrontMatter",
    "Heading",
    "Html",
    "Image",
    "Inline",
    "InlineCode",
    "Link",
    "List",
    "ListItem",
    "Node",
    "Paragraph",
    "Post",
    "Section",
    "SectionTree",
    "Strong",
    "Table",
    "TableCell",
    "TableRow",
    "Text",
    "ThematicBreak",
    "Weeknote",
]
