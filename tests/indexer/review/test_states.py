"""The table of moves, and the decision each makes."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from indexer.items import ChannelId, ClusterId, Decision, Item, ItemId, ItemKind, Move, State, UnitId
from indexer.review import states
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
    return states.decide(item(state, public=public), move, decision="d", who="甲", why=why, at=AT)


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
