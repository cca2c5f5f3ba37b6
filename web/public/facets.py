"""The filters beside a list of hits, each value with its count and a link that toggles it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from config.taxonomy import Taxonomy
from indexer.items import ItemKind, Unit
from indexer.search.port import Found
from web.labels import label, named
from web.public.asked import FILTERS, Asked

UNITS_SHOWN = 15
OPEN = frozenset({"topic", "audience"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value of a filter."""

    label: str
    count: int
    chosen: bool
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetView:
    """One filter. name: in addresses. open: shown unfolded."""

    name: str
    label: str
    choices: Sequence[Choice]
    open: bool


def facets(asked: Asked, found: Found, *, taxonomy: Taxonomy, units: Sequence[Unit]) -> list[FacetView]:
    """Return all filters in the order of the page. Values that match nothing are left out unless they are on."""
    lists = [
        ("topic", _("Topic"), {one.id: named(one) for one in taxonomy.topics}),
        ("audience", _("Audience"), {one.id: named(one) for one in taxonomy.audiences}),
        ("district", _("District"), {one.id: named(one) for one in taxonomy.districts}),
        ("kind", _("Kind"), {str(kind): label(kind) for kind in ItemKind}),
        ("unit", _("Unit"), {str(unit.id): unit.short_name for unit in units}),
    ]
    return [
        FacetView(
            name=name,
            label=title,
            choices=_choices(asked, found, name, words),
            open=name in OPEN or name in asked.chosen,
        )
        for name, title, words in lists
    ]


def _choices(asked: Asked, found: Found, name: str, words: Mapping[str, str]) -> list[Choice]:
    counts = found.facets.get(FILTERS[name], {})
    on = asked.chosen.get(name, ())
    choices = [
        Choice(label=word, count=counts.get(value, 0), chosen=value in on, href=asked.toggled(name, value))
        for value, word in words.items()
        if counts.get(value) or value in on
    ]
    if name != "unit":
        return choices
    return sorted(choices, key=lambda choice: (not choice.chosen, -choice.count))[:UNITS_SHOWN]
