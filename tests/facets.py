"""Queries, entries and filters with the values of facets as named arguments: `query(text="月", topics=("it",))`."""

from collections.abc import Mapping
from typing import Any

from indexer.catalogue.facets import FIELDS, Values
from indexer.records.stories import Filters
from indexer.search.port import Entry, Query, SearchIndex


def query(**named: Any) -> Query:  # noqa: ANN401 - fields of Query and of facets
    """Return a query."""
    values, others = _apart(named)
    return Query(filters=values, **others)


def filters(**named: Any) -> Filters:  # noqa: ANN401 - fields of Filters and of facets
    """Return filters of the records."""
    values, others = _apart(named)
    return Filters(values=values, **others)


def entry(*, unit: str = "unit-a", kind: str = "article", **named: Any) -> Entry:  # noqa: ANN401
    """Return an entry of the index; of one unit and one kind."""
    values, others = _apart({"units": (unit,), "kinds": (kind,), **named})
    return Entry(values=values, **others)


def found(index: SearchIndex, text: str, **more: object) -> list[str]:
    """Return the items that an index finds, best first; more: as `query` takes it."""
    return [hit.item for hit in index.find(query(text=text, **more)).hits]


def _apart(named: Mapping[str, Any]) -> tuple[Values, dict[str, Any]]:
    values = Values({field: given for field, given in named.items() if field in FIELDS})
    return values, {name: given for name, given in named.items() if name not in FIELDS}
