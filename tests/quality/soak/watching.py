"""Switches the planned faults on and off, and looks at what the product says of each once its caller has met it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from indexer.health.looking import Health, look_at
from indexer.health.records import Attempt
from indexer.records.database import Database
from indexer.whitelist.records import Channel
from tests.quality.soak.faults import Said
from tests.quality.soak.plan import Window
from tests.simulators.running import Platforms
from tests.simulators.world.accounts import WechatAccount
from tests.simulators.world.faults import Fault, Switch

NEVER_MET = timedelta(hours=30)  # after so long it is given up: its channel was not read
ENDING_SEEN_WITHIN = timedelta(hours=8)


@dataclass(kw_only=True)
class Watched:
    """A window that is open, or was. met: when a caller first met it. said: what the product said then.

    cycles: reads of the channel from then until it was said, 1 where the very read said it.
    """

    window: Window
    switch: Switch | None = None
    met: datetime | None = None
    said: str = ""
    is_right: bool | None = None
    took: timedelta | None = None
    is_over: bool = False
    connects: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the fault is on."""
        return self.switch is not None and not self.is_over


@dataclass(kw_only=True)
class Watch:
    """All windows of a plan."""

    platforms: Platforms
    database: Database
    windows: list[Watched]
    every: Sequence[Channel]
    _met: dict[tuple[Fault, str, datetime], datetime] = field(default_factory=dict)
    _looked: int = 0

    def turn(self, now: datetime) -> list[Window]:
        """Switch on what is due and off what is over; return the windows whose channels have to be connected anew."""
        ended: list[Window] = []
        for one in self.windows:
            if one.switch is None and one.window.since <= now:
                self._switch_on(one, now)
            elif one.is_open and self._is_over(one, now):
                one.is_over = True
                self._switch_off(one)
                if one.window.trial.ends:
                    ended.append(one.window)
        return ended

    def look(self, now: datetime) -> None:
        """Compare what the product says of every open window whose fault was met with what it must say."""
        self._note_met()
        is_hour = now.minute == 0  # what takes days is looked at once an hour
        asked = [
            one for one in self.windows if one.met and one.is_right is None and (is_hour or not one.window.trial.lasts)
        ]
        if not asked:
            return
        channels = {one.window.outlet.id: one.window.outlet.channel for one in asked}
        with self.database.reading() as tx:
            found = look_at(tx, list(channels.values()), every=self.every, now=now)
        for one in asked:
            self._judge(one, found[one.window.outlet.channel.id], now)

    def _judge(self, one: Watched, health: Health, now: datetime) -> None:
        trial, met = one.window.trial, one.met
        assert met is not None
        if trial.conditions:
            wanted = trial.conditions | (trial.alone if _is_alone(health) else frozenset())
            hit = next((each for each in health.diagnoses if each.condition in wanted), None)
            if hit is not None:
                one.is_right, one.said, one.took = True, f"{hit.condition}:{hit.case}", now - met
            elif now - met > (trial.lasts or ENDING_SEEN_WITHIN):
                one.is_right = False
                one.said = ", ".join(each.condition for each in health.diagnoses)
            return
        attempt = first_since(health.known.attempts, met)
        if attempt is None:
            return
        one.took = attempt.at - met
        one.said = said_of(attempt)
        one.is_right = attempt.reason is None if trial.heals else is_said(attempt, trial.said)

    def _switch_on(self, one: Watched, now: datetime) -> None:
        fault, account = one.window.trial.fault, one.window.outlet.shows
        one.switch = self.platforms.world.faults.on(fault, account.id)
        if fault is Fault.WITHDRAWN and self.platforms.third_party and isinstance(account, WechatAccount):
            self.platforms.third_party.withdraw(account.id)
            self.platforms.world.faults.note(one.switch, account.id)

    def _switch_off(self, one: Watched) -> None:
        self.platforms.world.faults.off(one.window.trial.fault, one.window.outlet.shows.id)

    def _is_over(self, one: Watched, now: datetime) -> bool:
        trial = one.window.trial
        if trial.lasts is not None:
            return now - one.window.since >= trial.lasts
        if one.met is None:
            return now - one.window.since >= NEVER_MET
        is_said = one.is_right is not None or now - one.met >= NEVER_MET
        return is_said and now - one.met >= trial.after

    def _note_met(self) -> None:
        """When each switch was first met by its caller."""
        shown = self.platforms.world.faults.shown
        for each in shown[self._looked :]:
            key = (each.fault, each.account, each.switch.since)
            self._met.setdefault(key, each.at)
        self._looked += len(shown[self._looked :])
        for one in self.windows:
            if one.met is None and one.switch is not None:
                one.met = self._met.get((one.switch.fault, one.switch.account, one.switch.since))


def first_since(attempts: Sequence[Attempt], met: datetime) -> Attempt | None:
    """Return the first read that ended when a fault was met, or later; attempts: newest first."""
    return next((attempt for attempt in reversed(attempts) if attempt.at >= met), None)


def _is_alone(health: Health) -> bool:
    """Whether no other channel of its unit published since the channel did."""
    known = health.known
    last = max((day for day in (known.newest, known.rhythm.last) if day), default=None)
    return known.elsewhere is None or (last is not None and known.elsewhere <= last)


def said_of(attempt: Attempt) -> str:
    """Return the reason of a read, with its case."""
    if attempt.reason is None:
        return "read"
    case = (attempt.facts or {}).get("case", "")
    return f"{attempt.reason.value}:{case}" if case else attempt.reason.value


def is_said(attempt: Attempt, wanted: Said) -> bool:
    """Tell whether a read ended with one of the reasons."""
    if attempt.reason is None:
        return False
    facts: Mapping[str, str] = attempt.facts or {}
    return any(attempt.reason is reason and case in ("", facts.get("case", "")) for reason, case in wanted)
