"""For the tests of people who write notes: an assertion that says where and what is wrong."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import attrs

from weeknote.lint.checker import check
from weeknote.lint.diagnostics import Severity
from weeknote.lint.file_check import opened
from weeknote.lint.registry import LintSettings
from weeknote.lint.report import render_entry, report_entry
from weeknote.lint.suppression import read_suppressions, unsuppressed
from weeknote.nodes.document import Archive, Post, Weeknote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weeknote.lint.comparison import Structure

__all__ = ["assert_valid"]


def assert_valid(
    note: Weeknote | Archive | Post | str | os.PathLike[str],
    rules: LintSettings | Iterable[str] | None = None,
    *,
    profile: str | None = None,
    structure: Structure | None = None,
    path: str | None = None,
) -> None:
    r"""Assert that a note has nothing that the rules call an error or a warning.

    The message shows each finding with its line and a caret. What the note silences does not count, and neither do
    findings of severity `info`. No configuration is read: the test says what it asks for.

    Args:
        note: the note or archive; or the name of a file, which is read.
        rules: settings, or codes and names of rules; None takes those of the profile.
        profile: `"loose"`, `"standard"` or `"strict"`; None leaves it to `rules`.
        structure: what the note must have; None leaves it to `rules`.
        path: the name that the message gives to the file; None takes the file's own.

    Raises:
        AssertionError: there are errors or warnings.
        UnknownRuleError: `rules` names a rule that does not exist.
        UnknownProfileError: there is no such profile.

    >>> import weeknote
    >>> assert_valid(weeknote.parse("# Weeknote w/c 6 May 2019: maps\n\nWe drew maps.\n"))
    >>> assert_valid(weeknote.parse("# Weeknote w/c 7 May 2019: maps\n\nWe drew maps.\n"), path="may.md")
    Traceback (most recent call last):
    AssertionError: 1 finding
    may.md:1:12: warning WN102 “w/c 7 May 2019” says that the week begins on 7 May 2019, which is a Tuesday.
      1 | # Weeknote w/c 7 May 2019: maps
        |            ^^^^^^^^^^^^^^
        = hint: If a Monday was meant, the Monday of that week is 6 May 2019.
    """
    __tracebackhide__ = True  # pytest then shows the test's own line
    if isinstance(note, (str, os.PathLike)):
        name = os.fspath(note)
        note = opened(name)
        path = name if path is None else path
    settings = rules if isinstance(rules, LintSettings) else LintSettings(select=None if rules is None else rules)
    if profile is not None:
        settings = attrs.evolve(settings, profile=profile)
    if structure is not None:
        settings = attrs.evolve(settings, structure=structure)
    found = unsuppressed(check(note, settings, path=path), read_suppressions(note))
    found = tuple(one for one in found if one.severity is not Severity.INFO)
    if found:
        text = "" if note.slice is None else note.slice.source.text
        lines = [line for one in found for line in ("", *render_entry(report_entry(one, text, path)))]
        count = "1 finding" if len(found) == 1 else f"{len(found)} findings"
        raise AssertionError("\n".join([count, *lines[1:]]))
