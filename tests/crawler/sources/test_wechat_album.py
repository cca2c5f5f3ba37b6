"""crawler.sources.wechat_album: the articles of an album, each by its own page; a captcha is told as one."""

import json
from dataclasses import replace

import pytest

from config.words import ChannelKind
from crawler.exchange import Answer, Ask, Found, Note, Unreadable
from crawler.sources import options_of
from crawler.sources.wechat_album import SOURCE
from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.items import Proof
from indexer.whitelist.records import Channel

ADDRESS = "https://mp.weixin.qq.com/mp/appmsgalbum?__biz=MzA3MDM3NjE5NQ==&action=getalbum&album_id=99"
CHANNEL = Channel(
    id=ChannelId("c"),
    unit=UnitId("u"),
    kind=ChannelKind.WECHAT,
    name="示例科技馆",
    source="wechat_album",
    address=ADDRESS,
    hosts=("mp.weixin.qq.com",),
)
CAPTCHA = (
    "<html><head><title>微信</title></head><body><div class='weui-msg'><h2 class='weui-msg__title'>环境异常</h2>"
    "<p>当前环境异常，完成验证后即可继续访问。</p><a id='js_verify'>去验证</a></div></body></html>"
)


def entry(place: int, **fields: object) -> dict[str, object]:
    return {
        "msgid": str(2247490098 - place),
        "itemidx": "1",
        "title": f"第 {place} 篇",
        "url": f"http://mp.weixin.qq.com/s?__biz=MzA3MDM3NjE5NQ==&mid={2247490098 - place}&idx=1&sn=ab#rd",
        "create_time": 1789867800,
    } | fields


def read(said: object, channel: Channel = CHANNEL, **about: str) -> list[Found]:
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    answer = Answer(url=next(iter(asked(channel))).url, body=body, about=about)
    return list(SOURCE.read(channel, options_of(SOURCE, channel), answer))


def asked(channel: Channel = CHANNEL) -> list[Ask]:
    return list(SOURCE.start(channel, options_of(SOURCE, channel)))


def album(*entries: object, more: str = "0") -> dict[str, object]:
    return {"base_resp": {"ret": 0}, "getalbum_resp": {"article_list": list(entries), "continue_flag": more}}


def test_each_article_of_the_album_is_asked_for_by_its_own_page() -> None:
    note, *asks = read(album(entry(0), entry(1)))

    assert note == Note(why="合集的这一页有 2 篇文章")
    assert [ask.about["title"] for ask in asks if isinstance(ask, Ask)] == ["第 0 篇", "第 1 篇"]
    assert [ask.about["date"] for ask in asks if isinstance(ask, Ask)] == ["2026-09-20T09:30:00+08:00"] * 2
    assert SOURCE.proof is Proof.ACCOUNT


def test_further_pages_follow_to_a_limit() -> None:
    *_, further = read(album(entry(0), more="1"))

    assert isinstance(further, Ask)
    assert "begin_msgid=2247490098" in further.url
    assert further.about == {"page": "list", "number": "2"}
    assert len(read(album(entry(0), more="1"), number="3")) == 2


def test_what_the_album_lists_elsewhere_is_not_asked_for() -> None:
    found = read(album(entry(0), entry(1, url="https://evil.example/s/1")))

    assert len([one for one in found if isinstance(one, Ask)]) == 1


@pytest.mark.parametrize("said", [{"base_resp": {"ret": 200003}}, CAPTCHA.encode()])
def test_a_captcha_is_told_as_one(said: object) -> None:
    with pytest.raises(Unreadable) as refused:
        read(said)

    assert refused.value.trouble is not None
    assert refused.value.trouble.case == "captcha"


@pytest.mark.parametrize("said", [album(), b"<html><body>404</body></html>", b""])
def test_what_lists_nothing_is_told_with_what_to_register(said: object) -> None:
    with pytest.raises(Unreadable) as refused:
        read(said)

    assert "appmsgalbum" in refused.value.do


def test_an_address_that_is_no_album_is_asked_for_as_it_is() -> None:
    (ask,) = asked(replace(CHANNEL, address="https://mp.weixin.qq.com/s/abc"))

    assert ask.url == "https://mp.weixin.qq.com/s/abc"
