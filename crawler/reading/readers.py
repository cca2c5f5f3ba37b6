"""Readers that stay for the next answer: to start one takes longer than to read, and somebody waits for it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from queue import Empty, SimpleQueue

from crawler.reading.pool import one_reader
from crawler.reading.worker import Run


class Readers:
    """Lends readers, each to one at a time; may be asked by several threads."""

    def __init__(self) -> None:
        self._idle: SimpleQueue[tuple[ExitStack, Run]] = SimpleQueue()

    @contextmanager
    def one(self) -> Iterator[Run]:
        """Give a reader that is idle, or a new one."""
        try:
            stack, read = self._idle.get_nowait()
        except Empty:
            stack = ExitStack()
            read = stack.enter_context(one_reader())
        try:
            yield read
        finally:
            self._idle.put((stack, read))

    def close(self) -> None:
        """End those that are idle."""
        while True:
            try:
                stack, _ = self._idle.get_nowait()
            except Empty:
                return
            stack.close()
