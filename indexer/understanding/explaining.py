"""Why a piece gets what machines say of it: each tag with its words, each finding with its place, what it is alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.base.ids import ItemId
from indexer.catalogue.items import Item, Version
from indexer.records import tag_verdicts, understood
from indexer.records.database import Database
from indexer.understanding.duplicates.pairs import Pair
from indexer.understanding.duplicates.pieces import Piece as Words
from indexer.understanding.duplicates.sketches import sketch
from indexer.understanding.embeddings.wording import passage_of
from indexer.understanding.grouping import pairs_of
from indexer.understanding.prepared import Understanding
from indexer.understanding.results import Facet, Finding
from indexer.understanding.sayings import sayings_of
from indexer.understanding.tags.port import Piece
from indexer.understanding.whereabouts.reading import Whereabouts

Key = tuple[Facet, str]
SAID_BY_PERSON = {True: "set by a person", False: "taken off by a person"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TagWhy:
    """A tag and why it is said. person: what a person said of it, empty where nobody did."""

    facet: Facet
    id: str
    confidence: float
    sentence: str = ""
    words: tuple[str, ...] = ()
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Another item that the piece is alike, and why."""

    item: ItemId
    title: str
    pair: Pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """All that is said of a piece. off_topic: 0 to 1."""

    title: str
    tags: Sequence[TagWhy]
    off_topic: float
    whereabouts: Whereabouts
    findings: Sequence[Finding]
    near: Sequence[Near]


def explain(database: Database, understanding: Understanding, item: Item, version: Version) -> Explained:
    """Return what is said of a version now, and why; nothing is written. item: it need not be in the records."""
    [vector] = understanding.embedder.passages([passage_of(version)])
    with database.reading() as tx:
        sayings = sayings_of(tx, understanding)
        verdicts = {(one.facet, one.tag): one.is_right for one in tag_verdicts.of_item(tx, item.id)}
    piece, read = Words(version.title, version.text), sayings.whereabouts(item, version)
    near = understanding.known.up_to_date(database).nearest(sketch(piece), but=item.id)
    pairs = pairs_of(database, item.id, piece, near)
    others = {pair.other if pair.item == item.id else pair.item: pair for pair in pairs}
    with database.reading() as tx:
        titles = {key: title for key, (title, _) in understood.newest_texts(tx, others).items()}
    tags, off_topic = _tags(understanding, item, version, vector, verdicts)
    return Explained(
        title=version.title,
        tags=[*tags, *_districts(read, verdicts)],
        off_topic=off_topic,
        whereabouts=read,
        findings=sayings.findings(item, version),
        near=[Near(item=key, title=titles.get(key, ""), pair=pair) for key, pair in others.items()],
    )


def _tags(
    understanding: Understanding,
    item: Item,
    version: Version,
    vector: NDArray[np.float32],
    verdicts: Mapping[Key, bool],
) -> tuple[list[TagWhy], float]:
    piece = Piece(title=version.title, text=version.text, kind=item.kind, vector=vector)
    [said] = understanding.tagger.say([piece])
    tags = [
        TagWhy(
            facet=one.facet,
            id=one.id,
            confidence=one.confidence,
            sentence=one.why.sentence,
            words=one.why.words,
            person=_person((one.facet, one.id), verdicts),
        )
        for one in said.tags
    ]
    told = {(one.facet, one.id) for one in tags}
    by_people = [
        TagWhy(facet=facet, id=id, confidence=1.0, person=SAID_BY_PERSON[True])
        for (facet, id), is_right in verdicts.items()
        if is_right and (facet, id) not in told and facet is not Facet.DISTRICT
    ]
    return [*tags, *by_people], said.off_topic


def _districts(read: Whereabouts, verdicts: Mapping[Key, bool]) -> list[TagWhy]:
    return [
        TagWhy(
            facet=Facet.DISTRICT,
            id=one.district,
            confidence=one.confidence,
            sentence="the unit sits there" if read.from_seat else "",
            words=(one.words,) if one.words else (),
            person=_person((Facet.DISTRICT, one.district), verdicts),
        )
        for one in read.districts
    ]


def _person(key: Key, verdicts: Mapping[Key, bool]) -> str:
    return SAID_BY_PERSON[verdicts[key]] if key in verdicts else ""
