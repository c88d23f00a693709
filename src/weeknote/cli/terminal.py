"""The terminal: standard output and error, and the progress line."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import time
from typing import TYPE_CHECKING

from weeknote.cli.command import SelectionError
from weeknote.lint.printable import Style, shorten, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO


class OutputError(Exception):
    """Standard output cannot be written; the message says why."""


def put(lines: Iterable[str]) -> None:
    """Write lines to standard output and flush it."""
    if sys.stdout is None:
        raise OutputError("standard output is closed; open it, or redirect it to a file")

    with _writing():
        for line in lines:
            sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def put_bytes(content: bytes) -> None:
    """Write bytes to standard output and flush it."""
    with _writing():
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


@contextlib.contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        discard_output()
        raise OutputError(f"cannot write to standard output: {error.strerror or error}") from None


def say(message: object) -> None:
    """Write one line to standard error."""
    if sys.stderr is not None:
        sys.stderr.write(f"weeknote: {visible(str(message))}\n")
        sys.stderr.flush()


def prepare() -> None:
    """Make the streams print escapes for what their encoding lacks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def discard_output() -> None:
    """Send what Python has yet to flush nowhere, so that it doesn't complain at exit."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a stream is a terminal that can move its cursor."""
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


def output_is_utf8() -> bool:
    """Return whether standard output takes every character."""
    return (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"


def style_of_output() -> Style:
    """Return the style for standard output: the terminal's width and colours, if it is one."""
    import shutil

    if sys.stdout is None or not sys.stdout.isatty():
        return Style()
    colour = is_terminal(sys.stdout) and os.name != "nt" and not os.environ.get("NO_COLOR")
    return Style(max(shutil.get_terminal_size().columns, 40), colour)


class Progress:
    """A line on standard error that counts files, shown at a terminal once a run has taken two seconds.

    It also collects what failed, because a message has to clear the line first.

    Attributes:
        failures: the messages about what failed.
    """

    DELAY, INTERVAL = 2.0, 0.2

    def __init__(self) -> None:
        self.failures: list[str] = []
        self.done: int = 0
        self.started: float = time.monotonic()
        self.next_draw: float = self.started + self.DELAY
        self.shown: bool = False
        self.enabled: bool = is_terminal(sys.stderr)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def advance(self, name: str) -> None:
        """Count a file, and show the line if it is time."""
        self.done += 1
        now = time.monotonic()
        if self.enabled and now >= self.next_draw:
            import shutil

            self.next_draw = now + self.INTERVAL
            line = f"{self.done:,} files, {now - self.started:.0f} s: {visible(name)}"
            sys.stderr.write(f"\r{shorten(line, shutil.get_terminal_size().columns - 1)}\x1b[K")
            sys.stderr.flush()
            self.shown = True

    def clear(self) -> None:
        """Remove the line, before something else is printed."""
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self.shown = False

    def fail(self, error: object) -> None:
        """Report on standard error that something failed."""
        if not (isinstance(error, SelectionError) and str(error) in self.failures):
            self.failures.append(str(error))
            self.note(error)

    def note(self, message: object) -> None:
        """Report something that is not a failure."""
        self.clear()
        say(message)
