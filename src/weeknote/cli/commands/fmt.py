"""`weeknote fmt`: normalise files in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weeknote.cli.command import CLEAN, FAILED, FOUND, CommandError, add_dialect, add_paths, check_stdin_once
from weeknote.lint.printable import counted

if TYPE_CHECKING:
    import argparse

    from weeknote.cli.command import Subcommands


def add_parser(commands: Subcommands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "fmt",
        help="normalise weeknotes in place",
        description="Normalises each file: list markers, heading styles, blank lines between blocks and line endings. "
        "The words keep their spelling. The new text is parsed before it is written; if it would mean something "
        "else, the file is left alone and the exit status is 2. With --check or --diff, nothing is written, and "
        "the exit status is 1 if a file would change. Standard input is normalised to standard output.",
        epilog="example:\n  weeknote fmt --diff notes/",
    )
    add_paths(parser)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; print the names of the files that would change"
    )
    parser.add_argument("--diff", action="store_true", help="write nothing; print what would change as a patch")
    add_dialect(parser)
    parser.set_defaults(run=fmt)


def fmt(given: argparse.Namespace) -> int:
    """Normalise files and return the exit status."""
    from weeknote.cli.file_selection import each_file
    from weeknote.cli.terminal import Progress, put, say
    from weeknote.cli.text_io import print_patch, print_text, save
    from weeknote.lint.file_check import unified_diff
    from weeknote.lint.printable import visible

    check_stdin_once(given.paths)
    changed = files = 0
    with Progress() as progress:
        for name in each_file(given.paths, progress):
            files += 1
            try:
                old, new = normalized(name, given.dialect)
                if not (given.check or given.diff) and name != "-" and new != old:
                    save(new, name, replacing=old)
            except CommandError as error:
                progress.fail(error)
                continue
            changed += new != old
            progress.clear()
            if given.diff:
                print_patch(unified_diff(name.removeprefix("./"), old, new))
            elif given.check:
                put([visible(name)] if new != old else [])
            elif name == "-":
                print_text(new)
    if given.check or given.diff or given.paths != ["-"]:
        verb = "would change" if given.check or given.diff else "changed"
        failed = f"; {counted(len(progress.failures), 'failure')}" if progress.failures else ""
        say(f"{changed:,} of {counted(files, 'file')} {verb}{failed}")
    if progress.failures:
        return FAILED
    return FOUND if changed and (given.check or given.diff) else CLEAN


def normalized(name: str, dialect: str | None) -> tuple[str, str]:
    """Return the text of a file, and its normalised text, verified to mean the same."""
    from weeknote.cli.text_io import parse_input, read_input, verified_text
    from weeknote.conversion.normalize import normalize

    old = read_input(name)
    note = parse_input(old, name, dialect)
    return old, verified_text(normalize(note), note, name, dialect)
