"""Rounds of the collector inside this process: one reactor and one pool of parsers for all of them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from scrapy.crawler import AsyncCrawlerProcess

from config.settings import Settings
from crawler.exchange import Answer
from crawler.reading.pool import ReadingPool
from crawler.reading.result import ChannelRead
from crawler.reading.saved import read_saved
from crawler.reading.worker import Reading
from crawler.scrapy.settings import scrapy_settings
from crawler.scrapy.spider import CampaignSpider, Work
from indexer.whitelist.records import Channel

Journey = Callable[["Rounds"], Awaitable[None]]


class SharedPool(ReadingPool):
    """A pool that outlives the round that closes it."""

    async def close(self) -> None:
        """Nothing: the next round reads on with it."""

    async def end(self) -> None:
        """End all workers."""
        await super().close()


class SoakSpider(CampaignSpider):
    """The product's spider, with the parsers of all rounds."""

    def __init__(self, *, work: Work, pool: SharedPool, **rest: str) -> None:
        super().__init__(work=work, **rest)
        self.pool = pool


class Rounds:
    """Runs one round after the other; what each brought is returned, as `crawler.rounds.collect` does."""

    def __init__(self, process: AsyncCrawlerProcess, pool: SharedPool) -> None:
        self._process, self.pool = process, pool
        self.made = 0

    async def round(self, work: Work) -> Sequence[ChannelRead]:
        """Read the channels of one round."""
        self.made += 1
        await asyncio.ensure_future(self._process.crawl(SoakSpider, work=work, pool=self.pool))
        return work.results

    async def read(self, channel: Channel, answer: Answer) -> Reading:
        """Read one answer in the pool: of what a unit pushed."""
        return await self.pool.read(channel, answer)


def run(settings: Settings, journey: Journey, *, workers: int) -> None:
    """Run a journey on the reactor of Scrapy, and end with it; what it raises is raised here."""
    logging.disable(logging.INFO)
    process = AsyncCrawlerProcess(scrapy_settings(settings))
    logging.disable(logging.NOTSET)
    logging.getLogger("scrapy").setLevel(logging.CRITICAL)  # what it says of faults, the records have as reasons
    logging.getLogger("asyncio").setLevel(logging.WARNING)
    failed: list[BaseException] = []

    async def whole() -> None:
        pool = SharedPool(read_saved, workers=workers)
        try:
            await journey(Rounds(process, pool))
        except BaseException as error:  # noqa: BLE001 - handed on below: the reactor would swallow it
            failed.append(error)
        finally:
            await pool.end()
            process_reactor_stop()

    from twisted.internet import reactor  # Scrapy installs it with the process

    def process_reactor_stop() -> None:
        stop: Callable[[], None] = vars(type(reactor))["stop"].__get__(reactor)
        stop()

    reactor.callWhenRunning(lambda: asyncio.ensure_future(whole()))
    process.start(stop_after_crawl=False, install_signal_handlers=True)
    if failed:
        raise failed[0]
