"""The command line: which commands there are, how files are read, and what is said when that goes wrong.

Results go to standard output and messages to standard error. What a command needs is imported when it runs.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from weeknote import add_command, check_command, convert_command, fmt_command
from weeknote.terminal import CannotPrint, Progress, prepare, put, say, silence, style_of_output

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from weeknote import Archive, Weeknote

CLEAN, FOUND, FAILED = 0, 1, 2
INTERRUPTED = 130  # 128 + SIGINT, as a shell says it
NOBODY_READS = 141  # 128 + SIGPIPE, as above

STATUS: dict[int, str] = {
    CLEAN: "all went well, and there was nothing to find fault with",
    FOUND: "a command that looks for something found it",
    FAILED: "it could not run, or a file could not be read; the other files are still done",
    INTERRUPTED: "it was interrupted",
    NOBODY_READS: "whatever read its output stopped reading",
}
"""What each exit status means."""


class Argument(NamedTuple):
    """One option or operand of a command.

    Attributes:
        names: the option's spellings, or the operand's one name.
        help: what it is, in a phrase.
        more: the other arguments for `argparse`.
    """

    names: tuple[str, ...]
    help: str
    more: Mapping[str, Any] = {}


class Command(NamedTuple):
    """One command.

    Attributes:
        name: what it is called by.
        help: what it does, in a phrase.
        description: what it does, in some sentences.
        arguments: its operands and options, in the order of the help.
        run: does it, and returns the exit status.
    """

    name: str
    help: str
    description: str
    arguments: tuple[Argument, ...]
    run: Callable[[argparse.Namespace], int]


class CannotRead(Exception):
    """A file could not be read; the message names it and says what to do."""


# --- commands


def show(given: argparse.Namespace) -> int:
    """Print what is understood of each file."""
    from weeknote.show import as_json, facts, lines

    if given.files.count("-") > 1:
        raise CannotRead("standard input can be read only once; give `-` once")
    style = style_of_output()
    utf8 = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"
    status = CLEAN
    first = True
    with Progress(len(given.files)) as progress:
        for name in progress.each(given.files):
            try:
                found = facts(understood(name, near=given.near, dialect=given.dialect))
            except CannotRead as error:
                progress.erase()
                say(error)
                status = FAILED
                continue
            with progress.erased():
                if given.json:
                    put([as_json({"file": name, **found}, utf8=utf8)])
                else:
                    put([""] if not first else [])
                    put(lines("standard input" if name == "-" else name, found, style))
            first = False
    return status


def day(text: str) -> date:
    """Return the day that an option gives."""
    from argparse import ArgumentTypeError
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a day; write it as 2024-09-16") from None


# The page docs/reference/command.md is made from this table too.
COMMANDS = (
    Command(
        "show",
        "print what is understood of weeknotes",
        "Prints what is understood of each file: what names the note, the weeks it covers, its sections with their "
        "roles and sizes, its links, and what went to the trailer. A text that holds several notes is shown as an "
        "archive, entry by entry; a file whose front matter names one note is always that note.",
        (
            Argument(
                ("files",), "weeknotes or archives in UTF-8; `-` is standard input", {"metavar": "FILE", "nargs": "+"}
            ),
            Argument(("--json",), "print one line of JSON for each file", {"action": "store_true"}),
            Argument(
                ("--near",),
                "a day close to the notes, as 2024-09-16: it decides the year of “w/c 9 September”",
                {"metavar": "DATE", "type": day},
            ),
            Argument(
                ("--dialect",),
                "how the files are written; without it the file’s suffix tells, else its text",
                {"choices": ("markdown", "text")},
            ),
        ),
        show,
    ),
    *(
        Command(name, short, long, tuple(Argument(*row) for row in rows), run)
        for module in (check_command, convert_command, fmt_command, add_command)
        for (name, short, long, rows), run in module.COMMANDS
    ),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    Args:
        argv: the arguments without the program’s name; None takes those of the process.
    """
    prepare()
    try:
        try:
            given = arguments().parse_args(argv)
            status: int = given.run(given)
        except SystemExit as stop:  # argparse has said what there is to say
            status = stop.code if isinstance(stop.code, int) else FAILED
        put([])
    except (CannotRead, CannotPrint) as error:
        say(error)
        return FAILED
    except BrokenPipeError:
        silence()
        return NOBODY_READS
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def arguments() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    import argparse

    class Version(argparse.Action):
        def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
            from importlib.metadata import version

            put([f"weeknote {version('weeknote')}"])
            parser.exit()

    parser = argparse.ArgumentParser(
        prog="weeknote", description="Read weeknotes: what they say, week by week.", allow_abbrev=False
    )
    parser.add_argument("--version", action=Version, nargs=0, help="print the version and leave")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for command in COMMANDS:
        own = commands.add_parser(command.name, help=command.help, description=command.description, allow_abbrev=False)
        own.set_defaults(run=command.run)
        for argument in command.arguments:
            own.add_argument(*argument.names, help=argument.help, **argument.more)
    return parser


# --- files


def understood(name: str, *, near: date | None, dialect: str | None) -> Weeknote | Archive:
    """Read a file, or standard input, as what it holds: an archive of several notes, or one note."""
    import weeknote

    try:
        if name == "-":
            archive = weeknote.parse_archive(standard_input(), near=near, dialect=dialect)
        elif "\0" in name:
            raise FileNotFoundError
        else:
            archive = weeknote.read_archive(name, near=near, dialect=dialect)
    except weeknote.NotText as error:
        raise CannotRead(str(error)) from None
    except (OSError, MemoryError) as error:
        raise CannotRead(f"{'standard input' if name == '-' else name}: {advice(error)}") from None
    if holds_several(archive):
        return archive
    # The text is at hand, and a pipe can be read only once.
    return weeknote.parse(
        weeknote.dump(archive), near=near, dialect=archive.dialect, name=None if name == "-" else name
    )


def holds_several(archive: Archive) -> bool:
    """Return whether a text is more than one note with a few words before it, or with a heading for each day."""
    import weeknote

    block = archive.front_matter
    if block is not None and block.title is not None:
        named = weeknote.read_title(block.title)
        if named.weeks or named.numbers or named.episode:
            return False
    notes = len(archive.weeknotes)
    return len(archive.entries) > 1 and (notes > 1 or (notes == 1 and archive.entries[0].heading is not None))


def standard_input() -> str:
    """Return the text on standard input, every character of it."""
    import weeknote

    if sys.stdin is None:
        raise CannotRead("standard input is closed; send it a text, or give a file")
    found = sys.stdin.buffer.read()
    try:
        return found.decode("utf-8")
    except UnicodeDecodeError as error:
        line = found.count(b"\n", 0, error.start) + 1
        message = f"not UTF-8: byte 0x{found[error.start]:02x}; give it as UTF-8, for example through iconv"
        raise weeknote.NotText(message, path=f"standard input:{line}") from None


def advice(error: Exception) -> str:
    """Return what is wrong with a file and what to do about it."""
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return "there is no such file; check the name"
        case IsADirectoryError():
            return "is a directory; name the files in it"
        case PermissionError():
            return "may not be read; change its permissions, or run as someone who may read it"
        case MemoryError():
            return "is too large for the memory of this machine; split it"
        case _:
            return f"cannot be read ({getattr(error, 'strerror', None) or error}); check the file and its name"
