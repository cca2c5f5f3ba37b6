"""Readers' reports and their steps: tables, mapping and queries."""

from collections.abc import Iterable, Sequence

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    RowMapping,
    String,
    Table,
    Text,
    func,
    insert,
    select,
    update,
)

from indexer.base.ids import ItemId
from indexer.records.columns import NAME_CHARS, Moment, key, link, metadata, word
from indexer.records.database import Transaction
from indexer.records.items import VERSIONS
from indexer.reports.tickets import Report, ReportId, ReportKind, ReportState, ReportStep, Ticket

OPEN = (ReportState.RECEIVED, ReportState.SEEN)

REPORTS = Table(
    "reports",
    metadata,
    key("id"),
    Column("ticket", String(16), nullable=False, unique=True),
    link("item", "items.id"),
    Column("version", Integer, nullable=False),
    Column("kind", word(ReportKind), nullable=False),
    Column("words", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", word(ReportState), nullable=False),
    ForeignKeyConstraint(["item", "version"], ["versions.item", "versions.number"]),
    Index(None, "item", "id"),
    Index(None, "state", "id"),
)

REPORT_STEPS = Table(
    "report_steps",
    metadata,
    Column("id", Integer, primary_key=True),
    link("report", "reports.id"),
    Column("before", word(ReportState), nullable=False),
    Column("after", word(ReportState), nullable=False),
    Column("who", String(NAME_CHARS), nullable=False),
    Column("answer", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "report", "id"),
)


def add(tx: Transaction, report: Report) -> None:
    """Write a new report."""
    tx.change(
        insert(REPORTS).values(
            id=report.id,
            ticket=report.ticket,
            item=report.item,
            version=report.version,
            kind=report.kind,
            words=report.words,
            contact=report.contact,
            at=report.at,
            state=report.state,
        )
    )


def append(tx: Transaction, step: ReportStep) -> bool:
    """Write a step and move its report; False, and nothing is written, where the report does not stand at `before`."""
    c = REPORTS.c
    values = {"state": step.after} | ({"contact": ""} if step.after is ReportState.RESOLVED else {})
    if not tx.change(update(REPORTS).where(c.id == step.report, c.state == step.before).values(values)):
        return False
    tx.change(
        insert(REPORT_STEPS).values(
            report=step.report,
            before=step.before,
            after=step.after,
            who=step.who,
            answer=step.answer,
            at=step.at,
        )
    )
    return True


def report(tx: Transaction, report: ReportId) -> Report | None:
    """Return a report by id."""
    row = tx.first(select(REPORTS).where(REPORTS.c.id == report))
    return _report_of(row) if row else None


def by_ticket(tx: Transaction, ticket: Ticket) -> Report | None:
    """Return a report by its ticket."""
    row = tx.first(select(REPORTS).where(REPORTS.c.ticket == ticket))
    return _report_of(row) if row else None


def of_item(tx: Transaction, item: ItemId, *, limit: int) -> list[Report]:
    """Return an item's REPORTS, the open ones first, then the newest first."""
    c = REPORTS.c
    is_closed = c.state == ReportState.RESOLVED
    query = select(REPORTS).where(c.item == item).order_by(is_closed, c.id.desc()).limit(limit)
    return [_report_of(row) for row in tx.rows(query)]


def page(tx: Transaction, states: Sequence[ReportState], *, limit: int, offset: int = 0) -> list[Report]:
    """Return reports in these states, the oldest first."""
    c = REPORTS.c
    query = select(REPORTS).where(c.state.in_(states)).order_by(c.id).limit(limit).offset(offset)
    return [_report_of(row) for row in tx.rows(query)]


def count(tx: Transaction, states: Sequence[ReportState]) -> int:
    """Return how many reports stand in these states."""
    return tx.number(select(func.count()).select_from(REPORTS).where(REPORTS.c.state.in_(states)))


def count_open(tx: Transaction, item: ItemId) -> int:
    """Return how many reports on one item are not resolved."""
    c = REPORTS.c
    return tx.number(select(func.count()).select_from(REPORTS).where(c.item == item, c.state.in_(OPEN)))


def steps(tx: Transaction, wanted: Iterable[ReportId]) -> dict[ReportId, list[ReportStep]]:
    """Return the steps of each of the REPORTS, oldest first."""
    found: dict[ReportId, list[ReportStep]] = {one: [] for one in wanted}
    query = select(REPORT_STEPS).where(REPORT_STEPS.c.report.in_(list(found))).order_by(REPORT_STEPS.c.id)
    for row in tx.rows(query):
        found[row[REPORT_STEPS.c.report]].append(_step_of(row))
    return found


def titles(tx: Transaction, wanted: Iterable[ReportId]) -> dict[ReportId, str]:
    """Return the title of the version that each of the reports was made on."""
    c, v = REPORTS.c, VERSIONS.c
    of_version = (v.item == c.item) & (v.number == c.version)
    query = select(c.id, v.title).join(VERSIONS, of_version).where(c.id.in_(list(wanted)))
    return {row[c.id]: row[v.title] for row in tx.rows(query)}


def latest_step(tx: Transaction, report: ReportId) -> ReportStep | None:
    """Return the last step of a report; None where it has none."""
    c = REPORT_STEPS.c
    row = tx.first(select(REPORT_STEPS).where(c.report == report).order_by(c.id.desc()).limit(1))
    return _step_of(row) if row else None


def _report_of(row: RowMapping) -> Report:
    c = REPORTS.c
    return Report(
        id=row[c.id],
        ticket=row[c.ticket],
        item=row[c.item],
        version=row[c.version],
        kind=row[c.kind],
        words=row[c.words],
        contact=row[c.contact],
        at=row[c.at],
        state=row[c.state],
    )


def _step_of(row: RowMapping) -> ReportStep:
    c = REPORT_STEPS.c
    return ReportStep(
        report=row[c.report],
        before=row[c.before],
        after=row[c.after],
        who=row[c.who],
        answer=row[c.answer],
        at=row[c.at],
    )
