"""The inputs of an archive: found by the engine's own reach (local or not), cut into chunks that are always the same.

An input is one file of many articles, or a folder's run of files of one article each. A chunk is a stretch of an input
of about so many bytes; where chunks begin follows from the input alone, so that one that was read stays read whoever
asks again. Nothing is parsed here that a page could be hostile to: that is for the process that may be killed.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import IO, Final, Literal, NamedTuple, cast

from qawl.article import Article
from qawl.intake.errors import InputError
from qawl.intake.failure import Failure
from qawl.intake.files import HTML_SUFFIXES, find_files
from qawl.intake.options import Options, is_address
from qawl.intake.sources import shown
from qawl.intake.streams import STREAM_ERRORS, lines, opened, plain_suffix, reason, unpacking

_BUFFER: Final = 1 << 20
_ALONE: Final = frozenset({".txt", *HTML_SUFFIXES})  # endings of files of one article
_OF_MANY: Final = frozenset({".jsonl", ".ndjson", ".csv", ".tsv", ".parquet", ".warc"})
#: Files of one article that a run has at least, and on average more: few enough that workers come to an end together,
#: and enough that six files of Parquet are little beside reading them.
_RUN: Final = 192
_MORE: Final = 64
_UNPACKED: Final = 4  # bytes of a compressed file for each of its own, about
_CHUNKS: Final = 64  # of an input, at least: with fewer, one worker would be alone at the last for too long
_LEAST: Final = 256 << 10  # bytes of a chunk all the same: smaller ones take as long to write as to read


class Item(NamedTuple):
    """One article as it lies in its input, not parsed yet. `where` names its place.

    `kind` says what `data` is: a `line` of JSON, an `article` in the JSON of `Article.to_json`, a `file` of text or
    HTML, a `page` of an archive (found at `url`, with the encoding that its server said), or a `failure`, whose reason
    it is.
    """

    where: str
    kind: Literal["line", "article", "file", "page", "failure"]
    data: bytes
    url: str = ""
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """A file, or a run of files of one article each. `size` is bytes as they lie there."""

    name: str
    files: tuple[str, ...]
    size: int

    @property
    def mark(self) -> str:
        """What the parts of this input are called, as long as its files are the same in name and size."""
        return blake2b(f"{self.files}\n{self.size}".encode(errors="surrogateescape"), digest_size=6).hexdigest()


@dataclass(frozen=True, slots=True)
class Chunk:
    """The items of one stretch of an input, numbered from 0, and how many bytes of the input (as it lies there) that
    is, more or less: files are read ahead."""

    number: int
    items: list[Item]
    size: int


@dataclass(frozen=True, slots=True)
class End:
    """An input has been gone through: it has so many chunks."""

    chunks: int


def find_inputs(sources: list[str], options: Options) -> list[Input]:
    """The inputs that the sources name, in the order of their names: files, folders, addresses of an object store, with
    `*` and `**` for many. The same file named twice is one.

    Raises InputError where a source names nothing.
    """
    found: dict[str, Input] = {}
    for source in sources:
        here = list(_remote(source) if is_address(source) else _local(Path(source)))
        if not here:
            raise InputError(f"{source}: no file of articles there")
        found |= {one.name: one for one in here}
    return [found[name] for name in sorted(found)]


def _local(path: Path) -> Iterator[Input]:
    path = path.absolute()
    try:
        if not path.is_dir():
            if any(mark in path.name for mark in "*?[") and not path.exists():
                for match in sorted(path.parent.glob(path.name)):
                    yield from _local(match)
                return
            yield Input(shown(path), (str(path),), path.stat().st_size)
            return
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None
    alone: list[tuple[str, int]] = []
    for file in find_files(path, lambda file: plain_suffix(file) in _ALONE | _OF_MANY):
        size = file.stat().st_size
        if plain_suffix(file) in _ALONE:
            alone.append((str(file), size))
        else:
            yield Input(shown(file), (str(file),), size)
    yield from _runs(alone)


def _remote(pattern: str) -> Iterator[Input]:
    import daft

    if "*" not in pattern and PurePosixPath(pattern).suffix == "":
        pattern = pattern.rstrip("/") + "/**"
    alone: list[tuple[str, int]] = []
    try:
        rows = sorted((row["path"], row["size"]) for row in daft.from_glob_path(pattern).iter_rows())
    except (OSError, daft.exceptions.DaftCoreException) as error:
        raise InputError(f"{pattern}: {' '.join(str(error).split())[:300]}") from None
    for name, size in rows:
        suffix = plain_suffix(Path(name))
        if suffix in _ALONE:
            alone.append((name, size or 0))
        elif suffix in _OF_MANY or name == pattern:
            yield Input(name, (name,), size or 0)
    yield from _runs(alone)


def _runs(files: list[tuple[str, int]]) -> Iterator[Input]:
    """Files of one article each, in runs whose ends follow from the names: a file that comes new changes one run."""
    run: list[tuple[str, int]] = []
    for at, (name, size) in enumerate(files):
        run.append((name, size))
        own = PurePosixPath(name).name.encode(errors="surrogateescape")
        ends = blake2b(own, digest_size=1).digest()[0] % _MORE == 0
        if (len(run) >= _RUN and ends) or at == len(files) - 1:
            yield Input(shown(Path(run[0][0])), tuple(one for one, _ in run), sum(size for _, size in run))
            run = []


def unpacked_size(source: Input) -> int:
    """How many bytes an input comes to when it is unpacked, about."""
    return source.size * _UNPACKED


def chunk_size(source: Input, most: int) -> int:
    """How many bytes a chunk of an input has. It follows from the input's size and the `most` that it may be."""
    if len(source.files) > 1:
        return most
    return min(most, max(_LEAST, unpacked_size(source) // _CHUNKS))


def chunks(source: Input, size: int, wanted: Callable[[int], bool], options: Options) -> Iterator[Chunk | End]:
    """The chunks of an input that are wanted by their number, each of `size` bytes (unpacked) and one item more, and
    the end.

    Never raises for what the input holds: what cannot be read is an item that says so.
    """
    number = held = begun = passed = 0
    items: list[Item] = []

    def pass_over(count: int) -> None:
        nonlocal passed
        passed += count

    want = wanted(0)
    for item in _items(source, options, pass_over):
        if want:
            items.append(item)
        held += len(item.data) + 1
        if held >= size:
            if want:
                yield Chunk(number, items, passed - begun)
            number += 1
            items, held, begun, want = [], 0, passed, wanted(number)
    if held:
        if want:
            yield Chunk(number, items, passed - begun)
        number += 1
    yield End(number)


def _items(source: Input, options: Options, passed: Callable[[int], None]) -> Iterator[Item]:
    for file in source.files:
        name = file if is_address(file) else shown(Path(file))
        suffix = plain_suffix(Path(file))
        try:
            # The reader of archives goes on behind a broken gzip member; decompressed first, all would end there.
            as_it_lies = suffix == ".warc" and not file.endswith(".zst")
            with _opened(file, passed, as_it_lies=as_it_lies) as stream:
                if suffix in (".jsonl", ".ndjson"):
                    yield from _lines(stream, name, options)
                elif suffix == ".warc":
                    yield from _pages(stream, name, options, as_it_lies)
                elif suffix in (".csv", ".tsv", ".parquet"):
                    yield from _rows(stream, name, suffix, options)
                else:
                    data = stream.read(options.size + 1)
                    if len(data) > options.size:
                        raise InputError(f"more than {options.size} bytes")
                    yield Item(name, "file", data)
        except InputError as error:
            yield _failure(name, str(error))
        except STREAM_ERRORS as error:
            yield _failure(name, reason(error))


@contextmanager
def _opened(file: str, passed: Callable[[int], None], *, as_it_lies: bool) -> Iterator[IO[bytes]]:
    """The bytes of a file, wherever it lies, decompressed or as they are there."""
    if not is_address(file):
        with opened(Path(file), passed, as_it_lies=as_it_lies) as stream:
            yield stream
        return
    import daft

    with (
        daft.File(file).open() as remote,
        io.BufferedReader(_Raw(cast(IO[bytes], remote), passed), _BUFFER) as raw,
        nullcontext(cast(IO[bytes], raw)) if as_it_lies else unpacking(raw) as stream,
    ):
        yield stream


class _Raw(io.RawIOBase):
    """The engine's file as Python's buffers want it."""

    def __init__(self, file: IO[bytes], passed: Callable[[int], None]) -> None:
        self._file = file
        self._passed = passed

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, place: int, whence: int = 0) -> int:
        return self._file.seek(place, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        self._passed(len(data))
        return len(data)


def _failure(where: str, why: str) -> Item:
    return Item(where, "failure", why.encode(errors="replace"))


def _lines(stream: IO[bytes], name: str, options: Options) -> Iterator[Item]:
    number = 0
    try:
        for number, line in lines(stream, options.size):
            if line is None:
                yield _failure(f"{name}:{number}", f"a line of more than {options.size} bytes")
            elif line.strip(b" \t\xef\xbb\xbf"):
                yield Item(f"{name}:{number}", "line", line)
    except STREAM_ERRORS as error:
        yield _failure(f"{name}:{number + 1}", reason(error))


def _pages(stream: IO[bytes], name: str, options: Options, as_it_lies: bool) -> Iterator[Item]:
    from qawl.intake.warc import pages_from_warc

    for page in pages_from_warc(stream, name, options, as_it_lies=as_it_lies):
        if isinstance(page, Failure):
            yield _failure(page.where, page.reason)
        else:
            yield Item(page.where, "page", page.data, page.url, page.charset)


def _rows(stream: IO[bytes], name: str, suffix: str, options: Options) -> Iterator[Item]:
    from qawl.intake.csv_rows import articles_from_csv

    found: Iterator[Article | Failure]
    if suffix == ".parquet":
        from qawl.intake.parquet import articles_from_parquet

        found = articles_from_parquet(stream, name, options)
    else:
        found = articles_from_csv(stream, name, options)
    for number, one in enumerate(found, 1):
        if isinstance(one, Failure):
            yield _failure(one.where, one.reason)
        else:
            data = json.dumps(one.to_json(), ensure_ascii=False).encode(errors="surrogatepass")
            yield Item(f"{name}: row {number}", "article", data)
