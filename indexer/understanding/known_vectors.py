"""The vectors of a deployment, kept in the process from one batch to the next: a batch reads only what came since."""

from threading import Lock
from weakref import WeakKeyDictionary

from indexer.records import understood
from indexer.records.database import Database
from indexer.understanding.duplicates.candidates import LEAST_COSINE, Known
from indexer.understanding.embeddings.port import Embedder

NOTHING_READ = -1


class KnownVectors:
    """What `Known` holds of each database, by one embedder: 4 bytes a dimension and item, 30 MB at 20,000 items.

    A vector that another process writes is known from the next batch on; one that it takes away stays, which costs a
    comparison and decides nothing: whether two texts are one piece is read from the texts.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._held: WeakKeyDictionary[Database, tuple[Known, int]] = WeakKeyDictionary()
        self._lock = Lock()

    def up_to_date(self, database: Database) -> Known:
        """Return the vectors as the records hold them now. One thread at a time uses them."""
        with self._lock:
            known, read_to = self._held.get(database) or (self._nothing(), NOTHING_READ)
            with database.reading() as tx:
                newer = understood.vectors(tx, self._embedder.name, after=read_to)
            known.add_all((item, vector) for _, item, vector in newer)
            self._held[database] = known, newer[-1][0] if newer else read_to
            return known

    def _nothing(self) -> Known:
        embedder = self._embedder
        return Known(dimensions=embedder.dimensions, least=embedder.scale.cosine(LEAST_COSINE))
