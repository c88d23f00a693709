"""Read and write weeknotes: text to typed objects and back, to the byte.

`parse` and `dump` are the two verbs; `read` and `write` are the same for files. Names are imported on first use, so
that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from weeknote._source import Point as Point
    from weeknote._source import Position as Position
    from weeknote._source import Slice as Slice
    from weeknote._title import Episode as Episode
    from weeknote._title import Title as Title
    from weeknote._title import read_title as read_title
    from weeknote.canonical import normalize as normalize
    from weeknote.conversion import Conversion as Conversion
    from weeknote.conversion import Loss as Loss
    from weeknote.conversion import convert as convert
    from weeknote.diagnostics import Diagnostic as Diagnostic
    from weeknote.diagnostics import Edit as Edit
    from weeknote.diagnostics import Fix as Fix
    from weeknote.diagnostics import Severity as Severity
    from weeknote.dicts import from_dict as from_dict
    from weeknote.dicts import to_dict as to_dict
    from weeknote.edit import append as append
    from weeknote.edit import find_section as find_section
    from weeknote.edit import insert_after as insert_after
    from weeknote.edit import insert_before as insert_before
    from weeknote.edit import remove as remove
    from weeknote.edit import replace as replace
    from weeknote.edit import swap as swap
    from weeknote.errors import Ambiguous as Ambiguous
    from weeknote.errors import CannotExpress as CannotExpress
    from weeknote.errors import InvalidDict as InvalidDict
    from weeknote.errors import NotFound as NotFound
    from weeknote.errors import NotText as NotText
    from weeknote.errors import NotTextType as NotTextType
    from weeknote.errors import UnknownDialect as UnknownDialect
    from weeknote.errors import WeeknoteError as WeeknoteError
    from weeknote.files import read as read
    from weeknote.files import read_any as read_any
    from weeknote.files import read_archive as read_archive
    from weeknote.files import write as write
    from weeknote.judging import Facts as Facts
    from weeknote.judging import InvalidNote as InvalidNote
    from weeknote.judging import check as check
    from weeknote.judging import check_series as check_series
    from weeknote.judging import facts_of as facts_of
    from weeknote.judging import fix as fix
    from weeknote.judging import validate as validate
    from weeknote.model import Block as Block
    from weeknote.model import Blockquote as Blockquote
    from weeknote.model import Break as Break
    from weeknote.model import Code as Code
    from weeknote.model import Definition as Definition
    from weeknote.model import Delete as Delete
    from weeknote.model import Emphasis as Emphasis
    from weeknote.model import FootnoteDefinition as FootnoteDefinition
    from weeknote.model import FootnoteReference as FootnoteReference
    from weeknote.model import Heading as Heading
    from weeknote.model import Html as Html
    from weeknote.model import Image as Image
    from weeknote.model import Inline as Inline
    from weeknote.model import InlineCode as InlineCode
    from weeknote.model import Link as Link
    from weeknote.model import List as List
    from weeknote.model import ListItem as ListItem
    from weeknote.model import Node as Node
    from weeknote.model import Paragraph as Paragraph
    from weeknote.model import Strong as Strong
    from weeknote.model import Table as Table
    from weeknote.model import TableCell as TableCell
    from weeknote.model import TableRow as TableRow
    from weeknote.model import Text as Text
    from weeknote.model import ThematicBreak as ThematicBreak
    from weeknote.note import Archive as Archive
    from weeknote.note import Context as Context
    from weeknote.note import FrontMatter as FrontMatter
    from weeknote.note import Post as Post
    from weeknote.note import Section as Section
    from weeknote.note import Weeknote as Weeknote
    from weeknote.parser import dialect_of as dialect_of
    from weeknote.parser import parse as parse
    from weeknote.parser import parse_any as parse_any
    from weeknote.parser import parse_archive as parse_archive
    from weeknote.revise import add_section as add_section
    from weeknote.revise import rename_section as rename_section
    from weeknote.revise import set_front_matter as set_front_matter
    from weeknote.revise import set_title as set_title
    from weeknote.revise import set_weeks as set_weeks
    from weeknote.roles import VOCABULARY as VOCABULARY
    from weeknote.roles import Role as Role
    from weeknote.roles import Vocabulary as Vocabulary
    from weeknote.rules import PROFILES as PROFILES
    from weeknote.rules import RULES as RULES
    from weeknote.rules import Rule as Rule
    from weeknote.rules import Settings as Settings
    from weeknote.rules import UnknownProfile as UnknownProfile
    from weeknote.rules import UnknownRule as UnknownRule
    from weeknote.rules import matching as matching
    from weeknote.rules import page as page
    from weeknote.rules import rule as rule
    from weeknote.structure import BadStructure as BadStructure
    from weeknote.structure import Part as Part
    from weeknote.structure import Structure as Structure
    from weeknote.structure import derive as derive
    from weeknote.traverse import find_all as find_all
    from weeknote.traverse import walk as walk
    from weeknote.weeks import Week as Week
    from weeknote.weeks import format_weeks as format_weeks
    from weeknote.writer import dump as dump

_HOMES = {
    "_source": ("Point", "Position", "Slice"),
    "_title": ("Episode", "Title", "read_title"),
    "canonical": ("normalize",),
    "conversion": ("Conversion", "Loss", "convert"),
    "diagnostics": ("Diagnostic", "Edit", "Fix", "Severity"),
    "judging": ("Facts", "InvalidNote", "check", "check_series", "facts_of", "fix", "validate"),
    "rules": ("PROFILES", "RULES", "Rule", "Settings", "UnknownProfile", "UnknownRule", "matching", "page", "rule"),
    "structure": ("BadStructure", "Part", "Structure", "derive"),
    "dicts": ("from_dict", "to_dict"),
    "edit": ("append", "find_section", "insert_after", "insert_before", "remove", "replace", "swap"),
    "errors": (
        "Ambiguous",
        "CannotExpress",
        "InvalidDict",
        "NotFound",
        "NotText",
        "NotTextType",
        "UnknownDialect",
        "WeeknoteError",
    ),
    "files": ("read", "read_any", "read_archive", "write"),
    "model": (
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
    "note": ("Archive", "Context", "FrontMatter", "Post", "Section", "Weeknote"),
    "parser": ("dialect_of", "parse", "parse_any", "parse_archive"),
    "revise": ("add_section", "rename_section", "set_front_matter", "set_title", "set_weeks"),
    "roles": ("VOCABULARY", "Role", "Vocabulary"),
    "traverse": ("find_all", "walk"),
    "weeks": ("Week", "format_weeks"),
    "writer": ("dump",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME)  # one table says where each public name lives


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*globals(), *_HOME]
