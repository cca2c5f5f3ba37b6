"""indexer.whitelist.picture_hosts: where the pictures of a channel may lie."""

from collections.abc import Callable

import pytest

from config.words import ChannelKind
from indexer.whitelist.picture_hosts import PLATFORMS, AllowedHosts, is_foreign, platform_of
from indexer.whitelist.records import Channel


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


def test_every_platform_is_found_by_its_own_name() -> None:
    assert [platform_of(one.name) for one in PLATFORMS] == list(PLATFORMS)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/1.jpg", False),
        ("https://mmbiz.qpic.cn/x/0", False),
        ("https://b.example/1.jpg", True),
        ("https://a.example:8443/1.jpg", True),
        ("https://user@a.example/1.jpg", False),  # a fault of the address, which fetching it tells
    ],
)
def test_what_lies_elsewhere_is_foreign(make_channel: Callable[..., Channel], url: str, *, expected: bool) -> None:
    assert is_foreign(url, AllowedHosts(make_channel())) is expected
