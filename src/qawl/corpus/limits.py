"""Pages under limits of time and memory: read in a process of their own, which is ended when one goes beyond them.

A page that hangs, eats all memory or kills the process that reads it costs the few pages around it a second reading,
and is itself given up with its reason.
"""

from __future__ import annotations

import mmap
import pickle
import socket
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Final

import pyarrow as pa

from qawl.corpus.errors import CorpusError
from qawl.corpus.inputs import Item
from qawl.corpus.protocol import OUT_OF_MEMORY, PULSE, Done
from qawl.intake.options import Options

_TOGETHER: Final = 32  # items that are sent at a time
_BYTES: Final = 1 << 20  # of them, where they are large
_AHEAD: Final = 3  # lists that are sent and not answered: enough to read while a part is written
_START: Final = 120.0  # seconds in which the process has to be there
_STOPPED: Final = 1.0  # seconds that a wait takes longer than it should where the program was stopped meanwhile
_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may take: seconds by the clock, bytes of memory beyond what the reader itself takes."""

    seconds: float = 60.0
    memory: int = 1 << 30


@dataclass(frozen=True, slots=True)
class Read:
    """What became of some items: of each that was read, in order; their rows by the name of the table (none where there
    are none); and those that were given up, with the reason."""

    done: list[Done]
    tables: Mapping[str, pa.Table]
    given_up: list[tuple[Item, str]]


class Guarded:
    """The reader in a process of its own. To be closed; not for use by several threads at once."""

    def __init__(self, options: Options, limits: Limits) -> None:
        self._options = options
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self._pulse: mmap.mmap | bytes = bytes(PULSE.size)
        self._answered = 0  # lists, by the process that is there now

    def read(self, lists: Iterable[Iterable[Item]]) -> Iterator[Read]:
        """What becomes of the items, some of one list at a time, in order. Never raises for what an item does.

        A list is asked for when the last one has been sent, and not been answered to its end.
        """
        groups = (group for items in lists for group in _groups(items))
        sent: deque[list[Item]] = deque()
        while True:
            # Further lists are under way while one is read, so that neither of the two processes waits.
            while len(sent) < _AHEAD and (group := next(groups, None)) is not None:
                self._send(group)
                sent.append(group)
            if not sent:
                return
            group = sent.popleft()
            yield self._answer(group, list(sent))

    def close(self) -> None:
        """End the process."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _send(self, group: list[Item]) -> None:
        data = pickle.dumps(group, pickle.HIGHEST_PROTOCOL)
        with suppress(OSError):  # it has died at an earlier list; whoever waits for that one's answer will find out
            self._connected().send_bytes(data)

    def _answer(self, group: list[Item], waiting: list[list[Item]]) -> Read:
        """What became of a list that was sent, and is followed by those that are `waiting` in the process."""
        given_up: list[tuple[Item, str]] = []
        left = list(group)
        stillborn = 0
        while left:
            try:
                message = self._waited()
                if message is None:
                    why = f"took more than {self._limits.seconds:g} seconds"
                elif message == OUT_OF_MEMORY:
                    why = f"took more than {self._limits.memory >> 20} MiB of memory"
                else:
                    self._answered += 1
                    done, packed = pickle.loads(message)
                    return Read(done, {name: _unpacked(data) for name, data in packed.items() if data}, given_up)
            except (EOFError, OSError):
                why = "the process that read it was killed"
            at, _ = self._at()
            self.close()
            if at is not None:
                given_up.append((left.pop(at), why))
            elif (stillborn := stillborn + 1) >= _TRIES:
                raise CorpusError("the process that reads pages does not start (too little memory?)")
            for some in (left, *waiting):
                if some:
                    self._send(some)
        return Read([], {}, given_up)

    def _waited(self) -> bytes | None:
        """The answer to the oldest list; None where one item took too long.

        Raises EOFError or OSError where the process has died.
        """
        connection = self._connected()
        now = resumed = time.monotonic()
        while True:
            at, since = self._at()
            end = resumed + _START if at is None else max(since, resumed) + self._limits.seconds
            # No longer than a page may take: one that is begun meanwhile has its own time.
            wait = max(0.0, min(end - now, self._limits.seconds))
            if connection.poll(wait):
                return connection.recv_bytes()
            before, now = now, time.monotonic()
            if now - before > wait + _STOPPED:
                resumed = now  # both processes were stopped, by Ctrl-Z say, and that is not the page's time
            elif wait == 0.0:
                return None

    def _at(self) -> tuple[int | None, float]:
        """The number of the item that is read now of the oldest list that was not answered, and since when; no number
        before the first."""
        begun, at, since = PULSE.unpack_from(self._pulse)
        return (at, since) if begun == self._answered + 1 else (None, since)

    def _connected(self) -> Connection:
        if self._connection is None:
            ours, theirs = socket.socketpair()
            with theirs, tempfile.TemporaryFile() as shared:
                shared.write(bytes(PULSE.size))
                shared.flush()
                self._pulse, self._answered = mmap.mmap(shared.fileno(), PULSE.size), 0
                descriptors = (theirs.fileno(), shared.fileno())
                command = [sys.executable, "-m", "qawl.corpus.child", *map(str, descriptors), str(self._limits.memory)]
                self._process = subprocess.Popen(command, pass_fds=descriptors, stdin=subprocess.DEVNULL)
            self._connection = Connection(ours.detach())
            self._connection.send_bytes(pickle.dumps(self._options))
        return self._connection


def _unpacked(data: bytes) -> pa.Table:
    with pa.ipc.open_stream(data) as reader:
        return reader.read_all()


def _groups(items: Iterable[Item]) -> Iterator[list[Item]]:
    group: list[Item] = []
    size = 0
    for item in items:
        group.append(item)
        size += len(item.data)
        if len(group) >= _TOGETHER or size >= _BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group
