"""Baselines: known problems, which are not reported until their line changes.

A problem is identified by its file, its rule and the text of its line, not by the line number, so other lines can come
and go. The file is JSON with one line per problem, easy to read and to merge.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from weeknote.codec.files import write_bytes
from weeknote.errors import WeeknoteError
from weeknote.lint.patterns import relative_name

if TYPE_CHECKING:
    AnyPath = str | os.PathLike[str]
    Key = tuple[str, str, str]

VERSION = 1
"""The version of the format, under the key `"weeknote-baseline"`."""

MAX_BYTES = 100_000_000
"""The maximum size of a baseline in bytes; a device such as `/dev/zero` has no end."""

MAX_LINE_LENGTH = 80
"""The number of characters that identify a line."""


class BaselineError(WeeknoteError):
    """A file is not a baseline."""


class Baseline:
    """Known problems, each by its file, code and line, with a count.

    Args:
        folder: the folder that file names are relative to, usually that of the baseline.

    >>> known = Baseline()
    >>> known.add("may.md", "WN505", "# Week 3")
    >>> [known.consume("may.md", "WN505", "#  Week 3 "), known.consume("may.md", "WN505", "# Week 3")]
    [True, False]
    """

    def __init__(self, folder: AnyPath = ".") -> None:
        self.folder: str = os.path.abspath(folder)  # noqa: PTH100 # links are not followed: names are what people see
        self.counts: Counter[Key] = Counter()

    def add(self, path: str, code: str, line: str) -> None:
        """Add a problem."""
        self.counts[self._key(path, code, line)] += 1

    def consume(self, path: str, code: str, line: str) -> bool:
        """Return whether a problem is known, and use it up: one known problem covers one occurrence."""
        key = self._key(path, code, line)
        if self.counts[key] <= 0:
            return False
        self.counts[key] -= 1
        return True

    def write(self, path: AnyPath) -> bool:
        """Write the baseline to a file, atomically, and return whether that changed it.

        Raises:
            BaselineError: the file exists and is not a baseline.
            OSError: the file cannot be written.
        """
        if Path(path).exists() and Path(path).stat().st_size:
            read_baseline(path)  # do not overwrite a note that was named by mistake
        rows = [
            {"path": name, "code": code, "line": line, "count": count}
            for (name, code, line), count in sorted(self.counts.items())
            if count > 0
        ]
        lines = ",\n".join("    " + json.dumps(row, ensure_ascii=False) for row in rows)
        found = f"[\n{lines}\n  ]" if rows else "[]"
        text = f'{{\n  "weeknote-baseline": {VERSION},\n  "findings": {found}\n}}\n'
        try:
            return write_bytes(text.encode("utf-8", "backslashreplace"), path)
        except OSError as error:  # it may name the temporary file, or none
            raise OSError(error.errno, error.strerror, os.fspath(path)) from None

    def _key(self, path: str, code: str, line: str) -> Key:
        name = path if path == "-" else relative_name(path, self.folder)
        return name, code, " ".join(line.split())[:MAX_LINE_LENGTH]


def read_baseline(path: AnyPath) -> Baseline:
    """Read a baseline.

    Raises:
        BaselineError: the file is not a baseline.
        OSError: it cannot be read.
    """
    name = os.fspath(path)
    with Path(path).open("rb") as opened:
        content = opened.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise BaselineError(f"not a baseline: larger than {MAX_BYTES // 1_000_000} MB", path=name)
    try:
        found: object = json.loads(content)
    except (ValueError, RecursionError, MemoryError):
        found = None
    if not isinstance(found, dict) or "weeknote-baseline" not in found:
        raise BaselineError("not a baseline; `weeknote check --write-baseline FILE` writes one", path=name)
    if found["weeknote-baseline"] != VERSION:
        raise BaselineError(
            f"this baseline has version {found['weeknote-baseline']!r}, not {VERSION}; write it again",
            path=name,
            found=found["weeknote-baseline"],
            expected=VERSION,
        )
    baseline = Baseline(Path(name).parent)
    rows = found.get("findings")
    for number, row in enumerate(rows if isinstance(rows, list) else [None]):
        match row:
            case {"path": str(file), "code": str(code), "line": str(line), "count": int(count)}:
                baseline.counts[file, code, line] += count
            case _:
                raise BaselineError(f"entry {number + 1} of this baseline is invalid; write it again", path=name)
    return baseline
