"""All that understanding needs of a deployment, made ready once a process."""

from dataclasses import dataclass, field

from config.policy import load_policy
from config.settings import Settings
from config.taxonomy import Taxonomy, load_taxonomy
from indexer.base.times import now
from indexer.understanding.embeddings.factory import embedder_name, open_embedder
from indexer.understanding.embeddings.port import Embedder
from indexer.understanding.kept_sketches import KeptSketches
from indexer.understanding.policies.check import Check, make_ready
from indexer.understanding.recipe import Recipe, recipe_of
from indexer.understanding.tags.opening import open_tagger
from indexer.understanding.tags.port import Tagger
from indexer.understanding.whereabouts.reading import Reader

TAGGERS = "taggers"  # folder in the data folder: of what is fitted here, and of the vectors it is fitted to


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """All that understanding needs of a deployment, made ready once a process."""

    embedder: Embedder
    taxonomy: Taxonomy
    tagger: Tagger
    whereabouts: Reader
    checks: tuple[Check, ...]
    recipe: Recipe
    known: KeptSketches = field(init=False, default_factory=KeptSketches)


def load_recipe(settings: Settings, *, learned: str = "") -> Recipe:
    """Return the recipe that `prepare` would use, without the model in memory.

    Raises ConfigRefused, ModelMissing, TaggerBroken.
    """
    taxonomy, policy = load_taxonomy(settings.taxonomy_file), load_policy(settings.policy_file)
    return recipe_of(policy, taxonomy, embedder_name(settings), read_at=now(), learned=learned)


def prepare(settings: Settings, *, learned: str = "") -> Understanding:
    """Load taxonomy, policy, embedder and tagger; where none that fits is kept, one is made, which takes minutes, once.

    Raises ConfigRefused, ModelMissing, TaggerBroken.
    """
    read_at = now()
    taxonomy, policy = load_taxonomy(settings.taxonomy_file), load_policy(settings.policy_file)
    embedder = open_embedder(settings)
    return Understanding(
        embedder=embedder,
        taxonomy=taxonomy,
        tagger=open_tagger(taxonomy, embedder, folder=settings.data_folder / TAGGERS),
        whereabouts=Reader(taxonomy.districts),
        checks=make_ready(policy),
        recipe=recipe_of(policy, taxonomy, embedder.name, read_at=read_at, learned=learned),
    )
