"""Where the tantivy index lies: generations in folders, one pointer, one writer at a time over all processes."""

import contextlib
import errno
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import tantivy
from filelock import FileLock, Timeout

from indexer.base.ids import ItemId, new_id
from indexer.catalogue.facets import FIELDS
from indexer.search.port import IndexDown
from indexer.search.tantivy import vectors
from indexer.search.tantivy.vectors import VectorForm

# Raise the number with every change of `schema()`, or of how text is folded and cut (terms.py); a facet more changes it
# as well.
SCHEMA = f"5 {' '.join(FIELDS)}"
LOCK_SECONDS = 30.0
POINTER, LOCK, TURN = "current.json", "write.lock", "turn.lock"  # turn: held by the one who waits to write
BUILD_LOCK, TOUCHED = "build.lock", "touched"  # held while a generation is built; what is written meanwhile
PANIC = "PanicException"
# What the machine said, by its number, which the engine puts into its text: `(os error 28)`, `Os { code: 28, …`.
OS_ERROR = re.compile(r"os error (\d{1,4})|\bOs \{ code: (\d{1,4})")
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS, errno.EMFILE, errno.ENFILE)
REMEDY = "Run `carnival reindex`: it builds the index anew from the records."


def no_vectors() -> None:
    """The form of an index that holds none."""


def schema() -> tantivy.Schema:
    """Return the fields; text reaches the engine cut already, joined by spaces."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("item", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("version", stored=True)
    builder.add_integer_field("shared", indexed=True)
    builder.add_integer_field("place", indexed=True, fast=True)
    builder.add_integer_field("publication", fast=True)
    builder.add_integer_field("order", fast=True)
    builder.add_integer_field("key", indexed=True, fast=True)  # of the item, of its cluster, of its facet values:
    builder.add_integer_field("cluster", fast=True)  # numbers that stand for them (tantivy_shared.py)
    builder.add_integer_field("values", fast=True)
    builder.add_integer_field("published", fast=True)  # seconds since 1970, UTC
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for part in ("", "title_", "names_"):  # of anything: runs of its characters, joined by spaces
        builder.add_text_field(f"{part}short", tokenizer_name="whitespace", index_option="basic")
        builder.add_text_field(f"{part}three", tokenizer_name="whitespace", index_option="position")
    builder.add_bytes_field("shown", stored=True)
    return builder.build()


class IndexFolder:
    """The folder of one index. Raises IndexDown from every method where it is damaged, of an older schema, or busy."""

    def __init__(
        self, folder: Path, *, lock_seconds: float = LOCK_SECONDS, form: Callable[[], VectorForm | None] = no_vectors
    ) -> None:
        """Form: of the vectors that a new generation shall hold; asked for when one is begun."""
        self._folder, self._lock_seconds, self._form = folder, lock_seconds, form

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the write lock of all processes on this folder."""
        with engine_errors():
            self._folder.mkdir(parents=True, exist_ok=True)
            until = time.monotonic() + self._lock_seconds
            # Of any thread: the writer that is closed in the background was opened in another one.
            lock = FileLock(self._folder / LOCK, thread_local=False)
            with FileLock(self._folder / TURN, timeout=self._lock_seconds):
                lock.acquire(timeout=max(0.0, until - time.monotonic()))
        try:
            yield
        finally:
            lock.release()

    def is_awaited(self) -> bool:
        """Tell whether somebody waits to write, this process's threads included."""
        turn = FileLock(self._folder / TURN, timeout=0)
        try:
            with engine_errors(), turn:
                return False
        except IndexDown:  # where the lock cannot be had for another reason, the writer is better closed as well
            return True

    def in_use(self) -> Path:
        """Return the generation in use; begin the first one where there is none. Only while writing."""
        if (generation := self.current()) is None:
            generation = self.begin()
            self.swap_to(generation)
        return generation

    def current(self) -> Path | None:
        """Return the folder of the generation in use, None where nothing was ever written."""
        try:
            held = json.loads((self._folder / POINTER).read_bytes())
            version, name = held["schema"], held["folder"]
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError, OSError) as broken:
            raise IndexDown(_words(broken, f"The search index's {POINTER} cannot be read")) from broken
        if version != SCHEMA:
            raise IndexDown(f"The search index has schema {version}, this program writes {SCHEMA}. {REMEDY}")
        return self._folder / Path(str(name)).name

    def begin(self) -> Path:
        """Make the folder of a new generation, not in use yet."""
        made, form = self._folder / f"g-{new_id()}", self._form()
        with engine_errors():
            made.mkdir(parents=True)
            tantivy.Index(schema(), path=str(made))
            vectors.begin(made, form)
        return made

    @contextlib.contextmanager
    def building(self) -> Iterator[Path]:
        """Give a new generation to be filled beside the one in use, one at a time over all processes.

        From here on `note_touched` keeps what is written to the one in use. Left without `swap_to`, nothing remains.
        """
        with engine_errors("Another process is building the search index anew."):
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._folder / BUILD_LOCK, timeout=0)
            lock.acquire()
        try:
            with self.writing(), engine_errors():
                (self._folder / TOUCHED).write_text("")
            generation = self.begin()
            try:
                yield generation
            finally:
                (self._folder / TOUCHED).unlink(missing_ok=True)
                if self._generation_in_use() != generation:
                    shutil.rmtree(generation, ignore_errors=True)
        finally:
            lock.release()

    def note_touched(self, items: Sequence[ItemId]) -> None:
        """Before they are written: keep which items those are, where a generation is being built. Only while writing.

        A build that was killed leaves its notes, and what is written is added to them until the next one.
        """
        file = self._folder / TOUCHED
        with engine_errors(), contextlib.suppress(FileNotFoundError), file.open("r+") as notes:
            notes.seek(0, os.SEEK_END)
            # A newline before it: what a killed process left half-written spoils no line but its own.
            notes.write("\n" + json.dumps(items))

    def touched(self, *, after: int = 0) -> list[ItemId]:
        """Return the items noted since the building began, but for the first `after`. Only while writing."""
        noted: list[ItemId] = []
        with engine_errors():
            for line in (self._folder / TOUCHED).read_text().splitlines():
                with contextlib.suppress(json.JSONDecodeError):
                    noted += json.loads(line)
        return noted[after:]

    def swap_to(self, generation: Path) -> None:
        """Put this generation in use in one step. Only while writing."""
        fresh = self._folder / f"{POINTER}.new"
        with engine_errors():
            with fresh.open("w") as out:
                json.dump({"schema": SCHEMA, "folder": generation.name}, out)
                out.flush()
                os.fsync(out.fileno())
            fresh.replace(self._folder / POINTER)

    def replace_by(self, generation: Path) -> None:
        """Put the generation that was built in use, then delete those older than the one before. Only while writing."""
        before = self._generation_in_use()
        self.swap_to(generation)
        for other in self._folder.glob("g-*"):
            # The one before stays: a reader may be between reading the pointer and opening its files.
            if other not in (generation, before):
                shutil.rmtree(other, ignore_errors=True)  # what cannot be deleted now, the next rebuild deletes

    def _generation_in_use(self) -> Path | None:
        try:
            return self.current()
        except IndexDown:  # what is damaged or of an older schema is about to be replaced
            return None


@contextlib.contextmanager
def engine_errors(busy: str = "Another process is writing the search index.") -> Iterator[None]:
    """Turn what tantivy and the disk raise into IndexDown. On damaged files: ValueError, OSError, or a panic.

    busy: what it means that a lock was not given.
    """
    try:
        yield
    except Timeout as held:
        raise IndexDown(f"{busy} It is tried again later.") from held
    except (ValueError, OSError) as broken:
        raise IndexDown(_words(broken)) from broken
    except BaseException as panic:
        # A panic of the engine (a segment file cut to a few bytes) derives from BaseException and cannot be imported.
        if type(panic).__name__ != PANIC:
            raise
        raise IndexDown(f"The search index is damaged: {str(panic)[:200]}. {REMEDY}") from panic


def _words(broken: Exception, otherwise: str = "The search index cannot be used: {}") -> str:
    """What is damaged is built anew; of what the machine refuses, a rebuild would be refused as well."""
    found = OS_ERROR.search(str(broken))
    number = broken.errno if isinstance(broken, OSError) else int(found[1] or found[2]) if found else None
    if number in NO_ROOM:
        return f"There is no room on the disk for the search index ({os.strerror(number)}). Make room"
    if number in REFUSED:
        why = os.strerror(number)
        return (
            f"The search index cannot be written or read ({why}). This account needs its folder, and open files enough"
        )
    return f"{otherwise.format(str(broken)[:200])}. {REMEDY}"
