"""What happens in the soak, drawn by a seed: publications, corrections, removals, and when which fault is on where.

Nothing of it reaches the product but through the sockets of the simulators.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from tests.quality.soak.cast import Kind, Outlet
from tests.quality.soak.faults import TRIALS, Trial
from tests.simulators.world.faults import Fault

DAY = timedelta(days=1)
HISTORY_DAYS = 7
QUIET = timedelta(hours=36)  # at the end: nothing more goes wrong, and everything can be read
BETWEEN = timedelta(hours=10)  # two faults of one channel
RESERVED = timedelta(hours=8)  # for a fault to be met, and to stay for an hour
FIRST_FAULT = timedelta(hours=8)
A_DAY = 0.35  # pieces of an ordinary channel
MULTIPLE, NOTIFIED, LONG, PINNED = 0.2, 0.3, 0.1, 0.05  # shares
CHANGES = 22  # corrections, and removals
EVENTS = frozenset({Fault.EVENT_LOST, Fault.EVENT_EMPTY, Fault.EVENT_TRIPLE, Fault.EVENT_UNORDERED, Fault.EVENT_FORGED})
SPENT = frozenset({Fault.QUOTA_SPENT, Fault.CLEAR_SPENT})  # after which a day is over for the account
CHANGING = (Kind.SITE, Kind.SITEMAP, Kind.JSON, Kind.ALBUM, Kind.PUSH)
REMOVING = (*CHANGING, Kind.FEED, Kind.API, Kind.COMPONENT)
SLOW_TOGETHER = 6  # slow answers take real time: several at once cost what one does


class Move(StrEnum):
    """What someone does."""

    PUBLISH = "publish"
    EDIT = "edit"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One move of whoever publishes on a channel. pieces: of a publication, so many articles in one message."""

    at: datetime
    outlet: Outlet
    move: Move
    pieces: int = 1
    is_notified: bool = False
    is_long: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A fault of a channel from `since` on."""

    trial: Trial
    outlet: Outlet
    since: datetime

    @property
    def name(self) -> str:
        """For lists of what went wrong."""
        return f"{self.trial.fault.name} of {self.outlet.id} from {self.since:%m-%d %H:%M}"


@dataclass(kw_only=True)
class Plan:
    """Everything, in the order of time."""

    begins: datetime
    ends: datetime
    steps: list[Step] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)


def draw(seed: int, cast: Sequence[Outlet], *, begins: datetime, days: int) -> Plan:
    """Return the plan of a seed."""
    rng = random.Random(seed)  # noqa: S311 - a plan, no secret
    plan = Plan(begins=begins, ends=begins + days * DAY)
    _windows(plan, cast, rng)
    steady = {window.outlet.id for window in plan.windows if window.trial.lasts}
    steady |= {outlet.id for outlet in cast if outlet.kind is Kind.BRIDGE}  # else it is said to stand still, rightly
    for outlet in cast:
        plan.steps += _publications(plan, outlet, rng, is_steady=outlet.id in steady)
    plan.steps += _for_events(plan)
    plan.steps += _changes(plan, cast, rng, Move.EDIT, CHANGING)
    plan.steps += _changes(plan, cast, rng, Move.REMOVE, REMOVING)
    plan.steps.sort(key=lambda step: (step.at, step.outlet.number))
    plan.windows.sort(key=lambda window: (window.since, window.outlet.number))
    return plan


def _windows(plan: Plan, cast: Sequence[Outlet], rng: random.Random) -> None:
    """Draw the longest faults first, each for the channel of its kinds that has the most room."""
    taken: dict[str, list[tuple[datetime, datetime]]] = {outlet.id: [] for outlet in cast}
    for trial in sorted(TRIALS, key=lambda one: _length(one), reverse=True):
        fitting = [outlet for outlet in cast if outlet.kind in trial.kinds]
        shared: datetime | None = None
        for place in range(trial.times if fitting else 0):
            if trial.fault is not Fault.SLOW or place % SLOW_TOGETHER == 0:
                shared = None
            rng.shuffle(fitting)
            fitting.sort(key=lambda outlet: len(taken[outlet.id]))
            room = _room(plan, fitting, taken, rng, length=_length(trial), wanted=shared)
            if room is None:
                continue
            outlet, since = room
            shared = since if trial.fault is Fault.SLOW else None
            taken[outlet.id].append((since, since + _length(trial)))
            plan.windows.append(Window(trial=trial, outlet=outlet, since=since))


def _length(trial: Trial) -> timedelta:
    if trial.fault in SPENT:
        return DAY + BETWEEN
    return (trial.lasts or RESERVED) + BETWEEN


def _room(
    plan: Plan,
    fitting: Sequence[Outlet],
    taken: dict[str, list[tuple[datetime, datetime]]],
    rng: random.Random,
    *,
    length: timedelta,
    wanted: datetime | None,
) -> tuple[Outlet, datetime] | None:
    """A channel and a time at which it has nothing else to bear; None where there is none."""
    first = plan.begins + FIRST_FAULT
    room = plan.ends - QUIET - length - first
    for outlet in fitting:
        for _ in range(60):
            since = wanted or first + timedelta(minutes=rng.randrange(max(1, int(room.total_seconds() // 60))))
            if all(since >= ends or since + length <= begins for begins, ends in taken[outlet.id]):
                return outlet, since
    return None


def _publications(plan: Plan, outlet: Outlet, rng: random.Random, *, is_steady: bool) -> Iterator[Step]:
    """Of a channel whose rhythm must be known one a day, with a week before the beginning; else now and then."""
    last = plan.ends - QUIET
    if is_steady:
        for day in range(-HISTORY_DAYS, (last - plan.begins).days):
            at = plan.begins + day * DAY + timedelta(hours=rng.uniform(8, 20))
            yield _publication(outlet, at, rng, is_plain=True)
        return
    yield _publication(outlet, plan.begins - timedelta(days=rng.uniform(1, 5)), rng, is_plain=True)
    at = plan.begins + timedelta(days=rng.expovariate(A_DAY))
    while at < last:
        yield _publication(outlet, at, rng)
        at += timedelta(days=rng.expovariate(A_DAY))


def _publication(outlet: Outlet, at: datetime, rng: random.Random, *, is_plain: bool = False) -> Step:
    is_wechat = outlet.kind in (Kind.API, Kind.COMPONENT) and not is_plain
    pieces = rng.randint(2, 4) if is_wechat and rng.random() < MULTIPLE else 1
    return Step(
        at=at,
        outlet=outlet,
        move=Move.PUBLISH,
        pieces=pieces,
        is_notified=is_wechat and rng.random() < NOTIFIED,
        is_long=outlet.kind is Kind.WEIBO and rng.random() < LONG,
    )


def _for_events(plan: Plan) -> Iterator[Step]:
    """While events are in disorder, there are events: two publications."""
    for place, window in enumerate(plan.windows):
        if window.trial.fault in EVENTS:
            for minutes in (10, 25):
                at = window.since + timedelta(minutes=minutes)
                yield Step(at=at, outlet=window.outlet, move=Move.PUBLISH, is_notified=place % 2 == 0)


def _changes(
    plan: Plan, cast: Sequence[Outlet], rng: random.Random, move: Move, kinds: Sequence[Kind]
) -> Iterator[Step]:
    """Each of another channel, and early enough to be seen."""
    fitting = [outlet for outlet in cast if outlet.kind in kinds]
    for outlet in rng.sample(fitting, min(CHANGES, len(fitting))):
        at = plan.begins + rng.uniform(0.2, 0.7) * (plan.ends - plan.begins)
        yield Step(at=at, outlet=outlet, move=move)
