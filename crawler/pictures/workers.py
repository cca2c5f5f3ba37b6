"""Worker processes that decode pictures: a bomb costs its worker a limit of time and memory, and nobody else."""

import os
import queue
import resource
import signal
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection

import structlog

from crawler.pictures.encoding import Encoded, encode
from indexer.catalogue.pictures import PictureRefusal

WORKERS = max(1, min(2, os.cpu_count() or 1))
DECODE_SECONDS, START_SECONDS = 20.0, 60.0
PROGRAM_BYTES = 1024 * 1024 * 1024  # of addresses: the program itself, its libraries, a file and its copies
PIXEL_BYTES = 3 * 4  # three pictures of the most pixels: as decoded, turned upright, in other colours

READY = True

log = structlog.get_logger()
Made = Encoded | PictureRefusal
Encode = Callable[..., Made]


class Workers:
    """So many processes, each started with its first picture; threads may ask for more at once and wait for one."""

    def __init__(self, *, most_pixels: int, run: Encode = encode, seconds: float = DECODE_SECONDS) -> None:
        self._seconds = seconds
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        for _ in range(WORKERS):
            self._idle.put(_Worker(run, most_pixels))

    def encode(self, body: bytes) -> Made:
        """Return what a worker made of the bytes; one that hangs or dies of them is replaced."""
        worker = self._idle.get()
        try:
            return worker.encode(body, self._seconds)
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """End all that are idle; one that is asked again starts anew."""
        for _ in range(WORKERS):
            try:
                worker = self._idle.get_nowait()
            except queue.Empty:
                return
            worker.end()
            self._idle.put(worker)


class _Worker:
    def __init__(self, run: Encode, most_pixels: int) -> None:
        self._run, self._most_pixels = run, most_pixels
        self._pipe: Connection | None = None
        self._is_new = True
        self._end: Callable[[], None] = lambda: None

    def encode(self, body: bytes, seconds: float) -> Made:
        pipe = self._pipe or self._start()
        try:
            if self._is_started(pipe):
                pipe.send_bytes(body)
                if pipe.poll(seconds):
                    made: Made = pipe.recv()
                    return made
            log.warning("picture_too_slow", bytes=len(body), seconds=seconds)
        except (EOFError, OSError):  # it died, or was killed for its memory
            log.warning("picture_worker_died", bytes=len(body))
        self.end()
        return PictureRefusal.TOO_SLOW

    def _is_started(self, pipe: Connection) -> bool:
        if self._is_new and pipe.poll(START_SECONDS):
            self._is_new = not pipe.recv()
        return not self._is_new

    def end(self) -> None:
        self._end()
        self._pipe = None

    def _start(self) -> Connection:
        context = get_context("spawn")  # the parent has threads
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._run, self._most_pixels), daemon=True)
        process.start()
        theirs.close()

        def end() -> None:
            process.kill()
            process.join()
            ours.close()

        self._pipe, self._end, self._is_new = ours, end, True
        return ours


def memory_bytes(most_pixels: int) -> int:
    """Return how many bytes of addresses a worker may have, whose pictures have up to so many pixels."""
    return PROGRAM_BYTES + PIXEL_BYTES * most_pixels


def _serve(pipe: Connection, run: Encode, most_pixels: int) -> None:
    """Answer until the parent is gone, however it ended: then its end of the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's signals are the parent's
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes(most_pixels),) * 2)
    os.nice(5)  # pictures can wait for what people wait for
    pipe.send(READY)  # the time of a picture begins now, however long it took to start
    while True:
        try:
            body = pipe.recv_bytes()
        except (EOFError, OSError):
            return
        pipe.send(run(body, most_pixels=most_pixels))
