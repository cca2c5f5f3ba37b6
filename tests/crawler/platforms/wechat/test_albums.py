"""crawler.platforms.wechat.albums: an album as one JSON page after the other, of one article too."""

import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.platforms.fields import NotAnAnswer
from crawler.platforms.wechat.albums import AlbumWithheld, album_page, is_album, read_album

ADDRESS = "https://mp.weixin.qq.com/mp/appmsgalbum?__biz=MzA3MDM3NjE5NQ==&action=getalbum&album_id=99#wechat_redirect"
ENTRY = {
    "msgid": 2247490098,
    "itemidx": "1",
    "title": "月球车\u0007如何 过夜",
    "url": "http://mp.weixin.qq.com/s?__biz=MzA3MDM3NjE5NQ==&amp;mid=2247490098&amp;idx=1&amp;sn=ab&amp;chksm=1#rd",
    "create_time": "1789867800",
}


def body(articles: object, **fields: object) -> bytes:
    resp = {"article_list": articles, "continue_flag": "0"} | fields
    return json.dumps({"base_resp": {"ret": 0}, "getalbum_resp": resp}, ensure_ascii=False).encode()


def test_an_album_is_asked_for_as_json_newest_first() -> None:
    fields = parse_qs(urlsplit(album_page(ADDRESS)).query)

    assert is_album(ADDRESS)
    assert fields["__biz"] == ["MzA3MDM3NjE5NQ=="]
    assert {name: fields[name] for name in ("action", "album_id", "count", "is_reverse", "f")} == {
        "action": ["getalbum"],
        "album_id": ["99"],
        "count": ["20"],
        "is_reverse": ["1"],
        "f": ["json"],
    }
    assert "#" not in album_page(ADDRESS)


def test_the_next_page_begins_behind_the_last_article() -> None:
    (last,) = read_album(body([ENTRY])).articles
    fields = parse_qs(urlsplit(album_page(album_page(ADDRESS), after=last)).query)

    assert (fields["begin_msgid"], fields["begin_itemidx"]) == (["2247490098"], ["1"])


@pytest.mark.parametrize("articles", [[ENTRY], ENTRY])
def test_one_article_is_a_list_or_an_object(articles: object) -> None:
    (one,) = read_album(body(articles)).articles

    assert one.url == "https://mp.weixin.qq.com/s?__biz=MzA3MDM3NjE5NQ==&mid=2247490098&idx=1&sn=ab&chksm=1"
    assert one.title == "月球车如何 过夜"
    assert one.published == datetime(2026, 9, 20, 1, 30, tzinfo=UTC)


def test_entries_without_an_address_are_left_out() -> None:
    assert read_album(body([{"title": "x"}, {"url": "javascript:alert(1)"}, None, 3])).articles == ()


@pytest.mark.parametrize(("flag", "more"), [("1", True), (1, True), ("0", False), (None, False)])
def test_more_articles_follow_where_the_flag_says_so(flag: object, more: bool) -> None:
    assert read_album(body([ENTRY], continue_flag=flag)).is_more is more


@pytest.mark.parametrize(
    "withheld",
    [
        {"base_resp": {"ret": -6}},
        {"base_resp": {"ret": 0}, "getalbum_resp": {"verify_status": "1", "article_list": []}},
    ],
)
def test_a_platform_that_wants_something_proved_gives_no_list(withheld: object) -> None:
    with pytest.raises(AlbumWithheld):
        read_album(json.dumps(withheld).encode())


def test_other_bytes_are_no_answer() -> None:
    with pytest.raises(NotAnAnswer):
        read_album(b"<html></html>")


@pytest.mark.parametrize(
    "url", ["https://mp.weixin.qq.com/s/abc", "https://mp.weixin.qq.com/mp/appmsgalbum?album_id=9"]
)
def test_other_addresses_are_no_album(url: str) -> None:
    assert not is_album(url)
