"""indexer.records.lending: whatever threads do while the records are closed, no connection stays open."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Barrier, Event
from typing import Any

import psycopg
import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from indexer.records import channels, sqlite_file
from indexer.records.database import Database, RecordsDown, Transaction
from indexer.records.lending import Lending
from indexer.whitelist.records import Unit

ON_SQLITE = pytest.mark.parametrize("records_on", ["sqlite"])  # tests of its file
WORK = pytest.mark.parametrize("work", [Database.transaction, Database.reading], ids=["writes", "reads"])
SECONDS = 20
Raw = sqlite3.Connection | psycopg.Connection[Any]
Work = Callable[[Database], AbstractContextManager[Transaction]]


class Stop(Exception):
    """Ends a unit of work from inside."""


@pytest.fixture
def made(records_url: str) -> Iterator[list[Raw]]:
    """Every connection of the driver that is made from here on: to records that are there."""
    assert records_url
    found: list[Raw] = []

    def note(raw: Raw, _entry: object) -> None:
        found.append(raw)

    event.listen(Pool, "connect", note)
    yield found
    event.remove(Pool, "connect", note)


@pytest.fixture
def records(made: list[Raw], records_url: str) -> Database:
    assert not made
    return Database.open(records_url)


@pytest.fixture
def thread() -> Iterator[ThreadPoolExecutor]:
    """Another thread than the test's own."""
    with ThreadPoolExecutor(1) as one:
        yield one


class Under:
    """A unit of work that another thread has begun and does not end before it is told to."""

    def __init__(
        self, thread: ThreadPoolExecutor, records: Database, work: Work, *, error: Exception | None = None
    ) -> None:
        self._records, self._work, self._error = records, work, error
        self._has_begun, self._may_end = Event(), Event()
        self._done: Future[list[str]] = thread.submit(self._run)
        assert self._has_begun.wait(SECONDS)

    def end(self) -> list[str]:
        """Let it read its records and end; give the names of the units in them."""
        self._may_end.set()
        return self._done.result(SECONDS)

    def _run(self) -> list[str]:
        with self._work(self._records) as tx:
            self._has_begun.set()
            assert self._may_end.wait(SECONDS)
            if self._error:
                raise self._error
            return [one.name for one in channels.units(tx)]


def is_open(raw: Raw) -> bool:
    if not isinstance(raw, sqlite3.Connection):
        return not raw.closed
    try:
        raw.total_changes  # noqa: B018 - a closed one refuses it
    except sqlite3.ProgrammingError:
        return False
    return True


def still_open(made: list[Raw]) -> int:
    return sum(is_open(raw) for raw in made)


def save(records: Database, unit: Unit) -> None:
    with records.transaction() as tx:
        channels.save_unit(tx, unit)


@WORK
def test_what_a_thread_does_meanwhile_is_done_to_its_end_and_its_connection_closed(
    records: Database, made: list[Raw], thread: ThreadPoolExecutor, make_unit: Callable[..., Unit], work: Work
) -> None:
    save(records, make_unit(name="一"))
    under = Under(thread, records, work)

    records.close()

    assert (still_open(made), under.end(), still_open(made)) == (1, ["一"], 0)


@WORK
def test_an_error_leaves_no_connection_open_either(
    records: Database, made: list[Raw], thread: ThreadPoolExecutor, work: Work
) -> None:
    under = Under(thread, records, work, error=Stop())
    records.close()

    with pytest.raises(Stop):
        under.end()

    assert still_open(made) == 0


def test_what_is_asked_for_after_the_end_is_done_and_leaves_nothing_open(
    records: Database, made: list[Raw], make_unit: Callable[..., Unit]
) -> None:
    records.close()

    save(records, make_unit(name="一"))
    with records.reading() as tx:
        assert [one.name for one in channels.units(tx)] == ["一"]

    assert (len(made) > 1, still_open(made)) == (True, 0)


def test_many_threads_that_write_and_read_while_it_is_closed_leave_none_open(
    records: Database, made: list[Raw], make_unit: Callable[..., Unit]
) -> None:
    ready = Barrier(7)

    def write_and_read(number: int) -> None:
        ready.wait(SECONDS)
        for _ in range(5):
            save(records, make_unit(id=f"unit-{number}"))
            with records.reading() as tx:
                assert channels.units(tx)

    with ThreadPoolExecutor(6) as threads:
        running = [threads.submit(write_and_read, number) for number in range(6)]
        ready.wait(SECONDS)
        records.close()
        assert [one.result(SECONDS) for one in running] == [None] * 6

    assert still_open(made) == 0


@ON_SQLITE
def test_the_connection_that_writes_is_kept_for_the_next_one(records: Database, make_unit: Callable[..., Unit]) -> None:
    with records.transaction() as tx:
        first = tx._connection
        channels.save_unit(tx, make_unit())
    with records.transaction() as tx:
        second = tx._connection

    records.close()

    assert first is second
    assert first.closed


@ON_SQLITE
@WORK
def test_the_file_is_free_for_others_once_nothing_is_done_with_it(
    records: Database, tmp_path: Path, thread: ThreadPoolExecutor, work: Work
) -> None:
    path = tmp_path / "records" / "carnival.db"
    under = Under(thread, records, work)
    records.close()

    with pytest.raises(RecordsDown, match="are in use"), sqlite_file.alone(path):
        pass
    under.end()

    with sqlite_file.alone(path):
        assert not sqlite_file.beside(path, "-wal").exists()  # SQLite removes it with the last connection


def test_no_connection_is_counted_where_none_could_be_made(records: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[str] = []
    lending = Lending(records._engine, at_the_end=lambda: ended.append("ended"))

    def refused() -> None:
        raise Stop

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(records._engine, "connect", refused)
        with pytest.raises(Stop), lending.lend({}):
            pass
    lending.close()

    assert ended == ["ended"]
    records.close()
