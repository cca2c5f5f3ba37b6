"""Live streams begin and end by the clock alone, and no decision tells of it: whoever publishes looks for them."""

from datetime import datetime, timedelta

from indexer.base.ids import ItemId
from indexer.records import outbox
from indexer.records.database import Transaction
from indexer.records.derived import live_between

EVERY = timedelta(seconds=1)
BACK = timedelta(days=7)  # how long nobody may have published, and what ended meanwhile is noticed still


class LiveWatch:
    """Notes in the outbox which items have begun or ended to be live since the look before."""

    def __init__(self) -> None:
        self._live: frozenset[ItemId] | None = None
        self._looked: datetime | None = None
        self._changed: frozenset[ItemId] = frozenset()

    def changes(self, tx: Transaction, now: datetime) -> bool:
        """Look, at most once a second, and tell whether there is something to note. What a first look finds counts."""
        if self._looked is None or abs(now - self._looked) >= EVERY:
            live = live_between(tx, now, now)
            before = frozenset[ItemId]() if self._live is None else self._live
            recent = live_between(tx, now - BACK, now) if self._live is None else frozenset()
            self._changed |= (live ^ before) | recent
            self._live, self._looked = live, now
        return self.is_changed

    @property
    def is_changed(self) -> bool:
        """Tell whether something that was seen is not noted yet."""
        return bool(self._changed)

    def note(self, tx: Transaction, now: datetime) -> None:
        """Note what changed; the caller commits, and calls `noted` afterwards."""
        outbox.add(tx, sorted(self._changed), at=now)

    def noted(self) -> None:
        """What changed stands in the outbox."""
        self._changed = frozenset()
