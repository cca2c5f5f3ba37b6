"""The tables of readers' reports: what was written stays."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import Delete, Update, delete, update
from sqlalchemy.exc import DBAPIError

from indexer.catalogue.items import Item
from indexer.records import reports
from indexer.records.database import Database
from indexer.reports.tickets import Report, ReportId, ReportKind, ReportState, ReportStep, Ticket

STATEMENTS = [
    delete(reports.REPORTS),
    delete(reports.REPORT_STEPS),
    update(reports.REPORTS).values(words="anders"),
    update(reports.REPORTS).values(kind=ReportKind.OTHER),
    update(reports.REPORT_STEPS).values(answer="anders"),
    update(reports.REPORT_STEPS).values(who="anders"),
]


@pytest.fixture
def kept(database: Database, make_item: Callable[..., Item], now: datetime) -> Item:
    """An item with one open report and one that was resolved."""
    item = make_item()
    with database.transaction() as tx:
        for number in ("1", "2"):
            reports.add(tx, report(item, number, now))
        reports.append(tx, step("1", now))
    return item


def report(item: Item, number: str, at: datetime) -> Report:
    return Report(
        id=ReportId(number),
        ticket=Ticket(f"000000000{number}"),
        item=item.id,
        version=1,
        kind=ReportKind.MISTAKE,
        words="有误",
        contact="读者",
        at=at,
    )


def step(number: str, at: datetime) -> ReportStep:
    return ReportStep(
        report=ReportId(number),
        before=ReportState.RECEIVED,
        after=ReportState.RESOLVED,
        who="编辑甲",
        answer="已更正",
        at=at,
    )


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("statement", STATEMENTS)
def test_what_was_reported_and_answered_can_never_be_altered(database: Database, statement: Delete | Update) -> None:
    with pytest.raises(DBAPIError, match="append-only"), database.transaction() as tx:
        tx.change(statement)


def test_an_item_s_open_reports_come_first(database: Database, kept: Item) -> None:
    with database.reading() as tx:
        assert [one.id for one in reports.of_item(tx, kept.id, limit=9)] == ["2", "1"]
        assert [one.id for one in reports.page(tx, reports.OPEN, limit=9)] == ["2"]
        assert (reports.count(tx, reports.OPEN), reports.count_open(tx, kept.id)) == (1, 1)
        assert reports.titles(tx, [ReportId("1")]) == {"1": "月球车如何过夜"}


def test_a_step_from_another_state_writes_nothing(database: Database, kept: Item, now: datetime) -> None:
    with database.transaction() as tx:
        assert not reports.append(tx, step("1", now))

    with database.reading() as tx:
        assert len(reports.steps(tx, [ReportId("1")])[ReportId("1")]) == 1
