"""indexer.understanding.switches: a switch is a row of the ledger, and no rule goes live without its replay."""

from collections.abc import Callable
from datetime import datetime

import numpy as np
import pytest

from config.policy import LikeRule, Policy
from config.words import Severity
from indexer.base.changes import ChangeKind
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import ledger
from indexer.records.database import Database
from indexer.review.records import Decision, Move
from indexer.understanding.policies.check import NO_MEANING, Meaning
from indexer.understanding.switched import switched
from indexer.understanding.switches import FILE, SwitchRefused, note_replay, switch
from tests.indexer.understanding.ruled import policy, rule
from tests.operators import OPERATOR

RULES = policy(rule("sale", "特价"), rule("new", "旧书", draft=True))


@pytest.fixture
def rejected(make_item: Callable[..., Item], make_user: Callable[..., User], move_on: Callable[..., Decision]) -> Item:
    item = make_item(text="特价旧书" * 20)
    move_on(item, Move.REJECT, who=make_user(), why="理由")
    return item


def test_a_draft_goes_live_with_its_replay_in_the_ledger(database: Database, rejected: Item, now: datetime) -> None:
    said = switch(database, RULES, "new", on=True, why=" 看过回放 ", by=OPERATOR, now=now)

    assert said is not None
    assert [one.item for one in said.sample] == [rejected.id]
    with database.reading() as tx:
        row = ledger.last_of(tx, ChangeKind.RULE_SWITCHED, "new")
        assert switched(tx) == {"new": True}
    assert row is not None
    assert (row.facts["reason"], row.facts["replay_pieces"], row.facts["replay_refused"]) == ("看过回放", "1", "1")


def test_a_rule_by_examples_goes_live_with_a_replay_over_the_vectors_that_are_kept(
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    move_on: Callable[..., Decision],
    now: datetime,
) -> None:
    like = LikeRule(id="l", version=1, severity=Severity.NOTE, message="看", basis="法", like=("算命改运",), draft=True)
    near, _far = np.eye(2, dtype=np.float32)
    move_on(make_item(title="今年的运势", vector=near.tobytes()), Move.REJECT, who=make_user(), why="理由")
    asked: list[Policy] = []

    def meaning_of(rules: Policy) -> Meaning:
        asked.append(rules)
        return Meaning({"算命改运": near}, embedder="none")

    both = policy(like, rule("sale", "特价"))
    said = switch(database, both, "l", on=True, why="看过", by=OPERATOR, now=now, meaning_of=meaning_of)
    switch(database, both, "l", on=False, why="误报多", by=OPERATOR, now=now, meaning_of=meaning_of)

    assert said is not None
    assert (said.pieces, said.found, said.right) == (1, 1, 1)
    assert [one.rules for one in asked] == [(like,)]


def test_the_last_switch_counts(database: Database, now: datetime) -> None:
    assert switch(database, RULES, "sale", on=False, why="误报多", by=OPERATOR, now=now) is None
    switch(database, RULES, "sale", on=True, why="改好了", by=OPERATOR, now=now)

    with database.reading() as tx:
        assert switched(tx) == {"sale": True}


@pytest.mark.parametrize(
    ("name", "on", "why", "words"),
    [
        ("none", True, "理由", "no rule of the policy"),
        ("sale", False, " \u200b", "without a reason"),
        ("sale", True, "理由", "on already"),
        ("new", False, "理由", "off already"),
    ],
)
def test_what_cannot_be_switched_is_refused_and_leaves_nothing(
    database: Database, now: datetime, name: str, on: bool, why: str, words: str
) -> None:
    with pytest.raises(SwitchRefused, match=words):
        switch(database, RULES, name, on=on, why=why, by=OPERATOR, now=now)

    with database.reading() as tx:
        assert switched(tx) == {}


def test_rules_that_were_never_live_in_this_form_are_replayed_once(
    database: Database, rejected: Item, now: datetime
) -> None:
    first = note_replay(database, RULES, by=OPERATOR, now=now)
    again = note_replay(database, RULES, by=OPERATOR, now=now)
    changed = policy(rule("sale", "特价", version=2), *RULES.rules[1:])
    other = note_replay(database, changed, by=OPERATOR, now=now)

    assert [[one.rule for one in said] for said in (first, again, other)] == [["sale", "new"], [], ["sale"]]
    with database.reading() as tx:
        row = ledger.last_of(tx, ChangeKind.RULES_REPLAYED, FILE)
    assert row is not None
    assert row.facts["sale"].startswith("2:")
    assert row.facts["sale"].endswith("|1/1|+1-0")


def test_a_replay_before_rules_are_live_asks_for_what_new_ones_need_and_for_nothing_again(
    database: Database, rejected: Item, now: datetime
) -> None:
    asked: list[Policy] = []

    def meaning_of(policy: Policy) -> Meaning:
        asked.append(policy)
        return NO_MEANING

    for _ in range(2):
        note_replay(database, RULES, by=OPERATOR, now=now, meaning_of=meaning_of)

    assert [one.rules for one in asked] == [RULES.rules]


def test_of_records_without_decisions_nothing_is_noted(database: Database, now: datetime) -> None:
    assert note_replay(database, RULES, by=OPERATOR, now=now) == []
