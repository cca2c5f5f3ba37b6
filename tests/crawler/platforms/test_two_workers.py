"""Two workers on one PostgreSQL: one token is fetched, and an account is asked by one of them."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from config.settings import Settings
from crawler.platforms.reconciling import Reconciling
from indexer.base.times import now
from indexer.connections.records import Connection
from indexer.records import reads
from indexer.records.database import Database
from indexer.whitelist.records import Channel
from tests.crawler.platforms.accounts import Account, Reads
from tests.crawler.platforms.standing_in import TOKEN_PATH, TOTALS_PATH, StandIn

WORKERS = 2


@pytest.fixture
def records_on() -> str:
    return "postgresql"


def test_an_account_that_is_due_for_both_is_read_by_one(
    settings: Settings, records_url: str, account: Channel, connection: Connection, publisher: Account
) -> None:
    publisher.publish(1, 2, 3)
    begun, read = threading.Barrier(WORKERS), threading.Barrier(WORKERS)

    def work(number: int) -> int | None:
        own = Database.open(records_url)
        try:
            begun.wait(20)
            with own.transaction() as tx:
                is_mine = reads.lease(tx, [account.id], holder=f"worker-{number}", now=now(), seconds=60)
            new = Reads(own, settings).read(account).new if is_mine else None
            read.wait(20)
            return new
        finally:
            own.close()

    with ThreadPoolExecutor(WORKERS) as threads:
        brought = list(threads.map(work, range(WORKERS)))

    assert sorted(brought, key=str) == [3, None]
    assert (len(publisher.stand_in.asked(TOKEN_PATH)), publisher.lists(), len(publisher.asked())) == (1, [0], 3)


def test_one_token_serves_accounts_that_both_ask_at_once(
    settings: Settings,
    records_url: str,
    account: Channel,
    connection: Connection,
    publisher: Account,
    stand_in: StandIn,
) -> None:
    publisher.publish(1)
    begun, fetching = threading.Barrier(WORKERS), threading.Event()
    stand_in.before_token = fetching.set

    def work(_number: int) -> str | None:
        own = Database.open(records_url)
        try:
            begun.wait(20)
            return Reads(own, settings).read(account).error
        finally:
            own.close()

    with ThreadPoolExecutor(WORKERS) as threads:
        errors = list(threads.map(work, range(WORKERS)))

    assert (errors, fetching.is_set(), len(stand_in.asked(TOKEN_PATH))) == ([None, None], True, 1)


def test_an_accounts_totals_are_asked_for_by_one(
    settings: Settings, records_url: str, connection: Connection, stand_in: StandIn
) -> None:
    stand_in.answers[TOTALS_PATH] = lambda _: {"list": []}
    begun = threading.Barrier(WORKERS)
    at = now().replace(hour=4)  # noon in Beijing

    def work(_number: int) -> int:
        own = Database.open(records_url)
        try:
            begun.wait(20)
            return Reconciling(settings, own, clock=lambda: at).do()
        finally:
            own.close()

    with ThreadPoolExecutor(WORKERS) as threads:
        done = list(threads.map(work, range(WORKERS)))

    assert (sorted(done), len(stand_in.asked(TOTALS_PATH))) == ([0, 1], 3)
