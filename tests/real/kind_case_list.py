"""Rows of kind `case_list`: what a channel without options would take of a list page, as `carnival channels try`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from config.words import ChannelKind
from crawler.exchange import Answer
from crawler.reading.listing import Listed
from crawler.reading.worker import read_answer
from crawler.trying.reader import Reader
from indexer.base.ids import ChannelId, UnitId
from indexer.whitelist.records import Channel
from tests.real.comparing import differing, squeeze_markup

SOURCE = "site"
NO_LIST = "没有"  # a page without a list is said to have none


def compare(path: Path, expected: Mapping[str, Any]) -> list[str]:
    """Return what the list misses of the row, each line beginning with the field's name; empty where it is met."""
    return compare_answer(read(path, expected), expected)


def read(path: Path, expected: Mapping[str, Any]) -> Listed:
    """Return what the source finds on the page."""
    url = expected["url"]
    channel = Channel(
        id=ChannelId("try"),
        unit=UnitId("try"),
        kind=ChannelKind.SITE,
        name="try",
        source=SOURCE,
        address=url,
        hosts=tuple(expected.get("hosts") or (urlsplit(url).netloc,)),
    )
    return Reader(channel=channel, run=read_answer).read_list(Answer(url=url, body=path.read_bytes())).short


def compare_answer(answer: Listed, expected: Mapping[str, Any]) -> list[str]:
    """Return what a list misses."""
    wanted = expected.get("articles")
    reasons = [] if wanted in (None, len(answer.articles)) else [differing("articles", len(answer.articles), wanted)]
    if wanted == 0 and NO_LIST not in answer.why:
        reasons.append(differing("why", answer.why, "words that the page holds no list"))
    if not answer.articles:
        return reasons
    return reasons + list(_first_differences(answer, expected))


def _first_differences(answer: Listed, expected: Mapping[str, Any]) -> Iterator[str]:
    first, wanted = answer.articles[0], expected.get("first") or {}
    if (url := wanted.get("url")) is not None and first.url != url:
        yield differing("url", first.url, url)
    if (title := wanted.get("title")) is not None and squeeze_markup(first.title) != squeeze_markup(title):
        yield differing("title", first.title, title)
    day = wanted.get("date") or expected.get("listed_day")
    if day is not None and (first.date or "")[:10] != day.replace("/", "-"):
        yield differing("date", first.date, day)
    if "listed_day" in expected and expected["listed_day"] is None and first.date:
        yield differing("date", first.date, "no day")
