"""A unit makes, sees and revokes the keys of its own systems."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from indexer.base.ids import UnitId
from indexer.people.accounts import User
from indexer.people.push_keys import MOST_KEYS, NAME_CHARS
from indexer.people.rights import Role
from indexer.records import channels, ledger, push_keys
from indexer.records.database import Database
from indexer.records.push_keys import PushKey
from indexer.whitelist.records import Channel, Unit
from tests.programs import PUSH, Program, written
from web.unit.keys import keys

BODY = written(channel="channel-a", url="http://a.example/1")


@pytest.fixture
def person(make_user: Callable[..., User], channel: Channel) -> User:
    return make_user("单位甲", role=Role.UNIT, unit=channel.unit)


@pytest.fixture
def unit_client(browse: Callable[[User], FlaskClient], person: User) -> FlaskClient:
    return browse(person)


def kept(database: Database) -> list[PushKey]:
    with database.reading() as tx:
        return list(push_keys.push_keys(tx))


def test_a_key_is_made_and_its_secret_shown_this_once(
    unit_client: FlaskClient, client: FlaskClient, database: Database, person: User
) -> None:
    made = unit_client.post("/unit/keys/new", data={"name": " 发布系统 "})
    later = unit_client.get("/unit/keys").text

    [key] = kept(database)
    shown = re.search(r'id="made-secret">([0-9a-f]{64})<', made.text)
    assert shown is not None
    assert (made.status_code, made.headers["Cache-Control"]) == (200, "no-store")
    assert (key.name, key.unit, key.made_by) == ("发布系统", person.unit, person.name)
    assert shown[1] not in later
    assert "发布系统" in later
    assert key.id in later
    assert "从未" in later
    program = Program(key=key.id, secret=shown[1])
    assert client.post(PUSH, data=BODY, headers=program.heads(PUSH, BODY)).status_code == 202
    assert "从未" not in unit_client.get("/unit/keys").text


def test_a_revoked_key_stays_in_the_list_and_signs_nothing(
    unit_client: FlaskClient, client: FlaskClient, database: Database, person: User
) -> None:
    made = unit_client.post("/unit/keys/new", data={"name": "发布系统"}).text
    secret = made.split('id="made-secret">')[1][:64]
    [key] = kept(database)

    revoked = unit_client.post(f"/unit/keys/{key.id}/revoke")
    told = unit_client.get("/unit/keys").text
    again = unit_client.post(f"/unit/keys/{key.id}/revoke")

    program = Program(key=key.id, secret=secret)
    with database.reading() as tx:
        rows = ledger.recent(tx, limit=10)
    assert (revoked.status_code, again.status_code) == (302, 302)
    assert "密钥“发布系统”已撤销" in told
    assert "此前已撤销" in unit_client.get("/unit/keys").text
    assert client.post(PUSH, data=BODY, headers=program.heads(PUSH, BODY)).status_code == 401
    assert [(row.kind, row.who) for row in rows] == [("key_revoked", person.name), ("key_made", person.name)]


@pytest.mark.parametrize("name", ["", "  ", "x" * (NAME_CHARS + 1), "a\tb"])
def test_a_key_without_a_readable_name_is_not_made(unit_client: FlaskClient, database: Database, name: str) -> None:
    answer = unit_client.post("/unit/keys/new", data={"name": name})

    assert answer.status_code == 400
    assert "请填写使用密钥的系统名称" in answer.text
    assert kept(database) == []


def test_a_unit_has_not_more_keys_than_it_can_watch(unit_client: FlaskClient, database: Database) -> None:
    answers = [unit_client.post("/unit/keys/new", data={"name": f"系统{n}"}) for n in range(MOST_KEYS + 1)]

    assert [answer.status_code for answer in answers] == [200] * MOST_KEYS + [400]
    assert "最多有 5 个密钥" in answers[-1].text


def test_the_keys_of_another_unit_are_neither_seen_nor_revoked(
    unit_client: FlaskClient,
    browse: Callable[[User], FlaskClient],
    database: Database,
    make_unit: Callable[..., Unit],
    make_user: Callable[..., User],
) -> None:
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit(id=UnitId("unit-b")))
    unit_client.post("/unit/keys/new", data={"name": "发布系统"})
    [key] = kept(database)
    other = browse(make_user("单位乙", role=Role.UNIT, unit=UnitId("unit-b")))

    assert other.post(f"/unit/keys/{key.id}/revoke").status_code == 404
    assert key.id not in other.get("/unit/keys").text
    assert kept(database)[0].revoked_at is None


def test_the_log_of_the_desk_names_whose_key_it_was(
    unit_client: FlaskClient, browse: Callable[[User], FlaskClient], make_user: Callable[..., User]
) -> None:
    unit_client.post("/unit/keys/new", data={"name": "发布系统"})

    page = browse(make_user("管理甲", role=Role.ADMIN)).get("/review/log?kind=accounts").text

    assert "新建单位密钥" in page
    assert "发布系统" in page
    assert "unit-a" in page


def test_the_page_is_the_one_that_the_desk_leads_to(unit_client: FlaskClient) -> None:
    assert keys.__doc__ is not None
    assert 'href="/unit/keys"' in unit_client.get("/unit/").text
