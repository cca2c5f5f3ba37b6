"""crawler.platforms.weibo.statuses: one status, whatever shape it has; what is gone is told from what is there."""

from typing import Any

import pytest

from crawler.platforms.weibo.statuses import NotAStatus, read_status
from tests.crawler.platforms.weibo.invented import NUMBER, UID, other, status


def test_a_status_says_who_wrote_what_when() -> None:
    read = read_status(status())

    assert (read.id, read.number, read.uid, read.user) == (NUMBER, NUMBER, UID, "示例科技馆")
    assert read.created_at is not None
    assert read.created_at.isoformat() == "2026-09-20T09:30:00+08:00"
    assert (read.is_public, read.is_notice, read.is_pinned, read.is_repost, read.is_cut) == (True, *[False] * 4)


def test_ids_as_numbers_and_as_text_are_one() -> None:
    assert read_status(status(id=NUMBER)) == read_status(status(id=int(NUMBER)))


def test_the_address_is_made_of_the_number_that_is_written_beside_the_id() -> None:
    read = read_status(status(id="20110061812539159", idstr="730379578"))

    assert (read.id, read.number) == ("20110061812539159", "730379578")


@pytest.mark.parametrize("value", [None, [], "x", {}, {"id": "x"}, {"id": 0, "text": "…"}])
def test_what_has_no_id_is_no_status(value: object) -> None:
    with pytest.raises(NotAStatus):
        read_status(value)


def test_a_time_without_a_year_is_kept_as_its_words() -> None:
    read = read_status(status(created_at="06-14"))

    assert (read.created_at, read.created_at_raw) == (None, "06-14")


@pytest.mark.parametrize(
    ("fields", "gone"),
    [
        ({"user": None, "deleted": "1", "text": "抱歉，此微博已被作者删除。"}, (True, False)),
        ({"user": None, "text": "该微博因被多人投诉，已被删除。"}, (True, False)),
        ({"deleted": 1}, (True, False)),
        ({"user": None, "text": "抱歉，作者已设置仅展示半年内微博，此微博已不可见。"}, (False, True)),
        ({"user": {}, "text": "抱歉，由于作者设置，你暂时没有这条微博的查看权限哦。"}, (False, True)),
        ({"text": "删除旧文件的方法"}, (False, False)),
    ],
)
def test_what_is_deleted_or_hidden_is_told_from_content(fields: dict[str, Any], gone: tuple[bool, bool]) -> None:
    read = read_status(status(**fields))

    assert (read.is_deleted, read.is_hidden) == gone
    assert read.is_notice is any(gone)


@pytest.mark.parametrize(
    ("kind", "public"), [(0, True), ("0", True), (None, True), (1, False), (6, False), (10, False)]
)
def test_a_post_for_some_alone_is_not_public(kind: object, public: bool) -> None:
    assert read_status(status(visible={"type": kind})).is_public is public


@pytest.mark.parametrize(
    "fields", [{"isTop": 1}, {"title": {"text": "置顶"}}, {"mblogtype": 2}, {"isTop": True, "title": None}]
)
def test_a_pinned_post_says_so(fields: dict[str, Any]) -> None:
    assert read_status(status(**fields)).is_pinned


def test_a_repost_knows_the_original_and_has_none_of_its_pictures() -> None:
    pictured = other(pic_urls=[{"thumbnail_pic": "https://kjg.example.cn/1.jpg"}], retweeted_status=other())
    read = read_status(status(retweeted_status=pictured))

    assert read.is_repost
    assert read.pictures == ()
    assert read.reposted is not None
    assert (read.reposted.user, len(read.reposted.pictures), read.reposted.reposted) == ("示例天文台", 1, None)


def test_a_repost_of_something_unreadable_is_one() -> None:
    read = read_status(status(retweeted_status={"text": "抱歉"}))

    assert (read.is_repost, read.reposted) == (True, None)


def test_a_long_text_is_cut_unless_the_answer_brings_the_whole() -> None:
    cut, whole = status(isLongText=True), status(isLongText=True, longText={"longTextContent": "整篇的文字"})

    assert (read_status(cut).is_long, read_status(cut).is_cut) == (True, True)
    assert (read_status(whole).is_long, read_status(whole).is_cut, read_status(whole).text) == (
        True,
        False,
        "整篇的文字",
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"page_info": {"type": "place", "page_title": "示例科技馆"}},
        {"annotations": [1, {"place": {"title": "示例科技馆", "lon": "116.3"}}]},
    ],
)
def test_a_place_is_named_and_its_coordinates_are_not_kept(fields: dict[str, Any]) -> None:
    assert read_status(status(**fields)).place == "示例科技馆"
