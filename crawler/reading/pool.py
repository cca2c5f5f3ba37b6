"""Worker processes for parsing: pages may be slow, crash or hang, and the worker is replaced."""

import asyncio
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context

import structlog

from crawler.exchange import Answer
from crawler.reading.worker import Reading, Run, given_up, read_answer, start_worker
from indexer.whitelist.records import Channel

log = structlog.get_logger()

WORKERS = max(1, min(4, os.cpu_count() or 1))
PAGE_SECONDS = 60.0


class ReadingPool:
    """Workers, each a process of its own: giving one up (too slow, crashed) costs the others nothing."""

    def __init__(self, run: Run = read_answer, *, workers: int = WORKERS, page_seconds: float = PAGE_SECONDS) -> None:
        self.run, self.page_seconds = run, page_seconds
        self._idle: asyncio.Queue[ProcessPoolExecutor] = asyncio.Queue()
        for _ in range(workers):
            self._idle.put_nowait(_worker())

    async def read(self, channel: Channel, answer: Answer) -> Reading:
        """Return what the channel's source read; a page that hangs, crashes or fails it is unreadable."""
        worker, pending = self._submit(await self._idle.get(), channel, answer)
        try:
            await asyncio.wait([pending], timeout=self.page_seconds)
        finally:
            if not pending.done() or isinstance(pending.exception(), BrokenProcessPool):
                _end(worker)
                worker = _worker()
            self._idle.put_nowait(worker)
        if not pending.done():
            return given_up(answer, f"解析超过 {self.page_seconds:g} 秒，已放弃")
        if (error := pending.exception()) is None:
            reading = pending.result()
            if reading.fault:
                log.error("source_failed", channel=channel.id, url=answer.url, exception=reading.fault)
            return reading
        if isinstance(error, BrokenProcessPool):
            return given_up(answer, "使解析进程意外退出，已放弃")
        log.error("source_failed", channel=channel.id, url=answer.url, exc_info=error)
        return given_up(answer, f"解析时程序出错（{type(error).__name__}）")

    def _submit(
        self, worker: ProcessPoolExecutor, channel: Channel, answer: Answer
    ) -> tuple[ProcessPoolExecutor, asyncio.Future[Reading]]:
        # MappingProxyType, the default of options, cannot be sent to another process.
        plain = replace(channel, options=dict(channel.options))
        try:
            return worker, asyncio.wrap_future(worker.submit(self.run, plain, answer))
        except BrokenProcessPool:  # it died while it was idle: this page is not to blame
            _end(worker)
            worker = _worker()
        return worker, asyncio.wrap_future(worker.submit(self.run, plain, answer))

    async def close(self) -> None:
        """End all workers."""
        while not self._idle.empty():
            _end(self._idle.get_nowait())


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


def _worker() -> ProcessPoolExecutor:
    # Spawned, not forked: the parent has threads and a running reactor. The process itself starts with its first page.
    return ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"), initializer=start_worker)


def _end(worker: ProcessPoolExecutor) -> None:
    """Kill a worker whatever it is doing; Python 3.11 has no public way to end a busy one."""
    for process in list((worker._processes or {}).values()):
        process.kill()
    worker.shutdown(wait=False, cancel_futures=True)
