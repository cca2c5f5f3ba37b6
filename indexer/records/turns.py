"""Locks by subject: one transaction at a time, where a decision rests on rows that another one could add meanwhile."""

import zlib
from enum import StrEnum

from sqlalchemy import func, select

from indexer.records.database import Transaction

OURS = 0x43415256  # the first half of the number of a lock: PostgreSQL's users may take others


class Turn(StrEnum):
    """What is taken in turns. Who needs several, or rows too, takes them in this order; rows after CLUSTERS."""

    WHITELIST = "whitelist"
    ACCOUNTS = "accounts"  # passwords, sessions, wrong passwords
    PUSHES = "pushes"  # how many wait
    CLUSTERS = "clusters"
    REFUSALS = "refusals"
    RULES = "rules"
    ALARMS = "alarms"  # of channels
    DECISIONS = "decisions"  # so that their numbers grow in the order in which they are seen


def take_turn(tx: Transaction, turn: Turn) -> None:
    """Wait for the others that took this turn, and keep it to the end of the transaction.

    On SQLite a transaction that writes has all the turns from its start.
    """
    if tx.is_on_postgresql:
        number = zlib.crc32(turn.encode()) - 2**31  # into the range of a signed integer
        tx.first(select(func.pg_advisory_xact_lock(OURS, number)))
