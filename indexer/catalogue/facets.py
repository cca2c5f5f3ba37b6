"""What can be filtered: one row a facet, from which queries, records, both engines, addresses and pages are made.

A new one is a row here, its label's words in the catalogue of translations, and what docs/api.md says of it; then
`carnival reindex`, for the index holds its values. What readers call it in a search stands in web/shown/worded.py.
"""

from collections.abc import ItemsView, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto

from indexer.catalogue.items import Item
from indexer.understanding.results import Facet, Tag


class NamedBy(StrEnum):
    """Where the values of a facet and their names come from."""

    TAXONOMY = auto()  # the list of the taxonomy that bears the field's name
    KINDS = auto()  # the closed set ItemKind
    FILMS = auto()  # the closed set Film
    UNITS = auto()  # the units of the whitelist
    SYSTEMS = auto()  # the closed set System
    EDITIONS = auto()  # the campaign's years, as the records have them
    MONTHS = auto()  # 2026-09: the month in Beijing of the source's own date


class Film(StrEnum):
    """What a piece lets its reader see: a video of any kind, or a live stream that is on at this moment."""

    VIDEO = "video"
    LIVE = "live_now"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterFacet:
    """One filter.

    parameter: its name in addresses. field: its name in queries, in the index, in counts, and among the lists of the
    taxonomy. label: what the page calls it, in English, a msgid. tag: the facet of the tags that are its values, else
    column: the item's own field, else `indexer/records/derived.py` says whose they are. is_open: unfolded on the page.
    most: values shown, those with most pieces; None: all.
    """

    parameter: str
    field: str
    label: str
    named_by: NamedBy = NamedBy.TAXONOMY
    tag: Facet | None = None
    column: str = ""
    is_open: bool = False
    most: int | None = None


FACETS = (
    FilterFacet(parameter="topic", field="topics", label="Topic", tag=Facet.TOPIC, is_open=True),
    FilterFacet(parameter="audience", field="audiences", label="Audience", tag=Facet.AUDIENCE, is_open=True),
    FilterFacet(parameter="district", field="districts", label="District", tag=Facet.DISTRICT),
    FilterFacet(parameter="action", field="actions", label="Key action", tag=Facet.ACTION),
    FilterFacet(parameter="form", field="forms", label="Form", tag=Facet.FORM),
    FilterFacet(parameter="kind", field="kinds", label="Kind", named_by=NamedBy.KINDS, column="kind"),
    FilterFacet(parameter="film", field="films", label="Video and live", named_by=NamedBy.FILMS),
    FilterFacet(parameter="system", field="systems", label="System", named_by=NamedBy.SYSTEMS),
    FilterFacet(parameter="edition", field="editions", label="Edition", named_by=NamedBy.EDITIONS),
    FilterFacet(parameter="month", field="months", label="Month", named_by=NamedBy.MONTHS, most=12),
    FilterFacet(parameter="unit", field="units", label="Unit", named_by=NamedBy.UNITS, column="unit", most=15),
)
FIELDS = tuple(facet.field for facet in FACETS)
DERIVED = tuple(facet.field for facet in FACETS if not (facet.tag or facet.column))


class Values(Mapping[str, tuple[str, ...]]):
    """Values by the field of their facet: those that an item has, or those that a query asks for.

    A field without values is left out. The same values are equal and have one hash.
    """

    __slots__ = ("_held",)

    def __init__(self, held: Mapping[str, Iterable[str]] | None = None, /, **named: Iterable[str]) -> None:
        """Raises ValueError for a field that no facet has."""
        given = {**(held or {}), **named}
        if unknown := set(given) - set(FIELDS):
            raise ValueError(f"no facet has the field {', '.join(sorted(unknown))}")
        self._held = {field: tuple(str(value) for value in given[field]) for field in FIELDS if field in given}
        self._held = {field: values for field, values in self._held.items() if values}

    def __getitem__(self, field: str) -> tuple[str, ...]:
        return self._held[field]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def items(self) -> ItemsView[str, tuple[str, ...]]:
        """Return those of the dictionary: ten times as fast as what a mapping inherits."""
        return self._held.items()

    def __eq__(self, other: object) -> bool:
        return self._held == other._held if isinstance(other, Values) else super().__eq__(other)

    def __hash__(self) -> int:
        return hash(tuple(self._held.items()))

    def __repr__(self) -> str:
        return f"Values({self._held!r})"

    def without(self, field: str) -> "Values":
        """Return the other fields' values."""
        return Values({name: values for name, values in self._held.items() if name != field})


NO_VALUES = Values()


def values_of(item: Item, tags: Iterable[Tag], derived: Values = NO_VALUES) -> Values:
    """Return the values of an item with the tags of one of its versions; each once, the best first.

    derived: of the facets that are neither tags nor fields of the item.
    """
    held = list(tags)
    return Values(
        {name: derived.get(name, ()) for name in DERIVED}
        | {
            facet.field: dict.fromkeys(tag.id for tag in held if tag.facet is facet.tag)
            if facet.tag
            else (getattr(item, facet.column),)
            for facet in FACETS
            if facet.field not in DERIVED
        }
    )
