"""indexer.review.desk: what was decided is taken back, by whom and how long."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate, Item
from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.records import outbox
from indexer.records.database import Database
from indexer.review import desk
from indexer.review.records import Decision, Move, State
from indexer.review.states import MoveProblem, MoveRefused
from tests.indexer.review.standing import stands


@pytest.fixture
def editor(make_user: Callable[..., User]) -> User:
    return make_user()


@pytest.fixture
def move(editor: User, move_on: Callable[..., Decision]) -> Callable[..., Decision]:
    """Make a move as the editor, with a reason."""
    return lambda item, move: move_on(item, move, who=editor, why="理由")


@pytest.fixture
def person(editor: User, make_user: Callable[..., User]) -> Callable[..., User]:
    """Give the editor who decided where no role is named, else somebody else of that role."""
    return lambda name, role: make_user(name, role=role) if role else editor


def test_undo_restores_what_stood_before_and_tells_search(
    database: Database, make_item: Callable[..., Item], editor: User, move: Callable[..., Decision], now: datetime
) -> None:
    item = make_item()
    hold, approval = move(item, Move.HOLD), move(item, Move.APPROVE)

    undone = desk.undo(database, item=item.id, decision=approval.id, who=editor, now=now)
    held = stands(database, item)
    desk.undo(database, item=item.id, decision=hold.id, who=editor, now=now)

    assert (undone.move, undone.after, undone.public_after) == (Move.UNDO, State.HELD, None)
    assert (held, stands(database, item)) == ((State.HELD, None), (State.PENDING, None))
    with database.reading() as tx:
        assert outbox.depth(tx) == 2


def test_nothing_is_left_to_undo_after_all_was_undone(
    database: Database, make_item: Callable[..., Item], editor: User, move: Callable[..., Decision], now: datetime
) -> None:
    item = make_item()
    hold = move(item, Move.HOLD)
    desk.undo(database, item=item.id, decision=hold.id, who=editor, now=now)

    with pytest.raises(MoveRefused) as refused:
        desk.undo(database, item=item.id, decision=hold.id, who=editor, now=now)

    assert refused.value.problem is MoveProblem.NOTHING_TO_UNDO
    assert [(one.move, one.who) for one in refused.value.meanwhile] == [(Move.UNDO, editor.name)]


def test_a_decision_about_an_older_text_is_not_undone(
    database: Database,
    make_item: Callable[..., Item],
    make_candidate: Callable[..., Candidate],
    editor: User,
    move: Callable[..., Decision],
    now: datetime,
) -> None:
    item = make_item()
    move(item, Move.APPROVE)
    withdrawal = move(item, Move.WITHDRAW)
    take_in(database, make_candidate(text="改过的正文"), now=now)

    with pytest.raises(MoveRefused) as refused:
        desk.undo(database, item=item.id, decision=withdrawal.id, who=editor, now=now)

    assert refused.value.problem is MoveProblem.NOTHING_TO_UNDO
    assert [one.move for one in refused.value.meanwhile] == [Move.EDIT]
    assert stands(database, item) == (State.WITHDRAWN, None)


@pytest.mark.parametrize(("name", "role", "minutes"), [("编辑甲", None, 30), ("管理员", Role.ADMIN, 10_000)])
def test_one_undoes_ones_own_decision_for_half_an_hour_and_an_admin_any(
    database: Database,
    make_item: Callable[..., Item],
    person: Callable[..., User],
    move: Callable[..., Decision],
    now: datetime,
    name: str,
    role: Role | None,
    minutes: int,
) -> None:
    item = make_item()
    hold = move(item, Move.HOLD)

    desk.undo(database, item=item.id, decision=hold.id, who=person(name, role), now=now + timedelta(minutes=minutes))

    assert stands(database, item) == (State.PENDING, None)


@pytest.mark.parametrize(("name", "role", "minutes"), [("编辑甲", None, 31), ("编辑乙", Role.EDITOR, 1)])
def test_an_older_decision_or_another_persons_is_not_undone(
    database: Database,
    make_item: Callable[..., Item],
    person: Callable[..., User],
    move: Callable[..., Decision],
    now: datetime,
    name: str,
    role: Role | None,
    minutes: int,
) -> None:
    item = make_item()
    hold = move(item, Move.HOLD)

    with pytest.raises(MoveRefused) as refused:
        desk.undo(
            database, item=item.id, decision=hold.id, who=person(name, role), now=now + timedelta(minutes=minutes)
        )

    assert refused.value.problem is MoveProblem.UNDO_TOO_LATE


def test_another_decision_that_came_meanwhile_is_not_undone_instead(
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    editor: User,
    move: Callable[..., Decision],
    move_on: Callable[..., Decision],
    now: datetime,
) -> None:
    item = make_item()
    own = move(item, Move.HOLD)
    move_on(item, Move.APPROVE, who=make_user("编辑乙"))

    with pytest.raises(MoveRefused) as refused:
        desk.undo(database, item=item.id, decision=own.id, who=editor, now=now)

    assert refused.value.problem is MoveProblem.STALE
    assert [(one.move, one.who) for one in refused.value.meanwhile] == [(Move.APPROVE, "编辑乙")]
    assert stands(database, item) == (State.APPROVED, 1)


def test_a_decision_of_another_item_is_not_undone(
    database: Database, make_item: Callable[..., Item], editor: User, move: Callable[..., Decision], now: datetime
) -> None:
    item, other = make_item(), make_item(url="http://a.example/art/2.html")
    move(item, Move.HOLD)
    named = move(other, Move.HOLD)

    with pytest.raises(MoveRefused) as refused:
        desk.undo(database, item=item.id, decision=named.id, who=editor, now=now)

    assert refused.value.problem is MoveProblem.NOTHING_TO_UNDO
    assert stands(database, item) == (State.HELD, None)
