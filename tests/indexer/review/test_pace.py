"""Approving faster than anyone reads."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records.database import Database
from indexer.records.decisions import Approved
from indexer.review import desk
from indexer.review.desk import Pick
from indexer.review.pace import Hurry, hurry, hurry_of
from indexer.review.records import Decision, Move, State


def run(now: datetime, *, count: int, seconds_each: float, characters: int) -> list[Approved]:
    return [Approved(now + timedelta(seconds=seconds_each * number), characters) for number in range(count)]


@pytest.mark.parametrize(
    ("count", "seconds_each", "characters", "found"),
    [
        (15, 0.2, 30, Hurry(approvals=15, seconds=3)),
        (5, 1.5, 0, Hurry(approvals=5, seconds=6)),
        (3, 10, 1000, Hurry(approvals=3, seconds=20)),
        (3, 0, 1, Hurry(approvals=3, seconds=1)),
        (3, 1, 41, Hurry(approvals=3, seconds=2)),
        (6, 1.9, 0, Hurry(approvals=6, seconds=10)),
    ],
)
def test_a_pace_that_nobody_reads_at_is_noticed(
    now: datetime, count: int, seconds_each: float, characters: int, found: Hurry
) -> None:
    made = run(now, count=count, seconds_each=seconds_each, characters=characters)

    assert hurry(made) == found


@pytest.mark.parametrize(
    ("count", "seconds_each", "characters"),
    [(1, 0, 9000), (2, 1, 9000), (4, 0.5, 5), (12, 4, 60), (6, 10, 300), (30, 2, 10), (3, 1, 40), (4, 1, 0)],
)
def test_who_can_have_read_is_not_disturbed(now: datetime, count: int, seconds_each: float, characters: int) -> None:
    assert hurry(run(now, count=count, seconds_each=seconds_each, characters=characters)) is None


def test_of_a_run_only_what_came_too_fast_is_counted(now: datetime) -> None:
    slow = [Approved(now - timedelta(minutes=5), 0), Approved(now - timedelta(minutes=2), 0)]

    assert hurry([*slow, *run(now, count=5, seconds_each=1, characters=0)]) == Hurry(approvals=5, seconds=4)


@pytest.fixture
def three(make_item: Callable[..., Item]) -> list[Item]:
    return [make_item(url=f"http://a.example/{number}.html", text="字" * 500) for number in range(3)]


def test_the_pace_is_that_of_one_person(
    database: Database,
    three: list[Item],
    make_user: Callable[..., User],
    move_on: Callable[..., Decision],
    now: datetime,
) -> None:
    for item in three[:2]:
        move_on(item, Move.APPROVE, who=make_user(f"编辑{item.id}"))

    assert hurry_of(database, "编辑甲", characters=500, now=now + timedelta(seconds=2)) is None


def test_a_batch_asks_for_itself_and_is_no_pace(
    database: Database, three: list[Item], make_user: Callable[..., User], now: datetime
) -> None:
    editor = make_user()
    picks = [Pick(item=item.id, version=1, state=State.PENDING) for item in three]
    desk.batch(database, picks=picks, move=Move.APPROVE, who=editor, why="", now=now)

    assert hurry_of(database, editor.name, characters=500, now=now + timedelta(seconds=2)) is None


def test_approvals_one_by_one_are_counted_for_a_minute(
    database: Database,
    three: list[Item],
    make_user: Callable[..., User],
    move_on: Callable[..., Decision],
    now: datetime,
) -> None:
    editor = make_user()
    for item in three:
        move_on(item, Move.APPROVE, who=editor)

    at_once = hurry_of(database, editor.name, characters=500, now=now + timedelta(seconds=2))
    later = hurry_of(database, editor.name, characters=500, now=now + timedelta(seconds=61))

    assert (at_once, later) == (Hurry(approvals=4, seconds=2), None)
