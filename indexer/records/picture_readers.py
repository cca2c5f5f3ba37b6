"""What shows a picture: the page that it is fetched for, and whether that is public, or for editors alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, select, tuple_

from indexer.base.ids import ChannelId, ItemId
from indexer.records.database import Transaction
from indexer.records.items import ITEMS, VERSIONS
from indexer.records.pictures import PICTURE_USES
from indexer.records.public import EXPLAINED


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownOn:
    """The article that shows a picture: its address and its channel."""

    channel: ChannelId
    url: str


def shown_on(tx: Transaction, versions: Iterable[tuple[ItemId, int]]) -> dict[tuple[str, int], ShownOn]:
    """Return the page of each version, in one query."""
    v, wanted = VERSIONS.c, list(dict.fromkeys(versions))
    query = select(v.item, v.number, v.url, ITEMS.c.channel).join(ITEMS, ITEMS.c.id == v.item)
    found = tx.rows(query.where(tuple_(v.item, v.number).in_(wanted))) if wanted else ()
    return {(row[v.item], row[v.number]): ShownOn(channel=row[ITEMS.c.channel], url=row[v.url]) for row in found}


def is_public(tx: Transaction, hash: str) -> bool:
    """Tell whether the public version of an item shows the picture."""
    u = PICTURE_USES.c
    return (
        tx.first(_uses(hash).join(ITEMS, ITEMS.c.id == u.item).where(u.version == ITEMS.c.public, EXPLAINED))
        is not None
    )


def is_used(tx: Transaction, hash: str) -> bool:
    """Tell whether any version of an item shows it."""
    return tx.first(_uses(hash)) is not None


def _uses(hash: str) -> Select[tuple[str]]:
    return select(PICTURE_USES.c.item).where(PICTURE_USES.c.hash == hash).limit(1)
