"""indexer.records.credentials: one row a name, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime

from indexer.records import credentials
from indexer.records.credentials import SealedCredential, SecretPlace
from indexer.records.database import Database

ONE = SealedCredential(
    name="weixin",
    place=SecretPlace.QUERY,
    field="access_token",
    hosts=("api.weixin.qq.com", "a.example:8443"),
    sealed="gAAAAA",
    set_at=datetime(2026, 9, 17, tzinfo=UTC),
)


def test_a_credential_is_read_back_and_replaced_by_its_name(database: Database) -> None:
    newer = replace(ONE, sealed="gBBBBB", place=SecretPlace.JSON)
    with database.transaction() as tx:
        credentials.save(tx, ONE)
        credentials.save(tx, replace(ONE, name="a"))
        credentials.save(tx, newer)

    with database.reading() as tx:
        assert credentials.sealed(tx, "weixin") == newer
        assert [each.name for each in credentials.every(tx)] == ["a", "weixin"]


def test_a_credential_is_removed_once(database: Database) -> None:
    with database.transaction() as tx:
        credentials.save(tx, ONE)
        removed = [credentials.remove(tx, "weixin"), credentials.remove(tx, "weixin")]

    assert removed == [True, False]
