"""What a WeChat account published, by the official API: the source alone, without network."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from config.units.options import WechatApiOptions
from config.words import ChannelKind
from crawler.exchange import Answer, Ask, Named, Unreadable
from crawler.platforms.wechat import calls
from crawler.sources.wechat_api import SOURCE
from indexer.catalogue.items import Candidate, Proof
from indexer.whitelist.records import Channel

OPTIONS = WechatApiOptions()
URL = "http://mp.weixin.qq.com/s?__biz=MzA3MDM3NjE5NQ==&mid=1&idx=1&sn=a"
NEWS = {"title": "潮汐", "url": URL, "content": "<p>潮汐每天来两次。</p>"}


@pytest.fixture
def account(make_channel: Callable[..., Channel]) -> Channel:
    return make_channel(kind=ChannelKind.WECHAT, source="wechat_api", address=None, hosts=("mp.weixin.qq.com",))


def answer(body: object, **about: str) -> Answer:
    return Answer(url="https://api.weixin.qq.com/", body=json.dumps(body).encode(), about=about)


def test_an_account_is_polled_without_an_address_every_half_hour_at_most(account: Channel) -> None:
    [ask] = SOURCE.start(account, OPTIONS)

    assert SOURCE.is_polled(account)
    assert (SOURCE.shortest, SOURCE.proof) == (timedelta(minutes=30), Proof.ACCOUNT)
    assert (ask.call, ask.credential, ask.about["offset"]) == ("batchget", "connection:channel-a", "0")


def test_a_list_leads_to_publications_and_a_publication_to_candidates(account: Channel) -> None:
    item = {"article_id": "A", "content": {"news_item": [NEWS]}}
    listed = list(
        SOURCE.read(account, OPTIONS, answer({"total_count": 1, "item": [item]}, page=calls.LISTED, offset="0"))
    )
    [named] = [one for one in listed if isinstance(one, Named)]
    [ask] = [one for one in listed if isinstance(one, Ask)]

    [found] = SOURCE.read(account, OPTIONS, answer({"news_item": [NEWS]}, **ask.about))

    assert (named.number, ask.leads_to) == ("A#1", (URL,))
    assert isinstance(found, Candidate)
    assert (found.title, found.text) == ("潮汐", "潮汐每天来两次。")


def test_as_many_pages_are_wanted_as_the_option_says(account: Channel) -> None:
    item = {"article_id": "A", "content": {"news_item": [NEWS]}}
    page = answer({"total_count": 99, "item": [item]}, page=calls.LISTED, offset="20")

    wanted = [
        [one.about["offset"] for one in SOURCE.read(account, options, page) if isinstance(one, Ask) and one.continues]
        for options in (WechatApiOptions(pages=2), WechatApiOptions(pages=3))
    ]

    assert wanted == [[], ["40"]]


def test_a_page_that_was_pushed_or_is_looked_at_again_is_read_as_a_page(account: Channel) -> None:
    page = Answer(
        url=URL, body=b"<html><div id='js_article'><div id='js_content'><p>\xe6\xad\xa3\xe6\x96\x87</p></div></div>"
    )

    [found] = SOURCE.read(account, OPTIONS, page)

    assert isinstance(found, Candidate)
    assert found.text == "正文"


def test_what_was_named_before_is_asked_for_again_by_publication(account: Channel) -> None:
    day = date(2026, 9, 16)
    unheld = [
        Named(number="A#1", url="https://a.example/1", day=day),
        Named(number="A#2", url="https://a.example/2", day=day),
        Named(number="B#1", url="https://a.example/3"),
        Named(number="2247480001_1", url="https://a.example/4"),
        Named(number="C#1"),
    ]

    asks = list(SOURCE.again(account, OPTIONS, unheld))

    assert [(ask.about["article_id"], ask.leads_to, ask.about["day"]) for ask in asks] == [
        ("A", ("https://a.example/1", "https://a.example/2"), "2026-09-16"),
        ("B", ("https://a.example/3",), ""),
    ]


def test_a_refusal_is_a_trouble_of_the_platform(account: Channel) -> None:
    refused = answer({"errcode": 48001, "errmsg": "api unauthorized"}, page=calls.LISTED, offset="0")

    with pytest.raises(Unreadable) as caught:
        list(SOURCE.read(account, OPTIONS, refused))

    assert caught.value.trouble is not None
    assert caught.value.trouble.case == "not_permitted"
