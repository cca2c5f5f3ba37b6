"""The queue's pages and claims."""

from collections.abc import Callable
from datetime import datetime, timedelta

from indexer.base.ids import UnitId
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import claims
from indexer.records.database import Database
from indexer.review import desk, queue
from indexer.review.records import Move, State


def test_a_page_counts_all_states_whatever_it_lists(
    database: Database, make_item: Callable[..., Item], make_user: Callable[..., User], now: datetime
) -> None:
    held, pending = make_item(), make_item(url="http://a.example/art/2.html")
    desk.decide(
        database, item=held.id, version=1, state=State.PENDING, move=Move.HOLD, who=make_user(), why="示例", now=now
    )

    page = queue.page(database, now=now)

    assert [entry.item.id for entry in page.entries] == [pending.id]
    assert (page.total, page.counts[State.HELD], page.counts[State.PENDING]) == (1, 1, 1)


def test_a_page_is_a_part_of_what_the_filters_leave(
    database: Database, make_item: Callable[..., Item], now: datetime
) -> None:
    made = [make_item(url=f"http://a.example/art/{number}.html") for number in range(3)]

    first = queue.page(database, now=now, limit=2)
    second = queue.page(database, now=now, limit=2, offset=2)
    of_another = queue.page(database, now=now, unit=UnitId("unit-b"))

    assert [entry.item.id for entry in (*first.entries, *second.entries)] == [item.id for item in made]
    assert (len(first.entries), first.total, second.total) == (2, 3, 3)
    assert (list(of_another.entries), of_another.total, of_another.counts[State.PENDING]) == ([], 0, 3)


def test_a_claim_warns_the_second_editor_until_it_runs_out(
    database: Database, make_item: Callable[..., Item], make_user: Callable[..., User], now: datetime
) -> None:
    item, first, second = make_item(), make_user("编辑甲"), make_user("编辑乙")

    assert queue.claim(database, item=item.id, user=first, now=now) is None
    assert queue.claim(database, item=item.id, user=second, now=now + timedelta(minutes=9)) == first
    assert queue.claim(database, item=item.id, user=second, now=now + claims.CLAIM) is None


def test_only_the_holder_gives_a_claim_back(
    database: Database, make_item: Callable[..., Item], make_user: Callable[..., User], now: datetime
) -> None:
    item, first, second = make_item(), make_user("编辑甲"), make_user("编辑乙")
    queue.claim(database, item=item.id, user=first, now=now)

    queue.release(database, item=item.id, user=second, now=now)
    assert queue.page(database, now=now).entries[0].claimed_by == "编辑甲"
    queue.release(database, item=item.id, user=first, now=now)

    assert queue.page(database, now=now).entries[0].claimed_by is None


def test_a_decision_ends_the_claim(
    database: Database, make_item: Callable[..., Item], make_user: Callable[..., User], now: datetime
) -> None:
    item, editor = make_item(), make_user()
    queue.claim(database, item=item.id, user=editor, now=now)

    desk.decide(database, item=item.id, version=1, state=State.PENDING, move=Move.HOLD, who=editor, why="示例", now=now)

    [entry] = queue.page(database, now=now, states=[State.HELD]).entries
    assert entry.claimed_by is None


def test_a_claim_made_by_a_clock_that_was_ahead_shows_nobody(
    database: Database, make_item: Callable[..., Item], make_user: Callable[..., User], now: datetime
) -> None:
    item, first, second = make_item(), make_user("编辑甲"), make_user("编辑乙")
    queue.claim(database, item=item.id, user=first, now=now + timedelta(days=400))

    assert queue.page(database, now=now).entries[0].claimed_by is None
    assert queue.claim(database, item=item.id, user=second, now=now) is None
