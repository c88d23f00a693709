"""The entry point of the command line: which commands there are, and how a run ends.

Results go to standard output and messages to standard error. What a command needs is imported when it runs.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NoReturn

from weeknote.cli.command import BROKEN_PIPE, FAILED, INTERRUPTED, TERMINATED, CommandError
from weeknote.cli.commands import (
    add,
    check,
    convert,
    fmt,
    import_notes,
    list,  # noqa: A004 # named after the command
    publish,
    show,
)
from weeknote.cli.terminal import OutputError, discard_output, prepare, put, say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

COMMANDS = (show, list, check, convert, fmt, add, import_notes, publish)
"""The modules that define the commands, in the order of the help."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    Args:
        argv: the arguments without the program's name; None takes those of the process.
    """
    prepare()
    try:
        try:
            exit_when_terminated()
            parser = argument_parser()
            given = parser.parse_args(argv)
            if given.command is None:
                put(parser.format_help().rstrip("\n").split("\n"))
                return 0
            status: int = given.run(given)
        except SystemExit as stop:  # argparse has printed its message
            status = stop.code if isinstance(stop.code, int) else FAILED
        put([])
    except (CommandError, OutputError) as error:
        say(error)
        return FAILED
    except BrokenPipeError:
        discard_output()
        return BROKEN_PIPE
    except MemoryError:
        say("not enough memory; split the largest files, or name fewer at once")
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def exit_when_terminated() -> None:
    """Let SIGTERM raise SystemExit, so that temporary files are removed before the process ends."""
    import signal
    import threading

    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGTERM) == signal.SIG_DFL:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))


def argument_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    import argparse

    class Help(argparse.HelpFormatter):
        def _fill_text(self, text: str, width: int, indent: str) -> str:
            # Examples stay on their lines, to be copied.
            return text if text.startswith("example") else super()._fill_text(text, width, indent)

    class Command(argparse.ArgumentParser):
        def __init__(self, **how: Any) -> None:
            super().__init__(allow_abbrev=False, formatter_class=Help, **how)

    class Parser(Command):
        def error(self, message: str) -> NoReturn:
            super().error(message + suggestion(message))

    class Version(argparse.Action):
        def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
            from weeknote import __version__

            put([f"weeknote {__version__}"])
            parser.exit()

    parser = Parser(prog="weeknote", description="Read, check, convert and edit weeknotes.")
    parser.add_argument("--version", action=Version, nargs=0, help="print the version and exit")
    commands = parser.add_subparsers(metavar="COMMAND", dest="command", parser_class=Command)
    for module in COMMANDS:
        module.add_parser(commands)
    examples = (str(one.epilog).removeprefix("example:\n") for one in commands.choices.values())
    parser.epilog = "\n".join(["examples:", *examples, "", "Run `weeknote COMMAND --help` for help on a command."])
    return parser


def suggestion(message: str) -> str:
    """Return what was probably meant, for argparse's message about an unknown command.

    >>> suggestion("argument COMMAND: invalid choice: 'chek' (choose from 'show', 'check')")
    "; did you mean 'check'?"
    """
    import re

    from weeknote.errors import closest

    if not message.startswith("argument COMMAND: invalid choice"):
        return ""
    given, *known = re.findall(r"'?([\w-]+)'?(?=[,)]| \(|$)", message.partition(": invalid choice: ")[2])
    advice = closest(given, [each for each in known if each != given])
    return "" if advice is None else f"; {advice}"
