"""web.review.alarms: what is wrong at a source stands on the editors' desk, counted, and beside its item."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from indexer.base.ids import UnitId
from indexer.catalogue.items import Item
from indexer.catalogue.looks import Sight
from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.records import looks
from indexer.records.database import Database
from web.review.alarms import PAGE_SIZE
from web.shown.sights import SIGHTS

WORDS = "网站拒绝采集（403）：http://a.example/<b>1</b>"


@pytest.fixture
def alarmed(database: Database, make_item: Callable[..., Item], now: datetime) -> Item:
    """An item whose link has been refused twice."""
    item = make_item()
    with database.transaction() as tx:
        (look,) = looks.claim_due(tx, holder="one", now=now + timedelta(days=1), a_host=1, limit=1)
        wrong = replace(look, alarm=Sight.REFUSED, alarm_words=WORDS, alarm_since=now, alarms=2, looked_at=now)
        assert looks.settle(tx, wrong, holder="one")
    return item


def test_an_alarm_is_in_the_list_counted_and_beside_its_item(desk_client: FlaskClient, alarmed: Item) -> None:
    listed = desk_client.get("/review/alarms").text
    beside = desk_client.get(f"/review/items/{alarmed.id}").text
    queue = desk_client.get("/review/").text

    for page in (listed, beside):
        assert "网站拒绝采集" in page
        assert "&lt;b&gt;1&lt;/b&gt;" in page
    assert f"/review/items/{alarmed.id}" in listed
    assert "连续 2 次" in listed
    assert "来源异常 1</a>" in queue


def test_without_alarms_the_list_says_so_and_no_tab_counts(desk_client: FlaskClient, make_item: object) -> None:
    assert "没有来源异常。" in desk_client.get("/review/alarms").text
    assert "来源异常</a>" in desk_client.get("/review/").text


def test_its_unit_reads_it_on_its_own_desk_and_another_does_not(
    database: Database, browse: Callable[[User], FlaskClient], make_user: Callable[..., User], alarmed: Item
) -> None:
    own = browse(make_user("单位甲", role=Role.UNIT, unit=UnitId("unit-a"))).get("/unit/").text

    assert "网站拒绝采集" in own
    assert "内容保持原状" in own


def test_a_long_list_has_pages(
    database: Database, desk_client: FlaskClient, make_item: Callable[..., Item], now: datetime
) -> None:
    for number in range(PAGE_SIZE + 1):
        make_item(url=f"http://a.example/{number}.html", title=f"第{number}篇")
    with database.transaction() as tx:
        for look in looks.claim_due(tx, holder="one", now=now + timedelta(days=1), a_host=99, limit=99):
            looks.settle(tx, replace(look, alarm=Sight.BUSY, alarm_since=now, alarms=1), holder="one")

    first, second = (desk_client.get(f"/review/alarms?page={page}").text for page in (1, 2))

    assert (first.count("网站繁忙"), second.count("网站繁忙")) == (PAGE_SIZE, 1)


def test_every_sight_that_can_be_an_alarm_has_its_words() -> None:
    assert set(SIGHTS) == set(Sight) - {Sight.THERE}
