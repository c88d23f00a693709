"""The same work in one process or in several: results in order, few on their way, and nobody left behind."""

from __future__ import annotations

import itertools
import multiprocessing
import operator
import os
from argparse import ArgumentTypeError
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from weeknote.cli import workers
from weeknote.cli.workers import Workers, WorkerStartError, number, processors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Call = partial[Any]

# A process that has just started knows no function of a test, so the work is to call what it is given.
DIES = partial(os._exit, 3)


def stays(call: Call) -> bool:
    """Tell that `os.getpid` is asked of this process."""
    return call.func is os.getpid


def crew(jobs: int) -> Workers[Call, Any]:
    """Return workers that call functions."""
    work: Callable[[Call], Any] = operator.call
    return Workers(jobs, work, lambda _, why: f"lost: {why}", stays)


def done_by_two(*calls: Call) -> list[Any]:
    """Return the results of calls that two processes make."""
    with crew(2) as several:
        return [result() for _, result in several.each(calls)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_things(jobs: int) -> None:
    """Also around what is done in this process, and however many there are."""
    calls = [partial(os.getpid) if n % 7 == 3 else partial(pow, n, 2) for n in range(30)]
    with crew(jobs) as several:
        found = [(call, result()) for call, result in several.each(iter(calls))]
    assert [call for call, _ in found] == calls
    assert [result for _, result in found] == [os.getpid() if n % 7 == 3 else n * n for n in range(30)]
    assert multiprocessing.active_children() == []


def test_a_thing_over_which_a_process_dies_is_told_from_the_others() -> None:
    """Two of them among twenty; all others are done, those that were on their way too."""
    calls = [DIES if n in (5, 12) else partial(pow, n, 2) for n in range(20)]
    found = done_by_two(*calls)
    assert [n for n, result in enumerate(found) if isinstance(result, str) and "ended without an answer" in result] == [
        5,
        12,
    ]
    assert [result for n, result in enumerate(found) if n not in (5, 12)] == [
        n * n for n in range(20) if n not in (5, 12)
    ]
    assert multiprocessing.active_children() == []


def test_few_things_are_on_their_way_and_an_error_ends_all_of_them() -> None:
    """Of a list without end only so much is read ahead; whoever leaves in the middle waits for nobody."""
    taken: list[int] = []

    def without_end() -> Iterator[Call]:
        for n in itertools.count():
            taken.append(n)
            yield partial(pow, n, 2)

    def interrupted() -> None:
        with crew(2) as several:
            for n, (_, result) in enumerate(several.each(without_end())):
                assert result() == n * n
                assert len(taken) <= n + Workers.ahead(2)
                if n == 100:
                    raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert multiprocessing.active_children() == []


def test_one_job_starts_no_process_and_reads_nothing_ahead() -> None:
    """Each thing is done when its result is asked for."""
    done: list[int] = []
    with crew(1) as alone:
        for n, (_, result) in enumerate(alone.each(partial(done.append, n) for n in itertools.count())):
            assert done == list(range(n))
            result()
            if n == 5:
                break
    assert Workers.ahead(1) == 0


def test_where_no_process_can_be_started_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small container may have no room for them."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("multiprocessing.process.BaseProcess.start", fail)
    with pytest.raises(WorkerStartError, match=r"cannot be started \(.+\); ask for fewer, or leave it out"):
        done_by_two(partial(pow, 2, 3))


def test_processes_that_end_as_they_start_are_no_fault_of_the_things(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said once, and not of each file."""
    monkeypatch.setattr(workers, "serve", operator.is_)
    with pytest.raises(WorkerStartError, match="end as soon as they start; leave it out"):
        done_by_two(partial(pow, 2, 3))


@pytest.mark.parametrize(
    ("text", "jobs"),
    [("1", 1), ("12", 12), ("007", 7), ("0", processors()), ("9" * 5000, workers.MOST)],
    ids=lambda v: str(v)[:9],
)
def test_a_number_of_processes(text: str, jobs: int) -> None:
    """0 is one for each processor."""
    assert number(text) == jobs


@pytest.mark.parametrize("text", ["", "-1", "1.5", "two", "²", "٣"])
def test_what_is_no_number_of_processes(text: str) -> None:
    """The message says what is."""
    with pytest.raises(ArgumentTypeError, match="give 1 or more, or 0 for one per processor"):
        number(text)
