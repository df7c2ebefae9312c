"""The process in which pages are read: it may hang or die at any of them, and nobody but its parent will notice.

    python -m qawl.corpus.child DESCRIPTOR MEMORY

It reads lists of items from a socket (an open descriptor that its parent left it) and answers with a beat before each
item, and at the end with what became of each and their rows, as tables. The reader and its own tables are loaded once.
"""

from __future__ import annotations

import gc
import pickle
import queue
import signal
import sys
import threading
from multiprocessing.connection import Connection
from typing import Final

import pyarrow as pa

from qawl.corpus.inputs import Item
from qawl.corpus.reading import Pile
from qawl.intake.options import Options
from qawl.reading.reader import read

BEAT: Final = b""
#: Begins the answer.
ANSWER: Final = b"="
#: What a process says of an item that took all the memory it may have, before it ends.
OUT_OF_MEMORY: Final = b"m"

_MIB: Final = 1 << 20


def main() -> None:
    descriptor, memory = map(int, sys.argv[1:])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever stops the program speaks to the parent
    connection = Connection(descriptor)
    _limit(memory)
    read("قال الوزير إن السد امتلأ.")  # loads the tables: no page's time is spent on it
    gc.freeze()
    # What is sent must be taken while a page is read: the parent would wait with the next list, and for it us.
    coming: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(connection, coming), daemon=True).start()
    options: Options = pickle.loads(coming.get() or sys.exit(1))
    while (message := coming.get()) is not None:
        items: list[Item] = pickle.loads(message)
        pile = Pile()
        try:
            for item in items:
                connection.send_bytes(BEAT)
                pile.read(item, options)
            answer = pickle.dumps((pile.done, {name: _packed(table) for name, table in pile.tables().items()}))
        except MemoryError:
            connection.send_bytes(OUT_OF_MEMORY)
            return
        connection.send_bytes(ANSWER + answer)


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
