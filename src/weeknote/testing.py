"""An assertion for test suites: `assert_valid` fails with each problem, its position and a caret."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import attrs

from weeknote.codec.files import read_any
from weeknote.lint.base import LintSettings
from weeknote.lint.checker import as_settings, check
from weeknote.lint.diagnostics import Severity
from weeknote.lint.printable import counted
from weeknote.lint.report import render_entry, report_entry
from weeknote.lint.suppression import read_suppressions, unsuppressed
from weeknote.nodes.document import Archive, Post, Weeknote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weeknote.lint.structure import Structure

__all__ = ["assert_valid"]


def assert_valid(
    note: Weeknote | Archive | Post | str | os.PathLike[str],
    rules: LintSettings | Iterable[str] | None = None,
    *,
    profile: str | None = None,
    structure: Structure | None = None,
    path: str | None = None,
) -> None:
    r"""Assert that a note has no errors and no warnings.

    The failure shows each problem with its line and a caret. Problems that the note suppresses do not count, and
    neither do those of severity `info`. No configuration file is read.

    Args:
        note: the note or archive, or the path of a file.
        rules: settings, or selectors of the rules to run; None runs those of the profile.
        profile: `"loose"`, `"standard"` or `"strict"`; overrides the one in `rules`.
        structure: what the note must have; overrides the one in `rules`.
        path: what to call the file in the message; None takes its own path.

    Raises:
        AssertionError: there are errors or warnings.
        UnknownRuleError: there is no such rule.
        UnknownProfileError: there is no such profile.

    >>> import weeknote
    >>> assert_valid(weeknote.parse("# Weeknote w/c 6 May 2019: maps\n\nWe drew maps.\n"))
    >>> assert_valid(weeknote.parse("# Weeknote w/c 7 May 2019: maps\n\nWe drew maps.\n"), path="may.md")
    Traceback (most recent call last):
    AssertionError: 1 problem
    may.md:1:12: warning WN102 “w/c 7 May 2019” starts the week on 7 May 2019, a Tuesday.
      1 | # Weeknote w/c 7 May 2019: maps
        |            ^^^^^^^^^^^^^^
        = hint: The Monday of that week is 6 May 2019.
    """
    __tracebackhide__ = True  # pytest shows the test's line, not ours
    if isinstance(note, (str, os.PathLike)):
        name = os.fspath(note)
        note = read_any(name)
        path = name if path is None else path
    settings = as_settings(rules)
    if profile is not None:
        settings = attrs.evolve(settings, profile=profile)
    if structure is not None:
        settings = attrs.evolve(settings, structure=structure)
    found = unsuppressed(check(note, settings, path=path), read_suppressions(note))
    found = tuple(one for one in found if one.severity is not Severity.INFO)
    if found:
        text = "" if note.slice is None else note.slice.source.text
        lines = [line for one in found for line in ("", *render_entry(report_entry(one, text, path)))]
        raise AssertionError("\n".join([counted(len(found), "problem"), *lines[1:]]))
