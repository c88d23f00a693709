"""One file held against the rules: read, mended where that is asked for, checked, what it silences left out.

`inspect` depends on nothing but its arguments, and these and its result can be pickled: a file is a unit of work.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any, Literal

import attrs

from weeknote.codec.dump import dump
from weeknote.codec.files import decoded, read_any, write
from weeknote.codec.parse import parse_any
from weeknote.errors import CannotExpressError, NotTextError, WeeknoteError
from weeknote.lint.checker import check, fix, series_entries
from weeknote.lint.registry import LintSettings
from weeknote.lint.report import ReportEntry, report_entry
from weeknote.lint.suppression import Suppressions, read_suppressions, unsuppressed
from weeknote.nodes.document import Archive, Weeknote

if TYPE_CHECKING:
    from collections.abc import Iterator

FixMode = Literal["no", "write", "show"]


@attrs.frozen
class FileCheck:
    """What is asked of a file.

    Attributes:
        settings: the rules.
        mend: whether safe fixes are written (`"write"`), shown as a patch (`"show"`), or not made (`"no"`).
        series: whether the notes of its folder are looked at together, so that its facts are needed.
    """

    settings: LintSettings = attrs.field(factory=LintSettings)
    mend: FixMode = "no"
    series: bool = False


@attrs.frozen
class FileReport:
    """What was found in a file.

    Attributes:
        path: the file.
        found: the findings that count.
        failure: why it could not be checked or mended, or None.
        warnings: what is wrong with its own markers, each with its place.
        facts: what a series needs to know of its notes.
        suppression: what it silences, for findings of the series.
        mended: whether fixes were written.
        patch: what fixes would change, as lines of a unified diff.
    """

    path: str
    found: tuple[ReportEntry, ...] = ()
    failure: str | None = None
    warnings: tuple[str, ...] = ()
    facts: tuple[Any, ...] = ()
    suppression: Suppressions = attrs.field(factory=Suppressions)
    mended: bool = False
    patch: tuple[str, ...] = ()


def check_file(path: str, job: FileCheck) -> FileReport:
    """Hold a file against the rules.

    Args:
        path: the file; `-` is standard input.
        job: what is asked of it.

    >>> inspect("examples/nowhere.md", Job()).failure
    'examples/nowhere.md: cannot be read: No such file or directory'
    """
    try:
        note = opened(path)
    except NotTextError as error:
        return FileReport(path, failure=str(error))
    except (OSError, ValueError, MemoryError) as error:
        return FileReport(path, failure=f"{path}: cannot be read: {reason(error)}")
    suppression = read_suppressions(note)
    patch: tuple[str, ...] = ()
    mended = False
    failure = None
    if job.mend != "no":
        better = _fixed(note, job.settings, suppression)
        old, new = dump(note), dump(better)
        if new != old and job.mend == "show":
            patch = tuple(unified_diff(path, old, new))
        elif new != old:
            try:
                mended = write(better, path)
                note = opened(path)
            except (OSError, CannotExpressError) as error:
                failure = f"{path}: cannot be written: {reason(error)}"
            suppression = read_suppressions(note)
    text = dump(note)
    found = unsuppressed(check(note, job.settings, path=path), suppression)
    return FileReport(
        path,
        found=tuple(report_entry(one, text, path) for one in found),
        failure=failure,
        warnings=tuple(f"{path}:{line}: {what}" for line, what in suppression.problems),
        # The series that an archive is has been looked at with it.
        facts=series_entries(note, path) if job.series and isinstance(note, Weeknote) else (),
        suppression=suppression,
        mended=mended,
        patch=patch,
    )


def opened(path: str) -> Weeknote | Archive:
    """Read a file, or standard input, as what it holds: an archive of several notes, or one note.

    Raises:
        OSError: it cannot be read.
        NotTextError: it is not UTF-8.
    """
    return parse_any(standard_input()) if path == "-" else read_any(path)


def standard_input() -> str:
    """Return the text on standard input, every character of it."""
    if sys.stdin is None:
        raise OSError(9, "standard input is closed")
    return decoded(sys.stdin.buffer.read(), "-", "give it as UTF-8, for example through iconv")


def reason(error: Exception) -> str:
    """Return what went wrong with a file, in words."""
    if isinstance(error, WeeknoteError):
        return error.message
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _fixed(note: Weeknote | Archive, settings: LintSettings, suppression: Suppressions) -> Weeknote | Archive:
    """Return a note with safe fixes made, but for rules that are silenced anywhere in it."""
    silenced = {code for *_, codes in suppression.within for code in codes} | suppression.everywhere
    settings = attrs.evolve(settings, ignore=(*settings.ignore, *sorted(silenced)))
    if isinstance(note, Archive):  # for the type checker, to which a union is neither of its types
        return fix(note, settings)
    return fix(note, settings)


def unified_diff(path: str, old: str, new: str) -> Iterator[str]:
    r"""Yield the lines of a unified diff, without their ends.

    >>> list(patch_of("may.md", "# Week 3.\n", "# Week 3\n"))[2:]
    ['@@ -1 +1 @@', '-# Week 3.', '+# Week 3']
    """
    import difflib

    name = path.lstrip("/")
    # `patch` and `git apply` know no line end but "\n"; what else ends a line is part of it.
    a, b = (re.findall(r"[^\n]*\n|[^\n]+", text) for text in (old, new))
    for line in difflib.unified_diff(a, b, f"a/{name}", f"b/{name}"):
        yield line.removesuffix("\n")
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"
