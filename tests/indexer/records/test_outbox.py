"""What search still has to be told."""

from collections.abc import Callable
from datetime import datetime, timedelta

from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import outbox
from indexer.records.database import Database
from indexer.review.records import Decision, Move

MakeItem = Callable[..., Item]


def add(database: Database, *items: Item, at: datetime) -> None:
    with database.transaction() as tx:
        outbox.add(tx, [item.id for item in items], at=at)


def test_rows_wait_in_order_until_they_are_done(database: Database, make_item: MakeItem, now: datetime) -> None:
    first, second = make_item(), make_item(url="http://a.example/art/2.html")
    add(database, first, second, at=now)
    add(database, first, at=now)

    with database.transaction() as tx:
        claimed = outbox.claim_waiting(tx, holder="a", now=now, limit=2)
        done = outbox.done(tx, [row for row, _ in claimed], holder="a")
        left = outbox.waiting(tx, limit=2), outbox.depth(tx)

    assert [item for _, item in claimed] == [first.id, second.id]
    assert done == 2
    assert ([item for _, item in left[0]], left[1]) == ([first.id], 1)


def test_two_who_publish_get_different_rows_which_wait_until_one_is_done(
    database: Database, make_item: MakeItem, now: datetime
) -> None:
    add(database, make_item(), make_item(url="http://a.example/art/2.html"), at=now)

    with database.transaction() as tx:
        one = outbox.claim_waiting(tx, holder="a", now=now, limit=1)
        other = outbox.claim_waiting(tx, holder="b", now=now, limit=10)
        none = outbox.claim_waiting(tx, holder="c", now=now, limit=10)
        waiting = outbox.depth(tx)

    assert (len(one), len(other), none, waiting) == (1, 1, [], 2)
    assert one != other


def test_who_lost_the_claim_takes_no_row_away(database: Database, make_item: MakeItem, now: datetime) -> None:
    add(database, make_item(), at=now)
    later = now + outbox.CLAIM + timedelta(seconds=1)
    with database.transaction() as tx:
        [(row, _)] = outbox.claim_waiting(tx, holder="slow", now=now, limit=10)
        again = outbox.claim_waiting(tx, holder="next", now=later, limit=10)

    with database.transaction() as tx:
        by_slow, left = outbox.done(tx, [row], holder="slow"), outbox.depth(tx)
        by_next = outbox.done(tx, [row], holder="next")

    assert [number for number, _ in again] == [row]
    assert (by_slow, left, by_next) == (0, 1, 1)


def test_what_is_given_back_is_claimed_at_once(database: Database, make_item: MakeItem, now: datetime) -> None:
    add(database, make_item(), at=now)
    with database.transaction() as tx:
        claimed = outbox.claim_waiting(tx, holder="a", now=now, limit=10)

        given = outbox.give_back(tx, holder="a")

        assert given == 1
        assert outbox.claim_waiting(tx, holder="b", now=now, limit=10) == claimed


def test_what_waits_and_is_public_no_longer_is_named_and_what_is_public_is_not(
    database: Database, make_item: MakeItem, make_user: Callable[..., User], move_on: Callable[..., Decision]
) -> None:
    editor = make_user()
    withdrawn, approved, back = (make_item(url=f"http://a.example/{n}.html") for n in range(3))
    edited = make_item(url="http://a.example/3.html")
    for item in (withdrawn, approved, back, edited):
        move_on(item, Move.APPROVE, who=editor)
    make_item(url="http://a.example/3.html", text="改过的正文，还没有人通过。")
    for item, move in ((withdrawn, Move.WITHDRAW), (back, Move.WITHDRAW), (back, Move.APPROVE)):
        move_on(item, move, who=editor)

    with database.reading() as tx:
        assert outbox.taken_back(tx) == (withdrawn.id,)
