"""Read and write weeknotes: text to typed objects and back, to the byte.

`parse` and `dump` are the two verbs; `read` and `write` are the same for files. Names are imported on first use, so
that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from weeknote.codec.dump import dump as dump
    from weeknote.codec.files import read as read
    from weeknote.codec.files import read_any as read_any
    from weeknote.codec.files import read_archive as read_archive
    from weeknote.codec.files import write as write
    from weeknote.codec.inline import parse_inline as parse_inline
    from weeknote.codec.parse import dialect_of as dialect_of
    from weeknote.codec.parse import parse as parse
    from weeknote.codec.parse import parse_any as parse_any
    from weeknote.codec.parse import parse_archive as parse_archive
    from weeknote.conversion.convert import Conversion as Conversion
    from weeknote.conversion.convert import Loss as Loss
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
    from weeknote.errors import InvalidFeedError as InvalidFeedError
    from weeknote.errors import MissingExtraError as MissingExtraError
    from weeknote.errors import NotFoundError as NotFoundError
    from weeknote.errors import NotTextError as NotTextError
    from weeknote.errors import TextTypeError as TextTypeError
    from weeknote.errors import TooLargeError as TooLargeError
    from weeknote.errors import UndatedNoteError as UndatedNoteError
    from weeknote.errors import UnknownDialectError as UnknownDialectError
    from weeknote.errors import WeeknoteError as WeeknoteError
    from weeknote.headings.numbers import Episode as Episode
    from weeknote.headings.roles import VOCABULARY as VOCABULARY
    from weeknote.headings.roles import Role as Role
    from weeknote.headings.roles import Vocabulary as Vocabulary
    from weeknote.headings.title import Title as Title
    from weeknote.headings.title import read_title as read_title
    from weeknote.headings.week_writer import format_weeks as format_weeks
    from weeknote.headings.weeks import Week as Week
    from weeknote.lint.base import LintSettings as LintSettings
    from weeknote.lint.checker import InvalidNoteError as InvalidNoteError
    from weeknote.lint.checker import check as check
    from weeknote.lint.checker import fix as fix
    from weeknote.lint.checker import validate as validate
    from weeknote.lint.diagnostics import Diagnostic as Diagnostic
    from weeknote.lint.diagnostics import Severity as Severity
    from weeknote.lint.structure import SectionSpec as SectionSpec
    from weeknote.lint.structure import Structure as Structure
    from weeknote.nodes.block import Block as Block
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
    from weeknote.nodes.block import Inline as Inline
    from weeknote.nodes.block import InlineCode as InlineCode
    from weeknote.nodes.block import Link as Link
    from weeknote.nodes.block import List as List
    from weeknote.nodes.block import ListItem as ListItem
    from weeknote.nodes.block import Node as Node
    from weeknote.nodes.block import Paragraph as Paragraph
    from weeknote.nodes.block import Strong as Strong
    from weeknote.nodes.block import Table as Table
    from weeknote.nodes.block import TableCell as TableCell
    from weeknote.nodes.block import TableRow as TableRow
    from weeknote.nodes.block import Text as Text
    from weeknote.nodes.block import ThematicBreak as ThematicBreak
    from weeknote.nodes.document import Archive as Archive
    from weeknote.nodes.document import Context as Context
    from weeknote.nodes.document import Post as Post
    from weeknote.nodes.document import Section as Section
    from weeknote.nodes.document import SectionTree as SectionTree
    from weeknote.nodes.document import Weeknote as Weeknote
    from weeknote.nodes.front_matter import FrontMatter as FrontMatter
    from weeknote.nodes.traversal import find_all as find_all
    from weeknote.nodes.traversal import walk as walk
    from weeknote.series.timeline import Confidence as Confidence
    from weeknote.series.timeline import Evidence as Evidence
    from weeknote.series.timeline import Placed as Placed
    from weeknote.series.timeline import timeline as timeline

    __version__: str
    from weeknote.series.items import Item as Item
    from weeknote.series.items import items as items
    from weeknote.source import Point as Point
    from weeknote.source import Position as Position
    from weeknote.source import Slice as Slice
    from weeknote.web.assembly import Imported as Imported
    from weeknote.web.from_feed import from_feed as from_feed
    from weeknote.web.from_html import from_html as from_html
    from weeknote.web.to_feed import to_feed as to_feed
    from weeknote.web.to_html import to_html as to_html

_HOMES = {
    "source": ("Point", "Position", "Slice"),
    "headings.numbers": ("Episode",),
    "headings.title": ("Title", "read_title"),
    "conversion.normalize": ("normalize",),
    "conversion.convert": ("Conversion", "Loss", "convert"),
    "lint.base": ("LintSettings",),
    "lint.checker": ("InvalidNoteError", "check", "fix", "validate"),
    "lint.diagnostics": ("Diagnostic", "Severity"),
    "lint.structure": ("SectionSpec", "Structure"),
    "conversion.json": ("from_dict", "to_dict"),
    "editing.transformer": ("Transformer",),
    "editing.tree": ("append", "find_section", "insert_after", "insert_before", "remove", "replace", "replace_many"),
    "errors": (
        "InvalidFeedError",
        "MissingExtraError",
        "TooLargeError",
        "UndatedNoteError",
        "AmbiguousError",
        "CannotExpressError",
        "InvalidDictError",
        "NotFoundError",
        "NotTextError",
        "TextTypeError",
        "UnknownDialectError",
        "WeeknoteError",
    ),
    "codec.files": ("read", "read_any", "read_archive", "write"),
    "nodes.block": (
        "Block",
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
        "Inline",
        "InlineCode",
        "Link",
        "List",
        "ListItem",
        "Node",
        "Paragraph",
        "Strong",
        "Table",
        "TableCell",
        "TableRow",
        "Text",
        "ThematicBreak",
    ),
    "nodes.document": ("Archive", "Context", "Post", "Section", "SectionTree", "Weeknote"),
    "nodes.front_matter": ("FrontMatter",),
    "codec.inline": ("parse_inline",),
    "codec.parse": ("dialect_of", "parse", "parse_any", "parse_archive"),
    "editing.note": ("add_section", "remove_front_matter", "rename_section", "set_front_matter", "set_title"),
    "editing.week": ("set_weeks",),
    "headings.roles": ("VOCABULARY", "Role", "Vocabulary"),
    "nodes.traversal": ("find_all", "walk"),
    "headings.week_writer": ("format_weeks",),
    "headings.weeks": ("Week",),
    "codec.dump": ("dump",),
    "series.timeline": ("Confidence", "Evidence", "Placed", "timeline"),
    "series.items": ("Item", "items"),
    "web.assembly": ("Imported",),
    "web.from_feed": ("from_feed",),
    "web.from_html": ("from_html",),
    "web.to_feed": ("to_feed",),
    "web.to_html": ("to_html",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME)  # one table says where each public name lives


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version(__name__)
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*globals(), *_HOME]
