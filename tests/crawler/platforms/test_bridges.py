"""crawler.platforms.bridges: pieces of a bridge's feed, its errors that are no articles, and how old it is."""

from datetime import UTC, datetime

import pytest

from config.words import ChannelKind
from crawler.exchange import BadEntry
from crawler.feeds.entries import Entry, Feed
from crawler.platforms.bridges import is_error_text, newest_of, piece_of
from indexer.base.ids import ChannelId, UnitId
from indexer.base.times import Published
from indexer.catalogue.items import Candidate
from indexer.whitelist.records import Channel

WECHAT = Channel(id=ChannelId("c"), unit=UnitId("u"), kind=ChannelKind.WECHAT, name="示例科技馆", source="bridge")
WEIBO = Channel(id=ChannelId("w"), unit=UnitId("u"), kind=ChannelKind.WEIBO, name="示例科技馆", source="bridge")
URL = "https://mp.weixin.qq.com/s/AbCdEf"
TEXT = "月夜长达十四个地球日，月球车靠同位素热源保持温度。"


def entry(**fields: object) -> Entry:
    made: dict[str, object] = {"link": URL, "title": "月球车如何过夜", "text": TEXT, "markup": f"<p>{TEXT}</p>"}
    return Entry(**(made | fields))  # type: ignore[arg-type]  # of whatever fields a test names


def day(number: int) -> Published:
    return Published(at=datetime(2026, 9, number, tzinfo=UTC))


def test_an_entry_with_its_full_text_is_a_piece() -> None:
    found = piece_of(WECHAT, entry(), URL)

    assert isinstance(found, Candidate)
    assert (found.title, found.text, found.account_biz) == ("月球车如何过夜", TEXT, "")


def test_a_full_text_in_the_place_of_the_summary_is_one() -> None:
    found = piece_of(WECHAT, entry(markup=None, summary=f'<p>{TEXT}</p><img src="https://a.example/1.jpg">'), URL)

    assert isinstance(found, Candidate)
    assert [medium.url for medium in found.media] == ["https://a.example/1.jpg"]


def test_an_article_whose_address_names_an_account_says_so() -> None:
    found = piece_of(WECHAT, entry(), "https://mp.weixin.qq.com/s?__biz=MzA3MDM3NjE5NQ==&mid=1&idx=1&sn=ab")

    assert isinstance(found, Candidate)
    assert found.account_biz == "3070376195"


@pytest.mark.parametrize(
    "text",
    [
        "failed to get full text",
        "Failed to fetch the article: timeout",
        "获取全文失败",
        "全文获取失败，请稍后再试",
        "当前环境异常，完成验证后即可继续访问。",
        "该内容已被发布者删除",
        "undefined",
        "NaN",
        "Too Many Requests",
        "Unable to retrieve content",
    ],
)
def test_an_error_in_the_place_of_the_text_is_no_article(text: str) -> None:
    found = piece_of(WECHAT, entry(text=text, markup=f"<p>{text}</p>"), URL)

    assert is_error_text(text)
    assert isinstance(found, BadEntry)
    assert found.what == "桥接程序没有取到这一篇的全文"


@pytest.mark.parametrize("text", [TEXT, f"探测器获取内容失败的原因有三个。{TEXT * 15}", "错误是怎样发现的", "南南合作"])
def test_an_article_about_errors_is_an_article(text: str) -> None:
    assert not is_error_text(text)


def test_an_entry_without_a_text_is_none_yet() -> None:
    found = piece_of(WECHAT, entry(text=None, markup=None), URL)

    assert isinstance(found, BadEntry)
    assert found.what == "桥接的订阅里这一条没有全文"


def test_a_post_of_weibo_has_its_own_title_and_its_one_address() -> None:
    url = "https://m.weibo.cn/6123456789/5012345678901234"
    found = piece_of(WEIBO, entry(title="月夜长达十四个地球日，月球车靠同…", text=f"【月球车如何过夜】{TEXT}"), url)

    assert isinstance(found, Candidate)
    assert found.title == "月球车如何过夜"
    assert found.url.startswith("https://weibo.com/6123456789/")


def test_how_old_a_feed_is_its_newest_entry_says_not_the_time_it_was_written() -> None:
    old, new = entry(published=day(1)), entry(published=day(3))

    assert newest_of(Feed(title=None, entries=(old, new), updated=day(20))) == day(3)
    assert newest_of(Feed(title=None, entries=(entry(),), updated=day(20))) == day(20)
    assert newest_of(Feed(title=None, entries=())) is None
