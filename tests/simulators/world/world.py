"""The simulated world: who publishes what, by a clock that is given, and what goes wrong."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TypeVar

from indexer.base.times import BEIJING, now
from tests.simulators.world.accounts import Account
from tests.simulators.world.faults import Faults
from tests.simulators.world.posts import Draft, Post, Standing

FIRST_NUMBER = 2247483648
Kind = TypeVar("Kind", bound=Account)
Told = Callable[[Sequence[Post]], None]


class World:
    """Everything that the simulators answer from; may be changed while they run.

    caller_ip: the address by which WeChat knows whoever asks. told: called with what was just published. calls: how
    often an account's call was made, by (account, call, day in Beijing).
    """

    def __init__(self, clock: Callable[[], datetime] = now, *, caller_ip: str = "203.0.113.7") -> None:
        self.clock, self.caller_ip = clock, caller_ip
        self.lock = threading.RLock()
        self.faults = Faults(clock)
        self.accounts: dict[str, Account] = {}
        self.told: list[Told] = []
        self.calls: Counter[tuple[str, str, date]] = Counter()
        self._posts: dict[str, list[Post]] = {}
        self._number = FIRST_NUMBER

    def add(self, account: Kind) -> Kind:
        """Let someone publish."""
        with self.lock:
            self.accounts[account.id] = account
            self._posts.setdefault(account.id, [])
        return account

    def every(self, kind: type[Kind]) -> list[Kind]:
        """Return all accounts of a kind."""
        with self.lock:
            return [account for account in self.accounts.values() if isinstance(account, kind)]

    def account(self, id: str, kind: type[Kind]) -> Kind | None:
        """Return an account of a kind; None where there is none of this id."""
        found = self.accounts.get(id)
        return found if isinstance(found, kind) else None

    def publish(self, account: str, *drafts: Draft) -> list[Post]:
        """Publish, of several drafts one message of so many articles, and tell whoever wants to know."""
        at = self.clock()
        with self.lock:
            self._number += 1
            made = [
                Post(account=account, number=self._number, idx=idx, draft=draft, at=at, changed_at=at)
                for idx, draft in enumerate(drafts, start=1)
            ]
            self._posts[account] += made
        for tell in self.told:
            tell(made)
        return made

    def edit(self, post: Post) -> None:
        """Let its author correct it."""
        with self.lock:
            post.edits, post.changed_at = post.edits + 1, self.clock()

    def take_away(self, post: Post, standing: Standing = Standing.DELETED) -> None:
        """Let its author or the platform remove it."""
        with self.lock:
            post.standing, post.changed_at = standing, self.clock()

    def posts(self, account: str, *, until: datetime | None = None) -> list[Post]:
        """Return what an account has published, the newest first; until: no later than that."""
        with self.lock:
            found = list(self._posts.get(account, ()))
        return [post for post in reversed(found) if until is None or post.at <= until]

    def post(self, account: str, id: str) -> Post | None:
        """Return one post by `number_idx`."""
        return next((post for post in self.posts(account) if post.id == id), None)

    def count(self, account: str, call: str) -> int:
        """Count a call, and say how many of it there were today."""
        key = (account, call, self.today())
        with self.lock:
            self.calls[key] += 1
            return self.calls[key]

    def today(self) -> date:
        """The day in Beijing."""
        return self.clock().astimezone(BEIJING).date()
