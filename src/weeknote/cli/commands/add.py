"""`weeknote add`: add bullets to the end of a section, in the note's own style."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from weeknote.cli.command import CLEAN, CommandError, add_dialect
from weeknote.cli.text_io import (
    ChangedMeanwhileError,
    display_name,
    parse_input,
    print_text,
    read_input,
    save,
    verified_text,
)

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from weeknote import Archive, ListItem, Section, Weeknote
    from weeknote.cli.command import Subcommands


def add_parser(commands: Subcommands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "add",
        help="add bullets to a section of a weeknote",
        description="Adds each text as a bullet at the end of a section, in the note's own style; no other line "
        "changes. In Markdown a text may have links, emphasis and code, but it never begins a block: `1. "
        "May` and `# 12` are words. The section is named by its role or its title. If there is no such "
        "section, or more than one, the file is left alone and the sections are listed. Standard input is "
        "copied to standard output with the bullets added.",
        epilog='example:\n  weeknote add notes.md --section learning "Ask earlier."',
    )
    parser.add_argument("file", metavar="FILE", help="a weeknote in UTF-8; `-` is standard input")
    parser.add_argument("texts", metavar="TEXT", nargs="+", help="what to add, one bullet each")
    parser.add_argument(
        "--section",
        metavar="SECTION",
        action="append",
        required=True,
        help="a role, such as `learning`, or a title in any case and with any quotes (required)",
    )
    parser.add_argument("--create", action="store_true", help="add the section in its usual place if there is none")
    parser.add_argument(
        "--literal", action="store_true", help="take the texts literally: no links or emphasis in Markdown"
    )
    add_dialect(parser)
    parser.set_defaults(run=add)


def add(given: argparse.Namespace) -> int:
    """Add bullets to a file and return the exit status."""
    if len(given.section) > 1:
        raise CommandError("pass --section once, and run the command again for another section")
    if not given.section[0].strip():
        raise CommandError("--section is empty; give a role or a title")
    if given.file == "-":
        print_text(added(read_input("-"), given))
        return CLEAN
    while True:
        old = read_input(given.file)
        try:
            save(added(old, given), given.file, replacing=old)
        except ChangedMeanwhileError:
            continue  # another command has added something: add to that
        return CLEAN


def added(old: str, given: argparse.Namespace) -> str:
    """Return a file's text with the bullets added, verified to mean what it should."""
    note = parse_input(old, given.file, given.dialect)
    items = [item(text, note, literal=given.literal) for text in given.texts]
    new = with_items(note, given.section[0], items, given.file, create=given.create)
    return verified_text(new, new, given.file, given.dialect, ours=False)


def item(text: str, note: Weeknote | Archive, *, literal: bool) -> ListItem:
    """Return a text as an item of one paragraph. Markdown in it is read, but nothing in it begins a block.

    >>> import weeknote
    >>> note = weeknote.parse("## Wins", dialect="markdown")
    >>> [type(child).__name__ for child in item("1. See *this*.", note, literal=False).blocks[0].children]
    ['Text', 'Emphasis', 'Text']
    """
    import weeknote
    from weeknote.conversion.flatten_blocks import on_one_line

    words = on_one_line(text)
    if not words:
        raise CommandError("a text to add is empty; give it some words")
    if literal and note.dialect == "markdown":
        return weeknote.ListItem(words)
    return weeknote.ListItem([weeknote.Paragraph(weeknote.parse_inline(words, note))])


def with_items(
    note: Weeknote | Archive, where: str, items: list[ListItem], name: str, *, create: bool
) -> Weeknote | Archive:
    """Return a note with items at the end of a section, which is made if that was asked for."""
    import weeknote
    from weeknote.nodes.document import notes_in

    role = next((role for role in weeknote.Role if role == where.strip().casefold()), None)
    found = section_of(note, where, name)
    if found is None and role is not None:
        found = section_of(note, role, name)
    if found is not None:
        return weeknote.append(note, found, *items)
    if create:
        if isinstance(note, weeknote.Archive):
            raise CommandError(f"{display_name(name)}: has several notes; --create works only in a file with one")
        if role is weeknote.Role.THEME:
            raise CommandError(f"{display_name(name)}: a theme has a title of its own; pass that to --section")
        return weeknote.add_section(note, where.strip(), [weeknote.List(items)])
    there = listed(section for one in notes_in(note) for section in one.sections)
    hint = "" if isinstance(note, weeknote.Archive) else "; --create adds it"
    raise CommandError(f"{display_name(name)}: there is no section “{where}”; {there}{hint}")


def section_of(note: Weeknote | Archive, where: str, name: str) -> Section | None:
    """Return the section that a role or a title names; None if there is none."""
    import weeknote

    try:
        return weeknote.find_section(note, where)
    except weeknote.NotFoundError:
        return None
    except weeknote.AmbiguousError as error:
        sections = cast("tuple[Section, ...]", error.expected)
        exact = [section for section in sections if section.title == where]
        if len(exact) == 1:
            return exact[0]
        there = listed(exact or sections, places=True)
        advice = "give a title" if where == weeknote.Role.THEME else "rename one of them, or split the file"
        raise CommandError(f"{display_name(name)}: several sections match “{where}”; {there}; {advice}") from None


def listed(sections: Iterable[Section], *, places: bool = False) -> str:
    r"""Return the titles of sections, each with the role or line that distinguishes it.

    >>> import weeknote
    >>> listed(weeknote.parse("## Maps\n\n## Wins\n").sections)
    'the sections are: “Maps”, “Wins” (highlights)'
    """
    labels = []
    for section in sections:
        role = "" if section.role == "theme" else f" ({section.role})"
        line = f" on line {section.position.start.line}" if places and section.position is not None else ""
        labels.append(f"“{section.title}”{line or role}")
    return f"the sections are: {', '.join(dict.fromkeys(labels))}" if labels else "it has no sections"
