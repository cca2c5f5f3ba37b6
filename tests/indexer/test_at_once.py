"""Use cases that several processes run at the same moment: each leaves what one after the other would have left."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from config.units.load import load_units
from indexer.base.ids import ChannelId
from indexer.catalogue.intake import Outcome, take_in
from indexer.catalogue.items import Candidate, Item
from indexer.people import sessions
from indexer.people import sign_in as people
from indexer.people.accounts import User, UserId, Visit
from indexer.people.rights import Role
from indexer.people.sign_in import AccountRefused, SignInProblem, SignInRefused
from indexer.records import channels, decisions, items, outbox, reads, refusals, understood
from indexer.records import sessions as session_rows
from indexer.records.database import Database, RecordsDown
from indexer.reports import desk as reports
from indexer.reports.desk import ReportProblem, ReportRefused, Told
from indexer.reports.tickets import ReportKind
from indexer.review import desk, queue
from indexer.review.records import Move, State
from indexer.understanding.results import Facet, Tag
from indexer.whitelist.desk import import_units
from indexer.whitelist.records import Channel
from tests.at_once import at_once
from tests.operators import OPERATOR

PASSWORD, OTHER = "十个字以上的口令示例", "另一个足够长的口令示例"
TIMES = 6
HALL = """units:
  - id: hall
    name: 示例科技馆
    system: 科技馆之城
    district: 海淀区
    channels:
      - {id: hall-site-1, kind: site, source: feed, address: "http://hall.example/feed.xml"}
"""


@pytest.fixture
def shown(make_item: Callable[..., Item], make_user: Callable[..., User], move_on: Callable[..., object]) -> Item:
    """An item that is public."""
    item = make_item()
    move_on(item, Move.APPROVE, who=make_user())
    return item


def test_a_candidate_taken_in_twice_is_one_item_of_one_version(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    taken = at_once(*[partial(take_in, database, make_candidate(), now=now)] * TIMES)

    with database.reading() as tx:
        [(item, _)] = understood.all_latest(tx, after=None, limit=TIMES)
    assert sorted(one.outcome for one in taken) == [Outcome.NEW_ITEM] + [Outcome.UNCHANGED] * (TIMES - 1)
    assert ({one.item for one in taken}, item.latest) == ({item.id}, 1)


def test_an_edit_taken_in_twice_is_one_version(
    database: Database, shown: Item, make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    taken = at_once(*[partial(take_in, database, make_candidate(text="改过的正文"), now=now)] * TIMES)

    with database.reading() as tx:
        item, made = items.item(tx, shown.id), decisions.of_item(tx, shown.id)
    assert item is not None
    assert sorted(one.outcome for one in taken) == [Outcome.NEW_VERSION] + [Outcome.UNCHANGED] * (TIMES - 1)
    assert (item.state, item.latest) == (State.CHANGED, 2)
    assert [one.move for one in made] == [Move.APPROVE, Move.EDIT]


def test_a_refusal_noted_twice_is_one_row(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    foreign = make_candidate(url="http://elsewhere.example/1.html")

    at_once(*[partial(take_in, database, foreign, now=now)] * TIMES)

    with database.reading() as tx:
        assert len(refusals.recent(tx)) == 1


def test_what_is_understood_twice_stands_once(
    database: Database, make_item: Callable[..., Item], now: datetime
) -> None:
    item = make_item()

    def understand() -> None:
        with database.transaction() as tx:
            understood.save(
                tx,
                item.id,
                1,
                tags=[Tag(facet=Facet.TOPIC, id=f"t{number}", score=0.5) for number in range(9)],
                findings=(),
                vector=bytes(8),
                embedder="e",
                cluster=item.cluster,
                at=now,
            )

    at_once(*[understand] * TIMES)

    with database.reading() as tx:
        assert len(understood.tags(tx, item.id, 1)) == 9
        assert [(one, vector) for _, one, vector in understood.vectors(tx, "e")] == [(item.id, bytes(8))]


def test_failed_reads_are_all_counted(database: Database, channel: Channel, now: datetime) -> None:
    def fail() -> None:
        with database.transaction() as tx:
            reads.record_read(tx, channel.id, at=now, error="没有回答")

    at_once(*[fail] * TIMES)

    with database.reading() as tx:
        assert reads.history(tx, channel.id).failures == TIMES


def test_one_of_many_who_look_at_an_item_is_shown_to_the_others(
    database: Database, make_item: Callable[..., Item], make_user: Callable[..., User], now: datetime
) -> None:
    item, editors = make_item(), [make_user(f"编辑{number}") for number in range(TIMES)]

    told = at_once(*[partial(queue.claim, database, item=item.id, user=user, now=now) for user in editors])

    first = editors[told.index(None)]
    assert [one for one in told if one is not None] == [first] * (TIMES - 1)


def test_wrong_passwords_side_by_side_are_all_counted(database: Database, now: datetime) -> None:
    people.add_account(database, "编辑甲", PASSWORD, role=Role.EDITOR, by=OPERATOR, now=now)

    def guess() -> SignInProblem:
        with pytest.raises(SignInRefused) as refused:
            people.sign_in(database, "编辑甲", "wrong", now=now, visit=Visit(address="203.0.113.5"))
        return refused.value.problem

    told = at_once(*[guess] * (TIMES + 2))

    assert sorted(told) == [SignInProblem.LIMITED] * 3 + [SignInProblem.WRONG] * 5


def test_a_person_has_only_so_many_sessions(database: Database, monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr(sessions, "OPEN_AT_ONCE", 2)
    user = people.add_account(database, "编辑甲", PASSWORD, role=Role.EDITOR, by=OPERATOR, now=now)

    at_once(*[partial(people.open_session, database, "编辑甲", PASSWORD, visit=Visit(), now=now)] * TIMES)

    assert open_sessions(database, user.id) == 2


def test_no_session_of_the_old_password_outlives_it(database: Database, now: datetime) -> None:
    user = people.add_account(database, "编辑甲", PASSWORD, role=Role.EDITOR, by=OPERATOR, now=now)

    def sign_in() -> None:
        with suppress(SignInRefused):
            people.open_session(database, "编辑甲", PASSWORD, visit=Visit(), now=now)

    at_once(
        sign_in,
        sign_in,
        partial(people.set_password, database, "编辑甲", OTHER, by=OPERATOR, now=now),
        sign_in,
        sign_in,
    )

    assert open_sessions(database, user.id) == 0


def test_a_name_is_given_to_one(database: Database, now: datetime) -> None:
    def add() -> bool:
        with suppress(AccountRefused):
            people.add_account(database, "编辑甲", PASSWORD, role=Role.EDITOR, by=OPERATOR, now=now)
            return True
        return False

    assert sorted(at_once(*[add] * TIMES)) == [False] * (TIMES - 1) + [True]


def test_no_more_reports_are_taken_than_may_be(
    database: Database, shown: Item, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    monkeypatch.setattr(reports, "OPEN_REPORTS", 2)

    def report() -> ReportProblem | None:
        try:
            reports.hand_in(database, item=shown.id, told=Told(kind=ReportKind.MISTAKE, words="年份写错了"), now=now)
        except ReportRefused as refused:
            return refused.problem
        return None

    told = at_once(*[report] * TIMES)

    assert (told.count(None), told.count(ReportProblem.TOO_MANY)) == (2, TIMES - 2)


def test_a_whitelist_imported_twice_leaves_one_step_a_channel(
    database: Database, tmp_path: Path, now: datetime
) -> None:
    (tmp_path / "list.yaml").write_text(HALL, encoding="utf-8")
    entries = load_units(tmp_path / "list.yaml")

    at_once(*[partial(import_units, database, entries, file="list.yaml", who=OPERATOR, now=now)] * TIMES)

    with database.reading() as tx:
        assert len(channels.status_changes(tx, ChannelId("hall-site-1"))) == 1


@pytest.mark.parametrize("records_on", ["postgresql"])
def test_decisions_are_numbered_in_the_order_in_which_they_are_seen(
    database: Database,
    records_url: str,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    now: datetime,
) -> None:
    first, second, editor = make_item(), make_item(url="http://a.example/2.html"), make_user()
    impatient = Database.open(f"{records_url}&options=-c%20lock_timeout%3D50ms")
    decide = partial(desk.decide, version=1, state=State.PENDING, move=Move.APPROVE, who=editor, why="", now=now)
    made = decide(impatient, item=first.id)

    with database.transaction() as tx:
        decisions.append(
            tx,
            replace(
                made,
                id="d2",
                move=Move.WITHDRAW,
                before=made.after,
                after=State.WITHDRAWN,
                public_before=1,
                public_after=None,
            ),
        )
        with pytest.raises(RecordsDown, match="busy for too long"):
            decide(impatient, item=second.id)

    decide(impatient, item=second.id)
    impatient.close()


@pytest.mark.parametrize("records_on", ["postgresql"])
def test_a_row_that_is_seen_late_is_not_taken_away_with_those_before_it(
    database: Database, make_item: Callable[..., Item], now: datetime
) -> None:
    early, late = make_item(), make_item(url="http://a.example/2.html")

    with database.transaction() as slow:
        outbox.add(slow, [early.id], at=now)
        with database.transaction() as quick:
            outbox.add(quick, [late.id], at=now + timedelta(seconds=1))
        with database.transaction() as tx:
            seen = outbox.claim_waiting(tx, holder="test", now=now, limit=9)
            outbox.done(tx, [row for row, _ in seen], holder="test")

    with database.reading() as tx:
        left = outbox.waiting(tx, limit=9)
    assert ([item for _, item in seen], [item for _, item in left]) == ([late.id], [early.id])


def open_sessions(database: Database, user: UserId) -> int:
    with database.reading() as tx:
        return len(session_rows.not_ended(tx, user))
