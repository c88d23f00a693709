"""The configuration of `check`: `weeknote.toml`, or `[tool.weeknote]` in `pyproject.toml`.

The nearest one upwards from a note counts. Every mistake in it is reported with its file, key and line.
"""

from __future__ import annotations

import os
import reprlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import attrs

from weeknote.errors import WeeknoteError, closest
from weeknote.front_matter import toml
from weeknote.lint.base import LintSettings, UnknownProfileError, validate_profile
from weeknote.lint.diagnostics import Severity
from weeknote.lint.patterns import InvalidPatternError, compile_pattern, matches, relative_name
from weeknote.lint.structure import InvalidStructureError, Structure, as_tuple, key_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    AnyPath = str | os.PathLike[str]
    Table = Mapping[str, object]

FILE_NAMES = ("weeknote.toml", "pyproject.toml")
"""The names a configuration can have; in one folder the first takes precedence."""

DEFAULT_FILES = ("*.md", "*.markdown", "*.txt")
"""The files in a folder that are notes by default."""

DEFAULT_EXCLUDE = (
    *("README*", "CHANGELOG*", "CHANGES*", "CONTRIBUTING*", "CODE_OF_CONDUCT*", "SECURITY*", "LICEN[CS]E*", "COPYING*"),
    *("_index.md", "CMakeLists.txt", "requirements*.txt", "robots.txt", "node_modules/", "__pycache__/"),
)
"""The files and folders that are excluded by default."""

MAX_BYTES = 10_000_000
"""The maximum size of a configuration in bytes; a device such as `/dev/zero` has no end."""


class ConfigurationError(WeeknoteError):
    """A configuration cannot be read or is invalid.

    `path` is the file, `place` the line and column, and `found` the value.

    Attributes:
        key: the key that is wrong, such as `"structure.sections"`; None if the whole file is.
    """

    def __init__(
        self,
        message: str,
        *,
        path: str,
        key: str | None = None,
        place: tuple[int, int] | None = None,
        found: object = None,
        expected: object = None,
    ) -> None:
        super().__init__(message, path=path, place=place, found=found, expected=expected)
        self.key = key


@attrs.frozen
class Configuration:
    """What a project says about its notes.

    Attributes:
        settings: which rules to run, and how.
        path: the file it was read from, or None.
        files: patterns for the files in a folder that are notes.
        exclude: patterns for the files and folders that are not.
        per_file_ignores: selectors of rules to ignore, by file pattern.
        baseline: the file of known problems, which are not reported; None if there is none.

    >>> mine = Configuration(files=["notes/**/*.md"], exclude=["drafts/"])
    >>> [mine.is_note(name) for name in ("notes/2024/w03.md", "w03.md", "notes/drafts/w04.md")]
    [True, False, False]
    """

    settings: LintSettings = attrs.field(factory=LintSettings)
    path: str | None = None
    files: tuple[str, ...] = attrs.field(default=DEFAULT_FILES, converter=as_tuple)
    exclude: tuple[str, ...] = attrs.field(default=DEFAULT_EXCLUDE, converter=as_tuple)
    per_file_ignores: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    baseline: str | None = None

    @property
    def folder(self) -> str:
        """The folder that patterns are relative to."""
        return os.getcwd() if self.path is None else os.path.dirname(os.path.abspath(self.path))  # noqa: PTH100, PTH109, PTH120 # see `relative_name`

    def is_note(self, path: AnyPath) -> bool:
        """Return whether a file in a folder is a note, judging by its name."""
        return self._matches_any(path, self.files) and not self.is_excluded(path)

    def is_excluded(self, path: AnyPath) -> bool:
        """Return whether a file or folder is excluded."""
        return self._matches_any(path, self.exclude)

    def _matches_any(self, path: AnyPath, patterns: tuple[str, ...]) -> bool:
        name = relative_name(path, self.folder)
        return any(matches(name, pattern) for pattern in patterns)

    def ignored_rules(self, path: AnyPath) -> tuple[str, ...]:
        """Return the selectors of the rules to ignore in a file.

        >>> Configuration(per_file_ignores={"2019/": ("WN3",)}).ignored_rules("2019/may.md")
        ('WN3',)
        """
        name = relative_name(path, self.folder)
        return tuple(code for p, codes in self.per_file_ignores.items() if matches(name, p) for code in codes)

    def settings_for(self, path: AnyPath) -> LintSettings:
        """Return the settings for a file, in which the rules that are ignored there are off."""
        ignored = self.ignored_rules(path)
        return attrs.evolve(self.settings, ignore=(*self.settings.ignore, *ignored)) if ignored else self.settings


# --- finding and reading


def find_configuration(start: AnyPath) -> Path | None:
    """Return the configuration for a file or folder: the nearest one upwards, or None.

    Raises:
        ConfigurationError: a `pyproject.toml` on the way mentions weeknote and cannot be read.
    """
    at = Path(os.path.abspath(start))  # noqa: PTH100 # links are not followed, as in `relative_name`
    for folder in ([at] if at.is_dir() else []) + [*at.parents]:
        for name in FILE_NAMES:
            if (folder / name).is_file() and (name == FILE_NAMES[0] or _read_table(folder / name) is not None):
                return folder / name
    return None


def read_configuration(path: AnyPath) -> Configuration:
    """Read a configuration.

    Args:
        path: a `pyproject.toml`, of which `tool.weeknote` is read, or another TOML file, which is read as a whole.

    Raises:
        ConfigurationError: it cannot be read or is invalid.
    """
    file = Path(path)
    return _configuration(_read_table(file) or {}, _Location(file, _root(file)))


def configuration_for(start: AnyPath) -> Configuration:
    """Return the configuration for a file or folder, or the default one. Raises as `read_configuration` does."""
    found = find_configuration(start)
    return Configuration() if found is None else read_configuration(found)


def _root(file: Path) -> tuple[str, ...]:
    return ("tool", "weeknote") if file.name == FILE_NAMES[1] else ()


def _read_table(file: Path) -> Table | None:
    """Return the table about weeknote; None if a `pyproject.toml` has none."""
    name = os.fspath(file)
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise ConfigurationError(
                f"the configuration is larger than {MAX_BYTES // 1_000_000} MB; name another file", path=name
            )
        # A pyproject.toml that has nothing to do with weeknote is none of our business, broken or not.
        if file.name == FILE_NAMES[1] and b"weeknote" not in content:
            return None
        found: Table = toml.read(content.decode("utf-8"))
    except FileNotFoundError:
        raise ConfigurationError("no such file; check the name", path=name) from None
    except OSError as error:
        raise ConfigurationError(f"cannot read the configuration: {error.strerror or error}", path=name) from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigurationError(
            "the configuration is not UTF-8; save it as UTF-8", path=name, place=(line, 1)
        ) from None
    except toml.TomlError as error:
        message, *place = error.args
        raise ConfigurationError(
            f"the configuration is not valid TOML: {message}", path=name, place=tuple(place)
        ) from None
    if file.name != FILE_NAMES[1]:
        return found
    tool = found.get("tool")
    if not isinstance(tool, dict) or "weeknote" not in tool:
        return None
    return _table(tool["weeknote"], _Location(file, _root(file)))


# --- validating


@attrs.frozen
class _Location:
    """A value in a configuration file, for error messages."""

    file: Path
    way: toml.KeyPath

    def __truediv__(self, step: str | int) -> _Location:
        return attrs.evolve(self, way=(*self.way, step))

    def fail(self, message: str, found: object = None, expected: object = None) -> NoReturn:
        """Raise a `ConfigurationError` about this value."""
        own = self.way[len(_root(self.file)) :]
        key = key_name(own)
        if own and repr(own[-1]) not in message:
            message = f"{reprlib.repr(key)[1:-1]}: {message}"
        line = toml.line_of(self.file.read_text(encoding="utf-8"), self.way)
        raise ConfigurationError(
            message, key=key or None, path=os.fspath(self.file), place=(line, 1), found=found, expected=expected
        ) from None


def _configuration(given: Table, here: _Location) -> Configuration:
    """Return the configuration that a table describes."""
    known = (*SETTINGS, *FILES)
    for key in given:
        if key not in known:
            advice = closest(key, known) or f"the keys are {', '.join(known)}"
            (here / key).fail(f"unknown key {reprlib.repr(key)}; {advice}", key, known)
    settings = _values(SETTINGS, given, here)
    return Configuration(LintSettings(**settings), os.fspath(here.file), **_values(FILES, given, here))


def _values(
    readers: Mapping[str, Callable[[object, _Location], object]], given: Table, here: _Location
) -> dict[str, Any]:
    """Return the keys that a table has, as keyword arguments."""
    return {key.replace("-", "_"): read(given[key], here / key) for key, read in readers.items() if key in given}


def _text(given: object, here: _Location) -> str:
    if not isinstance(given, str):
        here.fail(f"found {reprlib.repr(given)}; expected a string in quotes", given, str)
    return given


def _count(given: object, here: _Location) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or given < 1:
        here.fail(f"found {reprlib.repr(given)}; expected a whole number, 1 or more", given, int)
    return given


def _texts(given: object, here: _Location) -> tuple[str, ...]:
    if not isinstance(given, list):
        here.fail(f'found {reprlib.repr(given)}; expected a list, such as ["one", "two"]', given, list)
    return tuple(_text(value, here / i) for i, value in enumerate(given))


def _table(given: object, here: _Location) -> Table:
    if not isinstance(given, dict):
        here.fail(f"found {reprlib.repr(given)}; expected a table", given, dict)
    return given


def _profile(given: object, here: _Location) -> str:
    try:
        return validate_profile(_text(given, here))
    except UnknownProfileError as error:
        here.fail(error.message, error.found, error.expected)


def _selectors(given: object, here: _Location) -> tuple[str, ...]:
    return tuple(_selector(selector, here / i) for i, selector in enumerate(_texts(given, here)))


def _selector(given: str, here: _Location) -> str:
    from weeknote.lint.registry import UnknownRuleError, select_rules  # loads every rule, which few commands need

    try:
        select_rules(given)
    except UnknownRuleError as error:
        here.fail(error.message, error.found, error.expected)
    return given


def _severities(given: object, here: _Location) -> Table:
    levels = (*map(str, Severity), "off")
    found = _table(given, here)
    for selector, level in found.items():
        _selector(selector, here / selector)
        if level not in levels:
            advice = closest(str(level), levels) or f"choose one of {', '.join(map(repr, levels))}"
            (here / selector).fail(f"unknown severity {reprlib.repr(level)}; {advice}", level, levels)
    return dict(found)


def _structure(given: object, here: _Location) -> Structure:
    try:
        return Structure.from_mapping(_table(given, here))
    except InvalidStructureError as error:
        for step in error.key_path:
            here = here / step
        here.fail(error.explanation, error.found, error.expected)


def _patterns(given: object, here: _Location) -> tuple[str, ...]:
    return tuple(_pattern(pattern, here / i) for i, pattern in enumerate(_texts(given, here)))


def _pattern(given: str, here: _Location) -> str:
    try:
        compile_pattern(given)
    except InvalidPatternError as error:
        here.fail(error.message, given)
    return given


def _per_file_ignores(given: object, here: _Location) -> Mapping[str, tuple[str, ...]]:
    found = _table(given, here)
    return {_pattern(pattern, here / pattern): _selectors(codes, here / pattern) for pattern, codes in found.items()}


def _baseline(given: object, here: _Location) -> str:
    return os.fspath(here.file.parent / _text(given, here))


SETTINGS: Mapping[str, Callable[[object, _Location], object]] = {
    "profile": _profile,
    "select": _selectors,
    "ignore": _selectors,
    "severities": _severities,
    "structure": _structure,
    "prompts": _texts,
    "deepest-list": _count,
}
"""The keys that become `LintSettings`, each with the function that validates its value."""

FILES: Mapping[str, Callable[[object, _Location], object]] = {
    "files": _patterns,
    "exclude": _patterns,
    "per-file-ignores": _per_file_ignores,
    "baseline": _baseline,
}
"""The other keys of a configuration."""
