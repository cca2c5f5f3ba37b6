"""The whitelist look-up without an account."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from config.words import ChannelKind, WhitelistStatus
from indexer.base.ids import ChannelId, UnitId
from indexer.records import channels
from indexer.records.database import Database
from indexer.whitelist.records import Channel, Unit
from web.public.whitelist import matching


@pytest.fixture(autouse=True)
def _registered(
    database: Database, channel: Channel, make_unit: Callable[..., Unit], make_channel: Callable[..., Channel]
) -> None:
    other = make_unit(id=UnitId("unit-b"), name="示例市地震局", short_name="示例震局", former_names=("旧名局",))
    with database.transaction() as tx:
        channels.save_unit(tx, other)
        channels.save_channel(
            tx,
            make_channel(
                id=ChannelId("b-wechat"),
                unit=other.id,
                kind=ChannelKind.WECHAT,
                name="震知识",
                status=WhitelistStatus.APPLIED,
                licence=None,
            ),
        )


@pytest.mark.parametrize("name", ["示例市地震局", "示例震局", "旧名局", "震知识", " 震 知 识 "])
def test_a_unit_is_found_by_any_of_its_names_and_its_channels(client: FlaskClient, name: str) -> None:
    page = client.get("/whitelist", query_string={"name": name}).text

    assert "震知识" in page
    assert "已申请" in page
    assert "请向主办方提交转载授权书" in page
    assert "示例馆网站" not in page


def test_an_approved_channel_says_what_that_means(client: FlaskClient) -> None:
    page = client.get("/whitelist", query_string={"name": "示例馆"}).text

    assert "已批准" in page
    assert "新内容经编辑审核通过后在本站展示" in page


def test_an_unknown_name_says_what_to_do(client: FlaskClient) -> None:
    assert "没有这个名称的单位或渠道" in client.get("/whitelist", query_string={"name": "无此单位"}).text


@pytest.mark.parametrize("secret", ["示例授权书", "http://a.example/feed.xml"])
def test_licences_and_addresses_are_nobody_s_business(client: FlaskClient, secret: str) -> None:
    assert secret not in client.get("/whitelist", query_string={"name": "示例"}).text


@pytest.mark.parametrize(
    ("name", "found"),
    [("示例科技馆", ["示例科技馆", "示例科技馆分馆"]), ("ＡＢＣ 馆", ["Abc馆"]), ("", []), ("没有的馆", [])],
)
def test_the_unit_of_exactly_this_name_comes_first(make_unit: Callable[..., Unit], name: str, found: list[str]) -> None:
    names = ["示例科技馆分馆", "示例科技馆", "Abc馆"]
    units = [make_unit(id=UnitId(f"u{n}"), name=each, short_name=each) for n, each in enumerate(names)]

    assert [view.unit.name for view in matching(name, units, [])] == found
    assert len(matching("馆", units, [], limit=2)) <= 2
