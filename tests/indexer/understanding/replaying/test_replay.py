"""indexer.understanding.replaying.replay: rules over past decisions."""

from collections.abc import Callable
from itertools import count

import numpy as np
import pytest

from config.policy import LikeRule
from config.words import Severity
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records.database import Database
from indexer.review.records import Decision, Move
from indexer.understanding.policies.check import Meaning
from indexer.understanding.replaying.replay import SAMPLE, replay
from indexer.understanding.results import Finding
from indexer.whitelist.records import Channel
from tests.indexer.understanding.ruled import policy, rule

GONE = Finding(
    rule="old", rule_version=1, severity=Severity.LOW, where="text", start=0, end=1, excerpt="旧", message="核对"
)


@pytest.fixture
def decide(
    make_item: Callable[..., Item], make_user: Callable[..., User], move_on: Callable[..., Decision], channel: Channel
) -> Callable[..., Item]:
    """Make a piece with that text, and decide on it."""
    editor, number = make_user(), count(2)

    def make(text: str, move: Move, **values: object) -> Item:
        item = make_item(text=text * 10, url=f"{channel.address}/{next(number)}.html", **values)
        move_on(item, move, who=editor, why="理由")
        return item

    return make


def test_what_a_rule_marks_is_held_against_what_editors_did(database: Database, decide: Callable[..., Item]) -> None:
    for text, move in (
        ("特价月饼", Move.REJECT),
        ("特价门票", Move.APPROVE),
        ("看月亮", Move.HOLD),
        ("星", Move.APPROVE),
    ):
        decide(text, move)

    (said,) = replay(database, policy(rule("sale", "特价")))

    assert (said.pieces, said.refused, said.found, said.right) == (4, 2, 2, 1)
    assert (said.precision, said.recall) == (0.5, 0.5)
    assert (said.appears, said.vanishes) == (2, 0)
    assert [(one.move, one.excerpt, one.is_flip) for one in said.sample] == [
        (Move.APPROVE, "特价", True),
        (Move.REJECT, "特价", True),
    ]


def test_what_a_rule_no_longer_finds_flips_too_and_comes_first(database: Database, decide: Callable[..., Item]) -> None:
    item = decide("看月亮", Move.HOLD, findings=(GONE,))
    for _ in range(SAMPLE + 1):
        decide("旧书", Move.APPROVE, findings=(GONE,))

    (said,) = replay(database, policy(rule("old", "旧")))

    assert (said.found, said.appears, said.vanishes) == (SAMPLE + 1, 0, 1)
    assert (said.sample[0].item, said.sample[0].excerpt, len(said.sample)) == (item.id, "", SAMPLE)


def test_rules_by_examples_are_replayed_over_the_vectors_that_are_kept(
    database: Database, decide: Callable[..., Item]
) -> None:
    like = LikeRule(id="l", version=1, severity=Severity.NOTE, message="看", basis="法", like=("算命改运",))
    near, far = np.eye(2, dtype=np.float32)
    decide("今年的运势", Move.REJECT, vector=near.tobytes())
    decide("看月亮", Move.APPROVE, vector=far.tobytes())

    (unasked,) = replay(database, policy(like))
    (said,) = replay(database, policy(like), meaning=Meaning({"算命改运": near}, embedder="none"))

    assert unasked.found == 0
    assert (said.pieces, said.found, said.right) == (2, 1, 1)


def test_without_decisions_there_is_nothing_to_say(database: Database, make_item: Callable[..., Item]) -> None:
    make_item()

    (said,) = replay(database, policy(rule("sale", "特价")))

    assert (said.pieces, said.precision, said.recall, said.sample) == (0, None, None, ())
