"""Which items show a picture that looks like another one's."""

from collections.abc import Iterable

from sqlalchemy import or_, select

from indexer.base.ids import ItemId
from indexer.base.looks import bands_of, looks_alike
from indexer.records.database import Transaction
from indexer.records.items import ITEMS
from indexer.records.pictures import PICTURE_USES, PICTURES

MOST_LOOKS = 3  # of an item, its first ones: a cover, or the pictures of a post
MOST_SHOWING = 20  # items: a picture that more of them show is a logo or a ground, and tells nothing
MOST_ROWS = 500  # looked at for one item


def looks_of(tx: Transaction, items: Iterable[ItemId]) -> dict[ItemId, tuple[str, ...]]:
    """Return how the first pictures and covers of the newest version of each item look; none: no key."""
    u, p = PICTURE_USES.c, PICTURES.c
    of_newest = (u.item == ITEMS.c.id) & (u.version == ITEMS.c.latest)
    query = select(u.item, p.look).join(ITEMS, of_newest).join(PICTURES, p.hash == u.hash)
    found: dict[ItemId, tuple[str, ...]] = {}
    for row in tx.rows(query.where(u.item.in_(list(items)), p.look != "").order_by(u.item, u.position)):
        found[row[u.item]] = (*found.get(row[u.item], ()), row[p.look])[:MOST_LOOKS]
    return found


def items_showing(tx: Transaction, looks: tuple[str, ...], *, but: ItemId) -> list[ItemId]:
    """Return the other items whose newest version shows a picture like one of these; none where too many do."""
    u, p = PICTURE_USES.c, PICTURES.c
    if not looks:
        return []
    shared = or_(*(p[f"look_{band}"] == part for look in looks for band, part in enumerate(bands_of(look))))
    of_newest = (u.item == ITEMS.c.id) & (u.version == ITEMS.c.latest)
    query = select(u.item, p.look).join(ITEMS, of_newest).join(PICTURES, p.hash == u.hash)
    rows = tx.rows(query.where(shared, u.item != but).limit(MOST_ROWS))
    found = sorted({row[u.item] for row in rows if looks_alike(looks, (row[p.look],))})
    return found if len(found) <= MOST_SHOWING else []
