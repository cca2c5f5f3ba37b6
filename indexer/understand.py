"""What machines say of a version: embed → tags → cluster → findings, in this order, for waiting items or for all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import structlog
from numpy.typing import NDArray

from config.policy import load_policy
from config.settings import Settings
from config.taxonomy import Category, Taxonomy, load_taxonomy
from indexer.duplicates.candidates import Known
from indexer.duplicates.clusters import choose_cluster
from indexer.duplicates.near import Piece, is_same
from indexer.embeddings.cache import kept_passages
from indexer.embeddings.factory import open_embedder
from indexer.embeddings.port import Embedder
from indexer.ids import new_id
from indexer.items import ClusterId, Facet, Finding, Item, ItemId, Tag, Unit, UnitId, Version
from indexer.policies.check import Check, findings, make_ready
from indexer.policies.parts import Subject
from indexer.records import channels, items, outbox
from indexer.records.database import Database, Transaction
from indexer.tags.categories import Tagger
from indexer.tags.districts import district_tags
from indexer.tags.forms import FormTagger
from indexer.tags.meaning import prototype_texts

PROTOTYPES = "prototypes"  # folder of their vectors, in the data folder
# Of the body beside the title: what a piece is about stands at its beginning, and the time that the model takes grows
# faster than the text (200 characters 0.35 s of one core, 500 characters 1.2 s).
LEAD_CHARS = 200
BATCH = 50

Page = Sequence[tuple[Item, Version]]
log = structlog.get_logger()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What machines say of one version; the cluster is chosen with it at hand, among items of the records."""

    tags: tuple[Tag, ...]
    findings: tuple[Finding, ...]
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Surroundings:
    """What the records say around a batch of items."""

    units: dict[UnitId, Unit]
    hosts: dict[UnitId, frozenset[str]]


def prepare(settings: Settings) -> Understanding:
    """Load taxonomy, policy and embedder; embed the prototypes, or read them back. Raises ConfigRefused."""
    taxonomy, policy = load_taxonomy(settings.taxonomy_file), load_policy(settings.policy_file)
    embedder = open_embedder(settings)

    def tagger(facet: Facet, categories: Sequence[Category], *, needs_keyword: bool) -> Tagger:
        vectors = kept_passages(embedder, prototype_texts(categories), folder=settings.data_folder / PROTOTYPES)
        return Tagger(facet, categories, vectors, needs_keyword=needs_keyword)

    return Understanding(
        embedder=embedder,
        taxonomy=taxonomy,
        topics=tagger(Facet.TOPIC, taxonomy.topics, needs_keyword=False),
        audiences=tagger(Facet.AUDIENCE, taxonomy.audiences, needs_keyword=True),
        actions=tagger(Facet.ACTION, taxonomy.actions, needs_keyword=True),
        forms=FormTagger(taxonomy.forms),
        checks=make_ready(policy),
    )


def passage_of(version: Version) -> str:
    """Return the text whose vector stands for a version."""
    return f"{version.title}\n{version.text[:LEAD_CHARS]}"


def understand(
    version: Version,
    vector: NDArray[np.float32],
    understanding: Understanding,
    *,
    item: Item,
    unit: Unit | None,
    hosts: frozenset[str],
) -> Understood:
    """Return what is said of a version. Pure: vector is that of `passage_of`; hosts are registered for the unit."""
    title, text = version.title, version.text
    own = understanding.taxonomy.district(unit.district) if unit else None
    tags = (
        *understanding.topics.tags(title, text, vector),
        *understanding.audiences.tags(title, text, vector),
        *understanding.actions.tags(title, text, vector),
        *understanding.forms.tags(title, text, item.kind),
        *district_tags(title, text, own=own, districts=understanding.taxonomy.districts),
    )
    subject = Subject(title=title, text=text, html=version.html, hosts=hosts)
    return Understood(tags=tags, findings=findings(understanding.checks, subject), vector=vector)


def understand_waiting(database: Database, understanding: Understanding, *, now: datetime, limit: int = BATCH) -> int:
    """Understand up to `limit` newest versions that wait for it; return how many. Each is saved by itself."""
    with database.reading() as tx:
        page = items.waiting(tx, limit)
    return _understand_page(database, understanding, page, now=now)


def understand_all(database: Database, understanding: Understanding, *, now: datetime) -> Iterator[int]:
    """Understand the newest version of every item anew; yield the number done after each batch."""
    after: ItemId | None = None
    while True:
        with database.reading() as tx:
            page = items.all_latest(tx, after=after, limit=BATCH)
        if not page:
            return
        yield _understand_page(database, understanding, page, now=now)
        after = page[-1][0].id


def _understand_page(database: Database, understanding: Understanding, page: Page, *, now: datetime) -> int:
    if not page:
        return 0
    embedder = understanding.embedder
    vectors = embedder.passages([passage_of(version) for _, version in page])
    with database.reading() as tx:
        around = _surroundings(tx)
        known = Known(items.vectors(tx, embedder.name), dimensions=embedder.dimensions)
    for (item, version), vector in zip(page, vectors, strict=True):
        understood = understand(
            version,
            vector,
            understanding,
            item=item,
            unit=around.units.get(item.unit),
            hosts=around.hosts.get(item.unit, frozenset()),
        )
        same = _same_pieces(database, item, version, known.nearest(vector, but=item.id))
        _save(database, item, version, understood, same=same, embedder=embedder.name, now=now)
        known.add(item.id, vector)
    log.info("items_understood", items=len(page), embedder=embedder.name)
    return len(page)


def _surroundings(tx: Transaction) -> _Surroundings:
    hosts: dict[UnitId, frozenset[str]] = {}
    for channel in channels.channels(tx):
        hosts[channel.unit] = hosts.get(channel.unit, frozenset()) | frozenset(channel.hosts)
    return _Surroundings(units={unit.id: unit for unit in channels.units(tx)}, hosts=hosts)


def _same_pieces(database: Database, item: Item, version: Version, near: Sequence[ItemId]) -> list[ItemId]:
    """Those of the near items whose newest version is the same piece."""
    piece = Piece(version.title, version.text)
    same: list[ItemId] = []
    with database.reading() as tx:
        for key in near:
            other = items.item(tx, key)
            newest = items.version(tx, key, other.latest) if other is not None else None
            if newest is not None and is_same(piece, Piece(newest.title, newest.text)):
                same.append(key)
    return same


def _save(
    database: Database,
    item: Item,
    version: Version,
    understood: Understood,
    *,
    same: Sequence[ItemId],
    embedder: str,
    now: datetime,
) -> None:
    with database.transaction() as tx:
        # Read again: what another process did meanwhile to the clusters counts.
        current = items.item(tx, item.id)
        if current is None:
            return
        members = items.cluster_members(tx, current.cluster)
        others = [other for key in same if (other := items.item(tx, key)) is not None]
        founder = members[0].id if members else current.id
        cluster = choose_cluster(current, others, founder=founder, fresh=ClusterId(new_id()))
        items.save_understanding(
            tx,
            item.id,
            version.number,
            tags=understood.tags,
            findings=understood.findings,
            vector=understood.vector.tobytes(),
            embedder=embedder,
            cluster=cluster,
            at=now,
        )
        moved = members if cluster != current.cluster else []
        # Search shows tags and a cluster's original: what is public of those must be looked at again.
        touched = {one.id for one in (current, *moved) if one.public is not None}
        outbox.add(tx, sorted(touched), at=now)
