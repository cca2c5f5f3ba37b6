"""indexer.understanding.tags.districts: where a piece is about."""

from indexer.understanding.results import Facet, Tag
from indexer.understanding.tags.districts import district_tags
from indexer.understanding.whereabouts.reading import Whereabouts
from indexer.understanding.whereabouts.where import Where


def test_what_was_read_becomes_tags_as_sure_as_it_was() -> None:
    read = [
        Where(district=id, confidence=sure, words="", start=0, end=0, in_title=True)
        for id, sure in (("haidian", 0.9), ("changping", 0.6))
    ]

    assert district_tags(Whereabouts(districts=tuple(read), sites=(), times=())) == (
        Tag(facet=Facet.DISTRICT, id="haidian", score=0.9),
        Tag(facet=Facet.DISTRICT, id="changping", score=0.6),
    )
