"""indexer.records.claimed: all claims are found and given back, whatever the table."""

from collections.abc import Callable
from datetime import datetime

from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate
from indexer.records import inbox, outbox, to_understand
from indexer.records.claimed import give_all_back, holders
from indexer.records.database import Database, Transaction
from indexer.records.inbox import InboxKind
from indexer.whitelist.records import Channel


def claimed(tx: Transaction, holder: str, *, now: datetime) -> tuple[int, int, int]:
    """Claim one row of every table; how many of each were free."""
    filed = inbox.claim_waiting(tx, [InboxKind.TRY], holder=holder, now=now, limit=1)
    decided = outbox.claim_waiting(tx, holder=holder, now=now, limit=1)
    collected = to_understand.claim_waiting(tx, holder=holder, now=now, limit=1, recipe="a", read_at=now)
    return len(filed), len(decided), len(collected)


def test_what_one_holds_in_every_table_is_given_back_and_the_rest_stays(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    for number in range(2):
        item = take_in(database, make_candidate(url=f"http://a.example/{number}.html"), now=now).item
        assert item is not None
        with database.transaction() as tx:
            outbox.add(tx, [item], at=now)
            inbox.file(tx, InboxKind.TRY, channel=channel.id, payload={"url": "http://a.example/"}, who="甲", at=now)

    with database.transaction() as tx:
        assert holders(tx) == set()
        assert [claimed(tx, holder, now=now) for holder in ("a", "b", "c")] == [(1, 1, 1), (1, 1, 1), (0, 0, 0)]
        assert holders(tx) == {"a", "b"}
        assert give_all_back(tx, holder="a") == 3
        assert holders(tx) == {"b"}
        assert claimed(tx, "c", now=now) == (1, 1, 1)
        assert give_all_back(tx, holder="a") == 0
