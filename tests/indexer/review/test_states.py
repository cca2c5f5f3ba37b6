"""The table of moves, and the decision each makes."""

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


@pytest.mark.parametrize(("state", "move"), [(State.PENDING, Move.REJECT), (State.APPROVED, Move.WITHDRAW)])
def test_a_move_against_an_item_needs_a_reason(state: State, move: Move) -> None:
    with pytest.raises(MoveRefused) as refused:
        decided(state, move, why=" \n")

    assert refused.value.problem is MoveProblem.REASON_MISSING


@pytest.mark.parametrize("problem", list(MoveProblem))
def test_every_refusal_has_its_words(problem: MoveProblem) -> None:
    assert str(MoveRefused(problem, item="i")) == states.WORDS[problem]
