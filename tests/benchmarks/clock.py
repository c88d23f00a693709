"""Timing: tasks take turns in rounds, the garbage collector is off, and quartiles show how reliable a number is.

Time is this process's own on the processor, so that what else the machine does counts for nobody.
"""

from __future__ import annotations

import gc
import random
from time import process_time
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@attrs.frozen
class Spread:
    """The median of some measurements, and the quartiles around it."""

    low: float
    median: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Spread:
        """Return the spread of some values, at least one."""
        ordered = sorted(values)
        return cls(*(quantile(ordered, part) for part in (0.25, 0.5, 0.75)))


def quantile(ordered: list[float], part: float) -> float:
    """Return the value below which a part of some sorted values lies.

    >>> quantile([1.0, 2.0, 4.0], 0.75)
    3.0
    """
    place = part * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


@attrs.frozen
class Task:
    """One thing to time.

    Attributes:
        name: what the report calls it.
        run: what is timed; it takes what `prepare` returned.
        prepare: what a run needs, made again for each round and not timed.
        unit: what a time is divided by, such as the number of calls in a run.
    """

    name: str
    run: Callable[[Any], object]
    prepare: Callable[[], Any] = lambda: None
    unit: int = 1


def timed(task: Task) -> float:
    """Return the seconds one run of a task takes, with the collector off."""
    ready = task.prepare()
    gc.collect()
    gc.disable()
    try:
        start = process_time()
        task.run(ready)
        return (process_time() - start) / task.unit
    finally:
        gc.enable()


def interleaved(tasks: list[Task], rounds: int) -> dict[str, list[float]]:
    """Return the seconds of each task in each round; in a round each task has one turn, in another order each time.

    A round that nothing is counted of comes first, so that imports are done and caches are warm.
    """
    shuffler = random.Random(0)
    for task in tasks:
        timed(task)
    found: dict[str, list[float]] = {task.name: [] for task in tasks}
    for _ in range(rounds):
        for task in shuffler.sample(tasks, len(tasks)):
            found[task.name].append(timed(task))
    return found


def ratios(times: list[float], unit: list[float]) -> Spread:
    """Return how times compare with a unit's, round by round: a slow moment of the machine is slow for both."""
    return Spread.of(a / b for a, b in zip(times, unit, strict=True))


def exponent(sizes: list[int], seconds: list[float]) -> float:
    """Return how time grows with size: 1 is linear, 2 quadratic (least squares on logarithms).

    >>> round(exponent([10, 100, 1000], [1.0, 10.0, 100.0]), 6)
    1.0
    """
    from math import log
    from statistics import linear_regression

    return linear_regression([log(s) for s in sizes], [log(t) for t in seconds]).slope
