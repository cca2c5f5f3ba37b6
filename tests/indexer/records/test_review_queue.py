"""The review queue: its entries, its filters and orders, and "what comes next", each a walk along an index."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, event

from config.words import Severity
from indexer.base.ids import ItemId, UnitId
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate, Item
from indexer.people.accounts import User
from indexer.records import clusters, understood
from indexer.records.database import Database
from indexer.records.review_queue import (
    Asked,
    queue_entries,
    queue_entries_of,
    queue_entry,
    queue_ids,
    queue_next,
    queue_size,
)
from indexer.review import desk, queue
from indexer.review.records import WAITING, Move, State
from indexer.understanding.results import Facet, Finding, Tag

PENDING = Asked(states=(State.PENDING,))
TAG = Tag(facet=Facet.TOPIC, id="space", score=0.8)
FINDING = Finding(
    rule="words.ad", rule_version=1, severity=Severity.LOW, where="title", start=0, end=1, excerpt="月", message="核对"
)
MANY = 9
SPACE = Asked(topic="space")
LISTS = {
    "all that waits": Asked(),
    "of a unit": Asked(unit=UnitId("unit-a")),
    "of a topic": SPACE,
    "of a severity": Asked(severity=Severity.LOW),
    "loudest first": Asked(is_loudest_first=True),
    "of a topic, loudest first": Asked(topic="space", is_loudest_first=True),
}


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
        clusters.move(tx, other.id, item.cluster)
    queue.claim(database, item=item.id, user=make_user("编辑乙"), now=now)

    with database.reading() as tx:
        entry = queue_entry(tx, item.id, now=now)

    assert entry is not None
    assert (entry.tags, entry.findings) == ((TAG,), (FINDING,))
    assert (entry.unit_name, entry.channel_name) == ("示例科技馆", "示例馆网站")
    assert (entry.place.waiting_since, entry.cluster_size, entry.is_understood) == (now, 2, True)
    assert entry.claimed_by == "编辑乙"


def test_the_queue_shows_the_longest_waiting_first(
    database: Database, make_item: Callable[..., Item], make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    first, second = make_item(), make_item(url="http://a.example/art/2.html")
    take_in(database, make_candidate(text="改过的正文"), now=now + timedelta(hours=1))

    with database.reading() as tx:
        entries = queue_entries(tx, PENDING, now=now, limit=5)
        size = queue_size(tx, Asked(states=[State.PENDING], unit=first.unit))

    assert [(entry.item.id, entry.is_understood) for entry in entries] == [(second.id, True), (first.id, False)]
    assert size == 2


def test_a_longer_page_of_the_queue_takes_no_more_queries(
    database: Database, make_item: Callable[..., Item], ran: list[str], now: datetime
) -> None:
    for number in range(12):
        make_item(url=f"http://a.example/art/{number}.html", tags=(TAG,), findings=(FINDING,))

    with database.reading() as tx:
        ran.clear()
        queue_entries(tx, PENDING, now=now, limit=2)
        few = len(ran)
        ran.clear()
        queue_entries(tx, PENDING, now=now, limit=12)
        many = len(ran)

    assert few == many


def test_entries_come_in_the_order_they_were_asked_for_and_unknown_ones_are_left_out(
    database: Database, make_item: Callable[..., Item], now: datetime
) -> None:
    first, second = make_item(), make_item(url="http://a.example/2.html")

    with database.reading() as tx:
        entries = queue_entries_of(tx, [second.id, ItemId("unknown"), first.id, second.id], now=now)

    assert [entry.item.id for entry in entries] == [second.id, first.id]


def test_what_waits_next_is_found_without_reading_what_waits(
    database: Database, make_item: Callable[..., Item], now: datetime, ran: list[str]
) -> None:
    make_item()
    with database.reading() as tx:
        entry = queue_entries(tx, PENDING, now=now, limit=1)[0]
        ran.clear()
        queue_next(tx, entry.place, PENDING)

    assert len(ran) == 1
    assert [statement for statement in ran if "versions.text" in statement or "LIMIT" not in statement] == []


def finding(severity: Severity) -> Finding:
    words = {"rule": "words.ad", "rule_version": 1, "where": "title", "start": 0, "end": 1}
    return Finding(severity=severity, excerpt="月", message="核对", **words)  # type: ignore[arg-type]  # as typed above


@pytest.fixture
def made(make_item: Callable[..., Item]) -> list[Item]:
    """Items of the same moment in the order of their ids: every third of a topic, every second with findings."""
    return [
        make_item(
            url=f"http://a.example/{number}.html",
            tags=[Tag(facet=Facet.TOPIC, id="space", score=0.8)] if number % 3 == 0 else (),
            findings=[finding(Severity.LOW)] * (number % 2 + number // 6),
        )
        for number in range(MANY)
    ]


def ids(database: Database, asked: Asked) -> list[ItemId]:
    with database.reading() as tx:
        return queue_ids(tx, asked, limit=100)


def numbers(made: Sequence[Item], found: Sequence[ItemId]) -> list[int]:
    places = {item.id: place for place, item in enumerate(made)}
    return [places[item] for item in found]


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("all that waits", [0, 1, 2, 3, 4, 5, 6, 7, 8]),
        ("of a unit", [0, 1, 2, 3, 4, 5, 6, 7, 8]),
        ("of a topic", [0, 3, 6]),
        ("of a severity", [1, 3, 5, 6, 7, 8]),
        ("loudest first", [7, 1, 3, 5, 6, 8, 0, 2, 4]),
        ("of a topic, loudest first", [3, 6, 0]),
    ],
)
def test_a_list_holds_what_was_asked_for_in_its_order(
    database: Database, made: list[Item], name: str, listed: list[int]
) -> None:
    with database.reading() as tx:
        size = queue_size(tx, LISTS[name])
        second = queue_ids(tx, LISTS[name], limit=2, offset=1)

    assert numbers(made, ids(database, LISTS[name])) == listed
    assert size == len(listed)
    assert numbers(made, second) == listed[1:3]


@pytest.mark.parametrize("name", LISTS)
def test_who_goes_from_item_to_item_comes_through_the_whole_list_and_back_to_its_start(
    database: Database, made: list[Item], now: datetime, name: str
) -> None:
    asked = LISTS[name]
    wanted = ids(database, asked)

    with database.reading() as tx:
        following = [queue_next(tx, entry.place, asked) for entry in queue_entries(tx, asked, now=now, limit=100)]

    assert following == [*wanted[1:], wanted[0]]


@pytest.mark.parametrize("name", LISTS)
def test_an_item_that_was_decided_on_is_followed_by_what_stood_behind_it(
    database: Database, made: list[Item], make_user: Callable[..., User], now: datetime, name: str
) -> None:
    asked = LISTS[name]
    wanted = ids(database, asked)
    with database.reading() as tx:
        before = queue_entry(tx, wanted[1], now=now)
    assert before is not None
    desk.decide(
        database, item=wanted[1], version=1, state=State.PENDING, move=Move.HOLD, who=make_user(), why="示例", now=now
    )

    with database.reading() as tx:
        assert queue_next(tx, before.place, asked) == wanted[2]


def test_a_list_of_one_has_nothing_behind_it(database: Database, made: list[Item], now: datetime) -> None:
    alone = Asked(states=(State.HELD,))

    with database.reading() as tx:
        [entry] = queue_entries(tx, SPACE, now=now, limit=1)
        assert queue_next(tx, entry.place, alone) is None


def test_a_newer_text_waits_anew_and_what_was_found_in_the_older_one_weighs_nothing(
    database: Database, made: list[Item], make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    later = now + timedelta(hours=1)
    take_in(database, make_candidate(url="http://a.example/7.html", text="改过的正文"), now=later)

    with database.reading() as tx:
        entry = queue_entry(tx, made[7].id, now=later)

    assert entry is not None
    assert (entry.place.waiting_since, entry.place.findings_weight) == (later, 0)
    assert numbers(made, ids(database, LISTS["loudest first"]))[-1] == 7
    assert 7 not in numbers(made, ids(database, LISTS["of a severity"]))


def test_what_is_found_late_in_a_text_that_was_edited_meanwhile_does_not_weigh_on_the_newer_one(
    database: Database, made: list[Item], make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    take_in(database, make_candidate(url="http://a.example/0.html", text="改过的正文"), now=now)
    with database.transaction() as tx:
        understood.save(
            tx,
            made[0].id,
            1,
            tags=(),
            findings=[finding(Severity.HIGH)],
            vector=None,
            embedder="e",
            cluster=made[0].cluster,
            at=now,
        )

    with database.reading() as tx:
        entry = queue_entry(tx, made[0].id, now=now)

    assert entry is not None
    assert entry.place.findings_weight == 0


def plan(database: Database, run: Callable[[], object]) -> str:
    """How the database comes to the answer of the last query of a call, where it may neither sort nor read a table."""
    engine, statements = database._engine, list[tuple[str, object]]()

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        statements.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    run()
    event.remove(engine, "before_cursor_execute", note)
    query, parameters = next(one for one in reversed(statements) if one[0].startswith("SELECT"))
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            for way in ("seqscan", "bitmapscan", "sort"):
                connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
        words = "EXPLAIN" if engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
        found = connection.exec_driver_sql(f"{words} {query}", parameters).all()  # type: ignore[arg-type]  # as it came
    return "\n".join(str(row[-1]) for row in found)


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        (Asked(), "ix_items_waiting"),
        (SPACE, "ix_items_waiting"),
        (Asked(severity=Severity.HIGH), "ix_items_waiting"),
        (Asked(states=(State.APPROVED,)), "ix_items_state_waiting_since_id"),
        (Asked(unit=UnitId("unit-a")), "ix_items_unit_waiting_since_id_state"),
        (Asked(is_loudest_first=True), "ix_items_loudest"),
        (Asked(topic="space", is_loudest_first=True), "ix_items_loudest"),
    ],
)
def test_a_list_and_what_comes_next_walk_an_index_and_sort_nothing(
    database: Database, made: list[Item], now: datetime, asked: Asked, index: str
) -> None:
    with database.reading() as tx:
        [entry] = queue_entries(tx, Asked(), now=now, limit=1)

        listed = plan(database, lambda: queue_ids(tx, asked, limit=30))
        following = plan(database, lambda: queue_next(tx, entry.place, asked))

    for words in (listed, following):
        assert index in words
        assert "Sort" not in words
        assert "TEMP B-TREE" not in words


def test_the_states_that_wait_and_those_that_are_settled_are_all_there_are(database: Database) -> None:
    """The index of what waits names the settled ones in the migration: a new state needs a new index."""
    settled = {State.APPROVED, State.HELD, State.REJECTED, State.WITHDRAWN}

    assert set(State) - set(WAITING) == settled
