"""An editor tries a page of a channel and sees what the collector would read of it."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.records import inbox
from indexer.records.database import Database
from indexer.records.inbox import Became, InboxKind, Outcome
from indexer.whitelist.records import Channel
from web.review.trying import TryForm

LINK = "http://a.example/art/1.html"


def answer(database: Database, outcome: Outcome, now: datetime) -> None:
    """The collector says what it read."""
    with database.transaction() as tx:
        [one] = inbox.claim_waiting(tx, [InboxKind.TRY], holder="collector", now=now, limit=10)
        inbox.done(tx, one.id, holder="collector", outcome=outcome, at=now)


def test_a_page_is_filed_and_waits_at_the_head_of_the_list(desk_client: FlaskClient, channel: Channel) -> None:
    page = desk_client.post(f"/review/whitelist/{channel.id}/try", data={"url": LINK}, follow_redirects=True).text

    assert "采集端正在试读" in page
    assert page.index("最近的试读") < page.index("等待采集") < page.index("试读网页")


def test_what_would_be_read_is_shown(
    desk_client: FlaskClient, database: Database, channel: Channel, now: datetime
) -> None:
    desk_client.post(f"/review/whitelist/{channel.id}/try", data={"url": LINK})
    read = Outcome(
        became=Became.READ,
        title="蜻蜓<怎样>飞",
        account="示例馆",
        published="2026-09-17",
        text="蜻蜓的两对翅膀",
        chars=900,
    )
    answer(database, read, now)

    page = desk_client.get("/review/whitelist").text

    assert "可以读取" in page
    for shown in ("蜻蜓&lt;怎样&gt;飞", "示例馆", "2026-09-17", "蜻蜓的两对翅膀…", "900 字"):
        assert shown in page


def test_why_a_page_cannot_be_read_is_shown(
    desk_client: FlaskClient, database: Database, channel: Channel, now: datetime
) -> None:
    desk_client.post(f"/review/whitelist/{channel.id}/try", data={"url": LINK})
    answer(database, Outcome(became=Became.NOT_READ, words="网页上没有读出正文"), now)

    page = desk_client.get("/review/whitelist").text

    assert "没有读成" in page
    assert "网页上没有读出正文" in page


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "http://"])
def test_what_is_no_address_is_not_filed(
    desk_client: FlaskClient, database: Database, channel: Channel, url: str
) -> None:
    page = desk_client.post(f"/review/whitelist/{channel.id}/try", data={"url": url}, follow_redirects=True).text

    assert "请填写一篇文章的完整网址" in page
    with database.reading() as tx:
        assert inbox.newest(tx, InboxKind.TRY) == []


def test_a_channel_that_is_not_there_is_not_tried(desk_client: FlaskClient) -> None:
    assert desk_client.post("/review/whitelist/nobody/try", data={"url": LINK}).status_code == 404


def test_the_answer_leads_back_to_the_list_that_the_editor_looked_at_and_nowhere_else(
    desk_client: FlaskClient, channel: Channel
) -> None:
    def lead(back: str) -> str:
        form = {"url": LINK, "back": back}
        return desk_client.post(f"/review/whitelist/{channel.id}/try", data=form).location

    assert lead("/review/whitelist?name=a") == "/review/whitelist?name=a#tries"
    assert lead("https://evil.example/") == "/review/whitelist#tries"


@pytest.mark.parametrize(("characters", "is_whole"), [(2000, True), (2001, False)])
def test_a_way_back_longer_than_any_list_s_address_is_refused(app: Flask, characters: int, is_whole: bool) -> None:
    with app.test_request_context(method="POST", data={"url": LINK, "back": "/".ljust(characters, "a")}):
        assert TryForm().validate() is is_whole
