"""Facets whose values are neither tags nor columns of an item: what a public row must satisfy to have one of them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Date, FromClause, and_, bindparam, exists, false, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.functions import FunctionElement

from indexer.base.ids import ItemId
from indexer.base.times import month_of, now
from indexer.catalogue.facets import Film
from indexer.catalogue.films import LONGEST
from indexer.catalogue.items import ItemKind, MediaKind
from indexer.records.channels import UNITS
from indexer.records.columns import Moment
from indexer.records.database import Transaction
from indexer.records.editions import EDITIONS
from indexer.records.items import ITEMS, VERSIONS
from indexer.records.media import MEDIA, was_live

Condition = ColumnElement[bool]
_NOW = bindparam("moment", callable_=now, type_=Moment())
_LONG_AGO = bindparam("long_ago", callable_=lambda: now() - LONGEST, type_=Moment())
_IS_LIVE = was_live(_NOW, _NOW, _LONG_AGO)
_LIVE = (
    select(ITEMS.c.id)
    .distinct()
    .join(MEDIA, and_(MEDIA.c.item == ITEMS.c.id, MEDIA.c.version == ITEMS.c.public))
    .where(
        was_live(
            bindparam("since", type_=Moment()), bindparam("until", type_=Moment()), bindparam("from", type_=Moment())
        )
    )
)


class BeijingDay(FunctionElement[Any]):
    """The day in Beijing of a moment, which stands as UTC."""

    inherit_cache = True
    type = Date()


@compiles(BeijingDay, "sqlite")
def _on_sqlite(element: BeijingDay, compiler: Any, **named: Any) -> str:  # noqa: ANN401 - of SQLAlchemy
    return f"date({compiler.process(element.clauses, **named)}, '+8 hours')"


@compiles(BeijingDay, "postgresql")
def _on_postgresql(element: BeijingDay, compiler: Any, **named: Any) -> str:  # noqa: ANN401 - of SQLAlchemy
    return f"(({compiler.process(element.clauses, **named)}) AT TIME ZONE 'Asia/Shanghai')::date"


def _systems(items: FromClause, values: Sequence[str]) -> Condition:
    return exists().where(UNITS.c.id == items.c.unit, UNITS.c.system.in_(values)).correlate(items)


def _editions(items: FromClause, values: Sequence[str]) -> Condition:
    v, e = VERSIONS.c, EDITIONS.c
    return (
        exists()
        .where(v.item == items.c.id, v.number == items.c.public, e.id.in_(values))
        .where(BeijingDay(v.published_at).between(e.starts, e.ends))
        .correlate(items)
    )


def _months(items: FromClause, values: Sequence[str]) -> Condition:
    v, spans = VERSIONS.c, filter(None, map(month_of, values))
    is_in = [BeijingDay(v.published_at).between(first, last) for first, last in spans]
    of_version = exists().where(v.item == items.c.id, v.number == items.c.public)
    return of_version.where(or_(*is_in)).correlate(items) if is_in else false()


def _films(items: FromClause, values: Sequence[str]) -> Condition:
    m, found = MEDIA.c, list[Condition]()
    of_version = exists().where(m.item == items.c.id, m.version == items.c.public)
    if Film.VIDEO in values:
        found += [items.c.kind == ItemKind.VIDEO, of_version.where(m.kind == MediaKind.VIDEO).correlate(items)]
    if Film.LIVE in values:
        found.append(of_version.where(_IS_LIVE).correlate(items))
    return or_(*found) if found else false()


CONDITIONS: Mapping[str, Callable[[FromClause, Sequence[str]], Condition]] = MappingProxyType(
    {"systems": _systems, "editions": _editions, "months": _months, "films": _films}
)
"""By the field of a facet: the condition that a public row of the table of items has one of the values."""


def live_between(tx: Transaction, since: datetime, until: datetime) -> frozenset[ItemId]:
    """Return the items whose public version has a live stream that was on between these moments."""
    values = {"since": since, "until": until, "from": since - LONGEST}
    return frozenset(ItemId(item) for (item,) in tx.tuples(_LIVE, values))
