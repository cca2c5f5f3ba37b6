"""Fourteen virtual days: the world moves, the collector's rounds and steps run, and what they say is looked at."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from config.settings import Settings
from crawler.rounds import due_channels
from crawler.scrapy.spider import Work
from indexer.base.times import BEIJING
from indexer.people.accounts import User
from indexer.records import looks
from indexer.records.database import Database
from indexer.work.steps import Step
from tests.quality.soak.acting import CONNECTED, Actors
from tests.quality.soak.cast import Outlet
from tests.quality.soak.clock import VirtualClock
from tests.quality.soak.editor import approve_all
from tests.quality.soak.plan import Plan
from tests.quality.soak.rounds import Rounds
from tests.quality.soak.watching import Watch

SLOT = timedelta(minutes=10)
APPROVES_EVERY = timedelta(hours=4)
TELLS_EVERY = timedelta(hours=12)
MOST_TURNS = 200  # of a step in one slot


@dataclass(kw_only=True)
class Journey:
    """All that takes part. reads, new: of all rounds; errors: how many reads ended with which reason."""

    settings: Settings
    database: Database
    clock: VirtualClock
    cast: Sequence[Outlet]
    plan: Plan
    actors: Actors
    watch: Watch
    steps: Sequence[Step]
    editor: User
    reads: int = 0
    new: int = 0
    approved: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    begun: float = field(default_factory=time.perf_counter)
    told: set[str] = field(default_factory=set)
    say: Callable[[str], None] = field(default=lambda _: None)

    async def go(self, rounds: Rounds) -> None:
        """Travel to the end of the plan."""
        steps = [step for step in self.plan.steps if step.at >= self.plan.begins]
        for outlet in self.cast:
            if outlet.kind in CONNECTED:
                self.actors.connect(outlet)
        at, approves = self.plan.begins, self.plan.begins
        while at <= self.plan.ends:
            self.clock.turn_to(at)
            while steps and steps[0].at <= at:
                self.actors.act(steps.pop(0))
            for window in self.watch.turn(at):
                self.actors.connect(window.outlet)
            await asyncio.to_thread(self._between)
            await self._round(rounds)
            await asyncio.to_thread(self._after)
            if at >= approves:
                self.approved += await asyncio.to_thread(approve_all, self.database, self.editor, now=at)
                approves = at + APPROVES_EVERY
            if (at - self.plan.begins) % TELLS_EVERY == timedelta(0):
                self._tell(rounds)
            at += SLOT

    def _between(self) -> None:
        """What platforms and steps do by themselves."""
        platforms = self.actors.platforms
        if platforms.third_party is not None:
            platforms.third_party.push_ticket()
        platforms.courier.deliver()
        self.actors.push_links()
        self._run_steps()

    def _run_steps(self) -> None:
        for step in self.steps:
            for _ in range(MOST_TURNS):
                if not (step.waits() and step.do()):
                    break

    async def _round(self, rounds: Rounds) -> None:
        wanted = due_channels(self.database, self.clock())
        with self.database.reading() as tx:
            looks_again = looks.is_due(tx, now=self.clock())
        if not wanted and not looks_again:
            return
        work = Work(
            database=self.database,
            channels=wanted,
            clock=self.clock,
            holder="soak",
            settings=self.settings,
            looks_again=looks_again,
        )
        for read in await rounds.round(work):
            self.reads += 1
            self.new += read.new
            if read.error:
                self.errors[read.trouble.reason.value if read.trouble else read.error[:60]] += 1

    def _after(self) -> None:
        """Alarms are rung, and the watch looks."""
        self._run_steps()
        self.watch.look(self.clock())

    def _tell(self, rounds: Rounds) -> None:
        """Where the journey is, and what was said wrongly since."""
        wrong = [one for one in self.watch.windows if one.is_right is False and one.window.name not in self.told]
        for one in wrong:
            self.say(f"{one.window.name} was met at {one.met:%m-%d %H:%M}: {one.said or 'nothing was said'}")
            self.told.add(one.window.name)
        met = sum(one.met is not None for one in self.watch.windows)
        day, seconds = f"{self.clock().astimezone(BEIJING):%m-%d %H:%M}", time.perf_counter() - self.begun
        self.say(f"{day}: {seconds:.0f} s, {rounds.made} rounds, {self.reads} reads, {self.new} new, {met} faults met")
