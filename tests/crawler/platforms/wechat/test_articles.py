"""What WeChat's answers hold, as what a source hands on."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from config.units.options import ACCOUNT_BIZ, ACCOUNT_NAME
from crawler.exchange import Answer, Ask, Named, Unreadable
from crawler.platforms.wechat import calls
from crawler.platforms.wechat.articles import NO_ADDRESS, candidates, listed, said
from indexer.catalogue.items import Candidate, ItemKind, MediaKind
from indexer.catalogue.troubles import RefusalReason
from indexer.whitelist.records import Channel

BIZ, NUMBER = "MzA3MDM3NjE5NQ==", "3070376195"
SECONDS = 1_790_000_000  # 21 September 2026, 22:13 in Beijing
PICTURE = "https://mmbiz.qpic.cn/mmbiz_png/abc/640?wx_fmt=png"


@pytest.fixture
def account(make_channel: Callable[..., Channel]) -> Channel:
    return make_channel(options={ACCOUNT_BIZ: NUMBER, ACCOUNT_NAME: "示例馆"})


def url(mid: int, idx: int = 1) -> str:
    return f"http://mp.weixin.qq.com/s?__biz={BIZ}&mid={mid}&idx={idx}&sn=a{mid}{idx}#rd"


def news(mid: int, idx: int = 1, /, **fields: object) -> dict[str, object]:
    return {"title": f"潮汐 {mid}", "url": url(mid, idx), "is_deleted": False, **fields}


def answer(body: Mapping[str, Any], **about: str) -> Answer:
    return Answer(url="https://api.weixin.qq.com/", body=json.dumps(body).encode(), about=about)


def page(*items: Mapping[str, Any], total: int | None = None, offset: int = 0) -> Answer:
    body = {"total_count": len(items) if total is None else total, "item_count": len(items), "item": items}
    return answer(body, page=calls.LISTED, offset=str(offset))


def test_a_list_names_each_article_and_asks_for_each_publication(account: Channel) -> None:
    two = {"article_id": "A", "content": {"news_item": [news(1, 1), news(1, 2)], "create_time": SECONDS}}
    undated = {"article_id": "B", "content": {"news_item": [news(2)]}, "update_time": SECONDS}

    found = list(listed(account, page(two, undated), pages=5))

    assert [one for one in found if isinstance(one, Named)] == [
        Named(number="A#1", url=url(1, 1), title="潮汐 1", day=date(2026, 9, 21)),
        Named(number="A#2", url=url(1, 2), title="潮汐 1", day=date(2026, 9, 21)),
        Named(number="B#1", url=url(2), title="潮汐 2", day=None),
    ]
    asks = [one for one in found if isinstance(one, Ask)]
    assert [(ask.about["article_id"], ask.leads_to) for ask in asks] == [
        ("A", (url(1, 1), url(1, 2))),
        ("B", (url(2),)),
    ]


def test_what_is_deleted_is_named_as_gone_and_never_asked_for(account: Channel) -> None:
    half = {"article_id": "A", "content": {"news_item": [news(1, 1, is_deleted=True), news(1, 2)]}}
    whole = {"article_id": "B", "content": {"news_item": [news(2, is_deleted=True)]}}

    found = list(listed(account, page(half, whole), pages=5))

    assert [one.number for one in found if isinstance(one, Named) and one.is_gone] == ["A#1", "B#1"]
    assert [one.leads_to for one in found if isinstance(one, Ask)] == [(url(1, 2),)]


def test_an_article_without_an_address_is_named_with_why_it_is_missing(account: Channel) -> None:
    found = list(listed(account, page({"article_id": "A", "content": {"news_item": [news(1, url="")]}}), pages=5))

    assert found == [Named(number="A#1", title="潮汐 1", why=NO_ADDRESS)]


@pytest.mark.parametrize(
    ("offset", "total", "pages", "following"),
    [(0, 45, 5, 20), (20, 45, 5, 40), (40, 45, 5, None), (0, 45, 1, None), (0, 20, 5, None)],
)
def test_pages_follow_to_the_end_or_to_as_many_as_are_wanted(
    account: Channel, offset: int, total: int, pages: int, following: int | None
) -> None:
    item = {"article_id": "A", "content": {"news_item": [news(1)]}}

    found = list(listed(account, page(item, total=total, offset=offset), pages=pages))

    asks = [one for one in found if isinstance(one, Ask) and one.call == "batchget"]
    assert [(ask.about["offset"], ask.continues) for ask in asks] == (
        [] if following is None else [(str(following), total)]
    )


def test_a_candidate_has_what_the_answer_says_of_it(account: Channel) -> None:
    picture = f'<img data-src="{PICTURE}" src="data:image/gif;base64,x">'
    content = f'<p onclick="x()">潮汐每天来两次。</p>{picture}<script>1</script>'
    fields = {
        "author": "作者甲",
        "digest": "摘要",
        "content": content,
        "content_source_url": "https://a.example/1?a=1&b",
    }

    [found] = candidates(account, answer({"news_item": [news(1, **fields)]}, created=str(SECONDS)), kind=None)

    assert (found.title, found.author, found.account, found.account_biz) == ("潮汐 1", "作者甲", "示例馆", NUMBER)
    assert (found.url, found.channel, found.kind) == (url(1), account.id, ItemKind.ARTICLE)
    assert found.text.splitlines() == ["潮汐每天来两次。", "阅读原文"]
    assert str(found.published) == "2026-09-21T22:13:20+08:00"
    assert [(one.kind, one.url) for one in found.media] == [(MediaKind.IMAGE, PICTURE)]
    assert 'href="https://a.example/1?a=1&amp;b"' in found.html
    assert not [sign for sign in ("onclick", "script") if sign in found.html]


def test_each_article_of_a_publication_that_is_there_is_a_candidate(account: Channel) -> None:
    some = [news(1, 1, content="<p>一</p>"), news(1, 2, content="<p>二</p>", is_deleted=True), news(1, 3, digest="三")]

    found = list(candidates(account, answer({"news_item": some, "errcode": 0}), kind=None))

    assert [(one.url, one.text) for one in found] == [(url(1, 1), "一"), (url(1, 3), "三")]


def test_the_time_of_the_last_change_is_no_day_of_publication(account: Channel) -> None:
    body = {"news_item": [news(1, content="<p>一</p>")], "update_time": SECONDS}

    assert [one.published for one in candidates(account, answer(body), kind=None)] == [None]


def test_a_day_that_was_kept_from_an_earlier_list_stays_a_day(account: Channel) -> None:
    [found] = candidates(account, answer({"news_item": [news(1, content="<p>一</p>")]}, day="2026-09-21"), kind=None)

    assert str(found.published) == "2026-09-21"


def test_the_account_is_named_only_once_it_is_confirmed(make_channel: Callable[..., Channel]) -> None:
    unconfirmed = make_channel(options={ACCOUNT_NAME: "示例馆"})

    [found] = candidates(unconfirmed, answer({"news_item": [news(1, content="<p>一</p>")]}), kind=None)

    assert (found.account, found.account_biz) == ("", NUMBER)


def test_a_refusal_is_the_platforms_trouble_with_its_facts(account: Channel) -> None:
    refused = answer({"errcode": 48001, "errmsg": "api unauthorized rid: 6801ee67-00000000-00000000"})

    with pytest.raises(Unreadable) as caught:
        said(account, refused, call="batchget")

    assert caught.value.trouble is not None
    assert caught.value.trouble.reason is RefusalReason.PLATFORM
    assert caught.value.trouble.facts == {
        "case": "not_permitted",
        "code": "48001",
        "call": "batchget",
        "said": "api unauthorized rid: 6801ee67-00000000-00000000",
        "rid": "6801ee67-00000000-00000000",
    }
    assert caught.value.do.startswith("个人号")


def test_what_is_no_answer_is_said(account: Channel) -> None:
    with pytest.raises(Unreadable, match="不是约定的格式"):
        said(account, Answer(url="https://api.weixin.qq.com/", body=b"<html>"), call="batchget")


def test_candidates_are_plain_records(account: Channel) -> None:
    found = list(candidates(account, answer({"news_item": [news(1, content="<p>一</p>")]}), kind=ItemKind.VIDEO))

    assert [(type(one), one.kind) for one in found] == [(Candidate, ItemKind.VIDEO)]
