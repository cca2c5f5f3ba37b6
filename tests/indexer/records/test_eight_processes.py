"""Eight processes work on one PostgreSQL at the same time: nothing is doubled, nothing is lost."""

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, delete, insert, select

from indexer.audit.verify import verify
from indexer.base.actors import COLLECTOR
from indexer.base.ids import ChannelId, ItemId, canonical_key
from indexer.catalogue.intake import Outcome, take_in
from indexer.catalogue.items import Candidate, Item
from indexer.commands.status import difference
from indexer.people.accounts import User
from indexer.records import decisions, items, outbox, to_understand, understood
from indexer.records.claiming import claim_rows
from indexer.records.columns import Moment
from indexer.records.database import Database
from indexer.review import desk, queue
from indexer.review.records import State
from indexer.review.states import MoveRefused, last_holding, open_moves
from indexer.search.port import IndexDown
from indexer.search.publish import publish
from indexer.search.tantivy.index import TantivyIndex
from indexer.understanding.results import Facet, Tag
from indexer.whitelist.records import Channel

PROCESSES, ROUNDS = 8, 125  # each: 1,000 together
PIECES, TEXTS = 25, 4  # articles at the source, and how often each is edited there
WORK, AT_ONCE, LASTS = 400, 3, timedelta(seconds=60)
work = Table(
    "some_work",
    MetaData(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("holder", String(9)),
    Column("until", Moment),
)
start: Barrier


@dataclass(slots=True, kw_only=True)
class Told:
    """What one process says it did. taken: outcome and item. done: numbers of the work that it finished."""

    taken: list[tuple[Outcome, ItemId]] = field(default_factory=list)
    decided: list[str] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)


@dataclass(slots=True, kw_only=True)
class Worker:
    """One process: a step by chance each round; round n of all of them is of the same piece and text."""

    name: str
    database: Database
    index: TantivyIndex
    who: User
    chance: random.Random
    told: Told = field(default_factory=Told)

    def intake(self, turn: int, now: datetime) -> str:
        piece, text = turn % PIECES, turn * TEXTS // ROUNDS
        candidate = Candidate(
            channel=ChannelId("channel-a"),
            url=url_of(piece),
            title=f"月球车{piece}",
            text=f"第{text}次改过的正文。" * 9,
        )
        taken = take_in(self.database, candidate, now=now)
        assert taken.item is not None
        self.told.taken.append((taken.outcome, taken.item))
        return taken.outcome

    def understanding(self, turn: int, now: datetime) -> str:
        with self.database.transaction() as tx:
            waiting = to_understand.claim_waiting(
                tx, holder=self.name, now=now, limit=3, recipe="", read_at=now - timedelta(days=999)
            )
        for item, version in waiting:
            with self.database.transaction() as tx:
                understood.save(
                    tx,
                    item.id,
                    version.number,
                    tags=[Tag(facet=Facet.TOPIC, id=f"topic-{n}", score=0.5) for n in range(3)],
                    findings=(),
                    vector=bytes(16),
                    embedder="none",
                    cluster=item.cluster,
                    at=now,
                    holder=self.name,
                )
        return "done" if waiting else "nothing waits"

    def decision(self, turn: int, now: datetime) -> str:
        if (item := self.some_item()) is None:
            return "nothing there"
        move = self.chance.choice(open_moves(item.state))
        made = desk.decide(
            self.database,
            item=item.id,
            version=item.latest,
            state=item.state,
            move=move,
            who=self.who,
            why="理由",
            now=now,
        )
        self.told.decided.append(made.id)
        return "done"

    def undo(self, turn: int, now: datetime) -> str:
        if (item := self.some_item()) is None:
            return "nothing there"
        with self.database.reading() as tx:
            last = last_holding(decisions.of_item(tx, item.id))
        if last is None:
            return "nothing there"
        self.told.decided.append(desk.undo(self.database, item=item.id, decision=last.id, who=self.who, now=now).id)
        return "done"

    def looking(self, turn: int, now: datetime) -> str:
        if (item := self.some_item()) is None:
            return "nothing there"
        other = queue.claim(self.database, item=item.id, user=self.who, now=now)
        return "done" if other is None else "another looks"

    def claim(self, turn: int, now: datetime) -> str:
        """Claim some rows and finish them; now and then the worker is interrupted, and they stay for another."""
        with self.database.transaction() as tx:
            mine = claim_rows(tx, work, order_by=work.c.number, limit=AT_ONCE, holder=self.name, now=now, lasts=LASTS)
        if not mine or self.chance.random() < 0.1:
            return "interrupted" if mine else "nothing waits"
        for row in mine:
            number = row[work.c.number]
            with self.database.transaction() as tx:
                is_mine = tx.change(delete(work).where(work.c.number == number, work.c.holder == self.name))
            self.told.done += [number] * is_mine
        return "done"

    def publishing(self, turn: int, now: datetime) -> str:
        return "done" if publish(self.database, self.index, now=now, limit=20) else "nothing waits"

    def some_item(self) -> Item | None:
        with self.database.reading() as tx:
            return items.by_key(tx, canonical_key(url_of(self.chance.randrange(PIECES))))


STEPS: dict[str, tuple[Callable[[Worker, int, datetime], str], int]] = {
    "intake": (Worker.intake, 30),
    "understanding": (Worker.understanding, 15),
    "decision": (Worker.decision, 25),
    "undo": (Worker.undo, 5),
    "looking": (Worker.looking, 8),
    "claim": (Worker.claim, 15),
    "publishing": (Worker.publishing, 2),
}


def url_of(piece: int) -> str:
    return f"http://a.example/{piece}.html"


def _begin(barrier: Barrier) -> None:
    global start
    start = barrier


def _work(number: int, url: str, folder: Path, who: User, now: datetime) -> Told:
    """In a process of its own: all rounds."""
    worker = Worker(
        name=f"w{number}",
        database=Database.open(url),
        index=TantivyIndex(folder),
        who=who,
        chance=random.Random(number),  # noqa: S311 - the same rounds each time, no secret
    )
    names, weights = list(STEPS), [weight for _, weight in STEPS.values()]
    start.wait()
    for turn in range(ROUNDS):
        [name] = worker.chance.choices(names, weights)
        try:
            outcome = STEPS[name][0](worker, turn, now + timedelta(seconds=turn))
        except MoveRefused as refused:
            outcome = f"refused: {refused.problem}"
        except IndexDown:
            outcome = "tried again later"  # what it wrote kept changing: the rows stay in the outbox
        worker.told.outcomes[name, outcome] += 1
    worker.database.close()
    return worker.told


@pytest.fixture(scope="module")
def records_on() -> str:
    """On SQLite one of them writes at a time."""
    return "postgresql"


@pytest.fixture
def told(
    database: Database,
    records_url: str,
    channel: Channel,
    make_user: Callable[..., User],
    tmp_path: Path,
    now: datetime,
    record_property: Callable[[str, object], None],
) -> list[Told]:
    """All of them have worked; what they say they did is printed at the end of the tests."""
    engine = create_engine(records_url)
    with engine.begin() as connection:
        work.create(connection)
        connection.execute(insert(work), [{"number": number} for number in range(WORK)])
    engine.dispose()
    people = [make_user(f"编辑{number}") for number in range(PROCESSES)]
    spawn, began = multiprocessing.get_context("spawn"), time.monotonic()
    with spawn.Pool(PROCESSES, initializer=_begin, initargs=(spawn.Barrier(PROCESSES),)) as pool:
        rounds = [(number, records_url, tmp_path / "search", who, now) for number, who in enumerate(people)]
        told = pool.starmap(_work, rounds, chunksize=1)
    record_property("printed", table(told, seconds=time.monotonic() - began))
    return told


def table(told: list[Told], *, seconds: float) -> list[str]:
    """One line a step and outcome."""
    outcomes = sum((one.outcomes for one in told), Counter[tuple[str, str]]())
    title = f"{PROCESSES} processes on one PostgreSQL, {ROUNDS} rounds each, {seconds:.0f} s with their start"
    return [title, *(f"{name:14} {outcome:26} {count:5}" for (name, outcome), count in sorted(outcomes.items()))]


def test_nothing_is_doubled_and_nothing_lost(
    told: list[Told], database: Database, tmp_path: Path, now: datetime
) -> None:
    index, taken = TantivyIndex(tmp_path / "search"), [one for each in told for one in each.taken]
    while publish(database, index, now=now):
        pass

    with database.reading() as tx:
        held = understood.all_latest(tx, after=None, limit=PIECES * 2)
        texts = {item.id: items.versions(tx, item.id) for item, _ in held}
        made = {item.id: decisions.of_item(tx, item.id) for item, _ in held}
        left = {row[work.c.number] for row in tx.rows(select(work.c.number))}
        waiting = outbox.depth(tx)

    # Each piece is one item, and each text that was taken in is one version, which differs from the one before.
    assert len({item.key for item, _ in held}) == len(held) == PIECES
    outcomes = Counter(outcome for outcome, _ in taken)
    assert outcomes[Outcome.NEW_ITEM] == PIECES
    assert {item for outcome, item in taken if outcome is Outcome.NEW_ITEM} == texts.keys()
    assert outcomes[Outcome.NEW_VERSION] == sum(map(len, texts.values())) - PIECES
    for some in texts.values():
        assert [one.number for one in some] == list(range(1, len(some) + 1))
        assert all(one.content_hash != other.content_hash for one, other in pairwise(some))
    # Every decision that somebody was told of stands once, the others are the collector's; each begins where the one
    # before ended, which the audit replays.
    by_people = [one.id for some in made.values() for one in some if one.who != COLLECTOR.name]
    assert sorted(by_people) == sorted(one for each in told for one in each.decided)
    assert [fault for _, faults in verify(database) for fault in faults] == []
    # Each piece of work was finished once or is still there.
    done = [number for each in told for number in each.done]
    assert len(done) == len(set(done))
    assert left.isdisjoint(done)
    assert left.union(done) == set(range(WORK))
    # Search holds what is public.
    assert waiting == 0
    assert not difference(database, index)
    assert any(item.state is State.APPROVED for item, _ in held)
