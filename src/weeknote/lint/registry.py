"""All rules: by code, by name and by profile.

`python -m weeknote.lint.registry` prints the reference page.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from weeknote.errors import WeeknoteError
from weeknote.lint.base import PROFILE_NAMES, LintSettings, Rule
from weeknote.lint.diagnostics import Severity
from weeknote.lint.rule_page import reference_page
from weeknote.lint.rules import characters, file, inline, learning, lists, sections, series, text, week

if TYPE_CHECKING:
    from collections.abc import Mapping

_FAMILIES = (characters, file, week, series, sections, learning, lists, text, inline)

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        found.code: found
        for found in sorted(
            (value for family in _FAMILIES for value in vars(family).values() if isinstance(value, Rule)),
            key=lambda one: one.code,
        )
    }
)
"""Every rule by its code, in order of codes."""

PROFILES: Mapping[str, Mapping[str, Severity | None]] = MappingProxyType(
    {
        name: MappingProxyType({code: one.levels[i] for code, one in RULES.items()})
        for i, name in enumerate(PROFILE_NAMES)
    }
)
"""For each profile, the severity of every rule by its code; None where it is off."""

_BY_NAME = {one.name: one for one in RULES.values()}


class UnknownRuleError(WeeknoteError):
    """There is no rule with that code or name; `expected` lists the most similar ones."""


def get_rule(code_or_name: str) -> Rule:
    """Return the rule with a code or name, whatever its case.

    Args:
        code_or_name: such as `"WN301"` or `"missing-learning"`.

    Raises:
        UnknownRuleError: there is no such rule.

    >>> get_rule("wn301").name
    'missing-learning'
    """
    found = RULES.get(code_or_name.upper()) or _BY_NAME.get(code_or_name.lower())
    if found is not None:
        return found
    import difflib

    near = difflib.get_close_matches(code_or_name.upper(), RULES, 3, 0.75)
    near += difflib.get_close_matches(code_or_name.lower(), _BY_NAME, 3, 0.6)
    lines = ", ".join(f"{(one := RULES.get(n) or _BY_NAME[n]).code} {one.name}" for n in near)
    tail = f"did you mean {lines}?" if near else "`weeknote rule` lists them all"
    raise UnknownRuleError(f"unknown rule {code_or_name!r}; {tail}", found=code_or_name, expected=tuple(near))


def select_rules(selector: str) -> tuple[Rule, ...]:
    """Return the rules that a selector matches: a code, the start of a code, or a name.

    Args:
        selector: such as `"WN301"`, `"WN3"` or `"missing-learning"`, in any case.

    Raises:
        UnknownRuleError: it matches none.

    >>> [one.name for one in select_rules("WN30")][:2]
    ['missing-learning', 'empty-learning']
    """
    start = selector.strip().upper()
    found = tuple(one for code, one in RULES.items() if start[:2] == "WN" and code.startswith(start))
    return found or (get_rule(selector.strip()),)


@lru_cache(maxsize=64)
def active_rules(settings: LintSettings) -> tuple[tuple[Rule, Severity], ...]:
    """Return the rules to run under some settings, each with its severity, in order of codes.

    Raises:
        UnknownRuleError: the settings name a rule that does not exist.

    >>> "WN301" in [one.code for one, _ in active_rules(LintSettings())]
    False
    """
    selected = None if settings.select is None else {one.code for s in settings.select for one in select_rules(s)}
    ignored = {one.code for s in settings.ignore for one in select_rules(s)}
    # The most specific selector wins: a longer code over a shorter one, a name over any code.
    wanted = {
        one.code: level for s, level in sorted(settings.severities, key=lambda p: len(p[0])) for one in select_rules(s)
    }
    for selector, level in settings.severities:
        if selector.lower() in _BY_NAME:
            wanted[_BY_NAME[selector.lower()].code] = level
    found = []
    for code, one in RULES.items():
        level = PROFILES[settings.profile][code]
        if settings.structure is not None and one.required_by is not None and one.required_by(settings.structure):
            level = Severity.ERROR
        if selected is not None:
            level = (level or one.severity) if code in selected else None
        level = wanted.get(code, level)
        if level is not None and code not in ignored:
            found.append((one, level))
    return tuple(found)


if __name__ == "__main__":
    sys.stdout.buffer.write(reference_page(RULES.values()).encode("utf-8"))
