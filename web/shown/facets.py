"""The filters beside a list of hits, each value with its count and a link that toggles it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import assert_never

from babel.dates import format_skeleton
from flask_babel import get_locale, gettext

from config.taxonomy import Category, District, Taxonomy
from indexer.base.ids import UnitId
from indexer.base.times import month_of
from indexer.catalogue.facets import FACETS, FilterFacet, NamedBy
from indexer.records.channels import short_names
from indexer.records.database import Transaction
from indexer.records.editions import editions
from web.app.preferences import chosen
from web.shown.asked import CLOSED, Asked
from web.shown.labels import label, named


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value of a filter; count: None while search rests and nobody counts."""

    label: str
    count: int | None
    chosen: bool
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetView:
    """One filter. name: in addresses. open: shown unfolded."""

    name: str
    label: str
    choices: Sequence[Choice]
    open: bool


def facets(
    tx: Transaction, asked: Asked, counts: Mapping[str, Mapping[str, int]] | None, *, taxonomy: Taxonomy
) -> list[FacetView]:
    """Return all filters in the order of the page. Values that match nothing are left out unless they are on.

    counts: field → value → how many match; None: unknown, and every value that is known without it is shown.
    """
    return [
        FacetView(
            name=facet.parameter,
            label=_heading(facet.label, chosen("lang")),
            choices=_choices(tx, asked, facet, None if counts is None else counts.get(facet.field, {}), taxonomy),
            open=facet.is_open or facet.parameter in asked.chosen,
        )
        for facet in FACETS
    ]


def categories(taxonomy: Taxonomy, facet: FilterFacet) -> Sequence[Category | District]:
    """Return the values that the taxonomy has for a facet that is named by it."""
    found: Sequence[Category | District] = getattr(taxonomy, facet.field)
    return found


def _choices(
    tx: Transaction, asked: Asked, facet: FilterFacet, counts: Mapping[str, int] | None, taxonomy: Taxonomy
) -> list[Choice]:
    on = asked.chosen.get(facet.parameter, ())

    def is_shown(value: str) -> bool:
        return counts is None or bool(counts.get(value)) or value in on

    names = _names(tx, facet, [*on, *_first(counts or {}, facet.most)], taxonomy, is_shown)
    return [
        Choice(
            label=word,
            count=None if counts is None else counts.get(value, 0),
            chosen=value in on,
            href=asked.toggled(facet.parameter, value),
        )
        for value, word in names.items()
        if is_shown(value)
    ][: facet.most]


def _first(counts: Mapping[str, int], most: int | None) -> Sequence[str]:
    """The values with most pieces first; as many as are shown."""
    return sorted(counts, key=lambda value: (-counts[value], value))[:most]


def _names(
    tx: Transaction, facet: FilterFacet, wanted: Sequence[str], taxonomy: Taxonomy, is_shown: Callable[[str], bool]
) -> Mapping[str, str]:
    """The values with their names in the order of the page; of units only those wanted, in that order.

    What is not shown need not be named: a page shows a third of the taxonomy, each name in the reader's language.
    """
    match facet.named_by:
        case NamedBy.TAXONOMY:
            return {one.id: named(one) for one in categories(taxonomy, facet) if is_shown(one.id)}
        case NamedBy.KINDS | NamedBy.FILMS:
            language = chosen("lang")
            return {value: _word(value, language) for value in CLOSED[facet.parameter] if is_shown(value)}
        case NamedBy.SYSTEMS:
            return {value: value for value in CLOSED[facet.parameter]}
        case NamedBy.EDITIONS:
            return {edition.id: edition.label for edition in editions(tx)}
        case NamedBy.MONTHS:
            spans = {value: span for value in sorted(set(wanted), reverse=True) if (span := month_of(value))}
            return {value: format_skeleton("yMMMM", first, locale=get_locale()) for value, (first, _) in spans.items()}
        case NamedBy.UNITS:
            units = short_names(tx, map(UnitId, wanted)) if wanted else {}
            return {unit: units[UnitId(unit)] for unit in dict.fromkeys(wanted) if unit in units}
        case _:
            assert_never(facet.named_by)


@cache
def _heading(msgid: str, _language: str) -> str:
    """A page has a score of words that are the same on every page, and looking one up takes as long as a line of it."""
    return str(gettext(msgid))


@cache
def _word(value: str, _language: str) -> str:
    return label(value)
