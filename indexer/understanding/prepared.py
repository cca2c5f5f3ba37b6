"""All that understanding needs of a deployment, made ready once a process."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from config.policy import load_policy
from config.settings import Settings
from config.taxonomy import Category, Taxonomy, load_taxonomy
from indexer.base.times import now
from indexer.records import likenesses, related
from indexer.understanding.duplicates.sketches import FORM
from indexer.understanding.embeddings.cache import kept_passages
from indexer.understanding.embeddings.factory import embedder_name, open_embedder
from indexer.understanding.embeddings.port import Embedder
from indexer.understanding.kept_sketches import KeptSketches
from indexer.understanding.policies.check import Check, make_ready
from indexer.understanding.recipe import Recipe, recipe_of
from indexer.understanding.related.leads import FORM as LEADS_FORM
from indexer.understanding.relating import KeptBackground
from indexer.understanding.results import Facet
from indexer.understanding.tags.categories import Tagger
from indexer.understanding.tags.forms import FormTagger
from indexer.understanding.tags.meaning import prototype_texts

PROTOTYPES = "prototypes"  # folder of their vectors, in the data folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """All that understanding needs of a deployment, made ready once a process."""

    embedder: Embedder
    taxonomy: Taxonomy
    topics: Tagger
    audiences: Tagger
    actions: Tagger
    forms: FormTagger
    checks: tuple[Check, ...]
    recipe: Recipe
    known: KeptSketches = field(init=False, default_factory=lambda: KeptSketches(likenesses.sketches, FORM))
    known_leads: KeptSketches = field(init=False, default_factory=lambda: KeptSketches(related.words, LEADS_FORM))
    background: KeptBackground = field(init=False, default_factory=KeptBackground)


def load_recipe(settings: Settings) -> Recipe:
    """Return the recipe that `prepare` would use, without the model in memory. Raises ConfigRefused, ModelMissing."""
    taxonomy, policy = load_taxonomy(settings.taxonomy_file), load_policy(settings.policy_file)
    return recipe_of(policy, taxonomy, embedder_name(settings), read_at=now())


def prepare(settings: Settings) -> Understanding:
    """Load taxonomy, policy and embedder; embed the prototypes, or read them back.

    Raises ConfigRefused, ModelMissing.
    """
    read_at = now()
    taxonomy, policy = load_taxonomy(settings.taxonomy_file), load_policy(settings.policy_file)
    embedder = open_embedder(settings)

    def tagger(facet: Facet, categories: Sequence[Category], *, needs_keyword: bool) -> Tagger:
        vectors = kept_passages(embedder, prototype_texts(categories), folder=settings.data_folder / PROTOTYPES)
        return Tagger(facet, categories, vectors, needs_keyword=needs_keyword, scale=embedder.scale)

    return Understanding(
        embedder=embedder,
        taxonomy=taxonomy,
        topics=tagger(Facet.TOPIC, taxonomy.topics, needs_keyword=False),
        audiences=tagger(Facet.AUDIENCE, taxonomy.audiences, needs_keyword=True),
        actions=tagger(Facet.ACTION, taxonomy.actions, needs_keyword=True),
        forms=FormTagger(taxonomy.forms),
        checks=make_ready(policy),
        recipe=recipe_of(policy, taxonomy, embedder.name, read_at=read_at),
    )
