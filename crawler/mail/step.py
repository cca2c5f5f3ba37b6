"""The step that writes the letters on the health of channels once a day, and sends them where a mail server is set."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import structlog

from config.settings import Settings
from crawler.mail import posting
from crawler.mail.collecting import letters_of, mark_told
from indexer.base.times import BEIJING, now
from indexer.health.digest import Letter
from indexer.records import heartbeats
from indexer.records.database import Database

MORNING = time(8)  # in Beijing
DIGEST = "digest"  # the name under which the records hold when the last letters were written

log = structlog.get_logger()


class Digest:
    """Once a day, by whichever process comes first."""

    name, every, batch = DIGEST, 60.0, 1

    def __init__(self, settings: Settings, database: Database, *, clock: Callable[[], datetime] = now) -> None:
        self._settings, self._database, self._clock = settings, database, clock

    def waits(self) -> bool:
        """Whether the letters of today, or of yesterday before the hour, were not written yet."""
        with self._database.reading() as tx:
            last = heartbeats.last_beat(tx, DIGEST)
        return last is None or last < self._due()

    def do(self) -> int:
        """Write them; return how many: 0 where another one does."""
        moment = self._clock()
        with self._database.transaction() as tx:
            if not heartbeats.claim(tx, DIGEST, at=moment, before=self._due()):
                return 0
        written = letters_of(self._database, self._settings, now=moment)
        day = moment.astimezone(BEIJING).date()
        posting.write(written, self._settings, posting.day_folder(self._settings, day), at=moment)
        posting.forget_old(self._settings, day)
        self._send(written, at=moment)
        mark_told(self._database, written, at=moment)
        return len(written)

    def _send(self, written: list[Letter], *, at: datetime) -> None:
        """Once: whoever reads the log sends what was not taken by `carnival digest --mail`."""
        if not self._settings.smtp_host:
            return
        try:
            sent = posting.send(written, self._settings, at=at)
        except posting.MailFailed as failed:
            log.error("digest_not_sent", why=str(failed))  # noqa: TRY400 - its text is the whole cause
            return
        log.info("digest_sent", letters=sent)

    def _due(self) -> datetime:
        """The latest time at which letters were due."""
        here = self._clock().astimezone(BEIJING)
        today = datetime.combine(here.date(), MORNING, BEIJING)
        return today if here >= today else today - timedelta(days=1)


def make(settings: Settings, database: Database) -> Digest:
    """Return the step."""
    return Digest(settings, database)
