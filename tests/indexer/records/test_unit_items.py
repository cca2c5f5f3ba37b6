"""A unit's own items as its page lists them."""

from collections.abc import Callable
from datetime import datetime, timedelta

from indexer.base.ids import ItemId, UnitId
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate, Item
from indexer.people.accounts import User
from indexer.records.database import Database
from indexer.records.unit_items import unit_entries, unit_entries_of
from indexer.review.records import Move, State


def test_the_items_of_a_unit_come_newest_first_each_with_its_newest_title(
    database: Database,
    make_item: Callable[..., Item],
    make_candidate: Callable[..., Candidate],
    make_user: Callable[..., User],
    move_on: Callable[..., object],
    now: datetime,
) -> None:
    first, second = make_item(), make_item(url="http://a.example/2.html", title="第二篇")
    third = make_item(url="http://a.example/3.html", title="第三篇")
    move_on(first, Move.APPROVE, who=make_user())
    take_in(database, make_candidate(title="改过的题目"), now=now + timedelta(hours=1))

    with database.reading() as tx:
        shown = unit_entries(tx, first.unit, limit=9)
        page = unit_entries(tx, first.unit, limit=1, offset=1)
        others = unit_entries(tx, UnitId("unit-b"), limit=9)
        named = unit_entries_of(tx, first.unit, [first.id, ItemId("none")])
        foreign = unit_entries_of(tx, UnitId("unit-b"), [first.id])

    assert [(one.id, one.title, one.state, one.is_public) for one in shown] == [
        (first.id, "改过的题目", State.CHANGED, True),
        (third.id, "第三篇", State.PENDING, False),
        (second.id, "第二篇", State.PENDING, False),
    ]
    assert [one.id for one in page] == [third.id]
    assert (others, list(named.values()), foreign) == ([], shown[:1], {})
