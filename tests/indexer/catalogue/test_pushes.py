"""indexer.catalogue.pushes: filed whole, or refused; under one idempotency key once, whoever is how fast."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from indexer.base import times
from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.pushes import (
    MOST_PAGES,
    MOST_WAITING,
    Push,
    PushProblem,
    PushRefused,
    file_once,
    file_pushes,
    is_address,
)
from indexer.catalogue.saved_pages import HTML, SavedPage
from indexer.records import inbox, inbox_pages
from indexer.records.database import Database
from indexer.records.inbox import Filed, InboxKind
from indexer.whitelist.desk import step
from indexer.whitelist.records import Channel
from indexer.whitelist.states import WhitelistMove
from tests.at_once import at_once
from tests.operators import OPERATOR

UNIT = UnitId("unit-a")
LINK = Push(channel=ChannelId("channel-a"), url="http://a.example/1")
PAGE = replace(LINK, page=SavedPage(body=b"<html>", type=HTML), title="题目")


def filed(database: Database) -> list[Filed]:
    with database.reading() as tx:
        return inbox.newest(tx, InboxKind.PUSH, limit=1000)


def problem(act: Callable[[], object]) -> PushProblem:
    with pytest.raises(PushRefused) as refused:
        act()
    return refused.value.problem


def file(database: Database, *pushes: Push, unit: UnitId = UNIT) -> list[str]:
    return file_pushes(database, unit, pushes, who="单位甲", at=times.now())


def once(database: Database, push: Push = LINK, *, request: str = "k:1", digest: str = "d") -> str:
    return file_once(database, UNIT, push, request=request, digest=digest, who="key k", at=times.now())


def test_links_and_pages_are_filed_as_they_were_pushed(database: Database, channel: Channel) -> None:
    ids = file(database, LINK, PAGE)

    rows = {row.id: row for row in filed(database)}
    with database.reading() as tx:
        pages = [inbox_pages.page(tx, id) for id in ids]
    assert [dict(rows[id].payload) for id in ids] == [{"url": LINK.url}, {"url": LINK.url, "title": "题目"}]
    assert pages == [None, PAGE.page]


def test_of_several_all_or_none_are_filed(database: Database, channel: Channel) -> None:
    assert problem(lambda: file(database, LINK, replace(LINK, url="nothing"))) is PushProblem.NO_ADDRESS
    assert problem(lambda: file(database, LINK, replace(LINK, channel=ChannelId("c")))) is PushProblem.NO_CHANNEL
    assert problem(lambda: file(database, LINK, unit=UnitId("unit-b"))) is PushProblem.NO_CHANNEL
    assert filed(database) == []


def test_no_more_wait_than_are_read_soon(database: Database, channel: Channel) -> None:
    file(database, *[PAGE] * MOST_PAGES)
    pages = problem(lambda: file(database, PAGE))
    file(database, *[LINK] * (MOST_WAITING - MOST_PAGES - 1))

    assert pages is PushProblem.PAGES_WAIT
    assert problem(lambda: file(database, LINK, LINK)) is PushProblem.WAIT
    assert len(file(database, LINK)) == 1


def test_many_at_once_file_no_more_than_may_wait(database: Database, channel: Channel) -> None:
    file(database, *[LINK] * (MOST_WAITING - 1))

    def send(number: int) -> object:
        try:
            return once(database, request=f"k:{number}") if number % 2 else file(database, LINK)
        except PushRefused as refused:
            return refused.problem

    answers = at_once(*[lambda number=number: send(number) for number in range(8)])

    assert answers.count(PushProblem.WAIT) == 7
    assert len(filed(database)) == MOST_WAITING


def test_a_request_is_filed_once(database: Database, channel: Channel) -> None:
    first, again, other = once(database), once(database), once(database, request="k:2")

    assert again == first
    assert {row.id for row in filed(database)} == {first, other}


def test_a_request_of_another_body_is_refused(database: Database, channel: Channel) -> None:
    once(database)

    assert problem(lambda: once(database, digest="e")) is PushProblem.OTHER_PUSH
    assert len(filed(database)) == 1


def test_many_at_once_file_one_and_are_told_the_same(database: Database, channel: Channel) -> None:
    answers = at_once(*[lambda: once(database, PAGE)] * 8)

    with database.reading() as tx:
        pages = inbox.pages_waiting_of(tx, [channel.id])
    assert ({row.id for row in filed(database)}, pages) == (set(answers), 1)


def test_many_at_once_with_other_bodies_file_one_and_the_others_are_refused(
    database: Database, channel: Channel
) -> None:
    def send(number: int) -> object:
        try:
            return once(database, replace(LINK, url=f"http://a.example/{number}"), digest=str(number))
        except PushRefused as refused:
            return refused.problem

    answers = at_once(*[lambda number=number: send(number) for number in range(6)])

    assert answers.count(PushProblem.OTHER_PUSH) == 5
    assert len(filed(database)) == 1


def test_a_request_of_a_channel_that_is_not_approved_is_refused_and_may_come_again(
    database: Database, channel: Channel
) -> None:
    step(database, channel.id, WhitelistMove.SUSPEND, who=OPERATOR, why="示例", now=times.now())
    refused = problem(lambda: once(database))
    step(database, channel.id, WhitelistMove.APPROVE, who=OPERATOR, why="示例", now=times.now())

    assert refused is PushProblem.NOT_APPROVED
    assert once(database) == filed(database)[0].id


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("http://a.example/1", True),
        ("https://a.example", True),
        ("http://a.example/文章?题=1", True),
        ("", False),
        ("a.example/1", False),
        ("HTTP://", False),
        ("http:///1", False),
        ("http://a.example/ 1", False),
        ("http://a.example/\x07", False),
        ("http://a.example/\n", False),
        ("http://a.example/\u202e", False),
        ("http://a.example/" + "x" * 2048, False),
    ],
)
def test_an_address_is_whole_and_readable(text: str, fit: bool) -> None:
    assert is_address(text) is fit
