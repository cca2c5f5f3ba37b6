"""Choosing which version speaks, and back again."""

from collections.abc import Callable
from datetime import datetime

import pytest

from indexer.base.changes import ChangeKind
from indexer.people.accounts import User
from indexer.records import ledger
from indexer.records.database import Database
from indexer.records.tagger_versions import Standing
from indexer.understanding.learning.live import live_number
from indexer.understanding.learning.versions import SHIPPED, VersionRefused, activate, rollback
from tests.tagger_versions import keep_version


@pytest.fixture
def _three(database: Database) -> None:
    """Versions 1 to 3, of which 3 is live and 2 never was; the weights of 4 are not those that were written."""
    for number, standing in ((1, Standing.LIVE), (2, Standing.WAITING), (3, Standing.LIVE), (4, Standing.WAITING)):
        digest = None if number < 4 else "damaged"
        keep_version(database, number, standing=standing, weights=bytes([number]), digest=digest)


@pytest.mark.usefixtures("_three")
def test_it_goes_back_to_the_one_that_was_live_before_and_then_to_what_ships(
    database: Database, make_user: Callable[..., User], now: datetime
) -> None:
    by = make_user().actor

    assert [rollback(database, by=by, now=now) for _ in range(2)] == [1, SHIPPED]
    assert live_number(database) is None
    with pytest.raises(VersionRefused):
        rollback(database, by=by, now=now)


@pytest.mark.usefixtures("_three")
def test_whoever_makes_one_live_stands_in_the_ledger_once(
    database: Database, make_user: Callable[..., User], now: datetime
) -> None:
    by = make_user("管理员").actor

    for _ in range(2):
        activate(database, 2, by=by, now=now)

    assert live_number(database) == 2
    with database.reading() as tx:
        rows = ledger.recent(tx, [ChangeKind.TAGGER_ACTIVATED], limit=9)
    assert [(row.subject, row.who) for row in rows] == [("2", "管理员")]


@pytest.mark.usefixtures("_three")
@pytest.mark.parametrize("number", [4, 9])
def test_one_that_is_damaged_or_unknown_is_refused(
    database: Database, make_user: Callable[..., User], now: datetime, number: int
) -> None:
    with pytest.raises(VersionRefused):
        activate(database, number, by=make_user().actor, now=now)

    assert live_number(database) == 3
