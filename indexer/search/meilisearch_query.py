"""What a Query becomes for Meilisearch: several searches in one request."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from indexer.search.chinese import Asked
from indexer.search.meilisearch_documents import CUT, FACETS
from indexer.search.port import Order, Query

TERMS = 10  # Meilisearch reads ten terms of a query (its search reference, read 2026-11); a phrase is one
MOST = 1_000_000  # its offset and limit are 64 bits; nobody turns so many pages
HELD = ["item", "version", "title", "text"]
Search = dict[str, Any]


class Searches:
    """The searches of one find: what counts and facets, what lists, and one more per facet with a filter of its own."""

    def __init__(self, index: str, query: Query, wanted: Asked) -> None:
        self._index, self._query, self._asked = index, query, wanted
        self._filters = {name: values for name in FACETS if (values := _values(query, name))}

    def all_words(self) -> list[Search]:
        """Each word as a phrase of characters: all must stand in an item. The joined ones rank first by proximity."""
        terms = self._asked.words if len(self._asked.words) <= TERMS else self._asked.phrases
        text = " ".join(f'"{" ".join(term)}"' for term in terms[:TERMS])
        return self._searches({"q": text, "matchingStrategy": "all", "attributesToSearchOn": list(CUT)})

    def most_words(self) -> list[Search]:
        """Plain words, the commonest dropped until something is found."""
        text = " ".join(self._asked.words[:TERMS])
        return self._searches({"q": text, "matchingStrategy": "frequency", "attributesToSearchOn": ["title", "text"]})

    def facets(self, counted: Mapping[str, Any], others: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
        """Return the counts of every facet from the answers to these searches."""
        counts: dict[str, dict[str, int]] = {name: {} for name in FACETS}
        for answer in (counted, *others):
            counts |= answer.get("facetDistribution") or {}
        return counts

    def _searches(self, text: Search) -> list[Search]:
        shared: Search = {"indexUid": self._index, **text}
        free = [name for name in FACETS if name not in self._filters]
        # Zero hits a page: then the total is exact and not an estimate.
        counted = shared | {"filter": self._filter(), "facets": free, "hitsPerPage": 0}
        listed = shared | {
            "filter": self._filter(),
            "offset": min(max(self._query.offset, 0), MOST),
            "limit": min(max(self._query.limit, 0), MOST),
            "attributesToRetrieve": HELD,
            "showRankingScore": True,
        }
        if self._query.order is Order.NEWEST or not self._asked.words:
            listed["sort"] = ["published:desc"]
        others = [
            shared | {"filter": self._filter(without=name), "facets": [name], "hitsPerPage": 0}
            for name in self._filters
        ]
        return [counted, listed, *others]

    def _filter(self, *, without: str = "") -> list[str | list[str]]:
        """Meilisearch joins the outer list by and, an inner one by or."""
        found: list[str | list[str]] = [
            [f"{name} = {json.dumps(value, ensure_ascii=False)}" for value in values]
            for name, values in self._filters.items()
            if name != without
        ]
        if self._query.collapse:
            found.append("lead = true")
        if self._query.since:
            found.append(f"published >= {math.ceil(self._query.since.timestamp())}")
        if self._query.until:
            found.append(f"published < {math.ceil(self._query.until.timestamp())}")
        return found


def _values(query: Query, name: str) -> tuple[str, ...]:
    values: Sequence[str] = getattr(query, name)
    return tuple(str(value).encode("utf-8", "replace").decode("utf-8") for value in values)
