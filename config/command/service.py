"""What `carnival up` keeps running. Each room declares its services; they join by entry point (`carnival.services`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.metadata import entry_points

import click

from config.settings import Settings

GROUP = "carnival.services"


class Stage(IntEnum):
    """When a service starts: once those of the stages before it answer."""

    BEFORE_THE_SITE = 1
    SITE = 2
    BEHIND_THE_SITE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """One call of `carnival up`; options: by their names, None where one was not given."""

    settings: Settings
    options: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRun:
    """A `carnival` command that is run once in a data folder; mark: the file that says it was; failed: what was not."""

    words: Sequence[str]
    mark: str
    failed: str
    announced: str = ""


class Service:
    """One long-running `carnival` command: `Service("crawl")` is all it takes; others override what differs.

    instead_of: names of the services that do not run where this one does. options: those it adds to `carnival up`.
    """

    instead_of: Sequence[str] = ()
    options: Sequence[click.Option] = ()

    def __init__(self, name: str, *, stage: Stage = Stage.BEHIND_THE_SITE) -> None:
        self.name, self.stage = name, stage

    def runs(self, start: Start) -> bool:
        """Tell whether it runs this time."""
        return True

    def check(self, start: Start) -> None:
        """Return where it could run. Nothing has been made yet. Raises Refused."""

    def prepare(self, start: Start) -> Mapping[str, str]:
        """Return variables that all processes see, none of which runs yet; may write its own files. Raises Refused."""
        return {}

    def command(self, start: Start) -> Sequence[str]:
        """Return the words after `carnival`; none: no process, only a first run."""
        return self.name.split()

    def address(self, start: Start) -> str | None:
        """Return the address that answers once it is ready; None: it need not be waited for."""
        return None

    def first_run(self, start: Start) -> FirstRun | None:
        """Return what is run once, when it is ready."""
        return None

    def greeting(self, start: Start) -> Sequence[str]:
        """Return lines for the terminal when all are running; asked of every service, of one that does not run too."""
        return ()


@cache
def services() -> tuple[Service, ...]:
    """Return the services of all rooms, in the order in which they start."""
    found = [point.load() for point in entry_points(group=GROUP)]
    if strange := [each for each in found if not isinstance(each, Service)]:
        raise TypeError(f"entry points of {GROUP} that are no Service: {strange}")
    return tuple(sorted(found, key=lambda service: (service.stage, service.name)))


def running(start: Start) -> tuple[Service, ...]:
    """Return the services that run this time."""
    wanted = [service for service in services() if service.runs(start)]
    replaced = {name for service in wanted for name in service.instead_of}
    return tuple(service for service in wanted if service.name not in replaced)
