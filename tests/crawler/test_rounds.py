"""The collector that keeps running: it says that it is at work, and bears records that cannot be written now."""

import threading

from structlog.testing import capture_logs

from config.settings import Settings
from crawler.rounds import keep_crawling
from indexer import times
from indexer.records import heartbeats
from indexer.records.database import Database


class Looks(threading.Event):
    """Stops the collector after so many looks, without waiting in between."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.left = number

    def wait(self, timeout: float | None = None) -> bool:
        self.left -= 1
        if not self.left:
            self.set()
        return self.is_set()


def test_the_collector_says_that_it_is_at_work(settings: Settings, database: Database) -> None:
    keep_crawling(settings, database, Looks(2))

    with database.reading() as tx:
        beat = heartbeats.last_beat(tx, heartbeats.COLLECTOR)
    assert beat is not None
    assert abs((times.now() - beat).total_seconds()) < 60


def test_records_that_are_gone_are_said_and_looked_for_again(settings: Settings, database: Database) -> None:
    records = settings.data_folder / "carnival.db"
    records.rename(records.with_name("elsewhere.db"))

    with capture_logs() as said:
        keep_crawling(settings, database, Looks(3))

    assert [one["event"] for one in said] == ["records_down"] * 6
    assert not records.exists()
