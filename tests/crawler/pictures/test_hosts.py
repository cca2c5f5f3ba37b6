"""crawler.pictures.hosts: where the pictures of a channel may lie, and from which page they are asked for."""

from collections.abc import Callable

import pytest

from config.words import ChannelKind
from crawler.pictures.hosts import PLATFORMS, AllowedHosts, platform_of, referer_of
from indexer.whitelist.records import Channel

PAGE = "https://a.example/art/1.html?from=list"


@pytest.mark.parametrize(
    ("netloc", "is_allowed"),
    [
        ("a.example", True),
        ("img.a.example", False),
        ("mmbiz.qpic.cn", True),
        ("wx3.sinaimg.cn", True),
        ("i0.hdslb.com", True),
        ("sinaimg.cn.evil.example", False),
        ("evilsinaimg.cn", False),
        ("mmbiz.qpic.cn:8080", False),
        ("", False),
    ],
)
def test_a_picture_may_lie_on_its_channel_s_hosts_and_on_those_of_platforms(
    make_channel: Callable[..., Channel], netloc: str, *, is_allowed: bool
) -> None:
    hosts = AllowedHosts(make_channel())

    assert (netloc in hosts) is is_allowed
    assert len(hosts) == len(list(hosts)) == 1 + len(PLATFORMS)


def test_an_account_of_wechat_needs_no_host_of_its_own(make_channel: Callable[..., Channel]) -> None:
    assert "mmbiz.qpic.cn" in AllowedHosts(make_channel(kind=ChannelKind.WECHAT, hosts=()))


@pytest.mark.parametrize(
    ("url", "page", "referer"),
    [
        ("https://a.example/1.jpg", PAGE, PAGE),
        ("https://img.b.example/1.jpg", PAGE, "https://a.example/"),
        ("http://a.example/1.jpg", PAGE, ""),
        ("http://a.example/1.jpg", "http://a.example/文/1.html", "http://a.example/%E6%96%87/1.html"),
        ("https://mmbiz.qpic.cn/x/0", PAGE, "https://mp.weixin.qq.com/"),
        ("https://wx1.sinaimg.cn/large/1.jpg", PAGE, "https://weibo.com/"),
        ("nothing", PAGE, ""),
    ],
)
def test_it_is_asked_for_from_the_page_that_its_host_expects(url: str, page: str, referer: str) -> None:
    assert referer_of(url, page) == referer


def test_every_platform_is_found_by_its_own_name() -> None:
    assert [platform_of(one.name) for one in PLATFORMS] == list(PLATFORMS)
