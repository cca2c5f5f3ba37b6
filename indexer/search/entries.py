"""From what the public sees of an item to what the index holds of it."""

from collections.abc import Sequence
from datetime import datetime

from indexer.base.times import BEIJING
from indexer.catalogue.facets import Values, values_of
from indexer.catalogue.films import films_of
from indexer.catalogue.items import Edition
from indexer.records.entries import PublicEntry
from indexer.search.port import Entry


def entry_of(seen: PublicEntry, *, editions: Sequence[Edition] = (), vector: bytes = b"", now: datetime) -> Entry:
    """Return the entry of an item's public version at this moment. vector: of the item. Pure."""
    listed, version = seen.listed, seen.version
    published = version.published.at if version.published else None
    day = published.astimezone(BEIJING).date() if published else None
    derived = Values(
        systems=[listed.unit.system] if listed.unit.system else [],
        editions=[edition.id for edition in editions if day and edition.starts <= day <= edition.ends],
        months=[day.isoformat()[:7]] if day else [],
        films=films_of(seen.item.kind, version.media, now),
    )
    return Entry(
        item=seen.item.id,
        version=version.number,
        title=version.title,
        text=version.text,
        unit_name=f"{listed.unit.name} {listed.unit.short_name}",
        cluster=seen.item.cluster,
        shared=listed.cluster_size > 1,
        place=listed.place,
        publication=listed.publication.number,
        author=f"{version.author} {version.account}".strip(),
        values=values_of(seen.item, listed.tags, derived),
        published=published,
        vector=vector,
    )
