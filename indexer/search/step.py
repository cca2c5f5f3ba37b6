"""The step that publishes: outbox → index."""

import structlog

from config.settings import Settings
from indexer.base.times import now
from indexer.records import outbox
from indexer.records.database import Database
from indexer.search.factory import look_at_engine, open_index
from indexer.search.live import LiveWatch
from indexer.search.port import IndexDown, SearchIndex
from indexer.search.publish import publish
from indexer.work.steps import new_holder

log = structlog.get_logger()


class Publish:
    """A decision is public a moment after it was made: looked at ten times a second."""

    name, every, batch = "publish", 0.1, 1

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings, self._database = settings, database
        self._index: SearchIndex | None = None
        self._live = LiveWatch()
        self._has_looked = False

    def waits(self) -> bool:
        if not self._has_looked:
            self._has_looked = True
            self._look()
        with self._database.reading() as tx:
            return self._live.changes(tx, now()) or bool(outbox.waiting(tx, limit=1))

    def do(self) -> int:
        if self._live.is_changed:
            with self._database.transaction() as tx:
                self._live.note(tx, now())
            self._live.noted()
        self._index = self._index or open_index(self._settings)
        return publish(self._database, self._index, now=now(), holder=new_holder())

    def _look(self) -> None:
        """At the start: an operator is told of an engine that is away or too old before there is anything to write."""
        try:
            look_at_engine(self._settings)
        except IndexDown as down:
            log.warning("index_down", error=str(down))


def make(settings: Settings, database: Database) -> Publish:
    """Return the step."""
    return Publish(settings, database)
