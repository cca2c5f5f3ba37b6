"""indexer.whitelist.addresses: one answer to "is this address the channel's?", wherever it is asked."""

from collections.abc import Callable
from datetime import datetime

import pytest

from config.addresses import BadAddress, place_of
from config.units.options import SiteOptions
from config.words import ChannelKind
from crawler.exchange import Answer, Ask
from crawler.sources.site import SOURCE as SITE
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate
from indexer.catalogue.troubles import RefusalReason
from indexer.records import channels
from indexer.records.database import Database
from indexer.whitelist.addresses import Standing, is_inside, standing
from indexer.whitelist.records import Channel, Unit


@pytest.mark.parametrize(
    ("path", "url", "inside"),
    [
        ("/kx", "http://a.example/kx/1.html", True),
        ("/kx/", "http://a.example/kx/1.html", True),
        ("/kx/", "http://a.example/kx", True),
        ("/kx", "http://a.example/kxw/1.html", False),
        ("/kx", "http://a.example/", False),
        ("/kx", "http://a.example/kx/../news/1.html", False),
        ("/kx", "http://a.example/kx/%2e%2E/news/1.html", False),
        ("/", "http://a.example", True),
        ("/", "https://a.example:443/1.html", True),
        ("/", "http://a.example./1.html", True),
        ("/", "https://a.example:80/1.html", False),
    ],
)
def test_an_address_must_lie_under_the_registered_path(
    make_channel: Callable[..., Channel], path: str, url: str, *, inside: bool
) -> None:
    assert is_inside(make_channel(path=path), url) is inside


def test_a_registered_port_is_part_of_the_host(make_channel: Callable[..., Channel]) -> None:
    channel = make_channel(hosts=("127.0.0.1:8790",))

    assert is_inside(channel, "http://127.0.0.1:8790/a")
    assert not is_inside(channel, "http://127.0.0.1:8791/a")
    assert not is_inside(channel, "http://127.0.0.1/a")


def test_a_wechat_channel_holds_articles_on_wechats_host(make_channel: Callable[..., Channel]) -> None:
    wechat = make_channel(kind=ChannelKind.WECHAT, hosts=())

    assert is_inside(wechat, "https://mp.weixin.qq.com/s/abcdef")
    assert not is_inside(wechat, "https://v.qq.com/x/page/1.html")
    assert not is_inside(make_channel(kind=ChannelKind.VIDEO, hosts=()), "https://v.qq.com/x/page/1.html")


@pytest.mark.parametrize(
    ("kind", "source", "article", "inside"),
    [
        (ChannelKind.WECHAT, "bridge", "https://mp.weixin.qq.com/s/abcdef", True),
        (ChannelKind.WEIBO, "bridge", "https://weibo.com/6123456789/R1wLfh2Gs", True),
        (ChannelKind.WEIBO, "weibo", "https://weibo.com/6123456789/R1wLfh2Gs", True),
        (ChannelKind.WECHAT, "feed", "https://mp.weixin.qq.com/s/abcdef", False),
        (ChannelKind.SITE, "bridge", "https://mp.weixin.qq.com/s/abcdef", False),
    ],
)
def test_what_a_bridge_lists_lies_at_its_platform(
    make_channel: Callable[..., Channel], kind: ChannelKind, source: str, article: str, *, inside: bool
) -> None:
    channel = make_channel(kind=kind, source=source, hosts=("bridge.example",))

    assert is_inside(channel, article) is inside
    assert is_inside(channel, "https://bridge.example/1")


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/kx/1.html",
        "http://A.example/kx/1.html",
        "http://a.example:80/kx/1.html",
        "https://a.example:443/kx/1.html",
        "http://a.example./kx/1.html",
        "http://a.example:8080/kx/1.html",
        "https://a.example:80/kx/1.html",
        "http://a.example/kxother/1.html",
        "http://a.example/kx/../1.html",
        "http://b.example/kx/1.html",
    ],
)
def test_the_list_page_the_intake_and_the_guard_agree_on_every_address(
    database: Database,
    make_channel: Callable[..., Channel],
    make_candidate: Callable[..., Candidate],
    make_unit: Callable[..., Unit],
    now: datetime,
    url: str,
) -> None:
    channel = make_channel(path="/kx", address="http://a.example/kx/", source="site")
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit())
        channels.save_channel(tx, channel)
    links = ("/kx/0.html", url)
    rows = "".join(
        f'<li><a href="{link}">一篇题目够长的科普文章{n}</a> 2026-09-02</li>' for n, link in enumerate(links)
    )
    answer = Answer(url="http://a.example/kx/", body=f"<ul>{rows}</ul>".encode())
    listed = [found for found in SITE.read(channel, SiteOptions(), answer) if isinstance(found, Ask)]

    taken = take_in(database, make_candidate(url=url, channel=channel.id), now=now)

    is_ours = standing(channel, url) is Standing.INSIDE
    assert (len(listed) == len(links)) is is_ours
    refused = taken.refusal is not None and taken.refusal.reason in (
        RefusalReason.FOREIGN_HOST,
        RefusalReason.OTHER_PATH,
    )
    assert refused is not is_ours
    assert (place_of(url).netloc in channel.hosts) is (standing(channel, url) is not Standing.OTHER_HOST)


@pytest.mark.parametrize(
    "url", ["http://a.example\\@b.example/", "http://u@a.example/", "ftp://a.example/", "http:///x"]
)
def test_an_address_that_programs_read_differently_is_nobodys(make_channel: Callable[..., Channel], url: str) -> None:
    with pytest.raises(BadAddress):
        place_of(url)

    assert standing(make_channel(), url) is Standing.OTHER_HOST
