"""Many tasks in order: in this process or in several, with no task able to stop the others."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_PATIENCE = 1.0  # seconds for which a result that is there may wait for further tasks from a slow source
_AHEAD = 8  # tasks handed out per process: enough to keep all busy, few enough to keep memory flat
_YOUNG = 50_000  # new objects that the garbage collector waits for: more than one article leaves at any time


def run_in_order(
    tasks: Iterable[T], work: Callable[[T], R], jobs: int, died: Callable[[T], R], *, ahead: int = _AHEAD
) -> Iterator[R]:
    """The results of `work` over `tasks`, in the order of the tasks.

    `work` must be importable and must not raise. With `jobs` above 1, a process that is killed at a task (out of
    memory, say) costs that task alone: its result is `died(task)`. Each process has up to `ahead` tasks handed out to
    it; more keep it busy while the caller is. The processes end with this one, however it ends.
    """
    if jobs <= 1:
        with rare_collections():
            yield from map(work, tasks)
        return
    rest = iter(tasks)
    pool = _pool(jobs)
    waiting: deque[tuple[T, Future[R]]] = deque()
    try:
        while True:
            begun = time.monotonic()
            for task in islice(rest, jobs * ahead - len(waiting)):
                waiting.append((task, _submit(pool, work, task)))
                if waiting[0][1].done() and time.monotonic() - begun > _PATIENCE:
                    break
            if not waiting:
                # The processes have nothing left to do. Not waited for, they would end while the interpreter does, and
                # it would speak to them over a pipe that is closed at that moment ("Bad file descriptor").
                pool.shutdown()
                return
            try:
                result = waiting[0][1].result()
            except BrokenProcessPool:
                # Nobody says which task killed its process: each of the unfinished ones gets a process of its own.
                pool.shutdown()
                for task, future in waiting:
                    yield _result_or_alone(task, future, work, died)
                waiting.clear()
                pool = _pool(jobs)
                continue
            waiting.popleft()
            yield result
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def rare_collections() -> Iterator[None]:
    """Meanwhile the garbage collector looks for cycles more rarely, for work that makes hardly any.

    Reading makes none: its objects go when nobody refers to them any more. By default the collector walks them several
    times an article, and again and again all that the tables and caches hold, which takes 2 % of the time.
    """
    before = gc.get_threshold()
    gc.set_threshold(_YOUNG, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _submit(pool: ProcessPoolExecutor, work: Callable[[T], R], task: T) -> Future[R]:
    try:
        return pool.submit(work, task)
    except BrokenProcessPool as error:  # found out here, not at the result: let it come up in its turn
        future: Future[R] = Future()
        future.set_exception(error)
        return future


def _result_or_alone(task: T, future: Future[R], work: Callable[[T], R], died: Callable[[T], R]) -> R:
    if future.exception() is None:
        return future.result()
    with _pool(1) as alone:
        try:
            return alone.submit(work, task).result()
        except BrokenProcessPool:
            return died(task)


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(max_workers=jobs, initializer=_begin)


def _begin() -> None:
    """Begin a worker process: whoever stops the program speaks to its parent, and it ends when the parent does."""
    gc.set_threshold(_YOUNG)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # A worker waits for tasks on a pipe that it holds open itself: of a parent that was killed it would never hear.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
