"""Readers' reports at the desk: beside the item, in the list, answered."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from indexer.catalogue.items import Item
from indexer.records import reports as records
from indexer.records.database import Database
from indexer.reports import desk as reports
from indexer.reports.desk import Told
from indexer.reports.tickets import Report, ReportKind, ReportState, shown_ticket
from indexer.review.records import Move
from web.review.reports import rows_of


@pytest.fixture
def report(database: Database, make_item: Callable[..., Item], move: Callable[..., None], now: datetime) -> Report:
    item = make_item()
    move(item, Move.APPROVE)
    told = Told(kind=ReportKind.MISTAKE, words="年份<b>错</b>了。", contact="reader@a.example")
    return reports.hand_in(database, item=item.id, told=told, now=now)


@pytest.fixture
def state(database: Database, report: Report) -> Callable[[], ReportState]:
    """Read the report's state anew."""

    def read() -> ReportState:
        with database.reading() as tx:
            found = records.report(tx, report.id)
        assert found is not None
        return found.state

    return read


def step(client: FlaskClient, report: Report, **typed: str) -> tuple[int, str]:
    data = {"state": "received", "after": "resolved", "answer": "已更正。"} | typed
    answer = client.post(f"/review/reports/{report.id}", data=data)
    return answer.status_code, answer.text


@pytest.mark.parametrize("page", ["/review/items/{item}", "/review/reports"])
def test_a_report_stands_beside_its_item_and_in_the_list(desk_client: FlaskClient, report: Report, page: str) -> None:
    text = desk_client.get(page.format(item=report.item)).text

    assert "年份&lt;b&gt;错&lt;/b&gt;了。" in text
    assert shown_ticket(report.ticket) in text
    assert "reader@a.example" in text


def test_the_tabs_count_what_waits(desk_client: FlaskClient, report: Report) -> None:
    before = desk_client.get("/review/").text

    step(desk_client, report)

    assert "反馈 1</a>" in before
    assert "反馈</a>" in desk_client.get("/review/").text


def test_an_answer_closes_the_report(
    desk_client: FlaskClient, report: Report, state: Callable[[], ReportState]
) -> None:
    status, _ = step(desk_client, report)

    assert (status, state()) == (302, ReportState.RESOLVED)
    assert "已更正。" in desk_client.get("/review/reports?state=resolved").text
    assert "没有待处理的反馈" in desk_client.get("/review/reports").text


def test_a_report_that_was_seen_stays_open(
    desk_client: FlaskClient, report: Report, state: Callable[[], ReportState]
) -> None:
    step(desk_client, report, after="seen", answer="")

    assert state() is ReportState.SEEN
    assert "已受理" in desk_client.get("/review/reports").text


def test_a_stale_step_says_who_came_first_and_keeps_what_was_typed(
    desk_client: FlaskClient, report: Report, state: Callable[[], ReportState]
) -> None:
    step(desk_client, report, after="seen", answer="")

    status, page = step(desk_client, report, answer="我写的答复")

    assert (status, state()) == (409, ReportState.SEEN)
    assert "编辑甲" in page
    assert "我写的答复</textarea>" in page


@pytest.mark.parametrize("typed", [{"answer": ""}, {"answer": "\u200b"}, {"answer": "字" * 501}, {"after": "received"}])
def test_a_step_that_cannot_be_is_refused_in_words(
    desk_client: FlaskClient, report: Report, state: Callable[[], ReportState], typed: dict[str, str]
) -> None:
    status, page = step(desk_client, report, **typed)

    assert (status, state()) == (400, ReportState.RECEIVED)
    assert 'role="alert"' in page


def test_an_odd_body_is_refused(desk_client: FlaskClient, report: Report) -> None:
    assert desk_client.post(f"/review/reports/{report.id}", json=["seen"]).status_code == 400


def test_a_row_has_the_ticket_as_its_reader_knows_it(database: Database, report: Report) -> None:
    with database.reading() as tx:
        (row,) = rows_of(tx, [report])

    assert row.ticket == shown_ticket(report.ticket)
    assert row.title == "月球车如何过夜"
    assert ReportState.RESOLVED in row.moves
