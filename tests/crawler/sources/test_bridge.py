"""crawler.sources.bridge: a unit's own bridge, whose entries lie at the platform; how old its newest is, is told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from config.units.options import option_faults
from config.words import ChannelKind
from crawler.exchange import Answer, Ask, BadEntry, Found, Note, Unreadable
from crawler.sources import options_of
from crawler.sources.bridge import SOURCE
from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.items import Candidate
from indexer.whitelist.records import Channel

ADDRESS = "https://bridge.kjg.example.cn/feeds/1.xml"
CHANNEL = Channel(
    id=ChannelId("c"),
    unit=UnitId("u"),
    kind=ChannelKind.WECHAT,
    name="示例科技馆",
    source="bridge",
    address=ADDRESS,
    hosts=("bridge.kjg.example.cn",),
)
TEXT = "月夜长达十四个地球日，月球车靠同位素热源保持温度。"


def item(name: str, text: str = TEXT, date: str = "Sun, 20 Sep 2026 01:30:00 GMT") -> str:
    return (
        f"<item><title>{name}</title><link>https://mp.weixin.qq.com/s/{name}</link><pubDate>{date}</pubDate>"
        f"<description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"
    )


def rss(*items: str, built: str = "Fri, 27 Nov 2026 01:30:00 GMT") -> str:
    head = f"<title>示例科技馆</title><language>zh</language><lastBuildDate>{built}</lastBuildDate><ttl>NaN</ttl>"
    return f"<rss version='2.0'><channel>{head}{''.join(items)}</channel></rss>"


def read(text: str, channel: Channel = CHANNEL) -> list[Found]:
    answer = Answer(url=ADDRESS, body=text.encode(), headers={"content-type": "application/xml; charset=utf-8"})
    return list(SOURCE.read(channel, options_of(SOURCE, channel), answer))


def test_the_feed_is_asked_for_whole_each_time() -> None:
    (ask,) = SOURCE.start(CHANNEL, options_of(SOURCE, CHANNEL))

    assert (ask.url, ask.is_plain) == (ADDRESS, False)


def test_entries_are_pieces_and_no_page_is_asked_for() -> None:
    note, first, second = read(rss(item("a"), item("b")))

    assert isinstance(note, Note)
    assert [one.url for one in (first, second) if isinstance(one, Candidate)] == [
        "https://mp.weixin.qq.com/s/a",
        "https://mp.weixin.qq.com/s/b",
    ]
    assert not [one for one in (first, second) if isinstance(one, Ask)]


def test_an_error_in_the_place_of_one_text_takes_nothing_from_the_others() -> None:
    found = read(rss(item("a", "failed to get full text"), item("b")))

    assert [type(one) for one in found] == [Note, BadEntry, Candidate]


@pytest.mark.parametrize(("days", "after"), [({}, 7), ({"stale_days": "3"}, 3)])
def test_how_old_the_newest_entry_is_and_may_be_is_told(days: dict[str, str], after: int) -> None:
    note = read(rss(item("a"), item("b", date="Sat, 19 Sep 2026 01:30:00 GMT")), replace(CHANNEL, options=days))[0]

    assert isinstance(note, Note)
    assert note.newest == datetime(2026, 9, 20, 1, 30, tzinfo=UTC)
    assert note.stale_after == timedelta(days=after)


def test_a_date_that_is_none_is_none() -> None:
    note, first = read(rss(item("a", date="Invalid Date"), built="NaN"))

    assert isinstance(note, Note)
    assert isinstance(first, Candidate)
    assert (note.newest, first.published) == (None, None)


def test_a_feed_without_dates_is_as_old_as_it_says() -> None:
    note = read(rss(item("a", date="NaN"), built="Sat, 01 Aug 2026 00:00:00 GMT"))[0]

    assert isinstance(note, Note)
    assert note.newest == datetime(2026, 8, 1, tzinfo=UTC)


@pytest.mark.parametrize("text", [rss(), "<html><body>502</body></html>", ""])
def test_an_empty_feed_and_what_is_none_is_told(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text)


def test_options_are_checked_where_they_are_written() -> None:
    assert option_faults("bridge", {"stale_days": "3", "uid": "6123456789"}) == []
    assert [option for option, *_ in option_faults("bridge", {"stale_days": "NaN"})] == ["stale_days"]
    assert [option for option, *_ in option_faults("bridge", {"stale_days": "0"})] == ["stale_days"]
