"""Exit statuses, options shared by the subcommands, and the error that ends a command with a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from datetime import date

    Subcommands = argparse._SubParsersAction[argparse.ArgumentParser]

CLEAN, FOUND, FAILED = 0, 1, 2
INTERRUPTED = 130  # 128 + SIGINT, as a shell reports it
BROKEN_PIPE = 141  # 128 + SIGPIPE
TERMINATED = 143  # 128 + SIGTERM

STATUS: dict[int, str] = {
    CLEAN: "success: no problems",
    FOUND: "problems were found, or files would change",
    FAILED: "the command or a file failed; the other files are still processed",
    INTERRUPTED: "interrupted",
    BROKEN_PIPE: "standard output was closed by its reader",
    TERMINATED: "terminated; no temporary file is left behind",
}
"""The meaning of each exit status."""


class CommandError(Exception):
    """The command, or one of its files, failed. The message names the file and says what to do."""


class SelectionError(CommandError):
    """A path matches no files, or their configuration cannot be read. Reported once, not for each file."""


def check_stdin_once(paths: list[str]) -> None:
    """Raise `CommandError` if standard input is named more than once."""
    if paths.count("-") > 1:
        raise CommandError("standard input can be read only once; pass `-` once")


def iso_date(text: str) -> date:
    """Return the date in an option's value."""
    from argparse import ArgumentTypeError
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a date; write it like 2024-09-16") from None


def add_paths(parser: argparse.ArgumentParser, what: str = "weeknotes, archives or folders") -> None:
    """Add the files and folders that a command works on."""
    parser.add_argument("paths", metavar="PATH", nargs="+", help=f"{what}; `-` is standard input")


def add_dialect(parser: argparse.ArgumentParser) -> None:
    """Add the option `--dialect`."""
    parser.add_argument(
        "--dialect",
        choices=("markdown", "text"),
        help="the dialect of the input; by default it is taken from the file's suffix, or else from the text",
    )
