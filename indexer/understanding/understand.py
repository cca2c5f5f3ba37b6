"""What machines say of a version: embed → tags → cluster → findings, in this order, for waiting items or for all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

import numpy as np
import structlog
from numpy.typing import NDArray

from indexer.base.ids import ItemId, new_id
from indexer.catalogue.items import Version
from indexer.records import likenesses, outbox, related, to_understand, understood
from indexer.records.database import Database
from indexer.records.retries import again_if_contended
from indexer.understanding.duplicates.pairs import Pair
from indexer.understanding.duplicates.pieces import Piece
from indexer.understanding.duplicates.postings import KnownSketches
from indexer.understanding.duplicates.sketches import FORM, Sketch
from indexer.understanding.embeddings.port import Vectors
from indexer.understanding.embeddings.wording import passage_of
from indexer.understanding.grouping import grouped, meet_others, pairs_of, pieces_of, same_as
from indexer.understanding.prepared import Understanding
from indexer.understanding.recipe import Recipe, Work, work_left
from indexer.understanding.related.leads import FORM as LEADS_FORM
from indexer.understanding.renewing import Page, Told, VectorOf, renew_page, told_of
from indexer.understanding.results import Finding, Tag
from indexer.understanding.sayings import sayings_of

BATCH = 50

WHOLE = frozenset({Work.VECTOR, Work.CLUSTER})  # where one of these is left, a version is understood as a new one is

NO_VECTORS: VectorOf = MappingProxyType({})
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Likened:
    """The sketch of a text, the items that it is alike, and those that it is related to."""

    sketch: Sketch
    pairs: Sequence[Pair]
    told: Told


def is_waiting(database: Database, recipe: Recipe) -> bool:
    """Tell whether `understand_waiting` has something to do by this recipe."""
    with database.reading() as tx:
        new = to_understand.waiting(tx, 1)
        return bool(new) or to_understand.is_differing(tx, recipe=recipe.text, read_at=recipe.read_at)


def understand_waiting(
    database: Database, understanding: Understanding, *, now: datetime, limit: int = BATCH, holder: str | None = None
) -> int:
    """Claim up to `limit` newest versions that wait, and understand them; return how many. Each is saved by itself.

    Those that nobody has understood come first, for an editor waits for them; then those that were understood by
    another recipe, of which only what differs is done again. holder: who claims, by default this call alone.
    """
    holder, recipe = holder or new_id(), understanding.recipe
    with database.transaction() as tx:
        page = to_understand.claim_waiting(
            tx, holder=holder, now=now, limit=limit, recipe=recipe.text, read_at=recipe.read_at
        )
    try:
        return _understand_claimed(database, understanding, page, now=now, holder=holder)
    except Exception:
        with database.transaction() as tx:
            to_understand.give_back(tx, holder=holder)
        raise


def _understand_claimed(
    database: Database, understanding: Understanding, page: Page, *, now: datetime, holder: str
) -> int:
    """Understand new versions whole, and of the others what differs."""
    if not page:
        return 0
    with database.reading() as tx:
        ids = [item.id for item, _ in page]
        by, held = understood.recipes(tx, ids), understood.vectors_of(tx, understanding.embedder.name, ids)
    recipe = understanding.recipe.text
    left = {item.id: work_left(recipe, kept=by[item.id, version.number]) for item, version in page}
    vectors = {key: np.frombuffer(raw, dtype=np.float32) for key, raw in held.items() if Work.VECTOR not in left[key]}
    partly = {item for item in ids if item in vectors and not left[item] & WHOLE}
    for work in {left[item] for item in partly}:
        some = [(item, version) for item, version in page if item.id in partly and left[item.id] == work]
        renew_page(database, understanding, some, work=work, vectors=vectors, now=now, holder=holder)
    whole = [(item, version) for item, version in page if item.id not in partly]
    understand_page(database, understanding, whole, known_vectors=vectors, now=now, holder=holder)
    return len(page)


def understand_all(database: Database, understanding: Understanding, *, now: datetime) -> Iterator[int]:
    """Understand the newest version of every item anew; yield the number done after each batch."""
    after: ItemId | None = None
    while True:
        with database.reading() as tx:
            page = understood.all_latest(tx, after=after, limit=BATCH)
        if not page:
            return
        yield understand_page(database, understanding, page, now=now)
        after = page[-1][0].id


def understand_page(
    database: Database,
    understanding: Understanding,
    page: Page,
    *,
    now: datetime,
    known_vectors: VectorOf = NO_VECTORS,
    holder: str | None = None,
) -> int:
    """Understand these versions, whatever other processes understand meanwhile; return how many.

    known_vectors: of versions whose vector stands; the others are embedded. holder: who claimed them; a version that
    another one holds by now is left to it.
    """
    if not page:
        return 0
    vectors = _vectors(database, understanding, page, known_vectors, now=now)
    with database.reading() as tx:
        sayings = sayings_of(tx, understanding, [item.id for item, _ in page])
        read_to = likenesses.newest_sketch(tx)
    # All of a kind in one go: what comes back to the processor each time finds its code and its tables gone.
    tagged, pieces = sayings.tags_of(page, vectors), pieces_of(page)
    found = [sayings.findings(item, version, vector) for (item, version), vector in zip(page, vectors, strict=True)]
    alike = _alike(database, understanding.known.up_to_date(database), page, pieces)
    known_leads = understanding.known_leads.up_to_date(database)
    every = zip(page, vectors, pieces, tagged, found, alike, strict=True)
    for (item, version), vector, (_, drawn), tags, findings, pairs in every:
        likened = Likened(drawn, pairs, told_of(database, understanding, version, vector, known_leads))
        _save(database, understanding, version, tags, findings, vector=vector, likened=likened, now=now, holder=holder)
        known_leads.add(item.id, likened.told.lead.words)
    meet_others(database, list(zip((item.id for item, _ in page), pieces, strict=True)), read_to=read_to, now=now)
    log.info("items_understood", items=len(page), embedder=understanding.embedder.name)
    return len(page)


def _alike(
    database: Database, known: KnownSketches, page: Page, pieces: Sequence[tuple[Piece, Sketch]]
) -> list[list[Pair]]:
    """Return what each is alike of what is known and of those before it, which are known from now on."""
    found = []
    for (item, _), (piece, drawn) in zip(page, pieces, strict=True):
        found.append(pairs_of(database, item.id, piece, known.nearest(drawn, but=item.id)))
        known.add(item.id, drawn)
    return found


def _vectors(
    database: Database, understanding: Understanding, page: Page, known: VectorOf, *, now: datetime
) -> Vectors:
    unknown = [(item.id, passage_of(version)) for item, version in page if item.id not in known]
    passages = [passage for _, passage in unknown]
    made = understanding.remembered.passages(database, understanding.embedder, passages, now=now)
    every = dict(known) | {key: vector for (key, _), vector in zip(unknown, made, strict=True)}
    return np.stack([every[item.id] for item, _ in page])


@again_if_contended
def _save(
    database: Database,
    understanding: Understanding,
    version: Version,
    tags: Sequence[Tag],
    findings: Sequence[Finding],
    *,
    vector: NDArray[np.float32],
    likened: Likened,
    now: datetime,
    holder: str | None,
) -> None:
    with database.transaction() as tx:
        found = grouped(tx, version.item, same_as(version.item, likened.pairs), is_anew=True)
        if found is None:
            return
        # Search shows the tags of what is public: it looks again where they are others.
        is_shown = found.is_public and version.item not in found.touched
        before = understood.tags(tx, version.item, version.number) if is_shown else []
        is_saved = understood.save(
            tx,
            version.item,
            version.number,
            tags=tags,
            findings=findings,
            vector=vector.tobytes(),
            embedder=understanding.embedder.name,
            cluster=found.cluster,
            at=now,
            recipe=understanding.recipe.text,
            holder=holder,
        )
        if is_saved:
            likenesses.replace(tx, version.item, likened.pairs, sketch=likened.sketch.tobytes(), form=FORM)
            related.replace(tx, version.item, likened.told.related, lead=likened.told.lead, form=LEADS_FORM)
        outbox.add(tx, found.touched, at=now)
        if is_shown and understood.tags(tx, version.item, version.number) != before:
            outbox.add(tx, [version.item], at=now)
