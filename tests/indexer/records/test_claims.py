"""indexer.records.claims: who is looking at an item, shown to others for a while."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from indexer.base.times import CLOCK_SLACK
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import claims
from indexer.records.claims import CLAIM
from indexer.records.database import Database


@pytest.mark.parametrize(
    ("later", "is_held"),
    [
        (timedelta(0), True),
        (CLAIM - timedelta(seconds=1), True),
        (CLAIM, False),
        (-CLOCK_SLACK, True),
        (-CLOCK_SLACK - timedelta(seconds=1), False),
    ],
)
def test_a_claim_holds_until_it_ends_and_one_of_a_wrong_clock_not_at_all(
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    now: datetime,
    later: timedelta,
    *,
    is_held: bool,
) -> None:
    item, user = make_item(), make_user()
    with database.transaction() as tx:
        assert claims.take(tx, item.id, user.id, now=now)
    with database.reading() as tx:
        assert claims.holder(tx, item.id, now=now + later) == (user.id if is_held else None)


def test_whoever_came_first_holds_the_item_until_they_let_it_go(
    database: Database, make_item: Callable[..., Item], make_user: Callable[..., User], now: datetime
) -> None:
    item, first, second = make_item(), make_user("甲"), make_user("乙")
    with database.transaction() as tx:
        assert claims.take(tx, item.id, first.id, now=now)
        assert not claims.take(tx, item.id, second.id, now=now)
        claims.drop(tx, item.id, holder=second.id)
        held = claims.holder(tx, item.id, now=now)
        claims.drop(tx, item.id, holder=first.id)

        assert (held, claims.holder(tx, item.id, now=now)) == (first.id, None)
