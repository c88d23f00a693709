"""The same work on many things, in this process or in several, with the results in the order of the things.

Only so many things are on their way at any time, so that neither memory nor what is printed waits for the last one.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections import deque
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from weeknote.errors import WeeknoteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection

ThingT = TypeVar("ThingT")
ResultT = TypeVar("ResultT")

SENT = 4
"""How many things a process is sent at a time: few enough to share a short list, and to answer soon."""
BATCH = 8
"""How many things are taken from the list at a time, with those that stay."""
WAITING = 4
"""How many batches are on their way for each process, so that none is idle while one of them takes its time."""
MOST = 60 if sys.platform == "win32" else 1000
"""How many processes there can be: Windows waits for no more, and elsewhere nobody has as many processors."""

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
    return min(int(text.lstrip("0")[:9] or 0) or processors(), MOST)


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


class WorkerStartError(WeeknoteError):
    """No other process can be started here."""


class Batch(Generic[ThingT, ResultT]):
    """Things that follow each other.

    Attributes:
        things: the things, each with its place among those that are sent; None for one that stays.
        sent: those that are sent.
        answer: their results, when they are there.
        lost: whether the process died that was to answer.
    """

    def __init__(self) -> None:
        self.things: list[tuple[ThingT, int | None]] = []
        self.sent: list[ThingT] = []
        self.answer: list[ResultT] | None = None
        self.lost = False

    def add(self, thing: ThingT, *, stays: bool) -> None:
        """Add a thing."""
        self.things.append((thing, None if stays else len(self.sent)))
        if not stays:
            self.sent.append(thing)


class Worker(Generic[ThingT, ResultT]):
    """Another process, which is sent things and answers with their results, through a pipe of its own.

    So it can be ended at any moment, and nobody else waits for a lock that it held or for the rest of its answer.

    Raises:
        WorkerStartError: this system has no room for another process.
    """

    def __init__(self, work: Callable[[ThingT], ResultT]) -> None:
        import multiprocessing

        # A Python of its own, which inherits neither threads nor locks.
        context = multiprocessing.get_context("spawn")
        try:
            self.pipe, there = context.Pipe()
            self.process = context.Process(target=serve, args=(there, work), daemon=True)
            with deaf():
                self.process.start()
            there.close()
        except OSError as error:
            why = error.strerror or error
            raise WorkerStartError(
                f"the processes that --jobs asks for cannot be started ({why}); ask for fewer, or leave it out"
            ) from None
        self.batch: Batch[ThingT, ResultT] | None = None

    def send(self, batch: Batch[ThingT, ResultT]) -> None:
        """Send the things of a batch; it has answered to all it was sent before."""
        self.batch = batch
        # If it has died in the meantime, there will be no answer, which is found out then.
        with contextlib.suppress(OSError):
            self.pipe.send(batch.sent)

    def listen(self) -> bool:
        """Wait for the answer, and tell whether it came; if not, the process has died."""
        batch, self.batch = self.batch, None
        try:
            found = self.pipe.recv()
        except (EOFError, OSError):
            found = None
        if batch is not None:
            batch.answer, batch.lost = found, found is None
        return found is not None

    def end(self, *, at_once: bool) -> None:
        """End the process, and wait until it is gone."""
        if at_once:
            self.process.terminate()
        self.pipe.close()
        self.process.join()


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
        self.crew: list[Worker[ThingT, ResultT]] = []
        self.alone: Worker[ThingT, ResultT] | None = None
        self.unsent: deque[Batch[ThingT, ResultT]] = deque()

    @staticmethod
    def ahead(jobs: int) -> int:
        """Return how many things can be on their way, or waiting to be sent, while the first of them is done."""
        return (jobs * WAITING + 1) * BATCH if jobs > 1 else 0

    def __enter__(self) -> Workers[ThingT, ResultT]:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for worker in (*self.crew, *([self.alone] if self.alone else [])):
            worker.end(at_once=kind is not None)
        self.crew, self.alone = [], None

    def each(self, things: Iterable[ThingT]) -> Iterator[tuple[ThingT, Callable[[], ResultT]]]:
        """Yield things in their order, each with a function that waits for its result.

        Raises:
            WorkerStartError: no process can be started.
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
                yield self._begun(batch)
                batch = Batch()
        if batch.things:
            yield self._begun(batch)

    def _begun(self, batch: Batch[ThingT, ResultT]) -> Batch[ThingT, ResultT]:
        if batch.sent:
            self.unsent.append(batch)
            self._send()
        return batch

    def _send(self) -> None:
        """Send what is not sent yet to those who have nothing to do."""
        idle = [worker for worker in self.crew if worker.batch is None]
        while self.unsent and (idle or len(self.crew) < self.jobs):
            if not idle:
                idle.append(Worker(self.work))
                self.crew += idle
            idle.pop().send(self.unsent.popleft())

    def _listen(self, seconds: float | None) -> None:
        """Take the answers that are there, or come within some time, and send those who gave them something new."""
        from multiprocessing.connection import wait

        busy = {worker.pipe: worker for worker in self.crew if worker.batch is not None}
        for pipe in wait(list(busy), seconds):
            worker = busy[pipe]  # type: ignore[index] # `wait` returns what it was given
            if not worker.listen():
                worker.end(at_once=True)
                self.crew.remove(worker)
        self._send()

    def _result(self, batch: Batch[ThingT, ResultT], thing: ThingT, place: int | None) -> ResultT:
        self._listen(0)
        if place is None:
            return self.work(thing)
        while batch.answer is None and not batch.lost:
            self._listen(None)
        return self._found_alone(thing) if batch.answer is None else batch.answer[place]

    def _found_alone(self, thing: ThingT) -> ResultT:
        """Return the result of a thing that was on its way when a process died, maybe over another."""
        batch: Batch[ThingT, ResultT] = Batch()
        batch.add(thing, stays=False)
        if self._answers(batch) and batch.answer is not None:
            return batch.answer[0]
        if not self._answers(Batch()):
            # Not the thing's fault: `weeknote.cli.main` called in a script without `if __name__ == "__main__":` is one.
            raise WorkerStartError("the processes that --jobs asks for end as soon as they start; leave it out")
        return self.lost(thing, ENDED)

    def _answers(self, batch: Batch[ThingT, ResultT]) -> bool:
        """Send a batch to a process that has nothing else to do, and tell whether it answered."""
        if self.alone is None:
            self.alone = Worker(self.work)
        self.alone.send(batch)
        if self.alone.listen():
            return True
        self.alone.end(at_once=True)
        self.alone = None
        return False


def serve(pipe: Connection, work: Callable[[Any], Any]) -> None:
    """Answer with the results of what comes through a pipe, until its other end is closed; runs in another process."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # When the first process has gone, there is nobody to answer to.
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            pipe.send([work(thing) for thing in pipe.recv()])


@contextlib.contextmanager
def deaf() -> Iterator[None]:
    """Keep Control-C from processes that start in here, from their first moment on; this one hears it afterwards."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    # It is started with the first process, and whoever starts it hears Control-C again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
