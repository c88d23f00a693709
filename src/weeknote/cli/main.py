"""The command line: which commands there are, and with which status it ends.

Results go to standard output and messages to standard error. What a command needs is imported when it runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from weeknote.cli.commands import add, check, convert, fmt, show
from weeknote.cli.terminal import OutputError, prepare, put, say, silence

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence

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


# The page docs/reference/command.md is made from this table too.
COMMANDS = tuple(
    Command(name, short, long, tuple(Argument(*row) for row in rows), run)
    for module in (show, check, convert, fmt, add)
    for (name, short, long, rows), run in module.COMMANDS
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
    except OutputError as error:
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
