"""WeChat's calls as requests."""

import json
from datetime import UTC, date, datetime

from crawler.exchange import Ask, Method
from crawler.platforms.wechat import calls
from crawler.platforms.wechat.answers import News, Publication
from indexer.base.ids import ChannelId

CHANNEL = ChannelId("account")


def sent(ask: Ask) -> object:
    assert ask.body is not None
    return json.loads(ask.body.content)


def test_a_list_is_asked_for_by_its_body_alone_and_without_texts() -> None:
    ask = calls.list_ask(CHANNEL, offset=20, total=61)

    assert (ask.url, ask.method) == ("https://api.weixin.qq.com/cgi-bin/freepublish/batchget", Method.POST)
    assert sent(ask) == {"offset": 20, "count": 20, "no_content": 1}
    assert (ask.credential, ask.call, ask.continues) == ("connection:account", "batchget", 61)


def test_a_publication_is_asked_for_while_one_of_its_articles_is_unknown() -> None:
    created = datetime(2026, 9, 21, 14, 13, 20, tzinfo=UTC)
    ask = calls.publication_ask(CHANNEL, "A", leads_to=("https://a.example/1",), created=created)

    assert ask.url == "https://api.weixin.qq.com/cgi-bin/freepublish/getarticle"
    assert (sent(ask), ask.leads_to, ask.call) == ({"article_id": "A"}, ("https://a.example/1",), "getarticle")
    assert (ask.about["page"], ask.about["created"], ask.about["day"]) == (calls.PUBLISHED, "1790000000", "")


def test_totals_are_of_one_day() -> None:
    ask = calls.totals_ask(CHANNEL, date(2026, 9, 16))

    assert ask.url == "https://api.weixin.qq.com/datacube/getarticletotaldetail"
    assert sent(ask) == {"begin_date": "2026-09-16", "end_date": "2026-09-16"}


def test_a_token_is_asked_for_without_a_credential_and_none_is_forced() -> None:
    ask = calls.token_ask("wx00000000000000ab", "s")

    assert (ask.credential, ask.url) == ("", "https://api.weixin.qq.com/cgi-bin/stable_token")
    assert sent(ask) == {
        "grant_type": "client_credential",
        "appid": "wx00000000000000ab",
        "secret": "s",
        "force_refresh": False,
    }


def test_no_call_may_be_made_more_often_than_half_of_what_an_account_has() -> None:
    documented = {"batchget": 100, "getarticle": 100, "token": 2000}

    assert {
        name: most / documented[name] for name, most in calls.QUOTAS.items() if name in documented
    } == dict.fromkeys(documented, 0.5)


def test_an_articles_number_leads_back_to_its_publication() -> None:
    numbers = [calls.number_of("a#b", 2), "2247480001_1"]

    assert [calls.article_id_of(number) for number in numbers] == ["a#b", ""]


def test_addresses_are_those_of_articles_that_are_there() -> None:
    news = [news_at("https://a.example/1"), news_at("https://a.example/2", is_deleted=True), news_at("")]

    assert calls.addresses_of(Publication(article_id="A", news=tuple(news), created=None, updated=None)) == (
        "https://a.example/1",
    )


def news_at(url: str, *, is_deleted: bool = False) -> News:
    return News(title="", author="", digest="", content="", source_url="", url=url, is_deleted=is_deleted)
