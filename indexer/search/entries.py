"""From what the public sees of an item to what the index holds of it."""

from indexer.catalogue.facets import values_of
from indexer.records.entries import PublicEntry
from indexer.search.port import Entry


def entry_of(seen: PublicEntry, *, vector: bytes = b"") -> Entry:
    """Return the entry of an item's public version. vector: of the item. Pure."""
    listed, version = seen.listed, seen.version
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
        values=values_of(seen.item, listed.tags),
        published=version.published.at if version.published else None,
        vector=vector,
    )
