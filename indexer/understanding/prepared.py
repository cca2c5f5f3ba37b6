"""All that understanding needs of a deployment, made ready once a process."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from config.policy import Policy, live, load_policy
from config.settings import Settings
from config.taxonomy import Taxonomy, load_taxonomy
from indexer.base.times import now
from indexer.records import likenesses, related
from indexer.understanding.backgrounds import BARE, Ground
from indexer.understanding.by_examples import meaning_of
from indexer.understanding.duplicates.sketches import FORM
from indexer.understanding.embeddings.factory import embedder_name, open_embedder
from indexer.understanding.embeddings.port import Embedder
from indexer.understanding.kept_sketches import KeptSketches
from indexer.understanding.policies.check import Check, make_ready
from indexer.understanding.recipe import Recipe, recipe_of
from indexer.understanding.related.leads import FORM as LEADS_FORM
from indexer.understanding.remembered import Remembered
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
    learned: str = ""  # digest of the version of the tagger that is live, empty where what ships speaks
    known: KeptSketches = field(default_factory=lambda: KeptSketches(likenesses.sketches, FORM))
    known_leads: KeptSketches = field(default_factory=lambda: KeptSketches(related.words, LEADS_FORM))
    ground: Ground = BARE
    remembered: Remembered = field(default_factory=Remembered)


def load_recipe(
    settings: Settings, policy: Policy | None = None, *, learned: str = "", ground: Ground = BARE
) -> Recipe:
    """Return the recipe that `prepare` would use, without the model in memory.

    policy: the rules in force; by default those of the file that are no draft. learned: digest of the version of the
    tagger that is live. ground: what items are related by. Raises ConfigRefused, ModelMissing,
    TaggerBroken.
    """
    taxonomy, policy = load_taxonomy(settings.taxonomy_file), policy or live(load_policy(settings.policy_file), {})
    by = policy, taxonomy, embedder_name(settings)
    return recipe_of(*by, read_at=now(), learned=learned, ground=ground.digest)


def prepare(
    settings: Settings, policy: Policy | None = None, *, learned: str = "", ground: Ground = BARE
) -> Understanding:
    """Load taxonomy, policy, embedder and tagger; where none that fits is kept, one is made, which takes minutes, once.

    policy, learned, ground: as of `load_recipe`. Raises ConfigRefused, ModelMissing, TaggerBroken.
    """
    read_at = now()
    taxonomy, policy = load_taxonomy(settings.taxonomy_file), policy or live(load_policy(settings.policy_file), {})
    embedder = open_embedder(settings)
    return Understanding(
        embedder=embedder,
        taxonomy=taxonomy,
        tagger=open_tagger(taxonomy, embedder, folder=settings.data_folder / TAGGERS),
        whereabouts=Reader(taxonomy.districts),
        checks=checks_of(policy, embedder, settings),
        recipe=recipe_of(policy, taxonomy, embedder.name, read_at=read_at, learned=learned, ground=ground.digest),
        learned=learned,
        ground=ground,
    )


def checks_of(policy: Policy, embedder: Embedder, settings: Settings) -> tuple[Check, ...]:
    """Return the checks of these rules; the examples of `like` rules are embedded, or read back."""
    return make_ready(policy, meaning_of(policy, embedder, settings))


def with_policy(
    known: Understanding, policy: Policy, settings: Settings, *, read_at: datetime, ground: Ground
) -> Understanding:
    """Return the same with other rules and another ground: model, taggers and sketches stay in memory."""
    by = known.taxonomy, known.embedder.name
    recipe = recipe_of(policy, *by, read_at=read_at, learned=known.learned, ground=ground.digest)
    return replace(known, checks=checks_of(policy, known.embedder, settings), recipe=recipe, ground=ground)
