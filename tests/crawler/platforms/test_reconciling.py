"""Once a day each account is asked what it published in all; what is here is set against it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from config.settings import Settings
from crawler.platforms.reconciling import Reconciling, make
from indexer.connections.records import Connection, ConnectionState
from indexer.records import announced, reads
from indexer.records.database import Database
from indexer.whitelist.records import Channel
from tests.crawler.platforms.accounts import Account, Reads
from tests.crawler.platforms.standing_in import TOTALS_PATH, Json, StandIn

MORNING = datetime(2026, 9, 17, 1, 0, tzinfo=UTC)  # nine in Beijing
PUBLISHED = {"2026-09-16": ["1_1", "2_1", "3_1"], "2026-09-15": ["4_1"]}


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def step(
    settings: Settings, database: Database, connection: Connection, stand_in: StandIn, clock: Clock
) -> Reconciling:
    def totals(asked: Json) -> Json:
        assert asked["begin_date"] == asked["end_date"]
        rows = PUBLISHED.get(asked["end_date"], [])
        return {
            "list": [{"ref_date": asked["end_date"], "msgid": msgid, "publish_type": 0} for msgid in rows],
            "is_delay": False,
        }

    stand_in.answers[TOTALS_PATH] = totals
    return Reconciling(settings, database, clock=clock)


def tally(database: Database, account: Channel) -> announced.Tally:
    with database.reading() as tx:
        return announced.tally(tx, account.id)


def days(stand_in: StandIn) -> list[str]:
    return [one.asked["begin_date"] for one in stand_in.asked(TOTALS_PATH)]


def test_what_is_here_is_set_against_the_totals_and_the_missing_named(
    step: Reconciling, reading: Reads, publisher: Account, account: Channel, database: Database
) -> None:
    publisher.publish(1, 2)
    reading.read(account)

    assert step.do() == 1

    counted = tally(database, account)
    assert (counted.collected, counted.total) == (2, 4)
    assert [(one.announced.number, str(one.announced.day), one.reason) for one in counted.missing] == [
        ("3_1", "2026-09-16", ""),
        ("4_1", "2026-09-15", ""),
    ]


def test_what_the_totals_named_first_is_the_same_piece_once_the_list_names_it(
    step: Reconciling, reading: Reads, publisher: Account, account: Channel, database: Database
) -> None:
    step.do()
    publisher.publish(1, 3)
    reading.read(account)

    counted = tally(database, account)

    assert (counted.collected, counted.total) == (2, 4)


def test_three_days_that_are_over_are_asked_for_once_a_day(step: Reconciling, stand_in: StandIn, clock: Clock) -> None:
    assert (step.waits(), step.do(), step.waits(), step.do()) == (True, 1, False, 0)
    clock.now += timedelta(days=1)
    assert (step.waits(), step.do()) == (True, 1)

    assert days(stand_in) == [
        "2026-09-16",
        "2026-09-15",
        "2026-09-14",
        "2026-09-17",
        "2026-09-16",
        "2026-09-15",
    ]


def test_before_nine_in_beijing_nothing_is_asked(step: Reconciling, stand_in: StandIn, clock: Clock) -> None:
    clock.now = MORNING - timedelta(minutes=1)

    assert (step.waits(), step.do(), stand_in.called) == (False, 0, [])


def test_while_its_channel_is_read_an_account_is_not_asked(
    step: Reconciling, stand_in: StandIn, account: Channel, database: Database
) -> None:
    with database.transaction() as tx:
        reads.lease(tx, [account.id], holder="another", now=MORNING, seconds=600)
    waiting, asked = step.do(), len(stand_in.called)
    with database.transaction() as tx:
        reads.release(tx, [account.id], holder="another")

    assert (waiting, asked, step.do()) == (0, 0, 1)


def test_two_workers_ask_an_account_once(
    step: Reconciling, settings: Settings, database: Database, stand_in: StandIn, clock: Clock
) -> None:
    other = Reconciling(settings, database, clock=clock)

    assert (step.do(), other.do(), len(days(stand_in))) == (1, 0, 3)


def test_a_refusal_ends_the_days_round_and_its_channel_is_free(
    step: Reconciling, stand_in: StandIn, account: Channel, database: Database
) -> None:
    stand_in.said[TOTALS_PATH] = [{"errcode": 48001, "errmsg": "api unauthorized"}]

    assert (step.do(), step.waits(), days(stand_in)) == (1, False, ["2026-09-16"])
    with database.transaction() as tx:
        assert reads.lease(tx, [account.id], holder="h", now=MORNING, seconds=60) == {account.id}


def test_an_account_that_is_disconnected_is_not_asked(
    step: Reconciling, connection: Connection, save: Callable[..., Connection]
) -> None:
    save(connection, state=ConnectionState.DISCONNECTED)

    assert not step.waits()


def test_the_step_is_made_as_its_entry_point_says(settings: Settings, database: Database) -> None:
    assert make(settings, database).name == "reconcile"
