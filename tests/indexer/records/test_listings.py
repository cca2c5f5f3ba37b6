"""Whole pages of the queue and of the public side."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, event

from indexer.accounts import User
from indexer.intake import take_in
from indexer.items import Candidate, Facet, Finding, Item, ItemId, Move, Severity, State, Tag
from indexer.records import items, listings
from indexer.records.database import Database
from indexer.review import desk, queue

TAG = Tag(facet=Facet.TOPIC, id="space", score=0.8)
FINDING = Finding(
    rule="words.ad", rule_version=1, severity=Severity.LOW, where="title", start=0, end=1, excerpt="月", message="核对"
)


@pytest.fixture
def ran() -> Iterator[list[str]]:
    """Every statement that reaches the database."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield statements
    event.remove(Engine, "before_cursor_execute", note)


def test_a_queue_entry_holds_all_that_an_editor_needs(
    database: Database, make_item: Callable[..., Item], make_user: Callable[..., User], now: datetime
) -> None:
    item, other = make_item(tags=(TAG,), findings=(FINDING,)), make_item(url="http://a.example/art/2.html")
    with database.transaction() as tx:
        items.set_cluster(tx, other.id, item.cluster)
    queue.claim(database, item=item.id, user=make_user("编辑乙"), now=now)

    with database.reading() as tx:
        entry = listings.queue_entry(tx, item.id, now=now)

    assert entry is not None
    assert (entry.tags, entry.findings) == ((TAG,), (FINDING,))
    assert (entry.unit_name, entry.channel_name) == ("示例科技馆", "示例馆网站")
    assert (entry.waiting_since, entry.cluster_size, entry.is_understood) == (now, 2, True)
    assert entry.claimed_by == "编辑乙"


def test_the_queue_shows_the_longest_waiting_first(
    database: Database, make_item: Callable[..., Item], make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    first, second = make_item(), make_item(url="http://a.example/art/2.html")
    take_in(database, make_candidate(text="改过的正文"), now=now + timedelta(hours=1))

    with database.reading() as tx:
        entries = listings.queue_entries(tx, states=[State.PENDING], now=now, limit=5)
        size = listings.queue_size(tx, states=[State.PENDING], unit=first.unit)

    assert [(entry.item.id, entry.is_understood) for entry in entries] == [(second.id, True), (first.id, False)]
    assert size == 2


def test_the_original_of_a_cluster_comes_first_whichever_was_approved_first(
    database: Database, make_item: Callable[..., Item], make_user: Callable[..., User], now: datetime
) -> None:
    first, second = make_item(), make_item(url="http://a.example/art/2.html", text="（转自：示例日报）月球的夜晚。")
    third = make_item(url="http://a.example/art/3.html")
    editor = make_user()
    with database.transaction() as tx:
        items.set_cluster(tx, second.id, first.cluster)
        items.set_cluster(tx, third.id, first.cluster)
    desk.decide(
        database, item=second.id, version=1, state=State.PENDING, move=Move.APPROVE, who=editor, why="", now=now
    )
    desk.decide(database, item=first.id, version=1, state=State.PENDING, move=Move.APPROVE, who=editor, why="", now=now)

    with database.reading() as tx:
        entries = listings.public_entries(tx, [third.id, first.id, second.id])

    assert [(key, entry.place, entry.cluster_size) for key, entry in entries.items()] == [
        (first.id, 0, 2),
        (second.id, 1, 2),
    ]


def test_a_public_entry_carries_the_tags_of_the_version_that_is_shown(
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    now: datetime,
) -> None:
    item = make_item(tags=(TAG,))
    desk.decide(
        database, item=item.id, version=1, state=State.PENDING, move=Move.APPROVE, who=make_user(), why="", now=now
    )
    make_item(text="改过的正文", tags=(Tag(facet=Facet.TOPIC, id="food", score=0.9),))

    with database.reading() as tx:
        entry = listings.public_entries(tx, [item.id])[item.id]

    assert (entry.version.number, entry.tags, entry.unit.name) == (1, (TAG,), "示例科技馆")


def test_a_longer_page_of_the_queue_takes_no_more_queries(
    database: Database, make_item: Callable[..., Item], ran: list[str], now: datetime
) -> None:
    for number in range(12):
        make_item(url=f"http://a.example/art/{number}.html", tags=(TAG,), findings=(FINDING,))

    with database.reading() as tx:
        ran.clear()
        listings.queue_entries(tx, states=[State.PENDING], now=now, limit=2)
        few = len(ran)
        ran.clear()
        listings.queue_entries(tx, states=[State.PENDING], now=now, limit=12)
        many = len(ran)

    assert few == many


def test_what_waits_next_is_asked_for_in_the_order_of_the_queue(
    database: Database, make_item: Callable[..., Item], now: datetime
) -> None:
    made = [make_item(url=f"http://a.example/{number}.html") for number in range(3)]

    with database.reading() as tx:
        entries = listings.queue_entries(tx, states=[State.PENDING], now=now, limit=9)
        following = [listings.queue_next(tx, entry, states=[State.PENDING]) for entry in entries]
        nothing = listings.queue_next(tx, entries[0], states=[State.HELD])

    assert following == [made[1].id, made[2].id, made[0].id]
    assert nothing is None


def test_entries_come_in_the_order_they_were_asked_for_and_unknown_ones_are_left_out(
    database: Database, make_item: Callable[..., Item], now: datetime
) -> None:
    first, second = make_item(), make_item(url="http://a.example/2.html")

    with database.reading() as tx:
        entries = listings.queue_entries_of(tx, [second.id, ItemId("unknown"), first.id, second.id], now=now)

    assert [entry.item.id for entry in entries] == [second.id, first.id]


def test_what_waits_next_is_found_without_reading_what_waits(
    database: Database, make_item: Callable[..., Item], now: datetime, ran: list[str]
) -> None:
    make_item()
    with database.reading() as tx:
        entry = listings.queue_entries(tx, states=[State.PENDING], now=now, limit=1)[0]
        ran.clear()
        listings.queue_next(tx, entry, states=[State.PENDING])

    assert len(ran) == 2
    assert [statement for statement in ran if "versions.text" in statement or "LIMIT" not in statement] == []
