"""crawler.platforms.weibo.posts: a post as a candidate, with its own title, its credit and its one address."""

from typing import Any

import pytest

from config.words import ChannelKind
from crawler.platforms.weibo.posts import candidate_of, in_order, is_content
from crawler.platforms.weibo.statuses import read_status
from indexer.base.ids import ChannelId, UnitId, canonical_key
from indexer.catalogue.items import Candidate, ItemKind, MediaKind
from indexer.understanding.duplicates.credits import credited
from indexer.whitelist.records import Channel
from tests.crawler.platforms.weibo.invented import NUMBER, PID, UID, other, status

CHANNEL = Channel(
    id=ChannelId("kjg-weibo"), unit=UnitId("kjg"), kind=ChannelKind.WEIBO, name="示例科技馆", hosts=("weibo.com",)
)
VIDEO = {"type": "video", "object_id": "1034:5012345678901234", "page_title": "示例视频", "media_info": {}}


def post(**fields: object) -> Candidate:
    return candidate_of(CHANNEL, read_status(status(**fields)))


def test_a_post_is_a_piece_with_a_title_and_one_address() -> None:
    made = post(text="【月球车如何过夜】月夜长达十四个地球日。\n怎么办？ http://t.cn/A6abc\u200b")

    assert made.title == "月球车如何过夜"
    assert made.text == "【月球车如何过夜】月夜长达十四个地球日。\n怎么办？ http://t.cn/A6abc"
    assert made.account == "示例科技馆"
    assert str(made.published) == "2026-09-20T09:30:00+08:00"
    assert canonical_key(made.url) == canonical_key(f"https://m.weibo.cn/status/{NUMBER}")
    assert made.url.startswith(f"https://weibo.com/{UID}/")
    assert '<a href="http://t.cn/A6abc"' in made.html


def test_what_a_post_writes_is_text_and_never_mark_up() -> None:
    made = post(text='1 < 2 & "3"\n&lt;script&gt;alert(1)&lt;/script&gt; http://t.cn/a"onclick="x')

    assert "<script" not in made.html
    assert '<a href="http://t.cn/a" rel=' in made.html
    assert "<script>alert(1)</script>" in made.text


def test_pictures_are_the_post_s_in_their_largest_size() -> None:
    made = post(pic_urls=[{"thumbnail_pic": f"http://wx1.sinaimg.cn/thumbnail/{PID}.jpg"}])

    assert [medium.kind for medium in made.media] == [MediaKind.IMAGE]
    assert f"/large/{PID}.jpg" in made.media[0].url
    assert made.media[0].url in made.html


def test_a_short_post_with_a_video_is_a_video() -> None:
    made = post(text="看视频", page_info=VIDEO)
    long = post(text="很长的文字。" * 40, page_info=VIDEO)

    assert (made.kind, long.kind) == (ItemKind.VIDEO, ItemKind.ARTICLE)
    assert made.media[0].kind is MediaKind.VIDEO


def test_what_all_items_are_stands_above_what_the_post_says() -> None:
    assert candidate_of(CHANNEL, read_status(status()), kind=ItemKind.ACTIVITY).kind is ItemKind.ACTIVITY


def test_a_repost_credits_the_original_and_takes_nothing_of_it() -> None:
    pictured = other(pic_urls=[{"thumbnail_pic": f"http://wx1.sinaimg.cn/thumbnail/{PID}.jpg"}])
    made = post(text="值得一看！//@另一个:好", retweeted_status=pictured)

    assert made.title == "值得一看！"
    assert made.text.splitlines()[0] == "值得一看！"
    assert credited(title=made.title, text=made.text) == ("示例天文台",)
    assert "https://weibo.com/6000000001/" in made.text
    assert "星空的照片" not in made.text
    assert made.media == ()


def test_a_repost_without_words_is_titled_by_whom_it_reposts() -> None:
    assert post(text="转发微博", retweeted_status=other()).title == "转发 @示例天文台 的微博"


@pytest.mark.parametrize("original", [{"text": "抱歉"}, other(user=None, deleted="1", text="抱歉，已被作者删除。")])
def test_a_repost_of_what_is_gone_says_so_and_no_more(original: dict[str, Any]) -> None:
    made = post(text="转发微博", retweeted_status=original)

    assert made.title == "转发的微博"
    assert made.text == "（转发的原微博已删除或不可见）"


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"text": "http://t.cn/A6abc", "page_info": VIDEO}, "示例视频"),
        ({"text": "[太阳]", "page_info": VIDEO | {"page_title": ""}}, "示例科技馆视频微博（2026-09-20）"),
        ({"text": "", "pic_urls": [{"thumbnail_pic": "https://a.example/1.jpg"}]}, "示例科技馆图片微博（2026-09-20）"),
        ({"text": "", "created_at": "06-14"}, "示例科技馆微博"),
    ],
)
def test_a_post_without_words_has_a_title_all_the_same(fields: dict[str, Any], title: str) -> None:
    assert post(**fields).title == title


def test_a_place_is_told_once() -> None:
    place = {"type": "place", "page_title": "示例广场"}

    assert post(text="开始了！", page_info=place).text == "开始了！\n地点：示例广场"
    assert post(text="示例广场开始了！", page_info=place).text == "示例广场开始了！"


@pytest.mark.parametrize(
    "fields",
    [
        {"deleted": "1"},
        {"user": None, "text": "抱歉，作者已设置仅展示半年内微博，此微博已不可见。"},
        {"visible": {"type": 1}},
        {"user": {"screen_name": "示例"}},
    ],
)
def test_what_not_everybody_may_see_is_no_content(fields: dict[str, Any]) -> None:
    assert not is_content(read_status(status(**fields)))


def test_a_pinned_old_post_stands_where_it_belongs_and_each_post_once() -> None:
    pinned = read_status(status(id=4012345678901234, idstr="4012345678901234", isTop=1))
    newer, newest = (read_status(status(id=NUMBER[:-1] + one, idstr=NUMBER[:-1] + one)) for one in "45")

    assert in_order([pinned, newest, newer, newest]) == [newest, newer, pinned]
