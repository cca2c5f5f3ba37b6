"""How an item stands."""

from indexer.catalogue.items import Item
from indexer.records import items
from indexer.records.database import Database
from indexer.review.records import State


def stands(database: Database, item: Item) -> tuple[State, int | None]:
    with database.reading() as tx:
        found = items.item(tx, item.id)
    assert found is not None
    return found.state, found.public
