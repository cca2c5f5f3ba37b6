"""The catalogue: items, their versions, what was understood of them, and the one door to what the public sees."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, and_, delete, exists, func, insert, select, update

from indexer.items import ClusterId, Finding, Item, ItemId, Media, Move, State, Tag, UnitId, Version
from indexer.records import rows
from indexer.records import tables as t
from indexer.records.database import Transaction

MACHINE = "machine"
BOTH = (*t.items.c, *t.versions.c)
NEWEST = and_(t.versions.c.item == t.items.c.id, t.versions.c.number == t.items.c.latest)
_last, _any, _approval = (t.decisions.alias(name) for name in ("last", "any", "approval"))
_newest = select(func.max(_any.c.sequence)).where(_any.c.item == t.items.c.id).correlate(t.items).scalar_subquery()
# Public is what the item's last decision says is public, and an approval said first: a number alone shows nothing.
EXPLAINED = and_(
    t.items.c.public.is_not(None),
    exists()
    .where(_last.c.sequence == _newest, _last.c.after == t.items.c.state, _last.c.public_after == t.items.c.public)
    .correlate(t.items),
    exists()
    .where(
        _approval.c.item == t.items.c.id,
        _approval.c.move == Move.APPROVE,
        _approval.c.public_after == t.items.c.public,
    )
    .correlate(t.items),
)
SHOWN = and_(t.versions.c.item == t.items.c.id, t.versions.c.number == t.items.c.public)


def by_key(tx: Transaction, key: str) -> Item | None:
    """Return the item under a canonical key."""
    row = tx.first(select(t.items).where(t.items.c.key == key))
    return rows.item_of(row) if row else None


def item(tx: Transaction, item: ItemId) -> Item | None:
    """Return one item in whatever state; a public page asks `public_item`."""
    row = tx.first(select(t.items).where(t.items.c.id == item))
    return rows.item_of(row) if row else None


def version(tx: Transaction, item: ItemId, number: int) -> Version | None:
    """Return one version of an item."""
    found = _versions(tx, select(t.versions).where(t.versions.c.item == item, t.versions.c.number == number))
    return found[0] if found else None


def versions(tx: Transaction, item: ItemId) -> list[Version]:
    """Return all versions of an item, oldest first."""
    query = select(t.versions).where(t.versions.c.item == item).order_by(t.versions.c.number)
    return _versions(tx, query)


def add_item(tx: Transaction, item: Item, version: Version) -> None:
    """Write a new item with its first version. Raises ValueError unless it is pending and nothing of it public."""
    if item.state is not State.PENDING or item.public is not None or item.latest != version.number:
        raise ValueError(f"a new item is pending, with one version and none public: {item.id}")
    _make_cluster(tx, item.cluster)
    tx.change(
        insert(t.items).values(
            id=item.id,
            unit=item.unit,
            channel=item.channel,
            key=item.key,
            kind=item.kind,
            state=item.state,
            latest=item.latest,
            public=None,
            cluster=item.cluster,
            created_at=item.created_at,
        )
    )
    _write_version(tx, version)


def add_version(tx: Transaction, version: Version) -> None:
    """Write a newer version and make it the item's latest; what is public does not move."""
    _write_version(tx, version)
    tx.change(update(t.items).where(t.items.c.id == version.item).values(latest=version.number))


def waiting(tx: Transaction, limit: int) -> list[tuple[Item, Version]]:
    """Return newest versions that are not understood yet, oldest item first."""
    query = select(*BOTH).join(t.versions, NEWEST).where(t.versions.c.understood_at.is_(None))
    return pairs(tx, query.order_by(t.items.c.id).limit(limit))


def all_latest(tx: Transaction, *, after: ItemId | None, limit: int) -> list[tuple[Item, Version]]:
    """Return items with their newest version in the order of their ids, those past `after`."""
    query = select(*BOTH).join(t.versions, NEWEST).where(t.items.c.id > (after or ""))
    return pairs(tx, query.order_by(t.items.c.id).limit(limit))


def save_understanding(
    tx: Transaction,
    item: ItemId,
    version: int,
    *,
    tags: Iterable[Tag],
    findings: Iterable[Finding],
    vector: bytes | None,
    embedder: str,
    cluster: ClusterId,
    at: datetime,
) -> None:
    """Replace what machines said of a version; a tag that a person set stays. vector: of the item, None keeps none."""
    key = {"item": item, "version": version}
    of_tags = (t.tags.c.item == item, t.tags.c.version == version)
    tx.change(delete(t.tags).where(*of_tags, t.tags.c.set_by == MACHINE))
    kept = {(row[t.tags.c.facet], row[t.tags.c.tag]) for row in tx.rows(select(t.tags).where(*of_tags))}
    new = [
        {**key, "facet": tag.facet, "tag": tag.id, "score": tag.score, "set_by": tag.by}
        for tag in tags
        if (tag.facet, tag.id) not in kept
    ]
    tx.change(insert(t.tags), new)
    tx.change(delete(t.findings).where(t.findings.c.item == item, t.findings.c.version == version))
    tx.change(insert(t.findings), [key | values for values in rows.finding_values(findings)])
    tx.change(delete(t.vectors).where(t.vectors.c.item == item, t.vectors.c.embedder == embedder))
    if vector is not None:
        tx.change(insert(t.vectors).values(item=item, embedder=embedder, vector=vector))
    set_cluster(tx, item, cluster)
    of_version = (t.versions.c.item == item, t.versions.c.number == version)
    tx.change(update(t.versions).where(*of_version).values(understood_at=at))


def is_understood(tx: Transaction, item: ItemId, version: int) -> bool:
    """Tell whether tags and findings of this version stand."""
    c = t.versions.c
    row = tx.first(select(c.understood_at).where(c.item == item, c.number == version))
    return row is not None and row[c.understood_at] is not None


def tags(tx: Transaction, item: ItemId, version: int) -> list[Tag]:
    """Return the tags of one version, by facet, best score first."""
    c = t.tags.c
    query = select(t.tags).where(c.item == item, c.version == version)
    return [rows.tag_of(row) for row in tx.rows(query.order_by(c.facet, c.score.desc(), c.tag))]


def findings(tx: Transaction, item: ItemId, version: int) -> list[Finding]:
    """Return the findings of one version in the order they were made."""
    c = t.findings.c
    query = select(t.findings).where(c.item == item, c.version == version).order_by(c.position)
    return [rows.finding_of(row) for row in tx.rows(query)]


def vectors(tx: Transaction, embedder: str) -> list[tuple[ItemId, bytes]]:
    """Return the vector of every item that one embedder made, by item id."""
    c = t.vectors.c
    found = tx.rows(select(c.item, c.vector).where(c.embedder == embedder).order_by(c.item))
    return [(row[c.item], row[c.vector]) for row in found]


def cluster_members(tx: Transaction, cluster: ClusterId) -> list[Item]:
    """Return the items that are the same piece, oldest first."""
    query = select(t.items).where(t.items.c.cluster == cluster).order_by(t.items.c.id)
    return [rows.item_of(row) for row in tx.rows(query)]


def set_cluster(tx: Transaction, item: ItemId, cluster: ClusterId) -> None:
    """Move an item into a cluster, made where it is new."""
    _make_cluster(tx, cluster)
    tx.change(update(t.items).where(t.items.c.id == item).values(cluster=cluster))


def queue(tx: Transaction, *, states: Sequence[State], limit: int, offset: int = 0) -> list[Item]:
    """Return items in these states, oldest first; `listings.queue_entries` has all that a page shows."""
    query = select(t.items).where(t.items.c.state.in_(states)).order_by(t.items.c.id)
    return [rows.item_of(row) for row in tx.rows(query.limit(limit).offset(offset))]


def counts(tx: Transaction) -> Mapping[State, int]:
    """Return how many items stand in each state, 0 for those without."""
    count = func.count().label("count")
    found = tx.rows(select(t.items.c.state, count).group_by(t.items.c.state))
    return dict.fromkeys(State, 0) | {row[t.items.c.state]: int(row["count"]) for row in found}


def count(tx: Transaction) -> int:
    """Return how many items there are, in whatever state."""
    return tx.number(select(func.count()).select_from(t.items))


def public_count(tx: Transaction) -> int:
    """Return how many items have a public version, whether a decision explains it or not; see `public_versions`."""
    return tx.number(select(func.count()).select_from(t.items).where(t.items.c.public.is_not(None)))


def units_with_pieces(tx: Transaction) -> set[UnitId]:
    """Return the units of which the public sees something."""
    query = select(t.items.c.unit).where(EXPLAINED).distinct()
    return {row[t.items.c.unit] for row in tx.rows(query)}


def public_item(tx: Transaction, item: ItemId) -> tuple[Item, Version] | None:
    """Return an item with the version the public sees; None where it sees none."""
    return public_items(tx, [item]).get(item)


def public_items(tx: Transaction, items: Iterable[ItemId]) -> dict[ItemId, tuple[Item, Version]]:
    """Return those of the items that the public sees, each with its public version."""
    query = select(*BOTH).join(t.versions, SHOWN).where(EXPLAINED, t.items.c.id.in_(list(items)))
    return {item.id: (item, version) for item, version in pairs(tx, query)}


def all_public(tx: Transaction, *, after: ItemId | None, limit: int) -> list[tuple[Item, Version]]:
    """Return what the public sees in the order of item ids, those past `after`: for building the index anew."""
    query = select(*BOTH).join(t.versions, SHOWN).where(EXPLAINED, t.items.c.id > (after or ""))
    return pairs(tx, query.order_by(t.items.c.id).limit(limit))


def public_versions(tx: Transaction) -> dict[ItemId, int]:
    """Return which version of which item is public: what the search index must hold, no more and no less."""
    c = t.items.c
    return {row[c.id]: row[c.public] for row in tx.rows(select(c.id, c.public).where(EXPLAINED))}


def pairs(tx: Transaction, query: Select[*tuple[object, ...]]) -> list[tuple[Item, Version]]:
    """Run a query over the columns of BOTH; the media of all of them come with one more."""
    found = tx.rows(query)
    media = _media(tx, [row[t.versions.c.item] for row in found])
    return [
        (rows.item_of(row), rows.version_of(row, media.get((row[t.versions.c.item], row[t.versions.c.number]), [])))
        for row in found
    ]


def _versions(tx: Transaction, query: Select[*tuple[object, ...]]) -> list[Version]:
    found = tx.rows(query)
    media = _media(tx, [row[t.versions.c.item] for row in found])
    return [rows.version_of(row, media.get((row[t.versions.c.item], row[t.versions.c.number]), [])) for row in found]


def _media(tx: Transaction, items: Iterable[ItemId]) -> dict[tuple[ItemId, int], list[Media]]:
    c = t.media.c
    media: dict[tuple[ItemId, int], list[Media]] = {}
    for row in tx.rows(select(t.media).where(c.item.in_(set(items))).order_by(c.item, c.version, c.position)):
        media.setdefault((row[c.item], row[c.version]), []).append(rows.media_of(row))
    return media


def _write_version(tx: Transaction, version: Version) -> None:
    tx.change(insert(t.versions).values(rows.version_values(version)))
    tx.change(
        insert(t.media),
        [
            {"item": version.item, "version": version.number, "position": place, "kind": one.kind, "url": one.url}
            for place, one in enumerate(version.media)
        ],
    )


def _make_cluster(tx: Transaction, cluster: ClusterId) -> None:
    if tx.first(select(t.clusters).where(t.clusters.c.id == cluster)) is None:
        tx.change(insert(t.clusters).values(id=cluster))
