"""What people ask the collector to do."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from indexer.base.ids import ChannelId
from indexer.base.text import REPLACEMENT
from indexer.records import channels, inbox
from indexer.records.database import Database
from indexer.records.inbox import Became, Filed, InboxKind, Outcome
from indexer.whitelist.records import Channel
from indexer.whitelist.trials import Row, Trial, proposal_of
from tests import trials

ALL = tuple(InboxKind)
TAKEN = Outcome(became=Became.TAKEN, item="i1", title="月球车如何过夜", chars=2)
LATE = Outcome(became=Became.NOT_READ, words="连不上")
LINK = {"url": "http://a.example/art/1.html"}


@pytest.fixture
def file(database: Database, channel: Channel, now: datetime) -> Callable[..., str]:
    """File something of the channel; gives its id."""

    def make(kind: InboxKind = InboxKind.PUSH, *, channel: ChannelId = channel.id) -> str:
        with database.transaction() as tx:
            return inbox.file(tx, kind, channel=channel, payload=LINK, who="单位甲", at=now)

    return make


def claim(database: Database, holder: str, now: datetime, *, limit: int = 10) -> list[Filed]:
    with database.transaction() as tx:
        return inbox.claim_waiting(tx, ALL, holder=holder, now=now, limit=limit)


def newest(database: Database, kind: InboxKind = InboxKind.PUSH) -> list[Filed]:
    with database.reading() as tx:
        return inbox.newest(tx, kind)


def test_what_is_filed_waits_and_is_claimed_oldest_first(
    database: Database, file: Callable[..., str], now: datetime
) -> None:
    first, second = file(), file(InboxKind.TRY)

    claimed = claim(database, "a", now)

    assert [one.id for one in claimed] == [first, second]
    assert [(one.kind, one.payload, one.who, one.tries) for one in claimed] == [
        (InboxKind.PUSH, LINK, "单位甲", 1),
        (InboxKind.TRY, LINK, "单位甲", 1),
    ]
    with database.reading() as tx:
        assert inbox.is_waiting(tx, ALL)


def test_two_collectors_take_different_things(database: Database, file: Callable[..., str], now: datetime) -> None:
    file(), file()

    taken = [claim(database, holder, now, limit=1) for holder in ("a", "b", "c")]

    assert [len(some) for some in taken] == [1, 1, 0]
    assert taken[0] != taken[1]


def test_the_outcome_stands_with_it_and_it_waits_no_longer(
    database: Database, file: Callable[..., str], now: datetime
) -> None:
    made = file()
    claim(database, "a", now)

    with database.transaction() as tx:
        is_done = inbox.done(tx, made, holder="a", outcome=TAKEN, at=now)

    [filed] = newest(database)
    assert is_done
    assert (filed.outcome, filed.done_at) == (TAKEN, now)
    assert claim(database, "b", now) == []
    with database.reading() as tx:
        assert not inbox.is_waiting(tx, ALL)


def test_who_lost_the_claim_says_nothing_of_it(database: Database, file: Callable[..., str], now: datetime) -> None:
    made = file()
    claim(database, "slow", now)
    again = claim(database, "next", now + inbox.CLAIM + timedelta(seconds=1))

    with database.transaction() as tx:
        by_slow = inbox.done(tx, made, holder="slow", outcome=LATE, at=now)
        put_off = inbox.put_off(tx, made, holder="slow", outcome=LATE, until=now)
        by_next = inbox.done(tx, made, holder="next", outcome=TAKEN, at=now)

    assert [one.tries for one in again] == [2]
    assert (by_slow, put_off, by_next) == (False, False, True)
    assert newest(database)[0].outcome == TAKEN


def test_what_is_put_off_is_tried_again_from_then_on(
    database: Database, file: Callable[..., str], now: datetime
) -> None:
    made, later = file(), now + timedelta(seconds=20)
    claim(database, "a", now)

    with database.transaction() as tx:
        inbox.put_off(tx, made, holder="a", outcome=LATE, until=later)

    assert claim(database, "b", now) == []
    [filed] = newest(database)
    assert (filed.outcome, filed.done_at) == (LATE, None)
    assert [one.tries for one in claim(database, "b", later)] == [2]


def test_a_unit_sees_what_was_asked_of_its_own_channels_newest_first(
    database: Database, file: Callable[..., str], make_channel: Callable[..., Channel]
) -> None:
    other = make_channel(id=ChannelId("channel-b"))
    with database.transaction() as tx:
        channels.save_channel(tx, other)
    first, _, last, _ = file(), file(channel=other.id), file(), file(InboxKind.TRY)

    with database.reading() as tx:
        own = inbox.newest(tx, InboxKind.PUSH, channels=[ChannelId("channel-a")])
        waiting = inbox.waiting_of(tx, [ChannelId("channel-a")])

    assert [one.id for one in own] == [last, first]
    assert waiting == 2


def test_a_site_on_trial_belongs_to_no_channel_and_its_outcome_carries_what_was_found(
    database: Database, now: datetime
) -> None:
    asked = trials.proposal(options={"list": "ul a"})

    made = trials.answered(database, asked, now=now)

    with database.reading() as tx:
        [filed] = inbox.filed(tx, [made])
    assert (filed.channel, proposal_of(filed.payload)) == (None, asked)
    assert filed.outcome == Outcome(became=Became.READ, trial=trials.TRIAL)


def test_what_a_page_says_in_signs_that_cannot_be_stored_is_kept_without_them(
    database: Database, now: datetime
) -> None:
    odd = Trial(source="site", hosts=("a.example",), why="\0", rows=(Row(url="http://a.example/", title="霾\ud800"),))

    made = trials.answered(database, trials.proposal(), now=now, trial=odd)

    with database.reading() as tx:
        [filed] = inbox.filed(tx, [made])
    assert filed.outcome is not None
    assert filed.outcome.trial is not None
    assert (filed.outcome.trial.why, filed.outcome.trial.rows[0].title) == (REPLACEMENT, f"霾{REPLACEMENT}")


def test_secrets_are_taken_out_of_what_was_asked_for(database: Database, channel: Channel, now: datetime) -> None:
    with database.transaction() as tx:
        payload = {"account": "a", "sealed": "s"}
        filed = inbox.file(tx, InboxKind.CONNECT, channel=channel.id, payload=payload, who="单位甲", at=now)
        inbox.forget_fields(tx, filed, ["sealed", "other"])
        inbox.forget_fields(tx, "none", ["sealed"])

    [kept] = newest(database, InboxKind.CONNECT)
    assert kept.payload == {"account": "a"}
