"""What orders copies: whom a credit means, when a piece came out, and what changes it."""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import select

from indexer.base.times import Published
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import channels, originality
from indexer.records.database import Database
from indexer.records.items import ITEMS
from indexer.review.records import Move
from indexer.whitelist.records import Unit


def kept(database: Database, item: Item) -> tuple[object, object]:
    with database.reading() as tx:
        [row] = tx.tuples(select(ITEMS.c.came_out, ITEMS.c.reposted).where(ITEMS.c.id == item.id))
    return row.came_out, row.reposted


def test_what_is_public_keeps_when_it_came_out_and_what_is_withdrawn_keeps_nothing(
    database: Database, make_item: Callable[..., Item], move_on: Callable[..., object], make_user: Callable[..., User]
) -> None:
    dated = make_item(published=Published(at=datetime(2026, 9, 1, tzinfo=UTC)), text="正文。（来源：别处日报）")
    undated, editor = make_item(url="http://a.example/2.html", text="另一篇正文"), make_user()
    for item in (dated, undated):
        move_on(item, Move.APPROVE, who=editor)
    public = kept(database, dated), kept(database, undated)
    move_on(dated, Move.WITHDRAW, who=editor, why="示例理由")

    assert public == ((datetime(2026, 9, 1, tzinfo=UTC), True), (undated.created_at, False))
    assert kept(database, dated) == (None, False)


def test_a_name_that_a_unit_gets_makes_the_credit_of_it_its_own(
    database: Database,
    make_item: Callable[..., Item],
    move_on: Callable[..., object],
    make_user: Callable[..., User],
    make_unit: Callable[..., Unit],
) -> None:
    item = make_item(text="月球的夜晚很长。（来源：示例月球报）")
    move_on(item, Move.APPROVE, who=make_user())

    before = kept(database, item)[1]
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit(former_names=("示例月球报",)))
        originality.names_changed(tx, [item.unit])

    assert (before, kept(database, item)[1]) == (True, False)
