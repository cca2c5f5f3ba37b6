"""indexer.understanding.switched: what stands is what was switched last."""

from datetime import datetime

from indexer.base.changes import Change, ChangeKind
from indexer.records import ledger
from indexer.records.database import Database
from indexer.understanding.switched import OFF, ON, STATE, switched


def test_the_newest_row_of_each_rule_counts(database: Database, now: datetime) -> None:
    with database.transaction() as tx:
        for number, (rule, state) in enumerate((("a", OFF), ("b", OFF), ("a", ON))):
            ledger.append(
                tx,
                Change(
                    id=f"c{number}", kind=ChangeKind.RULE_SWITCHED, subject=rule, facts={STATE: state},
                    who="甲", actor_kind=None, actor_id=None, at=now,
                ),
            )  # fmt: skip

        assert switched(tx) == {"a": True, "b": False}
