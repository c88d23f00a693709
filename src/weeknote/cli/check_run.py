"""A run of `weeknote check`: files are taken one after the other, what was found is printed and forgotten.

So memory does not grow with the number of files. What rules about a series need, a few words and dates of each note
of a folder, is all that is kept. Processes may read and judge files ahead; what compares files with each other, and
all that is printed, happens in this one and in the order of the files.
"""

from __future__ import annotations

import functools
import json
import os
import sys
from collections import Counter, deque
from typing import TYPE_CHECKING, Any, NamedTuple

from weeknote.cli.file_selection import Choice, Trouble, number_of_files
from weeknote.cli.output_formats import FORMATS, statistics
from weeknote.cli.terminal import Failures, Progress, is_terminal, put, say, style_of_output
from weeknote.cli.workers import Workers
from weeknote.codec.dump import dump
from weeknote.codec.files import open_note
from weeknote.errors import NotTextError, WeeknoteError, reason
from weeknote.lint.baseline import Baseline, read_baseline
from weeknote.lint.checker import check_series
from weeknote.lint.file_check import FileCheck, FileReport, FixMode, check_file
from weeknote.lint.printable import UNSAFE, safe
from weeknote.lint.registry import select_rules
from weeknote.lint.report import ReportEntry, report_entry
from weeknote.lint.suppression import Suppressions, unsuppressed
from weeknote.nodes.document import Weeknote

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator

CLEAN, FOUND, FAILED = 0, 1, 2


def run(given: argparse.Namespace) -> int:
    """Check files and return the exit status."""
    try:
        if given.paths.count("-") > 1:
            raise WeeknoteError("standard input can be read only once; give `-` once")
        if given.fix and "-" in given.paths:
            raise WeeknoteError("standard input cannot be mended in its place; give a file, or use --diff")
        if given.statistics and given.output_format not in ("text", "concise", "json", "jsonl"):
            raise WeeknoteError(f"--statistics has no form as {given.output_format}; use text or json")
        choice = Choice(given)
        with Progress(1) as progress:
            if is_terminal(sys.stderr):
                # Only who sees the bar waits for the files to be counted.
                progress.total = number_of_files(group for path in given.paths for group in choice.groups(path))
            work = (Derivation if given.derive else Checking)(given, choice, progress)
            work.do()
            progress.erase()
            return work.end()
    except WeeknoteError as error:
        say(error)
    except BrokenPipeError:
        raise
    except OSError as error:
        say(f"{error.filename}: {reason(error)}")
    return FAILED


class File(NamedTuple):
    """A file to check.

    Attributes:
        path: its name.
        folder: the folder whose configuration counts for it.
        job: what is asked of it.
    """

    path: str
    folder: str
    job: FileCheck


class EndOfPath(NamedTuple):
    """After the last file that an argument of the command means."""


Step = File | Trouble | EndOfPath


def inspected(step: Step) -> FileReport:
    """Return what was found in a file; this may run in another process."""
    assert isinstance(step, File)
    return check_file(step.path, step.job)


def lost(step: Step, why: str) -> FileReport:
    """Return what is known of a file over which a process died."""
    assert isinstance(step, File)
    return FileReport(step.path, failure=f"{step.path}: cannot be read: {why}")


class Checking:
    """One run over all files: what was found so far is printed and forgotten."""

    def __init__(self, given: argparse.Namespace, choice: Choice, progress: Progress) -> None:
        self.given = given
        self.choice = choice
        self.failed = Failures(progress)
        self.progress = progress
        utf8 = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"
        self.report = FORMATS[given.output_format](style_of_output(), utf8=utf8)
        self.counts: Counter[tuple[str, str]] = Counter()
        self.mendable: Counter[tuple[str, str]] = Counter()
        self.files = self.changed = 0
        self.series_entries: dict[str, list[Any]] = {}
        self.suppressions: dict[str, Suppressions] = {}
        self.known = None if given.baseline is None else read_baseline(given.baseline)
        self.baselines = functools.lru_cache(maxsize=16)(read_baseline)
        self.new: Baseline | None = None
        if given.write_baseline is not None:
            self.new = Baseline(os.path.dirname(given.write_baseline) or ".")  # noqa: PTH120 # a name as typed
        # With these, what is printed is something else than the findings.
        self.quiet = given.statistics or given.diff or self.new is not None
        if not self.quiet:
            put(self.report.begin())

    def do(self) -> None:
        """Check the files, and what the notes of each path are together."""
        with Workers(self.given.jobs, inspected, lost, self.stays()) as workers:
            for step, done in workers.each(self.steps()):
                match step:
                    case File():
                        self.progress.name = step.path
                        self.take(done(), step.folder)
                    case Trouble():
                        step.say(self.failed, step.words)
                    case EndOfPath():
                        self.series()

    def steps(self) -> Iterator[Step]:
        """Yield the files to check, and between them what there is to say and to do when it is their turn.

        With several processes this is ahead of what is printed, so nothing is said here.
        """
        mend: FixMode = "show" if self.given.diff else "write" if self.given.fix else "no"
        for path in self.given.paths:
            for group in self.choice.groups(path):
                if isinstance(group, Trouble):
                    yield group
                    continue
                for name in group.files:
                    try:
                        job = FileCheck(self.choice.settings(name, group.folder), mend, group.series)
                    except WeeknoteError as error:
                        yield Trouble(Failures.once, str(error))
                    else:
                        yield File(name, group.folder, job)
            yield EndOfPath()

    def stays(self) -> Callable[[Step], bool]:
        """Return what tells whether a step is done in this process: it reads standard input, or is no file at all.

        So is a file that is mended, and was named already and may be on its way: of two processes that mend it both
        would say so.
        """
        recent: deque[str] = deque(maxlen=Workers.ahead(self.given.jobs))

        def stays(step: Step) -> bool:
            if not isinstance(step, File) or step.path == "-":
                return True
            if not self.given.fix:
                return False
            path = os.path.realpath(step.path)
            again = path in recent
            recent.append(path)
            return again

        return stays

    def take(self, done: FileReport, folder: str) -> None:
        """Print what was found in a file, and keep what is needed later."""
        path = done.path
        self.progress.done += 1
        self.files += done.failure is None or done.found != ()
        self.changed += done.fixed or bool(done.patch)
        if done.failure is not None:
            self.failed(done.failure)
        for words in done.warnings:
            self.failed.note(words)
        if done.series_entries:
            self.series_entries.setdefault(folder, []).extend(done.series_entries)
            if done.suppressions != Suppressions():
                self.suppressions[path] = done.suppressions
        with self.progress.erased():
            put(safe_patch(done.patch))
            self.found(done.found, folder)

    def series(self) -> None:
        """Check what the notes of a path are together, with those that have one configuration in common."""
        together: dict[str | None, tuple[str, list[Any]]] = {}
        for folder, facts in self.series_entries.items():
            together.setdefault(self.choice.at(folder).path, (folder, []))[1].extend(facts)
        for folder, facts in together.values():
            configuration = self.choice.at(folder)
            for one in check_series(facts, configuration.settings):
                path = one.path or "-"
                ignored = {rule.code for s in configuration.ignored_rules(path) for rule in select_rules(s)}
                if one.code not in ignored and unsuppressed([one], self.suppressions.get(path, Suppressions())):
                    with self.progress.erased():
                        self.found([report_entry(one, dump(open_note(path)), path)], folder)
        self.series_entries.clear()
        self.suppressions.clear()

    def found(self, found: Iterable[ReportEntry], folder: str) -> None:
        """Count findings, and print those that count."""
        for one in found:
            if self.new is not None:
                self.new.add(one.path, one.code, one.source)
            elif not self.is_known(one, folder):
                self.counts[one.code, one.name] += 1
                self.mendable[one.code, one.name] += one.fix is not None
                if not self.quiet:
                    put(self.report.show(one))

    def is_known(self, one: ReportEntry, folder: str) -> bool:
        """Return whether a finding stands in the baseline that counts."""
        known = self.known
        if known is None and (file := self.choice.at(folder).baseline) is not None and os.path.exists(file):  # noqa: PTH110 # it may be written later
            known = self.baselines(file)
        return known is not None and known.consume(one.path, one.code, one.source)

    def end(self) -> int:
        """Print what stands at the end, and return the exit status."""
        total = self.counts.total()
        if self.new is not None:
            self.new.write(self.given.write_baseline)
            say(f"{self.given.write_baseline}: {counted(self.new.counts.total(), 'finding')} listed")
            return FAILED if self.failed.words else CLEAN
        if self.given.statistics:
            counts = {key: (number, self.mendable[key]) for key, number in self.counts.items()}
            kind = self.given.output_format
            put(counts_as_json(counts, lines=kind == "jsonl") if "json" in kind else statistics(counts))
        elif not self.quiet:
            put(self.report.end(self.failed.words))
        if self.given.output_format == "text":
            self.say_sum(total)
        if self.failed.words:
            return FAILED
        return FOUND if (total or (self.changed and self.given.diff)) and not self.given.exit_zero else CLEAN

    def say_sum(self, total: int) -> None:
        """Say on standard error what it comes to."""
        files = counted(self.files, "file")
        if self.given.diff:
            say(f"{self.changed:,} of {files} would change")
            return
        mendable = self.mendable.total()
        said = [f"{counted(total, 'finding')} in {files}" if total else f"nothing found in {files}"]
        said += [f"{counted(self.changed, 'file')} mended"] if self.changed else []
        said += [f"--fix mends {mendable}"] if mendable and not self.given.fix else []
        said += [f"{counted(len(self.failed.words), 'failure')}"] if self.failed.words else []
        say("; ".join(said))


class Derivation:
    """A run that checks nothing and tells which structure the notes share."""

    def __init__(self, given: argparse.Namespace, choice: Choice, progress: Progress) -> None:
        self.given = given
        self.choice = choice
        self.failed = Failures(progress)
        self.progress = progress
        self.notes: list[Weeknote] = []

    def do(self) -> None:
        """Read the notes, in this process: all of them are needed here at once."""
        for path in self.given.paths:
            for group in self.choice.groups(path):
                if isinstance(group, Trouble):
                    group.say(self.failed, group.words)
                    continue
                for name in group.files:
                    self.read(name)

    def read(self, path: str) -> None:
        """Read a note."""
        self.progress.name = path
        self.progress.done += 1
        try:
            note = open_note(path)
        except NotTextError as error:
            self.failed(str(error))
        except (OSError, ValueError, MemoryError) as error:
            self.failed(f"{path}: cannot be read: {reason(error)}")
        else:
            self.notes += [note] if isinstance(note, Weeknote) else note.weeknotes

    def end(self) -> int:
        """Print the structure, and return the exit status."""
        from weeknote.lint.comparison import infer_structure

        if self.notes:
            put(as_toml(infer_structure(self.notes).to_mapping(), len(self.notes)))
        return FAILED if self.failed.words else CLEAN


def counted(number: int, thing: str) -> str:
    """Return a number of things in words.

    >>> counted(2, "file")
    '2 files'
    """
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def safe_patch(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a patch: byte for byte into a file, and with escapes at a terminal."""
    for line in lines:
        yield safe(line) if sys.stdout is not None and sys.stdout.isatty() else line


def counts_as_json(counts: dict[tuple[str, str], tuple[int, int]], *, lines: bool) -> Iterator[str]:
    """Yield how often each rule spoke, as JSON: one array, or an object on each line."""
    rows = sorted(counts.items(), key=lambda row: (-row[1][0], row[0]))
    found = [
        json.dumps({"code": code, "name": name, "count": number, "fixable": mendable})
        for (code, name), (number, mendable) in rows
    ]
    if lines:
        yield from found
    else:
        yield "[" if found else "[]"
        yield from (row + ("," if i + 1 < len(found) else "") for i, row in enumerate(found))
        yield from ["]"] if found else []


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
        yield "# They have nothing in common that a structure could ask for."
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
    if isinstance(value, str):
        # JSON's strings are TOML's, but for the characters that are safe in one and not at a terminal.
        return UNSAFE.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(value, ensure_ascii=False))
    return json.dumps(value)
