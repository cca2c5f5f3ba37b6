"""Fetching as a table of answers: what a channel's read asks for, without network."""

import asyncio
from datetime import UTC, datetime

from crawler.exchange import Answer, Ask
from crawler.reading.channel import ChannelReader
from crawler.reading.result import ChannelRead
from crawler.reading.saved import read_saved
from crawler.reading.taking import Taking
from crawler.reading.worker import Reading
from indexer.records import reads
from indexer.records.database import Database
from indexer.records.reads import Validators
from indexer.whitelist.records import Channel

NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)
TEXT = "每一片雪花都从一粒看不见的尘埃开始，水汽在它的表面凝华，六个方向一起生长，于是有了六角的形状。"


class Here:
    """Reads pages in this process."""

    async def read(self, channel: Channel, answer: Answer) -> Reading:
        return read_saved(channel, answer)


class Web:
    """Answers by address; an error is raised. `asked` remembers the addresses, `sent` the validators.

    moved: addresses whose answer comes from another.
    """

    def __init__(self, pages: dict[str, str | Exception]) -> None:
        self.moved: dict[str, str] = {}
        self.pages, self.asked, self.sent = pages, list[str](), list[Validators]()
        self.etag: str | None = '"1"'

    async def fetch(self, channel: Channel, ask: Ask, validators: Validators) -> Answer | None:
        self.asked.append(ask.url)
        self.sent.append(validators)
        page = self.pages[ask.url]
        if isinstance(page, Exception):
            raise page
        if validators[0] is not None and validators[0] == self.etag:
            return None
        headers = {"content-type": "text/html; charset=utf-8"} | ({"etag": self.etag} if self.etag else {})
        return Answer(url=self.moved.get(ask.url, ask.url), body=page.encode(), headers=headers, about=ask.about)


def listing(origin: str, *names: str) -> str:
    rows = "".join(f'<li><a href="{origin}/{name}">关于{name}的一篇文章</a> 2026-09-01</li>' for name in names)
    return f"<html><body><ul>{rows}</ul></body></html>"


def article(title: str, text: str = TEXT) -> str:
    body = f"<article><h1>{title}</h1><p>{text}</p><p>{text[::-1]}</p></article>"
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


def run(database: Database, channel: Channel, web: Web, now: datetime = NOW) -> ChannelRead:
    taking = Taking(database, clock=lambda: now)
    reader = ChannelReader(
        channel=channel, database=database, fetch=web.fetch, pool=Here(), clock=lambda: now, taking=taking
    )
    result = asyncio.run(reader.read())
    with database.transaction() as tx:
        reads.save_validators(tx, {(channel.id, url): held for url, held in reader.kept.items()})
    return result


def two_articles(channel: Channel) -> Web:
    """The channel's list page with two articles behind it: `/snow`, `/rain`."""
    origin = str(channel.address).removesuffix("/list/")
    return Web(
        {
            f"{origin}/list/": listing(origin, "snow", "rain"),
            f"{origin}/snow": article("雪花为什么有六个角"),
            f"{origin}/rain": article("雨滴是什么形状", "雨滴下落时空气把它的底部压平，" * 6),
        }
    )
