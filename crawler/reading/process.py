"""A process for parsing, and the pipe to it: given one page at a time, and ended whatever it is doing."""

import asyncio
from contextlib import suppress
from functools import cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.forkserver import ensure_running

from crawler.exchange import Answer
from crawler.reading.worker import Reading, Run, serve
from indexer.whitelist.records import Channel

# Imported once for all processes, those that replace another one among them.
PRELOADED = ("crawler.reading.saved", "crawler.sources.site", "crawler.extract.page")


class Died(Exception):
    """The process ended without an answer. was_idle: before it was given the page."""

    def __init__(self, *, was_idle: bool) -> None:
        super().__init__("while it was idle" if was_idle else "with the page")
        self.was_idle = was_idle


class WorkerProcess:
    """Starts with its first page, away from the event loop, which goes on meanwhile."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._process: ForkServerProcess | None = None
        self._pipe: Connection | None = None

    @property
    def process_id(self) -> int | None:
        """The number of its process; None before the first page and after its end."""
        return self._process.pid if self._process is not None else None

    async def read(self, channel: Channel, answer: Answer) -> Reading:
        """Return what was read. Raises Died, and whatever the source raises that no reading holds."""
        pipe = self._pipe if self._pipe is not None else await asyncio.to_thread(self._start)
        try:
            pipe.send((channel, answer))  # it waits for it, so that this takes as long as the copy does
        except OSError as error:
            raise Died(was_idle=True) from error
        await _readable(pipe)
        try:
            said: Reading | Exception = pipe.recv()
        except (EOFError, OSError) as error:
            raise Died(was_idle=False) from error
        if isinstance(said, Exception):
            raise said
        return said

    def end(self) -> None:
        """Kill it, whatever it is doing; once more does nothing."""
        process, pipe, self._process, self._pipe = self._process, self._pipe, None, None
        if process is not None:
            process.kill()
            process.join()
        if pipe is not None:
            pipe.close()

    def _start(self) -> Connection:
        # Forked by a server that has imported what a page needs, and not by the parent, which has threads and a
        # running reactor.
        context = _forkserver()
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, self._run), daemon=True)
        process.start()
        theirs.close()
        self._process, self._pipe = process, ours
        return ours


def prepare() -> None:
    """Let what a page needs be imported from now on, in a process of its own, for whoever knows that pages will come.

    Returns at once. Without it the first page waits for it.
    """
    _forkserver()
    ensure_running()


@cache
def _forkserver() -> ForkServerContext:
    context = get_context("forkserver")
    context.set_forkserver_preload(list(PRELOADED))
    return context


async def _readable(pipe: Connection) -> None:
    """Wait until the pipe has an answer, or its other end is gone."""
    loop = asyncio.get_running_loop()
    ready = loop.create_future()
    number = pipe.fileno()

    def note() -> None:
        if not ready.done():
            ready.set_result(None)

    loop.add_reader(number, note)
    try:
        await ready
    finally:
        with suppress(OSError, ValueError):
            loop.remove_reader(number)
