"""What orders the copies of one piece, kept with each public item: whether it credits another source, when it came out.

Both hang on the public version and on the names of the item's unit and channels, and are worked out when these change.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, Select, String, bindparam, select, type_coerce, update

from config.words import ChannelKind
from indexer.base.ids import ItemId, UnitId
from indexer.records.channels import CHANNELS, UNITS
from indexer.records.database import Transaction
from indexer.records.items import ITEMS, VERSIONS
from indexer.understanding.duplicates.credits import credits_another, is_organisation


def originality(tx: Transaction, item: ItemId, version: int) -> dict[str, Any]:
    """Return the columns `came_out` and `reposted` of an item whose public version this is."""
    found = tx.rows(_sources().where(ITEMS.c.id == item, VERSIONS.c.number == version))
    return _columns(tx, found).get(item, {"came_out": None, "reposted": False})


def names_changed(tx: Transaction, units: Iterable[UnitId]) -> None:
    """Look again at the public items of units: who they or their channels are called decides whom a credit means."""
    shown = VERSIONS.c.number == ITEMS.c.public
    found = tx.rows(_sources().where(ITEMS.c.unit.in_(set(units)), shown))
    held = {row[ITEMS.c.id]: row[ITEMS.c.reposted] for row in found}
    changed = [
        {"of": item, "now": columns["reposted"]}
        for item, columns in _columns(tx, found).items()
        if columns["reposted"] != held[item]
    ]
    tx.change(update(ITEMS).where(ITEMS.c.id == bindparam("of")).values(reposted=bindparam("now")), changed)


def recomputed(tx: Transaction, items: Iterable[ItemId]) -> dict[ItemId, dict[str, Any]]:
    """Return what `came_out` and `reposted` of public items must be, whatever is kept: for the audit."""
    shown = VERSIONS.c.number == ITEMS.c.public
    return _columns(tx, tx.rows(_sources().where(ITEMS.c.id.in_(list(items)), shown)))


def _sources() -> Select[*tuple[object, ...]]:
    i, v, c = ITEMS.c, VERSIONS.c, CHANNELS.c
    kind = type_coerce(c.kind, String).label("kind")  # the audit reads whatever stands there
    columns = (i.id, i.unit, i.created_at, i.reposted, v.published_at, v.credits, v.account, kind)
    return select(*columns).join(VERSIONS, v.item == i.id).join(CHANNELS, c.id == i.channel)


def _columns(tx: Transaction, found: Sequence[RowMapping]) -> dict[ItemId, dict[str, Any]]:
    credits = {row[ITEMS.c.id]: _credits(row) for row in found}
    names = _own_names(tx, {row[ITEMS.c.unit] for row in found if credits[row[ITEMS.c.id]]})
    return {
        row[ITEMS.c.id]: {
            # Without a date the time of collection counts: it came out by then.
            "came_out": row[VERSIONS.c.published_at] or row[ITEMS.c.created_at],
            "reposted": credits_another(credits[row[ITEMS.c.id]], own=names.get(row[ITEMS.c.unit], ())),
        }
        for row in found
    }


def _credits(row: RowMapping) -> Sequence[str]:
    credits, account = list(row[VERSIONS.c.credits]), row[VERSIONS.c.account]
    # On a web site the account is the source printed beside the date; on a platform it is who published.
    if row["kind"] == ChannelKind.SITE and is_organisation(account):
        credits.append(account)
    return credits


def _own_names(tx: Transaction, units: set[UnitId]) -> Mapping[UnitId, Sequence[str]]:
    """All names of each unit and of its channels."""
    if not units:
        return {}
    u, c = UNITS.c, CHANNELS.c
    names: dict[UnitId, list[str]] = {}
    for row in tx.rows(select(u.id, u.name, u.short_name, u.former_names).where(u.id.in_(units))):
        names[row[u.id]] = [row[u.name], row[u.short_name], *row[u.former_names]]
    for row in tx.rows(select(c.unit, c.name).where(c.unit.in_(units))):
        names.setdefault(row[c.unit], []).append(row[c.name])
    return names
