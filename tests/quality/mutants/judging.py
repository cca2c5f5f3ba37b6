"""The judges of a room: its tests, collected and run once in one process, from which each mutant's is forked.

The first run tells which tests pass each line and how long they take. A mutant is judged by the tests that pass its
lines, the shortest first, until one fails; by all of the room where it stands outside of functions.
"""

import os
import resource
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import coverage
import pytest

from tests.quality.mutants.changes import Mutant, lines_of, mutants_of
from tests.quality.mutants.patching import put_in_place
from tests.quality.mutants.rooms import Room

AT_ONCE = 2
TIMES_AS_LONG, MORE_SECONDS = 5, 5  # of processor time, that a mutant may take beyond the tests without it
WALL_SECONDS = 300  # where it waits for something that never comes
NOTICED, UNNOTICED = 1, 0


@dataclass(frozen=True)
class Verdict:
    """was, now: the first line that the mutant changes. fate: noticed, in an endless loop, unnoticed, or never run."""

    file: str
    line: int
    was: str
    now: str
    fate: str


@dataclass(eq=False)
class Judges:
    """A plugin of pytest, which runs mutants where others run tests. sample: so many mutants at most; None: all."""

    room: Room
    sample: int | None
    verdicts: list[Verdict] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    passing: dict[tuple[str, int], set[str]] = field(default_factory=dict)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what failed."""
        if report.failed:
            self.failed.append(report.nodeid)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests as they are, then once more for each mutant."""
        if session.testsfailed or not session.items:
            return True
        self._run_as_it_is(session.items)
        if self.failed:
            return True
        running: dict[int, tuple[Mutant, str, float]] = {}
        for mutant, code, before in self._chosen():
            tests = self._judging(mutant, session.items)
            if not tests:
                self._note(mutant, before, code, "never run")
                continue
            while len(running) >= AT_ONCE:
                self._collect(running)
            pid = os.fork()
            if pid == 0:
                self._judge(mutant, code, tests)
            running[pid] = (mutant, code, time.monotonic() + WALL_SECONDS)
        while running:
            self._collect(running)
        return True

    def _run_as_it_is(self, items: Sequence[pytest.Item]) -> None:
        tracer = coverage.Coverage(data_file=None, include=[str(file) for file in self.room.files()], config_file=False)
        for item, following in zip(items, [*items[1:], _Whatever(items[0].session)], strict=True):
            tracer.start()
            tracer.switch_context(item.nodeid)
            began = time.process_time()
            _run(item, following)
            self.seconds[item.nodeid] = time.process_time() - began
            tracer.stop()
        data = tracer.get_data()
        for file in data.measured_files():
            for line, contexts in data.contexts_by_lineno(file).items():
                self.passing[file, line] = set(contexts)

    def _chosen(self) -> Iterator[tuple[Mutant, str, str]]:
        """The mutants with their code and the sound one: of a sample the same ones each time."""
        found = [mutants_of(file) for file in self.room.files()]
        every = [(mutant, module) for module, mutants in found for mutant in mutants]
        for mutant, module in sorted(every, key=lambda one: one[0].key)[: self.sample]:
            code = mutant.code(module)
            if code != module.code:
                yield mutant, code, module.code

    def _judging(self, mutant: Mutant, items: Sequence[pytest.Item]) -> list[pytest.Item]:
        held: set[str] = set()
        for line in range(mutant.first, mutant.last + 1):
            held |= self.passing.get((str(mutant.file), line), set())
        judging = [item for item in items if mutant.is_loose or item.nodeid in held]
        return sorted(judging, key=lambda item: self.seconds[item.nodeid])

    def _judge(self, mutant: Mutant, code: str, tests: Sequence[pytest.Item]) -> None:
        """Never returns: the process ends with what the tests said."""
        limit = int(TIMES_AS_LONG * sum(self.seconds[test.nodeid] for test in tests)) + MORE_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        try:
            put_in_place(mutant.file, code)
            for test, following in zip(tests, [*tests[1:], _Whatever(tests[0].session)], strict=True):
                _run(test, following)
                if self.failed:
                    break
        except BaseException:  # noqa: BLE001  # of whatever kind: a mutant that cannot be imported is noticed
            os._exit(NOTICED)
        os._exit(NOTICED if self.failed else UNNOTICED)

    def _collect(self, running: dict[int, tuple[Mutant, str, float]]) -> None:
        """Wait for one of the processes, and note what came of its mutant."""
        while True:
            for pid, (mutant, code, until) in running.items():
                ended, status = os.waitpid(pid, os.WNOHANG)
                if ended:
                    del running[pid]
                    fate = "noticed" if os.WIFEXITED(status) else "in an endless loop"
                    fate = "unnoticed" if os.WIFEXITED(status) and os.WEXITSTATUS(status) == UNNOTICED else fate
                    self._note(mutant, mutant.file.read_text(encoding="utf-8"), code, fate)
                    return
                if time.monotonic() > until:
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.01)

    def _note(self, mutant: Mutant, before: str, code: str, fate: str) -> None:
        was, now = lines_of(before, code)
        self.verdicts.append(Verdict(mutant.file.name, mutant.first, was, now, fate))
        sys.stderr.write("." if fate not in ("unnoticed", "never run") else "x")
        sys.stderr.flush()


class _Whatever:
    """Stands for a next test that shares only the session: what the session has set up stays, children inherit it."""

    def __init__(self, session: pytest.Session) -> None:
        self._session = session

    def listchain(self) -> list[object]:
        """Return what the next test needs."""
        return [self._session]


def _run(item: pytest.Item, following: object) -> None:
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)


def judged(room: Room, sample: int | None, *, folder: Path) -> Judges:
    """Return the judges of a room after their work; folder: for what the tests write."""
    judges = Judges(room, sample)
    # Without pytest's reporter, which would write of every fork, and so without the project's options of it.
    options = ["-o", "addopts=--import-mode=importlib", "-p", "no:terminal", "-p", "no:cacheprovider"]
    options += ["-p", "no:xdist", f"--basetemp={folder / room.name}"]
    pytest.main([*options, *room.judges()], plugins=[judges])
    return judges
