"""web.shown.filed: what was asked of the collector, as it stands: waiting, to be tried again, or what it became."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask

from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.items import Item
from indexer.records import inbox
from indexer.records.database import Database
from indexer.records.inbox import Became, InboxKind, Outcome, Waiting
from indexer.review.records import Decision, Move, State
from indexer.whitelist.records import Channel
from tests.queries import counted
from web.shown.filed import SHOWN, STANDINGS, ShownFiled, pushed, tried

LINK = "http://a.example/art/1.html"


@pytest.fixture
def ask(database: Database, channel: Channel, now: datetime) -> Callable[..., None]:
    """File a push, and say what came of it; is_final: or only of this try."""

    def make(outcome: Outcome | None = None, *, is_final: bool = True, url: str = LINK) -> None:
        with database.transaction() as tx:
            inbox.file(tx, InboxKind.PUSH, channel=channel.id, payload={"url": url}, who="单位甲", at=now)
            if outcome is None:
                return
            [one] = inbox.claim_waiting(tx, [InboxKind.PUSH], holder="collector", now=now, limit=1)
            if is_final:
                inbox.done(tx, one.id, holder="collector", outcome=outcome, at=now)
            else:
                inbox.put_off(tx, one.id, holder="collector", outcome=outcome, until=now)

    return make


def shown(database: Database, *, unit: str = "unit-a", channel: str = "channel-a") -> list[ShownFiled]:
    with database.reading() as tx:
        return pushed(tx, UnitId(unit), {ChannelId(channel): "示例馆网站"})


def test_what_nobody_looked_at_waits_under_the_name_of_its_channel(
    database: Database, channel: Channel, ask: Callable[..., None], now: datetime
) -> None:
    ask()

    [one] = shown(database)

    assert (one.url, one.at, one.channel) == (LINK, now, channel.name)
    assert (one.says, one.is_waiting, one.outcome, one.item) == (STANDINGS[Waiting.WAITING], True, None, None)


def test_what_did_not_succeed_yet_will_be_tried_again(database: Database, ask: Callable[..., None]) -> None:
    ask(Outcome(became=Became.NOT_READ, words="网站太久没有回答"), is_final=False)

    [one] = shown(database)

    assert (one.says, one.is_waiting) == (STANDINGS[Waiting.AGAIN], True)


@pytest.mark.parametrize("became", list(Became))
def test_what_is_done_says_what_it_became_in_chinese(
    app: Flask, database: Database, ask: Callable[..., None], became: Became
) -> None:
    ask(Outcome(became=became, words="示例"))

    [one] = shown(database)

    assert (one.says, one.is_waiting) == (STANDINGS[became], False)
    with app.test_request_context():
        assert not str(one.says).isascii()


def test_what_was_taken_in_is_shown_as_it_stands_now(
    database: Database, ask: Callable[..., None], make_item: Callable[..., Item], move: Callable[..., Decision]
) -> None:
    item = make_item()
    ask(Outcome(became=Became.TAKEN, item=item.id))
    [before] = shown(database)
    move(item, Move.APPROVE)
    [after] = shown(database)

    assert before.item is not None
    assert after.item is not None
    assert (before.item.id, before.item.title) == (item.id, "月球车如何过夜")
    assert (before.item.state, before.item.is_public) == (State.PENDING, False)
    assert (after.item.state, after.item.is_public) == (State.APPROVED, True)


def test_the_newest_come_first_of_the_channels_that_are_asked_for_and_not_more_than_fit(
    database: Database, channel: Channel, ask: Callable[..., None]
) -> None:
    urls = [f"http://a.example/{number}.html" for number in range(SHOWN + 2)]
    for url in urls:
        ask(url=url)

    assert [one.url for one in shown(database)] == urls[::-1][:SHOWN]
    assert shown(database, channel="channel-b") == []


def test_the_item_of_another_unit_is_not_shown_to_who_pushed_its_address(
    database: Database, ask: Callable[..., None], make_item: Callable[..., Item]
) -> None:
    ask(Outcome(became=Became.UNCHANGED, item=make_item().id))

    [own], [foreign] = shown(database), shown(database, unit="unit-b")

    assert own.item is not None
    assert (foreign.says, foreign.item) == (STANDINGS[Became.UNCHANGED], None)


def test_many_pushes_take_as_many_queries_as_one(
    database: Database, ask: Callable[..., None], make_item: Callable[..., Item]
) -> None:
    costs = []
    for number in range(2):
        ask(Outcome(became=Became.TAKEN, item=make_item(url=f"http://a.example/art/{number}.html").id))
        with counted(database) as queries:
            shown(database)
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_pages_on_trial_stand_under_the_name_of_their_channel(
    database: Database, channel: Channel, now: datetime, ask: Callable[..., None]
) -> None:
    ask()
    with database.transaction() as tx:
        inbox.file(tx, InboxKind.TRY, channel=channel.id, payload={"url": LINK}, who="编辑甲", at=now)

    with database.reading() as tx:
        [one] = tried(tx)

    assert (one.url, one.channel, one.says) == (LINK, channel.name, STANDINGS[Waiting.WAITING])
