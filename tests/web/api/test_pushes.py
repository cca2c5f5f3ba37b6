"""A unit's own system pushes: what is filed, what is refused and why, and what became of it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from config.settings import Settings
from config.words import WhitelistStatus
from indexer.base import times
from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.items import Item
from indexer.catalogue.pushes import MOST_PAGES, MOST_WAITING
from indexer.records import channels, inbox, inbox_pages
from indexer.records.database import Database
from indexer.records.inbox import Became, InboxKind, Outcome
from indexer.review.records import Decision, Move
from indexer.whitelist.records import Channel, Unit
from tests.programs import LINK, PAGE, PUSH, Ask, Program, Send, filed, program_of, refused, written
from web.api.pushes import WAIT_SECONDS


def test_a_signed_link_is_filed_for_the_collector(send: Send, database: Database, program: Program) -> None:
    answer = send()

    [one] = filed(database)
    said = answer.get_json()
    assert (answer.status_code, said["id"]) == (202, one.id)
    assert answer.headers["Location"] == f"{PUSH}/{one.id}"
    assert said["status"].endswith(f"{PUSH}/{one.id}")
    assert (one.channel, dict(one.payload), one.who) == ("channel-a", {"url": LINK}, f"key {program.key}")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_saved_page_and_a_title_are_filed_with_it(send: Send, database: Database) -> None:
    assert send(written(channel="channel-a", url=LINK, html=PAGE, title="题目")).status_code == 202

    [one] = filed(database)
    with database.reading() as tx:
        page = inbox_pages.page(tx, one.id)
    assert page is not None
    assert (page.body.decode(), dict(one.payload)) == (PAGE, {"url": LINK, "title": "题目"})


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'"x"', b"1", b"null", b"[" * 100_000, b'{"a":' * 50_000, b"\xff\xfe", b'{"url": "\\ud800"}'],
)
def test_what_is_no_json_object_is_refused(send: Send, database: Database, body: bytes) -> None:
    assert "JSON" in refused(send(body), 400, "bad_request")
    assert filed(database) == []


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"channel": "channel-a"}, "url"),
        ({"url": LINK}, "channel"),
        ({"channel": "channel-a", "url": LINK, "state": "approved"}, "state"),
        ({"channel": "channel-a", "url": 1}, "url"),
        ({"channel": "channel-a", "url": ""}, "url"),
        ({"channel": "channel-a", "url": LINK + "x" * 2048}, "url"),
        ({"channel": ["channel-a"], "url": LINK}, "channel"),
        ({"channel": "channel-a\0", "url": LINK}, "channel"),
        ({"channel": "channel-a", "url": LINK, "title": "a\x07"}, "title"),
        ({"channel": "channel-a", "url": LINK, "title": "题" * 301}, "title"),
        ({"channel": "channel-a", "url": LINK, "html": 1}, "html"),
    ],
)
def test_what_is_no_push_names_the_field(send: Send, database: Database, fields: dict[str, object], field: str) -> None:
    assert f"“{field}”" in refused(send(written(**fields)), 422, "unfit")
    assert filed(database) == []


@pytest.mark.parametrize(
    "url", ["ftp://a.example/1", "a.example/1", "http:///x", "http://a.example/ x", "javascript:1"]
)
def test_what_is_no_address_is_refused(send: Send, url: str) -> None:
    assert "完整网址" in refused(send(written(channel="channel-a", url=url)), 422, "unfit")


@pytest.mark.parametrize(("html", "words"), [("%PDF-1.7", "PDF"), ("", "空的"), ("{}", "不是网页")])
def test_what_is_no_page_is_refused(send: Send, html: str, words: str) -> None:
    assert words in refused(send(written(channel="channel-a", url=LINK, html=html)), 422, "unfit")


def test_a_page_that_is_too_large_is_refused(send: Send, settings: Settings) -> None:
    most = settings.page_bytes

    words = refused(send(written(channel="channel-a", url=LINK, html=PAGE + "x" * most)), 413, "too_large")
    refused(send(b" " * (2 * most + 100_000)), 413, "too_large")

    assert "8 MB" in words


@pytest.mark.parametrize(
    "kind",
    ["", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=gbk", "multipart/form-data"],
)
def test_another_type_is_refused(send: Send, kind: str) -> None:
    assert "JSON" in refused(send(heads={"Content-Type": kind}), 415, "unsupported_type")


def test_a_packed_body_is_refused(send: Send) -> None:
    refused(send(heads={"Content-Encoding": "gzip"}), 415, "unsupported_type")


def test_the_channel_of_another_unit_is_as_unknown_as_one_that_never_was(
    send: Send, database: Database, make_unit: Callable[..., Unit], make_channel: Callable[..., Channel]
) -> None:
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit(id=UnitId("unit-b")))
        channels.save_channel(tx, make_channel(id=ChannelId("channel-b"), unit=UnitId("unit-b")))

    answers = [refused(send(written(channel=name, url=LINK)), 404, "not_found") for name in ("channel-b", "channel-x")]

    assert answers[0] == answers[1]
    assert filed(database) == []


@pytest.mark.parametrize("status", [WhitelistStatus.APPLIED, WhitelistStatus.SUSPENDED, WhitelistStatus.REVOKED])
def test_a_channel_that_is_not_approved_takes_nothing_and_the_words_name_its_status(
    send: Send, database: Database, channel: Channel, status: WhitelistStatus
) -> None:
    with database.transaction() as tx:
        channels.save_channel(tx, replace(channel, id=ChannelId("channel-c"), name="示例新渠道", status=status))

    words = refused(send(written(channel="channel-c", url=LINK)), 403, "forbidden")

    assert "示例新渠道" in words
    assert {"applied": "已申请", "suspended": "已暂停", "revoked": "已撤销"}[status] in words
    assert filed(database) == []


def test_what_is_pushed_faster_than_it_is_read_waits(send: Send, database: Database, program: Program) -> None:
    with database.transaction() as tx:
        for _ in range(MOST_WAITING):
            inbox.file(
                tx, InboxKind.PUSH, channel=ChannelId("channel-a"), payload={"url": LINK}, who="", at=times.now()
            )

    answer = send()

    refused(answer, 429, "too_many")
    assert answer.headers["Retry-After"] == str(WAIT_SECONDS)


def test_so_do_saved_pages(send: Send) -> None:
    codes = [send(written(channel="channel-a", url=LINK, html=PAGE)).status_code for _ in range(MOST_PAGES + 1)]

    assert codes == [202] * MOST_PAGES + [429]
    assert send().status_code == 202


def test_what_waits_says_so(send: Send, ask: Ask) -> None:
    push = send().get_json()["id"]

    answer = ask(push)

    said = answer.get_json()
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert (said["id"], said["channel"], said["url"], said["state"]) == (push, "channel-a", LINK, "waiting")
    assert (said["words"], said["item"]) == ("", None)


def test_what_became_an_item_names_it_and_its_address_once_it_is_public(
    send: Send,
    ask: Ask,
    database: Database,
    make_item: Callable[..., Item],
    move: Callable[..., Decision],
) -> None:
    item, push = make_item(), send().get_json()["id"]
    with database.transaction() as tx:
        inbox.claim_waiting(tx, [InboxKind.PUSH], holder="collector", now=times.now(), limit=1)
        inbox.done(tx, push, holder="collector", outcome=Outcome(became=Became.TAKEN, item=item.id), at=times.now())
    pending = ask(push).get_json()
    move(item, Move.APPROVE)

    public = ask(push).get_json()

    assert (pending["state"], pending["item"]["state"], pending["item"]["url"]) == ("taken", "pending", None)
    assert public["item"]["url"].endswith(f"/items/{item.id}")


def test_what_was_here_already_as_another_unit_s_is_not_told(
    send: Send,
    ask: Ask,
    database: Database,
    make_item: Callable[..., Item],
    make_unit: Callable[..., Unit],
    make_channel: Callable[..., Channel],
) -> None:
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit(id=UnitId("unit-b")))
        channels.save_channel(tx, make_channel(id=ChannelId("channel-b"), unit=UnitId("unit-b")))
    foreign, push = make_item(channel=ChannelId("channel-b")), send().get_json()["id"]
    with database.transaction() as tx:
        inbox.claim_waiting(tx, [InboxKind.PUSH], holder="collector", now=times.now(), limit=1)
        known = Outcome(became=Became.UNCHANGED, item=foreign.id)
        inbox.done(tx, push, holder="collector", outcome=known, at=times.now())

    said = ask(push).get_json()

    assert (said["state"], said["item"]) == ("unchanged", None)


def test_another_unit_s_push_is_unknown(
    send: Send, client: FlaskClient, database: Database, settings: Settings, make_unit: Callable[..., Unit]
) -> None:
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit(id=UnitId("unit-b")))
    other = program_of(database, settings, UnitId("unit-b"))
    path = f"{PUSH}/{send().get_json()['id']}"

    refused(client.get(path, headers=other.heads(path, method="GET")), 404, "not_found")


@pytest.mark.parametrize("push", ["x", "%00", "0" * 300])
def test_an_id_that_is_none_is_unknown(ask: Ask, push: str) -> None:
    refused(ask(push), 404, "not_found")


def test_a_trial_of_an_editor_is_no_push(ask: Ask, database: Database, channel: Channel) -> None:
    with database.transaction() as tx:
        tried = inbox.file(tx, InboxKind.TRY, channel=channel.id, payload={"url": LINK}, who="", at=times.now())

    refused(ask(tried), 404, "not_found")
