"""Where the tantivy index lies: generations in folders, one pointer, one writer at a time over all processes."""

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import tantivy
from filelock import FileLock, Timeout

from indexer.ids import new_id
from indexer.search.port import IndexDown

SCHEMA = 2  # raise it with every change of `schema()` or of how chinese.py folds and cuts
LOCK_SECONDS = 30.0
POINTER, LOCK = "current.json", "write.lock"
PANIC = "PanicException"
REMEDY = "Run `carnival reindex`: it builds the index anew from the records."
FILTERS = ("topics", "audiences", "actions", "districts", "units", "kinds")


def schema() -> tantivy.Schema:
    """Return the fields; text reaches the engine cut already, joined by spaces."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("item", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("version", stored=True)
    builder.add_integer_field("shared", indexed=True)
    builder.add_integer_field("place", indexed=True, fast=True)
    builder.add_integer_field("publication", indexed=True, fast=True)
    builder.add_integer_field("key", indexed=True, fast=True)  # of the item, of its cluster, of its facet values:
    builder.add_integer_field("cluster", fast=True)  # numbers that stand for them (tantivy_shared.py)
    builder.add_integer_field("values", fast=True)
    builder.add_integer_field("published", indexed=True, fast=True)  # seconds since 1970, UTC
    for name in FILTERS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("title_chars", "text_chars", "names_chars"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("title_words", "text_words"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_bytes_field("shown", stored=True)
    return builder.build()


class IndexFolder:
    """The folder of one index. Raises IndexDown from every method where it is damaged, of an older schema, or busy."""

    def __init__(self, folder: Path, *, lock_seconds: float = LOCK_SECONDS) -> None:
        self._folder, self._lock_seconds = folder, lock_seconds

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the write lock of all processes on this folder."""
        with engine_errors():
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._folder / LOCK, timeout=self._lock_seconds)
            lock.acquire()
        try:
            yield
        finally:
            lock.release()

    def current(self) -> Path | None:
        """Return the folder of the generation in use, None where nothing was ever written."""
        try:
            held = json.loads((self._folder / POINTER).read_bytes())
            version, name = held["schema"], held["folder"]
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError, OSError) as broken:
            raise IndexDown(f"The search index's {POINTER} cannot be read. {REMEDY}") from broken
        if version != SCHEMA:
            raise IndexDown(f"The search index has schema {version}, this program writes {SCHEMA}. {REMEDY}")
        return self._folder / Path(str(name)).name

    def begin(self) -> Path:
        """Make the folder of a new generation, not in use yet. Only while writing."""
        made = self._folder / f"g-{new_id()}"
        with engine_errors():
            made.mkdir(parents=True)
            tantivy.Index(schema(), path=str(made))
        return made

    def swap_to(self, generation: Path) -> None:
        """Put this generation in use in one step, then delete those older than the one before. Only while writing."""
        before = self._generation_before()
        fresh = self._folder / f"{POINTER}.new"
        with engine_errors():
            with fresh.open("w") as out:
                json.dump({"schema": SCHEMA, "folder": generation.name}, out)
                out.flush()
                os.fsync(out.fileno())
            fresh.replace(self._folder / POINTER)
        for other in self._folder.glob("g-*"):
            # The one before stays: a reader may be between reading the pointer and opening its files.
            if other not in (generation, before):
                shutil.rmtree(other, ignore_errors=True)  # what cannot be deleted now, the next rebuild deletes

    def _generation_before(self) -> Path | None:
        try:
            return self.current()
        except IndexDown:  # what is damaged or of an older schema is about to be replaced
            return None


@contextlib.contextmanager
def engine_errors() -> Iterator[None]:
    """Turn what tantivy and the disk raise into IndexDown. On damaged files: ValueError, OSError, or a panic."""
    try:
        yield
    except Timeout as busy:
        raise IndexDown("Another process is writing the search index. It is tried again later.") from busy
    except (ValueError, OSError) as broken:
        raise IndexDown(f"The search index cannot be used: {str(broken)[:200]}. {REMEDY}") from broken
    except BaseException as panic:
        # A panic of the engine (a segment file cut to a few bytes) derives from BaseException and cannot be imported.
        if type(panic).__name__ != PANIC:
            raise
        raise IndexDown(f"The search index is damaged: {str(panic)[:200]}. {REMEDY}") from panic
