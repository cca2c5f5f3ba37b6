"""Calls that a platform counts: counted before they are made, and what is left to be asked after one is refused."""

from collections import deque
from collections.abc import Iterable, Mapping
from datetime import datetime

from crawler.exchange import Ask
from crawler.reading.failures import Unanswered
from indexer.base.ids import ChannelId
from indexer.base.times import BEIJING
from indexer.catalogue.platform_words import PlatformCase
from indexer.catalogue.troubles import CASE, RefusalReason, Trouble
from indexer.connections.records import CREDENTIAL
from indexer.records import platform_calls
from indexer.records.database import Database

OF_ONE_PIECE = frozenset({PlatformCase.CALL_WRONG, PlatformCase.UNKNOWN_CODE})  # others are of the whole account


class QuotaSpent(Exception):
    """A call that is not made today: as many were made as its source says; the text says so to the unit."""

    def __init__(self, call: str, most: int) -> None:
        facts = {CASE: PlatformCase.QUOTA_SPENT.value, "call": call, "code": str(most)}
        self.trouble = Trouble(reason=RefusalReason.PLATFORM, facts=facts)
        super().__init__(f"今天对平台的 {call} 调用已满 {most} 次。不用处理：余下的明天自动继续")


def count_call(database: Database, ask: Ask, channel: ChannelId, *, quotas: Mapping[str, int], now: datetime) -> None:
    """Count a call that has a quota. Raises QuotaSpent where it may not be made today any more.

    Those of a connection are counted on its account by whoever opens it (crawler/platforms/calling.py).
    """
    if not ask.call or ask.credential.startswith(CREDENTIAL):
        return
    most = quotas[ask.call]
    caller = f"credential {ask.credential}" if ask.credential else f"channel {channel}"
    day = now.astimezone(BEIJING).date()
    with database.transaction() as tx:
        if not platform_calls.count_call(tx, caller=caller, call=ask.call, day=day, most=most):
            raise QuotaSpent(ask.call, most)


def is_of_account(trouble: Unanswered) -> bool:
    """Tell whether a platform refused for a reason that holds for whatever else the account is asked for."""
    found = trouble.trouble
    return found.reason is RefusalReason.PLATFORM and found.case not in OF_ONE_PIECE


def is_spent(trouble: Unanswered) -> bool:
    """Tell whether the day's calls are used up: no failure, the rest comes tomorrow."""
    return is_of_account(trouble) and trouble.trouble.case == PlatformCase.QUOTA_SPENT


def worth_asking(waiting: Iterable[Ask], refused: Ask, *, is_spent: bool) -> deque[Ask]:
    """Return what is still asked for after an account was refused: other calls where only its quota is spent."""
    if is_spent:
        return deque(ask for ask in waiting if ask.call != refused.call)
    return deque(ask for ask in waiting if ask.credential != refused.credential)
