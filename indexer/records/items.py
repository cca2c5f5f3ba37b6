"""Items and their versions, in whatever state."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    RowMapping,
    Select,
    String,
    Table,
    Text,
    and_,
    bindparam,
    false,
    func,
    insert,
    select,
    update,
)

from indexer.base.ids import ItemId
from indexer.base.times import Published
from indexer.catalogue.items import URL_CHARS, Item, ItemKind, Media, Version
from indexer.records import pictures
from indexer.records.columns import NAME_CHARS, Moment, Words, claim, key, link, metadata, word
from indexer.records.database import Transaction
from indexer.records.errors import RecordsContended
from indexer.records.mapping import record_of, values_of
from indexer.records.media import add_media, media_of
from indexer.records.upserts import insert_those_not_there
from indexer.review.records import WAITING, State
from indexer.understanding.duplicates.credits import credited

NEVER = "1970-01-01 00:00:00.000000"
CLUSTERS = Table("clusters", metadata, key("id"))
ITEMS = Table(
    "items",
    metadata,
    key("id"),
    link("unit", "units.id"),
    link("channel", "channels.id"),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", word(ItemKind), nullable=False),
    Column("state", word(State), nullable=False),
    Column("latest", Integer, nullable=False),
    Column("public", Integer),
    link("cluster", "clusters.id"),
    Column("created_at", Moment, nullable=False),
    # Of what is public, else empty; `decisions.append` keeps them, and they show nothing (records/public.py says what).
    Column("publication", Integer),  # the decision that made it public: its place in what is newest here
    Column("public_since", Moment),
    Column("version_since", Moment),  # when its present public version became public
    Column("came_out", Moment),  # at the source: with `reposted` its place among its copies (originality.py)
    Column("reposted", Boolean, nullable=False, server_default=false()),  # it credits another source
    Column("waiting_since", Moment, nullable=False, server_default=NEVER),  # when the newest version was collected
    Column("findings_weight", Integer, nullable=False, server_default="0"),  # of the newest version
    Index(None, "publication"),
    Index(None, "unit", "publication"),
    Index(None, "state", "waiting_since", "id"),
    Index(None, "unit", "waiting_since", "id", "state"),
    Index(None, "channel"),
    Index(None, "cluster"),
    Index(None, "public", "id"),
)


# Written out in full, so that the databases see that a query asks for no more than the indexes below hold; and as what
# it is not, since SQLite would else take the index by state and sort all that waits.
SETTLED = tuple(state for state in State if state not in WAITING)
WAITS = ITEMS.c.state.not_in(bindparam("settled", SETTLED, expanding=True, literal_execute=True))
for _name, _first in (("ix_items_waiting", ()), ("ix_items_loudest", (ITEMS.c.findings_weight.desc(),))):
    Index(_name, *_first, ITEMS.c.waiting_since, ITEMS.c.id, sqlite_where=WAITS, postgresql_where=WAITS)


VERSIONS = Table(
    "versions",
    metadata,
    key("item", of="items.id"),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("url", String(URL_CHARS), nullable=False),
    Column("title", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("published_at", Moment),
    Column("published_offset_seconds", Integer),
    Column("published_is_day", Boolean),
    Column("html", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("omitted_chars", Integer, nullable=False, server_default="0"),
    Column("content_hash", String(64), nullable=False),
    Column("credits", Words, nullable=False, server_default="[]"),  # the sources that the text itself names
    Column("collected_at", Moment, nullable=False),
    Column("understood_at", Moment),
    *claim(),  # of whoever understands it now
    Column("recipe", String(NAME_CHARS)),  # by which it was understood; empty: before recipes were noted
    Column("is_awaited", Boolean, nullable=False, server_default=false()),
    Index(None, "understood_at", "item"),
    Index(None, "recipe", "item"),
)

IS_AWAITED = VERSIONS.c.is_awaited.is_(True)
Index("ix_versions_awaited", VERSIONS.c.item, sqlite_where=IS_AWAITED, postgresql_where=IS_AWAITED)
BOTH = (*ITEMS.c, *VERSIONS.c)
_ONE = select(ITEMS).where(ITEMS.c.id == bindparam("of"))
NEWEST = and_(VERSIONS.c.item == ITEMS.c.id, VERSIONS.c.number == ITEMS.c.latest)


def by_key(tx: Transaction, key: str) -> Item | None:
    """Return the item under a canonical key."""
    row = tx.first(select(ITEMS).where(ITEMS.c.key == key))
    return record_of(Item, row, ITEMS) if row else None


def locked_by_keys(tx: Transaction, keys: Iterable[str]) -> dict[str, Item]:
    """Return those of the canonical keys under which there is an item, each as it is and, as by `lock`, stays."""
    query = select(ITEMS).where(ITEMS.c.key.in_(set(keys))).order_by(ITEMS.c.id)
    return {row[ITEMS.c.key]: record_of(Item, row, ITEMS) for row in tx.rows(query.with_for_update(key_share=True))}


def item(tx: Transaction, item: ItemId) -> Item | None:
    """Return one item in whatever state; a public page asks `public_item`."""
    row = tx.first(_ONE, {"of": item})
    return record_of(Item, row, ITEMS) if row else None


def some_items(tx: Transaction, items: Iterable[ItemId]) -> dict[ItemId, Item]:
    """Return those of the items that there are, in one query."""
    found = tx.rows(select(ITEMS).where(ITEMS.c.id.in_(list(items))))
    return {row[ITEMS.c.id]: record_of(Item, row, ITEMS) for row in found}


def locked(tx: Transaction, item: ItemId) -> Item | None:
    """Return one item as it is and, as by `lock`, stays to the end of the transaction."""
    row = tx.first(select(ITEMS).where(ITEMS.c.id == item).with_for_update(key_share=True))
    return record_of(Item, row, ITEMS) if row else None


def version(tx: Transaction, item: ItemId, number: int) -> Version | None:
    """Return one version of an item."""
    found = _versions(tx, select(VERSIONS).where(VERSIONS.c.item == item, VERSIONS.c.number == number))
    return found[0] if found else None


def versions(tx: Transaction, item: ItemId) -> list[Version]:
    """Return all versions of an item, oldest first."""
    query = select(VERSIONS).where(VERSIONS.c.item == item).order_by(VERSIONS.c.number)
    return _versions(tx, query)


def lock(tx: Transaction, *items: ItemId) -> None:
    """Keep the items as they are to the end of the transaction: who else wants to move one waits.

    What is read after it is the newest. SQLite needs none of it: there a transaction that writes is alone.
    """
    if tx.is_on_postgresql:
        c = ITEMS.c  # in one order, or two would wait for each other
        tx.rows(select(c.id).where(c.id.in_(items)).order_by(c.id).with_for_update(key_share=True))


def add_items(tx: Transaction, new: Sequence[tuple[Item, Version]]) -> None:
    """Write new items with their first versions. Raises ValueError unless each is pending and nothing of it public.

    Raises RecordsContended where another transaction has just made an item of the same key.
    """
    for item, version in new:
        if item.state is not State.PENDING or item.public is not None or item.latest != version.number:
            raise ValueError(f"a new item is pending, with one version and none public: {item.id}")
    insert_those_not_there(tx, CLUSTERS, [{"id": item.cluster} for item, _ in new])
    # In the order of their keys, so that of two who write at once one waits for the other, and not each for the other.
    rows = [values_of(item, ITEMS) | {"waiting_since": version.collected_at} for item, version in new]
    rows.sort(key=itemgetter("key"))
    if insert_those_not_there(tx, ITEMS, rows) < len(rows):
        raise RecordsContended("An item of the same key was made at the same moment. Try again.")
    _write_versions(tx, [version for _, version in new])


def add_versions(tx: Transaction, newer: Sequence[Version]) -> None:
    """Write newer versions, each its item's latest, which waits from now on; what is public does not move.

    Several of one item come in their order.
    """
    _write_versions(tx, newer)
    latest = {"latest": bindparam("number"), "waiting_since": bindparam("at"), "findings_weight": 0}
    rows = [{"of": one.item, "number": one.number, "at": one.collected_at} for one in newer]
    tx.change(update(ITEMS).where(ITEMS.c.id == bindparam("of")).values(latest), rows)


def counts(tx: Transaction) -> Mapping[State, int]:
    """Return how many items stand in each state, 0 for those without."""
    count = func.count().label("count")
    found = tx.rows(select(ITEMS.c.state, count).group_by(ITEMS.c.state))
    return dict.fromkeys(State, 0) | {row[ITEMS.c.state]: int(row["count"]) for row in found}


def count(tx: Transaction) -> int:
    """Return how many items there are, in whatever state."""
    return tx.number(select(func.count()).select_from(ITEMS))


def pairs(
    tx: Transaction, query: Select[*tuple[object, ...]], values: Mapping[str, object] | None = None
) -> list[tuple[Item, Version]]:
    """Run a query over the columns of BOTH; the media of all of them come with one more."""
    return pairs_of(tx, tx.rows(query, values))


def pairs_of(tx: Transaction, found: Sequence[RowMapping]) -> list[tuple[Item, Version]]:
    """Return item and version of rows that hold the columns of BOTH; the media of all of them come in one query."""
    media = media_of(tx, [row[VERSIONS.c.item] for row in found])
    return [
        (record_of(Item, row, ITEMS), _version_of(row, media.get((row[VERSIONS.c.item], row[VERSIONS.c.number]), [])))
        for row in found
    ]


def _versions(tx: Transaction, query: Select[*tuple[object, ...]]) -> list[Version]:
    found = tx.rows(query)
    media = media_of(tx, [row[VERSIONS.c.item] for row in found])
    return [_version_of(row, media.get((row[VERSIONS.c.item], row[VERSIONS.c.number]), [])) for row in found]


def _write_versions(tx: Transaction, versions: Sequence[Version]) -> None:
    tx.change(insert(VERSIONS), [_values_of_version(version) for version in versions])
    add_media(tx, versions)
    pictures.want(tx, [(one.item, one.number) for one in versions if any(medium.picture for medium in one.media)])


def _version_of(row: RowMapping, media: Sequence[Media]) -> Version:
    c = VERSIONS.c
    is_day = bool(row[c.published_is_day])
    published = published_of(row[c.published_at], row[c.published_offset_seconds], is_day=is_day)
    return record_of(Version, row, VERSIONS, published=published, media=tuple(media))


def published_of(at: datetime | None, offset_seconds: int | None, *, is_day: bool) -> Published | None:
    """Return when a source says it was published, from the three columns that hold it."""
    if at is None:
        return None
    zone = timezone(timedelta(seconds=offset_seconds)) if offset_seconds is not None else UTC
    return Published(at=at.astimezone(zone), is_day=is_day)


def _values_of_version(version: Version) -> dict[str, Any]:
    published = version.published
    offset = published.at.utcoffset() if published else None
    return values_of(version, VERSIONS) | {
        "published_at": published.at if published else None,
        "published_offset_seconds": None if offset is None else int(offset.total_seconds()),
        "published_is_day": published.is_day if published else None,
        "credits": credited(title=version.title, text=version.text),
    }
