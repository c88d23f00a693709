"""A plugin for pytest: `pytest --weeknote` checks the notes among the files it is given.

Nothing of the package is imported until it is needed, so that the coverage of a project that uses it is not distorted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from weeknote.lint.report import ReportEntry


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("weeknote", "weeknotes")
    group.addoption("--weeknote", action="store_true", help="check weeknotes: each finding is a failure")
    group.addoption("--weeknote-profile", metavar="NAME", help="loose, standard or strict, whatever is configured")


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker, and say at once what is wrong with an option."""
    config.addinivalue_line("markers", "weeknote: a note that `--weeknote` collected (`-m weeknote` runs these only)")
    if config.getoption("weeknote") and (profile := config.getoption("weeknote_profile")) is not None:
        from weeknote.lint.configuration import validate_profile

        try:
            validate_profile(profile)
        except ValueError as error:
            raise pytest.UsageError(str(error)) from None


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> NoteFile | None:
    """Collect a file that the configuration above it calls a note."""
    if not parent.config.getoption("weeknote"):
        return None
    from weeknote.lint.configuration import Configuration, ConfigurationError, configuration_for

    problem = None
    try:
        configuration = configuration_for(file_path)
    except ConfigurationError as error:
        configuration, problem = Configuration(), str(error)
    # Who names a file means it, whatever it is called.
    named = file_path.suffix != ".py" and parent.session.isinitpath(file_path)
    if not named and not configuration.is_note(file_path):
        return None
    return NoteFile.from_parent(parent, path=file_path, configuration=configuration, problem=problem)


class NoteFile(pytest.File):
    """A file of notes: a failing test for each finding, or one that passes."""

    def __init__(self, *, configuration: Any, problem: str | None, **more: Any) -> None:
        super().__init__(**more)
        self.configuration = configuration
        self.problem = problem

    def collect(self) -> Iterator[pytest.Item]:
        """Check the file."""
        if self.problem is not None:
            raise self.CollectError(self.problem)
        import attrs

        from weeknote.lint.file_check import FileCheck, check_file

        settings = self.configuration.settings
        if (profile := self.config.getoption("weeknote_profile")) is not None:
            settings = attrs.evolve(settings, profile=profile)
        ignored = self.configuration.ignored(self.path)
        settings = attrs.evolve(settings, ignore=(*settings.ignore, *ignored))
        done = check_file(str(self.path), FileCheck(settings))
        if done.failure is not None:
            yield NoteItem.from_parent(self, name="weeknote", failure=done.failure)
            return
        for one in done.found:
            yield NoteItem.from_parent(self, name=f"{one.code}:{one.line}:{one.column}", finding=one)
        if not done.found:
            yield NoteItem.from_parent(self, name="weeknote")


class FindingError(Exception):
    """A finding, on its way to the report."""


class NoteItem(pytest.Item):
    """A finding in a note, or the fact that there is none."""

    def __init__(self, *, finding: ReportEntry | None = None, failure: str | None = None, **more: Any) -> None:
        super().__init__(**more)
        self.finding = finding
        self.failure = failure
        self.add_marker("weeknote")

    def runtest(self) -> None:
        """Fail if there is a finding."""
        if self.failure is not None:
            raise FindingError(self.failure)
        if self.finding is not None:
            import attrs

            from weeknote.lint.report import render_entry

            name = self.nodeid.partition("::")[0]
            raise FindingError("\n".join(render_entry(attrs.evolve(self.finding, path=name))))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str | Any:
        """Return what is shown of a failure: the finding, and no traceback."""
        if isinstance(excinfo.value, FindingError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return where the failure is: the file, the 0-based line, and its name."""
        name = "" if self.finding is None else f" {self.finding.code} {self.finding.name}"
        return self.path, None if self.finding is None else self.finding.line - 1, f"weeknote{name}"
