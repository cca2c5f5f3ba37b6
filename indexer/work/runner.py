"""Runs steps: until nothing waits, or for as long as the deployment is up."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence

import structlog

from indexer.base.not_now import NotNow
from indexer.records.database import Database
from indexer.work.leftovers import free_leftovers
from indexer.work.steps import Step

LOOK_SECONDS = 0.2  # between two looks at what others hold
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds after a try that failed; each pause is twice the one before
BEAT_SECONDS = 60.0  # how often the runner says that it is at work: /healthz tells when it no longer does
STOP_SECONDS = 6.0  # for what the steps have at hand; what they do not finish, their claims leave to the next runner

log = structlog.get_logger()


class StepEnded(Exception):
    """A step's thread is gone, which none of its errors can explain: the process should be started anew."""


def run_pending(steps: Sequence[Step]) -> Iterator[tuple[str, int]]:
    """Yield (step, how many) for each batch, until nothing waits; what others hold is waited for.

    Raises NotNow where something can only be done later, and what a step raises.
    """
    while True:
        moved = 0
        for step in steps:
            while step.waits() and (done := step.do()):
                moved += done
                yield step.name, done
        if moved:
            continue
        if not any(step.waits() for step in steps):
            return
        time.sleep(LOOK_SECONDS)  # a claim of somebody who ended without a word ends by itself


def keep_working(database: Database, steps: Sequence[Step], stop: threading.Event, beat: Callable[[], None]) -> None:
    """Until `stop`: every step in a thread of its own, so that a slow one delays none of the others.

    beat: called every BEAT_SECONDS. Raises StepEnded.
    """
    threads = [threading.Thread(target=_keep, args=(step, stop), name=step.name, daemon=True) for step in steps]
    _free_leftovers(database)
    for thread in threads:
        thread.start()
    try:
        _watch(threads, stop, beat)
    finally:
        stop.set()
        _end(threads)


def _keep(step: Step, stop: threading.Event) -> None:
    """One step until `stop`; whatever goes wrong is said, and tried again after a pause that grows."""
    pause = FIRST_PAUSE
    while not stop.is_set():
        try:
            moved = step.do() if step.waits() else 0
        except NotNow as error:
            log.warning("step_not_now", step=step.name, why=str(error), again_in_seconds=pause)
        except Exception:  # of whatever kind: the other steps go on, and this one may heal
            log.exception("step_failed", step=step.name, again_in_seconds=pause)
        else:
            pause = FIRST_PAUSE
            if moved < step.batch:
                stop.wait(step.every)
            continue
        stop.wait(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


def _watch(threads: Sequence[threading.Thread], stop: threading.Event, beat: Callable[[], None]) -> None:
    next_beat = time.monotonic()
    while not stop.is_set():
        if time.monotonic() >= next_beat:
            try:
                beat()
            except NotNow as error:
                log.warning("records_down", why=str(error))
            next_beat = time.monotonic() + BEAT_SECONDS
        if ended := [thread.name for thread in threads if not thread.is_alive()]:
            raise StepEnded(f"{', '.join(ended)} ended")
        stop.wait(LOOK_SECONDS)


def _end(threads: Sequence[threading.Thread]) -> None:
    until = time.monotonic() + STOP_SECONDS
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    if left := [thread.name for thread in threads if thread.is_alive()]:
        log.warning("steps_interrupted", steps=left)  # their claims end by themselves


def _free_leftovers(database: Database) -> None:
    try:
        free_leftovers(database)
    except NotNow as error:
        log.warning("records_down", why=str(error))
