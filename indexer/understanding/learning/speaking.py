"""What understanding needs of a deployment: the version of the tagger that is live, the rules in force, the ground."""

from dataclasses import dataclass, replace

import structlog

from config.policy import Policy
from config.settings import Settings
from config.taxonomy import load_taxonomy
from indexer.records.database import Database
from indexer.understanding.backgrounds import ground_of
from indexer.understanding.embeddings.factory import embedder_name
from indexer.understanding.in_force import rules_in_force
from indexer.understanding.learning.live import LiveVersion, live_version
from indexer.understanding.learning.school import open_stored
from indexer.understanding.prepared import Understanding, load_recipe, prepare
from indexer.understanding.recipe import Recipe
from indexer.understanding.tags.port import Tagger
from indexer.understanding.tags.stored import TaggerBroken

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Speaking:
    """The version that is live, opened. digest: what the recipe knows it by."""

    tagger: Tagger
    digest: str


def speaking(settings: Settings, database: Database, *, embedder: str = "") -> Speaking | None:
    """Return the live version, None where what ships speaks; a version that cannot be used is named in the log.

    embedder: whose vectors it takes, by default the one of the settings. Raises ModelMissing.
    """
    live = live_version(database, embedder=embedder or embedder_name(settings))
    return _opened(live, settings) if live else None


def _opened(live: LiveVersion, settings: Settings) -> Speaking | None:
    try:
        return Speaking(open_stored(live, load_taxonomy(settings.taxonomy_file)), live.digest)
    except TaggerBroken as error:
        log.warning("tagger_version_damaged", version=live.number, error=str(error)[:300], do="carnival tags rollback")
        return None


def recipe_of_live(settings: Settings, database: Database, policy: Policy | None = None) -> Recipe:
    """Return the recipe that `prepare_live` would use, without the model in memory. Raises as it.

    policy: the rules in force, where they were read already.
    """
    found, policy = speaking(settings, database), policy or rules_in_force(settings, database)
    ground = ground_of(database, embedder_name(settings))
    return load_recipe(settings, policy, learned=found.digest if found else "", ground=ground)


def prepare_live(settings: Settings, database: Database, policy: Policy | None = None) -> Understanding:
    """Make ready as `prepare` does, with the live version in place of the tagger that ships. Raises as `prepare`.

    policy: the rules in force, where they were read already.
    """
    found, policy = speaking(settings, database), policy or rules_in_force(settings, database)
    ground = ground_of(database, embedder_name(settings))
    if found is None:
        return prepare(settings, policy, ground=ground)
    return replace(prepare(settings, policy, learned=found.digest, ground=ground), tagger=found.tagger)
