"""A run of the command in an empty folder: what it printed, and its exit status."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, Protocol


class Done(NamedTuple):
    """What a run of the command printed, and its exit status."""

    status: int
    out: str
    err: str


class Run(Protocol):
    """Runs the command in an empty folder, with a text on standard input."""

    def __call__(self, *arguments: str, given: str | bytes = b"") -> Done:
        """Return what it printed, line ends as they are."""


def saved(name: str, text: str | bytes) -> str:
    """Write a file, byte for byte, and return its name."""
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return name
