"""Which of the copies of one piece is the original."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from indexer.items import ItemId


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One public copy. published: as its source says, None where it does not; collected: when we first read it."""

    item: ItemId
    credits_another: bool
    published: datetime | None
    collected: datetime


def by_originality(copies: Iterable[Copy]) -> list[Copy]:
    """Return the copies, the original first. Pure, and the same in whatever order they come.

    The original credits no other source; of several, or where all credit one, it is the earliest published, then the
    earliest collected, then that of the lowest id. Without a date the time of collection counts: it came out by then.
    """
    return sorted(copies, key=_key)


def _key(copy: Copy) -> tuple[bool, datetime, datetime, ItemId]:
    return copy.credits_another, copy.published or copy.collected, copy.collected, copy.item
