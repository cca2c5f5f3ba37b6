"""docs/architecture.md, docs/whitelist.md: their tables of states are those that the code reads."""

import re
from pathlib import Path

from config.words import WhitelistStatus
from indexer.review.records import Move, State
from indexer.review.states import ALLOWED, NEEDS_REASON
from indexer.whitelist import states
from indexer.whitelist.states import Origin, WhitelistMove

DOCS = Path(__file__).resolve().parents[2] / "docs"
TEXT = (DOCS / "architecture.md").read_text(encoding="utf-8")
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


def test_the_table_of_the_whitelist_is_that_of_the_code() -> None:
    section = (DOCS / "whitelist.md").read_text(encoding="utf-8").split("## Which moves are open")[1].split("## ")[0]
    head, _, *rows = [line.strip("| ").split("|") for line in section.splitlines() if line.startswith("|")]
    moves = [WhitelistMove(cell.strip()) for cell in head[1:]]
    written = {
        (WhitelistStatus(row[0].strip()) if "new" not in row[0] else None, move): cell.strip()
        for row in rows
        for move, cell in zip(moves, [*row[1:], *[""] * (len(moves) + 1 - len(row))], strict=True)
        if cell.strip()
    }
    origins = {
        frozenset(Origin): "",
        frozenset({Origin.PERSON}): ": by a person",
        frozenset({Origin.FILE}): ": by a file",
    }

    assert written == {key: f"{found.after}{origins[found.origins]}" for key, found in states.ALLOWED.items()}
