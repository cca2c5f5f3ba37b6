"""Reporting an item and looking the ticket up, without an account."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from indexer.catalogue.items import Item
from indexer.records import reports as records
from indexer.records.database import Database
from indexer.reports import desk as reports
from indexer.reports.tickets import ReportState
from indexer.review.records import Move
from web.public.report import TRAP

NO_FORM = "无法理解这次请求"  # what the check before every view says
TYPED = {"kind": "mistake", "words": "第二段的年份写错了。", "contact": "reader@a.example"}


@pytest.fixture
def shown(make_item: Callable[..., Item], move: Callable[..., None]) -> Item:
    item = make_item()
    move(item, Move.APPROVE)
    return item


@pytest.fixture
def open_count(database: Database) -> Callable[[], int]:
    """Count the reports that wait."""

    def count() -> int:
        with database.reading() as tx:
            return records.count(tx, records.OPEN)

    return count


def send(client: FlaskClient, item: Item, **typed: str) -> TestResponse:
    return client.post(f"/items/{item.id}/report", data=TYPED | typed)


def test_every_item_page_leads_to_the_form(client: FlaskClient, shown: Item) -> None:
    assert f'href="/items/{shown.id}/report"' in client.get(f"/items/{shown.id}").text
    assert "纠错与举报" in client.get(f"/items/{shown.id}/report").text


def test_a_report_leads_to_its_ticket(client: FlaskClient, shown: Item, open_count: Callable[[], int]) -> None:
    answer = send(client, shown)
    page = client.get(answer.location)

    assert answer.status_code == 303
    assert re.fullmatch(r"/reports\?ticket=[0-9A-Z]{5}-[0-9A-Z]{5}", answer.location)
    assert "已收到" in page.text
    assert open_count() == 1


def test_the_ticket_shows_nothing_of_what_was_written(client: FlaskClient, shown: Item) -> None:
    page = client.get(send(client, shown).location)

    assert [word for word in (TYPED["words"], TYPED["contact"]) if word in page.text] == []
    assert page.headers["Cache-Control"] == "no-store"


def test_the_answer_stands_under_the_ticket_and_its_editor_does_not(
    client: FlaskClient, shown: Item, database: Database, now: datetime
) -> None:
    location = send(client, shown).location
    with database.reading() as tx:
        report = records.page(tx, records.OPEN, limit=1)[0]
    reports.take_step(
        database,
        report.id,
        seen=ReportState.RECEIVED,
        after=ReportState.RESOLVED,
        who="编辑某某",
        answer="年份已更正，谢谢。",
        now=now,
    )

    page = client.get(location).text

    assert "年份已更正，谢谢。" in page
    assert "已办结" in page
    assert "编辑某某" not in page


def test_the_ticket_of_a_withdrawn_item_resolves_without_its_title(
    client: FlaskClient, shown: Item, move: Callable[..., None]
) -> None:
    location = send(client, shown).location
    move(shown, Move.WITHDRAW)

    page = client.get(location)

    assert page.status_code == 200
    assert "该内容已不再公开" in page.text
    assert "月球车如何过夜" not in page.text


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_not_public_cannot_be_reported(
    client: FlaskClient, make_item: Callable[..., Item], method: str
) -> None:
    waiting = make_item()

    answers = [client.open(f"/items/{item}/report", method=method, data=TYPED) for item in (waiting.id, "unknown")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "月球车如何过夜" not in answers[0].text


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"words": ""}, 400),
        ({"words": "\u200b \u3164"}, 400),
        ({"words": "字" * 1001}, 400),
        ({"words": "字" * 100_000}, 413),  # more than any form of the site may hold
        ({"contact": "字" * 121}, 400),
        ({"kind": "nothing"}, 400),
        ({"kind": ""}, 400),
        ({TRAP: "http://spam.example/"}, 400),
    ],
)
def test_a_report_that_says_nothing_is_refused(
    client: FlaskClient, shown: Item, open_count: Callable[[], int], typed: dict[str, str], status: int
) -> None:
    assert send(client, shown, **typed).status_code == status
    assert open_count() == 0


def test_a_refused_report_still_holds_what_was_typed(client: FlaskClient, shown: Item) -> None:
    page = send(client, shown, kind="nothing", words="年份<b>错</b>了", contact="某人").text

    assert "年份&lt;b&gt;错&lt;/b&gt;了</textarea>" in page
    assert 'value="某人"' in page


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"json": TYPED}, NO_FORM),
        ({"json": [TYPED]}, NO_FORM),
        ({"data": b"[" * 100_000, "content_type": "application/json"}, NO_FORM),
        ({"data": b"\xff\xfe", "content_type": "application/x-www-form-urlencoded"}, NO_FORM),
        ({"data": {"kind": "mistake", "words": (__file__, "x.txt")}, "content_type": "multipart/form-data"}, NO_FORM),
        ({"data": b"", "content_type": "multipart/form-data; boundary=x"}, 'role="alert"'),
    ],
)
def test_an_odd_body_is_refused_in_words(client: FlaskClient, shown: Item, body: dict[str, Any], words: str) -> None:
    answer = client.post(f"/items/{shown.id}/report", **body)

    assert answer.status_code == 400
    assert words in answer.text


@pytest.mark.usefixtures("limited")
def test_one_address_may_not_send_reports_without_end(client: FlaskClient, shown: Item) -> None:
    statuses = [send(client, shown).status_code for _ in range(11)]

    assert statuses == [303] * 10 + [429]


def test_a_form_from_elsewhere_is_not_taken(app: Flask, client: FlaskClient, shown: Item) -> None:
    app.config["WTF_CSRF_ENABLED"] = True

    assert send(client, shown).status_code == 400


@pytest.mark.parametrize("typed", ["00000-00000", "nonsense", "月" * 500, "\u202e"])
def test_an_unknown_ticket_is_said_to_be_unknown(client: FlaskClient, typed: str) -> None:
    answer = client.get("/reports", query_string={"ticket": typed})

    assert answer.status_code == 404
    assert "没有这个查询号" in answer.text
