"""The terminal: standard output and error, and a progress bar."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

from weeknote.lint.printable import Style, shorten, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class OutputError(Exception):
    """The results cannot be written; the message says why."""


def put(lines: Iterable[str]) -> None:
    """Write lines to standard output, and see that they are on their way."""
    if sys.stdout is None:
        raise OutputError("standard output is closed; open it, or send it to a file")
    try:
        for line in lines:
            sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        silence()
        raise OutputError(f"standard output cannot be written: {error.strerror or error}") from None


def say(message: object) -> None:
    """Write one line to standard error."""
    if sys.stderr is not None:
        sys.stderr.write(f"weeknote: {visible(str(message))}\n")
        sys.stderr.flush()


def prepare() -> None:
    """Let the streams print an escape for what their encoding lacks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def silence() -> None:
    """Send what Python has yet to write nowhere; it would complain at its end."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def is_terminal(stream: Any) -> bool:
    """Return whether a stream is a terminal that can move its cursor."""
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


def style_of_output() -> Style:
    """Return how to write to standard output: for a terminal, if it is one."""
    import shutil

    if sys.stdout is None or not sys.stdout.isatty():
        return Style()
    colour = is_terminal(sys.stdout) and os.name != "nt" and not os.environ.get("NO_COLOR")
    return Style(max(shutil.get_terminal_size().columns, 40), colour)


class Progress:
    """A bar on standard error, drawn at a terminal once the work has taken two seconds and erased at its end."""

    PATIENCE, PACE = 2.0, 0.2

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0
        self.name = ""
        self.drawn = False
        self.ended = threading.Event()
        self.lock = threading.Lock()  # held while somebody writes to the terminal

    def __enter__(self) -> Progress:
        if is_terminal(sys.stderr):
            threading.Thread(target=self._run, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.erase()

    def each(self, names: Sequence[str]) -> Iterator[str]:
        """Yield names and count them."""
        for self.done, self.name in enumerate(names):
            yield self.name

    @contextlib.contextmanager
    def erased(self) -> Iterator[None]:
        """Keep the bar away while something is printed."""
        with self.lock:
            self._erase()
            yield

    def erase(self) -> None:
        """Take the bar away."""
        with self.lock:
            self._erase()

    def _erase(self) -> None:
        if self.drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self.drawn = False

    def _run(self) -> None:
        import shutil

        begun = time.monotonic()
        wait = self.PATIENCE
        while not self.ended.wait(wait):
            wait = self.PACE
            full = 20 * self.done // self.total
            line = f"[{'=' * full}{' ' * (20 - full)}] {self.done}/{self.total} files, "
            line += f"{time.monotonic() - begun:.0f} s: {visible(self.name)}"
            with self.lock, contextlib.suppress(OSError, ValueError):
                if not self.ended.is_set():
                    sys.stderr.write(f"\r{shorten(line, shutil.get_terminal_size().columns - 1)}\x1b[K")
                    sys.stderr.flush()
                    self.drawn = True


class Failures:
    """What could not be done, said on standard error as it happens."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.words: list[str] = []

    def __call__(self, words: str) -> None:
        """Say that something could not be done."""
        self.words.append(words)
        self.note(words)

    def once(self, words: str) -> None:
        """Say it, unless it was said before: a configuration counts for many files."""
        if words not in self.words:
            self(words)

    def note(self, words: str) -> None:
        """Say something that is no failure."""
        self.progress.erase()
        say(words)

    def note_if_none(self, words: str) -> None:
        """Say something that is no failure, unless a failure explains it."""
        if not self.words:
            self.note(words)
