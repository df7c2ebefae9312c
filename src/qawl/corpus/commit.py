"""A data set on disk or in an object store: parts that are there whole or not at all, and what is known of them.

    DIR/articles/PART.parquet, statements/, speakers/, mentions/, errors/   the tables, one file a part
    DIR/copies/                                                             made last, of the whole
    DIR/_parts/PART.json, _ends/INPUT.json, _qawl.json                      what has been read, and how

A part counts from the moment its file in `_parts` is there, which is written last, and under its name in one step.
Files of a part that lacks it are of a run that was stopped: they are written anew, or taken away.
"""

from __future__ import annotations

import json
import os
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import fs

from qawl.corpus.errors import CorpusError
from qawl.corpus.schema import TABLES, VERSION
from qawl.intake.options import is_address

_PARTS: Final = "_parts"
_ENDS: Final = "_ends"
_ABOUT: Final = "_qawl.json"
_LOCK: Final = "_lock"
_UNFINISHED: Final = ".unfinished-"  # begins the names of files that are being written; no reader takes those
_ROW_GROUP: Final = 20_000  # rows
_PART: Final = re.compile(r"([0-9a-f]{12})-(\d{6})\.")


@dataclass(frozen=True, slots=True)
class Part:
    """What a part came to: articles read, their words and statements, bytes of input, pages that gave no article, pages
    left out by their language, and the seconds it took."""

    articles: int = 0
    words: int = 0
    statements: int = 0
    bytes: int = 0
    failed: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0


class Dataset:
    """A data set at a path or an address. Raises CorpusError where it cannot be reached."""

    def __init__(self, place: str) -> None:
        self.place = place if is_address(place) else str(Path(place).absolute())
        try:
            if is_address(place):
                self.files, self.root = fs.FileSystem.from_uri(place)
                self.local = isinstance(self.files, fs.LocalFileSystem)
            else:
                self.files, self.root, self.local = fs.LocalFileSystem(), self.place, True
        except (pa.ArrowException, OSError, ValueError) as error:
            raise CorpusError(f"{place}: {' '.join(str(error).split())[:300]}") from None
        self.root = self.root.rstrip("/")

    def path(self, *names: str) -> str:
        """The path of something in it, as `files` wants it."""
        return "/".join((self.root, *names))

    def url(self, *names: str) -> str:
        """The address of something in it, as the engine wants it."""
        return "/".join((self.place.rstrip("/"), *names))

    def begin(self, how: Mapping[str, Any]) -> None:
        """Make the data set where there is none; else see that it was made in the same way.

        `how` says what parts follow from beside their input. Raises CorpusError where another way was gone before.
        """
        wanted = {"form": VERSION, **how}
        found = self.about()
        if found is None:
            if self._names(""):
                raise CorpusError(f"{self.place}: something else is in this folder")
            for table in TABLES:
                self.files.create_dir(self.path(table))
            self.write_json(wanted, _ABOUT)
            return
        other = [
            f"{name} ({found.get(name)}, not {wanted[name]})" for name in wanted if found.get(name) != wanted[name]
        ]
        if other:
            raise CorpusError(f"{self.place} was read in another way: {', '.join(other)}; read into another folder")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Alone among those who write on this machine. Raises CorpusError where somebody else is at it."""
        if not self.local:
            yield
            return
        import fcntl

        with open(self.path(_LOCK), "w", encoding="ascii") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise CorpusError(f"{self.place}: another `qawl corpus read` is writing there") from None
            yield

    def about(self) -> dict[str, Any] | None:
        """How the data set was made; None where there is none."""
        return self.read_json(_ABOUT)

    def parts(self) -> dict[str, Part]:
        """The parts that are there whole, by their names, in the order of these."""
        found: dict[str, Part] = {}
        for name in sorted(self.names()):
            if (part := self.part(name)) is not None:
                found[name] = part
        return found

    def part(self, name: str) -> Part | None:
        """What a part came to; None where it is not there whole."""
        value = self.read_json(_PARTS, f"{name}.json")
        return None if value is None else Part(**value)

    def names(self) -> set[str]:
        """The names of the parts that are there whole."""
        found = self._names(_PARTS)
        return {name.removesuffix(".json") for name in found if not name.startswith(_UNFINISHED)}

    def ends(self) -> dict[str, int]:
        """The number of parts of each input that has been gone through to its end, by its mark."""
        found = {}
        for name in self._names(_ENDS):
            if name.startswith(_UNFINISHED):
                continue
            mark, _, count = name.removesuffix(".json").partition("-")
            found[mark] = int(count)
        return found

    def end(self, mark: str, count: int) -> None:
        """Note that an input has so many parts."""
        self.write_json({}, _ENDS, f"{mark}-{count}.json")

    def commit(self, name: str, tables: Mapping[str, pa.Table], part: Part) -> None:
        """Write a part. Until the last step nothing of it counts; to commit it twice changes nothing."""
        for table in TABLES:
            self.write_table(tables[table], table, f"{name}.parquet")
        self.note(name, part)

    def note(self, name: str, part: Part) -> None:
        """Write what a part came to, and with it that it is whole."""
        self.write_json(asdict(part), _PARTS, f"{name}.json")

    def write_table(self, table: pa.Table, *names: str) -> None:
        """Write a table under its name in one step."""
        with self.written(*names) as path:
            pq.write_table(
                table,
                path,
                filesystem=self.files,
                compression="zstd",
                compression_level=3,
                row_group_size=_ROW_GROUP,
            )

    def write_batches(self, batches: Iterable[pa.RecordBatch], schema: pa.Schema, *names: str) -> None:
        """Write a table that comes piece by piece under its name in one step. Other columns are left out."""
        with (
            self.written(*names) as path,
            pq.ParquetWriter(path, schema, filesystem=self.files, compression="zstd") as writer,
        ):
            # The same rows come to the same bytes, whatever pieces they came in.
            left = schema.empty_table()
            for batch in batches:
                left = pa.concat_tables([left, pa.Table.from_batches([batch]).select(schema.names).cast(schema)])
                while left.num_rows >= _ROW_GROUP:
                    writer.write_table(left.slice(0, _ROW_GROUP).combine_chunks())
                    left = left.slice(_ROW_GROUP)
            if left.num_rows:
                writer.write_table(left.combine_chunks())

    def is_empty(self, *names: str) -> bool:
        """Is nothing whole in this folder, or no such folder there?"""
        return all(name.startswith(_UNFINISHED) for name in self._names("/".join(names)))

    def clear(self, *names: str) -> None:
        """Take away a folder with all that is in it."""
        with suppress(FileNotFoundError):
            self.files.delete_dir(self.path(*names))

    def forget(self, *names: str) -> None:
        """Take away a file, if it is there."""
        self._delete(*names)

    def tidy(self) -> None:
        """Take away what stopped runs left. Nobody else may be writing."""
        whole = self.names()
        for table in TABLES:
            for name in self._names(table):
                found = _PART.match(name)
                if name.startswith(_UNFINISHED) or (found and name.removesuffix(".parquet") not in whole):
                    self._delete(table, name)
        for folder in ("copies", _PARTS, _ENDS, ""):
            for name in self._names(folder):
                if name.startswith(_UNFINISHED):
                    self._delete(*filter(None, (folder, name)))

    def read_table(self, *names: str, columns: list[str] | None = None) -> pa.Table:
        """A file of the data set."""
        return pq.read_table(self.path(*names), filesystem=self.files, columns=columns)

    def _names(self, folder: str) -> list[str]:
        """The names of the files of a folder; none where there is no such folder."""
        where = self.path(folder) if folder else self.root
        found = self.files.get_file_info(fs.FileSelector(where, allow_not_found=True))
        return [info.base_name for info in found if info.type == fs.FileType.File]

    def _delete(self, *names: str) -> None:
        with suppress(FileNotFoundError):
            self.files.delete_file(self.path(*names))

    def read_json(self, *names: str) -> dict[str, Any] | None:
        """The object in a file of JSON; None where there is none."""
        try:
            with self.files.open_input_stream(self.path(*names)) as stream:
                value: dict[str, Any] = json.loads(stream.read())
                return value
        except FileNotFoundError:
            return None

    def write_json(self, value: Mapping[str, Any], *names: str) -> None:
        """Write an object as a file of JSON in one step."""
        with self.written(*names) as path, self.files.open_output_stream(path) as stream:
            stream.write(json.dumps(value, ensure_ascii=False, indent=1).encode())

    @contextmanager
    def written(self, *names: str) -> Iterator[str]:
        """Where to write a file so that it is there whole or not at all. Object stores see to that themselves."""
        path = self.path(*names)
        if not self.local:
            yield path
            return
        folder, _, name = path.rpartition("/")
        os.makedirs(folder, exist_ok=True)
        unfinished = f"{folder}/{_UNFINISHED}{uuid.uuid4().hex}-{name}"
        yield unfinished
        with open(unfinished, "rb") as file:
            os.fsync(file.fileno())
        os.replace(unfinished, path)
