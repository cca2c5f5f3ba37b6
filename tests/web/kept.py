"""Pictures of items as they are once they were fetched: kept in records and store, or refused."""

from collections.abc import Mapping
from datetime import datetime

from config.settings import Settings
from indexer.base.ids import ItemId
from indexer.catalogue.media import MediaStore
from indexer.catalogue.pictures import Picture, PictureRefusal
from indexer.records import pictures
from indexer.records.claimed import give_all_back
from indexer.records.database import Database
from indexer.records.mapping import values_of
from indexer.records.pictures import PICTURE_USES, PICTURES
from indexer.records.upserts import upsert

HOLDER = "collector"


def picture(number: int = 1) -> Picture:
    """Return a picture of two widths; number: another one."""
    made = f"{number:064x}"
    return Picture(hash=made, width=1080, height=720, widths=(480, 1080), formats=("webp", "jpg"), bytes=40)


def shown_by(settings: Settings, database: Database, item: ItemId, *, now: datetime) -> str:
    """Let the first version of an item show a picture, whatever media it has; return the name of one copy."""
    made = picture()
    MediaStore(settings.data_folder).put({name: name.encode() for name in made.names})
    use = {"item": item, "version": 1, "position": 0, "url": "http://a.example/1.jpg", "hash": made.hash}
    with database.transaction() as tx:
        values = {**values_of(made, PICTURES), "kept_at": now}
        upsert(tx, PICTURES, key={"hash": made.hash}, values=values)
        key = {name: use.pop(name) for name in ("item", "version", "position")}
        upsert(tx, PICTURE_USES, key=key, values={**use, "done_at": now, "tries": 1})
    return made.name(480, "jpg")


def keep(
    settings: Settings, database: Database, item: ItemId, said: Mapping[int, Picture | PictureRefusal], *, now: datetime
) -> None:
    """Say of an item's pictures, by the position of the medium, what became of them; the others still wait."""
    store = MediaStore(settings.data_folder)
    with database.transaction() as tx:
        for use in pictures.claim_waiting(tx, holder=HOLDER, now=now, limit=1000):
            became = said.get(use.position) if use.item == item else None
            if isinstance(became, Picture):
                store.put({name: name.encode() for name in became.names})
                pictures.keep(tx, use, became, holder=HOLDER, at=now)
            elif became is not None:
                pictures.refuse(tx, [use], became, holder=HOLDER, at=now)
        give_all_back(tx, holder=HOLDER)
