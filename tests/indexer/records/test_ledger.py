"""One function appends what was done, with who did it."""

from collections.abc import Callable
from datetime import datetime

from config.words import WhitelistStatus
from indexer.base.actors import COLLECTOR, Actor, ActorKind, operator
from indexer.base.changes import Change, ChangeKind
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.people.sign_in import add_account, remove_account, set_password, unlock
from indexer.records import channels, decisions, ledger
from indexer.records.database import Database
from indexer.review.records import Decision, Move
from indexer.whitelist.desk import step
from indexer.whitelist.records import Channel, WhitelistChange
from indexer.whitelist.states import WhitelistMove
from tests.operators import OPERATOR

PASSWORD = "示例口令-只用于测试"


def test_a_person_s_decision_names_their_account_and_the_collector_s_the_collector(
    database: Database, make_item: Callable[..., Item], make_user: Callable[..., User], move_on: Callable[..., Decision]
) -> None:
    item, editor = make_item(), make_user()
    move_on(item, Move.APPROVE, who=editor)
    make_item(text="来源改过的正文")

    with database.reading() as tx:
        made = [one.actor for one in decisions.of_item(tx, item.id)]
    assert made == [Actor(kind=ActorKind.PERSON, id=editor.id, name=editor.name), COLLECTOR]


def test_a_step_of_the_whitelist_names_who_gave_the_command(
    database: Database, channel: Channel, now: datetime
) -> None:
    step(database, channel.id, WhitelistMove.REVOKE, who=operator("运维"), why="单位要求", now=now)

    with database.reading() as tx:
        assert channels.status_changes(tx, channel.id)[-1].actor == operator("运维")
        assert channels.recent_changes(tx, limit=1) == channels.status_changes(tx, channel.id)[-1:]


def test_a_row_from_before_kinds_were_kept_is_read_by_its_name(
    database: Database, channel: Channel, now: datetime
) -> None:
    old = WhitelistChange(
        channel=channel.id, before=None, after=WhitelistStatus.APPROVED, who="编辑甲", why="示例", at=now
    )
    with database.transaction() as tx:
        ledger.append(tx, old)

    with database.reading() as tx:
        (row,) = channels.status_changes(tx, channel.id)
    assert row.actor == Actor(kind=ActorKind.PERSON, id="", name="编辑甲")


def test_every_change_of_an_account_is_a_row(database: Database, now: datetime) -> None:
    user = add_account(database, "编辑甲", PASSWORD, role=Role.EDITOR, by=OPERATOR, now=now)
    set_password(database, "编辑甲", PASSWORD * 2, by=OPERATOR, now=now)
    unlock(database, "编辑甲", by=OPERATOR, now=now)
    remove_account(database, "编辑甲", by=OPERATOR, now=now)

    with database.reading() as tx:
        rows = ledger.recent(tx, limit=10)
        newest = ledger.last_of(tx, ChangeKind.PASSWORD_SET, user.id)
    assert [row.kind for row in reversed(rows)] == [
        ChangeKind.ACCOUNT_ADDED,
        ChangeKind.PASSWORD_SET,
        ChangeKind.ACCOUNT_UNLOCKED,
        ChangeKind.ACCOUNT_REMOVED,
    ]
    assert {row.subject for row in rows} == {user.id}
    assert {row.actor for row in rows} == {OPERATOR}
    assert dict(rows[0].facts) == {"name": "编辑甲", "role": "editor"}
    assert newest == rows[2]


def test_the_newest_come_first_by_kind_and_page(database: Database, now: datetime) -> None:
    kinds = (ChangeKind.POLICY_LOADED, ChangeKind.ACCOUNT_ADDED, ChangeKind.POLICY_LOADED)
    with database.transaction() as tx:
        for number, kind in enumerate(kinds):
            by = {"who": "运维", "actor_kind": ActorKind.OPERATOR, "actor_id": "运维"}
            ledger.append(tx, Change(id=str(number), kind=kind, subject="x", at=now, **by))  # type: ignore[arg-type]

    with database.reading() as tx:
        assert [row.id for row in ledger.recent(tx, limit=2)] == ["2", "1"]
        assert [row.id for row in ledger.recent(tx, limit=2, offset=2)] == ["0"]
        assert [row.id for row in ledger.recent(tx, [ChangeKind.ACCOUNT_ADDED], limit=2)] == ["1"]
