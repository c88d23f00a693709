"""What a project requires of each of its notes, as plain data."""

from __future__ import annotations

import reprlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import attrs

from weeknote.errors import WeeknoteError, closest
from weeknote.headings.roles import VOCABULARY, Role, fold

if TYPE_CHECKING:
    from weeknote.nodes.section import Section

    Path = tuple[str | int, ...]

WILDCARD = "*"
"""The wildcard for any number of sections of any kind."""

KEYS = ("sections", "week", "front-matter")
SECTION_KEYS = ("role", "heading", "optional", "items", "paragraphs")


class InvalidStructureError(WeeknoteError):
    """The description of a structure is invalid.

    Attributes:
        key_path: the keys and indices that lead to the invalid value.
        key: the same as one string, such as `"sections[2].role"`; `"structure"` for the whole.
    """

    def __init__(self, path: Path, found: object, expected: str, *, explanation: str | None = None) -> None:
        self.key_path = path
        self.key: str = key_name(path) or "structure"
        self.explanation: str = explanation or f"found {reprlib.repr(found)}; {expected}"
        super().__init__(f"{self.key}: {self.explanation}", found=found, expected=expected)


def collapse_spaces(title: str) -> str:
    """Return a title with every run of white space, of whatever kind, as one space."""
    return " ".join(title.split())


@attrs.frozen
class SectionSpec:
    """One entry of a structure's sections.

    Attributes:
        role: the role the section must have; None if only the heading matters.
        heading: the heading, exactly as it must be spelled; None accepts any heading of that role.
        optional: whether a note may leave the section out.
        items: the minimum number of list items.
        paragraphs: the minimum number of paragraphs.
        wildcard: whether this matches any number of sections of any kind.
    """

    role: Role | None = attrs.field(default=None, converter=attrs.converters.optional(Role))
    heading: str | None = attrs.field(default=None, converter=attrs.converters.optional(collapse_spaces))
    optional: bool = False
    items: int = 0
    paragraphs: int = 0
    wildcard: bool = False

    @property
    def description(self) -> str:
        """What it requires, in words that follow "the section": the heading, else the role and an example."""
        if self.heading is not None:
            return f"“{self.heading}”"
        if self.role is None:
            return "of any kind"
        if self.role is Role.THEME:
            return "on a theme"
        example = VOCABULARY.canonical(self.role)
        return f"of role {self.role}" if example is None else f"of role {self.role}, such as “{example}”"

    @property
    def title(self) -> str | None:
        """The heading to write for it: the required one, else the usual one of the role; None for a theme."""
        return self.heading or (None if self.role is None else VOCABULARY.canonical(self.role))

    def match_quality(self, section: Section) -> int:
        """Return how well a section matches: 2 for the exact heading, 1 for the role or another spelling, else 0."""
        if self.wildcard:
            return 0
        if self.heading is not None:
            if collapse_spaces(section.title) == self.heading:
                return 2
            same_role = self.role not in (None, Role.THEME) and section.role is self.role
            return int(same_role or fold(section.title) == fold(self.heading))
        return int(section.role is self.role)


def _specs(given: Iterable[SectionSpec | str]) -> tuple[SectionSpec, ...]:
    return tuple(_spec(one, ("sections", i)) if isinstance(one, str) else one for i, one in enumerate(given))


def key_name(path: Path) -> str:
    """Return the keys and indices that lead to a value as one string, such as `"sections[2].role"`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def as_tuple(given: Iterable[str] | str) -> tuple[str, ...]:
    """Return some strings as a tuple, and a string as a tuple of one."""
    return (given,) if isinstance(given, str) else tuple(given)


@attrs.frozen
class Structure:
    """What a project requires of each of its notes. Immutable, hashable, plain data.

    `Structure()` requires nothing. In `sections`, a string is a wildcard (`"*"`), a role (`"learning"`) or a heading.

    Attributes:
        sections: the sections in order. No other section may come between two of them without a wildcard.
        week: whether a note must say which week it covers.
        front_matter: the keys that the front matter must have.

    >>> learning = SectionSpec(heading="Something I’m learning", role="learning", paragraphs=1)
    >>> Structure(["*", "highlights", learning]).sections[1].role
    <Role.HIGHLIGHTS: 'highlights'>
    """

    sections: tuple[SectionSpec, ...] = attrs.field(default=(), converter=_specs)
    week: bool = False
    front_matter: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, object]) -> Structure:
        """Return the structure that plain data describes, such as a TOML table.

        Args:
            mapping: `sections`, `week` and `front-matter`; a section is a string, or a table with `role`, `heading`,
                `optional`, `items` and `paragraphs`.

        Raises:
            InvalidStructureError: a key is unknown or a value has the wrong type; the message names the key and says
                what was expected.

        >>> Structure.from_mapping({"week": True, "sections": ["*", {"role": "learning", "paragraphs": 1}]}).week
        True
        """
        if not isinstance(mapping, Mapping):
            raise InvalidStructureError((), mapping, "expected a table with `sections`, `week` or `front-matter`")
        _reject_unknown_keys(mapping, KEYS, ())
        keys = mapping.get("front-matter", [])
        if not isinstance(keys, list | tuple) or not all(isinstance(k, str) and k for k in keys):
            raise InvalidStructureError(("front-matter",), keys, 'expected a list of keys, such as ["title", "date"]')
        sections = mapping.get("sections", [])
        if not isinstance(sections, list | tuple):
            raise InvalidStructureError(("sections",), sections, 'expected a list, such as ["*", "learning"]')
        return cls(
            [_spec(given, ("sections", i)) for i, given in enumerate(sections)],
            week=_flag(mapping, "week", ()),
            front_matter=tuple(keys),
        )

    def to_mapping(self) -> dict[str, object]:
        """Return the structure as plain data that `from_mapping` reads, without what is not required.

        >>> Structure(["*", "learning"], week=True).to_mapping()
        {'week': True, 'sections': ['*', 'learning']}
        """
        sections = [_plain(spec) for spec in self.sections]
        found = {"week": self.week, "front-matter": list(self.front_matter), "sections": sections}
        return {key: value for key, value in found.items() if value}

    def requires_role(self, role: Role) -> bool:
        """Return whether a note must have a section of a role."""
        return any(spec.role is role and not spec.optional for spec in self.sections)


def _reject_unknown_keys(mapping: Mapping[str, object], keys: tuple[str, ...], path: Path) -> None:
    for key in mapping:
        if key not in keys:
            advice = closest(key, keys) or f"the keys are {', '.join(keys)}"
            explanation = f"unknown key {reprlib.repr(key)}; {advice}"
            raise InvalidStructureError((*path, key), mapping[key], advice, explanation=explanation)


def _flag(mapping: Mapping[str, object], key: str, path: Path) -> bool:
    value = mapping.get(key, False)
    if not isinstance(value, bool):
        raise InvalidStructureError((*path, key), value, "expected true or false")
    return value


def _count(mapping: Mapping[str, object], key: str, path: Path) -> int:
    value = mapping.get(key, 0)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise InvalidStructureError((*path, key), value, "expected a whole number, 0 or more")
    return value


def _spec(given: object, path: Path) -> SectionSpec:
    """Return one entry of `sections`."""
    if isinstance(given, str) and collapse_spaces(given):
        return _named_section(given, path)
    if not isinstance(given, Mapping):
        roles = ", ".join(f'"{role}"' for role in Role)
        raise InvalidStructureError(path, given, f'expected "*", a role ({roles}), a heading, or a table')
    _reject_unknown_keys(given, SECTION_KEYS, path)
    role, heading = given.get("role"), given.get("heading")
    if role is not None and (not isinstance(role, str) or role not in set(Role)):
        advice = closest(role, map(str, Role)) if isinstance(role, str) else None
        advice = advice or f"the roles are {', '.join(Role)}"
        explanation = f"unknown role {reprlib.repr(role)}; {advice}"
        raise InvalidStructureError((*path, "role"), role, advice, explanation=explanation)
    if heading is not None and (not isinstance(heading, str) or not collapse_spaces(heading)):
        raise InvalidStructureError((*path, "heading"), heading, "expected the words of a heading")
    if role is None and heading is None:
        raise InvalidStructureError(path, dict(given), "expected a table with a `role`, a `heading` or both")
    return SectionSpec(
        role=Role(role) if role is not None else _role_of(str(heading)),
        heading=heading,
        optional=_flag(given, "optional", path),
        items=_count(given, "items", path),
        paragraphs=_count(given, "paragraphs", path),
    )


def _named_section(given: str, path: Path) -> SectionSpec:
    """Return what a string in `sections` means: a wildcard, a role or a heading."""
    if given.strip() == WILDCARD:
        return SectionSpec(wildcard=True)
    if given in set(Role):
        return SectionSpec(Role(given))
    # Headings begin with a capital. A lower-case word that is almost a role is a misspelt role.
    if given.isalpha() and given.islower() and (advice := closest(given, map(str, Role))) is not None:
        explanation = f'unknown role {given!r}; {advice} For a heading, write {{heading = "{given}"}}'
        raise InvalidStructureError(path, given, advice, explanation=explanation)
    return SectionSpec(_role_of(given), given)


def _role_of(heading: str) -> Role | None:
    """Return the role that a required heading expresses; None for a theme, which only the exact heading means."""
    role = VOCABULARY.role(heading)
    return None if role is Role.THEME else role


def _plain(spec: SectionSpec) -> str | dict[str, object]:
    if spec.wildcard:
        return WILDCARD
    table: dict[str, object] = {}
    if spec.role is not None and (spec.heading is None or _role_of(spec.heading) is not spec.role):
        table["role"] = str(spec.role)
    table |= {key: value for key in SECTION_KEYS if key != "role" and (value := getattr(spec, key))}
    if list(table) == ["role"]:
        return str(spec.role)
    if list(table) == ["heading"] and spec.heading is not None and _is_unambiguous(spec.heading):
        return spec.heading
    return table


def _is_unambiguous(heading: str) -> bool:
    """Return whether a string in `sections` means this heading."""
    try:
        return _named_section(heading, ()).heading == heading
    except InvalidStructureError:
        return False
