"""The same work on many things, in this process or in several, with the results in the order of the things.

Only so many things are on their way at any time, so that neither memory nor what is printed waits for the last one.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections import deque
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from weeknote.errors import WeeknoteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future, ProcessPoolExecutor

ThingT = TypeVar("ThingT")
ResultT = TypeVar("ResultT")

SENT = 4
"""How many things a process is sent at a time: few enough to share a short list, and to answer soon."""
BATCH = 8
"""How many things are taken from the list at a time, with those that stay."""
WAITING = 4
"""How many batches are on their way for each process, so that none is idle while one of them takes its time."""
MOST = 61 if sys.platform == "win32" else 10_000
"""How many processes there can be: Windows waits for no more."""

ENDED = "the process that read it ended without an answer; give the file alone, or split it if it is very large"
"""What is said of a thing over which a process died."""


def number(text: str) -> int:
    """Return how many processes an option asks for; 0 asks for one for each processor.

    >>> number("3")
    3
    """
    from argparse import ArgumentTypeError

    if not (text.isascii() and text.isdecimal()):
        raise ArgumentTypeError(f"{text!r} is no number of processes; give 1 or more, or 0 for one per processor")
    return min(int(text[:9]) or processors(), MOST)


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


JOBS: tuple[tuple[str, ...], str, dict[str, Any]] = (
    ("--jobs",),
    "how many processes read the files, with the same output in the same order; 0 is one for each processor",
    {"metavar": "N", "type": number, "default": 1},
)
"""The option, for the tables of commands."""


class CannotStart(WeeknoteError):
    """No other process can be started here."""


class Batch(Generic[ThingT, ResultT]):
    """Things that follow each other.

    Attributes:
        things: the things, each with its place among those that are sent; None for one that stays.
        sent: those that are sent.
        answer: their results, when they are there.
    """

    def __init__(self) -> None:
        self.things: list[tuple[ThingT, int | None]] = []
        self.sent: list[ThingT] = []
        self.answer: Future[list[ResultT]] | None = None

    def add(self, thing: ThingT, *, stays: bool) -> None:
        """Add a thing."""
        self.things.append((thing, None if stays else len(self.sent)))
        if not stays:
            self.sent.append(thing)


class Workers(Generic[ThingT, ResultT]):
    """Does the same work on many things; a context that leaves no process behind, however it is left.

    With one job everything is done in this process, when its result is asked for. With more, things are sent to as many
    processes, and a thing over which one dies is found and told from those that were on their way with it.

    Args:
        jobs: how many processes there are, at least 1.
        work: does it: a function at the top of a module; things and results can be pickled.
        lost: gives the result of a thing over which a process died, and is told why.
        stays: tells which things are done in this process all the same, in their turn.

    >>> with Workers(1, len, lambda thing, why: 0, lambda thing: False) as workers:
    ...     [(thing, result()) for thing, result in workers.each(["a", "bc"])]
    [('a', 1), ('bc', 2)]
    """

    def __init__(
        self,
        jobs: int,
        work: Callable[[ThingT], ResultT],
        lost: Callable[[ThingT, str], ResultT],
        stays: Callable[[ThingT], bool],
    ) -> None:
        self.jobs = jobs
        self.work = work
        self.lost = lost
        self.stays = stays
        self.pool: ProcessPoolExecutor | None = None
        self.single: ProcessPoolExecutor | None = None
        self.strangers: set[Any] = set()

    @staticmethod
    def ahead(jobs: int) -> int:
        """Return how many things can be on their way, or waiting to be sent, while the first of them is done."""
        return (jobs * WAITING + 1) * BATCH if jobs > 1 else 0

    def __enter__(self) -> Workers[ThingT, ResultT]:
        if self.jobs > 1:
            import multiprocessing

            self.strangers = set(multiprocessing.active_children())
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and self.jobs > 1:
            import multiprocessing

            # Nobody waits for what they are at.
            for child in set(multiprocessing.active_children()) - self.strangers:
                child.terminate()
        for pool in (self.pool, self.single):
            if pool is not None:
                pool.shutdown(cancel_futures=True)
        self.pool = self.single = None

    def each(self, things: Iterable[ThingT]) -> Iterator[tuple[ThingT, Callable[[], ResultT]]]:
        """Yield things in their order, each with a function that waits for its result.

        Raises:
            CannotStart: no process can be started.
        """
        if self.jobs == 1:
            for thing in things:
                yield thing, partial(self.work, thing)
            return
        batches = self._batches(iter(things))
        waiting = deque(islice(batches, self.jobs * WAITING))
        while waiting:
            batch = waiting.popleft()
            for thing, place in batch.things:
                yield thing, partial(self._result, batch, thing, place)
            waiting.extend(islice(batches, 1))

    def _batches(self, things: Iterator[ThingT]) -> Iterator[Batch[ThingT, ResultT]]:
        batch: Batch[ThingT, ResultT] = Batch()
        for thing in things:
            batch.add(thing, stays=self.stays(thing))
            if len(batch.sent) == SENT or len(batch.things) == BATCH:
                yield self._sent(batch)
                batch = Batch()
        if batch.things:
            yield self._sent(batch)

    def _sent(self, batch: Batch[ThingT, ResultT]) -> Batch[ThingT, ResultT]:
        from concurrent.futures.process import BrokenProcessPool

        if not batch.sent:
            return batch
        if self.pool is None:
            self.pool = started(self.jobs)
        try:
            batch.answer = submitted(self.pool, self.work, batch.sent)
        except BrokenProcessPool:
            self.pool.shutdown()
            self.pool = started(self.jobs)
            batch.answer = submitted(self.pool, self.work, batch.sent)
        return batch

    def _result(self, batch: Batch[ThingT, ResultT], thing: ThingT, place: int | None) -> ResultT:
        from concurrent.futures.process import BrokenProcessPool

        if batch.answer is None or place is None:
            return self.work(thing)
        try:
            return batch.answer.result()[place]
        except BrokenProcessPool:
            return self._alone(thing)

    def _alone(self, thing: ThingT) -> ResultT:
        """Return the result of a thing that was on its way when a process died, maybe over another."""
        from concurrent.futures.process import BrokenProcessPool

        if self.single is None:
            self.single = started(1)
        try:
            return submitted(self.single, self.work, [thing]).result()[0]
        except BrokenProcessPool:
            self.single.shutdown()
            self.single = None
        try:
            self.single = started(1)
            submitted(self.single, int, []).result()
        except BrokenProcessPool:
            # Not the thing's fault: `weeknote.cli.main` called in a script without `if __name__ == "__main__":` is one.
            raise CannotStart("the processes that --jobs asks for end as soon as they start; leave it out") from None
        return self.lost(thing, ENDED)


def started(jobs: int) -> ProcessPoolExecutor:
    """Return a pool of processes, each a Python of its own that inherits no state.

    Raises:
        CannotStart: this system has no room or no means for it.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    try:
        return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=prepared)
    except (OSError, ImportError, NotImplementedError) as error:
        raise refused(error) from None


def submitted(
    pool: ProcessPoolExecutor, work: Callable[[ThingT], ResultT], things: list[ThingT]
) -> Future[list[ResultT]]:
    """Send things to a pool.

    Raises:
        CannotStart: its processes cannot be started.
        BrokenProcessPool: one of them has died.
    """
    try:
        with deaf():
            return pool.submit(worked, work, things)
    except OSError as error:
        raise refused(error) from None


def refused(error: Exception) -> CannotStart:
    """Return what is raised when a process cannot be started."""
    why = getattr(error, "strerror", None) or error
    return CannotStart(f"the processes that --jobs asks for cannot be started ({why}); ask for fewer, or leave it out")


def worked(work: Callable[[ThingT], ResultT], things: list[ThingT]) -> list[ResultT]:
    """Return the results of things; this runs in another process."""
    return [work(thing) for thing in things]


@contextlib.contextmanager
def deaf() -> Iterator[None]:
    """Keep Control-C from processes that start in here, from their first moment on; this one hears it afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def prepared() -> None:
    """Prepare a process that has just started: the one that started it says when it is over."""
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """Wait until the process that started this one is gone, however that came, and follow it."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
