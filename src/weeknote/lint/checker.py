"""Checking notes: `check` reports problems, `validate` raises for them, `fix` corrects what is safe to correct."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from weeknote.codec.dump import dump
from weeknote.editing.tree import ROOTS, replace_many
from weeknote.errors import WeeknoteError
from weeknote.lint.base import LintSettings
from weeknote.lint.diagnostics import Diagnostic, Severity
from weeknote.lint.entries import SeriesEntry, place_entries, series_entry
from weeknote.lint.fixes import apply_edits
from weeknote.lint.printable import counted
from weeknote.lint.registry import active_rules
from weeknote.lint.rules.file import is_web_page
from weeknote.lint.view import TextView
from weeknote.nodes.base import of_kind
from weeknote.nodes.document import Archive, Post, RootT, Weeknote, notes_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from weeknote.lint.base import Finding, Rule

MAX_FIX_ROUNDS = 10
"""The maximum number of rounds: one fix may reveal another problem, but not for ever."""


class InvalidNoteError(WeeknoteError):
    """A note has errors or warnings.

    Attributes:
        diagnostics: the errors and warnings, in text order.
    """

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        first = diagnostics[0]
        lines = [f"{one}" + (f" {one.hint}" if one.hint else "") for one in diagnostics]
        message = "\n".join([f"{counted(len(lines), 'problem')}:", *(f"  {line}" for line in lines)])
        super().__init__(message, path=first.path, node=first.node)
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)

    def __str__(self) -> str:
        return self.message  # each line starts with its own position


def as_settings(rules: LintSettings | Iterable[str] | None) -> LintSettings:
    """Return the settings that an argument `rules` means: settings, selectors, or None for the defaults."""
    if isinstance(rules, LintSettings):
        return rules
    if rules is None:
        return LintSettings()
    return LintSettings(select=(rules,) if isinstance(rules, str) else tuple(rules))


def check(
    note: Weeknote | Archive | Post, rules: LintSettings | Iterable[str] | None = None, *, path: str | None = None
) -> tuple[Diagnostic, ...]:
    r"""Return the problems in a note, archive or post, in text order.

    Never raises because of what a note contains. The default profile, `"standard"`, reports only what anybody would
    call a mistake, and has no opinion on which sections a note should have.

    Args:
        note: what to check. In an archive, every weeknote is checked, and then all of them as a series.
        rules: settings, or selectors of the rules to run (`["WN3", "bare-url"]`), which run even if they are off by
            default.
        path: the file, to go into the diagnostics.

    Raises:
        UnknownRuleError: there is no such rule.

    >>> import weeknote
    >>> note = weeknote.parse("# Weeknote w/c 7 May 2019: maps\n\nWe drew maps.\n")
    >>> for problem in check(note, path="note.md"):
    ...     print(problem)
    note.md:1:12: WN102 “w/c 7 May 2019” starts the week on 7 May 2019, a Tuesday.
    """
    settings = as_settings(rules)
    notes = notes_in(of_kind(note, ROOTS))
    found: list[Diagnostic] = []
    web_page = is_web_page(note)
    view = TextView(note)
    for rule, severity in active_rules(settings):
        if rule.scope == "series" or (web_page and rule.name != "web-page"):
            continue
        for target in (view,) if rule.scope == "text" else notes:
            found += [_diagnostic(rule, severity, finding, path) for finding in rule.find(target, settings)]
    if isinstance(note, Archive):
        found += check_series(series_entries(note, path), settings)
    return tuple(sorted(found, key=_order))


def _diagnostic(rule: Rule, severity: Severity, finding: Finding, path: str | None) -> Diagnostic:
    return Diagnostic(
        code=rule.code,
        name=rule.name,
        severity=severity,
        message=finding.message,
        hint=finding.hint,
        position=finding.position,
        path=path,
        fix=finding.fix,
        node=finding.node,
    )


def _order(found: Diagnostic) -> tuple[str, int, str, str]:
    # A diagnostic without a position is about the whole note, so it comes first.
    return found.path or "", -1 if found.position is None else found.position.start.offset, found.code, found.message


def series_entries(note: Weeknote | Archive | Post, path: str | None = None) -> tuple[SeriesEntry, ...]:
    """Return what `check_series` needs to know of a note, or of each weeknote in an archive.

    Entries are small and can be pickled, so a folder of 10,000 notes need not be in memory at once.

    Args:
        note: the note or archive; a post has no entry.
        path: the file. Notes of one folder are one series.
    """
    return tuple(series_entry(each, path, archived=isinstance(note, Archive)) for each in notes_in(note))


def check_series(
    entries: Iterable[SeriesEntry], rules: LintSettings | Iterable[str] | None = None
) -> tuple[Diagnostic, ...]:
    """Check several weeknotes together, for duplicate weeks, weeks out of order and missing weeks.

    Pass the entries of all notes in one call, in any order; they are grouped by folder and label. `check` has already
    done this for the notes of an archive. The result is sorted by path and position.

    Args:
        entries: the results of `series_entries` for each note.
        rules: as for `check`.

    Raises:
        UnknownRuleError: there is no such rule.
    """
    settings = as_settings(rules)
    series_rules = [(rule, severity) for rule, severity in active_rules(settings) if rule.scope == "series"]
    # The sort is stable: notes of one archive have the same path, and stay in text order.
    ordered = sorted(entries, key=lambda one: (one.series, one.path or "")) if series_rules else []
    found: list[Diagnostic] = []
    for _, group in groupby(ordered, key=lambda one: one.series):
        series = place_entries(tuple(group))
        for rule, severity in series_rules:
            found += [
                _diagnostic(rule, severity, one, one.entry.path if one.entry else None)
                for one in rule.find(series, settings)
            ]
    return tuple(sorted(found, key=_order))


def validate(note: RootT, rules: LintSettings | Iterable[str] | None = None, *, path: str | None = None) -> RootT:
    r"""Return the note if it has no errors and no warnings, else raise.

    Diagnostics of severity `info` do not count; the settings can give a rule another severity.

    Args:
        note: what to check.
        rules: as for `check`.
        path: the file, to go into the diagnostics.

    Raises:
        InvalidNoteError: there are errors or warnings; its `diagnostics` holds them.
        UnknownRuleError: there is no such rule.

    >>> import weeknote
    >>> validate(weeknote.parse("# Week 12\n\nAll well.\n")).title is None
    True
    """
    found = [one for one in check(note, rules, path=path) if one.severity is not Severity.INFO]
    if found:
        raise InvalidNoteError(found)
    return note


def fix(note: RootT, rules: LintSettings | Iterable[str] | None = None) -> RootT:
    r"""Return the note with every safe fix applied; the note itself if there is none.

    Nothing changes but what a diagnostic is about. A note that was built or edited is dumped and parsed first; one that
    cannot be dumped is returned unchanged.

    Args:
        note: the note, archive or post.
        rules: as for `check`; only these rules' problems are fixed.

    Raises:
        UnknownRuleError: there is no such rule.

    >>> import weeknote
    >>> note = weeknote.parse("## Other highlights from last week were:.\n\n- One\n-\n- Two\n")
    >>> weeknote.dump(fix(note))
    '## Other highlights from last week were:\n\n- One\n- Two\n'
    """
    from weeknote.conversion.normalize import read_like

    settings = as_settings(rules)
    try:
        if of_kind(note, ROOTS).slice is None:
            parsed = read_like(note, dump(note))
            if not any(one.fix for one in check(parsed, settings)):
                return note
            note = parsed
        for _ in range(MAX_FIX_ROUNDS):
            fixes = [one.fix for one in check(note, settings) if one.fix is not None]
            # Edits are offsets in this text; node replacements wait for the next round.
            if edits := [edit for one in fixes for edit in one.edits]:
                fixed = apply_edits(note, edits)
            elif fixes:
                fixed = replace_many(note, [pair for one in fixes for pair in one.replacements])
                fixed = read_like(fixed, dump(fixed))
            else:
                break
            if dump(fixed) == dump(note):
                break
            note = fixed
    except WeeknoteError:
        pass  # what cannot be written stays as it is
    return note
