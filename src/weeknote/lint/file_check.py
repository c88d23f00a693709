"""Check one file: read it, fix it if asked to, check it, and leave out what it suppresses.

`check_file` depends on nothing but its arguments, and these and its result can be pickled: a file is a unit of work.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import attrs

from weeknote.codec.dump import dump
from weeknote.codec.files import open_note, why_unreadable, write_bytes
from weeknote.errors import NotTextError, reason
from weeknote.lint.base import LintSettings
from weeknote.lint.checker import check, fix, series_entries
from weeknote.lint.report import ReportEntry, report_entry
from weeknote.lint.suppression import Suppressions, read_suppressions, unsuppressed
from weeknote.nodes.document import Archive, Weeknote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weeknote.lint.entries import SeriesEntry

FixMode = Literal["no", "write", "show"]


@attrs.frozen
class FileCheck:
    """How to check a file.

    Attributes:
        settings: the rules.
        fix_mode: whether to write safe fixes (`"write"`), return them as a patch (`"show"`) or make none (`"no"`).
        series: whether to return the entries that `check_series` needs.
    """

    settings: LintSettings = attrs.field(factory=LintSettings)
    fix_mode: FixMode = "no"
    series: bool = False


@attrs.frozen
class FileReport:
    """The result of checking a file.

    Attributes:
        path: the file.
        found: the problems that are not suppressed.
        failure: why it could not be read or fixed, or None.
        warnings: comments in it that suppress nothing, each with its path and line.
        series_entries: what `check_series` needs to know of its notes.
        suppressions: what it suppresses, for the problems of the series.
        fixed: whether fixes were written.
        patch: the fixes, as lines of a unified diff.
    """

    path: str
    found: tuple[ReportEntry, ...] = ()
    failure: str | None = None
    warnings: tuple[str, ...] = ()
    series_entries: tuple[SeriesEntry, ...] = ()
    suppressions: Suppressions = attrs.field(factory=Suppressions)
    fixed: bool = False
    patch: tuple[str, ...] = ()


def check_file(path: str, how: FileCheck) -> FileReport:
    """Check a file; `-` is standard input.

    >>> check_file("examples/nowhere.md", FileCheck()).failure
    'examples/nowhere.md: no such file; check the name'
    """
    try:
        note = open_note(path)
    except NotTextError as error:
        return FileReport(path, failure=str(error))
    except (OSError, ValueError, MemoryError) as error:
        return FileReport(path, failure=f"{path}: {why_unreadable(error)}")
    patch: tuple[str, ...] = ()
    is_fixed = False
    failure = None
    if how.fix_mode != "no":
        better = _fixed(note, how.settings)
        old, new = dump(note), dump(better)
        if new != old and how.fix_mode == "show":
            patch = tuple(unified_diff(path, old, new))
        elif new != old:
            try:
                is_fixed = write_bytes(new.encode(), path, replacing=old.encode())
                note = open_note(path)
            except OSError as error:
                failure = f"{path}: cannot be written: {reason(error)}"
    suppressions = read_suppressions(note)
    text = dump(note)
    return FileReport(
        path,
        found=tuple(
            report_entry(one, text, path) for one in unsuppressed(check(note, how.settings, path=path), suppressions)
        ),
        failure=failure,
        warnings=tuple(f"{path}:{line}: {what}" for line, what in suppressions.problems),
        # `check` has already treated an archive as a series.
        series_entries=series_entries(note, path) if how.series and isinstance(note, Weeknote) else (),
        suppressions=suppressions,
        fixed=is_fixed,
        patch=patch,
    )


def _fixed(note: Weeknote | Archive, settings: LintSettings) -> Weeknote | Archive:
    """Return a note with safe fixes applied, except those of rules that it suppresses anywhere."""
    suppressions = read_suppressions(note)
    codes = suppressions.everywhere.union(*(codes for *_, codes in suppressions.within))
    settings = attrs.evolve(settings, ignore=(*settings.ignore, *sorted(codes)))
    return fix(note, settings)


def unified_diff(path: str, old: str, new: str) -> Iterator[str]:
    r"""Yield the lines of a unified diff, without their line ends.

    >>> list(unified_diff("may.md", "# Week 3.\n", "# Week 3\n"))[2:]
    ['@@ -1 +1 @@', '-# Week 3.', '+# Week 3']
    """
    import difflib

    name = path.lstrip("/")
    # For `patch` and `git apply` only "\n" ends a line; other line ends are part of it.
    a, b = (re.findall(r"[^\n]*\n|[^\n]+", text) for text in (old, new))
    for line in difflib.unified_diff(a, b, f"a/{name}", f"b/{name}"):
        yield line.removesuffix("\n")
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"
