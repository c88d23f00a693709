"""Findings that are known: written down once, and not reported again until their line changes.

A finding is known again by its file, its rule and the words of its line, not by the line's number, so that text above
it may come and go. The file is JSON with a line for each finding, for people to read and for `git` to merge.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from weeknote.codec.files import write_bytes
from weeknote.errors import WeeknoteError

if TYPE_CHECKING:
    AnyPath = str | os.PathLike[str]
    Known = tuple[str, str, str]

VERSION = 1
"""The version of the form, which stands under `"weeknote-baseline"`."""

LONGEST = 80
"""How many characters of a line are kept to know it by."""


class BaselineError(WeeknoteError):
    """A file is not a baseline."""


class Baseline:
    """A number of known findings, each by its file, code and words.

    Args:
        folder: what the names of files start from, usually where the baseline stands.

    >>> known = Baseline()
    >>> known.add("may.md", "WN505", "# Week 3")
    >>> [known.takes("may.md", "WN505", "#  Week 3 "), known.takes("may.md", "WN505", "# Week 3")]
    [True, False]
    """

    def __init__(self, folder: AnyPath = ".") -> None:
        self.folder = os.path.abspath(folder)  # noqa: PTH100 # links are not followed: names are what people see
        self.counts: Counter[Known] = Counter()

    def add(self, path: str, code: str, line: str) -> None:
        """Write a finding down."""
        self.counts[self._key(path, code, line)] += 1

    def takes(self, path: str, code: str, line: str) -> bool:
        """Return whether a finding is known, and count it off: what is known once is not known twice."""
        key = self._key(path, code, line)
        if self.counts[key] <= 0:
            return False
        self.counts[key] -= 1
        return True

    def write(self, path: AnyPath) -> bool:
        """Write the baseline to a file in one step, and tell whether that changed it.

        Raises:
            BaselineError: there is such a file already, and it is something else.
            OSError: the file cannot be written.
        """
        if Path(path).exists() and Path(path).stat().st_size:
            read_baseline(path)  # whoever names a note here by mistake does not lose it
        rows = [
            {"path": name, "code": code, "line": line, "count": count}
            for (name, code, line), count in sorted(self.counts.items())
            if count > 0
        ]
        lines = ",\n".join("    " + json.dumps(row, ensure_ascii=False) for row in rows)
        found = f"[\n{lines}\n  ]" if rows else "[]"
        text = f'{{\n  "weeknote-baseline": {VERSION},\n  "findings": {found}\n}}\n'
        return write_bytes(text.encode("utf-8", "backslashreplace"), path)

    def _key(self, path: str, code: str, line: str) -> Known:
        name = path
        if path != "-":
            name = os.path.relpath(os.path.abspath(path), self.folder).replace(os.sep, "/")  # noqa: PTH100 # see above
        return name, code, " ".join(line.split())[:LONGEST]


def read_baseline(path: AnyPath) -> Baseline:
    """Read a baseline.

    Raises:
        BaselineError: the file is not a baseline.
        OSError: it cannot be read.
    """
    name = os.fspath(path)
    content = Path(path).read_bytes()
    try:
        found: Any = json.loads(content)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or "weeknote-baseline" not in found:
        raise BaselineError("this is no baseline; `weeknote check --write-baseline FILE` writes one", path=name)
    if found["weeknote-baseline"] != VERSION:
        raise BaselineError(
            f"this baseline is of version {found['weeknote-baseline']!r}, and {VERSION} is known; write it again",
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
                raise BaselineError(f"finding {number + 1} of this baseline is broken; write it again", path=name)
    return baseline
