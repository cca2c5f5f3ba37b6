"""indexer.base.ids: ids sort by creation, one article has one key, the hash sees what a reader would."""

import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from time_machine import TimeMachineFixture

from indexer.base.ids import canonical_key, content_hash, new_id


def test_later_ids_sort_after_earlier_ones(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to("2026-09-01T00:00:00Z", tick=False)
    early = new_id()
    time_machine.move_to("2026-09-01T00:00:00.002Z", tick=False)

    assert early < new_id()
    assert len(early) == 26


def test_ten_thousand_ids_of_one_moment_differ_and_sort_as_they_were_made() -> None:
    made = [new_id() for _ in range(10_000)]

    assert made == sorted(set(made))


def test_ids_of_twenty_characters_made_before_sort_before() -> None:
    before = int(time.time() * 1000) - 1
    digits = "0123456789abcdefghjkmnpqrstvwxyz"
    shorter = "".join(digits[(before << 52) >> shift & 31] for shift in range(95, -1, -5))

    assert shorter < new_id()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://kjg.example.cn/a/1.html", "https://KJG.example.cn/a/1.html#top"),
        ("https://kjg.example.cn/a?b=2&a=1", "https://kjg.example.cn/a?a=1&b=2&utm_source=weixin"),
        ("https://kjg.example.cn", "https://kjg.example.cn:443/"),
        ("https://mp.weixin.qq.com/s/AbC_1", "https://mp.weixin.qq.com/s/AbC_1?scene=1&click_id=2"),
        (
            "https://mp.weixin.qq.com/s?__biz=MzA5MDAwMDAwMQ==&mid=1&idx=2&sn=ab&chksm=99",
            "http://mp.weixin.qq.com/s?__biz=MzA5MDAwMDAwMQ&amp;mid=1&amp;idx=2&amp;sn=ab#rd",
        ),
        ("https://weibo.com/1669879400/HyTZc60ew", "https://www.weibo.com/1669879400/HyTZc60ew?from=page&wvr=6#_rnd"),
        ("https://weibo.com/1669879400/HyTZc60ew", "https://m.weibo.cn/status/4383183661430868?luicode=1"),
        ("https://weibo.com/1669879400/HyTZc60ew", "https://m.weibo.cn/detail/4383183661430868"),
    ],
)
def test_one_article_has_one_key_by_whatever_address_it_was_reached(one: str, other: str) -> None:
    assert canonical_key(one) == canonical_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://kjg.example.cn/a?id=1", "https://kjg.example.cn/a?id=2"),
        ("http://127.0.0.1:8001/a", "http://127.0.0.1:8002/a"),
        ("https://mp.weixin.qq.com/s/AbC_1", "https://mp.weixin.qq.com/s/abc_1"),
        (
            "https://mp.weixin.qq.com/s?__biz=MzA5MDAwMDAwMQ==&mid=1&idx=1&sn=ab",
            "https://mp.weixin.qq.com/s?__biz=MzA5MDAwMDAwMQ==&mid=1&idx=2&sn=ab",
        ),
        ("https://weibo.com/1669879400/HyTZc60ew", "https://weibo.com/1669879400/HyTTWshxs"),
        ("https://weibo.com/1669879400/HyTZc60ew", "https://weibo.com/1669879400/hyTZc60ew"),
    ],
)
def test_different_articles_have_different_keys(one: str, other: str) -> None:
    assert canonical_key(one) != canonical_key(other)


@given(st.text(alphabet=string.ascii_letters + string.digits + "/_-.", max_size=40))
def test_a_key_is_its_own_key(path: str) -> None:
    key = canonical_key(f"https://kjg.example.cn/{path}")

    assert canonical_key(f"http://{key}") == key


def test_the_hash_sees_words_and_media_but_not_white_space() -> None:
    plain = content_hash(title="月球车", text="如何过夜", media=["https://kjg.example.cn/1.jpg"])

    assert content_hash(title="月球车 ", text="如何\n过夜", media=["https://kjg.example.cn/1.jpg"]) == plain
    assert content_hash(title="月球车", text="如何过冬", media=["https://kjg.example.cn/1.jpg"]) != plain
    assert content_hash(title="月球车", text="如何过夜", media=[]) != plain
    assert content_hash(title="月球", text="车如何过夜", media=["https://kjg.example.cn/1.jpg"]) != plain
