"""Work on many files in order, in this process or in several."""

from __future__ import annotations

import contextlib
import functools
import os
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Generic, TypeVar

from weeknote.cli.command import CommandError, SelectionError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Generator, Iterable, Iterator
    from concurrent.futures import Future, ProcessPoolExecutor

    from weeknote.cli.terminal import Progress

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")

MAX_JOBS = 60
"""The maximum number of processes: Windows cannot wait for more."""
MAX_AHEAD = 16
"""The number of items per process that are submitted ahead of their results."""

DIED = "the process that read it died; try the file alone, or split it if it is very large"
"""The message for an item whose process died."""


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """Add the option `--jobs`."""
    parser.add_argument(
        "--jobs",
        metavar="N",
        type=job_count,
        default=1,
        help="use N processes, or one per processor if N is 0; the output is the same",
    )


def job_count(text: str) -> int:
    """Return how many processes an option asks for; 0 asks for one per processor.

    >>> job_count("3")
    3
    """
    from argparse import ArgumentTypeError

    if not (text.isascii() and text.isdecimal()):
        raise ArgumentTypeError(f"{text!r} is not a number of processes; give 1 or more, or 0 for one per processor")
    return min(int(text.lstrip("0")[:9] or 0) or processors(), MAX_JOBS)


class OrderedPool(Generic[ItemT, ResultT]):
    """Applies a function to items and yields the results in the order of the items.

    With one job, everything happens in this process, one item at a time. With more, a bounded number of items is
    submitted ahead, so memory doesn't grow with their number.

    Args:
        jobs: how many processes, at least 1.
        work: a module-level function; items and results can be pickled.
        is_remote: whether another process may do an item; the others are done in this one.

    >>> list(OrderedPool(1, len, is_remote=bool).map(["a", "bc"]))
    [('a', 1), ('bc', 2)]
    """

    def __init__(
        self,
        jobs: int,
        work: Callable[[ItemT], ResultT],
        *,
        is_remote: Callable[[ItemT], bool],
    ) -> None:
        self.jobs = jobs
        self.work = work
        self.is_remote = is_remote

    def map(self, items: Iterable[ItemT]) -> Generator[tuple[ItemT, ResultT | CommandError], None, None]:
        """Yield each item with its result, or with the `CommandError` that `work` raised or that says its process died.

        Close the generator to end its processes early.
        """
        if self.jobs == 1:
            for item in items:
                yield item, self.result(item)
            return
        rest = iter(items)
        window: deque[tuple[ItemT, Future[ResultT] | None]] = deque()
        with contextlib.ExitStack() as stack:
            pool = stack.enter_context(started_pool(self.jobs))
            while True:
                for each in islice(rest, self.jobs * MAX_AHEAD - len(window)):
                    window.append((each, self.submitted(pool, each)))
                if not window:
                    return
                item, future = window.popleft()
                result, died = self.outcome(item, future)
                if died:
                    # The pool is broken for good, and the items in the window went with it.
                    pool = stack.enter_context(started_pool(self.jobs))
                    window = deque((each, self.submitted(pool, each)) for each, _ in window)
                yield item, result

    def submitted(self, pool: ProcessPoolExecutor, item: ItemT) -> Future[ResultT] | None:
        """Submit an item to a pool; return None for one that is done in this process."""
        from concurrent.futures.process import BrokenProcessPool

        if not self.is_remote(item):
            return None
        try:
            with uninterrupted():
                return pool.submit(self.work, item)
        except BrokenProcessPool as error:
            from concurrent.futures import Future

            broken: Future[ResultT] = Future()
            broken.set_exception(error)
            return broken
        except OSError as error:
            raise CommandError(
                f"cannot start the processes for --jobs ({error.strerror or error}); use fewer, or leave it out"
            ) from None

    def result(self, item: ItemT, future: Future[ResultT] | None = None) -> ResultT | CommandError:
        """Return an item's result; without a future, it is done in this process."""
        try:
            return self.work(item) if future is None else future.result()
        except CommandError as error:
            return error

    def outcome(self, item: ItemT, future: Future[ResultT] | None) -> tuple[ResultT | CommandError, bool]:
        """Return an item's result, and whether the pool broke while it was worked on."""
        from concurrent.futures.process import BrokenProcessPool

        try:
            return self.result(item, future), False
        except BrokenProcessPool:
            pass
        # Any item in the pool may be the one that killed its process. Alone, only the culprit does it again.
        with started_pool(1) as alone:
            try:
                return self.result(item, self.submitted(alone, item)), True
            except BrokenProcessPool:
                pass
        with started_pool(1) as idle:
            try:
                idle.submit(os.getpid).result()
            except BrokenProcessPool:
                # Not the item's fault: `main` is called in a script without `if __name__ == "__main__":`.
                raise CommandError("the processes for --jobs end as soon as they start; leave it out") from None
        return CommandError(f"{item}: {DIED}"), True


def work_through(
    files: Iterable[str | SelectionError], work: Callable[[str], ResultT], jobs: int, progress: Progress
) -> Generator[tuple[str, ResultT], None, None]:
    """Yield each file with its result, in order, and report what fails. Close the generator to end its processes.

    Args:
        files: the files, and the problems on the way to them.
        work: a module-level function of a file's name, or a partial one; it raises `CommandError` for what fails.
        jobs: how many processes, at least 1.
        progress: where failures are reported and files are counted.
    """
    pool = OrderedPool(
        jobs, functools.partial(_done, work), is_remote=lambda file: isinstance(file, str) and file != "-"
    )
    with contextlib.closing(pool.map(files)) as results:
        for file, result in results:
            if isinstance(result, CommandError):
                progress.fail(result)
            else:
                yield str(file), result
            progress.advance(str(file))


def _done(work: Callable[[str], ResultT], file: str | SelectionError) -> ResultT:
    if isinstance(file, SelectionError):
        raise file
    return work(file)


@contextlib.contextmanager
def started_pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Yield a pool whose processes inherit neither threads nor locks, and wait for their end."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=exit_with_parent)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def exit_with_parent() -> None:
    """End this process when its parent is gone, even if that was killed; runs in another process."""
    import multiprocessing
    import threading
    from multiprocessing.connection import wait

    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            wait([parent.sentinel])
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Start processes that ignore Control-C: the terminal sends it to them too, and this process ends them.

    They inherit that it is blocked. Here it is only delayed.
    """
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    # It starts with the first process otherwise, and unblocks Control-C when it does.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
