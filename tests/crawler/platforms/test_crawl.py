"""An account read by the command that people run: connection, token and quota through Scrapy and the guard."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from config.settings import Settings
from indexer.connections.records import Connection
from indexer.records import announced, channels, reads, to_understand
from indexer.records.database import Database
from indexer.whitelist.records import Channel
from tests.crawler.platforms.accounts import Account
from tests.crawler.platforms.standing_in import LIST_PATH, SECRET, TOKEN_PATH

Crawl = Callable[[], dict[str, Any]]


@pytest.fixture
def crawl(settings: Settings, records_url: str, connection: Connection, account: Channel, database: Database) -> Crawl:
    """Run `carnival crawl --all` on the connected account, which the whitelist has as one that pushes."""
    with database.transaction() as tx:
        channels.save_channel(tx, replace(account, source="wechat_page"))
    environment = {
        **os.environ,
        "CARNIVAL_DATA_FOLDER": str(settings.data_folder),
        "CARNIVAL_DATABASE_URL": records_url,
        "CARNIVAL_STAND_INS": json.dumps(dict(settings.stand_ins)),
        "CARNIVAL_CRAWL_DELAY_SECONDS": "0",
    }

    def run() -> dict[str, Any]:
        command = [sys.executable, "-m", "config", "crawl", "--all", "--collect-only", "--json"]
        done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=180)
        assert done.returncode == 0, done.stderr.decode()
        assert not [word for word in (SECRET, "token-1") if word.encode() in done.stdout + done.stderr]
        (read,) = json.loads(done.stdout)
        return dict(read)

    return run


def test_an_account_that_was_connected_is_collected(
    crawl: Crawl, publisher: Account, database: Database, account: Channel
) -> None:
    publisher.publish(1, 2)

    read = crawl()

    with database.reading() as tx:
        titles = sorted(version.title for _, version in to_understand.waiting(tx, 10))
        counted = announced.tally(tx, account.id)
    assert (read["new"], read["error"], titles) == (2, None, ["潮汐 1-1", "潮汐 2-1"])
    assert (counted.collected, counted.total) == (2, 2)
    assert (len(publisher.stand_in.asked(TOKEN_PATH)), publisher.lists(), publisher.asked()) == (1, [0], ["P2", "P1"])


def test_a_token_that_ended_is_fetched_anew_on_the_way(crawl: Crawl, publisher: Account) -> None:
    publisher.publish(1)
    publisher.stand_in.said[LIST_PATH] = [{"errcode": 42001, "errmsg": "access_token expired"}]

    read = crawl()

    assert (read["new"], read["error"], publisher.lists()) == (1, None, [0, 0])


def test_what_the_platform_refuses_is_said_of_the_channel(
    crawl: Crawl, publisher: Account, database: Database, account: Channel
) -> None:
    words = "invalid ip 192.0.2.7 ipv6 ::ffff:192.0.2.7, not in whitelist"
    publisher.stand_in.said[TOKEN_PATH] = [{"errcode": 40164, "errmsg": words}]

    read = crawl()

    with database.reading() as tx:
        history = reads.history(tx, account.id)
    assert "192.0.2.7" in read["error"]
    assert (history.failures, publisher.lists()) == (1, [])
