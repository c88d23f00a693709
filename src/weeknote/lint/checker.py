"""Judging notes: `check` finds, `validate` refuses, `fix` repairs what is safe to repair."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from weeknote.codec.dump import dump
from weeknote.editing.tree import replace_many
from weeknote.errors import WeeknoteError
from weeknote.lint.diagnostics import Diagnostic, Severity
from weeknote.lint.fixes import apply_edits, parse_like
from weeknote.lint.registry import LintSettings, active_rules
from weeknote.lint.rules.file import is_web_page
from weeknote.lint.rules.series import SeriesEntry, series_entry
from weeknote.lint.view import TextView
from weeknote.nodes.document import Archive, Post, RootT, Weeknote

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from weeknote.lint.rule import Finding, Rule

__all__ = ["InvalidNoteError", "SeriesEntry", "check", "check_series", "fix", "series_entries", "validate"]

MOST_ROUNDS = 10
"""How often a note is looked at again after repairs: one repair may bring another to light, but not for ever."""


class InvalidNoteError(WeeknoteError):
    """A note has findings that count as errors or warnings.

    Attributes:
        diagnostics: these findings, in the order of the text.
    """

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        first = diagnostics[0]
        lines = [f"{one}" + (f" {one.hint}" if one.hint else "") for one in diagnostics]
        count = "1 finding" if len(lines) == 1 else f"{len(lines)} findings"
        super().__init__("\n".join([f"{count}:", *(f"  {line}" for line in lines)]), node=first.node)
        self.path = first.path
        self.diagnostics = tuple(diagnostics)

    def __str__(self) -> str:
        return self.message  # each line has its own place


def as_settings(rules: LintSettings | Iterable[str] | None) -> LintSettings:
    """Return what is meant by the argument `rules`: settings, codes and names to ask, or None for the default."""
    if isinstance(rules, LintSettings):
        return rules
    return (
        LintSettings() if rules is None else LintSettings(select=(rules,) if isinstance(rules, str) else tuple(rules))
    )


def check(
    note: Weeknote | Archive | Post, rules: LintSettings | Iterable[str] | None = None, *, path: str | None = None
) -> tuple[Diagnostic, ...]:
    r"""Look at a note, archive or post, and return what was found, in the order of the text.

    Never raises because of what a note holds. Without settings the profile `"standard"` is asked: it says only what
    a reader would call a slip, and nothing about which sections a note should have.

    Args:
        note: what to look at. In an archive each weeknote is looked at, and their series.
        rules: settings, or codes and names of rules to ask (`["WN3", "bare-url"]`); a rule that is off by default
            speaks when it is named.
        path: the file's path, for the findings to name.

    Raises:
        UnknownRuleError: there is no such rule.

    >>> import weeknote
    >>> note = weeknote.parse("# Weeknote w/c 7 May 2019: maps\n\nWe drew maps.\n")
    >>> for found in check(note, path="note.md"):
    ...     print(found)
    note.md:1:12: WN102 “w/c 7 May 2019” says that the week begins on 7 May 2019, which is a Tuesday.
    """
    settings = as_settings(rules)
    notes = note.weeknotes if isinstance(note, Archive) else (note,) if isinstance(note, Weeknote) else ()
    found: list[Diagnostic] = []
    page = is_web_page(note)
    view = TextView(note)
    for rule, severity in active_rules(settings):
        if rule.scope == "series" or (page and not rule.code.startswith("WN0")):
            continue
        for each in (view,) if rule.scope == "text" else notes:
            found += [_diagnostic(rule, severity, finding, path) for finding in rule.find(each, settings)]
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
    # What has no place comes first, as what is about the whole.
    return found.path or "", -1 if found.position is None else found.position.start.offset, found.code, found.message


def series_entries(note: Weeknote | Archive | Post, path: str | None = None) -> tuple[SeriesEntry, ...]:
    """Return what `check_series` needs to know of a note, or of each weeknote in an archive.

    Facts are small and can be pickled, so that a folder of 10,000 notes need not be in memory at once.

    Args:
        note: the note or archive; a post has no facts.
        path: the file's path: notes of one folder make a series.
    """
    if isinstance(note, Archive):
        return tuple(series_entry(each, path, archived=True) for each in note.weeknotes)
    return (series_entry(note, path, archived=False),) if isinstance(note, Weeknote) else ()


def check_series(
    facts: Iterable[SeriesEntry], rules: LintSettings | Iterable[str] | None = None
) -> tuple[Diagnostic, ...]:
    """Look at several weeknotes together: weeks told twice, out of order, or missed.

    Give the facts of all notes at once, in any order; notes of different folders, and notes with different labels, are
    told apart here. What was found comes sorted by path and place. The notes of one
    archive are looked at by `check` already: leave their facts out if you called it.

    Args:
        facts: what `series_entries` gives for each note.
        rules: as for `check`.

    Raises:
        UnknownRuleError: there is no such rule.
    """
    settings = as_settings(rules)
    asked = [(rule, severity) for rule, severity in active_rules(settings) if rule.scope == "series"]
    # The notes of an archive have one path: they stay in the order of the text.
    ordered = sorted(facts, key=lambda one: (one.series, one.path or "")) if asked else []
    found: list[Diagnostic] = []
    for _, group in groupby(ordered, key=lambda one: one.series):
        series = tuple(group)
        for rule, severity in asked:
            found += [_diagnostic(rule, severity, one, one.fact.path) for one in rule.find(series, settings)]
    return tuple(sorted(found, key=_order))


def validate(note: RootT, rules: LintSettings | Iterable[str] | None = None, *, path: str | None = None) -> RootT:
    r"""Return a note that has no errors and no warnings, or raise.

    A finding of severity `info` does not count: it is worth knowing and no reason to refuse a note. Give a rule
    another severity in the settings to make it count or not.

    Args:
        note: what to look at.
        rules: as for `check`.
        path: the file's path, for the findings to name.

    Raises:
        InvalidNoteError: there are errors or warnings; the error's `diagnostics` holds them.
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
    r"""Return a note with everything repaired that is safe to repair; the note itself, if nothing is.

    Only lines with a finding change. A note that was built, or edited since it was read, is written and read again
    first; what cannot be written is returned as it is.

    Args:
        note: the note, archive or post.
        rules: as for `check`: only these rules' findings are repaired.

    Raises:
        UnknownRuleError: there is no such rule.

    >>> import weeknote
    >>> note = weeknote.parse("## Other highlights from last week were:.\n\n- One\n-\n- Two\n")
    >>> weeknote.dump(fix(note))
    '## Other highlights from last week were:\n\n- One\n- Two\n'
    """
    settings = as_settings(rules)
    for _ in range(MOST_ROUNDS):
        repairs = [one.fix for one in check(note, settings) if one.fix is not None]
        if not repairs and note.slice is not None:
            break
        try:
            if note.slice is None:
                read = parse_like(note, dump(note))
                if not any(one.fix for one in check(read, settings)):
                    break
                note = read
                continue
            edits = [edit for repair in repairs for edit in repair.edits]
            if edits:
                changed = apply_edits(note, edits)
            else:
                changed = replace_many(note, [pair for repair in repairs for pair in repair.swaps])
                changed = parse_like(changed, dump(changed))
        except WeeknoteError:
            break
        if dump(changed) == dump(note):
            break
        note = changed
    return note
