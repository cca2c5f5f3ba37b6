"""Stories as the public sees them: the public copies of one piece, which of them is the original, and what is newest.

Newest means published here: by the decision that made an item public after it was not. It is read from the decisions,
so that nothing has to be kept in step with them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, Select, Subquery, case, exists, func, select

from indexer.duplicates.credits import credits_another, is_organisation
from indexer.duplicates.original import Copy, by_originality
from indexer.items import ChannelKind, ClusterId, Facet, ItemId, ItemKind, UnitId
from indexer.records import tables as t
from indexer.records.database import Transaction
from indexer.records.items import EXPLAINED, SHOWN

SPARE = 50  # rows read beyond those asked for: some turn out to be copies of others


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a copy must satisfy. Values within a filter are joined by or, filters by and; empty means any.

    since, until: aware, of the source's own date; until excluded, and what has no date is then left out.
    """

    topics: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    units: tuple[UnitId, ...] = ()
    kinds: tuple[ItemKind, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """When an item became public here, and when its present public version did.

    number: grows with every publication; no two items share one.
    """

    number: int
    at: datetime
    version_at: datetime


ANY = Filters()


def copies(tx: Transaction, clusters: Iterable[ClusterId], filters: Filters = ANY) -> dict[ClusterId, list[ItemId]]:
    """Return the public items of each cluster that satisfy the filters, the original first; none: no key."""
    found = tx.rows(_of_copies().where(t.items.c.cluster.in_(set(clusters)), *_conditions(filters)))
    names = _own_names(tx, {row[t.items.c.unit] for row in found})
    members: dict[ClusterId, list[Copy]] = {}
    for row in found:
        members.setdefault(row[t.items.c.cluster], []).append(_copy_of(row, names))
    return {cluster: [copy.item for copy in by_originality(some)] for cluster, some in members.items()}


def newest(
    tx: Transaction, filters: Filters = ANY, *, limit: int, offset: int = 0, before: int | None = None
) -> list[tuple[ItemId, int]]:
    """Return (item, number of its publication), the latest published here first, each story once.

    A story stands at the publication of the copy that shows it: the most original of those that satisfy the filters.
    before: only publications with a lower number.
    """
    wanted, listed = offset + limit, list[tuple[ItemId, int]]()
    while len(listed) < wanted:
        size = wanted - len(listed) + SPARE
        page = _published_before(tx, filters, before=before, limit=size)
        shown = {some[0] for some in copies(tx, {cluster for _, cluster, _ in page}, filters).values()}
        listed += [(item, number) for item, _, number in page if item in shown]
        if len(page) < size:
            break
        before = page[-1][2]
    return listed[offset:wanted]


def publications(tx: Transaction, items: Iterable[ItemId]) -> dict[ItemId, Publication]:
    """Return when each of the items became public; one whose public version no decision explains is left out."""
    c = t.decisions.c
    began = func.max(case((t.BEGINS_PUBLICATION, c.sequence))).label("began")
    moved = func.max(case((c.public_before.is_distinct_from(c.public_after), c.sequence))).label("moved")
    found = tx.rows(select(c.item, began, moved).where(c.item.in_(list(items))).group_by(c.item))
    numbers = {row[name] for row in found for name in ("began", "moved")} - {None}
    at = {row[c.sequence]: row[c.at] for row in tx.rows(select(c.sequence, c.at).where(c.sequence.in_(numbers)))}
    return {
        row[c.item]: Publication(number=row["began"], at=at[row["began"]], version_at=at[row["moved"]])
        for row in found
        if row["began"] is not None
    }


def _published_before(
    tx: Transaction, filters: Filters, *, before: int | None, limit: int
) -> list[tuple[ItemId, ClusterId, int]]:
    began = _began()
    query = (
        select(t.items.c.id, t.items.c.cluster, began.c.number)
        .join(began, began.c.item == t.items.c.id)
        .join(t.versions, SHOWN)
        .where(EXPLAINED, *_conditions(filters))
    )
    if before is not None:
        query = query.where(began.c.number < before)
    found = tx.rows(query.order_by(began.c.number.desc()).limit(limit))
    return [(row[t.items.c.id], row[t.items.c.cluster], row["number"]) for row in found]


def _began() -> Subquery:
    c = t.decisions.c
    return select(c.item, func.max(c.sequence).label("number")).where(t.BEGINS_PUBLICATION).group_by(c.item).subquery()


def _of_copies() -> Select[*tuple[object, ...]]:
    i, v, c = t.items.c, t.versions.c, t.channels.c
    columns = (i.id, i.cluster, i.unit, i.created_at, v.published_at, v.credits, v.account, c.kind)
    return select(*columns).join(t.versions, SHOWN).join(t.channels, c.id == i.channel).where(EXPLAINED)


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    tagged = {
        Facet.TOPIC: filters.topics,
        Facet.AUDIENCE: filters.audiences,
        Facet.DISTRICT: filters.districts,
    }
    for facet, values in tagged.items():
        if values:
            c = t.tags.c
            of_version = (c.item == t.versions.c.item) & (c.version == t.versions.c.number)
            found.append(exists().where(of_version, c.facet == facet, c.tag.in_(values)))
    if filters.units:
        found.append(t.items.c.unit.in_(filters.units))
    if filters.kinds:
        found.append(t.items.c.kind.in_(filters.kinds))
    if filters.since:
        found.append(t.versions.c.published_at >= filters.since)
    if filters.until:
        found.append(t.versions.c.published_at < filters.until)
    return found


def _own_names(tx: Transaction, units: set[UnitId]) -> Mapping[UnitId, Sequence[str]]:
    """All names of each unit and of its channels."""
    u, c = t.units.c, t.channels.c
    names: dict[UnitId, list[str]] = {}
    for row in tx.rows(select(u.id, u.name, u.short_name, u.former_names).where(u.id.in_(units))):
        names[row[u.id]] = [row[u.name], row[u.short_name], *row[u.former_names]]
    for row in tx.rows(select(c.unit, c.name).where(c.unit.in_(units))):
        names.setdefault(row[c.unit], []).append(row[c.name])
    return names


def _copy_of(row: RowMapping, names: Mapping[UnitId, Sequence[str]]) -> Copy:
    credits, account = list(row[t.versions.c.credits]), row[t.versions.c.account]
    # On a web site the account is the source printed beside the date; on a platform it is who published.
    if row[t.channels.c.kind] is ChannelKind.SITE and is_organisation(account):
        credits.append(account)
    return Copy(
        item=row[t.items.c.id],
        credits_another=credits_another(credits, own=names.get(row[t.items.c.unit], ())),
        published=row[t.versions.c.published_at],
        collected=row[t.items.c.created_at],
    )
