"""A pytest plugin: `pytest --weeknote` checks the notes among the files it collects.

Nothing of the package is imported until it is needed, so that coverage of a project that uses it is not distorted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from weeknote.lint.configuration import Configuration
    from weeknote.lint.report import ReportEntry


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("weeknote", "weeknotes")
    group.addoption("--weeknote", action="store_true", help="check weeknotes: each problem is a failure")
    group.addoption("--weeknote-profile", metavar="NAME", help="loose, standard or strict; overrides the configuration")


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker, and report an invalid option at once."""
    config.addinivalue_line("markers", "weeknote: a note collected by `--weeknote` (`-m weeknote` runs only these)")
    if config.getoption("weeknote") and (profile := config.getoption("weeknote_profile")) is not None:
        from weeknote.lint.base import UnknownProfileError, validate_profile

        try:
            validate_profile(profile)
        except UnknownProfileError as error:
            raise pytest.UsageError(str(error)) from None


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> NoteFile | None:
    """Collect a file that is a note according to the nearest configuration."""
    if not parent.config.getoption("weeknote"):
        return None
    from weeknote.lint.configuration import Configuration, ConfigurationError, configuration_for

    problem = None
    try:
        configuration = configuration_for(file_path)
    except ConfigurationError as error:
        configuration, problem = Configuration(), str(error)
    # A file named on the command line is a note, whatever it is called.
    named = file_path.suffix != ".py" and parent.session.isinitpath(file_path)
    if not named and not configuration.is_note(file_path):
        return None
    return NoteFile.from_parent(parent, path=file_path, configuration=configuration, problem=problem)


class NoteFile(pytest.File):
    """A file of notes, with one failing test per problem, or one that passes."""

    def __init__(self, *, configuration: Configuration, problem: str | None, **pytest_arguments: Any) -> None:
        super().__init__(**pytest_arguments)
        self.configuration = configuration
        self.problem = problem

    def collect(self) -> Iterator[pytest.Item]:
        """Check the file."""
        if self.problem is not None:
            raise self.CollectError(self.problem)
        import attrs

        from weeknote.lint.file_check import FileCheck, check_file

        settings = self.configuration.settings_for(self.path)
        if (profile := self.config.getoption("weeknote_profile")) is not None:
            settings = attrs.evolve(settings, profile=profile)
        report = check_file(str(self.path), FileCheck(settings))
        if report.failure is not None:
            yield NoteItem.from_parent(self, name="weeknote", failure=report.failure)
            return
        for one in report.found:
            yield NoteItem.from_parent(self, name=f"{one.code}:{one.line}:{one.column}", problem=one)
        if not report.found:
            yield NoteItem.from_parent(self, name="weeknote")


class ProblemError(Exception):
    """Carries a problem to the test report."""


class NoteItem(pytest.Item):
    """A problem in a note, or the fact that there is none."""

    def __init__(
        self, *, problem: ReportEntry | None = None, failure: str | None = None, **pytest_arguments: Any
    ) -> None:
        super().__init__(**pytest_arguments)
        self.problem = problem
        self.failure = failure
        self.add_marker("weeknote")

    def runtest(self) -> None:
        """Fail if there is a problem."""
        if self.failure is not None:
            raise ProblemError(self.failure)
        if self.problem is not None:
            import attrs

            from weeknote.lint.report import render_entry

            name = self.nodeid.partition("::")[0]
            raise ProblemError("\n".join(render_entry(attrs.evolve(self.problem, path=name))))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str | Any:
        """Return what to show of a failure: the problem, without a traceback."""
        if isinstance(excinfo.value, ProblemError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the file, the 0-based line and the name of the failure."""
        name = "" if self.problem is None else f" {self.problem.code} {self.problem.name}"
        return self.path, None if self.problem is None else self.problem.line - 1, f"weeknote{name}"
