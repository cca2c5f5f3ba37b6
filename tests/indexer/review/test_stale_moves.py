"""A move on what moved since it was looked at: refused, and told who did what meanwhile."""

import multiprocessing
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from indexer.base.ids import ItemId
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate, Item
from indexer.people.accounts import User
from indexer.records import decisions, items
from indexer.records.database import Database
from indexer.review import desk
from indexer.review.desk import Decided, Pick
from indexer.review.records import Decision, Move, State
from indexer.review.states import Happened, MoveProblem, MoveRefused

SECOND = "http://a.example/art/2.html"
RACERS = 4


@pytest.fixture
def editor(make_user: Callable[..., User]) -> User:
    return make_user()


@pytest.fixture
def colleague(make_user: Callable[..., User]) -> User:
    return make_user("编辑乙")


def seen(item: Item, *, version: int = 1, state: State = State.PENDING) -> Pick:
    return Pick(item=item.id, version=version, state=state)


def state_of(database: Database, item: Item) -> State:
    with database.reading() as tx:
        found = items.item(tx, item.id)
    assert found is not None
    return found.state


def told(results: list[Decided]) -> list[tuple[ItemId, MoveProblem | None, list[tuple[Move, str]]]]:
    refused = {one.item: one.refused for one in results if one.refused}
    return [
        (one.item, refused[one.item].problem, [(done.move, done.who) for done in refused[one.item].meanwhile])
        if one.item in refused
        else (one.item, None, [])
        for one in results
    ]


@pytest.mark.parametrize("move", [Move.HOLD, Move.REJECT])
def test_a_stale_batch_leaves_what_a_colleague_decided(
    database: Database,
    make_item: Callable[..., Item],
    move_on: Callable[..., Decision],
    editor: User,
    colleague: User,
    now: datetime,
    move: Move,
) -> None:
    stale, other = make_item(), make_item(url=SECOND)
    move_on(stale, move, who=colleague)

    done = desk.batch(database, picks=[seen(stale), seen(other)], move=Move.APPROVE, who=editor, why="", now=now)

    assert told(done) == [(stale.id, MoveProblem.STALE, [(move, "编辑乙")]), (other.id, None, [])]
    assert (state_of(database, stale), state_of(database, other)) == (
        {Move.HOLD: State.HELD, Move.REJECT: State.REJECTED}[move],
        State.APPROVED,
    )


def test_a_stale_batch_does_not_publish_again_what_was_withdrawn(
    database: Database,
    make_item: Callable[..., Item],
    move_on: Callable[..., Decision],
    editor: User,
    colleague: User,
    now: datetime,
) -> None:
    item = make_item()
    move_on(item, Move.APPROVE, who=colleague)
    move_on(item, Move.WITHDRAW, who=colleague)

    [done] = desk.batch(database, picks=[seen(item)], move=Move.APPROVE, who=editor, why="", now=now)

    assert told([done]) == [(item.id, MoveProblem.STALE, [(Move.APPROVE, "编辑乙"), (Move.WITHDRAW, "编辑乙")])]
    assert state_of(database, item) is State.WITHDRAWN


def test_what_was_refused_says_when_and_why_it_was_moved(
    database: Database,
    make_item: Callable[..., Item],
    move_on: Callable[..., Decision],
    editor: User,
    colleague: User,
    now: datetime,
) -> None:
    item = make_item()
    move_on(item, Move.REJECT, who=colleague, why="含个人信息", now=now + timedelta(minutes=3))

    refused = desk.refusals(database, picks=[seen(item)], move=Move.APPROVE, who=editor)

    at = now + timedelta(minutes=3)
    assert refused[item.id].meanwhile == (Happened(move=Move.REJECT, who="编辑乙", why="含个人信息", at=at),)


@pytest.mark.parametrize("before", [[], [Move.HOLD], [Move.APPROVE]])
def test_an_edit_at_the_source_is_named(
    database: Database,
    make_item: Callable[..., Item],
    make_candidate: Callable[..., Candidate],
    move_on: Callable[..., Decision],
    editor: User,
    now: datetime,
    before: list[Move],
) -> None:
    item = make_item()
    for move in before:
        move_on(item, move, who=editor)
    state = state_of(database, item)
    take_in(database, make_candidate(text="改过的正文"), now=now + timedelta(minutes=5))

    with pytest.raises(MoveRefused) as refused:
        desk.decide(database, item=item.id, version=1, state=state, move=Move.WITHDRAW, who=editor, why="撤", now=now)

    assert refused.value.problem is MoveProblem.STALE
    assert [(one.move, one.at) for one in refused.value.meanwhile] == [(Move.EDIT, now + timedelta(minutes=5))]


def test_what_happened_before_somebody_looked_is_not_told(
    database: Database,
    make_item: Callable[..., Item],
    move_on: Callable[..., Decision],
    editor: User,
    colleague: User,
    now: datetime,
) -> None:
    item = make_item()
    move_on(item, Move.HOLD, who=editor)
    move_on(item, Move.REJECT, who=colleague)

    picks = [seen(item, state=State.HELD)]
    refused = desk.refusals(database, picks=picks, move=Move.APPROVE, who=editor)

    assert [(one.move, one.who) for one in refused[item.id].meanwhile] == [(Move.REJECT, "编辑乙")]


def test_a_batch_shares_an_id_and_is_undone_as_one(
    database: Database, make_item: Callable[..., Item], editor: User, now: datetime
) -> None:
    pair = [make_item(), make_item(url=SECOND)]
    picks = [seen(item) for item in pair]
    done = desk.batch(database, picks=picks, move=Move.REJECT, who=editor, why="理由", now=now)
    [shared] = {one.decision.batch for one in done if one.decision}
    assert shared is not None

    undone = desk.undo_batch(database, batch=shared, who=editor, now=now)

    assert [one.decision.after for one in undone if one.decision] == [State.PENDING, State.PENDING]
    assert [state_of(database, item) for item in pair] == [State.PENDING, State.PENDING]
    with database.reading() as tx:
        entries = decisions.recent_entries(tx, limit=10)
    assert [[step.decision.move for step in steps] for steps in entries] == [[Move.UNDO] * 2, [Move.REJECT] * 2]


def test_undoing_a_batch_leaves_and_names_what_was_moved_meanwhile(
    database: Database,
    make_item: Callable[..., Item],
    move_on: Callable[..., Decision],
    editor: User,
    colleague: User,
    now: datetime,
) -> None:
    first, second = make_item(), make_item(url=SECOND)
    [one, _] = desk.batch(database, picks=[seen(first), seen(second)], move=Move.APPROVE, who=editor, why="", now=now)
    assert one.decision is not None
    move_on(first, Move.WITHDRAW, who=colleague)

    undone = desk.undo_batch(database, batch=one.decision.batch or "", who=editor, now=now)

    assert told(undone) == [(first.id, MoveProblem.STALE, [(Move.WITHDRAW, "编辑乙")]), (second.id, None, [])]
    assert (state_of(database, first), state_of(database, second)) == (State.WITHDRAWN, State.PENDING)


def _race(url: str, item: ItemId, editor: User, now: datetime, move: Move) -> bool:
    """In a process of its own: decide on the item as it was first seen; tells whether that was done."""
    database = Database.open(url)
    pick = Pick(item=item, version=1, state=State.PENDING)
    [done] = desk.batch(database, picks=[pick], move=move, who=editor, why="理由", now=now)
    database.close()
    return done.decision is not None


def test_of_processes_that_decide_at_once_one_wins(
    database: Database, records_url: str, make_item: Callable[..., Item], editor: User, now: datetime
) -> None:
    item = make_item()
    moves = [Move.APPROVE, Move.REJECT, Move.HOLD, Move.APPROVE]

    with multiprocessing.get_context("spawn").Pool(RACERS) as pool:
        won = pool.starmap(_race, [(records_url, item.id, editor, now, move) for move in moves])

    assert won.count(True) == 1
    with database.reading() as tx:
        assert len(decisions.of_item(tx, item.id)) == 1
