"""The process in which pages are read: it may hang or die at any of them, and nobody but its parent will notice.

    python -m qawl.corpus.child SOCKET PULSE MEMORY

It reads lists of items from a socket (an open descriptor that its parent left it) and answers each with what became of
its items and their rows, as tables. At which item it is stands in a file that both have in memory (another descriptor).
The reader and its own tables are loaded once.
"""

from __future__ import annotations

import gc
import mmap
import pickle
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Final

import pyarrow as pa

from qawl.batch import rare_collections
from qawl.corpus.inputs import Item
from qawl.corpus.protocol import OUT_OF_MEMORY, PULSE
from qawl.corpus.reading import Pile
from qawl.intake.options import Options
from qawl.reading.reader import read

_MIB: Final = 1 << 20


def main() -> None:
    descriptor, shared, memory = map(int, sys.argv[1:])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever stops the program speaks to the parent
    connection = Connection(descriptor)
    pulse = _Pulse(mmap.mmap(shared, PULSE.size))
    _limit(memory)
    read("قال الوزير إن السد امتلأ.")  # loads the tables: no page's time is spent on it
    gc.freeze()
    # What is sent must be taken while a page is read: the parent would wait with the next list, and for it us.
    coming: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(connection, coming), daemon=True).start()
    options: Options = pickle.loads(coming.get() or sys.exit(1))
    with rare_collections():
        while (message := coming.get()) is not None:
            items: list[Item] = pickle.loads(message)
            pulse.begin(len(items))
            try:
                answer = _answer(items, options, pulse.beat)
            except MemoryError:
                connection.send_bytes(OUT_OF_MEMORY)
                return
            connection.send_bytes(answer)


class _Pulse:
    """Where this process is, for its parent to see. What an item took before counts among its seconds."""

    def __init__(self, shared: mmap.mmap) -> None:
        self._shared = shared
        self._begun = 0

    def begin(self, items: int) -> None:
        """A list of so many items is begun."""
        self._begun += 1
        self._spent = [0.0] * items
        self._item, self._since = 0, time.monotonic()

    def beat(self, item: int) -> None:
        """Now it is the turn of this item."""
        now = time.monotonic()
        self._spent[self._item] += now - self._since
        self._item, self._since = item, now
        PULSE.pack_into(self._shared, 0, self._begun, item, now - self._spent[item])


def _answer(items: list[Item], options: Options, beat: Callable[[int], None]) -> bytes:
    pile = Pile(items, options, beat)
    return pickle.dumps((pile.done, {name: _packed(table) for name, table in pile.tables().items()}))


def _packed(table: pa.Table) -> bytes:
    """A table as bytes; none where it has no rows."""
    if not table.num_rows:
        return b""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def _receive(connection: Connection, coming: queue.SimpleQueue[bytes | None]) -> None:
    try:
        while True:
            coming.put(connection.recv_bytes())
    except (EOFError, OSError):  # the parent has ended, however it did
        coming.put(None)


def _limit(memory: int) -> None:
    """Allow this process so many bytes of memory more than it takes already, where the system keeps such limits."""
    try:
        import resource
    except ImportError:  # Windows
        return
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            now = int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        now = 512 * _MIB
    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    wanted = now + memory
    resource.setrlimit(resource.RLIMIT_AS, (wanted if most < 0 else min(wanted, most), most))


if __name__ == "__main__":
    main()
