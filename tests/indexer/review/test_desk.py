"""The use cases of review on a real database."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from indexer.accounts import Role, User
from indexer.intake import take_in
from indexer.items import Candidate, Decision, Finding, Item, ItemId, Move, Severity, State, UnitId
from indexer.records import decisions, items, outbox
from indexer.records.database import Database
from indexer.review import desk
from indexer.review.states import MoveProblem, MoveRefused

FINDING = Finding(
    rule="words.ad", rule_version=3, severity=Severity.LOW, where="title", start=0, end=1, excerpt="月", message="核对"
)


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


def stands(database: Database, item: Item) -> tuple[State, int | None]:
    with database.reading() as tx:
        found = items.item(tx, item.id)
    assert found is not None
    return found.state, found.public


def test_an_approval_is_a_decision_with_the_rules_seen_and_a_note_to_search(
    database: Database, make_item: Callable[..., Item], editor: User, now: datetime
) -> None:
    item = make_item(findings=(FINDING,))

    decision = desk.decide(
        database, item=item.id, version=1, state=State.PENDING, move=Move.APPROVE, who=editor, why="", now=now
    )

    assert (decision.rules, decision.who, decision.at) == (("words.ad@3",), editor.name, now)
    assert stands(database, item) == (State.APPROVED, 1)
    with database.reading() as tx:
        assert decisions.of_item(tx, item.id) == [decision]
        assert [waiting for _, waiting in outbox.waiting(tx, limit=5)] == [item.id]


def test_a_rejected_edit_leaves_the_approved_text_public(
    database: Database,
    make_item: Callable[..., Item],
    make_candidate: Callable[..., Candidate],
    move: Callable[..., Decision],
    now: datetime,
) -> None:
    item = make_item()
    move(item, Move.APPROVE)
    take_in(database, make_candidate(text="改过的正文"), now=now)

    move(item, Move.REJECT)

    assert stands(database, item) == (State.APPROVED, 1)


def test_a_version_that_is_no_longer_the_newest_is_refused(
    database: Database,
    make_item: Callable[..., Item],
    make_candidate: Callable[..., Candidate],
    editor: User,
    now: datetime,
) -> None:
    item = make_item()
    take_in(database, make_candidate(text="改过的正文"), now=now)

    with pytest.raises(MoveRefused) as refused:
        desk.decide(
            database, item=item.id, version=1, state=State.PENDING, move=Move.APPROVE, who=editor, why="", now=now
        )

    assert refused.value.problem is MoveProblem.STALE
    assert stands(database, item) == (State.PENDING, None)


def test_a_state_that_moved_since_the_editor_looked_is_refused(
    database: Database, make_item: Callable[..., Item], editor: User, move: Callable[..., Decision], now: datetime
) -> None:
    item = make_item()
    move(item, Move.HOLD)

    with pytest.raises(MoveRefused) as refused:
        desk.decide(
            database,
            item=item.id,
            version=1,
            state=State.PENDING,
            move=Move.APPROVE,
            who=editor,
            why="",
            now=now,
        )

    assert refused.value.problem is MoveProblem.STALE


def test_nothing_is_approved_before_the_checks_ran(
    database: Database,
    make_item: Callable[..., Item],
    make_candidate: Callable[..., Candidate],
    editor: User,
    now: datetime,
) -> None:
    item = make_item()
    take_in(database, make_candidate(text="改过的正文"), now=now)

    with pytest.raises(MoveRefused) as refused:
        desk.decide(
            database, item=item.id, version=2, state=State.PENDING, move=Move.APPROVE, who=editor, why="", now=now
        )

    assert refused.value.problem is MoveProblem.NOT_UNDERSTOOD


def test_an_unknown_item_is_refused(database: Database, editor: User, now: datetime) -> None:
    with pytest.raises(MoveRefused) as refused:
        desk.undo(database, item=ItemId("nothing"), decision="nothing", who=editor, now=now)

    assert refused.value.problem is MoveProblem.UNKNOWN_ITEM


def test_a_unit_withdraws_its_own_items_only(
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    move: Callable[..., Decision],
    now: datetime,
) -> None:
    item = make_item()
    move(item, Move.APPROVE)
    own = make_user("本单位", role=Role.UNIT, unit=item.unit)
    stranger = User(id=own.id, name="外单位", role=Role.UNIT, unit=UnitId("unit-b"))

    with pytest.raises(MoveRefused) as refused:
        desk.decide(
            database,
            item=item.id,
            version=1,
            state=State.APPROVED,
            move=Move.WITHDRAW,
            who=stranger,
            why="请撤下",
            now=now,
        )
    desk.decide(
        database, item=item.id, version=1, state=State.APPROVED, move=Move.WITHDRAW, who=own, why="请撤下", now=now
    )

    assert refused.value.problem is MoveProblem.NOT_YOURS
    assert stands(database, item) == (State.WITHDRAWN, None)


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
