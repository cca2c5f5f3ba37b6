"""Readers' reports: what is taken, what is kept, how they move on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from indexer.base.ids import ItemId
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import reports as records
from indexer.records.database import Database
from indexer.reports import desk as reports
from indexer.reports.desk import OPEN_REPORTS, WORDS_CHARS, ReportProblem, ReportRefused, Told
from indexer.reports.tickets import Report, ReportKind, ReportState, ReportStep
from indexer.review import desk
from indexer.review.records import Move, State

TOLD = Told(kind=ReportKind.MISTAKE, words="第二段的年份写错了。", contact="读者 13800000000")


@pytest.fixture
def shown(database: Database, make_item: Callable[..., Item], make_user: Callable[..., User], now: datetime) -> Item:
    """An item that is public."""
    item = make_item()
    desk.decide(
        database, item=item.id, version=1, state=State.PENDING, move=Move.APPROVE, who=make_user(), why="", now=now
    )
    return item


@pytest.fixture
def report(database: Database, shown: Item, now: datetime) -> Report:
    return reports.hand_in(database, item=shown.id, told=TOLD, now=now)


@pytest.fixture
def stored(database: Database) -> Callable[[Report], tuple[Report | None, list[ReportStep]]]:
    """Read a report anew by its ticket, with its steps."""

    def read(report: Report) -> tuple[Report | None, list[ReportStep]]:
        with database.reading() as tx:
            return records.by_ticket(tx, report.ticket), records.steps(tx, [report.id])[report.id]

    return read


def resolve(database: Database, report: Report, *, now: datetime, answer: str = "已更正。") -> ReportStep:
    return reports.take_step(
        database,
        report.id,
        seen=ReportState.RECEIVED,
        after=ReportState.RESOLVED,
        who="编辑甲",
        answer=answer,
        now=now,
    )


def test_a_report_is_kept_as_it_was_told(
    report: Report, shown: Item, stored: Callable[..., tuple[Report | None, list[ReportStep]]], now: datetime
) -> None:
    assert stored(report) == (report, [])
    assert (report.item, report.version, report.state, report.at) == (shown.id, 1, ReportState.RECEIVED, now)
    assert (report.kind, report.words, report.contact) == (TOLD.kind, TOLD.words, TOLD.contact)


@pytest.mark.parametrize(
    "words", ["", " \t\n", "\u200b\u200d\ufeff", "\u3164\u2800\u115f", "\ufe0f\u034f", "\u202e\u2066\x00", "\ud800"]
)
def test_words_that_nobody_sees_are_no_report(database: Database, shown: Item, now: datetime, words: str) -> None:
    with pytest.raises(ReportRefused) as refused:
        reports.hand_in(database, item=shown.id, told=replace(TOLD, words=words), now=now)

    assert refused.value.problem is ReportProblem.NO_WORDS


def test_what_nobody_sees_is_taken_out_of_words_and_contact(database: Database, shown: Item, now: datetime) -> None:
    told = replace(TOLD, words="一\u200b二\r\n\r\n\r\n\r\n三\u202e\ud800 ", contact=" a\u200d@\nb ")

    taken = reports.hand_in(database, item=shown.id, told=told, now=now)

    assert (taken.words, taken.contact) == ("一二\n\n三", "a@ b")


@pytest.mark.parametrize("told", [replace(TOLD, words="字" * (WORDS_CHARS + 1)), replace(TOLD, contact="字" * 121)])
def test_what_is_too_long_is_refused_and_not_cut(database: Database, shown: Item, now: datetime, told: Told) -> None:
    with pytest.raises(ReportRefused) as refused:
        reports.hand_in(database, item=shown.id, told=told, now=now)

    assert refused.value.problem is ReportProblem.TOO_LONG


def test_only_what_is_public_can_be_reported(database: Database, make_item: Callable[..., Item], now: datetime) -> None:
    problems = []
    for item in (make_item().id, ItemId("unknown")):
        with pytest.raises(ReportRefused) as refused:
            reports.hand_in(database, item=item, told=TOLD, now=now)
        problems.append(refused.value.problem)

    assert problems == [ReportProblem.NOT_PUBLIC, ReportProblem.NOT_PUBLIC]


def test_a_flood_on_one_item_ends(database: Database, shown: Item, now: datetime) -> None:
    for _ in range(OPEN_REPORTS):
        reports.hand_in(database, item=shown.id, told=TOLD, now=now)

    with pytest.raises(ReportRefused) as refused:
        reports.hand_in(database, item=shown.id, told=TOLD, now=now)

    assert refused.value.problem is ReportProblem.TOO_MANY


def test_every_step_is_dated_and_names_who_took_it(
    database: Database, report: Report, stored: Callable[..., tuple[Report, list[ReportStep]]], now: datetime
) -> None:
    later = now + timedelta(hours=1)
    seen = reports.take_step(
        database, report.id, seen=ReportState.RECEIVED, after=ReportState.SEEN, who="编辑甲", answer="", now=now
    )
    done = reports.take_step(
        database, report.id, seen=ReportState.SEEN, after=ReportState.RESOLVED, who="编辑乙", answer="已改", now=later
    )

    kept, steps = stored(report)

    assert steps == [seen, done]
    assert [(step.who, step.at, step.after) for step in steps] == [
        ("编辑甲", now, ReportState.SEEN),
        ("编辑乙", later, ReportState.RESOLVED),
    ]
    assert kept.state is ReportState.RESOLVED


def test_a_resolved_report_forgets_how_to_reach_its_reader(
    database: Database, report: Report, stored: Callable[..., tuple[Report, list[ReportStep]]], now: datetime
) -> None:
    resolve(database, report, now=now)

    assert stored(report)[0] == replace(report, state=ReportState.RESOLVED, contact="")


def test_a_step_from_a_state_that_is_gone_is_refused_with_what_came_between(
    database: Database, report: Report, now: datetime
) -> None:
    between = resolve(database, report, now=now)

    with pytest.raises(ReportRefused) as refused:
        resolve(database, report, now=now, answer="另一个答复")

    assert (refused.value.problem, refused.value.latest) == (ReportProblem.STALE, between)


def test_a_report_is_not_closed_without_an_answer_that_can_be_seen(
    database: Database, report: Report, now: datetime
) -> None:
    with pytest.raises(ReportRefused) as refused:
        resolve(database, report, now=now, answer=" \u200b")

    assert refused.value.problem is ReportProblem.NO_ANSWER


def test_a_ticket_stays_when_its_item_is_withdrawn(
    database: Database, report: Report, make_user: Callable[..., User], now: datetime
) -> None:
    desk.decide(
        database,
        item=report.item,
        version=1,
        move=Move.WITHDRAW,
        who=make_user("编辑丙"),
        why="单位要求",
        now=now,
        state=State.APPROVED,
    )

    assert resolve(database, report, now=now).after is ReportState.RESOLVED
