"""Hosts that do not answer are left alone for a while, so that their pictures hold up those of no other host."""

import threading
from collections import Counter
from datetime import datetime, timedelta

SILENT_IN_A_ROW, SILENCE = 2, timedelta(minutes=10)  # so often without an answer, then left alone for so long


class Silences:
    """What one step heard of its hosts, batch after batch; its threads may say and ask at once."""

    def __init__(self) -> None:
        self._in_a_row: Counter[str] = Counter()
        self._ends: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def end(self, host: str, *, now: datetime) -> datetime | None:
        """Return until when a host is to be left alone; None where it may be asked."""
        with self._lock:
            end = self._ends.get(host)
            if end is not None and end <= now:
                del self._ends[host]
                return None
            return end

    def note(self, host: str, *, is_silent: bool, now: datetime) -> None:
        """Note whether a host that was asked answered, be it by a refusal."""
        with self._lock:
            if not is_silent:
                self._in_a_row.pop(host, None)
                return
            self._in_a_row[host] += 1
            if self._in_a_row[host] >= SILENT_IN_A_ROW:
                del self._in_a_row[host]
                self._ends[host] = now + SILENCE
