"""The log: decisions for the desk, the ledger for administrators; and what the collector refused."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from config.settings import Settings
from indexer.audit.loaded import note_loaded
from indexer.base.ids import ItemId
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate, Item
from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.people.sign_in import add_account
from indexer.records import refusals
from indexer.records.database import Database
from indexer.records.decisions import Step
from indexer.review.records import Decision, Move, State
from indexer.whitelist.desk import step
from indexer.whitelist.records import Channel
from indexer.whitelist.states import WhitelistMove
from tests.operators import OPERATOR
from web.review.log import PAGE_SIZE, Row, undo_of


def _decision(user: User, move: Move, batch: str | None, now: datetime) -> Decision:
    return Decision(
        id="d1",
        item=ItemId("i1"),
        version=1,
        move=move,
        before=State.PENDING,
        after=State.APPROVED,
        public_before=None,
        public_after=1,
        who=user.name,
        why="",
        at=now,
        batch=batch,
    )


def test_decisions_come_newest_first_with_who_and_why(
    desk_client: FlaskClient, make_item: Callable[..., Item], move: Callable[..., Decision]
) -> None:
    item = make_item()
    move(item, Move.HOLD)
    move(item, Move.REJECT)

    page = desk_client.get("/review/log").text

    assert page.index("退回") < page.index("暂缓")
    assert "编辑甲" in page
    assert "示例理由" in page


def test_a_page_is_followed_by_another_only_where_there_is_more(
    desk_client: FlaskClient, make_item: Callable[..., Item], move: Callable[..., Decision]
) -> None:
    item = make_item()
    for _ in range(PAGE_SIZE // 2):
        move(item, Move.APPROVE)
        move(item, Move.WITHDRAW)
    whole = desk_client.get("/review/log").text
    move(item, Move.APPROVE)

    assert "page=2" not in whole
    assert "page=2" in desk_client.get("/review/log").text


def test_a_batch_is_taken_back_from_the_log_while_some_of_it_holds(
    make_user: Callable[..., User], now: datetime
) -> None:
    user = make_user(role=Role.ADMIN)

    def row(*, batch: str | None, move: Move = Move.APPROVE, undone: tuple[bool, ...] = (False,)) -> Row:
        made = _decision(user, move, batch, now)
        steps = [Step(decision=made, title="月球车", is_undone=each) for each in undone]
        return Row(steps=steps, undo_of=undo_of(steps, user, now=now))

    assert row(batch="b1").undo_of == "b1"
    assert row(batch="b1", undone=(True, False)).undo_of == "b1"
    assert row(batch="b1", undone=(True, True)).undo_of is None
    assert row(batch=None).undo_of is None
    assert row(batch="b1", move=Move.UNDO).undo_of is None


def test_what_the_collector_refused_stands_with_its_reason(
    desk_client: FlaskClient, database: Database, make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    take_in(database, make_candidate(url="http://foreign.example/1.html", title="外站文章"), now=now)

    page = desk_client.get("/review/refused").text

    assert "外站文章" in page
    assert "foreign.example" in page


@pytest.fixture
def admin_client(browse: Callable[[User], FlaskClient], make_user: Callable[..., User]) -> FlaskClient:
    return browse(make_user("管理甲", role=Role.ADMIN))


@pytest.fixture
def _changed(database: Database, channel: Channel, settings: Settings, now: datetime) -> None:
    step(database, channel.id, WhitelistMove.SUSPEND, who=OPERATOR, why="授权到期", now=now)
    add_account(database, "编辑乙", "示例口令-只用于测试", role=Role.EDITOR, by=OPERATOR, now=now)
    note_loaded(database, settings, by=OPERATOR, now=now)


@pytest.mark.usefixtures("_changed")
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("whitelist", ["示例馆网站", "授权到期", "运维", "已暂停"]),
        ("accounts", ["编辑乙", "添加账号", "编辑", "运维"]),
        ("rules", ["policy.yaml", "taxonomy.yaml", "启用审核规则", "启用分类表"]),
    ],
)
def test_an_administrator_reads_what_was_changed_and_by_whom(
    admin_client: FlaskClient, kind: str, words: list[str]
) -> None:
    page = admin_client.get("/review/log", query_string={"kind": kind}).text

    assert [word for word in words if word not in page] == []
    assert f'<option value="{kind}" selected>' in page


@pytest.mark.parametrize("kind", ["whitelist", "accounts", "rules"])
def test_an_editor_is_shown_decisions_alone(desk_client: FlaskClient, kind: str) -> None:
    assert desk_client.get("/review/log", query_string={"kind": kind}).status_code == 403
    assert "<option" not in desk_client.get("/review/log").text


def test_a_kind_that_is_none_lists_the_decisions(admin_client: FlaskClient) -> None:
    page = admin_client.get("/review/log?kind=nonsense").text

    assert "还没有审核记录" in page
    assert '<option value="decisions" selected>' in page


def test_a_refusal_is_found_by_its_number_whatever_came_after(
    desk_client: FlaskClient,
    database: Database,
    make_candidate: Callable[..., Candidate],
    channel: Channel,
    now: datetime,
) -> None:
    for title in ("第一个题目", "第二个题目"):
        take_in(database, make_candidate(url="http://foreign.example/1.html", title=title), now=now)
    with database.reading() as tx:
        (newest,) = refusals.recent(tx)

    assert "第一个题目" not in desk_client.get("/review/refused").text
    assert "第一个题目" in desk_client.get(f"/review/refused?number={newest.number - 1}").text


@pytest.mark.parametrize("number", ["999", "x", "-1", "９", "9999999999", "' OR 1"])
def test_a_number_of_nothing_finds_nothing(desk_client: FlaskClient, number: str) -> None:
    answer = desk_client.get("/review/refused", query_string={"number": number})

    assert answer.status_code == 200
    assert "没有" in answer.text


def test_a_refusal_reads_in_english_where_the_page_is_english(
    desk_client: FlaskClient,
    database: Database,
    make_candidate: Callable[..., Candidate],
    channel: Channel,
    now: datetime,
) -> None:
    take_in(database, make_candidate(text="", media=()), now=now)

    assert "No text, picture or video was read" in desk_client.get("/review/refused?lang=en").text
