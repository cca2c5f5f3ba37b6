"""The pictures, films and sounds that a version names."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime

from sqlalchemy import (
    Column,
    ColumnElement,
    Index,
    Integer,
    Table,
    Text,
    and_,
    bindparam,
    insert,
    or_,
    select,
    text,
)

from indexer.base.ids import ItemId
from indexer.catalogue.items import Media, MediaKind, Version
from indexer.records.columns import Moment, key, metadata, of_version, word
from indexer.records.database import Transaction
from indexer.records.mapping import values_of

MEDIA = Table(
    "media",
    metadata,
    key("item"),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", word(MediaKind), nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False, server_default=""),
    Column("cover", Text, nullable=False, server_default=""),
    Column("seconds", Integer),
    Column("starts", Moment),
    Column("ends", Moment),
    Column("replay", Text, nullable=False, server_default=""),
    Column("credit", Text, nullable=False, server_default=""),
    Column("ai_label", Text, nullable=False, server_default=""),
    of_version(),
    Index(
        None,
        "starts",
        sqlite_where=text("starts IS NOT NULL"),
        postgresql_where=text("starts IS NOT NULL"),
    ),
)
Moments = ColumnElement[datetime]
FIELDS = tuple(MEDIA.c[field.name] for field in fields(Media))


def was_live(since: Moments, until: Moments, long_ago: Moments) -> ColumnElement[bool]:
    """Return the condition that a medium is a live stream that was on between two moments, as `films` tells it.

    long_ago: LONGEST before `since`.
    """
    m = MEDIA.c
    return and_(m.starts <= until, or_(m.ends > since, and_(m.ends.is_(None), m.starts > long_ago)))


_OF_ITEMS = (
    select(MEDIA.c.item, MEDIA.c.version, *FIELDS)
    .where(MEDIA.c.item.in_(bindparam("items", expanding=True)))
    .order_by(MEDIA.c.item, MEDIA.c.version, MEDIA.c.position)
)


def add_media(tx: Transaction, versions: Iterable[Version]) -> None:
    """Write the media of versions that were just written."""
    tx.change(
        insert(MEDIA),
        [
            {"item": version.item, "version": version.number, "position": place} | values_of(one, MEDIA)
            for version in versions
            for place, one in enumerate(version.media)
        ],
    )


def media_of(tx: Transaction, items: Iterable[ItemId]) -> dict[tuple[ItemId, int], list[Media]]:
    """Return the media of each version of the items in their order, in one query; none: no key."""
    media: dict[tuple[ItemId, int], list[Media]] = {}
    for item, version, *values in tx.tuples(_OF_ITEMS, {"items": list(set(items))}):
        named = {column.key: value for column, value in zip(FIELDS, values, strict=True)}
        media.setdefault((item, version), []).append(Media(**named))
    return media
