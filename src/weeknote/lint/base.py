"""What rules are made of: `Rule`, the findings it yields, and the settings it gets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, Literal

import attrs

from weeknote.errors import WeeknoteError, closest
from weeknote.lint.diagnostics import Severity
from weeknote.lint.structure import Structure, as_tuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from weeknote.lint.entries import SeriesEntry
    from weeknote.lint.fixes import Fix
    from weeknote.nodes.block import Node
    from weeknote.source import Position

    # What a rule looks at depends on its scope: a `TextView`, a `Weeknote`, or the `SeriesEntry` of each note.
    Check = Callable[[Any, "LintSettings"], Iterable["Finding"]]

PROFILE_NAMES = ("loose", "standard", "strict")
"""The names of the profiles, quietest first."""

DEEPEST_LIST = 3
"""The default for how deeply lists may be nested."""

Scope = Literal["text", "note", "series"]


@attrs.frozen
class Finding:
    """What a rule yields. `check` adds the code, the severity and the path to make a `Diagnostic`.

    Attributes:
        message: what is wrong, in one sentence that needs no knowledge of this tool.
        node: the node concerned.
        position: where it is; None for a node that was built.
        hint: what to do about it, or None.
        fix: a fix that is safe to apply automatically, or None.
        entry: for rules about a series, the note concerned.
    """

    message: str
    node: Node | None = attrs.field(default=None, eq=False, repr=False)
    position: Position | None = None
    hint: str | None = None
    fix: Fix | None = attrs.field(default=None, eq=False, repr=False)
    entry: SeriesEntry | None = attrs.field(default=None, eq=False, repr=False)


class UnknownProfileError(WeeknoteError):
    """There is no profile of that name; `expected` lists the profiles."""


def validate_profile(name: str) -> str:
    """Return the name of a profile, if there is such a profile.

    Raises:
        UnknownProfileError: there is none; the message suggests the closest name.
    """
    if name not in PROFILE_NAMES:
        advice = closest(name, PROFILE_NAMES) or f"choose one of {', '.join(map(repr, PROFILE_NAMES))}"
        raise UnknownProfileError(f"unknown profile {name!r}; {advice}", found=name, expected=PROFILE_NAMES)
    return name


def _severity_pairs(
    given: Mapping[str, Severity | str | None] | Iterable[tuple[str, Severity | str | None]],
) -> tuple[tuple[str, Severity | None], ...]:
    pairs = given.items() if isinstance(given, Mapping) else given
    return tuple((code, None if level in (None, "off") else Severity(level)) for code, level in pairs)


@attrs.frozen(kw_only=True)
class LintSettings:
    """Which rules to run, and how. Immutable and hashable.

    A selector is a rule's code (`"WN301"`), the start of one (`"WN3"`) or a rule's name (`"missing-learning"`).

    Attributes:
        profile: `"loose"`, `"standard"` or `"strict"`: which rules run, and with what severity.
        select: selectors of the only rules to run; None runs those of the profile. A rule that is off in the profile
            runs with its own severity.
        ignore: selectors of rules not to run. Takes precedence over everything else.
        severities: severities by selector; `"off"` or None turns a rule off. The most specific selector wins. Rules
            named here run even if the profile or `select` leaves them out.
        structure: what every note must have; None requires nothing.
        prompts: lines of the project's template that must not be left in a note; case does not matter.
        deepest_list: how deep lists may be nested.

    Raises:
        UnknownProfileError: there is no such profile.

    >>> LintSettings(profile="strict", ignore=["WN4"], severities={"bare-url": "off"}).ignore
    ('WN4',)
    """

    profile: str = attrs.field(default="standard", validator=lambda _, __, value: validate_profile(value))
    select: tuple[str, ...] | None = attrs.field(default=None, converter=attrs.converters.optional(as_tuple))
    ignore: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    severities: tuple[tuple[str, Severity | None], ...] = attrs.field(default=(), converter=_severity_pairs)
    structure: Structure | None = None
    prompts: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    deepest_list: int = attrs.field(default=DEEPEST_LIST, validator=attrs.validators.ge(1))


@attrs.frozen(eq=False)
class Rule:
    """One rule.

    Attributes:
        code: the stable code, such as `"WN301"`; the first digit is the family.
        name: the name in kebab-case, such as `"missing-learning"`.
        severity: the severity where neither a profile nor the settings give one.
        scope: `"text"` (any words, including posts), `"note"` (one weeknote) or `"series"` (several weeknotes).
        levels: the severity in each of `PROFILE_NAMES`; None where the rule is off.
        summary: what it reports, in one line.
        what: what it reports and what it leaves alone.
        why: why that matters to a reader.
        fix: what to do about it.
        find: takes what the scope says (for a series, the `SeriesEntry` of each note) and the settings, and yields
            findings.
        required_by: returns whether a structure requires what the rule looks for, which makes the rule an error in
            every profile; None for rules that have nothing to do with structure.
    """

    code: str
    name: str
    severity: Severity
    scope: Scope
    levels: tuple[Severity | None, Severity | None, Severity | None]
    summary: str
    what: str
    why: str
    fix: str
    find: Check = attrs.field(repr=False)
    required_by: Callable[[Structure], bool] | None = attrs.field(default=None, repr=False)


_PART = re.compile(r"^(What|Why|Fix): ", re.MULTILINE)


def rule(
    code: str,
    name: str,
    levels: str,
    scope: Scope = "note",
    *,
    required_by: Callable[[Structure], bool] | None = None,
) -> Callable[[Check], Rule]:
    """Return a decorator that turns a function into a `Rule`.

    The function's docstring is the rule's documentation: a summary line, then paragraphs that start with `What:`,
    `Why:` and `Fix:`.

    Args:
        code: the stable code.
        name: the name in kebab-case.
        levels: the severity in each profile, quietest profile first: `"off info warning"`.
        scope: what the function looks at.
        required_by: returns whether a structure requires what the rule looks for.
    """
    loose, standard, strict = (None if word == "off" else Severity(word) for word in levels.split())

    def decorate(find: Check) -> Rule:
        # Without docstrings (python -OO) the rule still works, and its documentation is empty.
        summary, *parts = _PART.split(cleandoc(find.__doc__ or ""))
        page = dict(zip(parts[::2], (" ".join(p.split()) for p in parts[1::2]), strict=True))
        return Rule(
            code=code,
            name=name,
            severity=standard or strict or Severity.INFO,
            scope=scope,
            levels=(loose, standard, strict),
            summary=" ".join(summary.split()).rstrip("."),
            what=page.get("What", ""),
            why=page.get("Why", ""),
            fix=page.get("Fix", ""),
            find=find,
            required_by=required_by,
        )

    return decorate
