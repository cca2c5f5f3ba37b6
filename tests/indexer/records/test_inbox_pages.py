"""indexer.records.inbox_pages: a page lies beside its row until that is done."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from indexer.base import times
from indexer.catalogue.saved_pages import SavedPage
from indexer.records import inbox, inbox_pages
from indexer.records.database import Database
from indexer.records.inbox import Became, InboxKind, Outcome
from indexer.whitelist.records import Channel

PAGE = SavedPage(body=bytes(range(256)) * 40, type="text/html")
DONE = Outcome(became=Became.TAKEN)


@pytest.fixture
def filed(database: Database, channel: Channel) -> Callable[[], str]:
    def make() -> str:
        with database.transaction() as tx:
            link = {"url": "http://a.example/1"}
            row = inbox.file(tx, InboxKind.PUSH, channel=channel.id, payload=link, who="甲", at=times.now())
            inbox_pages.add(tx, row, PAGE)
        return row

    return make


def test_a_page_is_read_back_as_it_came(database: Database, filed: Callable[[], str]) -> None:
    row = filed()

    with database.reading() as tx:
        assert inbox_pages.page(tx, row) == PAGE
        assert inbox_pages.page(tx, "another") is None


def test_it_stays_while_its_row_is_put_off_and_goes_with_the_outcome(
    database: Database, filed: Callable[[], str], channel: Channel
) -> None:
    row, now = filed(), times.now()
    kept = []
    with database.transaction() as tx:
        inbox.claim_waiting(tx, [InboxKind.PUSH], holder="a", now=now, limit=1)
        kept.append(inbox.pages_waiting_of(tx, [channel.id]))
        inbox.put_off(tx, row, holder="a", outcome=None, until=now)
        kept.append(inbox.pages_waiting_of(tx, [channel.id]))
        inbox.claim_waiting(tx, [InboxKind.PUSH], holder="b", now=now + timedelta(seconds=1), limit=1)
        is_not_its_own = inbox.done(tx, row, holder="a", outcome=DONE, at=now)
        kept.append(inbox.pages_waiting_of(tx, [channel.id]))
        inbox.done(tx, row, holder="b", outcome=DONE, at=now)
        kept.append(inbox.pages_waiting_of(tx, [channel.id]))

    assert not is_not_its_own
    assert kept == [1, 1, 1, 0]


def test_two_pages_of_a_channel_are_counted(database: Database, filed: Callable[[], str], channel: Channel) -> None:
    filed()
    filed()

    with database.reading() as tx:
        assert inbox.pages_waiting_of(tx, [channel.id]) == 2
        assert inbox.pages_waiting_of(tx, []) == 0
