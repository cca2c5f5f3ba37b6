"""What may come in: odd bodies on every form, odd queries on every page, odd heads; each answered in plain words."""

from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, TestResponse

from config.settings import Settings
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.records.database import Database
from indexer.reports import desk as reports
from indexer.reports.tickets import ReportKind
from indexer.review.records import Move
from indexer.whitelist.records import Channel
from tests import trials
from tests.web.odd import BODIES, FORM, HEADS, QUERIES
from tests.web.routes import GETS, POSTS, REFUSED, WHO, Post
from web.app.bodies import FIELDS, REPEATED, UNFIT

CLEAR = {400, 413}
WORDS = ("请返回并刷新页面后再试", "超出了本站允许的大小")


@pytest.fixture
def admin(browse: Callable[[User], FlaskClient], make_user: Callable[..., User]) -> FlaskClient:
    """The browser of somebody who may send every form but those of a unit."""
    return browse(make_user("管理乙", role=Role.ADMIN))


@pytest.fixture
def send(
    admin: FlaskClient, browse: Callable[[User], FlaskClient], make_user: Callable[..., User], channel: Channel
) -> Callable[[Post], FlaskClient]:
    """Give the browser of somebody who may send a form."""
    of_unit = browse(make_user("单位乙", role=Role.UNIT, unit=channel.unit))
    return lambda row: of_unit if row.statuses[WHO.index(Role.ADMIN)] == REFUSED else admin


@pytest.fixture
def world(
    database: Database, make_item: Callable[..., Item], channel: Channel, move: Callable[..., None], now: datetime
) -> Mapping[str, str]:
    public = make_item(url="http://a.example/public.html")
    move(public, Move.APPROVE)
    pending = make_item(url="http://a.example/pending.html", title="待审的一篇")
    told = reports.Told(kind=ReportKind.MISTAKE, words="年份写错了。", contact="")
    report = reports.hand_in(database, item=public.id, told=told, now=now)
    of_ours = {"public": public.id, "pending": pending.id, "channel": channel.id, "report": report.id}
    of_ours |= {
        "key": "unknown",
        "push": "unknown",
        "picture": "unknown",
        "own_channel": channel.id,
        "unit": channel.unit,
    }
    of_ours["trial"] = trials.answered(database, trials.proposal(), now=now)
    return of_ours | {"own": public.id, "withdrawn": public.id, "withdrawal": "unknown", "other_session": "unknown"}


def test_every_odd_body_is_refused_in_plain_words_by_every_form(
    send: Callable[[Post], FlaskClient], world: Mapping[str, str]
) -> None:
    answers = {
        (odd, row.address): send(row).post(
            row.address.format(**world), data=body, content_type=kind, headers=dict(heads)
        )
        for odd, (kind, body, heads) in BODIES.items()
        for row in POSTS
    }

    assert {case: answer.status_code for case, answer in answers.items() if answer.status_code not in CLEAR} == {}
    assert [case for case, answer in answers.items() if not any(word in answer.text for word in WORDS)] == []


class Unread(BytesIO):
    """A body that nobody may look at."""

    def read(self, *_: object) -> bytes:
        raise AssertionError("the body was read")


def test_a_file_of_who_may_send_none_is_not_read(client: FlaskClient, admin: FlaskClient, settings: Settings) -> None:
    def answer(browser: FlaskClient) -> TestResponse:
        return browser.post(
            "/unit/push-page",
            input_stream=Unread(),
            content_length=settings.page_bytes,
            content_type="multipart/form-data; boundary=x",
        )

    stranger, other = answer(client), answer(admin)

    assert (stranger.status_code, stranger.location, other.status_code) == (302, "/sign-in", 403)


def test_no_odd_query_breaks_a_page(admin: FlaskClient, world: Mapping[str, str]) -> None:
    answers = {
        (odd, row.address): admin.open(
            EnvironBuilder(row.address.format(**world), query_string=query.decode("latin-1")), buffered=True
        ).status_code
        for odd, query in QUERIES.items()
        for row in GETS
    }

    assert {case: status for case, status in answers.items() if status >= 500} == {}


@pytest.mark.parametrize(
    "odd", ["%00", "a%00b", "%FF", "%ED%A0%80", "%1B", "x" * 5_000, "..%2f..%2fetc", "%7F", "%EF%BF%BF"]
)
def test_an_odd_path_is_not_found(admin: FlaskClient, world: Mapping[str, str], odd: str) -> None:
    paths = ["/items/", "/units/", "/api/items/", "/review/items/", "/static/"]

    assert {path: admin.get(f"{path}{odd}").status_code for path in paths} == dict.fromkeys(paths, 404)


def test_no_odd_head_breaks_a_page(admin: FlaskClient, world: Mapping[str, str]) -> None:
    answers = {
        (name, value[:20], row.address): admin.get(
            row.address.format(**world), headers={name: value}, buffered=True
        ).status_code
        for name, value in HEADS
        for row in GETS
    }

    assert {case: status for case, status in answers.items() if status >= 500} == {}


@pytest.mark.parametrize(
    "number", ["0", "-1", "2147483648", "9999999999", "9" * 30, "9" * 5_000, "1.5", "1e9", "٣٣", ""]
)
def test_a_number_that_no_version_has_decides_nothing(
    admin: FlaskClient, world: Mapping[str, str], stored: Callable[..., Item], number: str
) -> None:
    form = {"state": "pending", "version": number, "move": "approve"}
    batch = {"move": "approve", "chosen": f"{world['pending']}@{number}"}

    answers = [
        admin.post(f"/review/items/{world['pending']}/decide", data=form).status_code,
        admin.post("/review/batch", data=batch).status_code,
    ]

    assert max(answers) < 500
    assert stored(world["pending"]).public is None


def test_a_form_of_plain_fields_is_taken_in_either_way_of_writing_it(client: FlaskClient) -> None:
    form = {"name": "niemand", "password": "nichts davon"}

    statuses = [
        client.post("/sign-in", data=form, content_type=kind).status_code for kind in (FORM, "multipart/form-data")
    ]

    assert statuses == [401, 401]


def test_lines_and_tabs_are_text(client: FlaskClient) -> None:
    assert client.post("/sign-in", data={"name": "a\r\n\tb", "password": "x"}).status_code == 401


def test_a_page_that_is_not_there_is_not_found_whatever_is_sent(client: FlaskClient) -> None:
    assert client.post("/nothing", json=[]).status_code == 404
    assert client.post("/search", json=[]).status_code == 405


def test_a_program_is_told_so_in_json(client: FlaskClient) -> None:
    answer = client.get("/api/items?q=%FF")

    assert (answer.status_code, answer.get_json()["error"]["name"]) == (400, "bad_request")


def test_the_page_that_refuses_can_be_read_in_english(app: Flask) -> None:
    answer = app.test_client().post("/sign-in?lang=en", json={})

    assert "That could not be understood" in answer.text


@pytest.mark.parametrize("char", ["\0", "\x1b", "\x7f", "\ud800", "\uffff"])
def test_what_no_keyboard_sends_is_unfit(char: str) -> None:
    assert UNFIT.search(f"a{char}b")


@pytest.mark.parametrize("text", ["水", "a\tb\r\n", "😀", ""])
def test_what_people_type_is_fit(text: str) -> None:
    assert UNFIT.search(text) is None
    assert len(REPEATED) < FIELDS
