"""What a project asks of each of its notes, as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from weeknote.errors import WeeknoteError
from weeknote.headings.roles import VOCABULARY, Role, fold

if TYPE_CHECKING:
    from weeknote.nodes.document import Section

ANY = "*"
"""What stands in a list of sections for any number of sections of any kind."""


class InvalidStructureError(WeeknoteError):
    """A structure is not written as it should be; `place` is None, `key` says where it stands in the data.

    Attributes:
        key: the way to the wrong value, such as `"sections[2].role"`.
    """

    def __init__(self, key: str, found: object, expected: str) -> None:
        super().__init__(f"{key}: found {found!r}; expected {expected}", found=found, expected=expected)
        self.key = key


def _heading(words: str | None) -> str | None:
    return None if words is None else collapse_spaces(words)


@attrs.frozen
class SectionSpec:
    """One section that a structure speaks of.

    Attributes:
        role: the role it must have; None where only the heading counts.
        heading: the heading, spelled as it must be spelled; None where any heading of that role will do.
        optional: whether a note may leave it out.
        items: how many list items it must have at least.
        paragraphs: how many paragraphs it must have at least.
        anything: whether this is no section but a wildcard: any number of sections of any kind.
    """

    role: Role | None = attrs.field(default=None, converter=attrs.converters.optional(Role))
    heading: str | None = attrs.field(default=None, converter=_heading)
    optional: bool = False
    items: int = 0
    paragraphs: int = 0
    anything: bool = False

    @property
    def asks_for(self) -> str:
        """What the part asks for, in words: the heading, else the role's own spelling."""
        if self.heading is not None:
            return f"“{self.heading}”"
        if self.role is None:
            return "any section"
        if self.role is Role.THEME:
            return "a section on a theme"
        example = VOCABULARY.canonical(self.role)
        return f"a section of {self.role}" if example is None else f"a section of {self.role}, such as “{example}”"

    @property
    def title(self) -> str | None:
        """The heading to write for it: the one asked for, else the role's own spelling; None for a theme."""
        return self.heading or (None if self.role is None else VOCABULARY.canonical(self.role))

    def fits(self, section: Section) -> int:
        """Tell how well a section fits: 2 for its very heading, 1 for its role or another spelling, 0 for not."""
        if self.anything:
            return 0
        if self.heading is not None:
            if collapse_spaces(section.title) == collapse_spaces(self.heading):
                return 2
            same_role = self.role not in (None, Role.THEME) and section.role is self.role
            return int(same_role or fold(section.title) == fold(self.heading))
        return int(section.role is self.role)


def collapse_spaces(title: str) -> str:
    """Return a title as far as its spelling counts: white space of any kind and amount is one space."""
    return " ".join(title.split())


def _parts(given: Iterable[SectionSpec | str]) -> tuple[SectionSpec, ...]:
    return tuple(_part(p, f"sections[{i}]") if isinstance(p, str) else p for i, p in enumerate(given))


def _keys(given: Iterable[str] | str) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


@attrs.frozen
class Structure:
    """What a project asks of each of its notes. Immutable, hashable, plain data.

    Nothing is asked that is not said: `Structure()` suits every note. In `sections` a string is a wildcard (`"*"`),
    a role (`"learning"`) or a heading.

    Attributes:
        sections: the sections in their order. Between two parts without a wildcard no other section may stand.
        week: whether a note must say which week it covers.
        front_matter: the keys that the front matter must have.

    >>> learning = SectionSpec(heading="Something I’m learning", role="learning", paragraphs=1)
    >>> asked = Structure(["*", "highlights", learning])
    >>> asked.sections[1].role
    <Role.HIGHLIGHTS: 'highlights'>
    """

    sections: tuple[SectionSpec, ...] = attrs.field(default=(), converter=_parts)
    week: bool = False
    front_matter: tuple[str, ...] = attrs.field(default=(), converter=_keys)

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> Structure:
        """Return the structure that plain data describes, such as a table of TOML.

        Args:
            mapping: `sections`, `week` and `front-matter`; a section is a string, or a table with `role`, `heading`,
                `optional`, `items` and `paragraphs`.

        Raises:
            InvalidStructureError: a key is unknown or a value is of the wrong kind; the message says which and what was
                expected.

        >>> Structure.from_mapping({"week": True, "sections": ["*", {"role": "learning", "paragraphs": 1}]}).week
        True
        """
        if not isinstance(mapping, Mapping):
            raise InvalidStructureError("structure", mapping, "a table with `sections`, `week` or `front-matter`")
        _known(mapping, ("sections", "week", "front-matter"), "")
        keys = mapping.get("front-matter", [])
        if not isinstance(keys, list | tuple) or not all(isinstance(k, str) and k for k in keys):
            raise InvalidStructureError("front-matter", keys, 'a list of keys, such as ["title", "date"]')
        sections = mapping.get("sections", [])
        if not isinstance(sections, list | tuple):
            raise InvalidStructureError("sections", sections, 'a list, such as ["*", "learning"]')
        return cls(
            [_part(given, f"sections[{i}]") for i, given in enumerate(sections)],
            week=_flag(mapping, "week", ""),
            front_matter=tuple(keys),
        )

    def to_mapping(self) -> dict[str, Any]:
        """Return the structure as plain data, which `from_mapping` reads; what is not asked is left out.

        >>> Structure(["*", "learning"], week=True).to_mapping()
        {'week': True, 'sections': ['*', 'learning']}
        """
        found: dict[str, Any] = {}
        if self.week:
            found["week"] = True
        if self.front_matter:
            found["front-matter"] = list(self.front_matter)
        if self.sections:
            found["sections"] = [_plain(part) for part in self.sections]
        return found

    def asks_for_role(self, role: Role) -> bool:
        """Tell whether a note must have a section of a role."""
        return any(part.role is role and not part.optional for part in self.sections)


def _known(mapping: Mapping[str, Any], keys: Sequence[str], way: str) -> None:
    for key in mapping:
        if key not in keys:
            raise InvalidStructureError(f"{way}{key}", mapping[key], f"one of the keys {', '.join(keys)}")


def _flag(mapping: Mapping[str, Any], key: str, way: str) -> bool:
    value = mapping.get(key, False)
    if not isinstance(value, bool):
        raise InvalidStructureError(f"{way}{key}", value, "true or false")
    return value


def _count(mapping: Mapping[str, Any], key: str, way: str) -> int:
    value = mapping.get(key, 0)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise InvalidStructureError(f"{way}{key}", value, "a whole number, 0 or more")
    return value


def _part(given: object, way: str) -> SectionSpec:
    """Return what one entry of `sections` says."""
    roles = ", ".join(f'"{role}"' for role in Role)
    if isinstance(given, str):
        if given.strip() == ANY:
            return SectionSpec(anything=True)
        if given in set(Role):
            return SectionSpec(Role(given))
        if collapse_spaces(given):
            return SectionSpec(_role_of(given), collapse_spaces(given))
    if not isinstance(given, Mapping):
        raise InvalidStructureError(way, given, f'"*", a role ({roles}), a heading, or a table')
    _known(given, ("role", "heading", "optional", "items", "paragraphs"), f"{way}.")
    role, heading = given.get("role"), given.get("heading")
    if role is not None and (not isinstance(role, str) or role not in set(Role)):
        raise InvalidStructureError(f"{way}.role", role, f"one of {roles}")
    if heading is not None and (not isinstance(heading, str) or not collapse_spaces(heading)):
        raise InvalidStructureError(f"{way}.heading", heading, "the words of a heading")
    if role is None and heading is None:
        raise InvalidStructureError(way, dict(given), "a table with a `role`, a `heading` or both")
    return SectionSpec(
        role=Role(role) if role is not None else _role_of(str(heading)),
        heading=None if heading is None else collapse_spaces(heading),
        optional=_flag(given, "optional", f"{way}."),
        items=_count(given, "items", f"{way}."),
        paragraphs=_count(given, "paragraphs", f"{way}."),
    )


def _role_of(heading: str) -> Role | None:
    """Return the role that a heading asked for says; None for a theme, which only the very heading means."""
    role = VOCABULARY.role(heading)
    return None if role is Role.THEME else role


def _plain(part: SectionSpec) -> str | dict[str, Any]:
    if part.anything:
        return ANY
    table: dict[str, Any] = {}
    if part.role is not None and (part.heading is None or _role_of(part.heading) is not part.role):
        table["role"] = str(part.role)
    if part.heading is not None:
        table["heading"] = part.heading
    if part.optional:
        table["optional"] = True
    table |= {name: count for name in ("items", "paragraphs") if (count := getattr(part, name))}
    if list(table) == ["role"]:
        return str(table["role"])
    if list(table) == ["heading"] and part.heading is not None and part.heading not in {ANY, *Role}:
        return part.heading
    return table
