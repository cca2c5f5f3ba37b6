"""Versions of what was learned: one at most is live."""

from datetime import datetime

from indexer.records import tagger_versions
from indexer.records.database import Database
from indexer.records.tagger_versions import Standing, TaggerVersion


def make(number: int, standing: Standing, now: datetime) -> TaggerVersion:
    return TaggerVersion(
        number=number,
        standing=standing,
        embedder="m",
        digest=f"d{number}",
        lessons=20,
        held_back=4,
        score=0.75,
        score_before=0.5,
        learned_to=7,
        who="operator",
        made_at=now,
    )


def standings(database: Database) -> dict[int, Standing]:
    with database.reading() as tx:
        return {one.number: one.standing for one in tagger_versions.newest_first(tx)}


def test_a_version_that_goes_live_puts_the_one_before_to_rest(database: Database, now: datetime) -> None:
    for number, standing in ((1, Standing.LIVE), (2, Standing.WAITING), (3, Standing.LIVE)):
        with database.transaction() as tx:
            assert tagger_versions.next_number(tx) == number
            tagger_versions.add(tx, make(number, standing, now), weights=bytes([number]))

    assert standings(database) == {3: Standing.LIVE, 2: Standing.WAITING, 1: Standing.RESTING}
    with database.transaction() as tx:
        tagger_versions.activate(tx, 1)
    assert standings(database) == {3: Standing.RESTING, 2: Standing.WAITING, 1: Standing.LIVE}
    with database.transaction() as tx:
        assert tagger_versions.live(tx) == tagger_versions.version(tx, 1) == make(1, Standing.LIVE, now)
        assert tagger_versions.weights(tx, 1) == b"\x01"
        tagger_versions.rest(tx)
        assert tagger_versions.live(tx) is None


def test_before_the_first_there_is_none(database: Database) -> None:
    with database.reading() as tx:
        assert tagger_versions.live(tx) is None
        assert tagger_versions.version(tx, 1) is None
        assert tagger_versions.weights(tx, 1) == b""
        assert tagger_versions.newest_first(tx) == []
