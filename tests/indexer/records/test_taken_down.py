"""indexer.records.taken_down: of what is not shown, only that whose absent source took it down."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import items
from indexer.records.database import Database
from indexer.records.items import ITEMS
from indexer.records.taken_down import TAKEN_DOWN
from indexer.review.desk import take_down
from indexer.review.records import Move


def test_only_what_the_collector_withdrew_is_taken_down(
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    move_on: Callable[..., object],
    now: datetime,
) -> None:
    _pending, public, by_hand, by_collector = (
        make_item(url=f"http://a.example/{number}.html", title=f"第{number}篇") for number in range(4)
    )
    editor = make_user()
    for item in (public, by_hand, by_collector):
        move_on(item, Move.APPROVE, who=editor)
    move_on(by_hand, Move.WITHDRAW, who=editor)
    with database.transaction() as tx:
        found = items.locked(tx, by_collector.id)
        assert found is not None
        assert take_down(tx, found, why="来源网页已不存在", now=now)

    with database.reading() as tx:
        assert [row[ITEMS.c.id] for row in tx.rows(select(ITEMS.c.id).where(TAKEN_DOWN))] == [by_collector.id]
