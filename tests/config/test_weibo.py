"""config.weibo: numbers of posts in both writings, and the addresses that name a post or an account."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.weibo import bid_of, mid_of, post_address, post_of, uid_of

POST = ("4383183661430868", "HyTZc60ew")


@pytest.mark.parametrize(
    ("mid", "bid"),
    [POST, ("4383031864995274", "HyQ2mkXuW"), ("4405996207851235", "I2vZiwWsP"), ("730379578", "1b1AKe")],
)
def test_both_writings_of_a_post_s_number_are_one(mid: str, bid: str) -> None:
    assert bid_of(mid) == bid
    assert mid_of(bid) == mid


@given(st.integers(min_value=1, max_value=10**18))
def test_every_number_comes_back_from_its_other_writing(number: int) -> None:
    assert mid_of(bid_of(str(number))) == str(number)


@pytest.mark.parametrize("bid", ["", "HyTZc60e-", "zzzzZZZZ", "表情", "0000"])
def test_what_is_no_number_in_base_62_has_none(bid: str) -> None:
    assert mid_of(bid) is None


@pytest.mark.parametrize("mid", ["", "HyTZ", "-1", "٣"])
def test_an_address_is_made_of_a_number_alone(mid: str) -> None:
    with pytest.raises(ValueError, match="is no number of a post"):
        post_address("1669879400", mid)


@pytest.mark.parametrize(
    ("url", "uid"),
    [
        ("https://weibo.com/1669879400/HyTZc60ew", "1669879400"),
        ("http://www.weibo.com/1669879400/HyTZc60ew?from=page_1002_profile&wvr=6&mod=weibotime", "1669879400"),
        ("https://weibo.com/1669879400/4383183661430868", "1669879400"),
        ("https://m.weibo.cn/status/HyTZc60ew?mblogid=HyTZc60ew&luicode=10000011", ""),
        ("https://m.weibo.cn/status/4383183661430868", ""),
        ("https://m.weibo.cn/detail/4383183661430868", ""),
        ("https://m.weibo.cn/1669879400/4383183661430868", "1669879400"),
        ("https://m.weibo.cn/statuses/show?id=HyTZc60ew", ""),
        ("https://weibo.cn/comment/HyTZc60ew#cmtfrm", ""),
        ("https://api.weibo.com/2/statuses/go?uid=1669879400&amp;id=4383183661430868", "1669879400"),
    ],
)
def test_every_address_of_a_post_names_it(url: str, uid: str) -> None:
    assert post_of(url) == (uid, POST[0])


@pytest.mark.parametrize(
    "url",
    [
        "https://weibo.com/u/1669879400",
        "https://weibo.com/1669879400/profile",
        "https://weibo.com/1669879400/followers",
        "https://weibo.com/1669879400",
        "https://weibo.com/kxb/home",
        "https://weibo.com/ttarticle/p/show?id=2309404383183661430868",
        "https://weibo.com/tv/show/1034:4382054524348434",
        "https://weibo.example.cn/1669879400/HyTZc60ew",
        "https://weibo.com.example.cn/1669879400/HyTZc60ew",
        "http://[weibo.com/1669879400/HyTZc60ew",
        "",
    ],
)
def test_other_addresses_name_no_post(url: str) -> None:
    assert post_of(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://weibo.com/u/1669879400",
        "https://weibo.com/1669879400?refer_flag=1001030103_",
        "https://m.weibo.cn/u/1669879400",
        "https://m.weibo.cn/profile/1669879400",
        "https://weibo.com/1669879400/HyTZc60ew",
    ],
)
def test_addresses_of_an_account_name_it(url: str) -> None:
    assert uid_of(url) == "1669879400"


@pytest.mark.parametrize(
    "url", ["https://weibo.com/kxb", "https://weibo.com/", "https://kjg.example.cn/u/1669879400", "http://[", ""]
)
def test_other_addresses_name_no_account(url: str) -> None:
    assert uid_of(url) == ""
