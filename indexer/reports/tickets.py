"""Readers' reports on public items: the frozen records, and the ticket numbers by which they are looked up."""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from indexer.base.ids import ItemId

ReportId = NewType("ReportId", str)
Ticket = NewType("Ticket", str)

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
TICKET_CHARS = 10  # 50 random bits
MISREAD = str.maketrans("oil", "011")  # Crockford: letters that his alphabet leaves out, as people read them
SEPARATORS = "-‐‑‒–—－ \t\r\n"


class ReportKind(StrEnum):
    """What a reader says is wrong with an item."""

    MISTAKE = "mistake"
    RIGHTS = "rights"
    PERSONAL = "personal"
    HARMFUL = "harmful"
    ADVERTISEMENT = "advertisement"
    OTHER = "other"


class ReportState(StrEnum):
    """How far a report has come; it only moves forward."""

    RECEIVED = "received"
    SEEN = "seen"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a reader wrote of one public version. words: for the editors alone. contact: empty once it is resolved."""

    id: ReportId
    ticket: Ticket
    item: ItemId
    version: int
    kind: ReportKind
    words: str
    contact: str
    at: datetime
    state: ReportState = ReportState.RECEIVED


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportStep:
    """One step of a report; append-only. answer: in words that whoever holds the ticket can read."""

    report: ReportId
    before: ReportState
    after: ReportState
    who: str
    answer: str
    at: datetime


def new_ticket() -> Ticket:
    """Return ten characters that nobody can guess and anyone can read out (50 random bits, Crockford's base 32)."""
    return Ticket("".join(secrets.choice(ALPHABET) for _ in range(TICKET_CHARS)))


def read_ticket(text: str) -> Ticket | None:
    """Return the ticket that somebody typed, in any case and width, with or without dashes; None if it is none."""
    plain = unicodedata.normalize("NFKC", text[: TICKET_CHARS * 4]).lower()
    plain = "".join(char for char in plain if char not in SEPARATORS).translate(MISREAD)
    is_one = len(plain) == TICKET_CHARS and all(char in ALPHABET for char in plain)
    return Ticket(plain) if is_one else None


def shown_ticket(ticket: Ticket) -> str:
    """Return the ticket as people copy it: capitals, in two halves."""
    half = TICKET_CHARS // 2
    return f"{ticket[:half]}-{ticket[half:]}".upper()
