"""Suggest the districts of a piece: those where its event or its subject is."""

from indexer.understanding.results import Facet, Tag
from indexer.understanding.whereabouts.reading import Whereabouts

VERSION = 2  # counts up with every change of what comes out, which is then done again (recipe.py)


def district_tags(read: Whereabouts) -> tuple[Tag, ...]:
    """Return the districts that were read of a piece as tags, the surest first. Pure."""
    return tuple(Tag(facet=Facet.DISTRICT, id=one.district, score=one.confidence) for one in read.districts)
