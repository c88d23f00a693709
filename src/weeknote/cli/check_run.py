"""A run of `weeknote check`: files are checked one by one, and findings are printed and forgotten.

Memory doesn't grow with the number of files, except for the few words and dates of each note that the rules about a
series need. Other processes may check files ahead. Everything that compares files or prints happens in this one, in the
order of the files.
"""

from __future__ import annotations

import functools
import json
import os
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

from weeknote.cli.command import CLEAN, FAILED, FOUND, CommandError, SelectionError, check_stdin_once
from weeknote.cli.file_selection import Configurations, each_file, find_files
from weeknote.cli.output_formats import FORMATS, statistics, statistics_as_json
from weeknote.cli.terminal import Progress, output_is_utf8, put, say, style_of_output
from weeknote.cli.text_io import print_patch, reading
from weeknote.cli.workers import OrderedPool
from weeknote.codec.dump import dump
from weeknote.codec.files import open_note, why_unreadable
from weeknote.errors import WeeknoteError
from weeknote.front_matter.spelling import quoted
from weeknote.lint.baseline import Baseline, read_baseline
from weeknote.lint.checker import check_series
from weeknote.lint.file_check import FileCheck, FileReport, FixMode, check_file
from weeknote.lint.printable import counted
from weeknote.lint.registry import select_rules
from weeknote.lint.report import ReportEntry, report_entry
from weeknote.lint.suppression import Suppressions, unsuppressed
from weeknote.nodes.document import notes_in

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator

    from weeknote.cli.output_formats import Text
    from weeknote.lint.entries import SeriesEntry
    from weeknote.nodes.document import Weeknote


def run(given: argparse.Namespace) -> int:
    """Check files and return the exit status."""
    check_stdin_once(given.paths)
    if given.fix and "-" in given.paths:
        raise CommandError("--fix cannot write to standard input; name a file, or use --diff")
    if given.statistics and given.output_format not in ("text", "concise", "json", "jsonl"):
        raise CommandError(f"--statistics cannot be printed as {given.output_format}; use text or json")
    try:
        configurations = Configurations(given)
        with Progress() as progress:
            if given.derive:
                return print_structure(given.paths, configurations, progress)
            return CheckRun(given, configurations, progress).run()
    except BrokenPipeError:
        raise
    except WeeknoteError as error:
        raise CommandError(str(error)) from None
    except OSError as error:
        raise CommandError(f"{error.filename}: {why_unreadable(error)}") from None


class File(NamedTuple):
    """A file to check, in the folder whose configuration applies to it."""

    path: str
    folder: str
    check: FileCheck

    def __str__(self) -> str:
        return self.path


class EndOfPath(NamedTuple):
    """Follows the last file of a path given to the command."""


Step = File | SelectionError | EndOfPath


def checked(step: Step) -> FileReport:
    """Return what was found in a file; this may run in another process."""
    return check_file(step.path, step.check) if isinstance(step, File) else FileReport("")


class CheckRun:
    """One run over all files."""

    def __init__(self, given: argparse.Namespace, configurations: Configurations, progress: Progress) -> None:
        self.given = given
        self.configurations = configurations
        self.progress = progress
        self.report: Text = FORMATS[given.output_format](style_of_output(), utf8=output_is_utf8())
        self.counts: Counter[tuple[str, str]] = Counter()
        self.fixable: Counter[tuple[str, str]] = Counter()
        self.files: int = 0
        self.changed: int = 0
        self.series: dict[str, list[SeriesEntry]] = {}
        self.suppressions: dict[str, Suppressions] = {}
        self.known: Baseline | None = None if given.baseline is None else read_baseline(given.baseline)
        self.baselines: Callable[[str], Baseline] = functools.lru_cache(maxsize=16)(read_baseline)
        self.new: Baseline | None = None
        if given.write_baseline is not None:
            self.new = Baseline(os.path.dirname(given.write_baseline) or ".")  # noqa: PTH120 # the name as it was typed
        # Each of these prints something other than the findings.
        self.quiet: bool = given.statistics or given.diff or self.new is not None

    def run(self) -> int:
        """Check the files, and the notes of each path as a series; return the exit status."""
        if not self.quiet:
            put(self.report.begin())
        pool = OrderedPool(self.given.jobs, checked, is_remote=self.remote_steps())
        with closing(pool.map(self.steps())) as results:
            for step, done in results:
                match step:
                    case File():
                        if isinstance(done, CommandError):
                            done = FileReport(step.path, failure=str(done))
                        self.take(done, step.folder)
                    case SelectionError():
                        self.progress.fail(step)
                    case EndOfPath():
                        self.check_series()
        self.progress.clear()
        return self.end()

    def steps(self) -> Iterator[Step]:
        """Yield the files to check, and the problems on the way to them; runs ahead of what is printed."""
        mode: FixMode = "show" if self.given.diff else "write" if self.given.fix else "no"
        for path in self.given.paths:
            for group in find_files([path], self.configurations.at):
                if isinstance(group, SelectionError):
                    yield group
                    continue
                for name in group.files:
                    try:
                        settings = self.configurations.settings(name, group.folder)
                    except WeeknoteError as error:
                        yield SelectionError(str(error))
                    else:
                        yield File(name, group.folder, FileCheck(settings, mode, group.is_series))
            yield EndOfPath()

    def remote_steps(self) -> Callable[[Step], bool]:
        """Return a function that tells whether another process may do a step: not standard input, and not a problem.

        With `--fix`, a file that was named before is done in this process, so that no two processes write it at once.
        """
        seen: set[str] = set()

        def is_remote(step: Step) -> bool:
            if not isinstance(step, File) or step.path == "-":
                return False
            if not self.given.fix:
                return True
            path = os.path.realpath(step.path)
            again = path in seen
            seen.add(path)
            return not again

        return is_remote

    def take(self, done: FileReport, folder: str) -> None:
        """Print what was found in a file, and keep what is needed later."""
        path = done.path
        self.files += done.failure is None or done.found != ()
        self.changed += done.fixed or bool(done.patch)
        if done.failure is not None:
            self.progress.fail(done.failure)
        for words in done.warnings:
            self.progress.note(words)
        if done.series_entries:
            self.series.setdefault(folder, []).extend(done.series_entries)
            if done.suppressions != Suppressions():
                self.suppressions[path] = done.suppressions
        if done.patch:
            self.progress.clear()
            print_patch(done.patch)
        self.found(done.found, folder)
        self.progress.advance(path)

    def check_series(self) -> None:
        """Check the notes of a path as a series: together with all that share their configuration."""
        together: dict[str | None, tuple[str, list[SeriesEntry]]] = {}
        for folder, entries in self.series.items():
            together.setdefault(self.configurations.at(folder).path, (folder, []))[1].extend(entries)
        for folder, entries in together.values():
            configuration = self.configurations.at(folder)
            for one in check_series(entries, configuration.settings):
                path = one.path or "-"
                ignored = {rule.code for s in configuration.ignored_rules(path) for rule in select_rules(s)}
                if one.code not in ignored and unsuppressed([one], self.suppressions.get(path, Suppressions())):
                    self.found([report_entry(one, dump(open_note(path)), path)], folder)
        self.series.clear()
        self.suppressions.clear()

    def found(self, found: Iterable[ReportEntry], folder: str) -> None:
        """Count findings, and print those that the baseline doesn't list."""
        for one in found:
            if self.new is not None:
                self.new.add(one.path, one.code, one.source)
            elif not self.is_known(one, folder):
                self.counts[one.code, one.name] += 1
                self.fixable[one.code, one.name] += one.fix is not None
                if not self.quiet:
                    self.progress.clear()
                    put(self.report.show(one))

    def is_known(self, one: ReportEntry, folder: str) -> bool:
        """Return whether a finding is in the baseline."""
        known = self.known
        if known is None and (file := self.configurations.at(folder).baseline) is not None and os.path.exists(file):  # noqa: PTH110 # it may be written later
            known = self.baselines(file)
        return known is not None and known.consume(one.path, one.code, one.source)

    def end(self) -> int:
        """Print the summary, and return the exit status."""
        total, failures = self.counts.total(), self.progress.failures
        if self.new is not None:
            name = self.given.write_baseline
            try:
                self.new.write(name)
            except OSError as error:
                raise CommandError(f"{name}: cannot be written ({error.strerror or error}); check the name") from None
            say(f"{name}: {counted(self.new.counts.total(), 'finding')} listed")
            return FAILED if failures else CLEAN
        if self.given.statistics:
            counts = {key: (number, self.fixable[key]) for key, number in self.counts.items()}
            kind = self.given.output_format
            put(statistics_as_json(counts, lines=kind == "jsonl") if "json" in kind else statistics(counts))
        elif not self.quiet:
            put(self.report.end(failures))
        if self.given.output_format == "text":
            say(self.summary(total))
        if failures:
            return FAILED
        return FOUND if (total or (self.changed and self.given.diff)) and not self.given.exit_zero else CLEAN

    def summary(self, total: int) -> str:
        """Return the line that sums up a run."""
        files = counted(self.files, "file")
        failed = [counted(len(self.progress.failures), "failure")] if self.progress.failures else []
        if self.given.diff:
            return "; ".join([f"{self.changed:,} of {files} would change", *failed])
        fixable = self.fixable.total()
        checked = (
            f"{counted(total, 'problem') if total else 'no problems'} in {files}" if self.files else "no files checked"
        )
        fixed = [f"{counted(self.changed, 'file')} fixed"] if self.changed else []
        rest = [f"{fixable:,} fixable with --fix"] if fixable and not self.given.fix else []
        return "; ".join([checked, *fixed, *rest, *failed])


def print_structure(paths: list[str], configurations: Configurations, progress: Progress) -> int:
    """Read notes, all of which are needed at once; print the structure that they share and return the exit status."""
    from weeknote.lint.comparison import infer_structure

    notes: list[Weeknote] = []
    for path in each_file(paths, progress, configurations.at):
        try:
            with reading(path):
                notes += notes_in(open_note(path))
        except CommandError as error:
            progress.fail(error)
    progress.clear()
    if notes:
        put(as_toml(infer_structure(notes).to_mapping(), len(notes)))
    return FAILED if progress.failures else CLEAN


def as_toml(mapping: dict[str, Any], notes: int) -> Iterator[str]:
    r"""Yield a structure as TOML.

    >>> print(*as_toml({"week": True, "sections": ["*", {"role": "learning", "items": 1}]}, 3), sep="\n")
    # Shared by 3 notes. In pyproject.toml, write [tool.weeknote.structure].
    [structure]
    week = true
    sections = [
      "*",
      {role = "learning", items = 1},
    ]
    """
    yield f"# Shared by {counted(notes, 'note')}. In pyproject.toml, write [tool.weeknote.structure]."
    if not mapping:
        yield "# They share nothing that a structure could require."
    yield "[structure]"
    for key, value in mapping.items():
        if isinstance(value, list) and key == "sections":
            yield f"{key} = ["
            yield from (f"  {toml_value(one)}," for one in value)
            yield "]"
        else:
            yield f"{key} = {toml_value(value)}"


def toml_value(value: object) -> str:
    """Return a value as TOML writes it on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml_value(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml_value, value)) + "]"
    return quoted(value) if isinstance(value, str) else json.dumps(value)
