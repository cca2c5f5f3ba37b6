"""Worker processes for parsing: pages may be slow, crash or hang, and the worker is replaced."""

import asyncio
import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context, parent_process

import structlog

from crawler.exchange import Answer, Found, Unreadable
from crawler.extract.state import PageState
from crawler.sources import options_of, source_of
from indexer.catalogue.items import Candidate
from indexer.catalogue.troubles import Trouble
from indexer.whitelist.records import Channel

log = structlog.get_logger()

WORKERS = max(1, min(4, os.cpu_count() or 1))
PAGE_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a source read from one answer; unreadable: (what, do) where it gave up, after what stands in `found`.

    state: what kind of page is unreadable, where that is known. trouble: why, where a platform said it. fault: the
    traceback where it gave up by a fault of the program, for the log.
    """

    found: tuple[Found, ...]
    unreadable: tuple[str, str] | None = None
    state: PageState | None = None
    trouble: Trouble | None = None
    fault: str = ""


def read_answer(channel: Channel, answer: Answer) -> Reading:
    """Run the channel's source over one answer: plain data in, plain data out."""
    found: list[Found] = []
    try:
        source = source_of(channel.source or "")
        for each in source.read(channel, options_of(source, channel), answer):
            found.append(replace(each, proof=source.proof) if isinstance(each, Candidate) else each)
    except Unreadable as refused:
        said = (refused.what, refused.do)
        return Reading(found=tuple(found), unreadable=said, state=refused.state, trouble=refused.trouble)
    except Exception as error:  # noqa: BLE001 - whatever a page does to a source, what was read before it is kept
        given_up = _given_up(answer, f"解析时程序出错（{type(error).__name__}）")
        return replace(given_up, found=tuple(found), fault=traceback.format_exc())
    return Reading(found=tuple(found))


Run = Callable[[Channel, Answer], Reading]


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
            return _given_up(answer, f"解析超过 {self.page_seconds:g} 秒，已放弃")
        if (error := pending.exception()) is None:
            reading = pending.result()
            if reading.fault:
                log.error("source_failed", channel=channel.id, url=answer.url, exception=reading.fault)
            return reading
        if isinstance(error, BrokenProcessPool):
            return _given_up(answer, "使解析进程意外退出，已放弃")
        log.error("source_failed", channel=channel.id, url=answer.url, exc_info=error)
        return _given_up(answer, f"解析时程序出错（{type(error).__name__}）")

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


def _given_up(answer: Answer, what: str) -> Reading:
    do = "请检查网页是否过大或结构异常；网页正常的，请把网址告诉管理员"
    return Reading(found=(), unreadable=(f"{answer.url} {what}", do))


def _worker() -> ProcessPoolExecutor:
    # Spawned, not forked: the parent has threads and a running reactor. The process itself starts with its first page.
    return ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"), initializer=_start_worker)


def _start_worker() -> None:
    """A worker leaves the terminal's signals to its parent, and ends when the parent does, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)


def _end(worker: ProcessPoolExecutor) -> None:
    """Kill a worker whatever it is doing; Python 3.11 has no public way to end a busy one."""
    for process in list((worker._processes or {}).values()):
        process.kill()
    worker.shutdown(wait=False, cancel_futures=True)
