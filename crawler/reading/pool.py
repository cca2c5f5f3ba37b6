"""Worker processes for parsing: pages may be slow, crash or hang, and the worker is replaced."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import structlog

from crawler.exchange import Answer
from crawler.reading.process import Died, WorkerProcess
from crawler.reading.worker import Reading, Run, given_up, read_answer
from indexer.whitelist.records import Channel

log = structlog.get_logger()

# As many as may compute, for more only wait for each other; two at least, so that no page stops all others.
WORKERS = max(2, min(4, os.cpu_count() or 1))
PAGE_SECONDS = 60.0


class ReadingPool:
    """Workers, each a process of its own: giving one up (too slow, crashed) costs the others nothing."""

    def __init__(self, run: Run = read_answer, *, workers: int = WORKERS, page_seconds: float = PAGE_SECONDS) -> None:
        self.run, self.page_seconds = run, page_seconds
        self._idle: asyncio.Queue[WorkerProcess] = asyncio.Queue()
        for _ in range(workers):
            self._idle.put_nowait(WorkerProcess(run))

    async def read(self, channel: Channel, answer: Answer) -> Reading:
        """Return what the channel's source read; a page that hangs, crashes or fails it is unreadable."""
        worker = await self._idle.get()
        is_unharmed = False
        try:
            async with asyncio.timeout(self.page_seconds):
                reading = await self._given(worker, channel, answer)
            is_unharmed = True
        except TimeoutError:
            return given_up(answer, f"解析超过 {self.page_seconds:g} 秒，已放弃")
        except Died:
            return given_up(answer, "使解析进程意外退出，已放弃")
        except Exception as error:  # what a source raises that no reading holds: the worker answered, and goes on
            is_unharmed = True
            log.exception("source_failed", channel=channel.id, url=answer.url)
            return given_up(answer, f"解析时程序出错（{type(error).__name__}）")
        finally:
            if not is_unharmed:
                worker.end()
            self._idle.put_nowait(worker)
        if reading.fault:
            log.error("source_failed", channel=channel.id, url=answer.url, exception=reading.fault)
        return reading

    async def _given(self, worker: WorkerProcess, channel: Channel, answer: Answer) -> Reading:
        # MappingProxyType, the default of options, cannot be sent to another process.
        plain = replace(channel, options=dict(channel.options))
        try:
            return await worker.read(plain, answer)
        except Died as died:
            if not died.was_idle:
                raise
            worker.end()  # the page is not to blame
        return await worker.read(plain, answer)

    async def close(self) -> None:
        """End all workers."""
        while not self._idle.empty():
            self._idle.get_nowait().end()


def read_once(
    channel: Channel, answer: Answer, *, page_seconds: float = PAGE_SECONDS, run: Run = read_answer
) -> Reading:
    """Return what the channel's source read of one answer, in a worker of its own under the same limit of time."""
    with one_reader(page_seconds=page_seconds, run=run) as read:
        return read(channel, answer)


@contextmanager
def one_reader(*, page_seconds: float = PAGE_SECONDS, run: Run = read_answer) -> Iterator[Run]:
    """Give what reads one answer after the other, all in one worker under the same limit of time for each."""
    with asyncio.Runner() as runner:
        pool = ReadingPool(run, workers=1, page_seconds=page_seconds)
        try:
            yield lambda channel, answer: runner.run(pool.read(channel, answer))
        finally:
            runner.run(pool.close())
