"""How many calls of an account were made today: none beyond what its way or its source allows."""

from datetime import datetime

from indexer.base.times import BEIJING
from indexer.records import platform_calls
from indexer.records.database import Transaction


def account_caller(account: str) -> str:
    """Return whose calls they are: the account's, whichever channel or component asks."""
    return f"account {account}"


def count(tx: Transaction, caller: str, call: str, *, most: int, now: datetime) -> bool:
    """Count a call that is about to be made; False, and nothing is counted, where `most` were made this day."""
    return platform_calls.count_call(tx, caller=caller, call=call, day=now.astimezone(BEIJING).date(), most=most)


def spend(tx: Transaction, caller: str, call: str, *, most: int, now: datetime) -> None:
    """Count all calls of the day as made: the platform says that they are, by us or by others."""
    platform_calls.spend(tx, caller=caller, call=call, day=now.astimezone(BEIJING).date(), most=most)
