"""Access tokens, as `stable_token` gives them: renewed five minutes early, and both work for those five minutes."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.simulators.wechat.refusals import Refusal
from tests.simulators.world.faults import Fault, Switch
from tests.simulators.world.world import World

VALID, EARLY = timedelta(hours=2), timedelta(minutes=5)
FORCED_APART, FORCED_A_DAY = timedelta(seconds=30), 20
EXPIRED, NOT_LATEST = 42001, 40001
KILLING = {Fault.TOKEN_EXPIRED: EXPIRED, Fault.TOKEN_RACED: NOT_LATEST}


@dataclass(kw_only=True)
class Token:
    """One token. owner: whose it is. of: what it lets in to (an account; a component). dead: code of its refusal."""

    value: str
    owner: str
    of: str
    at: datetime
    ends: datetime
    dead: int = 0


class Tokens:
    """All tokens that were given, for accounts and for components."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._all: dict[str, Token] = {}
        self._latest: dict[tuple[str, str], Token] = {}
        self._forced: dict[str, datetime] = {}
        self._killed: set[tuple[Switch, str]] = set()

    def stable(self, owner: str, *, is_forced: bool = False) -> tuple[str, int]:
        """Return the token and the seconds that it is good for. Raises Refusal."""
        now = self.world.clock()
        with self.world.lock:
            latest = self._latest.get((owner, "stable"))
            if is_forced:
                self._count_forced(owner, now)
                if latest is not None:
                    latest.dead = NOT_LATEST
            elif latest is not None and not latest.dead and now < latest.ends - EARLY:
                return latest.value, int((latest.ends - now).total_seconds())
            made = self.make(owner, of="stable")
        return made.value, int(VALID.total_seconds())

    def make(self, owner: str, *, of: str, valid: timedelta = VALID) -> Token:
        """Give a new token beside those there are."""
        now = self.world.clock()
        token = Token(value=secrets.token_urlsafe(102), owner=owner, of=of, at=now, ends=now + valid)
        with self.world.lock:
            self._all[token.value] = self._latest[owner, of] = token
        return token

    def spend(self, value: str, *, of: str) -> Token:
        """Return a token that works once, and let it work no more. Raises Refusal 61010."""
        with self.world.lock:
            token = self._all.pop(value, None)
        if token is None or token.of != of or token.ends <= self.world.clock():
            raise Refusal(61010)
        return token

    def kind(self, value: str) -> str:
        """Return what a token lets in to; empty where there is none."""
        token = self._all.get(value)
        return token.of if token else ""

    def end(self, owner: str, *, of: str) -> None:
        """Let the latest token of a kind work no more."""
        with self.world.lock:
            if (token := self._latest.get((owner, of))) is not None:
                token.dead = NOT_LATEST

    def owner(self, value: str, *of: str) -> str:
        """Return whose token it is. Raises Refusal: 41001, 40001, 42001."""
        if not value:
            raise Refusal(41001)
        with self.world.lock:
            token = self._all.get(value)
            if token is None or token.of not in of:
                raise Refusal(NOT_LATEST)
            self._kill(token)
            if token.dead:
                raise Refusal(token.dead)
            if token.ends <= self.world.clock():
                raise Refusal(EXPIRED)
        return token.owner

    def _kill(self, token: Token) -> None:
        """Faults that end a token early: each ends the first one that is used while it is on, and no other."""
        for fault, code in KILLING.items():
            switch = self.world.faults.switch(fault, token.owner)
            if switch is not None and (switch, token.owner) not in self._killed and not token.dead:
                self._killed.add((switch, token.owner))
                token.dead = code
                self.world.faults.note(switch, token.owner)

    def _count_forced(self, owner: str, now: datetime) -> None:
        last = self._forced.get(owner)
        if last is not None and now - last < FORCED_APART:
            raise Refusal(45011)
        if self.world.count(owner, "forced stable_token") > FORCED_A_DAY:
            raise Refusal(45009)
        self._forced[owner] = now
