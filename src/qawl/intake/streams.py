"""Files as streams of bytes, compressed or not, line by line, so that no file has to fit into memory."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from qawl.intake.errors import InputError

if TYPE_CHECKING:
    from typing_extensions import Buffer

if sys.version_info >= (3, 14):
    from compression import zstd as zstd
else:
    from backports import zstd as zstd

_BUFFER = 1 << 16
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_COMPRESSED = (".gz", ".zst")

#: What reading from a stream of `opened` may raise.
STREAM_ERRORS = (OSError, EOFError, UnicodeError, zlib.error, zstd.ZstdError)


def plain_suffix(path: Path) -> str:
    """The file's ending in small letters, without that of a compression: `.jsonl` of `news.jsonl.gz`."""
    name = path.name.lower()
    for ending in _COMPRESSED:
        name = name.removesuffix(ending)
    return Path(name).suffix


class _Counted(io.FileIO):
    """A file that tells how many bytes are read of it, as they are."""

    def __init__(self, path: Path, passed: Callable[[int], None]) -> None:
        super().__init__(path)
        self._passed = passed

    def readinto(self, buffer: Buffer, /) -> int:
        read = super().readinto(buffer)
        self._passed(read)
        return read


@contextmanager
def opened(path: Path, passed: Callable[[int], None] | None = None, *, as_it_lies: bool = False) -> Iterator[IO[bytes]]:
    """The file's bytes, decompressed where it begins as gzip or zstd does, whatever its name, but not `as_it_lies`.
    `passed` is told the number of bytes of the file itself, piece by piece, as they are read.

    Raises InputError where it cannot be opened; reading may raise STREAM_ERRORS.
    """
    try:
        raw = io.BufferedReader(_Counted(path, passed), _BUFFER) if passed else path.open("rb")
    except FileNotFoundError:
        raise InputError("no such file") from None
    except (OSError, ValueError) as error:  # ValueError: a name with U+0000
        raise InputError(reason(error)) from None
    with raw, nullcontext(raw) if as_it_lies else unpacking(raw) as stream:
        yield stream


@contextmanager
def unpacking(raw: io.BufferedReader[Any]) -> Iterator[IO[bytes]]:
    """The bytes of a stream, decompressed where it begins as gzip or zstd does. Raises InputError where it cannot be
    read; reading from what is given may raise STREAM_ERRORS."""
    try:
        head = raw.peek(4)[:4]
    except OSError as error:
        raise InputError(reason(error)) from None
    if head.startswith(_GZIP):
        with gzip.open(raw) as unzipped:
            yield cast(IO[bytes], unzipped)
    elif head.startswith(_ZSTD):
        # The module allows a file to ask for a window of 128 MiB, as the program `zstd` does, and no more.
        with zstd.open(raw) as stream:
            yield cast(IO[bytes], stream)
    else:
        yield raw


def unpacked(data: bytes, limit: int) -> bytes:
    """The bytes, decompressed where they are a gzip file. Raises InputError where they are damaged or too many."""
    if not data.startswith(_GZIP):
        return data
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            found = stream.read(limit + 1)
    except STREAM_ERRORS as error:
        raise InputError(reason(error)) from None
    if len(found) > limit:
        raise InputError(f"more than {limit} bytes")
    return found


def lines(stream: IO[bytes], limit: int) -> Iterator[tuple[int, bytes | None]]:
    """The lines of a stream, numbered from 1, without their ends; None for one of more than `limit` bytes."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) <= limit or line.endswith(b"\n"):
            yield number, line.rstrip(b"\r\n")
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(limit)
        yield number, None


def reason(error: Exception) -> str:
    """What a broken stream's error means to the file's owner."""
    if isinstance(error, EOFError):
        return "the compressed file ends too early"
    if isinstance(error, zlib.error | gzip.BadGzipFile | zstd.ZstdError):
        return f"damaged compressed data ({error})"
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
