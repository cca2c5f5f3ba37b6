"""indexer.base.changes: every kind of change is of accounts or of rules, and a row names who made it."""

from datetime import datetime

import pytest

from indexer.base.actors import COLLECTOR, Actor, ActorKind
from indexer.base.changes import OF_ACCOUNTS, OF_PIECES, OF_RULES, OF_TAGS, Change, ChangeKind


def test_every_kind_is_listed_once_under_accounts_or_under_rules() -> None:
    assert sorted((*OF_ACCOUNTS, *OF_PIECES, *OF_RULES, *OF_TAGS)) == sorted(ChangeKind)


@pytest.mark.parametrize(
    ("kind", "id", "who", "actor"),
    [
        (ActorKind.OPERATOR, "运维", "运维", Actor(kind=ActorKind.OPERATOR, id="运维", name="运维")),
        (None, None, "管理员甲", Actor(kind=ActorKind.PERSON, id="", name="管理员甲")),
        (None, None, COLLECTOR.name, COLLECTOR),
    ],
)
def test_a_change_names_who_made_it(
    kind: ActorKind | None, id: str | None, who: str, actor: Actor, now: datetime
) -> None:
    change = Change(
        id="1", kind=ChangeKind.POLICY_LOADED, subject="policy", who=who, actor_kind=kind, actor_id=id, at=now
    )

    assert change.actor == actor
    assert dict(change.facts) == {}
