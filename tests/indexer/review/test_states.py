"""The table of moves, and the decision each makes."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from indexer.base.actors import Actor, ActorKind, operator
from indexer.base.ids import ChannelId, ClusterId, ItemId, UnitId
from indexer.catalogue.items import Item, ItemKind
from indexer.review import states
from indexer.review.records import Decision, Move, State
from indexer.review.states import ALLOWED, MoveProblem, MoveRefused

AT = datetime(2026, 9, 17, tzinfo=UTC)
EVERY = [(state, move) for state in State for move in Move]


def item(state: State, *, latest: int = 2, public: int | None = None) -> Item:
    return Item(
        id=ItemId("i"),
        unit=UnitId("u"),
        channel=ChannelId("c"),
        key="k",
        kind=ItemKind.ARTICLE,
        state=state,
        latest=latest,
        public=public,
        cluster=ClusterId("k"),
        created_at=AT,
    )


def decided(state: State, move: Move, *, public: int | None = None, why: str = "理由") -> Decision:
    return states.decide(item(state, public=public), move, decision="d", who=operator("甲"), why=why, at=AT)


@pytest.mark.parametrize(("state", "move"), list(ALLOWED))
def test_an_allowed_move_leads_where_the_table_says(state: State, move: Move) -> None:
    decision = decided(state, move)

    assert (decision.before, decision.after, decision.version) == (state, ALLOWED[state, move], 2)


@pytest.mark.parametrize(("state", "move"), [pair for pair in EVERY if pair not in ALLOWED])
def test_any_other_move_is_refused_with_the_moves_that_are_open(state: State, move: Move) -> None:
    with pytest.raises(MoveRefused) as refused:
        decided(state, move)

    assert refused.value.problem is MoveProblem.NOT_OPEN
    assert refused.value.open == states.open_moves(state)
    assert all((state, one) in ALLOWED for one in refused.value.open)


@pytest.mark.parametrize(
    ("state", "move", "public", "after"),
    [
        (State.PENDING, Move.APPROVE, None, 2),
        (State.CHANGED, Move.APPROVE, 1, 2),
        (State.CHANGED, Move.REJECT, 1, 1),
        (State.CHANGED, Move.WITHDRAW, 1, None),
        (State.APPROVED, Move.EDIT, 1, 1),
        (State.APPROVED, Move.WITHDRAW, 2, None),
        (State.PENDING, Move.HOLD, None, None),
    ],
)
def test_only_approval_makes_a_version_public_and_only_withdrawal_takes_it_away(
    state: State, move: Move, public: int | None, after: int | None
) -> None:
    assert decided(state, move, public=public).public_after == after


@pytest.mark.parametrize("state", [State.APPROVED, State.CHANGED, State.WITHDRAWN, State.HELD])
def test_the_collector_alone_edits(state: State) -> None:
    assert Move.EDIT not in states.open_moves(state)


AGAINST = [(State.PENDING, Move.REJECT), (State.APPROVED, Move.WITHDRAW), (State.PENDING, Move.HOLD)]


@pytest.mark.parametrize(("state", "move"), AGAINST)
@pytest.mark.parametrize("why", ["", " \n", "\u200b\u2060", "\u3164", "\u2800 \u00ad", "……"])
def test_a_move_against_an_item_needs_a_reason_that_can_be_read(state: State, move: Move, why: str) -> None:
    with pytest.raises(MoveRefused) as refused:
        decided(state, move, why=why)

    assert refused.value.problem is MoveProblem.REASON_MISSING


def test_a_reason_is_kept_as_it_is_seen() -> None:
    assert decided(State.PENDING, Move.HOLD, why="\u200b 等单位\n回复\u202e ").why == "等单位 回复"


def row(number: int, move: Move, after: State, *, why: str = "", undoes: str | None = None) -> Decision:
    made = decided(State.PENDING, Move.APPROVE)
    return replace(made, id=f"d{number}", version=1, move=move, after=after, why=why, undoes=undoes)


HELD = row(1, Move.HOLD, State.HELD, why="等回复")


@pytest.mark.parametrize(
    "later",
    [
        [],
        [row(2, Move.EDIT, State.HELD)],
        [row(2, Move.APPROVE, State.APPROVED, why="好"), row(3, Move.UNDO, State.HELD, undoes="d2")],
    ],
)
def test_the_reason_of_a_state_is_that_of_the_move_which_led_there(later: list[Decision]) -> None:
    assert states.reason_that_holds([HELD, *later]) == "等回复"


def test_where_nothing_was_decided_there_is_no_reason() -> None:
    assert states.reason_that_holds([]) == ""
    assert states.reason_that_holds([row(1, Move.EDIT, State.PENDING, why="x")]) == ""


def test_a_decision_is_a_whole_row() -> None:
    made = states.decide(
        item(State.CHANGED, public=1),
        Move.APPROVE,
        decision="d9",
        who=Actor(kind=ActorKind.PERSON, id="p1", name="甲"),
        why="好",
        at=AT,
        rules=("ad@3",),
        batch="b",
    )

    assert made == Decision(
        id="d9", item=ItemId("i"), version=2, move=Move.APPROVE, before=State.CHANGED, after=State.APPROVED,
        public_before=1, public_after=2, who="甲", why="好", at=AT, rules=("ad@3",), undoes=None, batch="b",
        actor_kind=ActorKind.PERSON, actor_id="p1",
    )  # fmt: skip


def test_taking_back_is_a_whole_row_that_restores_what_stood_before() -> None:
    undone = replace(decided(State.CHANGED, Move.APPROVE, public=1), version=1)

    made = states.take_back(item(State.APPROVED, public=2), undone, decision="d9", who=operator("乙"), at=AT, batch="b")

    assert made == Decision(
        id="d9", item=ItemId("i"), version=1, move=Move.UNDO, before=State.APPROVED, after=State.CHANGED,
        public_before=2, public_after=1, who="乙", why="", at=AT, rules=(), undoes="d", batch="b",
        actor_kind=ActorKind.OPERATOR, actor_id="乙",
    )  # fmt: skip


UNDONE = row(3, Move.UNDO, State.HELD, undoes="d2")


@pytest.mark.parametrize(
    ("made", "last"),
    [
        ([], None),
        ([HELD], HELD),
        ([HELD, row(2, Move.APPROVE, State.APPROVED)], row(2, Move.APPROVE, State.APPROVED)),
        ([HELD, row(2, Move.APPROVE, State.APPROVED), UNDONE], HELD),
        ([HELD, row(2, Move.EDIT, State.HELD)], None),
    ],
)
def test_the_last_decision_that_holds_is_no_undo_and_was_not_undone(
    made: list[Decision], last: Decision | None
) -> None:
    assert states.last_holding(made) == last


@pytest.mark.parametrize(
    ("version", "state", "since"),
    [
        (1, State.HELD, ["d2", "d3", "d4"]),
        (1, State.APPROVED, ["d3", "d4"]),
        (2, State.CHANGED, ["d4"]),
        (2, State.APPROVED, []),
        (1, State.PENDING, ["d1", "d2", "d3", "d4"]),  # as it came in: no decision led there
        (2, State.WITHDRAWN, ["d4"]),  # it never stood there: at least the last one is told
    ],
)
def test_since_somebody_looked_is_since_the_item_last_stood_so(version: int, state: State, since: list[str]) -> None:
    made = [
        HELD,
        row(2, Move.APPROVE, State.APPROVED),
        replace(row(3, Move.EDIT, State.CHANGED), version=2),
        replace(row(4, Move.APPROVE, State.APPROVED), version=2),
    ]

    assert [one.id for one in states.since_seen(made, version=version, state=state)] == since


def test_an_undo_of_something_older_is_told_with_what_came_meanwhile() -> None:
    made = [HELD, row(2, Move.APPROVE, State.APPROVED), row(3, Move.UNDO, State.PENDING, undoes="d1")]

    assert [one.id for one in states.since_made(made, made[1])] == ["d3"]


def test_of_several_reasons_the_last_one_holds() -> None:
    rejected = row(2, Move.REJECT, State.REJECTED, why="图片不清")
    approved = row(3, Move.APPROVE, State.APPROVED, why="")

    assert states.reason_that_holds([HELD, rejected]) == "图片不清"
    assert states.reason_that_holds([HELD, rejected, approved]) == ""


def test_what_was_taken_back_again_did_not_happen_meanwhile() -> None:
    later = [
        row(2, Move.APPROVE, State.APPROVED),
        row(3, Move.UNDO, State.HELD, undoes="d2"),
        row(4, Move.REJECT, State.REJECTED),
    ]

    assert [one.id for one in states.since_made([HELD, *later], HELD)] == ["d4"]


@pytest.mark.parametrize("problem", list(MoveProblem))
def test_every_refusal_has_its_words(problem: MoveProblem) -> None:
    assert str(MoveRefused(problem, item="i")) == states.WORDS[problem]
