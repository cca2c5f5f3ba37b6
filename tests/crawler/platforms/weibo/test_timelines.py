"""crawler.platforms.weibo.timelines: what an answer gives a source (the rest: tests/crawler/sources/test_weibo.py)."""

import json

from config.words import ChannelKind, ItemKind
from crawler.exchange import Answer, Named, Span
from crawler.platforms.weibo.timelines import listed, shown
from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.items import Candidate
from indexer.whitelist.records import Channel
from tests.crawler.platforms.weibo.invented import status, timeline

CHANNEL = Channel(id=ChannelId("c"), unit=UnitId("u"), kind=ChannelKind.WEIBO, name="示例科技馆")


def answer(body: bytes) -> Answer:
    return Answer(url="https://api.weibo.com/2/statuses/user_timeline.json", body=body)


def test_names_come_before_the_pieces_and_say_the_same_day() -> None:
    named, span, piece = listed(CHANNEL, answer(timeline(status())), pages=1, kind=ItemKind.ACTIVITY)

    assert isinstance(named, Named)
    assert isinstance(span, Span)
    assert isinstance(piece, Candidate)
    assert (named.url, named.title, str(named.day)) == (piece.url, piece.title, "2026-09-20")
    assert piece.kind is ItemKind.ACTIVITY


def test_while_no_account_is_registered_what_is_gone_has_no_address_to_be_named_by() -> None:
    found = listed(CHANNEL, answer(timeline(status(visible={"type": 1}))), pages=1, kind=None)

    assert [type(one) for one in found] == [Span]


def test_an_empty_timeline_names_nothing() -> None:
    assert list(listed(CHANNEL, answer(timeline()), pages=3, kind=None)) == []


def test_a_post_that_was_hidden_meanwhile_gives_nothing() -> None:
    hidden = json.dumps(status(user=None, text="抱歉，此微博已不可见。")).encode()

    assert list(shown(CHANNEL, answer(hidden), kind=None)) == []
