"""From what the public sees of an item to what the index holds of it."""

from indexer.items import Facet, Tag
from indexer.records.listings import PublicEntry
from indexer.search.port import Entry


def entry_of(seen: PublicEntry) -> Entry:
    """Return the entry of an item's public version. Pure."""
    return Entry(
        item=seen.item.id,
        version=seen.version.number,
        title=seen.version.title,
        text=seen.version.text,
        unit=seen.unit.id,
        unit_name=f"{seen.unit.name} {seen.unit.short_name}",
        kind=seen.item.kind,
        cluster=seen.item.cluster,
        shared=seen.cluster_size > 1,
        place=seen.place,
        publication=seen.publication.number,
        author=f"{seen.version.author} {seen.version.account}".strip(),
        topics=_ids(seen.tags, Facet.TOPIC),
        audiences=_ids(seen.tags, Facet.AUDIENCE),
        actions=_ids(seen.tags, Facet.ACTION),
        districts=_ids(seen.tags, Facet.DISTRICT),
        published=seen.version.published.at if seen.version.published else None,
    )


def _ids(tags: tuple[Tag, ...], facet: Facet) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag.id for tag in tags if tag.facet is facet))
