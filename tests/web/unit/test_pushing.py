"""A unit pushes the link of an article and sees what came of it."""

import gzip
import re
from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.items import Item
from indexer.catalogue.pushes import LINKS, MOST_PAGES, MOST_WAITING
from indexer.catalogue.saved_pages import HTML, MHTML
from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.records import channels, inbox, inbox_pages
from indexer.records.database import Database
from indexer.records.inbox import Became, InboxKind, Outcome
from indexer.review.records import Decision, Move
from indexer.whitelist.records import Channel, Unit
from tests.programs import LINK, filed
from web.unit.pushing import SHOWN_CHARS

Answer = Callable[..., None]


@pytest.fixture
def unit_client(browse: Callable[[User], FlaskClient], make_user: Callable[..., User], channel: Channel) -> FlaskClient:
    return browse(make_user("单位甲", role=Role.UNIT, unit=UnitId("unit-a")))


@pytest.fixture
def answer(database: Database, now: datetime) -> Answer:
    """The collector says what came of all that waits; or only of this try."""

    def say(outcome: Outcome, *, is_final: bool = True) -> None:
        with database.transaction() as tx:
            for one in inbox.claim_waiting(tx, tuple(InboxKind), holder="collector", now=now, limit=10):
                if is_final:
                    inbox.done(tx, one.id, holder="collector", outcome=outcome, at=now)
                else:
                    inbox.put_off(tx, one.id, holder="collector", outcome=outcome, until=now)

    return say


def push(client: FlaskClient, url: str = LINK, channel: str = "channel-a") -> int:
    return client.post("/unit/push", data={"url": url, "channel": channel}).status_code


def test_a_pushed_link_is_filed_for_the_collector_and_stands_on_the_desk_as_waiting(
    unit_client: FlaskClient, database: Database
) -> None:
    status = push(unit_client, f"  {LINK} ")

    [one] = filed(database)
    page = unit_client.get("/unit/").text
    assert (status, one.channel, dict(one.payload), one.who) == (303, "channel-a", {"url": LINK}, "单位甲")
    assert "等待采集" in page
    assert LINK in page
    assert re.search(r'href="/unit/\?seen=\d+#push">刷新结果<', page)


TOO_LONG = "http://a.example/" + "x" * 2048


@pytest.mark.parametrize("url", ["", "a.example/1", "javascript:alert(1)", "ftp://a.example/1", "http://", TOO_LONG])
def test_what_is_no_address_is_refused_in_words_and_stands_in_the_form_again(
    unit_client: FlaskClient, database: Database, url: str
) -> None:
    answered = unit_client.post("/unit/push", data={"url": url, "channel": "channel-a"})

    assert answered.status_code == 422
    assert "请填写一篇文章的完整网址" in answered.text
    assert f">{url}</textarea>" in answered.text
    assert filed(database) == []


def test_a_link_of_another_unit_s_channel_is_not_taken(
    unit_client: FlaskClient, database: Database, make_unit: Callable[..., Unit], make_channel: Callable[..., Channel]
) -> None:
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit(id=UnitId("unit-b")))
        channels.save_channel(tx, make_channel(id=ChannelId("channel-b"), unit=UnitId("unit-b")))

    assert push(unit_client, channel="channel-b") == 404
    assert filed(database) == []


def test_what_became_an_item_is_shown_with_its_title_and_state(
    unit_client: FlaskClient, make_item: Callable[..., Item], move: Callable[..., Decision], answer: Answer
) -> None:
    item = make_item()
    push(unit_client)
    answer(Outcome(became=Became.TAKEN, item=item.id))
    pending = unit_client.get("/unit/").text
    move(item, Move.APPROVE)

    public = unit_client.get("/unit/").text

    assert "已收录" in pending
    assert "月球车如何过夜" in pending
    assert "刷新结果" not in pending
    table = public[public.index('id="push"') : public.index('id="collected"')]
    assert f'href="/items/{item.id}"' in table
    assert '<span class="badge approved">已通过</span>' in table


def test_a_refusal_is_shown_in_its_words(unit_client: FlaskClient, answer: Answer) -> None:
    push(unit_client)
    answer(Outcome(became=Became.REFUSED, words="链接不在渠道登记的网站上"))

    page = unit_client.get("/unit/").text

    assert "未收录" in page
    assert "链接不在渠道登记的网站上" in page


def test_what_is_tried_again_says_why(unit_client: FlaskClient, answer: Answer) -> None:
    push(unit_client)
    answer(Outcome(became=Became.NOT_READ, words="连不上"), is_final=False)

    page = unit_client.get("/unit/").text

    assert "还会再试" in page
    assert "连不上" in page


def test_who_pushes_faster_than_is_read_is_asked_to_wait(unit_client: FlaskClient, database: Database) -> None:
    statuses = [push(unit_client) for _ in range(MOST_WAITING + 1)]

    assert statuses == [303] * MOST_WAITING + [429]
    assert len(filed(database)) == MOST_WAITING


def test_another_unit_sees_nothing_of_it(
    unit_client: FlaskClient,
    browse: Callable[[User], FlaskClient],
    database: Database,
    make_unit: Callable[..., Unit],
    make_user: Callable[..., User],
) -> None:
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit(id=UnitId("unit-b")))
    push(unit_client)

    page = browse(make_user("单位乙", role=Role.UNIT, unit=UnitId("unit-b"))).get("/unit/").text

    assert LINK not in page


PAGE = "<!DOCTYPE html><title>月球车如何过夜</title><p>月球的夜晚长达十四个地球日。</p>".encode()
ARCHIVE = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'


def send(client: FlaskClient, body: bytes = PAGE, *, name: str = "page.html", **fields: str) -> TestResponse:
    sent = {"url": LINK, "channel": "channel-a"} | fields
    file = FileStorage(BytesIO(body), filename=name)
    boundary, form = encode_multipart({**sent, "page": file})  # in memory: the client's own leaves a file open
    return client.post("/unit/push-page", data=form, content_type=f"multipart/form-data; boundary={boundary}")


def test_several_links_are_filed_at_once_each_of_them_once(unit_client: FlaskClient, database: Database) -> None:
    links = [f"http://a.example/{number}" for number in range(LINKS)]

    status = push(unit_client, "\r\n".join([*links, "", f"  {links[0]}  ", " "]))

    assert status == 303
    assert [one.payload["url"] for one in reversed(filed(database))] == links
    page = unit_client.get("/unit/").text
    assert "已推送 20 篇文章" in page
    assert all(link in page for link in links)


def test_of_several_links_one_that_is_none_is_named_and_nothing_is_filed(
    unit_client: FlaskClient, database: Database
) -> None:
    typed = f"{LINK}\n{LINK}?2\nwww.a.example/3"

    answer = unit_client.post("/unit/push", data={"url": typed, "channel": "channel-a"})

    assert answer.status_code == 422
    assert "第 3 行不是完整网址：www.a.example/3" in answer.text
    assert f">{typed}</textarea>" in answer.text
    assert filed(database) == []


def test_more_links_than_are_taken_at_once_are_refused(unit_client: FlaskClient, database: Database) -> None:
    typed = "\n".join(f"http://a.example/{number}" for number in range(LINKS + 1))

    answer = unit_client.post("/unit/push", data={"url": typed, "channel": "channel-a"})

    assert answer.status_code == 422
    assert "最多推送 20 条链接" in answer.text
    assert filed(database) == []


@pytest.mark.parametrize(
    ("body", "kept", "kind"),
    [(PAGE, PAGE, HTML), (gzip.compress(PAGE, mtime=0), PAGE, HTML), (ARCHIVE, ARCHIVE, MHTML)],
)
def test_a_saved_page_is_filed_with_its_address(
    unit_client: FlaskClient, database: Database, body: bytes, kept: bytes, kind: str
) -> None:
    status = send(unit_client, body, name="../../etc/passwd.exe", url=f" {LINK} ").status_code

    [one] = filed(database)
    with database.reading() as tx:
        page = inbox_pages.page(tx, one.id)
    assert (status, dict(one.payload)) == (303, {"url": LINK})
    assert page is not None
    assert (page.body, page.type) == (kept, kind)
    assert "passwd" not in unit_client.get("/unit/").text


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (b"", 422, "文件是空的"),
        (b"%PDF-1.7", 422, "文档（PDF、Word 等）"),
        (b"\x89PNG\r\n\x1a\n", 422, "这是图片"),
        (b"PK\x03\x04", 422, "这是压缩包"),
        (b"<rss>", 422, "不是文章网页"),
        (b"words", 422, "不是网页"),
        (PAGE.ljust(8 * 1024 * 1024 + 1), 413, "超过 8 MB 的上限"),
        (gzip.compress(PAGE.ljust(9 * 1024 * 1024), mtime=0), 413, "解开后超过 8 MB 的上限"),
        (gzip.compress(PAGE, mtime=0)[:-9], 422, "压缩文件已损坏"),
    ],
)
def test_a_file_that_is_no_page_is_refused_in_words(
    unit_client: FlaskClient, database: Database, body: bytes, status: int, words: str
) -> None:
    answer = send(unit_client, body)

    assert answer.status_code == status
    assert words in answer.text
    assert f'value="{LINK}"' in answer.text
    assert filed(database) == []


def test_a_file_far_beyond_the_limit_is_not_read_at_all(unit_client: FlaskClient, database: Database) -> None:
    answer = send(unit_client, PAGE.ljust(17 * 1024 * 1024))

    assert answer.status_code == 413
    assert filed(database) == []


@pytest.mark.parametrize("url", ["", "a.example", f"{LINK}\n{LINK}"])
def test_a_page_without_its_address_is_refused(unit_client: FlaskClient, database: Database, url: str) -> None:
    assert send(unit_client, url=url).status_code == 422
    assert filed(database) == []


def test_a_form_without_its_file_asks_for_it(unit_client: FlaskClient) -> None:
    empty = send(unit_client, b"", name="")
    without = unit_client.post("/unit/push-page", data={"url": LINK, "channel": "channel-a"})

    assert (empty.status_code, without.status_code) == (422, 422)
    assert "请选择另存的网页文件" in empty.text


@pytest.mark.parametrize("files", [{"other": b"x"}, {"page": b"x", "other": b"x"}])
def test_no_other_file_is_taken(unit_client: FlaskClient, database: Database, files: dict[str, bytes]) -> None:
    sent = {name: (BytesIO(body), "x.html") for name, body in files.items()}

    answer = unit_client.post("/unit/push-page", data={"url": LINK, "channel": "channel-a", **sent})

    assert answer.status_code == 400
    assert filed(database) == []


def test_a_page_for_another_unit_s_channel_is_not_taken(unit_client: FlaskClient, database: Database) -> None:
    assert send(unit_client, channel="channel-b").status_code == 404
    assert filed(database) == []


def test_many_pages_wait_for_those_before_them(unit_client: FlaskClient) -> None:
    answers = [send(unit_client) for _ in range(MOST_PAGES + 1)]

    assert [answer.status_code for answer in answers] == [303] * MOST_PAGES + [429]
    assert "还有多个网页文件在等待采集" in answers[-1].text


def test_of_a_long_line_that_is_no_address_the_beginning_is_shown(unit_client: FlaskClient) -> None:
    answer = unit_client.post("/unit/push", data={"url": f"{LINK}\n{'x' * 500}", "channel": "channel-a"})

    assert f"第 2 行不是完整网址：{'x' * SHOWN_CHARS}。" in answer.text
