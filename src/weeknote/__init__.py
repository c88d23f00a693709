"""Read and write weeknotes: text to typed objects and back, to the byte.

`parse` and `dump` are the two verbs; `read` and `write` are the same for files. Here are the verbs, the documents and
the errors. The rest is in the packages: `weeknote.nodes` (blocks and inline nodes, which can be imported from here too;
types for annotations), `weeknote.headings` (headings without a note, the vocabulary), `weeknote.lint`,
`weeknote.conversion`, `weeknote.series`, `weeknote.web`, `weeknote.errors` and `weeknote.source`. Names are imported on
first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weeknote.lazy import import_on_first_use

if TYPE_CHECKING:
    from weeknote.codec.dump import dump as dump
    from weeknote.codec.files import read as read
    from weeknote.codec.files import read_any as read_any
    from weeknote.codec.files import read_archive as read_archive
    from weeknote.codec.files import write as write
    from weeknote.codec.inline import parse_inline as parse_inline
    from weeknote.codec.parse import parse as parse
    from weeknote.codec.parse import parse_any as parse_any
    from weeknote.codec.parse import parse_archive as parse_archive
    from weeknote.conversion.convert import convert as convert
    from weeknote.conversion.json import from_dict as from_dict
    from weeknote.conversion.json import to_dict as to_dict
    from weeknote.conversion.normalize import normalize as normalize
    from weeknote.editing.note import add_section as add_section
    from weeknote.editing.note import remove_front_matter as remove_front_matter
    from weeknote.editing.note import rename_section as rename_section
    from weeknote.editing.note import set_front_matter as set_front_matter
    from weeknote.editing.note import set_title as set_title
    from weeknote.editing.transformer import Transformer as Transformer
    from weeknote.editing.tree import append as append
    from weeknote.editing.tree import find_section as find_section
    from weeknote.editing.tree import insert_after as insert_after
    from weeknote.editing.tree import insert_before as insert_before
    from weeknote.editing.tree import remove as remove
    from weeknote.editing.tree import replace as replace
    from weeknote.editing.tree import replace_many as replace_many
    from weeknote.editing.week import set_weeks as set_weeks
    from weeknote.errors import AmbiguousError as AmbiguousError
    from weeknote.errors import CannotExpressError as CannotExpressError
    from weeknote.errors import InvalidDictError as InvalidDictError
    from weeknote.errors import NotFoundError as NotFoundError
    from weeknote.errors import NotTextError as NotTextError
    from weeknote.errors import UnknownDialectError as UnknownDialectError
    from weeknote.errors import WeeknoteError as WeeknoteError
    from weeknote.headings.roles import Role as Role
    from weeknote.headings.weeks import Week as Week
    from weeknote.lint.checker import InvalidNoteError as InvalidNoteError
    from weeknote.lint.checker import check as check
    from weeknote.lint.checker import fix as fix
    from weeknote.lint.checker import validate as validate
    from weeknote.nodes.block import Blockquote as Blockquote
    from weeknote.nodes.block import Break as Break
    from weeknote.nodes.block import Code as Code
    from weeknote.nodes.block import Definition as Definition
    from weeknote.nodes.block import Delete as Delete
    from weeknote.nodes.block import Emphasis as Emphasis
    from weeknote.nodes.block import FootnoteDefinition as FootnoteDefinition
    from weeknote.nodes.block import FootnoteReference as FootnoteReference
    from weeknote.nodes.block import Heading as Heading
    from weeknote.nodes.block import Html as Html
    from weeknote.nodes.block import Image as Image
    from weeknote.nodes.block import InlineCode as InlineCode
    from weeknote.nodes.block import Link as Link
    from weeknote.nodes.block import List as List
    from weeknote.nodes.block import ListItem as ListItem
    from weeknote.nodes.block import Paragraph as Paragraph
    from weeknote.nodes.block import Strong as Strong
    from weeknote.nodes.block import Table as Table
    from weeknote.nodes.block import TableCell as TableCell
    from weeknote.nodes.block import TableRow as TableRow
    from weeknote.nodes.block import Text as Text
    from weeknote.nodes.block import ThematicBreak as ThematicBreak
    from weeknote.nodes.document import Archive as Archive
    from weeknote.nodes.document import Post as Post
    from weeknote.nodes.document import Weeknote as Weeknote
    from weeknote.nodes.front_matter import FrontMatter as FrontMatter
    from weeknote.nodes.section import Section as Section
    from weeknote.nodes.traversal import find_all as find_all
    from weeknote.nodes.traversal import walk as walk
    from weeknote.series.items import items as items
    from weeknote.series.timeline import timeline as timeline
    from weeknote.version import __version__ as __version__
    from weeknote.web.from_feed import from_feed as from_feed
    from weeknote.web.from_html import from_html as from_html
    from weeknote.web.to_feed import to_feed as to_feed
    from weeknote.web.to_html import to_html as to_html

import_on_first_use(
    __name__,
    {
        "codec.parse": ("parse", "parse_any", "parse_archive"),
        "codec.dump": ("dump",),
        "codec.files": ("read", "read_any", "read_archive", "write"),
        "codec.inline": ("parse_inline",),
        "conversion.normalize": ("normalize",),
        "conversion.convert": ("convert",),
        "conversion.json": ("from_dict", "to_dict"),
        "editing.tree": (
            "append",
            "find_section",
            "insert_after",
            "insert_before",
            "remove",
            "replace",
            "replace_many",
        ),
        "editing.note": ("add_section", "remove_front_matter", "rename_section", "set_front_matter", "set_title"),
        "editing.week": ("set_weeks",),
        "editing.transformer": ("Transformer",),
        "nodes.traversal": ("find_all", "walk"),
        "lint.checker": ("InvalidNoteError", "check", "fix", "validate"),
        "series.timeline": ("timeline",),
        "series.items": ("items",),
        "web.from_html": ("from_html",),
        "web.from_feed": ("from_feed",),
        "web.to_html": ("to_html",),
        "web.to_feed": ("to_feed",),
        "headings.weeks": ("Week",),
        "headings.roles": ("Role",),
        "nodes.document": ("Archive", "Post", "Weeknote"),
        "nodes.section": ("Section",),
        "nodes.front_matter": ("FrontMatter",),
        "version": ("__version__",),
        "errors": (
            "AmbiguousError",
            "CannotExpressError",
            "InvalidDictError",
            "NotFoundError",
            "NotTextError",
            "UnknownDialectError",
            "WeeknoteError",
        ),
    },
    shared={
        "nodes": (
            "Blockquote",
            "Break",
            "Code",
            "Definition",
            "Delete",
            "Emphasis",
            "FootnoteDefinition",
            "FootnoteReference",
            "Heading",
            "Html",
            "Image",
            "InlineCode",
            "Link",
            "List",
            "ListItem",
            "Paragraph",
            "Strong",
            "Table",
            "TableCell",
            "TableRow",
            "Text",
            "ThematicBreak",
        ),
    },
)
