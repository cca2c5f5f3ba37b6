"""indexer.whitelist.weibo_accounts: the number decides whose a post is, wherever it is registered."""

from collections.abc import Callable

import pytest

from config.words import ChannelKind
from indexer.whitelist.records import Channel
from indexer.whitelist.weibo_accounts import is_told_by_uid, uid_of, uid_of_post


@pytest.mark.parametrize(
    ("fields", "uid"),
    [
        ({"address": "https://weibo.com/u/6123456789"}, "6123456789"),
        ({"address": "https://bridge.example.cn/1.xml", "options": {"uid": "6123456789"}}, "6123456789"),
        ({"address": "https://weibo.com/u/6000000001", "options": {"uid": "6123456789"}}, "6123456789"),
        ({"address": "https://weibo.com/kjg"}, ""),
        ({"address": None}, ""),
    ],
)
def test_the_account_is_the_one_that_is_registered(
    make_channel: Callable[..., Channel], fields: dict[str, object], uid: str
) -> None:
    assert uid_of(make_channel(kind=ChannelKind.WEIBO, **fields)) == uid


def test_a_post_s_address_names_its_account_or_not() -> None:
    assert uid_of_post("https://weibo.com/6123456789/HyTZc60ew") == "6123456789"
    assert uid_of_post("https://m.weibo.cn/status/HyTZc60ew") == ""
    assert uid_of_post("https://weibo.com/u/6123456789") == ""


@pytest.mark.parametrize(
    ("kind", "url", "told"),
    [
        (ChannelKind.WEIBO, "https://weibo.com/6123456789/HyTZc60ew", True),
        (ChannelKind.WEIBO, "https://weibo.com/ttarticle/p/show?id=1", True),
        (ChannelKind.WEIBO, "https://kjg.example.cn/1.html", False),
        (ChannelKind.WEIBO, "https://user@weibo.com/1/HyTZc60ew", False),
        (ChannelKind.SITE, "https://weibo.com/6123456789/HyTZc60ew", False),
    ],
)
def test_on_weibo_the_account_decides(
    make_channel: Callable[..., Channel], kind: ChannelKind, url: str, told: bool
) -> None:
    assert is_told_by_uid(make_channel(kind=kind), url) is told
