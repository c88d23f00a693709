"""Which files a run of the command is about, by which configuration, and what is said when that goes wrong."""

from __future__ import annotations

import functools
import os
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from weeknote.cli.terminal import Failures
from weeknote.errors import WeeknoteError, reason
from weeknote.lint.base import validate_profile
from weeknote.lint.configuration import Configuration, configuration_for, read_configuration
from weeknote.lint.registry import select_rules

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator

    from weeknote.lint.base import LintSettings


class Group(NamedTuple):
    """Files that are checked together.

    Attributes:
        folder: where they are.
        files: their names.
        series: whether these are all notes of the folder, so that rules about a series make sense.
    """

    folder: str
    files: list[str]
    series: bool


class Trouble(NamedTuple):
    """Something that went wrong on the way to the files, to be said when it is its turn.

    Attributes:
        say: how it is said: a method of `Failures`.
        words: what is wrong.
    """

    say: Callable[[Failures, str], None]
    words: str


class Choice:
    """Which configuration counts where, with the options of the command line on top.

    Args:
        given: the options.

    Raises:
        WeeknoteError: an option names what does not exist, or the configuration that was named cannot be read.
    """

    def __init__(self, given: argparse.Namespace) -> None:
        options = {"select": selectors(given.select), "ignore": selectors(given.ignore)}
        for selector in [s for found in options.values() if found is not None for s in found]:
            select_rules(selector)
        self.options: dict[str, Any] = {name: found for name, found in options.items() if found is not None}
        if given.profile is not None:
            self.options["profile"] = validate_profile(given.profile)
        self.only = read_configuration(given.config) if given.config is not None else None
        self.at = functools.lru_cache(maxsize=256)(self._at)

    def _at(self, folder: str) -> Configuration:
        found = self.only if self.only is not None else configuration_for(folder)
        return attrs.evolve(found, settings=attrs.evolve(found.settings, **self.options))

    def settings(self, path: str, folder: str) -> LintSettings:
        """Return the settings that count for a file of a folder."""
        configuration = self.at(folder)
        ignored = () if path == "-" else configuration.ignored_rules(path)
        settings = configuration.settings
        return attrs.evolve(settings, ignore=(*settings.ignore, *ignored)) if ignored else settings

    def groups(self, path: str) -> Iterator[Group | Trouble]:
        """Yield the files that a path means, as `groups` does."""
        return groups(path, self.at)


def groups(path: str, at: Callable[[str], Configuration]) -> Iterator[Group | Trouble]:
    """Yield the files that a path means, folder by folder, and what is wrong with folders.

    Args:
        path: a file, a folder, or `-`.
        at: gives the configuration of a folder.
    """
    if path == "-" or not os.path.isdir(path):  # noqa: PTH112 # a name stays as it was typed
        yield Group("." if path == "-" else os.path.dirname(path) or ".", [path], series=False)  # noqa: PTH120 # as above
        return
    found = False
    closed: list[OSError] = []
    for folder, folders, files in os.walk(path, onerror=closed.append):
        yield from unreadable(closed)
        try:
            configuration = at(folder)
        except WeeknoteError as error:
            yield Trouble(Failures.once, str(error))
            folders.clear()
            continue
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and not configuration.is_excluded(os.path.join(folder, name))  # noqa: PTH118 # as above
        )
        here = "" if folder == "." else folder.removeprefix("./")
        names = [os.path.join(here, name) for name in sorted(files) if not name.startswith(".")]  # noqa: PTH118 # as above
        if notes := [name for name in names if configuration.is_note(name)]:
            found = True
            yield Group(folder, notes, series=True)
    yield from unreadable(closed)
    if not found:
        words = f"{path}: there is no note in this folder; `files` in the configuration says what is one"
        yield Trouble(Failures.note_if_none, words)


def number_of_files(found: Iterable[Group | Trouble]) -> int:
    """Return how many files there are in groups, and 1 where there are none, for a bar that has a length."""
    return sum(len(group.files) for group in found if isinstance(group, Group)) or 1


def unreadable(closed: list[OSError]) -> Iterator[Trouble]:
    """Yield what is said of folders that cannot be read, and empty their list."""
    for error in closed:
        yield Trouble(Failures.__call__, f"{error.filename}: cannot be read: {reason(error)}")
    closed.clear()


def selectors(given: list[str] | None) -> tuple[str, ...] | None:
    """Return the rules that an option names, once or several times, with commas between them."""
    if given is None:
        return None
    return tuple(word for value in given for word in value.replace(",", " ").split())
