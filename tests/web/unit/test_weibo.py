"""web.unit.weibo: to Weibo and back, in the same session, once; what came of it stands on the channel's page."""

from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config.settings import Settings
from config.words import ChannelKind
from indexer.base.ids import ChannelId, UnitId
from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.records import channels, inbox
from indexer.records.database import Database
from indexer.records.inbox import Filed, InboxKind
from indexer.whitelist.records import Channel, Unit
from web.unit.weibo import return_address

CODE = "c0de5678c0de5678"
RETURN = "/unit/connect/weibo/return"
PAGE = "/unit/channels/kjg-weibo/connect"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_folder=tmp_path, weibo_app_key="2345678901", public_url="http://localhost")


@pytest.fixture
def weibo(database: Database, make_unit: Callable[..., Unit], make_channel: Callable[..., Channel]) -> Channel:
    made = make_channel(
        id=ChannelId("kjg-weibo"),
        kind=ChannelKind.WEIBO,
        address="https://weibo.com/u/6123456789",
        hosts=("weibo.com",),
    )
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit())
        channels.save_channel(tx, made)
    return made


@pytest.fixture
def unit_client(browse: Callable[[User], FlaskClient], make_user: Callable[..., User], weibo: Channel) -> FlaskClient:
    return browse(make_user("单位甲", role=Role.UNIT, unit=weibo.unit))


def filed(database: Database) -> Sequence[Filed]:
    with database.reading() as tx:
        return inbox.newest(tx, InboxKind.CONNECT)


def begin(client: FlaskClient) -> str:
    """Go to Weibo, and return the state that went along."""
    sent = client.get(f"{PAGE}/weibo")
    assert sent.status_code == 303
    return parse_qs(urlsplit(sent.headers["Location"]).query)["state"][0]


def back(client: FlaskClient, **fields: str) -> tuple[str, str]:
    """Come back with these fields; where that leads, and the page there."""
    answer = client.get(f"{RETURN}?{urlencode(fields)}")
    assert answer.status_code == 303
    where = answer.headers["Location"]
    return where, client.get(where).text


def test_the_button_leads_to_weibo_s_own_page(unit_client: FlaskClient) -> None:
    page = unit_client.get(PAGE).text
    sent = unit_client.get(f"{PAGE}/weibo")

    assert f'href="{PAGE}/weibo"' in page
    parts = urlsplit(sent.headers["Location"])
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "https://api.weibo.com/oauth2/authorize"
    assert parse_qs(parts.query)["redirect_uri"] == [f"http://localhost{RETURN}"]


def test_the_way_back_is_an_address_of_the_site_s_own(app: Flask) -> None:
    with app.test_request_context("/", base_url="http://evil.example"):
        assert return_address() == f"http://localhost{RETURN}"


def test_a_code_that_comes_back_is_filed_for_the_collector_and_the_page_waits(
    unit_client: FlaskClient, database: Database
) -> None:
    where, page = back(unit_client, state=begin(unit_client), code=CODE)

    (row,) = filed(database)
    assert where == PAGE
    assert (row.channel, row.who) == ("kjg-weibo", "单位甲")
    assert CODE not in str(row.payload)
    assert "采集程序" in page


def test_a_return_counts_once(unit_client: FlaskClient, database: Database) -> None:
    state = begin(unit_client)
    back(unit_client, state=state, code=CODE)
    where, page = back(unit_client, state=state, code=CODE)

    assert where == "/unit/"
    assert "已经用过" in page
    assert len(filed(database)) == 1


@pytest.mark.parametrize("state", ["", "x", "a.b.c", "W10.AAAA"])
def test_a_return_that_did_not_begin_here_files_nothing(
    unit_client: FlaskClient, database: Database, state: str
) -> None:
    where, page = back(unit_client, state=state, code=CODE)

    assert where == "/unit/"
    assert "不是从这里开始的" in page
    assert filed(database) == []


def test_the_state_of_one_person_is_no_use_to_another(
    unit_client: FlaskClient,
    browse: Callable[[User], FlaskClient],
    make_user: Callable[..., User],
    weibo: Channel,
    database: Database,
) -> None:
    state = begin(unit_client)
    other = browse(make_user("单位乙", role=Role.UNIT, unit=weibo.unit))
    back(other, state=state, code=CODE)

    assert filed(database) == []


def test_a_person_who_refused_is_told_so(unit_client: FlaskClient, database: Database) -> None:
    fields = {"error": "access_denied", "error_code": "21330", "error_description": "<b>denied</b>"}
    where, page = back(unit_client, state=begin(unit_client), **fields)

    assert where == PAGE
    assert "没有同意授权" in page
    assert filed(database) == []


def test_what_else_weibo_says_is_told_as_text(unit_client: FlaskClient, database: Database) -> None:
    _, page = back(unit_client, state=begin(unit_client), error="<script>alert(1)</script>" + "x" * 500)

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "x" * 100 not in page
    assert filed(database) == []


@pytest.mark.parametrize("code", ["", "short", "x" * 300, "c0de 5678"])
def test_a_return_without_a_code_files_nothing(unit_client: FlaskClient, database: Database, code: str) -> None:
    where, page = back(unit_client, state=begin(unit_client), code=code)

    assert where == PAGE
    assert "没有带回授权码" in page
    assert filed(database) == []


@pytest.mark.parametrize("name", ["next", "redirect_uri", "url", "back"])
def test_no_field_of_the_return_leads_anywhere_else(unit_client: FlaskClient, name: str) -> None:
    fields = {name: "https://evil.example/", "code": CODE}

    assert back(unit_client, state=begin(unit_client), **fields)[0] == PAGE
    assert back(unit_client, state="https://evil.example/", **fields)[0] == "/unit/"


def test_another_unit_s_channel_is_as_unknown_as_none(
    browse: Callable[[User], FlaskClient],
    make_user: Callable[..., User],
    make_unit: Callable[..., Unit],
    weibo: Channel,
    database: Database,
) -> None:
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit(id=UnitId("unit-b"), name="另一个单位"))
    other = browse(make_user("单位乙", role=Role.UNIT, unit=UnitId("unit-b")))

    assert other.get(f"{PAGE}/weibo").status_code == 404
    assert other.get("/unit/channels/none/connect/weibo").status_code == 404


def test_an_administrator_may_connect_any_channel_and_an_editor_none(
    browse: Callable[[User], FlaskClient], make_user: Callable[..., User], weibo: Channel, database: Database
) -> None:
    admin = browse(make_user("管理员", role=Role.ADMIN))
    back(admin, state=begin(admin), code=CODE)

    assert len(filed(database)) == 1
    assert browse(make_user("编辑", role=Role.EDITOR)).get(f"{PAGE}/weibo").status_code == 403


def test_a_stranger_signs_in_first(client: FlaskClient, weibo: Channel) -> None:
    for address in (f"{PAGE}/weibo", f"{RETURN}?state=x&code={CODE}"):
        assert "/sign-in" in client.get(address).headers["Location"]


def test_a_channel_of_another_kind_is_not_sent_to_weibo(
    unit_client: FlaskClient, database: Database, make_channel: Callable[..., Channel]
) -> None:
    with database.transaction() as tx:
        channels.save_channel(tx, make_channel(id=ChannelId("kjg-weibo"), kind=ChannelKind.SITE))

    assert unit_client.get(f"{PAGE}/weibo").headers["Location"] == PAGE


class TestWithoutAnApplication:
    """A deployment that has none at Weibo."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return Settings(data_folder=tmp_path)

    def test_the_page_offers_nothing_and_the_address_says_why(self, unit_client: FlaskClient) -> None:
        assert "/connect/weibo" not in unit_client.get(PAGE).text
        assert unit_client.get(f"{PAGE}/weibo").headers["Location"] == PAGE
        assert "没有在微博登记应用" in unit_client.get(PAGE).text
