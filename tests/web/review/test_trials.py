"""Trying a site on the desk: filed, waited for, shown, corrected, saved as a channel."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from config.words import ChannelKind, WhitelistStatus
from indexer.base import times
from indexer.base.ids import ChannelId
from indexer.people.accounts import User
from indexer.records import channels, inbox
from indexer.records.database import Database
from indexer.records.inbox import InboxKind
from indexer.whitelist.records import Channel
from indexer.whitelist.trials import Trial, proposal_of
from tests import trials
from web.review.trials import SaveForm

FORM = {"address": trials.ADDRESS, "unit": "unit-a"}
SAVED = ChannelId("unit-a-site-1")
pytestmark = pytest.mark.usefixtures("channel")


def asked(database: Database) -> list[dict[str, str]]:
    with database.reading() as tx:
        return [dict(one.payload) for one in inbox.newest(tx, InboxKind.TRY_CHANNEL)]


def saved(database: Database) -> Channel | None:
    with database.reading() as tx:
        return channels.channel(tx, SAVED)


@pytest.fixture
def page(desk_client: FlaskClient) -> Callable[[str], str]:
    """The page of a trial."""
    return lambda trial: desk_client.get(f"/review/trials/{trial}").text


def test_a_site_is_filed_and_its_page_waits(desk_client: FlaskClient, database: Database, editor: User) -> None:
    shown = desk_client.post("/review/trials", data=FORM, follow_redirects=True)

    assert "/static/waiting.js" in shown.text
    assert "采集端正在读这个网站" in shown.text
    assert "修改后再试" not in shown.text
    with database.reading() as tx:
        [one] = inbox.newest(tx, InboxKind.TRY_CHANNEL)
    assert (one.channel, one.who, proposal_of(one.payload)) == (None, editor.name, trials.proposal())


def test_what_nobody_has_taken_for_minutes_is_said_and_not_looked_at_for_ever(
    database: Database, page: Callable[[str], str]
) -> None:
    filed = trials.file(database, trials.proposal(), now=times.now() - timedelta(minutes=6))

    shown = page(filed)

    assert "采集端几分钟没有取走这项试采" in shown
    assert "waiting.js" not in shown


def test_source_hosts_path_and_options_are_filed_as_they_were_typed(
    desk_client: FlaskClient, database: Database
) -> None:
    typed = {"source": "site", "hosts": "www.new.example, CDN.example", "path": "/news/"}
    options = {"option.list": " ul.news a ", "option.pages": "", "option.nonsense": "1"}

    desk_client.post("/review/trials", data=FORM | typed | options)

    assert [proposal_of(one) for one in asked(database)] == [
        trials.proposal(
            source="site",
            hosts=("www.new.example", "cdn.example", "new.example"),
            path="/news/",
            options={"list": "ul.news a"},
        )
    ]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"address": "new.example"}, "请填写完整网址"),
        ({"address": "http://user:word@new.example/"}, "请填写完整网址"),
        ({"address": "http://[::1"}, "请填写完整网址"),
        ({"unit": "nobody"}, "请选择这个渠道所属的单位"),
        ({"unit": ""}, "请选择这个渠道所属的单位"),
        ({"path": "news"}, "路径请写成"),
        ({"hosts": "https://new.example/"}, "请只写主机名"),
        ({"source": "site", "option.list": "ul["}, "采集端用不了这样写的选项：list"),
    ],
)
def test_what_cannot_be_tried_is_not_filed_and_what_was_typed_stands_in_the_form(
    desk_client: FlaskClient, database: Database, wrong: dict[str, str], words: str
) -> None:
    answer = desk_client.post("/review/trials", data=FORM | {"path": "/"} | wrong)

    assert answer.status_code == 400
    assert words in answer.text
    assert asked(database) == []
    assert all(f'value="{value}"' in answer.text for value in wrong.values() if value != "nobody")


def test_what_was_found_is_shown_and_fills_the_form(database: Database, page: Callable[[str], str]) -> None:
    shown = page(trials.answered(database, trials.proposal(), now=times.now()))

    for words in ("选了带日期的一组链接", "40 篇文章", "示例科普&lt;1&gt;", "2026-09-17", "没有读出日期", "另有 20 篇"):
        assert words in shown
    for words in ("示例作者", "900 字", "蜻蜓的两对翅膀…", "图片 1", "网页上没有读出正文", "建议采用", "12 篇文章"):
        assert words in shown
    assert 'value="http://new.example/feed"' in shown
    assert 'name="option.list" maxlength="500" value="ul.news li a"' in shown
    assert 'name="hosts" maxlength="2000" value="new.example"' in shown
    assert "保存为渠道" in shown


def test_a_selector_that_was_written_stands_in_the_form_in_place_of_the_one_that_was_found(
    database: Database, page: Callable[[str], str]
) -> None:
    written = trials.proposal(source="site", options={"list": ".own a"})

    shown = page(trials.answered(database, written, now=times.now()))

    assert 'name="option.list" maxlength="500" value=".own a"' in shown


def test_what_would_be_saved_is_shown_beside_the_button_and_is_what_was_tried(
    database: Database, page: Callable[[str], str]
) -> None:
    found = page(trials.answered(database, trials.proposal(path="/news/"), now=times.now()))
    options = {"list": ".own a", "pages": "2"}
    written = page(trials.answered(database, trials.proposal(source="site", options=options), now=times.now()))

    found_box, written_box = (shown.partition('id="save"')[2].partition("</form>")[0] for shown in (found, written))
    assert "new.example/news/" in found_box
    assert "请先用它再试一次" in found_box
    assert "<code>" not in found_box
    assert "请先用它再试一次" not in written_box
    assert "<code>list</code> .own a" in written_box
    assert "<code>pages</code> 2" in written_box


def test_why_nothing_was_read_is_shown_and_nothing_can_be_saved(
    desk_client: FlaskClient, database: Database, page: Callable[[str], str]
) -> None:
    filed = trials.answered(database, trials.proposal(), now=times.now(), trial=None, words="域名解析不到")

    shown, answer = page(filed), desk_client.post(f"/review/trials/{filed}/save", data={"name": "新闻"})

    assert "域名解析不到" in shown
    assert "保存为渠道" not in shown
    assert (answer.status_code, saved(database)) == (400, None)


def test_a_page_without_a_list_cannot_be_saved(desk_client: FlaskClient, database: Database) -> None:
    empty = Trial(source="site", hosts=("new.example",), why="列表由脚本生成")
    filed = trials.answered(database, trials.proposal(), now=times.now(), trial=empty)

    answer = desk_client.post(f"/review/trials/{filed}/save", data={"name": "新闻"})

    assert answer.status_code == 400
    assert "没有读到可以采集的内容" in answer.text
    assert saved(database) is None


def test_what_was_tried_is_saved_as_an_applied_channel_with_its_row_of_the_ledger(
    desk_client: FlaskClient, database: Database, editor: User
) -> None:
    written = trials.proposal(path="/news/", options={"list": "ul.news a", "nonsense": "1"})
    filed = trials.answered(database, written, now=times.now())

    answer = desk_client.post(f"/review/trials/{filed}/save", data={"name": " 示例馆新闻 "})

    assert answer.location == "/review/whitelist?name=%E7%A4%BA%E4%BE%8B%E9%A6%86"
    made = saved(database)
    assert made is not None
    assert (made.name, made.status, made.source, made.address) == (
        "示例馆新闻",
        WhitelistStatus.APPLIED,
        "site",
        trials.ADDRESS,
    )
    assert (made.hosts, made.path, dict(made.options)) == (("new.example",), "/news/", {"list": "ul.news a"})
    with database.reading() as tx:
        [row] = channels.status_changes(tx, SAVED)
    assert (row.before, row.after, row.actor, row.why) == (None, WhitelistStatus.APPLIED, editor.actor, "试采之后登记")


def test_the_same_channel_is_not_saved_twice(desk_client: FlaskClient, database: Database) -> None:
    filed = trials.answered(database, trials.proposal(), now=times.now())
    first = desk_client.post(f"/review/trials/{filed}/save", data={"name": "新闻"})

    again = desk_client.post(f"/review/trials/{filed}/save", data={"name": "新闻二"})

    assert (first.status_code, again.status_code) == (303, 409)
    assert "这个单位已经登记过这个渠道" in again.text
    with database.reading() as tx:
        assert len(channels.channels(tx)) == 2


@pytest.mark.parametrize(("name", "status"), [("", 400), ("  ", 400), ("馆" * 101, 400), ("馆" * 100, 303)])
def test_a_channel_is_saved_under_a_name(desk_client: FlaskClient, database: Database, name: str, status: int) -> None:
    filed = trials.answered(database, trials.proposal(), now=times.now())

    answer = desk_client.post(f"/review/trials/{filed}/save", data={"name": name})

    assert (answer.status_code, "请填写渠道名称" in answer.text) == (status, status == 400)


def test_a_host_that_no_channel_can_have_is_not_saved(desk_client: FlaskClient, database: Database) -> None:
    odd = Trial(source="site", hosts=("new_one.example",), why="", rows=trials.ROWS, listed=30)
    filed = trials.answered(database, trials.proposal(), now=times.now(), trial=odd)

    answer = desk_client.post(f"/review/trials/{filed}/save", data={"name": "新闻"})

    assert answer.status_code == 400
    assert "这样还不能登记" in answer.text


def test_a_wechat_article_becomes_an_account_s_channel_that_nobody_polls(
    desk_client: FlaskClient, database: Database
) -> None:
    article = Trial(source="wechat_page", hosts=("mp.weixin.qq.com",), why="", rows=trials.ROWS[:1], listed=1)
    filed = trials.answered(database, trials.proposal(), now=times.now(), trial=article)

    desk_client.post(f"/review/trials/{filed}/save", data={"name": "示例馆公众号"})

    with database.reading() as tx:
        made = channels.channel(tx, ChannelId("unit-a-wechat-1"))
    assert made is not None
    assert (made.kind, made.address, made.source) == (ChannelKind.WECHAT, None, "wechat_page")


def test_a_trial_that_is_not_there_or_is_something_else_is_not_found(
    desk_client: FlaskClient, database: Database, channel: Channel, now: datetime
) -> None:
    with database.transaction() as tx:
        other = inbox.file(
            tx, InboxKind.TRY, channel=channel.id, payload={"url": "http://a.example/"}, who="甲", at=now
        )

    assert desk_client.get(f"/review/trials/{other}").status_code == 404
    assert desk_client.post("/review/trials/none/save", data={"name": "新闻"}).status_code == 404


def test_the_trials_asked_for_last_stand_below_the_form(desk_client: FlaskClient, database: Database) -> None:
    filed = trials.answered(database, trials.proposal(), now=times.now())

    shown = desk_client.get("/review/trials").text

    assert f'href="/review/trials/{filed}"' in shown
    assert "示例馆 · 编辑甲" in shown


def test_a_form_without_its_fields_is_wrong(desk_client: FlaskClient) -> None:
    with desk_client.application.test_request_context(method="POST", data={}):
        assert not SaveForm().validate()
