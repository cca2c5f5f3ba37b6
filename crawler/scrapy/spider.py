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

from config.addresses import host_of
from config.settings import Settings
from crawler.credentials.filling import CredentialUnusable
from crawler.exchange import OK, Answer, Ask, Method
from crawler.guard import FetchRefused, place_of
from crawler.platforms.calling import Caller
from crawler.platforms.port import PlatformRefused
from crawler.reading.channel import ChannelReader
from crawler.reading.conditional import NOT_MODIFIED, request_headers, rests_until
from crawler.reading.failures import Unanswered, bad_status, refused_by_platform, unanswered, unreadable
from crawler.reading.polls import Ended, Polls, is_any_answered_whole
from crawler.reading.pool import ReadingPool
from crawler.reading.process import prepare
from crawler.reading.recheck import Recheck
from crawler.reading.result import ChannelRead
from crawler.reading.saved import read_saved
from crawler.reading.taking import GATHER_SECONDS, Taking
from crawler.scrapy.hops import CALL, HOSTS, SENT, Call
from crawler.scrapy.settings import scrapy_settings
from crawler.sources import source_of
from indexer.base.cycles import keep_for_good
from indexer.catalogue.evidence import EvidenceStore
from indexer.catalogue.troubles import RefusalReason
from indexer.records import host_rests
from indexer.records.database import Database
from indexer.records.reads import Validators
from indexer.whitelist.records import Channel

log = structlog.get_logger()

CHANNELS_AT_ONCE = 32  # so that a lease and a read's time limit run only while the channel is really read


@dataclass(frozen=True, kw_only=True)
class Work:
    """What one crawl is to do, and where its results go; holder: who has the leases.

    looks_again: whether links that are due for it are looked at again, beside the channels.
    """

    database: Database
    channels: Sequence[Channel]
    clock: Callable[[], datetime]
    holder: str
    settings: Settings
    looks_again: bool = False
    results: list[ChannelRead] = field(default_factory=list)


class CampaignSpider(Spider):
    """Drives each channel's read as one coroutine; requests pass Scrapy's downloader and all its middlewares."""

    name = "campaign"

    def __init__(self, *, work: Work, **rest: str) -> None:
        super().__init__(**rest)
        self.work, self.read_now = work, 0
        self.caller = Caller(work.settings, work.database, clock=work.clock)
        self.pool = ReadingPool(read_saved)  # what was kept of a pushed page, and is read again, may be an archive
        self.store = EvidenceStore(work.settings.data_folder)
        self.taking = Taking(
            work.database,
            clock=work.clock,
            text_chars=work.settings.text_chars,
            store=self.store,
            seconds=GATHER_SECONDS,
            company=lambda: self.read_now,
        )
        self.polls = Polls(work.database, holder=work.holder, clock=work.clock)
        self.places = asyncio.Semaphore(CHANNELS_AT_ONCE)

    async def start(self) -> AsyncIterator[Request]:
        """Read all channels; yields nothing to Scrapy's scheduler, which would mix the channels' fates."""
        try:
            reads_of = [self._read_in_turn(channel) for channel in self.work.channels]
            _, *outcomes = await asyncio.gather(self._look_again(), *reads_of, return_exceptions=True)
        finally:
            await self.pool.close()
        for channel, outcome in zip(self.work.channels, outcomes, strict=True):
            if isinstance(outcome, BaseException):
                self._note_fault(channel, outcome)
        return
        yield  # makes this the asynchronous generator that Scrapy asks for

    async def _look_again(self) -> None:
        recheck = Recheck(
            database=self.work.database,
            fetch=self._fetch,
            pool=self.pool,
            clock=self.work.clock,
            store=self.store,
            text_chars=self.work.settings.text_chars,
        )
        try:
            if self.work.looks_again:
                await recheck.run()
        except Exception:  # of whatever kind: the channels are read all the same, and the next round looks again
            log.exception("looking_again_failed")

    async def _read_in_turn(self, channel: Channel) -> None:
        async with self.places:
            self.read_now += 1
            try:
                await self._read(channel)
            finally:
                self.read_now -= 1

    async def _read(self, channel: Channel) -> None:
        if (begun := await self.polls.begin(channel)) is None:
            log.info("channel_leased_elsewhere", channel=channel.id)
            return
        reader = ChannelReader(
            channel=channel,
            database=self.work.database,
            fetch=self._fetch,
            pool=self.pool,
            clock=self.work.clock,
            taking=self.taking,
            known=dict(begun.known),
            last=begun.last,
        )
        result = await reader.read()
        await self.polls.end(result, reader.kept)
        self._note(result)

    async def _fetch(self, channel: Channel, ask: Ask, validators: Validators) -> Answer | None:
        request = self._request(channel, ask, validators)
        try:
            response: Response = await self.crawler.engine.download_async(request)
        except CredentialUnusable as error:
            raise unreadable(ask.url, what=error.what, do=error.do) from error
        except PlatformRefused as error:
            raise refused_by_platform(ask.url, error.trouble) from error
        except FetchRefused as error:
            raise Unanswered(ask.url, RefusalReason.NOT_VISITED, why=str(error)) from error
        except Exception as error:  # of whatever kind: what one page does is this page's alone, and its row says it
            raise unanswered(ask.url, error, sent=request.meta[SENT]) from error
        if response.status == NOT_MODIFIED and any(validators):
            return None
        if response.status != OK and not ask.takes_any_answer:
            raise await self._bad_status(ask, response)
        headers = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        return Answer(url=response.url, status=response.status, body=response.body, headers=headers, about=ask.about)

    async def _bad_status(self, ask: Ask, response: Response) -> Unanswered:
        """The trouble of an answer that is no page; a pause that its host asks for is noted for all who ask it."""
        pause = (response.headers.get("Retry-After") or b"").decode("latin-1")
        trouble = bad_status(ask.url, response.status, rests_until=rests_until(pause, now=self.work.clock()))
        if trouble.rests_until is not None:
            await asyncio.to_thread(self._note_rest, host_of(ask.url), trouble.rests_until)
        return trouble

    def _note_rest(self, host: str, until: datetime) -> None:
        with self.work.database.transaction() as tx:
            host_rests.rest(tx, host, until=until)

    def _request(self, channel: Channel, ask: Ask, validators: Validators) -> Request:
        meta: dict[str, object] = {HOSTS: _allowed_hosts(channel, ask), SENT: list[str]()}
        if ask.credential:
            meta[CALL] = Call(ask=ask, send=self.caller.send)
        if ask.method is not Method.GET or ask.call:
            meta["dont_retry"] = True  # it may have been done although no answer came, and each counts
        content_type = {"Content-Type": ask.body.type} if ask.body else {}
        return Request(
            ask.url,
            method=ask.method,
            body=ask.body.content if ask.body else b"",
            headers={**content_type, **ask.headers, **request_headers(validators)},
            meta=meta,
            dont_filter=True,
        )

    def _note_fault(self, channel: Channel, fault: BaseException) -> None:
        """A fault of our own: named on the channel, in full in the log."""
        log.error("channel_failed", channel=channel.id, exc_info=fault)
        words = f"采集程序出错（{type(fault).__name__}）。请把这个渠道告诉管理员，日志里有详情"
        result = ChannelRead(channel=channel.id, name=channel.name, error=words)
        self.polls.end_all([Ended(result=result, kept={})])
        self._note(result)

    def _note(self, result: ChannelRead) -> None:
        self.work.results.append(result)
        log.info("channel_read", channel=result.channel, new=result.new, changed=result.changed, error=result.error)


def holder_of(settings: Settings) -> str:
    """Return this machine's name for its leases.

    Stable, so that a crawl started again after a kill takes its own leases back at once; two at a time on one data
    folder are kept apart by the lock of `rounds.crawl_lock`.
    """
    return f"{socket.gethostname()}:{os.fspath(settings.data_folder.resolve())}"


def crawl(work: Work) -> Sequence[ChannelRead]:
    """Read the channels and return what each brought; once a process, for Twisted's reactor cannot start again."""
    if is_any_answered_whole(work.database, work.channels):
        prepare()  # beside what Scrapy imports meanwhile
    # What matters of a crawl is logged here, one event a channel. Making the process sets Scrapy's own level anew.
    logging.disable(logging.INFO)
    process = AsyncCrawlerProcess(scrapy_settings(work.settings))
    logging.disable(logging.NOTSET)
    for name in ("scrapy", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)
    process.crawl(CampaignSpider, work=work)
    keep_for_good()
    process.start()
    return work.results


def _allowed_hosts(channel: Channel, ask: Ask) -> frozenset[str]:
    """Where a request and its redirects may go: of a call of the kind's own hosts those, else the channel's.

    The channel's are those registered, and the one its address itself lies on (a feed service, say).
    """
    own = source_of(channel.source or "").hosts
    hosts = set(channel.hosts)
    with suppress(FetchRefused):  # the request itself says so in words
        if place_of(ask.url).netloc in own:
            return own
        if channel.address:
            hosts.add(place_of(channel.address).netloc)
    return frozenset(hosts)
