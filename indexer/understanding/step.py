"""The step that understands what was collected."""

from config.settings import Settings
from indexer.base.times import now
from indexer.records.database import Database
from indexer.understanding.learning.live import live_number
from indexer.understanding.learning.speaking import prepare_live, recipe_of_live
from indexer.understanding.prepared import Understanding
from indexer.understanding.recipe import Recipe
from indexer.understanding.understand import is_waiting, understand_waiting
from indexer.work.steps import new_holder

BATCH = 16  # some seconds of the model: a runner that is stopped waits for it, and others get their share


class Understand:
    """Tags, findings and cluster of every version that waits for them, or has them by another recipe.

    The files are read with the first look, the model is loaded with the first version.
    """

    name, every = "understand", 1.0

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings, self._database = settings, database
        self._recipe: Recipe | None = None
        self._live: int | None = None
        self._understanding: Understanding | None = None

    def waits(self) -> bool:
        live = live_number(self._database)
        if self._recipe is None or live != self._live:  # another version of the tagger speaks from now on
            self._live, self._understanding = live, None
            self._recipe = recipe_of_live(self._settings, self._database)
        return is_waiting(self._database, self._recipe)

    def do(self) -> int:
        self._understanding = self._understanding or prepare_live(self._settings, self._database)
        return understand_waiting(self._database, self._understanding, now=now(), limit=BATCH, holder=new_holder())


def make(settings: Settings, database: Database) -> Understand:
    """Return the step."""
    return Understand(settings, database)
