"""The parsers that are fuzzed, in a table; every kind of source joins it by being found.

A parser takes the bytes of a payload. What it may raise is named beside it; anything else is a crash.
"""

import json
import pickle
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from config.errors import ConfigRefused
from config.settings import SHIPPED
from config.taxonomy import Taxonomy, load_taxonomy
from config.units.load import load_units
from config.words import ChannelKind, WhitelistStatus
from crawler.dates.read import read_time
from crawler.exchange import Answer, Ask
from crawler.extract.charset import decode
from crawler.extract.clean import clean
from crawler.extract.command import as_json
from crawler.extract.page import read_page
from crawler.extract.wechat.account import read_identity
from crawler.feeds.command import as_json as feed_as_json
from crawler.feeds.encoding import decode_feed
from crawler.feeds.entries import NotAFeed
from crawler.feeds.reading import read_feed
from crawler.feeds.sitemap import cut_incomplete
from crawler.reading.worker import read_answer
from crawler.sources import sources
from indexer.base.ids import ChannelId, UnitId, canonical_key, content_hash
from indexer.base.text import storable_record
from indexer.catalogue.items import Candidate
from indexer.catalogue.shortening import shorten
from indexer.connections.events import XmlRefused, read_envelope, read_event
from indexer.whitelist.addresses import is_inside
from indexer.whitelist.records import Channel

HOST = "a.example"
URL = f"https://{HOST}/news/1.html"
WECHAT_URL = "https://mp.weixin.qq.com/s/abcdefghijklmnopqrstuv"
TEXT_CHARS = 200_000
HTML, XML, JSON, SHEET, BOOK = (
    "html",
    "xml",
    "json",
    "sheet",
    "workbook",
)  # what a parser is made for; the others come to it too
PIECE_CHARS = 300  # of what reads single values: dates


@dataclass(frozen=True, slots=True, kw_only=True)
class Parser:
    """suits: kinds of payload that it is made for. may_raise: what its docstring names."""

    name: str
    read: Callable[[bytes], object]
    suits: Sequence[str]
    may_raise: tuple[type[Exception], ...] = ()


def _page(body: bytes, *, url: str) -> None:
    """A page, and the JSON that the command prints of it."""
    json.dumps(as_json(read_page(body, url=url)), ensure_ascii=False).encode()


def _feed(body: bytes) -> None:
    """A feed or sitemap, and the JSON that the command prints of it."""
    json.dumps(feed_as_json(read_feed(body, url=URL)), ensure_ascii=False).encode()


def _cleaned(body: bytes) -> None:
    clean(decode(body, None), URL).encode()


def _times(body: bytes) -> None:
    """Pieces of the payload as times."""
    text = body[: 20 * PIECE_CHARS].decode("utf-8", "replace")
    for start in range(0, len(text), PIECE_CHARS):
        for chinese in (True, False):
            str(read_time(text[start : start + PIECE_CHARS], chinese=chinese))


def _texts(body: bytes) -> None:
    """All that finds out an encoding."""
    for label in (None, "text/html; charset=gbk", "text/xml; charset=x-nothing"):
        decode(body, label)
        decode_feed(body, label)
    read_identity(body, content_type=None)


def _cut(body: bytes) -> None:
    cut_incomplete(body.decode("utf-8", "replace"))


def _callback(body: bytes) -> None:
    """A callback of WeChat, as it comes and as it is once decrypted."""
    read_envelope(body)
    str(read_event(body).key)


def _whitelist(body: bytes, *, ending: str, taxonomy: Taxonomy) -> None:
    with tempfile.NamedTemporaryFile(suffix=ending) as file:
        file.write(body)
        file.flush()
        load_units(Path(file.name), taxonomy=taxonomy)


def _source(body: bytes, *, channel: Channel, about: Mapping[str, str]) -> None:
    """What a worker of the collector does, and all that becomes of it before the records are written."""
    answer = Answer(url=URL, body=body, headers={"content-type": "text/html"}, about=about)
    reading = read_answer(channel, answer)
    if reading.fault:
        raise Fault(reading.fault)
    for found in pickle.loads(pickle.dumps(reading)).found:  # noqa: S301 - our own, as it comes from the worker
        if isinstance(found, Candidate):
            kept = shorten(storable_record(found), text_chars=TEXT_CHARS).candidate
            content_hash(title=kept.title, text=kept.text, media=(medium.url for medium in kept.media))
            f"{kept.html}{kept.author}{kept.account}".encode()
        if isinstance(found, Candidate | Ask) and is_inside(channel, found.url):
            canonical_key(found.url)


class Fault(Exception):
    """A source failed inside the collector's worker, which keeps what was read before it; here that is a crash."""

    def __init__(self, words: str) -> None:
        super().__init__(words.strip().splitlines()[-1])
        self.add_note(words)


def _channel(kind: str) -> Channel:
    return Channel(
        id=ChannelId("c"),
        unit=UnitId("u"),
        kind=ChannelKind.SITE,
        name="示例馆",
        source=kind,
        address=f"https://{HOST}/",
        hosts=(HOST,),
        status=WhitelistStatus.APPROVED,
        licence="示例",
    )


def of_sources() -> list[Parser]:
    """Return every kind of source there is, over what it reads first and over an article."""
    found = []
    for kind in sorted(sources()):
        for what, about in (("first answer", {}), ("article", {"page": "article", "url": URL, "title": "示例"})):
            read = partial(_source, channel=_channel(kind), about=about)
            suits = (HTML,) if about or kind in ("site", "wechat_page") else (XML, JSON)
            found.append(Parser(name=f"source {kind}, {what}", read=read, suits=suits))
    return found


def parsers() -> list[Parser]:
    """Return the table, in one order."""
    sheet = partial(_whitelist, taxonomy=load_taxonomy(SHIPPED / "taxonomy.yaml"))
    return [
        Parser(name="page", read=partial(_page, url=URL), suits=(HTML,)),
        Parser(name="page of WeChat", read=partial(_page, url=WECHAT_URL), suits=(HTML,)),
        Parser(name="feed", read=_feed, suits=(XML, JSON), may_raise=(NotAFeed,)),
        Parser(name="sitemap cut off", read=_cut, suits=(XML,)),
        Parser(name="clean", read=_cleaned, suits=(HTML,)),
        Parser(name="callback of WeChat", read=_callback, suits=(XML,), may_raise=(XmlRefused,)),
        Parser(name="encodings", read=_texts, suits=(HTML, XML)),
        Parser(name="times", read=_times, suits=(HTML, XML, JSON)),
        Parser(name="whitelist, YAML", read=partial(sheet, ending=".yaml"), suits=(SHEET,), may_raise=(ConfigRefused,)),
        Parser(name="whitelist, CSV", read=partial(sheet, ending=".csv"), suits=(SHEET,), may_raise=(ConfigRefused,)),
        Parser(name="whitelist, XLSX", read=partial(sheet, ending=".xlsx"), suits=(BOOK,), may_raise=(ConfigRefused,)),
        *of_sources(),
    ]
