"""The use cases of review on a real database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

import pytest

from config.words import Severity
from indexer.base.actors import COLLECTOR
from indexer.base.ids import ItemId, UnitId
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate, Item
from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.records import decisions, items, outbox
from indexer.records.database import Database
from indexer.review import desk
from indexer.review.records import Decision, Move, State
from indexer.review.states import MoveProblem, MoveRefused
from indexer.understanding.results import Finding
from indexer.whitelist.records import Channel
from tests.indexer.review.standing import stands

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


def test_a_piece_whose_source_is_gone_comes_down_by_the_collector_and_can_be_brought_back(
    database: Database,
    make_item: Callable[..., Item],
    move: Callable[..., Decision],
    make_user: Callable[..., User],
    now: datetime,
) -> None:
    item = make_item()
    with database.transaction() as tx:
        pending = items.locked(tx, item.id)
        assert pending is not None
        assert not desk.take_down(tx, pending, why="来源网页已不存在", now=now)
    move(item, Move.APPROVE)

    with database.transaction() as tx:
        public = items.locked(tx, item.id)
        assert public is not None
        assert desk.take_down(tx, public, why="来源网页已不存在", now=now)
    down = stands(database, item)
    with database.reading() as tx:
        last, told = decisions.of_item(tx, item.id)[-1], len(outbox.waiting(tx, limit=9))
    admin = make_user("管理员", role=Role.ADMIN)
    desk.undo(database, item=item.id, decision=last.id, who=admin, now=now)

    assert (last.actor, last.why, told) == (COLLECTOR, "来源网页已不存在", 2)
    assert (down, stands(database, item)) == ((State.WITHDRAWN, None), (State.APPROVED, 1))


HOLDING = replace(FINDING, rule="illegal", severity=Severity.HOLD)


def test_what_a_check_wants_held_is_approved_with_a_reason_alone(
    database: Database, make_item: Callable[..., Item], editor: User, now: datetime
) -> None:
    item = make_item(findings=(FINDING, HOLDING))
    approve = partial(
        desk.decide,
        database, item=item.id, version=1, state=State.PENDING, move=Move.APPROVE, who=editor, now=now,
    )  # fmt: skip

    with pytest.raises(MoveRefused) as refused:
        approve(why="\u200b")

    assert refused.value.problem is MoveProblem.ON_HOLD
    assert stands(database, item) == (State.PENDING, None)
    decision = approve(why="揭露骗局的文章")
    assert (decision.why, decision.rules) == ("揭露骗局的文章", ("words.ad@3", "illegal@3"))
    assert stands(database, item) == (State.APPROVED, 1)


def test_what_a_check_wants_held_is_in_no_batch_of_approvals(
    database: Database, make_item: Callable[..., Item], editor: User, channel: Channel, now: datetime
) -> None:
    held, other = make_item(findings=(HOLDING,)), make_item(url=f"{channel.address}/2.html")
    picks = [desk.Pick(item=one.id, version=1, state=State.PENDING) for one in (held, other)]

    asked = desk.refusals(database, picks=picks, move=Move.APPROVE, who=editor)
    done = desk.batch(database, picks=picks, move=Move.APPROVE, who=editor, why="都看过了", now=now)

    assert {item: one.problem for item, one in asked.items()} == {held.id: MoveProblem.ON_HOLD}
    assert [(one.item, one.decision is not None) for one in done] == [(held.id, False), (other.id, True)]
    assert desk.refusals(database, picks=picks[:1], move=Move.REJECT, who=editor) == {}
