"""crawler.reading.entries: a feed's entry as a candidate (how a feed is taken: tests/crawler/sources/test_feed.py)."""

import pytest

from config.words import ChannelKind, ItemKind
from crawler.exchange import Answer, BadEntry, Unreadable
from crawler.feeds.entries import Entry
from crawler.reading import entries
from crawler.reading.entries import address_of, candidate_of, candidate_or_words, feed_of, is_whole
from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.items import Candidate
from indexer.whitelist.records import Channel

CHANNEL = Channel(id=ChannelId("c"), unit=UnitId("u"), kind=ChannelKind.SITE, name="网站")
URL = "https://a.example/1.html"


def test_an_address_is_the_page_s_else_the_player_s() -> None:
    assert address_of(Entry(link="/1.html", player="https://v.example/1"), "https://a.example/feed") == URL
    assert address_of(Entry(player="https://v.example/1"), URL) == "https://v.example/1"
    assert address_of(Entry(link="javascript:alert(1)"), URL) is None
    assert address_of(Entry(), URL) is None


def test_an_entry_is_whole_with_its_text_or_a_video() -> None:
    assert is_whole(Entry(markup="<p>一</p>"))
    assert is_whole(Entry(player="https://v.example/1"))
    assert not is_whole(Entry(text="摘要", summary="<p>摘要</p>"))


def test_a_candidate_is_named_by_its_text_where_it_has_no_title() -> None:
    made = candidate_of(CHANNEL, Entry(text="观察一滴水\n二"), URL, kind=ItemKind.ACTIVITY)

    assert (made.title, made.kind) == ("观察一滴水\n二", ItemKind.ACTIVITY)
    assert made.html == "<p>观察一滴水</p><p>二</p>"


def test_an_entry_that_breaks_the_reader_is_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(text: str, base: str | None) -> str:
        raise RuntimeError(text + str(base))

    assert isinstance(candidate_or_words(CHANNEL, Entry(text="一"), URL), Candidate)
    monkeypatch.setattr(entries, "clean", stumble)
    assert isinstance(candidate_or_words(CHANNEL, Entry(text="一"), URL), BadEntry)


def test_what_is_no_feed_is_told() -> None:
    with pytest.raises(Unreadable, match="不是订阅源"):
        feed_of(CHANNEL, Answer(url=URL, body=b"<html></html>"))
    with pytest.raises(Unreadable, match="站点地图"):
        feed_of(CHANNEL, Answer(url=URL, body=b"<urlset><url><loc>https://a.example/</loc></url></urlset>"))
