"""Do again what another recipe says otherwise of versions: tags, findings, related items; the rest stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import structlog
from numpy.typing import NDArray

from indexer.base.ids import ItemId
from indexer.catalogue.items import Item, Version
from indexer.records import items, outbox, related, understood
from indexer.records.database import Database, Transaction
from indexer.records.retries import again_if_contended
from indexer.records.turns import Turn, take_turn
from indexer.understanding.duplicates.postings import KnownSketches
from indexer.understanding.prepared import Understanding
from indexer.understanding.recipe import Work
from indexer.understanding.related.leads import FORM as LEADS_FORM
from indexer.understanding.related.leads import Lead, lead_of
from indexer.understanding.related.score import Related
from indexer.understanding.relating import related_to
from indexer.understanding.results import Finding, Tag
from indexer.understanding.sayings import sayings_of

Page = Sequence[tuple[Item, Version]]
VectorOf = Mapping[ItemId, NDArray[np.float32]]
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Told:
    """The lead of a text, and the items that it is related to."""

    lead: Lead
    related: Sequence[Related]


@dataclass(frozen=True, slots=True)
class Again:
    """What is said anew of a version; None: what was said stands."""

    tags: Sequence[Tag] | None
    findings: Sequence[Finding] | None
    told: Told | None


def told_of(
    database: Database,
    understanding: Understanding,
    version: Version,
    vector: NDArray[np.float32],
    known: KnownSketches,
) -> Told:
    """Return what a version is related to among the known leads, by the background of this understanding."""
    lead, ground = lead_of(version.title, version.text), understanding.ground.background
    embedder = understanding.embedder
    return Told(lead, related_to(database, embedder, version, lead, vector, known=known, background=ground))


def renew_page(
    database: Database,
    understanding: Understanding,
    page: Page,
    *,
    work: frozenset[Work],
    vectors: VectorOf,
    now: datetime,
    holder: str | None = None,
) -> None:
    """Do this work on these versions again; their vectors, clusters and all else stay."""
    with database.reading() as tx:
        sayings = sayings_of(tx, understanding, [item.id for item, _ in page])
    held = [vectors[item.id] for item, _ in page]
    every = sayings.tags_of(page, held) if Work.TAGS in work else [None] * len(page)
    known = understanding.known_leads.up_to_date(database) if Work.RELATED in work else None
    for (item, version), vector, tags in zip(page, held, every, strict=True):
        findings = sayings.findings(item, version, vector) if Work.FINDINGS in work else None
        told = None if known is None else told_of(database, understanding, version, vector, known)
        _renew(database, understanding, version, Again(tags, findings, told), now=now, holder=holder)
        if known is not None and told is not None:
            known.add(item.id, told.lead.words)
    log.info("items_renewed", items=len(page), work=sorted(work))


@again_if_contended
def _renew(
    database: Database,
    understanding: Understanding,
    version: Version,
    again: Again,
    *,
    now: datetime,
    holder: str | None,
) -> None:
    recipe = understanding.recipe.text
    with database.transaction() as tx:
        if again.told is not None:
            take_turn(tx, Turn.CLUSTERS)  # before any row: leads are numbered in the order in which they are seen
        items.lock(tx, version.item)  # or it could become public with its old tags while nobody is told of the new ones
        before = understood.tags(tx, version.item, version.number)
        is_renewed = understood.renew(
            tx,
            version.item,
            version.number,
            tags=again.tags,
            findings=again.findings,
            recipe=recipe,
            at=now,
            holder=holder,
        )
        if is_renewed and again.told is not None:
            related.replace(tx, version.item, again.told.related, lead=again.told.lead, form=LEADS_FORM)
        _tell_of_tags(tx, version, before, now=now)


def _tell_of_tags(tx: Transaction, version: Version, before: Sequence[Tag], *, now: datetime) -> None:
    """Search shows the tags of what is public: it looks again where they are others."""
    item = items.item(tx, version.item)
    if item is not None and item.public is not None and understood.tags(tx, item.id, version.number) != before:
        outbox.add(tx, [item.id], at=now)
