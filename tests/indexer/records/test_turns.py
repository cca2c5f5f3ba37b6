"""A turn is one transaction's until its end; other turns go on meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from indexer.records.database import Database
from indexer.records.turns import Turn, take_turn

LOOK_SECONDS, WAIT_SECONDS = 0.3, 30.0


def test_who_wants_a_turn_waits_until_the_one_before_has_ended(database: Database) -> None:
    began, got_it = Event(), Event()

    def second() -> None:
        began.set()
        with database.transaction() as tx:
            take_turn(tx, Turn.WHITELIST)
            got_it.set()

    with ThreadPoolExecutor(1) as pool:
        with database.transaction() as tx:
            take_turn(tx, Turn.WHITELIST)
            done = pool.submit(second)
            assert began.wait(WAIT_SECONDS)
            assert not got_it.wait(LOOK_SECONDS)
        done.result(timeout=WAIT_SECONDS)

    assert got_it.is_set()


@pytest.mark.parametrize("records_on", ["postgresql"])
def test_turns_of_other_subjects_do_not_wait_for_each_other(database: Database) -> None:
    def taken(turn: Turn) -> bool:
        with database.transaction() as tx:
            take_turn(tx, turn)
        return True

    with ThreadPoolExecutor(1) as pool, database.transaction() as tx:
        take_turn(tx, Turn.WHITELIST)
        others = [turn for turn in Turn if turn is not Turn.WHITELIST]
        assert [pool.submit(taken, turn).result(timeout=WAIT_SECONDS) for turn in others] == [True] * len(others)


def test_a_transaction_may_take_its_turn_twice(database: Database) -> None:
    with database.transaction() as tx:
        take_turn(tx, Turn.CLUSTERS)
        take_turn(tx, Turn.CLUSTERS)

    with database.transaction() as tx:
        take_turn(tx, Turn.CLUSTERS)
