"""Query stories (all public copies of one piece): which copy is the original, and what is newest.

Newest means published here: by the decision that made an item public after it was not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    String,
    and_,
    bindparam,
    exists,
    func,
    select,
    tuple_,
    type_coerce,
)

from indexer.base.ids import ClusterId, ItemId
from indexer.catalogue.facets import FACETS, NO_VALUES, Values
from indexer.records.database import Transaction
from indexer.records.derived import CONDITIONS
from indexer.records.items import ITEMS, VERSIONS
from indexer.records.public import EXPLAINED, explained
from indexer.records.understood import TAGS

KEPT = 100  # statements
MOST = 2**31 - 1  # no publication has so high a number


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a copy must satisfy. Values of a facet are joined by or, facets by and; empty means any.

    since, until: aware, of the source's own date; until excluded, and what has no date is then left out.
    """

    values: Values = NO_VALUES
    since: datetime | None = None
    until: datetime | None = None


ANY = Filters()


def copies(tx: Transaction, clusters: Iterable[ClusterId], filters: Filters = ANY) -> dict[ClusterId, list[ItemId]]:
    """Return the public items of each cluster that satisfy the filters, the original first; none: no key.

    The original credits no other source; of several, or where all credit one, it is the earliest that came out, then
    the earliest collected, then that of the lowest id.
    """
    members: dict[ClusterId, list[ItemId]] = {}
    for item, cluster in tx.tuples(_copies(filters), {"clusters": list(set(clusters))}):
        members.setdefault(cluster, []).append(item)
    return members


@lru_cache(maxsize=KEPT)
def _copies(filters: Filters) -> Select[*tuple[Any, ...]]:
    c = ITEMS.c
    of_clusters = c.cluster.in_(bindparam("clusters", expanding=True))
    query = select(c.id, c.cluster).where(of_clusters, c.publication.is_not(None), EXPLAINED)
    return query.where(*satisfied(ITEMS, filters)).order_by(*_originality(ITEMS))


def newest(
    tx: Transaction, filters: Filters = ANY, *, limit: int, offset: int = 0, before: int | None = None
) -> list[tuple[ItemId, int]]:
    """Return (item, number of its publication), the latest published here first, each story once.

    A story stands at the publication of the copy that shows it: the most original of those that satisfy the filters.
    before: only publications with a lower number.
    """
    values = {"limit": limit, "offset": offset, "before": MOST if before is None else before}
    return [(item, number) for item, number in tx.tuples(_newest(filters), values)]


def last_publication(tx: Transaction) -> int:
    """Return the highest number of a publication; 0 where nothing is public."""
    return tx.number(_LAST)


_LAST = select(func.coalesce(func.max(ITEMS.c.publication), 0))  # made once: making it takes as long as asking it


@lru_cache(maxsize=KEPT)
def _newest(filters: Filters) -> Select[*tuple[Any, ...]]:
    """Return the statement, kept: making it takes as long as asking it."""
    c = ITEMS.c
    query = select(c.id, c.publication).where(
        c.publication < bindparam("before"),
        EXPLAINED,
        *satisfied(ITEMS, filters),
        ~exists().where(MORE_ORIGINAL, *satisfied(OTHERS, filters)).correlate(ITEMS),
    )
    return query.order_by(c.publication.desc()).limit(bindparam("limit")).offset(bindparam("offset"))


def satisfied(items: FromClause, filters: Filters) -> list[ColumnElement[bool]]:
    """Return the conditions that a public row of the table of items, or of an alias of it, satisfies the filters."""
    i, t, v = items.c, TAGS.c, VERSIONS.c
    found: list[ColumnElement[bool]] = []
    for facet in FACETS:
        values = filters.values.get(facet.field)
        if values and facet.tag:
            of_version = (t.item == i.id, t.version == i.public)
            found.append(exists().where(*of_version, t.facet == facet.tag, t.id.in_(values)).correlate(items))
        elif values and not facet.column:
            found.append(CONDITIONS[facet.field](items, values))
        elif values:
            # One value is written as such: the index of a unit's publications then gives them in their order.
            # Copies are found by their cluster: an expression tempts no planner to read all of a unit for each.
            column = i[facet.column] if items is ITEMS else type_coerce(i[facet.column], String).concat("")
            found.append(column == values[0] if len(values) == 1 else column.in_(values))
    spans = [v.published_at >= filters.since] if filters.since else []
    spans += [v.published_at < filters.until] if filters.until else []
    if spans:
        found.append(exists().where(v.item == i.id, v.number == i.public, *spans).correlate(items))
    return found


def _originality(items: FromClause) -> list[ColumnElement[object]]:
    """The columns that order copies, the original first (records/originality.py)."""
    return [items.c.reposted, items.c.came_out, items.c.created_at, items.c.id]


# Of an item of ITEMS: another public copy of it, and one that is more original.
OTHERS = ITEMS.alias("others")
OTHER_COPY = and_(
    OTHERS.c.cluster == ITEMS.c.cluster,
    OTHERS.c.id != ITEMS.c.id,
    OTHERS.c.publication.is_not(None),
    explained(OTHERS),
)
MORE_ORIGINAL = and_(OTHER_COPY, tuple_(*_originality(OTHERS)) < tuple_(*_originality(ITEMS)))
