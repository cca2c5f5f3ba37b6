"""Steps of the work: each claims what waits, does it, and says so, whoever calls it and however many do.

A room adds a step by an entry point of the group `carnival.steps` in pyproject.toml: `name = "module:make"`, where
`make(settings, database)` returns it. Nothing is opened by making one: models and engines open with the first need.
"""

import os
import socket
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol

from config.settings import Settings
from indexer.base.ids import new_id
from indexer.records.database import Database

GROUP = "carnival.steps"
PIDS = Path("/proc/self/ns/pid")  # on Linux: what a process number is counted in


class Step(Protocol):
    """One kind of work. every: seconds until it is looked at again where nothing waited, or less than a batch.

    batch: how many are done at once; 1 where whatever comes next is not to wait for more of its kind.
    """

    name: str
    every: float
    batch: int

    def waits(self) -> bool:
        """Tell, by one cheap reading, whether something is not done yet, even if another one holds it now."""
        ...

    def do(self) -> int:
        """Claim one batch, do it, say so; return how many: 0 where others hold what is left.

        Raises NotNow where it can only be done later; what was claimed is given back then.
        """
        ...


class Make(Protocol):
    """What an entry point names."""

    def __call__(self, settings: Settings, database: Database) -> Step: ...


def steps_of(settings: Settings, database: Database) -> list[Step]:
    """Return the steps of all rooms, by name."""
    points = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    makers: list[Make] = [point.load() for point in points]
    return [make(settings=settings, database=database) for make in makers]


def new_holder() -> str:
    """Return a name to claim by: of this machine, this process, and of nobody else."""
    return f"{_machine()}:{os.getpid()}:{new_id()}"


def is_gone(holder: str) -> bool:
    """Tell whether a holder was a process of this machine that has ended; False where that cannot be known."""
    machine, _, rest = holder.partition(":")
    number = rest.partition(":")[0]
    if machine != _machine() or not number.isdecimal():
        return False
    return not _runs(int(number))


def _runs(number: int) -> bool:
    """Whether a process of this number is there; one that has ended counts no more, though nobody took note of it."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    except OSError:  # no such file on this system, or it ended just now
        return True
    return state[:1] != ["Z"]


def _machine() -> str:
    # Containers may share a name, and count their processes by themselves.
    counted_in = PIDS.stat().st_ino if PIDS.exists() else 0
    return f"{socket.gethostname()}/{counted_in}".replace(":", "_")
