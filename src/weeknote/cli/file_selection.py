"""The files that the paths of a command name, and the configuration of each."""

from __future__ import annotations

import functools
import os
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from weeknote.cli.command import SelectionError
from weeknote.codec.files import why_unreadable
from weeknote.errors import WeeknoteError
from weeknote.lint.base import validate_profile
from weeknote.lint.configuration import Configuration, configuration_for, read_configuration
from weeknote.lint.registry import select_rules

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator

    from weeknote.cli.terminal import Progress
    from weeknote.lint.base import LintSettings

    # Returns the configuration of a folder.
    Configured = Callable[[str], Configuration]


class FileGroup(NamedTuple):
    """Files that are checked together; as a series if they are all notes of a folder."""

    folder: str
    files: list[str]
    is_series: bool


class Configurations:
    """The configuration for each folder, overridden by the options of the command line.

    Raises:
        WeeknoteError: an option names something unknown, or its configuration file cannot be read.
    """

    def __init__(self, given: argparse.Namespace) -> None:
        options = {"select": split_selectors(given.select), "ignore": split_selectors(given.ignore)}
        for selector in chain.from_iterable(filter(None, options.values())):
            select_rules(selector)
        profile = None if given.profile is None else validate_profile(given.profile)
        self.changes: dict[str, Any] = {k: v for k, v in (options | {"profile": profile}).items() if v is not None}
        self.only: Configuration | None = read_configuration(given.config) if given.config is not None else None
        self.at: Configured = functools.lru_cache(maxsize=256)(self._at)

    def _at(self, folder: str) -> Configuration:
        found = self.only if self.only is not None else configuration_for(folder)
        return attrs.evolve(found, settings=attrs.evolve(found.settings, **self.changes))

    def settings(self, path: str, folder: str) -> LintSettings:
        """Return the settings for a file in a folder."""
        return self.at(folder).settings if path == "-" else self.at(folder).settings_for(path)


def configured_files(paths: Iterable[str], at: Configured | None = None) -> Iterator[str | SelectionError]:
    """Yield the files that paths mean, as `find_files` does, but one by one; without `at` configurations are read."""
    for group in find_files(paths, at or functools.lru_cache(maxsize=256)(configuration_for)):
        if isinstance(group, SelectionError):
            yield group
        else:
            yield from group.files


def each_file(paths: Iterable[str], progress: Progress, at: Configured | None = None) -> Iterator[str]:
    """Yield the files that paths mean, as `configured_files` does, and count them; problems are reported."""
    for file in configured_files(paths, at):
        if isinstance(file, SelectionError):
            progress.fail(file)
        else:
            yield file
            progress.advance(file)


def find_files(paths: Iterable[str], at: Configured) -> Iterator[FileGroup | SelectionError]:
    """Yield the files that paths mean, folder by folder."""
    for path in paths:
        if path != "-" and os.path.isdir(path):  # noqa: PTH112 # the name as it was typed
            yield from _files_in(path, at)
        else:
            yield FileGroup("." if path == "-" else os.path.dirname(path) or ".", [path], is_series=False)  # noqa: PTH120 # as above


def _files_in(path: str, at: Configured) -> Iterator[FileGroup | SelectionError]:
    found = False
    problems: list[OSError] = []
    for folder, folders, files in os.walk(path, onerror=problems.append):
        try:
            configuration = at(folder)
        except WeeknoteError as error:
            yield SelectionError(str(error))
            folders.clear()
            found = True
            continue
        kept = (
            name
            for name in folders
            if not name.startswith(".") and not configuration.is_excluded(os.path.join(folder, name))  # noqa: PTH118 # as above
        )
        folders[:] = sorted(kept)
        here = "" if folder == "." else folder.removeprefix("./")
        names = [os.path.join(here, name) for name in sorted(files) if not name.startswith(".")]  # noqa: PTH118 # as above
        if notes := [name for name in names if configuration.is_note(name)]:
            found = True
            yield FileGroup(folder, notes, is_series=True)
    for problem in problems:
        yield SelectionError(f"{problem.filename}: {why_unreadable(problem)}")
    if not (found or problems):
        yield SelectionError(
            f"{path}: no notes in this folder; `files` in the configuration says which files are notes"
        )


def split_selectors(given: list[str] | None) -> tuple[str, ...] | None:
    """Return the rules that an option names, given once or several times, separated by commas."""
    if given is None:
        return None
    return tuple(word for value in given for word in value.replace(",", " ").split())
