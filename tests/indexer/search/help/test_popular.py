"""indexer.search.help.popular: what many search for."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from indexer.base.times import BEIJING
from indexer.records.database import Database
from indexer.records.searched import WORDS_CHARS
from indexer.search.help import popular as room
from indexer.search.help.popular import DAYS, LEAST_TIMES, MOST_NOTED, Tally, first_day, popular

MORNING = datetime(2026, 9, 17, 23, tzinfo=UTC)  # of the 18th in Beijing
TODAY = MORNING.astimezone(BEIJING).date()


def known(database: Database) -> list[str]:
    with database.reading() as tx:
        return popular(tx, TODAY)


def note(tally: Tally, words: str, times: int = LEAST_TIMES) -> None:
    for _ in range(times):
        tally.note(words)


def test_what_is_searched_for_often_enough_is_popular(database: Database) -> None:
    tally = Tally(database, bool)
    note(tally, "月球车")
    note(tally, "银杏", LEAST_TIMES - 1)
    tally.write(MORNING)

    assert known(database) == ["月球车"]

    note(tally, "银杏", 2)
    tally.write(MORNING)

    assert known(database) == ["银杏", "月球车"]


def test_what_the_public_site_does_not_hold_is_not_written(database: Database) -> None:
    tally = Tally(database, lambda words: words == "月球车")
    note(tally, "月球车")
    note(tally, "13800000000")
    tally.write(MORNING)

    assert known(database) == ["月球车"]


def test_counts_of_long_ago_are_deleted_with_the_next_writing(database: Database) -> None:
    tally = Tally(database, bool)
    note(tally, "月球车")
    tally.write(MORNING - timedelta(days=DAYS))
    note(tally, "银杏")
    tally.write(MORNING)

    assert known(database) == ["银杏"]
    assert first_day(TODAY) == TODAY - timedelta(days=DAYS - 1)


def test_long_searches_and_too_many_different_ones_are_not_counted(database: Database) -> None:
    tally = Tally(database, bool)
    note(tally, "长" * (WORDS_CHARS + 1))
    for number in range(MOST_NOTED):
        tally.note(f"词{number}")
    note(tally, "月球车")
    tally.write(MORNING)

    assert known(database) == []


def test_counts_are_written_beside_the_pages_after_a_pause(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "PAUSE", timedelta(0))
    monkeypatch.setattr(room, "now", lambda: MORNING)
    tally = Tally(database, bool)
    note(tally, "月球车")
    for thread in threading.enumerate():
        if thread.name == room.THREAD:
            thread.join()

    assert known(database) == ["月球车"]


def test_where_the_records_are_closed_the_counts_are_lost_and_nothing_else(database: Database) -> None:
    tally = Tally(database, bool)
    note(tally, "月球车")
    database.close()

    tally.write(MORNING)
