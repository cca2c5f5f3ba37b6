"""What the records say of the pictures of an article, and a site that has some."""

from indexer.base.ids import ItemId
from indexer.catalogue.pictures import PictureUse
from indexer.records import pictures
from indexer.records.database import Database
from tests.simulators.website import Answer, Website


def uses(database: Database, item: ItemId, version: int = 1) -> dict[int, PictureUse]:
    with database.reading() as tx:
        return pictures.uses_of(tx, [(item, version)]).get((item, version), {})


def serve(website: Website, path: str, body: bytes) -> None:
    website.answers[path] = Answer(body=body, headers={"Content-Type": "image/jpeg"})
