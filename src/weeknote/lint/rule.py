"""What every rule is made of: the rule, what it finds, and what it is asked with."""

from __future__ import annotations

import re
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, Literal

import attrs

from weeknote.errors import WeeknoteError
from weeknote.lint.diagnostics import Severity
from weeknote.lint.structure import Structure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from weeknote.lint.diagnostics import Fix
    from weeknote.source import Position

PROFILE_NAMES = ("loose", "standard", "strict")
"""The names of the profiles, the quietest first."""

DEEPEST_LIST = 3
"""How many lists may stand in each other before a rule speaks."""

Scope = Literal["text", "note", "series"]


@attrs.frozen
class Finding:
    """What a rule found, before it is known how much that matters.

    Attributes:
        message: what is there, in one sentence a person who has never seen the tool can act on.
        node: the node it is about.
        position: where it stands; None for a note that was built.
        hint: what to do next, or None.
        fix: a safe repair, or None.
        fact: for a rule about a series, the facts of the note it is about.
    """

    message: str
    node: Any = attrs.field(default=None, eq=False, repr=False)
    position: Position | None = None
    hint: str | None = None
    fix: Fix | None = attrs.field(default=None, eq=False, repr=False)
    fact: Any = attrs.field(default=None, eq=False, repr=False)


def _severity_pairs(
    given: Mapping[str, Severity | str | None] | Iterable[tuple[str, Severity | str | None]],
) -> tuple[tuple[str, Severity | None], ...]:
    from collections.abc import Mapping

    pairs = given.items() if isinstance(given, Mapping) else given
    return tuple((code, None if level in (None, "off") else Severity(level)) for code, level in pairs)


def _as_tuple(given: Iterable[str] | str) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _selection(given: Iterable[str] | str | None) -> tuple[str, ...] | None:
    return None if given is None else _as_tuple(given)


def _profile(_: Any, __: Any, value: str) -> None:
    if value not in PROFILE_NAMES:
        names = ", ".join(map(repr, PROFILE_NAMES))
        raise UnknownProfileError(
            f"there is no profile {value!r}; give one of {names}", found=value, expected=PROFILE_NAMES
        )


class UnknownProfileError(WeeknoteError):
    """A profile was named that does not exist; `expected` lists those that do."""


@attrs.frozen(kw_only=True)
class LintSettings:
    """What to ask of notes. Immutable and hashable.

    Attributes:
        profile: `"loose"`, `"standard"` or `"strict"`: which rules speak, and how loudly.
        select: if given, only rules whose code begins with one of these, or that have one of these names; a rule
            that is off in the profile then has its own severity.
        ignore: codes, their beginnings, or names of rules to leave out; stronger than everything else.
        severities: other severities by code, beginning of a code, or name; `"off"` or None turns a rule off. Of two
            for one rule the longer one counts. They make a rule speak that the profile or `select` leaves out.
        structure: what a project asks of each note; None asks for nothing.
        prompts: lines of the project's own template that must not be left in a note, compared without case.
        deepest_list: how many lists may stand in each other.

    Raises:
        UnknownProfileError: there is no such profile.

    >>> LintSettings(profile="strict", ignore=["WN4"], severities={"bare-url": "off"}).ignore
    ('WN4',)
    """

    profile: str = attrs.field(default="standard", validator=_profile)
    select: tuple[str, ...] | None = attrs.field(default=None, converter=_selection)
    ignore: tuple[str, ...] = attrs.field(default=(), converter=_as_tuple)
    severities: tuple[tuple[str, Severity | None], ...] = attrs.field(default=(), converter=_severity_pairs)
    structure: Structure | None = None
    prompts: tuple[str, ...] = attrs.field(default=(), converter=_as_tuple)
    deepest_list: int = attrs.field(default=DEEPEST_LIST, validator=attrs.validators.ge(1))


@attrs.frozen(eq=False)
class Rule:
    """One rule.

    Attributes:
        code: the stable code, such as `"WN301"`; its first digit is the family.
        name: the name in kebab-case, such as `"missing-learning"`.
        severity: how much a finding matters where nothing else says it.
        scope: `"text"` (any words, posts too), `"note"` (one weeknote) or `"series"` (several together).
        levels: the severity in each profile, None where the rule is off, in the order of `PROFILE_NAMES`.
        summary: what it finds, in one line.
        what: when it speaks and when not.
        why: why that matters to a reader.
        fix: what to do about it.
        find: the function that finds; takes what is looked at (for a series the `SeriesEntry` of its notes) and the
            settings, and yields findings.
        asked: tells whether a structure asks for what the rule looks at, so that it is an error whatever the
            profile; None for a rule that no structure asks for.
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
    find: Callable[[Any, LintSettings], Iterable[Finding]] = attrs.field(repr=False)
    asked: Callable[[Structure], bool] | None = attrs.field(default=None, repr=False)


_PART = re.compile(r"^(What|Why|Fix): ", re.MULTILINE)


def rule(
    code: str,
    name: str,
    levels: str,
    scope: Scope = "note",
    *,
    asked: Callable[[Structure], bool] | None = None,
) -> Callable[[Callable[[Any, LintSettings], Iterable[Finding]]], Rule]:
    """Return a decorator that makes a rule of a function.

    The function's docstring is the rule's page: a summary line, then paragraphs that begin `What:`, `Why:` and `Fix:`.

    Args:
        code: the stable code.
        name: the name in kebab-case.
        levels: one word for each profile, the loosest first: `"off"`, `"info"`, `"warning"` or `"error"`.
        scope: what the function looks at.
        asked: tells whether a structure asks for it.
    """
    loose, standard, strict = (None if word == "off" else Severity(word) for word in levels.split())

    def made(find: Callable[[Any, LintSettings], Iterable[Finding]]) -> Rule:
        # Without docstrings (python -OO) a rule works all the same, and has an empty page.
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
            asked=asked,
        )

    return made
