"""Give payloads to their parsers in worker processes: one that dies or never ends costs its payload and no more."""

import logging
import os
import resource
import time
import traceback
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from tests.quality.fuzzing.parsers import parsers
from tests.quality.fuzzing.payloads import Payload, Payloads, captured

MOST_SECONDS = 1.0  # of the processor, for one payload
END_SECONDS = 30.0  # of the processor, after which a payload never ends
WAIT_SECONDS = 600.0  # after which it hangs without using the processor
TICKS = os.sysconf("SC_CLK_TCK")
MOST_MEMORY = 4 * 1024**3
SLOWEST = 5  # kept of each run of numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A payload that crashed its parser (words: the traceback) or took too long. made_of: captured files."""

    number: int
    parser: str
    what: str
    words: str
    made_of: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a run of numbers came to. by_parser: name → (payloads, seconds). slowest: (seconds, number, parser)."""

    count: int
    by_parser: dict[str, tuple[int, float]]
    slowest: list[tuple[float, int, str]]
    troubles: list[Trouble]


def try_one(payload: Payload) -> tuple[float, Trouble | None]:
    """Return the seconds of the processor that a parser took, and what went wrong."""
    start = time.process_time()
    what = words = ""
    try:
        payload.parser.read(payload.body)
    except payload.parser.may_raise:
        pass
    except Exception as error:  # noqa: BLE001 - whatever a parser does is what is looked for
        what, words = f"{type(error).__name__}: {error}"[:200], traceback.format_exc()
    seconds = time.process_time() - start
    if not what and seconds > MOST_SECONDS:
        what = f"took {seconds:.1f} s"
    about = {"number": payload.number, "parser": payload.parser.name, "made_of": payload.made_of}
    return seconds, Trouble(**about, what=what, words=words) if what else None  # type: ignore[arg-type]  # names above


def try_run(payloads: Payloads, numbers: range, begun: Connection | None = None) -> Ran:
    """Try payloads one after the other. begun: told each number before it is tried."""
    by_parser: dict[str, tuple[int, float]] = {}
    slowest: list[tuple[float, int, str]] = []
    troubles: list[Trouble] = []
    for number in numbers:
        if begun is not None:
            begun.send(number)
        payload = payloads.payload(number)
        seconds, trouble = try_one(payload)
        count, total = by_parser.get(payload.parser.name, (0, 0.0))
        by_parser[payload.parser.name] = (count + 1, total + seconds)
        slowest = sorted([*slowest, (seconds, number, payload.parser.name)], reverse=True)[:SLOWEST]
        troubles += [trouble] if trouble else []
    return Ran(count=len(numbers), by_parser=by_parser, slowest=slowest, troubles=troubles)


def _work(seed: int, numbers: Connection, results: Connection) -> None:
    """A worker: runs of numbers in, numbers begun and results out; ends with its pipe."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    payloads = Payloads(seed=seed, files=captured(), table=parsers())
    try:
        while True:
            results.send(try_run(payloads, numbers.recv(), results))
    except (EOFError, BrokenPipeError):
        return


class Worker:
    """One process, and what it does now."""

    def __init__(self, seed: int) -> None:
        context = get_context("spawn")
        theirs, self.numbers = context.Pipe(duplex=False)
        self.results, ours = context.Pipe(duplex=False)
        self.process: BaseProcess = context.Process(target=_work, args=(seed, theirs, ours), daemon=True)
        self.process.start()
        theirs.close()
        ours.close()
        self.run, self.begun, self.since, self.used = range(0), -1, time.monotonic(), 0.0

    def seconds(self) -> float:
        """Return the seconds of the processor that it has used."""
        try:
            state = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:  # it ended just now
            return self.used
        return (int(state[11]) + int(state[12])) / TICKS

    def give(self, run: range) -> None:
        """Hand over a run of numbers."""
        self.run, self.begun, self.since = run, -1, time.monotonic()
        self.numbers.send(run)

    def end(self) -> None:
        """Kill it, whatever it does."""
        self.process.kill()
        self.process.join()
        self.numbers.close()
        self.results.close()


def run_all(seed: int, total: range, *, workers: int, at_once: int = 200) -> Iterator[Ran]:
    """Yield what came of each run of numbers, until all are tried."""
    starts = range(total.start, total.stop, at_once)
    waiting = [range(start, min(start + at_once, total.stop)) for start in reversed(starts)]
    busy = [Worker(seed) for _ in range(min(workers, len(waiting)))]
    for worker in busy:
        worker.give(waiting.pop())
    try:
        while busy:
            ready = wait([worker.results for worker in busy], timeout=1.0)
            for worker in list(busy):
                ended = _heard(worker) if worker.results in ready else _overdue(worker)
                if ended is None:
                    continue
                yield ended
                if any(trouble.number == worker.begun and not trouble.parser for trouble in ended.troubles):
                    # It is lost: the rest of its run waits for another.
                    waiting.append(range(worker.begun + 1, worker.run.stop))
                    worker.end()
                    busy.remove(worker)
                    busy += [worker := Worker(seed)]
                if waiting:
                    worker.give(waiting.pop())
                else:
                    worker.end()
                    busy.remove(worker)
    finally:
        for worker in busy:
            worker.end()


def _heard(worker: Worker) -> Ran | None:
    try:
        while worker.results.poll():
            said = worker.results.recv()
            if isinstance(said, Ran):
                return said
            worker.begun, worker.since, worker.used = said, time.monotonic(), 0.0
    except EOFError:
        worker.process.join()
        return _lost(worker, f"the process died ({worker.process.exitcode})")
    return None


def _overdue(worker: Worker) -> Ran | None:
    waited = time.monotonic() - worker.since
    if worker.begun < 0 or waited < END_SECONDS:  # so soon it cannot have used so much
        return None
    worker.used = worker.used or worker.seconds()  # of all before this payload, as soon as it seems to be slow
    if waited < WAIT_SECONDS and worker.seconds() - worker.used < END_SECONDS:
        return None
    return _lost(worker, f"did not end in {END_SECONDS:.0f} s")


def _lost(worker: Worker, what: str) -> Ran:
    """What is known of a run whose worker is lost: the number it was at, and those before it without their times.

    Raises RuntimeError where it was lost before it began one: another would be, too.
    """
    if worker.begun < 0:
        raise RuntimeError(f"a worker does not start: {what}")
    trouble = Trouble(number=worker.begun, parser="", what=what, words="", made_of=())
    count = worker.begun - worker.run.start + 1
    return Ran(count=count, by_parser={}, slowest=[], troubles=[trouble])


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0))
