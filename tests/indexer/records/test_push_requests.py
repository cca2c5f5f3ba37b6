"""indexer.records.push_requests: what counts once, and for how long that is remembered."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from indexer.records import push_requests
from indexer.records.database import Database
from indexer.records.push_requests import NONCES_KEPT, REQUESTS_KEPT, PushRequest
from tests.at_once import at_once

NOW = datetime(2026, 9, 17, tzinfo=UTC)
ASKED = PushRequest(request="k1:push-0001", digest="d" * 64, filed="f1", at=NOW)


def test_a_nonce_counts_once_for_each_key(database: Database) -> None:
    with database.transaction() as tx:
        used = [push_requests.use_nonce(tx, key, "n", at=NOW) for key in ("k1", "k1", "k2")]

    assert used == [True, False, True]


def test_a_nonce_is_remembered_for_longer_than_a_signature_is_fresh(database: Database) -> None:
    with database.transaction() as tx:
        push_requests.use_nonce(tx, "k1", "n", at=NOW)
        later = [push_requests.use_nonce(tx, "k1", "n", at=NOW + wait) for wait in (NONCES_KEPT, NONCES_KEPT * 1.1)]

    assert later == [False, True]
    assert timedelta(minutes=10) < NONCES_KEPT


def test_the_first_of_a_name_stands_and_is_given_to_those_after_it(database: Database) -> None:
    with database.transaction() as tx:
        first = push_requests.begin(tx, ASKED)
        second = push_requests.begin(tx, replace(ASKED, digest="e" * 64, filed="f2"))
        other = push_requests.begin(tx, replace(ASKED, request="k1:push-0002", filed="f3"))

    assert (first, second, other.filed) == (ASKED, ASKED, "f3")


def test_a_request_is_remembered_for_two_days(database: Database) -> None:
    with database.transaction() as tx:
        push_requests.begin(tx, ASKED)
        day, later = (
            push_requests.begin(tx, replace(ASKED, filed="f2", at=NOW + wait))
            for wait in (REQUESTS_KEPT, REQUESTS_KEPT * 1.1)
        )

    assert (day.filed, later.filed) == ("f1", "f2")
    assert timedelta(hours=24) < REQUESTS_KEPT


def test_of_many_at_once_one_is_the_first(database: Database) -> None:
    def begin(number: int) -> str:
        with database.transaction() as tx:
            return push_requests.begin(tx, replace(ASKED, filed=f"f{number}")).filed

    found = at_once(*[lambda number=number: begin(number) for number in range(6)])

    assert len(set(found)) == 1


def test_what_was_not_written_whole_leaves_its_name_free(database: Database) -> None:
    def break_off() -> None:
        with database.transaction() as tx:
            push_requests.begin(tx, ASKED)
            raise LookupError

    with pytest.raises(LookupError):
        break_off()

    with database.transaction() as tx:
        assert push_requests.begin(tx, replace(ASKED, filed="f2")).filed == "f2"
