"""The unit's own desk: all of its own, nothing of others."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate, Item
from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.records import channels
from indexer.records.database import Database
from indexer.review import desk
from indexer.review.records import Decision, Move
from indexer.whitelist.records import Channel, Unit
from web.unit.desk import PAGE_SIZE


@pytest.fixture
def unit_client(browse: Callable[[User], FlaskClient], make_user: Callable[..., User], channel: Channel) -> FlaskClient:
    return browse(make_user("单位甲", role=Role.UNIT, unit=UnitId("unit-a")))


def test_what_was_collected_stands_with_its_state_and_the_editor_s_reason(
    unit_client: FlaskClient, make_item: Callable[..., Item], move: Callable[..., None]
) -> None:
    move(make_item(), Move.REJECT)

    page = unit_client.get("/unit/").text

    assert "月球车如何过夜" in page
    assert "已退回" in page
    assert "示例理由" in page
    assert "编辑甲" not in page


def test_a_held_piece_has_its_reason_after_an_undo_and_an_edit_too(
    unit_client: FlaskClient,
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    move: Callable[..., Decision],
    now: datetime,
) -> None:
    item = make_item()
    move(item, Move.HOLD)
    approval = move(item, Move.APPROVE)
    desk.undo(database, item=item.id, decision=approval.id, who=make_user("管理员", role=Role.ADMIN), now=now)
    make_item(text="来源改过的正文")

    page = unit_client.get("/unit/").text

    assert '<span class="badge held">' in page
    assert "示例理由" in page


def test_what_was_refused_stands_with_the_reason(
    unit_client: FlaskClient, database: Database, make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    take_in(database, make_candidate(url="http://foreign.example/1.html", title="外站文章"), now=now)

    page = unit_client.get("/unit/").text

    assert "外站文章" in page
    assert "链接不在登记的域名内" in page


def test_nothing_of_another_unit_is_shown(
    unit_client: FlaskClient,
    database: Database,
    make_unit: Callable[..., Unit],
    make_channel: Callable[..., Channel],
    make_item: Callable[..., Item],
) -> None:
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit(id=UnitId("unit-b"), name="别家单位"))
        channels.save_channel(
            tx, make_channel(id=ChannelId("b"), unit=UnitId("unit-b"), name="别家渠道", hosts=("b.example",))
        )
    make_item(channel=ChannelId("b"), url="http://b.example/1.html", title="别家内容")

    page = unit_client.get("/unit/").text

    assert "别家" not in page
    assert "示例馆网站" in page


def test_the_newest_come_first_a_page_at_a_time(unit_client: FlaskClient, make_item: Callable[..., Item]) -> None:
    for number in range(PAGE_SIZE + 1):
        make_item(url=f"http://a.example/{number}.html", title=f"第{number}篇。", text=f"正文{number}")

    first, second = (unit_client.get(f"/unit/?page={page}").text for page in (1, 2))

    assert f"第{PAGE_SIZE}篇。" in first
    assert first.index("第9篇。") < first.index("第8篇。")
    assert "第0篇。" in second
    assert "第0篇。" not in first
