"""What editors said of pairs of items, as the records keep it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from indexer.base.actors import ActorKind
from indexer.catalogue.items import Item
from indexer.records import rulings
from indexer.records.database import Database
from indexer.understanding.duplicates.rulings import Ruling


def test_the_last_word_on_a_pair_counts_and_is_found_by_either(
    database: Database, make_item: Callable[..., Item], now: datetime
) -> None:
    a, b, c = (make_item(url=f"http://a.example/{number}.html").id for number in range(3))

    def ruling(*pair: str, is_same: bool, hours: int = 0) -> Ruling:
        at, (one, other) = now + timedelta(hours=hours), sorted(pair)
        person = {"who": "示例编辑", "actor_kind": ActorKind.PERSON, "actor_id": "u1"}
        return Ruling(item=one, other=other, is_same=is_same, at=at, **person)  # type: ignore[arg-type]  # of the test

    with database.transaction() as tx:
        rulings.rule(tx, ruling(a, b, is_same=False))
        rulings.rule(tx, ruling(b, c, is_same=False))
        rulings.rule(tx, ruling(a, b, is_same=True, hours=1))

    with database.reading() as tx:
        assert rulings.touching(tx, [b]) == [ruling(a, b, is_same=True, hours=1), ruling(b, c, is_same=False)]
        assert rulings.touching(tx, [a]) == [ruling(a, b, is_same=True, hours=1)]
        assert rulings.touching(tx, []) == []
