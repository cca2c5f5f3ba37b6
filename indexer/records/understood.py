"""What machines said of a version: tags, findings, the vector of its item."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import (
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    bindparam,
    delete,
    exists,
    func,
    select,
    update,
)

from indexer.base.ids import ClusterId, ItemId
from indexer.catalogue.items import Item, MediaKind, Version
from indexer.records import clusters, tag_verdicts
from indexer.records.columns import ID_CHARS, NAME_CHARS, key, metadata, of_version, word
from indexer.records.database import Transaction
from indexer.records.findings import FINDINGS
from indexer.records.findings import replace as replace_findings
from indexer.records.items import BOTH, CLUSTERS, ITEMS, NEWEST, VERSIONS, lock, pairs
from indexer.records.mapping import record_of, values_of
from indexer.records.media import MEDIA
from indexer.records.turns import Turn, take_turn
from indexer.records.upserts import Upsert, insert_those_not_there
from indexer.understanding.results import Facet, Finding, Tag, weight_of

TAGS = Table(
    "tags",
    metadata,
    key("item"),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("facet", word(Facet), primary_key=True),
    Column("tag", String(ID_CHARS), key="id", primary_key=True),
    Column("score", Float, nullable=False),
    Column("set_by", String(NAME_CHARS), key="by", nullable=False),
    of_version(),
)


VECTORS = Table(
    "vectors",
    metadata,
    key("item", of="items.id"),
    Column("embedder", String(NAME_CHARS), primary_key=True),
    Column("vector", LargeBinary, nullable=False),
    Column("number", Integer, nullable=False, server_default="0"),  # grows with every vector that is written
    Index(None, "number"),
)


_every = VECTORS.alias("every")
_NEXT = select(func.coalesce(func.max(_every.c.number), 0) + 1).scalar_subquery()
_VECTOR = Upsert(VECTORS, key=("item", "embedder"), values=("vector",), made={"number": _NEXT})
_VECTORS_BUT = delete(VECTORS).where(VECTORS.c.item == bindparam("of"), VECTORS.c.embedder != bindparam("kept"))
MACHINE = "machine"
_BY_MACHINE = delete(TAGS).where(
    TAGS.c.item == bindparam("of"), TAGS.c.version == bindparam("at"), TAGS.c.by == MACHINE
)
# What there is to be taken away or heeded: of most versions nothing, which is asked in one statement.
_STANDING = select(
    exists().where(TAGS.c.item == bindparam("of"), TAGS.c.version == bindparam("at"), TAGS.c.by == MACHINE)
    | exists().where(tag_verdicts.TAG_VERDICTS.c.item == bindparam("of")),
    exists().where(FINDINGS.c.item == bindparam("of"), FINDINGS.c.version == bindparam("at")),
    exists().where(VECTORS.c.item == bindparam("of"), VECTORS.c.embedder != bindparam("kept")),
    exists().where(CLUSTERS.c.id == bindparam("into")),
)
_DONE = (
    update(VERSIONS)
    .where(VERSIONS.c.item == bindparam("of"), VERSIONS.c.number == bindparam("at"))
    .values(understood_at=bindparam("done"), recipe=bindparam("by"), holder=None, until=None)
)
_DONE_BY_HOLDER = _DONE.where(VERSIONS.c.holder == bindparam("held_by"))
_TAGS_OF_ONE = (
    select(TAGS)
    .where(TAGS.c.item == bindparam("of"), TAGS.c.version == bindparam("at"))
    .order_by(TAGS.c.facet, TAGS.c.score.desc(), TAGS.c.id)
)
VersionKey = tuple[ItemId, int]


def recipes(tx: Transaction, items: Iterable[ItemId]) -> dict[VersionKey, str | None]:
    """Return by which recipe each version of the items was understood; None: by none, or before recipes were noted."""
    c = VERSIONS.c
    found = tx.rows(select(c.item, c.number, c.recipe).where(c.item.in_(list(items))))
    return {(row[c.item], row[c.number]): row[c.recipe] for row in found}


def all_latest(tx: Transaction, *, after: ItemId | None, limit: int) -> list[tuple[Item, Version]]:
    """Return items with their newest version in the order of their ids, those past `after`."""
    query = select(*BOTH).join(VERSIONS, NEWEST).where(ITEMS.c.id > (after or ""))
    return pairs(tx, query.order_by(ITEMS.c.id).limit(limit))


def newest_of(tx: Transaction, items: Iterable[ItemId]) -> list[tuple[Item, Version]]:
    """Return these items with their newest version, in the order of their ids."""
    query = select(*BOTH).join(VERSIONS, NEWEST).where(ITEMS.c.id.in_(list(items)))
    return pairs(tx, query.order_by(ITEMS.c.id))


def save(
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
    recipe: str | None = None,
    holder: str | None = None,
) -> bool:
    """Replace what machines said of a version; a tag that a person set stays.

    vector: of the item, None keeps none. It replaces every other of the item, also of another embedder. recipe: by
    which it was understood; None differs from every one. holder: who claimed the version: False, and nothing is
    written, where another one holds it by now.
    """
    take_turn(tx, Turn.CLUSTERS)  # before any row: vectors are numbered in the order in which they are seen
    lock(tx, item)  # two who understood the same version would both write its rows
    if not _say_done(tx, item, version, recipe=recipe, at=at, holder=holder):
        return False
    found, kept = list(findings), "" if vector is None else embedder
    asked = {"of": item, "at": version, "kept": kept, "into": cluster}
    [[has_tags, has_findings, has_vectors, has_cluster]] = tx.tuples(_STANDING, asked)
    _replace_tags(tx, item, version, tags, is_new=not has_tags)
    if has_findings or found:
        replace_findings(tx, item, version, found)
    if vector is not None:
        _VECTOR.write(tx, {"item": item, "embedder": embedder, "vector": vector})
    if has_vectors:
        tx.change(_VECTORS_BUT, {"of": item, "kept": kept})
    if not has_cluster:
        clusters.make(tx, cluster)
    clusters.settle(tx, item, version, cluster=cluster, findings_weight=weight_of(found))
    return True


def renew(
    tx: Transaction,
    item: ItemId,
    version: int,
    *,
    tags: Iterable[Tag] | None,
    findings: Iterable[Finding] | None,
    recipe: str,
    at: datetime,
    holder: str | None = None,
) -> bool:
    """Replace tags, findings or both of a version as `save` does; None: those that are there stay. All else stays."""
    lock(tx, item)
    if not _say_done(tx, item, version, recipe=recipe, at=at, holder=holder):
        return False
    if tags is not None:
        _replace_tags(tx, item, version, tags)
    if findings is not None:
        found = list(findings)
        replace_findings(tx, item, version, found)
        newest = update(ITEMS).where(ITEMS.c.id == item, ITEMS.c.latest == version)
        tx.change(newest.values(findings_weight=weight_of(found)))
    return True


def _replace_tags(tx: Transaction, item: ItemId, version: int, tags: Iterable[Tag], *, is_new: bool = False) -> None:
    """Write what a machine said, but for what people said otherwise of the item, in whichever version of it."""
    said = {(one.facet, one.tag): one for one in ([] if is_new else tag_verdicts.of_item(tx, item))}
    by_people = [Tag(facet=one.facet, id=one.tag, score=1.0, by=one.who) for one in said.values() if one.is_right]
    kept = [*by_people, *(tag for tag in tags if (tag.facet, tag.id) not in said)]
    if not is_new:
        tx.change(_BY_MACHINE, {"of": item, "at": version})
    insert_those_not_there(tx, TAGS, [{"item": item, "version": version} | values_of(tag, TAGS) for tag in kept])


def correct_tags(tx: Transaction, item: ItemId, version: int) -> None:
    """Bring the tags of one version in line with what people said of the item; the machine's others stay."""
    c = TAGS.c
    said = tag_verdicts.of_item(tx, item)
    for one in said:
        tx.change(delete(TAGS).where(c.item == item, c.version == version, c.facet == one.facet, c.id == one.tag))
    rows = [
        {"item": item, "version": version} | values_of(Tag(facet=one.facet, id=one.tag, score=1.0, by=one.who), TAGS)
        for one in said
        if one.is_right
    ]
    insert_those_not_there(tx, TAGS, rows)


def _say_done(
    tx: Transaction, item: ItemId, version: int, *, recipe: str | None, at: datetime, holder: str | None
) -> int:
    said = {"of": item, "at": version, "done": at, "by": recipe}
    return tx.change(_DONE, said) if holder is None else tx.change(_DONE_BY_HOLDER, said | {"held_by": holder})


def is_understood(tx: Transaction, item: ItemId, version: int) -> bool:
    """Tell whether tags and findings of this version stand."""
    return (item, version) in understood_of(tx, [item])


def newest_texts(tx: Transaction, items: Iterable[ItemId]) -> dict[ItemId, tuple[str, str]]:
    """Return (title, text) of the newest version of each of the items, in one query."""
    found = tx.tuples(_NEWEST_TEXTS, {"items": list(items)})
    return {item: (title, text) for item, title, text in found}


_NEWEST_TEXTS = (
    select(VERSIONS.c.item, VERSIONS.c.title, VERSIONS.c.text)
    .join(ITEMS, NEWEST)
    .where(ITEMS.c.id.in_(bindparam("items", expanding=True)))
)


def newest_seconds(tx: Transaction, items: Iterable[ItemId]) -> dict[ItemId, tuple[int, ...]]:
    """Return how long the videos of the newest version of each item run, where it is known; none: no key."""
    m = MEDIA.c
    of_newest = (m.item == ITEMS.c.id) & (m.version == ITEMS.c.latest)
    query = select(m.item, m.seconds).join(ITEMS, of_newest).where(m.item.in_(list(items)))
    found: dict[ItemId, tuple[int, ...]] = {}
    for row in tx.rows(query.where(m.kind == MediaKind.VIDEO, m.seconds > 0).order_by(m.item, m.position)):
        found[row[m.item]] = (*found.get(row[m.item], ()), row[m.seconds])
    return found


def tags(tx: Transaction, item: ItemId, version: int) -> list[Tag]:
    """Return the tags of one version, by facet, best score first."""
    return [record_of(Tag, row, TAGS) for row in tx.rows(_TAGS_OF_ONE, {"of": item, "at": version})]


def vectors(tx: Transaction, embedder: str, *, after: int = -1) -> list[tuple[int, ItemId, bytes]]:
    """Return (number, item, vector) of every vector of one embedder that was written after a number, in their order."""
    c = VECTORS.c
    query = select(c.number, c.item, c.vector).where(c.embedder == embedder, c.number > after)
    return [(row[c.number], row[c.item], row[c.vector]) for row in tx.rows(query.order_by(c.number, c.item))]


def vectors_of(tx: Transaction, embedder: str, items: Iterable[ItemId]) -> dict[ItemId, bytes]:
    """Return the vectors of these items that one embedder made; those without one are left out."""
    c = VECTORS.c
    found = tx.rows(select(c.item, c.vector).where(c.embedder == embedder, c.item.in_(list(items))))
    return {row[c.item]: row[c.vector] for row in found}


def vector_of(tx: Transaction, item: ItemId) -> tuple[str, bytes] | None:
    """Return (embedder, vector) of one item; None where it has none."""
    c = VECTORS.c
    found = tx.rows(select(c.embedder, c.vector).where(c.item == item))
    return (found[0][c.embedder], found[0][c.vector]) if found else None


def tags_of(tx: Transaction, items: Iterable[ItemId]) -> dict[VersionKey, list[Tag]]:
    """Return the tags of each version of the items, by facet, best score first, in one query."""
    c = TAGS.c
    found: dict[VersionKey, list[Tag]] = {}
    query = select(TAGS).where(c.item.in_(list(items)))
    for row in tx.rows(query.order_by(c.item, c.version, c.facet, c.score.desc(), c.id)):
        found.setdefault((row[c.item], row[c.version]), []).append(record_of(Tag, row, TAGS))
    return found


_TAGS_OF = (
    select(TAGS.c.item, TAGS.c.version, TAGS.c.facet, TAGS.c.id, TAGS.c.score, TAGS.c.by)
    .where(TAGS.c.item.in_(bindparam("items", expanding=True)))
    .order_by(TAGS.c.item, TAGS.c.facet, TAGS.c.score.desc(), TAGS.c.id)
)


_TAGS_OF_FACET = _TAGS_OF.where(TAGS.c.facet == bindparam("facet"))


def tags_of_versions(
    tx: Transaction, versions: Mapping[ItemId, int], facet: Facet | None = None
) -> dict[ItemId, tuple[Tag, ...]]:
    """Return the tags of one version of each item, by facet, best score first, in one query; facet: of this one."""
    found: dict[ItemId, list[Tag]] = {}
    items = {"items": list(versions)}
    rows = tx.tuples(_TAGS_OF_FACET, {**items, "facet": facet}) if facet else tx.tuples(_TAGS_OF, items)
    for item, version, of, tag, score, by in rows:
        if versions[item] == version:
            found.setdefault(item, []).append(Tag(facet=of, id=tag, score=score, by=by))
    return {item: tuple(tags) for item, tags in found.items()}


def understood_of(tx: Transaction, items: Iterable[ItemId]) -> set[VersionKey]:
    """Return those versions of the items of which tags and findings stand, in one query."""
    c = VERSIONS.c
    query = select(c.item, c.number).where(c.item.in_(list(items)), c.understood_at.is_not(None))
    return {(row[c.item], row[c.number]) for row in tx.rows(query)}
