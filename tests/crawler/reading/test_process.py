"""crawler.reading.process: one worker process, what it answers, and how it ends."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from config.words import ChannelKind
from crawler.exchange import Answer
from crawler.reading.process import Died, WorkerProcess, prepare
from crawler.reading.worker import Reading
from indexer.base.ids import ChannelId, UnitId
from indexer.whitelist.records import Channel
from tests.simulators.painful_pages import suffer

CHANNEL = Channel(id=ChannelId("c"), unit=UnitId("u"), kind=ChannelKind.SITE, name="网站", source="site", options={})
BIG = b"x" * 3_000_000  # more than a pipe holds


def page(name: str, body: bytes = b"") -> Answer:
    return Answer(url=f"https://a.example/{name}", body=body)


def working(use: Callable[[WorkerProcess], Awaitable[None]]) -> None:
    """Use a worker, and end it."""

    async def run() -> None:
        worker = WorkerProcess(suffer)
        try:
            await use(worker)
        finally:
            worker.end()

    asyncio.run(run())


def test_one_process_reads_one_page_after_the_other_large_ones_among_them() -> None:
    async def use(worker: WorkerProcess) -> None:
        assert await worker.read(CHANNEL, page("fine")) == Reading(found=())
        first = worker.process_id
        assert await worker.read(CHANNEL, page("fine", BIG)) == Reading(found=())
        assert worker.process_id == first

    working(use)


def test_what_the_source_raises_is_raised_here_and_the_process_goes_on() -> None:
    async def use(worker: WorkerProcess) -> None:
        with pytest.raises(KeyError, match="c"):
            await worker.read(CHANNEL, page("fail"))
        assert await worker.read(CHANNEL, page("fine")) == Reading(found=())

    working(use)


def test_an_error_that_cannot_be_sent_comes_as_its_words() -> None:
    async def use(worker: WorkerProcess) -> None:
        with pytest.raises(RuntimeError, match="Unsendable: of this process alone"):
            await worker.read(CHANNEL, page("unsendable"))

    working(use)


def test_a_process_that_ends_with_a_page_says_so_and_one_that_ended_before_says_that() -> None:
    async def use(worker: WorkerProcess) -> None:
        with pytest.raises(Died) as died:
            await worker.read(CHANNEL, page("die"))
        assert not died.value.was_idle
        with pytest.raises(Died) as idle:
            await worker.read(CHANNEL, page("fine"))
        assert idle.value.was_idle

    working(use)


def test_after_its_end_the_next_page_starts_another_process() -> None:
    async def use(worker: WorkerProcess) -> None:
        await worker.read(CHANNEL, page("fine"))
        first = worker.process_id
        worker.end()
        worker.end()
        assert worker.process_id is None
        await worker.read(CHANNEL, page("fine"))
        assert worker.process_id not in (None, first)

    working(use)


def test_what_is_prepared_ahead_changes_no_answer() -> None:
    prepare()

    async def use(worker: WorkerProcess) -> None:
        assert await worker.read(CHANNEL, page("fine")) == Reading(found=())

    working(use)
