"""indexer.records.platform_events: each event once, claimed, done or put off."""

from datetime import UTC, datetime, timedelta

from indexer.records import platform_events
from indexer.records.database import Database, Transaction

NOW = datetime(2026, 9, 17, tzinfo=UTC)


def received(tx: Transaction, event_key: str) -> bool:
    return platform_events.receive(
        tx, account="wx0", event_key=event_key, kind="PUBLISHJOBFINISH", body="<xml/>", at=NOW
    )


def test_an_event_that_comes_again_is_kept_once(database: Database) -> None:
    with database.transaction() as tx:
        assert [received(tx, "1"), received(tx, "1"), received(tx, "2")] == [True, False, True]

    with database.transaction() as tx:
        claimed = platform_events.claim_waiting(tx, holder="a", now=NOW, limit=10)
    assert [one.event_key for one in claimed] == ["1", "2"]


def test_an_event_is_held_by_one_and_done_by_its_holder(database: Database) -> None:
    with database.transaction() as tx:
        received(tx, "1")
        (one,) = platform_events.claim_waiting(tx, holder="a", now=NOW, limit=1)
        assert not platform_events.claim_waiting(tx, holder="b", now=NOW, limit=1)
        assert platform_events.is_waiting(tx)
        assert not platform_events.done(tx, one.id, holder="b", outcome="", at=NOW)
        assert platform_events.done(tx, one.id, holder="a", outcome="采集 1 篇", at=NOW)
        assert not platform_events.is_waiting(tx)


def test_an_event_that_is_put_off_comes_again_later(database: Database) -> None:
    later = NOW + timedelta(seconds=5)
    with database.transaction() as tx:
        received(tx, "1")
        (one,) = platform_events.claim_waiting(tx, holder="a", now=NOW, limit=1)
        assert platform_events.put_off(tx, one.id, holder="a", outcome="没有读成", until=later)
        assert not platform_events.claim_waiting(tx, holder="a", now=NOW, limit=1)
        (again,) = platform_events.claim_waiting(tx, holder="b", now=later, limit=1)
    assert (again.id, again.tries, again.outcome) == (one.id, 1, "没有读成")
