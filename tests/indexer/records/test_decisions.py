"""The append-only decisions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import Delete, Update, delete, update
from sqlalchemy.exc import DBAPIError

from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import decisions, items
from indexer.records.database import Database
from indexer.records.decisions import DECISIONS, StaleDecision
from indexer.review.records import Decision, Move, State


def approval(item: Item, *, at: datetime) -> Decision:
    return Decision(
        id="decision-1",
        item=item.id,
        version=1,
        move=Move.APPROVE,
        before=State.PENDING,
        after=State.APPROVED,
        public_before=None,
        public_after=1,
        who="编辑甲",
        why="好",
        at=at,
        rules=("words.ad@2",),
    )


def test_a_decision_moves_its_item_and_comes_back_as_it_was_made(
    database: Database, make_item: Callable[..., Item], now: datetime
) -> None:
    item = make_item()

    with database.transaction() as tx:
        decisions.append(tx, approval(item, at=now))

    with database.reading() as tx:
        assert decisions.of_item(tx, item.id) == decisions.recent(tx, limit=5) == [approval(item, at=now)]
        assert items.item(tx, item.id) == replace(item, state=State.APPROVED, public=1)


@pytest.mark.parametrize(
    "start", [{"before": State.HELD}, {"public_before": 1}, {"version": 7}, {"item": "no such item"}]
)
def test_a_decision_that_starts_elsewhere_is_refused(
    database: Database, make_item: Callable[..., Item], now: datetime, start: dict[str, object]
) -> None:
    item = make_item()

    with pytest.raises(StaleDecision), database.transaction() as tx:
        decisions.append(tx, replace(approval(item, at=now), **start))  # type: ignore[arg-type]  # fields by name

    with database.reading() as tx:
        assert decisions.recent(tx, limit=5) == []


@pytest.mark.parametrize("statement", [delete(DECISIONS), update(DECISIONS).values(why="anders")])
def test_a_decision_can_never_be_altered(
    database: Database, make_item: Callable[..., Item], now: datetime, statement: Delete | Update
) -> None:
    item = make_item()
    with database.transaction() as tx:
        decisions.append(tx, approval(item, at=now))

    with pytest.raises(DBAPIError, match="append-only"), database.transaction() as tx:
        tx.change(statement)


def test_decisions_made_as_one_are_one_entry_at_the_place_of_the_last(
    database: Database, make_item: Callable[..., Item], now: datetime
) -> None:
    made = [make_item(url=f"http://a.example/{number}.html", title=f"第{number}条") for number in range(4)]
    batches = ["b", None, "b", None]

    with database.transaction() as tx:
        for item, batch in zip(made, batches, strict=True):
            decisions.append(tx, replace(approval(item, at=now), id=f"d-{item.id}", batch=batch))

    with database.reading() as tx:
        entries = decisions.recent_entries(tx, limit=9)
        second = decisions.recent_entries(tx, limit=1, offset=1)
        of_batch = decisions.of_batch(tx, "b")
    assert [[step.title for step in steps] for steps in entries] == [["第3条"], ["第0条", "第2条"], ["第1条"]]
    assert second == entries[1:2]
    assert of_batch == [step.decision for step in entries[1]]


def test_an_entry_says_what_of_it_was_taken_back(
    database: Database, make_item: Callable[..., Item], now: datetime
) -> None:
    item = make_item()
    made = approval(item, at=now)
    back = replace(
        made, id="d-2", move=Move.UNDO, before=made.after, after=made.before, public_before=1, public_after=None
    )

    with database.transaction() as tx:
        decisions.append(tx, made)
        decisions.append(tx, replace(back, undoes=made.id))

    with database.reading() as tx:
        entries = decisions.recent_entries(tx, limit=9)
    assert [(step.decision.id, step.is_undone) for [step] in entries] == [("d-2", False), (made.id, True)]


def test_the_decisions_of_many_items_come_apart(
    database: Database, make_item: Callable[..., Item], make_user: Callable[..., User], move_on: Callable[..., Decision]
) -> None:
    first, second, untouched = (make_item(url=f"http://a.example/{number}.html") for number in range(3))
    editor = make_user()
    made = [
        move_on(first, Move.HOLD, who=editor),
        move_on(second, Move.APPROVE, who=editor),
        move_on(first, Move.REJECT, who=editor),
    ]

    with database.reading() as tx:
        found = decisions.of_items(tx, [first.id, second.id, untouched.id])

    assert found == {first.id: [made[0], made[2]], second.id: [made[1]]}
