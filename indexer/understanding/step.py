"""The step that understands what was collected."""

from config.settings import Settings
from indexer.base.times import now
from indexer.records.database import Database
from indexer.understanding.prepared import Understanding, load_recipe, prepare
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
        self._understanding: Understanding | None = None

    def waits(self) -> bool:
        self._recipe = self._recipe or load_recipe(self._settings)
        return is_waiting(self._database, self._recipe)

    def do(self) -> int:
        self._understanding = self._understanding or prepare(self._settings)
        return understand_waiting(self._database, self._understanding, now=now(), limit=BATCH, holder=new_holder())


def make(settings: Settings, database: Database) -> Understand:
    """Return the step."""
    return Understand(settings, database)
