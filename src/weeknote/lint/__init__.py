"""Checking weeknotes: rules, settings, structures, and what a check reports.

`check`, `validate` and `fix` are also importable from `weeknote` itself. The other names here are for people who write
rules, or tools that run them. Names are imported on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weeknote.lazy import import_on_first_use

if TYPE_CHECKING:
    from weeknote.lint.base import Finding as Finding
    from weeknote.lint.base import LintSettings as LintSettings
    from weeknote.lint.base import Rule as Rule
    from weeknote.lint.base import UnknownProfileError as UnknownProfileError
    from weeknote.lint.base import rule as rule
    from weeknote.lint.checker import InvalidNoteError as InvalidNoteError
    from weeknote.lint.checker import check as check
    from weeknote.lint.checker import check_series as check_series
    from weeknote.lint.checker import fix as fix
    from weeknote.lint.checker import series_entries as series_entries
    from weeknote.lint.checker import validate as validate
    from weeknote.lint.comparison import infer_structure as infer_structure
    from weeknote.lint.diagnostics import Diagnostic as Diagnostic
    from weeknote.lint.diagnostics import Severity as Severity
    from weeknote.lint.entries import SeriesEntry as SeriesEntry
    from weeknote.lint.fixes import Edit as Edit
    from weeknote.lint.fixes import Fix as Fix
    from weeknote.lint.registry import PROFILES as PROFILES
    from weeknote.lint.registry import RULES as RULES
    from weeknote.lint.registry import UnknownRuleError as UnknownRuleError
    from weeknote.lint.registry import get_rule as get_rule
    from weeknote.lint.registry import select_rules as select_rules
    from weeknote.lint.rule_page import explain_rule as explain_rule
    from weeknote.lint.structure import InvalidStructureError as InvalidStructureError
    from weeknote.lint.structure import SectionSpec as SectionSpec
    from weeknote.lint.structure import Structure as Structure
    from weeknote.lint.view import Leaf as Leaf
    from weeknote.lint.view import TextView as TextView
    from weeknote.lint.view import text_rule as text_rule

import_on_first_use(
    __name__,
    {
        "base": ("Finding", "LintSettings", "Rule", "UnknownProfileError", "rule"),
        "checker": ("InvalidNoteError", "check", "check_series", "fix", "series_entries", "validate"),
        "comparison": ("infer_structure",),
        "diagnostics": ("Diagnostic", "Severity"),
        "entries": ("SeriesEntry",),
        "fixes": ("Edit", "Fix"),
        "registry": ("PROFILES", "RULES", "UnknownRuleError", "get_rule", "select_rules"),
        "rule_page": ("explain_rule",),
        "structure": ("InvalidStructureError", "SectionSpec", "Structure"),
        "view": ("Leaf", "TextView", "text_rule"),
    },
)
