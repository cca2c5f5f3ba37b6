"""The tile map of districts: a picture of where things happen, with a list beside it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from config.taxonomy import Taxonomy

MANY_SHARE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One district. weight: `none`, `few`, `some` or `many`, against the district with most; the number stands too."""

    row: int
    column: int
    short: str
    label: str
    count: int
    weight: str
    href: str
    chosen: bool = False


def tiles(taxonomy: Taxonomy, counts: Mapping[str, int]) -> list[Tile]:
    """Return the districts that have a tile, row by row; none where no district has a piece."""
    placed = [one for one in taxonomy.districts if one.row is not None and one.column is not None]
    most = max((counts.get(one.id, 0) for one in placed), default=0)
    if most == 0:
        return []
    return [
        Tile(
            row=one.row or 0,
            column=one.column or 0,
            short=one.short,
            label=one.label,
            count=counts.get(one.id, 0),
            weight=_weight(counts.get(one.id, 0), most),
            href=url_for("public.search", district=one.id),
        )
        for one in sorted(placed, key=lambda one: (one.row or 0, one.column or 0))
    ]


def _weight(count: int, most: int) -> str:
    if count == 0:
        return "none"
    if count == most:
        return "many"
    return "some" if count >= most * MANY_SHARE else "few"
