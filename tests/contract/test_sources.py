"""Every kind of source keeps the promises of crawler.exchange.Source, by lying in its folder."""

import pickle
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest

from config.units.options import OPTIONS
from config.words import ChannelKind, WhitelistStatus
from crawler import sources as folder
from crawler.exchange import Answer, Ask, BadEntry, Named, Note, Source
from crawler.reading.worker import Reading, read_answer
from crawler.sources import sources
from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.items import Candidate
from indexer.whitelist.records import Channel
from tests.simulators.crawl_with_trial import FOLDER

CHANNEL = Channel(
    id=ChannelId("c"),
    unit=UnitId("u"),
    kind=ChannelKind.SITE,
    name="试验渠道",
    address="https://a.example/kx/",
    hosts=("a.example",),
    options={},
    status=WhitelistStatus.APPROVED,
)
HOSTILE = {
    "nothing": b"",
    "bytes": bytes(range(256)) * 40,
    "nested": b"<div>" * 20_000,
    "script": b"<html><body><article><p onclick=alert(1)>" + "一段正文，".encode() * 40 + b"<script>alert(1)</script>"
    b'<img src="javascript:alert(1)" onerror=alert(1)><a href="javascript:alert(1)">x</a></p></article></body></html>',
    "entities": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
    b'<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e SYSTEM "file:///etc/passwd">]>'
    b"<rss version='2.0'><channel><title>&d;&e;</title><item><link>https://a.example/kx/1</link>"
    b"<title>&e;&d;</title></item></channel></rss>",
    "links": b'<ul><li><a href="http://[">x</a><a href="http://a.example:x/">y</a><a href="//">z</a>'
    b"<a href='https://a.example/kx/" + b"a" * 5000 + b"'>long long long title</a></li></ul>",
    "json": b'{"version": "https://jsonfeed.org/version/1.1", "items": [null, 3, {"url": 5}, {"url": "javascript:1"}]}',
}


KINDS = tuple(sorted([*OPTIONS, "trial"]))


@pytest.fixture(autouse=True)
def _with_trial(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The trial source of a platform lies beside those that are shipped, for as long as a test runs."""
    monkeypatch.setattr(folder, "__path__", [*folder.__path__, str(FOLDER)])
    sources.cache_clear()
    yield
    sources.cache_clear()


@pytest.fixture(params=KINDS)
def source(request: pytest.FixtureRequest, _with_trial: None) -> Source[Any]:
    return sources()[request.param]


def test_every_kind_that_has_options_is_found() -> None:
    assert tuple(sorted(sources())) == KINDS


def test_a_shipped_kind_and_its_options_stand_under_one_name() -> None:
    shipped = {kind: source.options for kind, source in sources().items() if kind != "trial"}

    assert shipped == dict(OPTIONS)


def test_each_call_that_a_read_starts_with_has_a_quota(source: Source[Any]) -> None:
    calls = {ask.call for ask in source.start(CHANNEL, source.options()) if ask.call}

    assert calls <= set(source.quotas)
    assert min(source.quotas.values(), default=1) > 0


def test_a_credential_goes_to_the_kinds_own_hosts_alone(source: Source[Any]) -> None:
    asks = [ask for ask in source.start(CHANNEL, source.options()) if ask.credential]

    assert {urlsplit(ask.url).netloc for ask in asks} <= source.hosts


def test_a_candidate_says_by_what_it_is_the_channels(source: Source[Any]) -> None:
    reading = read(source, HOSTILE["script"], page="article")

    assert {found.proof for found in reading.found if isinstance(found, Candidate)} <= {source.proof}


def read(source: Source[Any], body: bytes, **about: str) -> Reading:
    headers = {"content-type": "text/html; charset=utf-8"}
    answer = Answer(url="https://a.example/kx/", body=body, headers=headers, about=about)
    return read_answer(replace(CHANNEL, source=source.kind), answer)


def test_a_read_starts_with_what_is_registered(source: Source[Any]) -> None:
    asks = list(source.start(CHANNEL, source.options()))

    assert {urlsplit(ask.url).netloc for ask in asks} <= {"a.example"} | source.hosts


@pytest.mark.parametrize("name", sorted(HOSTILE))
@pytest.mark.parametrize("about", [{}, {"page": "article"}])
def test_a_hostile_page_gives_clean_candidates_or_words(source: Source[Any], name: str, about: dict[str, str]) -> None:
    reading = read(source, HOSTILE[name], **about)

    html = " ".join(found.html for found in reading.found if isinstance(found, Candidate)).lower()
    assert not [sign for sign in ("<script", "onclick", "onerror", "javascript:", "root:") if sign in html]
    assert {type(found) for found in reading.found} <= {Ask, BadEntry, Candidate, Named, Note}
    assert not [found for found in reading.found if isinstance(found, BadEntry) and "没有读成" in found.what]


@pytest.mark.parametrize("name", ["nothing", "bytes"])
def test_what_is_no_page_at_all_is_refused_with_what_to_do(source: Source[Any], name: str) -> None:
    reading = read(source, HOSTILE[name])

    assert reading.unreadable is not None
    assert all(_is_chinese(words) for words in reading.unreadable)


def test_what_is_found_can_be_sent_between_processes(source: Source[Any]) -> None:
    reading = read(source, HOSTILE["script"], page="article")

    assert pickle.loads(pickle.dumps(reading)) == reading  # noqa: S301 - our own bytes


def test_candidates_belong_to_the_channel_that_was_read(source: Source[Any]) -> None:
    reading = read(source, HOSTILE["script"], page="article")

    assert {found.channel for found in reading.found if isinstance(found, Candidate)} <= {CHANNEL.id}


def _is_chinese(words: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in words)
