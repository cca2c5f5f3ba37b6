"""What machines say of one version: its tags and the findings of its checks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indexer.base.ids import ItemId, UnitId
from indexer.base.times import BEIJING
from indexer.catalogue.items import Item, Version
from indexer.records import channels, pictures
from indexer.records.database import Transaction
from indexer.understanding.policies.check import findings
from indexer.understanding.policies.parts import Subject
from indexer.understanding.prepared import Understanding
from indexer.understanding.results import Finding, Tag
from indexer.understanding.tags.districts import district_tags
from indexer.understanding.tags.port import Piece
from indexer.understanding.whereabouts.reading import Whereabouts
from indexer.whitelist.records import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Sayings:
    """Says it, with what stands around versions: units, the hosts registered for each, codes in pictures."""

    understanding: Understanding
    units: Mapping[UnitId, Unit]
    hosts: Mapping[UnitId, frozenset[str]]
    codes: Mapping[tuple[ItemId, int], tuple[str, ...]]

    def tags(self, item: Item, version: Version, vector: NDArray[np.float32]) -> tuple[Tag, ...]:
        """Return the tags of a version. Pure: vector is that of `passage_of`."""
        [tags] = self.tags_of([(item, version)], [vector])
        return tags

    def tags_of(
        self, page: Sequence[tuple[Item, Version]], vectors: Iterable[NDArray[np.float32]]
    ) -> list[tuple[Tag, ...]]:
        """Return the tags of each version, said of all at once. Pure: vectors are those of `passage_of`."""
        pieces = [
            Piece(title=version.title, text=version.text, kind=item.kind, vector=vector)
            for (item, version), vector in zip(page, vectors, strict=True)
        ]
        return [
            (
                *(Tag(facet=one.facet, id=one.id, score=one.confidence) for one in said.tags),
                *district_tags(self.whereabouts(item, version)),
            )
            for (item, version), said in zip(page, self.understanding.tagger.say(pieces), strict=True)
        ]

    def whereabouts(self, item: Item, version: Version) -> Whereabouts:
        """Return where and when the event of a version is; its unit's district where nothing else tells. Pure."""
        by, unit = self.understanding, self.units.get(item.unit)
        day = version.published.at if version.published else version.collected_at
        seat = by.taxonomy.district(unit.district) if unit else None
        published = day.astimezone(BEIJING).date()
        return by.whereabouts.read(version.title, version.text, item.kind, published=published, seat=seat)

    def findings(self, item: Item, version: Version, vector: NDArray[np.float32] | None = None) -> tuple[Finding, ...]:
        """Return what the checks find in a version. Pure. vector: that of `passage_of`, or None."""
        hosts, codes = self.hosts.get(item.unit, frozenset()), self.codes.get((item.id, version.number), ())
        return findings(self.understanding.checks, replace(subject_of(version, hosts), vector=vector, codes=codes))


def subject_of(version: Version, hosts: frozenset[str]) -> Subject:
    """Return what is checked of a version. hosts: those registered for its unit. Pure."""
    return Subject(
        title=version.title,
        text=version.text,
        html=version.html,
        hosts=hosts,
        is_dated=version.published is not None,
        has_media=bool(version.media),
    )


def hosts_of(tx: Transaction) -> dict[UnitId, frozenset[str]]:
    """Return the registered hosts of each unit."""
    hosts: dict[UnitId, frozenset[str]] = {}
    for channel in channels.channels(tx):
        hosts[channel.unit] = hosts.get(channel.unit, frozenset()) | frozenset(channel.hosts)
    return hosts


def sayings_of(tx: Transaction, understanding: Understanding, items: Iterable[ItemId] = ()) -> Sayings:
    """Return what says it, with all units and hosts as the records hold them now."""
    units = {unit.id: unit for unit in channels.units(tx)}
    return Sayings(understanding=understanding, units=units, hosts=hosts_of(tx), codes=pictures.codes_of(tx, items))
