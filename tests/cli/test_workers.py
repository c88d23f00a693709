"""Work in one process or in several: results in order, few items ahead, and no process left behind."""

from __future__ import annotations

import itertools
import multiprocessing
import operator
import os
from argparse import ArgumentTypeError
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from weeknote.cli import workers
from weeknote.cli.command import CommandError
from weeknote.cli.workers import MAX_AHEAD, MAX_JOBS, OrderedPool, job_count, processors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Call = partial[Any]

# A new process knows no function of a test, so the work is to call what it is given.
DIES = partial(os._exit, 3)


def is_remote(call: Call) -> bool:
    """Return whether another process may make a call: not `os.getpid`."""
    return call.func is not os.getpid


def pool(jobs: int) -> OrderedPool[Call, Any]:
    """Return a pool that makes calls."""
    work: Callable[[Call], Any] = operator.call
    return OrderedPool(jobs, work, is_remote=is_remote)


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    """Those that are done in this process keep their place among the others."""
    calls = [partial(os.getpid) if n % 7 == 3 else partial(pow, n, 2) for n in range(30)]
    found = list(pool(jobs).map(iter(calls)))
    assert [call for call, _ in found] == calls
    assert [result for _, result in found] == [os.getpid() if n % 7 == 3 else n * n for n in range(30)]
    assert multiprocessing.active_children() == []


def test_an_item_whose_process_dies_is_the_only_one_that_fails() -> None:
    """Two of them among twenty; all others have their results, those in the same pool too."""
    calls = [DIES if n in (5, 12) else partial(pow, n, 2) for n in range(20)]
    found = [result for _, result in pool(2).map(calls)]
    assert [n for n, result in enumerate(found) if "the process that read it died" in str(result)] == [
        5,
        12,
    ]
    assert [found[n] for n in range(20) if n not in (5, 12)] == [n * n for n in range(20) if n not in (5, 12)]
    assert multiprocessing.active_children() == []


def test_few_items_are_ahead_and_closing_ends_the_processes() -> None:
    """Of an endless list only so much is read ahead; an interrupt leaves no process behind."""
    taken: list[int] = []

    def endless() -> Iterator[Call]:
        for n in itertools.count():
            taken.append(n)
            yield partial(pow, n, 2)

    def interrupted() -> None:
        with closing(pool(2).map(endless())) as results:
            for n, (_, result) in enumerate(results):
                assert result == n * n
                assert len(taken) <= n + 1 + 2 * MAX_AHEAD
                if n == 100:
                    raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert multiprocessing.active_children() == []


def test_one_job_reads_nothing_ahead() -> None:
    """Each item is done before the next is taken."""
    done: list[int] = []
    calls = (partial(done.append, n) for n in itertools.count())
    for n, _ in enumerate(pool(1).map(calls)):
        assert done == list(range(n + 1))
        if n == 5:
            break


def test_where_no_process_can_be_started_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small container may have no room for them."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("multiprocessing.process.BaseProcess.start", fail)
    with pytest.raises(CommandError, match=r"cannot start the processes for --jobs \(.+\); use fewer, or leave it out"):
        list(pool(2).map([partial(pow, 2, 3)]))


def test_processes_that_end_as_they_start_are_no_fault_of_the_items(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is reported once, and not for each file."""
    monkeypatch.setattr(workers, "exit_with_parent", partial(os._exit, 3))
    with pytest.raises(CommandError, match="end as soon as they start; leave it out"):
        list(pool(2).map([partial(pow, 2, 3)]))


@pytest.mark.parametrize(
    ("text", "jobs"),
    [("1", 1), ("12", 12), ("007", 7), ("0", processors()), ("9" * 5000, MAX_JOBS)],
    ids=lambda v: str(v)[:9],
)
def test_a_number_of_processes(text: str, jobs: int) -> None:
    """0 is one per processor."""
    assert job_count(text) == jobs


@pytest.mark.parametrize("text", ["", "-1", "1.5", "two", "²", "٣"])
def test_not_a_number_of_processes(text: str) -> None:
    """The message says what to give."""
    with pytest.raises(ArgumentTypeError, match="give 1 or more, or 0 for one per processor"):
        job_count(text)
