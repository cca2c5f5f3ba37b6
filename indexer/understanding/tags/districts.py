"""Suggest the districts of a piece: those that its text names, else the one its unit is in."""

from collections.abc import Sequence

from config.taxonomy import District
from indexer.understanding.results import Facet, Tag

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

LEAD_CHARS = 1000
TITLE_SCORE, TEXT_SCORE, UNIT_SCORE = 0.9, 0.7, 0.5
MOST_NAMED = 4  # a text that names more lists the city


def district_tags(title: str, text: str, *, own: District | None, districts: Sequence[District]) -> tuple[Tag, ...]:
    """Return the districts named in the title, else in the first 1,000 characters, else the unit's own. Pure."""
    for part, score in ((title, TITLE_SCORE), (text[:LEAD_CHARS], TEXT_SCORE)):
        named = [district for district in districts if _is_named(district, part)]
        if 0 < len(named) <= MOST_NAMED:
            return tuple(Tag(facet=Facet.DISTRICT, id=district.id, score=score) for district in named)
    return (Tag(facet=Facet.DISTRICT, id=own.id, score=UNIT_SCORE),) if own is not None else ()


def _is_named(district: District, text: str) -> bool:
    for mask in district.masks:
        text = text.replace(mask, "\n")
    return any(name in text for name in district.in_text)
