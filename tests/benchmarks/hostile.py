"""How time grows over hostile texts: every pattern of `tests/pathological.py`, and all that is done with a note."""

from __future__ import annotations

import contextlib
from functools import partial
from importlib import import_module
from statistics import median
from typing import TYPE_CHECKING, Any

import weeknote

from .clock import Task, exponent, timed
from .jobs import read_all

if TYPE_CHECKING:
    from collections.abc import Callable

# By its name, for the type checker knows it by another: to it `tests` is a folder and no package.
TEXTS: Any = import_module("tests.pathological")

STEPS = (1, 2, 4)
"""The sizes, as multiples of the smallest."""

SMALLEST, LARGEST = 500, 16_000
"""The characters that the smallest text has at least and at most."""

ENOUGH = 0.002
"""The seconds that a job takes over its smallest text, if that may be so large: so what is slow is not measured for
minutes, and what is quick is measured where its growth is seen."""

SLOW = 0.2
"""The seconds from which on a job has one round: the machine disturbs it less, and it has cost enough."""

SUSPECT = 1.2
"""An exponent from which on a job is measured again, in more rounds; the lower result counts, for noise adds."""

Job = tuple[str, "Callable[[str, str], Any]", "Callable[[Any], object]"]


def read_note(text: str, dialect: str) -> weeknote.Weeknote:
    """Parse a text and read everything in it."""
    note = weeknote.parse(text, dialect=dialect)
    read_all(note)
    return note


def converted(note: weeknote.Weeknote) -> None:
    """Say a note in the other dialect; half a surrogate pair in an address makes that impossible."""
    with contextlib.suppress(weeknote.CannotExpressError):
        weeknote.convert(note, "text" if note.dialect == "markdown" else "markdown")


def normalized(note: weeknote.Weeknote) -> None:
    """Normalise a note and write it."""
    weeknote.dump(weeknote.normalize(note))


JOBS: tuple[Job, ...] = (
    ("read", lambda *given: given, lambda given: read_note(*given)),
    ("dump", lambda *given: given, lambda given: weeknote.dump(weeknote.parse(given[0], dialect=given[1]))),
    ("check", read_note, lambda note: tuple(weeknote.check(note))),
    ("convert", read_note, converted),
    ("normalize", read_note, normalized),
)
"""What is measured: its name, the set-up, and what is timed. `dump` is parsing and writing a new note."""

NAMES = tuple(name for name, _, _ in JOBS)


def patterns(holding: str = "") -> dict[str, tuple[str, Callable[[int], str]]]:
    """Return the patterns whose names hold some words: by name and dialect, the dialect and the maker."""
    found = {
        f"{name} ({dialect})": (dialect, make)
        for dialect, makers in (("markdown", TEXTS.MARKDOWN), ("text", TEXTS.TEXT))
        for name, make in {**makers, **TEXTS.ANY}.items()
    }
    return {name: pattern for name, pattern in found.items() if holding in name}


def measured(rounds: int, holding: str = "") -> dict[str, dict[str, dict[str, Any]]]:
    """Return the growth of each job over each pattern: by pattern and job the exponent and what it was fitted to."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for name, (dialect, make) in patterns(holding).items():
        found[name] = {}
        for job in JOBS:
            slope = growth(job, make, dialect, rounds)
            if slope["exponent"] > SUSPECT:
                slope = min(slope, growth(job, make, dialect, rounds * 2 + 1), key=lambda one: one["exponent"])
            found[name][job[0]] = slope
    return found


def growth(job: Job, make: Callable[[int], str], dialect: str, rounds: int) -> dict[str, Any]:
    """Return the exponent of one job over texts of growing size; in a round each text has one turn."""
    name, prepare, run = job
    size = SMALLEST
    # Of two turns the quicker, for the first one may load and compile what the others find.
    while (once := quicker(Task(name, run, partial(prepare, make(size), dialect)))) < ENOUGH and size < LARGEST:
        size *= 2
    if once > SLOW:
        rounds = 1
    texts = [make(size * step) for step in STEPS]
    tasks = [Task(name, run, partial(prepare, text, dialect)) for text in texts]
    seconds: list[list[float]] = [[] for _ in tasks]
    for _ in range(rounds):
        for task, times in zip(tasks, seconds, strict=True):
            times.append(timed(task))
    medians = [median(times) for times in seconds]
    lengths = [len(text) for text in texts]
    return {"exponent": exponent(lengths, medians), "characters": lengths, "seconds": medians}


def quicker(task: Task) -> float:
    """Return the seconds of the quicker of two turns, or of the first if that is slow."""
    once = timed(task)
    return once if once > SLOW else min(once, timed(task))


def worst(found: dict[str, dict[str, dict[str, Any]]]) -> float | None:
    """Return the worst exponent of all; None where nothing was measured."""
    return max((slope["exponent"] for jobs in found.values() for slope in jobs.values()), default=None)


def show(found: dict[str, dict[str, dict[str, Any]]]) -> None:
    """Print the exponent of each pattern and job, the worst patterns first."""
    rows = {name: [jobs[job]["exponent"] for job in NAMES] for name, jobs in found.items()}
    print("\nGrowth over hostile texts: exponents, 1 is linear and 2 quadratic\n")
    print(f"  {'pattern':<62} " + " ".join(f"{job:>9}" for job in NAMES))
    for name, row in sorted(rows.items(), key=lambda item: -max(item[1])):
        print(f"  {name:<62} " + " ".join(f"{value:>9.2f}" for value in row))
