"""The one Scrapy spider: reads the channels it is given side by side, each with its own fate."""

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

from config.settings import DEFAULT_TEXT_CHARS, Settings
from crawler.conditional import NOT_MODIFIED, Validators, request_headers
from crawler.exchange import Answer, Ask
from crawler.failures import bad_status, unanswered
from crawler.guard import OK, FetchRefused, place_of
from crawler.politeness import HOSTS, SENT, scrapy_settings
from crawler.pool import ReadingPool
from crawler.reading import ChannelRead, ChannelReader
from crawler.schedule import LEASE_SECONDS
from indexer.items import Channel
from indexer.records import reads
from indexer.records.database import Database

log = structlog.get_logger()

CHANNELS_AT_ONCE = 32  # so that a lease and a read's time limit run only while the channel is really read


@dataclass(frozen=True, kw_only=True)
class Work:
    """What one crawl is to do, and where its results go; holder: who has the leases."""

    database: Database
    channels: Sequence[Channel]
    clock: Callable[[], datetime]
    holder: str
    text_chars: int = DEFAULT_TEXT_CHARS
    results: list[ChannelRead] = field(default_factory=list)


class CampaignSpider(Spider):
    """Drives each channel's read as one coroutine; requests pass Scrapy's downloader and all its middlewares."""

    name = "campaign"

    def __init__(self, *, work: Work, **rest: str) -> None:
        super().__init__(**rest)
        self.work = work
        self.pool = ReadingPool()
        self.places = asyncio.Semaphore(CHANNELS_AT_ONCE)

    async def start(self) -> AsyncIterator[Request]:
        """Read all channels; yields nothing to Scrapy's scheduler, which would mix the channels' fates."""
        try:
            reads_of = [self._read_in_turn(channel) for channel in self.work.channels]
            outcomes = await asyncio.gather(*reads_of, return_exceptions=True)
        finally:
            await self.pool.close()
        for channel, outcome in zip(self.work.channels, outcomes, strict=True):
            if isinstance(outcome, BaseException):
                self._note_fault(channel, outcome)
        return
        yield  # makes this the asynchronous generator that Scrapy asks for

    async def _read_in_turn(self, channel: Channel) -> None:
        async with self.places:
            await self._read(channel)

    async def _read(self, channel: Channel) -> None:
        if not await asyncio.to_thread(self._lease, channel):
            log.info("channel_leased_elsewhere", channel=channel.id)
            return
        reader = ChannelReader(
            channel=channel,
            database=self.work.database,
            fetch=self._fetch,
            pool=self.pool,
            clock=self.work.clock,
            text_chars=self.work.text_chars,
        )
        await asyncio.to_thread(self._record, channel, await reader.read())

    async def _fetch(self, channel: Channel, ask: Ask, validators: Validators) -> Answer | None:
        sent: list[str] = []
        try:
            request = Request(
                ask.url,
                headers=request_headers(validators),
                meta={HOSTS: _allowed_hosts(channel), SENT: sent},
                dont_filter=True,
            )
            response: Response = await self.crawler.engine.download_async(request)
        except Exception as error:  # of whatever kind: what one page does is this page's alone, and its row says it
            raise unanswered(ask.url, error, sent=sent) from error
        if response.status == NOT_MODIFIED and any(validators):
            return None
        if response.status != OK:
            raise bad_status(ask.url, response.status)
        headers = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        return Answer(url=response.url, body=response.body, headers=headers, about=ask.about)

    def _note_fault(self, channel: Channel, fault: BaseException) -> None:
        """A fault of our own: named on the channel, in full in the log."""
        log.error("channel_failed", channel=channel.id, exc_info=fault)
        words = f"采集程序出错（{type(fault).__name__}）。请把这个渠道告诉管理员，日志里有详情"
        self._record(channel, ChannelRead(channel=channel.id, name=channel.name, error=words))

    def _lease(self, channel: Channel) -> bool:
        with self.work.database.transaction() as tx:
            return reads.lease(tx, channel.id, holder=self.work.holder, now=self.work.clock(), seconds=LEASE_SECONDS)

    def _record(self, channel: Channel, result: ChannelRead) -> None:
        with self.work.database.transaction() as tx:
            brought = result.new + result.changed
            reads.record_read(tx, channel.id, at=self.work.clock(), new=brought, error=result.error)
            reads.release(tx, channel.id, holder=self.work.holder)
        self.work.results.append(result)
        log.info("channel_read", channel=channel.id, new=result.new, changed=result.changed, error=result.error)


def holder_of(settings: Settings) -> str:
    """Return this machine's name for its leases.

    Stable, so that a crawl started again after a kill takes its own leases back at once; two at a time on one data
    folder are kept apart by the lock of `rounds.crawl_lock`.
    """
    return f"{socket.gethostname()}:{os.fspath(settings.data_folder.resolve())}"


def crawl(settings: Settings, work: Work) -> Sequence[ChannelRead]:
    """Read the channels and return what each brought; once a process, for Twisted's reactor cannot start again."""
    # What matters of a crawl is logged here, one event a channel. Making the process sets Scrapy's own level anew.
    logging.disable(logging.INFO)
    process = AsyncCrawlerProcess(scrapy_settings(settings))
    logging.disable(logging.NOTSET)
    for name in ("scrapy", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)
    process.crawl(CampaignSpider, work=work)
    process.start()
    return work.results


def _allowed_hosts(channel: Channel) -> frozenset[str]:
    """The registered hosts, and the one its address itself lies on (a feed service, say)."""
    hosts = set(channel.hosts)
    if channel.address:
        with suppress(FetchRefused):  # its own request says so in words
            hosts.add(place_of(channel.address).netloc)
    return frozenset(hosts)
