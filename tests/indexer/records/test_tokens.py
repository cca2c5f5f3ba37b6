"""indexer.records.tokens: a token is fetched by one, shared by all, and dropped only while it is the same."""

from datetime import UTC, datetime, timedelta

from indexer.records import tokens
from indexer.records.database import Database
from indexer.records.tokens import FETCH, SealedToken

NOW = datetime(2026, 9, 17, tzinfo=UTC)
NAME = "wechat:wx0123456789abcdef"
ONE = SealedToken(name=NAME, sealed="gAAAAA", expires_at=NOW + timedelta(hours=2), fetched_at=NOW)


def test_one_of_two_fetches_a_token_and_both_find_it(database: Database) -> None:
    with database.transaction() as tx:
        assert tokens.claim_fetch(tx, NAME, holder="a", now=NOW)
        assert not tokens.claim_fetch(tx, NAME, holder="b", now=NOW)
        assert tokens.token(tx, NAME) is None
        tokens.keep(tx, ONE)

    with database.transaction() as tx:
        assert tokens.token(tx, NAME) == ONE
        assert tokens.claim_fetch(tx, NAME, holder="b", now=NOW)


def test_a_fetch_that_did_not_work_is_left_to_the_next(database: Database) -> None:
    with database.transaction() as tx:
        tokens.claim_fetch(tx, NAME, holder="a", now=NOW)
        tokens.give_up(tx, NAME, holder="b")
        assert not tokens.claim_fetch(tx, NAME, holder="b", now=NOW)
        tokens.give_up(tx, NAME, holder="a")
        assert tokens.claim_fetch(tx, NAME, holder="b", now=NOW)
        assert tokens.claim_fetch(tx, NAME, holder="c", now=NOW + FETCH)


def test_a_token_is_dropped_only_while_it_is_the_same(database: Database) -> None:
    with database.transaction() as tx:
        tokens.keep(tx, ONE)
        assert not tokens.drop(tx, NAME, fetched_at=NOW - timedelta(seconds=1))
        assert tokens.drop(tx, NAME, fetched_at=NOW)
        assert tokens.token(tx, NAME) is None
        assert not tokens.drop(tx, NAME)
