"""What search still has to be told."""

from collections.abc import Callable
from datetime import datetime

from indexer.items import Item
from indexer.records import outbox
from indexer.records.database import Database


def test_rows_wait_in_order_until_they_are_done(
    database: Database, make_item: Callable[..., Item], now: datetime
) -> None:
    first, second = make_item(), make_item(url="http://a.example/art/2.html")
    with database.transaction() as tx:
        outbox.add(tx, [first.id, second.id], at=now)
        outbox.add(tx, [first.id], at=now)

    with database.transaction() as tx:
        waiting = outbox.waiting(tx, limit=2)
        outbox.done(tx, [row for row, _ in waiting])
        left = outbox.waiting(tx, limit=2), outbox.depth(tx)

    assert [item for _, item in waiting] == [first.id, second.id]
    assert ([item for _, item in left[0]], left[1]) == ([first.id], 1)
