"""Steps run until nothing waits, or until they are stopped; none of them delays the others."""

import threading
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from structlog.testing import capture_logs

from indexer.base.not_now import NotNow
from indexer.records.database import Database
from indexer.work import runner
from indexer.work.runner import StepEnded, keep_working, run_pending

Act = Callable[[], int]


@dataclass
class Things:
    """A step over a list: each `do` takes one away, by the next of its acts."""

    name: str
    left: int = 0
    acts: list[Act] = field(default_factory=list)
    every: float = 0.001
    batch: int = 1
    done: threading.Event = field(default_factory=threading.Event)

    def waits(self) -> bool:
        return self.left > 0

    def do(self) -> int:
        moved = self.acts.pop(0)() if self.acts else 1
        self.left -= moved
        if not self.left:
            self.done.set()
        return moved


def raising(error: BaseException) -> Act:
    def act() -> int:
        raise error

    return act


def nothing() -> None:
    """A heart that beats unheard."""


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "FIRST_PAUSE", 0.001)
    monkeypatch.setattr(runner, "LOOK_SECONDS", 0.001)


def work_until_done(database: Database, *steps: Things, waited_for: Things) -> list[MutableMapping[str, Any]]:
    """Run the steps until one has nothing left; give what was logged."""
    stop = threading.Event()

    def stop_in_the_end() -> None:
        waited_for.done.wait(20)
        stop.set()

    threading.Thread(target=stop_in_the_end, daemon=True).start()
    with capture_logs() as said:
        keep_working(database, steps, stop, nothing)
    assert waited_for.done.is_set()
    return said


def test_all_that_waits_is_done_batch_by_batch() -> None:
    steps = [Things("first", 2), Things("second", 3, acts=[lambda: 2])]

    assert list(run_pending(steps)) == [("first", 1), ("first", 1), ("second", 2), ("second", 1)]


def test_what_a_later_step_leaves_for_an_earlier_one_is_done_too() -> None:
    first = Things("first")

    def leave_one() -> int:
        first.left = 1
        return 1

    assert list(run_pending([first, Things("second", 1, acts=[leave_one])])) == [("second", 1), ("first", 1)]


def test_what_others_hold_is_waited_for() -> None:
    held = Things("held", 1, acts=[lambda: 0, lambda: 0])

    assert list(run_pending([held])) == [("held", 1)]


def test_where_something_can_only_be_done_later_pending_work_says_so() -> None:
    with pytest.raises(NotNow, match="the engine rests"):
        list(run_pending([Things("search", 1, acts=[raising(NotNow("the engine rests"))])]))


def test_a_step_that_can_only_be_done_later_is_tried_again(database: Database) -> None:
    step = Things("search", 2, acts=[raising(NotNow("it rests"))] * 2)

    said = work_until_done(database, step, waited_for=step)

    failures = [(one["event"], one["step"], one["why"]) for one in said]
    assert failures == [("step_not_now", "search", "it rests")] * 2
    assert [one["again_in_seconds"] for one in said] == [0.001, 0.002]


def test_a_fault_of_one_step_is_logged_and_tried_again_while_the_others_go_on(database: Database) -> None:
    broken, other = Things("broken", 1, acts=[raising(KeyError("odd"))] * 10_000), Things("other", 50)

    said = work_until_done(database, broken, other, waited_for=other)

    assert other.left == 0
    assert {(one["event"], one["step"]) for one in said} <= {("step_failed", "broken")}


def test_a_slow_step_holds_up_no_other_one(database: Database) -> None:
    publishing = Things("publishing", 20)

    def slow() -> int:
        assert publishing.done.wait(20)
        return 1

    understanding = Things("understanding", 1, acts=[slow])

    work_until_done(database, understanding, publishing, waited_for=understanding)

    assert publishing.left == 0


def test_the_runner_says_that_it_is_at_work_and_bears_records_that_are_away(database: Database) -> None:
    stop, beats = threading.Event(), []

    def beat() -> None:
        beats.append(1)
        stop.set()
        raise NotNow("the disk is full")

    with capture_logs() as said:
        keep_working(database, [Things("idle")], stop, beat)

    assert (beats, [one["event"] for one in said]) == ([1], ["records_down"])


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_where_a_step_is_gone_for_good_the_process_ends(database: Database) -> None:
    with pytest.raises(StepEnded, match="engine"):
        keep_working(database, [Things("engine", 1, acts=[raising(SystemExit())])], threading.Event(), nothing)


def test_after_less_than_a_batch_it_is_looked_at_again_only_after_its_time() -> None:
    step = Things("pictures", 3, acts=[lambda: 2, lambda: 1], every=5.0, batch=2)
    waited: list[float | None] = []

    class Stop(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waited.append(timeout)
            self.set()
            return True

    runner._keep(step, Stop())

    assert (step.left, waited) == (0, [5.0])
