"""The engine: Daft on this machine, or the same plan on a Ray cluster.

The plan is a table of tasks, each a row, and one column more: what a worker made of it. Where tasks run, in what order,
and again where a machine was lost, is the engine's business.
"""

from __future__ import annotations

import logging
import os
import pickle
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol

import daft
import pyarrow as pa
from daft import DataFrame, DataType, Expression
from daft.io.source import DataSource, DataSourceTask

from qawl.corpus import QUIET
from qawl.corpus.errors import CorpusError

_SCHEMA: Final = daft.Schema.from_pyarrow_schema(pa.schema([pa.field("task", pa.binary())]))
#: Values that `decided` gives a process at a time.
_BATCH: Final = 256
#: Keeps a table under a name, so that it is made once for all that are made of it.
Keep = Callable[[DataFrame, str], DataFrame]
#: What `run` may raise where a worker or a machine was lost.
LOST: Final = (RuntimeError, OSError, daft.exceptions.DaftCoreException)


@dataclass(frozen=True, slots=True)
class Engine:
    """Which engine, where its cluster is (None: one is started here), and how many workers (0: one a core)."""

    kind: Literal["native", "ray"] = "native"
    address: str | None = None
    workers: int = 0

    def begin(self) -> int:
        """Make it the engine of this process; how many workers there will be.

        Raises CorpusError where it cannot be reached, and where this process has begun with the other one.
        """
        os.environ.setdefault("DAFT_PROGRESS_BAR", "0")  # ours counts articles
        try:
            if self.kind == "native":
                daft.set_runner_native()
                return self.workers or (os.cpu_count() or 1)
            import ray

            if not ray.is_initialized():
                ray.init(
                    address=self.address,
                    log_to_driver=False,
                    logging_level=logging.ERROR,
                    runtime_env={"env_vars": dict(QUIET)},
                )
            daft.set_runner_ray(noop_if_initialized=True)
            resources: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
            return self.workers or int(resources.get("CPU", 1))
        except ImportError:
            raise CorpusError("Ray is not installed: pip install 'qawl[corpus]'") from None
        except (ConnectionError, RuntimeError, ValueError, daft.exceptions.DaftCoreException) as error:
            raise CorpusError(f"the engine {self.kind}: {' '.join(str(error).split())[:300]}") from None


def machines() -> frozenset[str]:
    """The machines of the cluster that are there now; none where there is no cluster."""
    if daft.get_or_infer_runner_type() != "ray":
        return frozenset()
    import ray

    found: list[dict[str, Any]] = ray.nodes()  # type: ignore[no-untyped-call]
    return frozenset(node["NodeID"] for node in found if node["Alive"])


class Work(Protocol):
    """Something to do with tasks; it can be pickled."""

    def begin(self) -> Callable[[Any], int]:
        """What does one task, and says how much that was. Called once in each worker."""


def run(tasks: Sequence[Any], work: Work, workers: int) -> Iterator[int]:
    """Have all tasks done by so many workers, each a process; what each came to, as they are done.

    On this machine they are begun in their order, each by the worker that is free first.

    Raises LOST, and KeyboardInterrupt where the engine itself took the key and came to an end without a word.
    """
    if not tasks:
        return

    @daft.cls(max_concurrency=min(workers, len(tasks)), name_override="qawl")
    class Working:
        def __init__(self, work: bytes) -> None:
            self.do = pickle.loads(work).begin()

        @daft.method.batch(return_dtype=daft.DataType.int64(), batch_size=1)
        def done(self, tasks: daft.Series) -> list[int]:
            return [self.do(pickle.loads(task)) for task in tasks.to_pylist()]

    working: Any = Working(pickle.dumps(work))
    table = _Tasks([pickle.dumps(task) for task in tasks]).read()
    left = len(tasks)
    try:
        # In the order of the tasks the engine would have a worker that is ahead of the others wait for them.
        with daft.execution_config_ctx(maintain_order=False):
            for row in table.select(working.done(daft.col("task")).alias("done")).iter_rows():
                left -= 1
                yield int(row["done"])
    except Exception as error:
        # Named by its module: to import Ray takes a second, and the native engine has no use for it.
        if type(error).__module__.startswith("ray."):
            raise RuntimeError(str(error)) from error
        raise
    if left:
        raise KeyboardInterrupt


def decided(function: Callable[[Any], Any], comes_to: DataType, workers: int) -> Callable[[Expression], Expression]:
    """A function of the values of a column, called in so many processes. It can be pickled."""

    # No share of a cluster's processors is set aside for them: what is to be joined would wait for it for ever.
    @daft.cls(cpus=0, max_concurrency=workers, use_process=True, name_override="qawl")
    class Deciding:
        def __init__(self, function: bytes) -> None:
            self.decide = pickle.loads(function)

        @daft.method.batch(return_dtype=comes_to, batch_size=_BATCH)
        def of(self, values: daft.Series) -> list[Any]:
            return list(map(self.decide, values.to_pylist()))

    deciding: Any = Deciding(pickle.dumps(function))
    return lambda column: deciding.of(column)


class _Tasks(DataSource):
    """The table of tasks: on this machine in their order, on a cluster each a partition of its own, so that they are
    spread over all machines."""

    def __init__(self, tasks: list[bytes]) -> None:
        self._tasks = tasks

    @property
    def name(self) -> str:
        return "tasks"

    @property
    def schema(self) -> daft.Schema:
        return _SCHEMA

    async def get_tasks(self, pushdowns: Any) -> AsyncIterator[DataSourceTask]:
        together = len(self._tasks) if daft.get_or_infer_runner_type() == "native" else 1
        for at in range(0, len(self._tasks), together):
            yield _Some(self._tasks[at : at + together])


class _Some(DataSourceTask):
    def __init__(self, tasks: list[bytes]) -> None:
        self._tasks = tasks

    @property
    def schema(self) -> daft.Schema:
        return _SCHEMA

    async def read(self) -> AsyncIterator[Any]:
        for task in self._tasks:
            yield daft.recordbatch.RecordBatch.from_pydict({"task": [task]})
