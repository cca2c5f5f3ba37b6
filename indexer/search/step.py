"""The step that publishes: outbox → index."""

from config.settings import Settings
from indexer.base.times import now
from indexer.records import outbox
from indexer.records.database import Database
from indexer.search.factory import open_index
from indexer.search.port import SearchIndex
from indexer.search.publish import publish
from indexer.work.steps import new_holder


class Publish:
    """A decision is public a moment after it was made: looked at ten times a second."""

    name, every = "publish", 0.1

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings, self._database = settings, database
        self._index: SearchIndex | None = None

    def waits(self) -> bool:
        with self._database.reading() as tx:
            return bool(outbox.waiting(tx, limit=1))

    def do(self) -> int:
        self._index = self._index or open_index(self._settings)
        return publish(self._database, self._index, now=now(), holder=new_holder())


def make(settings: Settings, database: Database) -> Publish:
    """Return the step."""
    return Publish(settings, database)
