"""What many search for: counted by words of the catalogue and by day, and suggested to others. No person is tracked.

Kept are words that the public site itself holds, how often they were searched for on a day, and nothing else: what
somebody types that stands nowhere on the site (a name, a number) is not even counted. After 30 days counts are deleted.
"""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from time import monotonic

import structlog

from indexer.base.times import BEIJING, now
from indexer.records import searched
from indexer.records.database import Database, Transaction
from indexer.records.errors import RecordsDown
from indexer.records.searched import WORDS_CHARS

LEAST_TIMES, DAYS, MOST = 5, 30, 50
PAUSE = timedelta(minutes=1)  # between two writings of one process: a page of results waits for none
MOST_NOTED = 1000  # different words between two writings
THREAD = "popular"
log = structlog.get_logger()


class Tally:
    """Counts the searches of one process; any number of threads may note. What is not written when it ends is lost."""

    def __init__(self, database: Database, is_public: Callable[[str], bool]) -> None:
        """is_public: tells whether the public site holds words; asked when they are written, beside the pages."""
        self._database, self._is_public, self._lock = database, is_public, threading.Lock()
        self._times: Counter[str] = Counter()
        self._written_at = monotonic()

    def note(self, words: str) -> None:
        """Count a search; one for longer words than WORDS_CHARS is none of many."""
        with self._lock:
            if len(words) <= WORDS_CHARS and (words in self._times or len(self._times) < MOST_NOTED):
                self._times[words] += 1
            is_due = bool(self._times) and monotonic() - self._written_at > PAUSE.total_seconds()
            if is_due:
                self._written_at = monotonic()
        if is_due:
            threading.Thread(target=self.write, args=(now(),), name=THREAD, daemon=True).start()

    def write(self, moment: datetime) -> None:
        """Add what was noted to the counts of the day, and delete those of long ago. Where that fails, it is lost.

        What the public site does not hold is dropped.
        """
        with self._lock:
            noted, self._times = self._times, Counter()
        today = moment.astimezone(BEIJING).date()
        try:
            times = {words: count for words, count in noted.items() if self._is_public(words)}
            with self._database.transaction() as tx:
                searched.add(tx, today, times)
                searched.forget(tx, before=first_day(today))
        except RecordsDown as error:
            log.warning("searches_not_counted", why=str(error))


def first_day(today: date) -> date:
    """Return the first day that counts still."""
    return today - timedelta(days=DAYS - 1)


def popular(tx: Transaction, today: date) -> list[str]:
    """Return what was searched for most in the last days, the most often first."""
    return searched.most_searched(tx, since=first_day(today), least=LEAST_TIMES, limit=MOST)
