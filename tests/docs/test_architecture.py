"""docs/architecture.md: its table of states is the one that the code reads."""

import re
from pathlib import Path

from indexer.items import Move, State
from indexer.review.states import ALLOWED, NEEDS_REASON

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "architecture.md").read_text(encoding="utf-8")
MOVES = (Move.APPROVE, Move.HOLD, Move.REJECT, Move.WITHDRAW, Move.EDIT)


def test_the_table_of_states_is_that_of_the_code() -> None:
    rows = re.findall(r"^\| (\w+) \|(.*)\|$", TEXT.split("## 5.")[1].split("## 6.")[0], re.M)
    written = {
        (State(state), move): cell.split(":")[0].strip()
        for state, cells in rows
        if state != "from"
        for move, cell in zip(MOVES, cells.split("|"), strict=True)
        if cell.strip()
    }
    of_pending = {(State.PENDING, Move.EDIT): "pending"}  # no decision: nobody has decided yet

    assert written == {key: after.value for key, after in ALLOWED.items()} | of_pending


def test_the_moves_that_need_a_reason_are_those_of_the_code() -> None:
    [named] = re.findall(r"\*\*A reason\*\* is needed to ([a-z, ]+):", TEXT)

    assert {Move(word.strip()) for word in named.split(",")} == NEEDS_REASON
