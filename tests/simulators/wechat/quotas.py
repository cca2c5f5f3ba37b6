"""How often an account's call may be made a day, and the call that begins the day anew."""

from collections import Counter
from datetime import date

from tests.simulators.wechat.refusals import Refusal
from tests.simulators.world.faults import Fault
from tests.simulators.world.world import World

A_DAY = {
    "stable_token": 2000,
    "batchget": 100,
    "getarticle": 100,
    "get": 100,
    "getarticletotaldetail": 100,
    "getcallbackip": 1000,
}
CLEARS_A_MONTH = 10


class Quotas:
    """Counts the calls of accounts; a component's calls are the account's."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._cleared: Counter[tuple[str, str, date]] = Counter()
        self._clears: Counter[tuple[str, int, int]] = Counter()

    def take(self, account: str, call: str) -> None:
        """Count a call. Raises Refusal 45009 where it is one too many."""
        made = self.world.count(account, call)
        day = self.world.today()
        is_full = made - self._cleared[account, call, day] > A_DAY[call]
        if is_full or self.world.faults.met(Fault.QUOTA_SPENT, account):
            raise Refusal(45009)

    def clear(self, account: str) -> None:
        """Begin the account's day anew. Raises Refusal 48006 where it did so ten times this month."""
        day = self.world.today()
        self._clears[account, day.year, day.month] += 1
        is_full = self._clears[account, day.year, day.month] > CLEARS_A_MONTH
        if self.world.faults.met(Fault.CLEAR_SPENT, account) or is_full:
            raise Refusal(48006)
        for call in A_DAY:
            self._cleared[account, call, day] = self.world.calls[account, call, day]
