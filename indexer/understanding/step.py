"""The step that understands what was collected."""

from functools import partial

from config.settings import Settings
from indexer.base.actors import COLLECTOR
from indexer.base.times import now
from indexer.records.database import Database
from indexer.understanding.backgrounds import ground_number, ground_of, renew_ground
from indexer.understanding.by_examples import opened_meaning
from indexer.understanding.embeddings.factory import embedder_name
from indexer.understanding.in_force import RulesInForce
from indexer.understanding.learning.live import live_number
from indexer.understanding.learning.speaking import prepare_live, recipe_of_live
from indexer.understanding.prepared import Understanding, with_policy
from indexer.understanding.recipe import Recipe
from indexer.understanding.switches import note_replay
from indexer.understanding.understand import is_waiting, understand_waiting
from indexer.work.steps import new_holder

BATCH = 16  # some seconds of the model: a runner that is stopped waits for it, and others get their share


class Understand:
    """Tags, findings and cluster of every version that waits for them, or has them by another recipe.

    The files are read with the first look, the model is loaded with the first version. Rules that change meanwhile, in
    the file or by a switch, are in force with the next look, after they were replayed. So is another background, which
    is made after a batch where the catalogue has grown enough, here or by another process.
    """

    name, every, batch = "understand", 1.0, 1

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings, self._database = settings, database
        self._rules = RulesInForce(settings, database)
        self._recipe: Recipe | None = None
        self._live: int | None = None
        self._embedder, self._ground = "", 0
        self._understanding: Understanding | None = None

    def waits(self) -> bool:
        live, is_changed = live_number(self._database), self._rules.is_changed()
        self._embedder = self._embedder or embedder_name(self._settings)
        ground = ground_number(self._database, self._embedder)
        if live != self._live:  # another version of the tagger speaks from now on
            self._live, self._understanding = live, None
            self._recipe = None
        if ground != self._ground:  # items are related by another background from now on
            self._ground, self._recipe = ground, None
        if is_changed or self._recipe is None:
            self._renew()
        return self._recipe is not None and is_waiting(self._database, self._recipe)

    def _renew(self) -> None:
        policy = self._rules.policy
        assert policy is not None, "it was looked at"  # noqa: S101 - for the type
        by_model = partial(opened_meaning, settings=self._settings)
        note_replay(self._database, policy, by=COLLECTOR, now=now(), meaning_of=by_model)
        self._recipe = recipe_of_live(self._settings, self._database, policy)
        if self._understanding is not None:
            ground = ground_of(self._database, self._embedder)
            self._understanding = with_policy(self._understanding, policy, self._settings, read_at=now(), ground=ground)

    def do(self) -> int:
        self._understanding = self._understanding or prepare_live(self._settings, self._database, self._rules.policy)
        done = understand_waiting(self._database, self._understanding, now=now(), limit=BATCH, holder=new_holder())
        renew_ground(self._database, self._embedder, now=now())
        return done


def make(settings: Settings, database: Database) -> Understand:
    """Return the step."""
    return Understand(settings, database)
