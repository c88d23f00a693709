"""The configuration of checks: `weeknote.toml`, or `[tool.weeknote]` in `pyproject.toml`, found upwards from a file.

What is wrong with a configuration is said with its file, its key and its line.
"""

from __future__ import annotations

import functools
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from weeknote.errors import WeeknoteError
from weeknote.front_matter import toml
from weeknote.lint.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weeknote.lint.registry import LintSettings

    AnyPath = str | os.PathLike[str]

NAMES = ("weeknote.toml", "pyproject.toml")
"""The files a configuration may stand in; in one folder the first wins."""

FILES = ("*.md", "*.markdown", "*.txt")
"""Which files of a folder are notes, where no configuration says it."""

EXCLUDE = (
    *("README*", "CHANGELOG*", "CHANGES*", "CONTRIBUTING*", "CODE_OF_CONDUCT*", "SECURITY*", "LICEN[CS]E*", "COPYING*"),
    *("_index.md", "CMakeLists.txt", "requirements*.txt", "robots.txt", "node_modules/", "__pycache__/"),
)
"""What is no note although its name says so, where no configuration says it."""


class ConfigurationError(WeeknoteError):
    """A configuration cannot be read or says what makes no sense.

    `path` is its file, `place` the line and column, and `found` what stands there.

    Attributes:
        key: the key that is wrong, as `"structure.sections"`; None where the file is broken as a whole.
    """

    def __init__(self, message: str, *, key: str | None = None, **facts: Any) -> None:
        super().__init__(message, **facts)
        self.key = key


# Not `tuple` itself: attrs asks a converter for its signature, and to tell that of a built-in class takes long.
def _patterns(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(given)


@attrs.frozen
class Configuration:
    """What a project says about its notes.

    Attributes:
        settings: which rules are checked, and how.
        path: the file it was read from, or None.
        files: patterns of the files in a folder that are notes.
        exclude: patterns of files and folders that are none.
        per_file_ignores: for patterns of files, the codes of the rules that do not count there.
        baseline: the file of findings that are known and do not count, or None.

    >>> mine = Configuration(files=["notes/**/*.md"], exclude=["drafts/"])
    >>> [mine.is_note(name) for name in ("notes/2024/w03.md", "w03.md", "notes/drafts/w04.md")]
    [True, False, False]
    """

    settings: LintSettings = attrs.field(factory=lambda: _settings())  # the rules are loaded when first needed
    path: str | None = None
    files: tuple[str, ...] = attrs.field(default=FILES, converter=_patterns)
    exclude: tuple[str, ...] = attrs.field(default=EXCLUDE, converter=_patterns)
    per_file_ignores: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    baseline: str | None = None

    @property
    def folder(self) -> str:
        """The folder that its patterns and paths start from."""
        return os.getcwd() if self.path is None else os.path.dirname(os.path.abspath(self.path))  # noqa: PTH100, PTH109, PTH120 # see `relative`

    def relative(self, path: AnyPath) -> str:
        """Return a path as patterns see it: from the configuration's folder, with forward slashes."""
        # Not Path.resolve: a pattern speaks of the names that people see, not of where links lead.
        return os.path.relpath(os.path.abspath(path), self.folder).replace(os.sep, "/")  # noqa: PTH100 # see above

    def is_note(self, path: AnyPath) -> bool:
        """Return whether a file in a folder is a note by its name."""
        name = self.relative(path)
        return any(matches(name, p) for p in self.files) and not self.leaves_out(path)

    def leaves_out(self, path: AnyPath) -> bool:
        """Return whether a file or folder is excluded."""
        name = self.relative(path)
        return any(matches(name, p) for p in self.exclude)

    def ignored(self, path: AnyPath) -> tuple[str, ...]:
        """Return the codes of the rules that do not count in a file.

        >>> Configuration(per_file_ignores={"2019/": ("WN3",)}).ignored("2019/may.md")
        ('WN3',)
        """
        name = self.relative(path)
        return tuple(code for p, codes in self.per_file_ignores.items() if matches(name, p) for code in codes)


def _settings() -> LintSettings:
    from weeknote.lint.registry import LintSettings

    return LintSettings()


# --- patterns


def matches(name: str, pattern: str) -> bool:
    """Return whether a path fits a pattern, by the rules people know from `.gitignore`.

    A pattern without a slash, or with one only at its end, fits a name at any depth; another fits the whole path. What
    stands in a folder that fits, fits too. `*` and `?` stop at slashes, `**` does not.

    Args:
        name: a path with forward slashes.
        pattern: the pattern.

    >>> [matches("2019/may/w1.md", p) for p in ("w1.md", "2019/", "2019/*.md", "2019/**/*.md", "ma[xy]/")]
    [True, True, False, True, True]
    """
    return _pattern(pattern).fullmatch(name) is not None


@functools.lru_cache(maxsize=512)
def _pattern(pattern: str) -> re.Pattern[str]:
    body = pattern.removesuffix("/").removeprefix("./")
    parts = [] if "/" in body else [r"(?:.*/)?"]
    for token in re.findall(r"\*\*/|\*\*|\*|\?|\[[^\]/]+\]|.", body.removeprefix("/"), re.DOTALL):
        if token == "**/":
            parts.append(r"(?:.*/)?")
        elif token == "**":
            parts.append(r".*")
        elif token == "*":
            parts.append(r"[^/]*")
        elif token == "?":
            parts.append(r"[^/]")
        elif len(token) > 1:
            inner = token[1:-1].replace("\\", r"\\")
            parts.append(f"[{'^' + inner[1:] if inner[0] == '!' else inner}]")
        else:
            parts.append(re.escape(token))
    # What stands in a folder that fits, fits too.
    return re.compile("".join([*parts, r"(?:/.*)?"]), re.DOTALL)


# --- finding and reading


def find_configuration(start: AnyPath) -> Path | None:
    """Return the configuration that counts for a file or folder: the nearest one upwards, or None.

    Raises:
        ConfigurationError: a `pyproject.toml` on the way speaks of weeknote and cannot be read.
    """
    at = Path(os.path.abspath(start))  # noqa: PTH100 # links are not followed, as in `relative`
    for folder in ([at] if at.is_dir() else []) + [*at.parents]:
        for name in NAMES:
            if (folder / name).is_file() and (name == NAMES[0] or _table(folder / name) is not None):
                return folder / name
    return None


def read_configuration(path: AnyPath) -> Configuration:
    """Read a configuration.

    Args:
        path: a `pyproject.toml`, of which the table `tool.weeknote` is read, or another TOML file, which is read whole.

    Raises:
        ConfigurationError: it cannot be read, or says what makes no sense.
    """
    file = Path(path)
    found = _table(file)
    at = ("tool", "weeknote") if file.name == NAMES[1] else ()
    return _configuration({} if found is None else found, _Location(file, at))


def configuration_for(start: AnyPath) -> Configuration:
    """Return the configuration that counts for a file or folder, or one that says nothing.

    Raises:
        ConfigurationError: it cannot be read, or says what makes no sense.
    """
    found = find_configuration(start)
    return Configuration() if found is None else read_configuration(found)


# --- what a file says


@attrs.frozen
class _Location:
    """A configuration and a way into it, to say where something is wrong."""

    file: Path
    way: toml.Way

    def __truediv__(self, step: str | int) -> _Location:
        return attrs.evolve(self, way=(*self.way, step))

    def wrong(self, message: str, found: object = None, expected: object = None) -> ConfigurationError:
        """Return the error that says what is wrong here."""
        own = self.way[2:] if self.way[:2] == ("tool", "weeknote") else self.way
        key = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in own).removeprefix(".")
        line = toml.line_of(self.file.read_text(encoding="utf-8"), self.way)
        return ConfigurationError(
            message, key=key or None, path=os.fspath(self.file), place=(line, 1), found=found, expected=expected
        )


def _table(file: Path) -> dict[str, Any] | None:
    """Return the table of a file that is about weeknote; None for a `pyproject.toml` without one."""
    name = os.fspath(file)
    try:
        content = file.read_bytes()
        # Somebody else's pyproject.toml, broken or not, is nothing to complain about.
        if file.name == NAMES[1] and b"weeknote" not in content:
            return None
        found: Any = toml.read(content.decode("utf-8"))
    except OSError as error:
        raise ConfigurationError(f"the configuration cannot be read: {error.strerror or error}", path=name) from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigurationError(
            "the configuration is not UTF-8; save it as UTF-8", path=name, place=(line, 1)
        ) from None
    except toml.TomlError as error:
        reason, *place = error.args
        raise ConfigurationError(f"the configuration is not TOML: {reason}", path=name, place=tuple(place)) from None
    if file.name != NAMES[1]:
        return found  # type: ignore[no-any-return] # a TOML document is a table
    tool = found.get("tool")
    if not isinstance(tool, dict) or "weeknote" not in tool:
        return None
    if not isinstance(tool["weeknote"], dict):
        raise _Location(file, ("tool", "weeknote")).wrong("`tool.weeknote` is a table; write [tool.weeknote]")
    return tool["weeknote"]


def _configuration(given: Mapping[str, Any], place: _Location) -> Configuration:
    """Return the configuration that a table says."""
    from weeknote.lint.comparison import InvalidStructureError, Structure
    from weeknote.lint.registry import LintSettings, UnknownProfileError

    for key in given:
        if key not in KEYS:
            import difflib

            near = difflib.get_close_matches(key, KEYS, 1, 0.5)
            tail = f"did you mean {near[0]!r}?" if near else f"the keys are {', '.join(KEYS)}"
            raise (place / key).wrong(f"there is no key {key!r}; {tail}", key, KEYS)
    facts: dict[str, Any] = {}
    if "profile" in given:
        facts["profile"] = found = _text(given["profile"], place / "profile")
        try:
            validate_profile(found)
        except UnknownProfileError as error:
            raise (place / "profile").wrong(error.message, found, error.expected) from None
    for key in ("select", "ignore"):
        if key in given:
            facts[key] = _rules(given[key], place / key)
    if "prompts" in given:
        facts["prompts"] = _texts(given["prompts"], place / "prompts")
    if "deepest-list" in given:
        facts["deepest_list"] = _count(given["deepest-list"], place / "deepest-list")
    if "severities" in given:
        facts["severities"] = _severities(given["severities"], place / "severities")
    if "structure" in given:
        try:
            facts["structure"] = Structure.from_mapping(given["structure"])
        except InvalidStructureError as error:
            key = error.key.removeprefix("structure")
            at = place / "structure"
            for name, number in re.findall(r"([^.\[\]]+)|\[(\d+)\]", key):
                at = at / (name or int(number))
            raise at.wrong(f"{error.found!r} cannot stand here; expected {error.expected}") from None
    more: dict[str, Any] = {}
    for key in ("files", "exclude"):
        if key in given:
            more[key] = _texts(given[key], place / key)
    if "per-file-ignores" in given:
        at = place / "per-file-ignores"
        more["per_file_ignores"] = {
            pattern: _rules(codes, at / pattern) for pattern, codes in _mapping(given["per-file-ignores"], at).items()
        }
    if "baseline" in given:
        more["baseline"] = os.fspath(place.file.parent / _text(given["baseline"], place / "baseline"))
    return Configuration(LintSettings(**facts), os.fspath(place.file), **more)


KEYS = (
    *("profile", "select", "ignore", "severities", "structure", "prompts", "deepest-list"),
    *("files", "exclude", "per-file-ignores", "baseline"),
)
"""The keys of a configuration."""


def validate_profile(name: str) -> str:
    """Return the name of a profile if there is such a profile.

    Raises:
        UnknownProfileError: there is none; the message says which one is like it.
    """
    from weeknote.lint.registry import PROFILE_NAMES, UnknownProfileError

    if name not in PROFILE_NAMES:
        import difflib

        near = difflib.get_close_matches(name.lower(), PROFILE_NAMES, 1, 0.5)
        tail = f"did you mean {near[0]!r}?" if near else f"give one of {', '.join(map(repr, PROFILE_NAMES))}"
        raise UnknownProfileError(f"there is no profile {name!r}; {tail}", found=name, expected=PROFILE_NAMES)
    return name


def _text(given: object, place: _Location) -> str:
    if not isinstance(given, str):
        raise place.wrong(f"{given!r} cannot stand here; write text in quotes", given, str)
    return given


def _count(given: object, place: _Location) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or given < 1:
        raise place.wrong(f"{given!r} cannot stand here; write a whole number, 1 or more", given, int)
    return given


def _texts(given: object, place: _Location) -> tuple[str, ...]:
    if not isinstance(given, list):
        raise place.wrong(f'{given!r} cannot stand here; write a list, such as ["one", "another"]', given, list)
    return tuple(_text(value, place / i) for i, value in enumerate(given))


def _mapping(given: object, place: _Location) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise place.wrong(f"{given!r} cannot stand here; write a table", given, dict)
    return given


def _rules(given: object, place: _Location) -> tuple[str, ...]:
    """Return codes, beginnings of codes and names of rules, each of which means one."""
    found = _texts(given, place)
    for i, selector in enumerate(found):
        _known(selector, place / i)
    return found


def _severities(given: object, place: _Location) -> dict[str, str]:
    levels = (*map(str, Severity), "off")
    found = _mapping(given, place)
    for selector, level in found.items():
        _known(selector, place / selector)
        if level not in levels:
            words = ", ".join(map(repr, levels))
            raise (place / selector).wrong(f"there is no severity {level!r}; give one of {words}", level, levels)
    return dict(found)


def _known(selector: str, place: _Location) -> None:
    from weeknote.lint.registry import UnknownRuleError, select_rules

    try:
        select_rules(selector)
    except UnknownRuleError as error:
        raise place.wrong(error.message, error.found, error.expected) from None
