"""Keeps the child processes of `carnival up` running, and ends them together."""

import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from config.command.child import carnival_command
from config.errors import UNUSABLE

RESTARTS, WITHIN_SECONDS = 3, 60.0
GRACE_SECONDS = 8.0
LOOK_EVERY_SECONDS = 0.2


class ChildEnded(Exception):
    """A child ended again and again, or said that it cannot work as things are set; `name` says which."""

    def __init__(self, name: str, code: int) -> None:
        self.name, self.code = name, code
        super().__init__(f"carnival {name} ended {RESTARTS + 1} times within {WITHIN_SECONDS:.0f} s, last with {code}")


@dataclass(slots=True)
class Child:
    """One long-running command, and when it was started lately (monotonic seconds)."""

    name: str
    arguments: Sequence[str]
    process: subprocess.Popen[bytes]
    starts: list[float] = field(default_factory=list)


class Family:
    """The children of one `carnival up`; a context that leaves none behind."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = dict(environment)
        self.children: list[Child] = []

    def __enter__(self) -> "Family":
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def start(self, name: str, *arguments: str) -> Child:
        """Start `carnival NAME …` and keep it; it shares this terminal."""
        child = Child(name=name, arguments=arguments, process=self._spawn(arguments), starts=[time.monotonic()])
        self.children.append(child)
        return child

    def run(self, *arguments: str) -> int:
        """Run one command to its end and return its exit code."""
        return self._spawn(arguments).wait()

    def watch(self, stopped: Callable[[], bool]) -> None:
        """Restart what ends, until `stopped` answers true. Raises ChildEnded where one will not stay."""
        while not stopped():
            for child in self.children:
                if (code := child.process.poll()) is not None:
                    self._restart(child, code)
            time.sleep(LOOK_EVERY_SECONDS)

    def end(self) -> None:
        """Ask every child to stop, wait up to GRACE_SECONDS in all, then kill the rest."""
        for child in self.children:
            child.process.terminate()
        until = time.monotonic() + GRACE_SECONDS
        for child in self.children:
            try:
                child.process.wait(timeout=max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()
        self.children.clear()

    def _restart(self, child: Child, code: int) -> None:
        moment = time.monotonic()
        child.starts = [start for start in child.starts if moment - start < WITHIN_SECONDS]
        if len(child.starts) > RESTARTS or code == UNUSABLE:
            raise ChildEnded(child.name, code)
        child.starts.append(moment)
        child.process = self._spawn(child.arguments)

    def _spawn(self, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
        command = carnival_command(*arguments)
        return subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL)  # noqa: S603 - no shell
