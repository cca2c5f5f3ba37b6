"""What a Query becomes for Meilisearch: several searches in one request."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from indexer.search.chinese import Asked
from indexer.search.meilisearch.documents import CUT, shared_copy
from indexer.search.port import Order, Query
from indexer.search.shared import SharedCopy, added, clusters, counted_once

TERMS = 10  # Meilisearch reads ten terms of a query (its search reference, read 2026-11); a phrase is one
MOST_NUMBER = 2**53  # it holds numbers as 64-bit floats
MOST = 1_000_000  # its offset and limit are 64 bits; nobody turns so many pages
HELD = ["item", "version", "title", "text", "publication"]
COPY = ["item", "cluster", "place"]
# Of documents written by an older version, which lack the fields, these are true: `!=` holds for them.
NOT_SHARED, SHARED, ORIGINAL = "shared != true", "shared = true", "original != false"
Search = dict[str, Any]


class Searches:
    """The searches of one find: what lists, what counts and facets, and two more per facet with a filter of its own.

    Each count goes with a list of the matching items that have copies: those are counted here, each cluster once.
    """

    def __init__(self, index: str, query: Query, wanted: Asked) -> None:
        self._index, self._query, self._asked = index, query, wanted
        self._filters = {field: _sendable(values) for field, values in query.filters.items()}
        self._counted_apart = [field for field in self._filters if field in query.counted]
        self._free = [field for field in query.counted if field not in self._filters]

    def all_words(self) -> list[Search]:
        """Each word as a phrase of characters: all must stand in an item. The joined ones rank first by proximity."""
        terms = self._asked.words if len(self._asked.words) <= TERMS else self._asked.phrases
        text = " ".join(f'"{" ".join(term)}"' for term in terms[:TERMS])
        return self._searches({"q": text, "matchingStrategy": "all", "attributesToSearchOn": list(CUT)})

    def most_words(self) -> list[Search]:
        """Plain words, the commonest dropped until something is found."""
        text = " ".join(self._asked.words[:TERMS])
        return self._searches({"q": text, "matchingStrategy": "frequency", "attributesToSearchOn": ["title", "text"]})

    def again(self, listed: Search, stand_ins: Sequence[str]) -> Search:
        """Return the search that lists, with the items that stand in for originals which do not match."""
        items = ", ".join(json.dumps(item, ensure_ascii=False) for item in stand_ins)
        return listed | {"filter": [*self._filter(), *self._before(), [ORIGINAL, f"item IN [{items}]"]]}

    def copies(self, answers: Sequence[Mapping[str, Any]]) -> list[SharedCopy[str]]:
        """Return the matching items that have copies, from the answers to these searches."""
        return [shared_copy(found) for found in answers[2]["hits"]]

    def total(self, answers: Sequence[Mapping[str, Any]]) -> int:
        """Return how many match, each cluster once where the query says so."""
        return int(answers[1]["totalHits"]) + clusters(self.copies(answers))

    def facets(self, answers: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
        """Return the counts of every facet."""
        counts: dict[str, dict[str, int]] = {field: {} for field in self._query.counted}
        names_of_each = [self._free, *([field] for field in self._counted_apart)]
        for names, counted, listed in zip(names_of_each, answers[1::2], answers[2::2], strict=True):
            more = counted_once([shared_copy(found) for found in listed["hits"]], names)
            alone = counted.get("facetDistribution") or {}
            counts |= {name: added(alone.get(name, {}), more[name]) for name in names}
        return counts

    def _searches(self, text: Search) -> list[Search]:
        shared: Search = {"indexUid": self._index, **text}
        once = [ORIGINAL] if self._query.collapse else []
        listed = shared | {
            "filter": [*self._filter(), *self._before(), *once],
            "offset": min(max(self._query.offset, 0), MOST),
            "limit": min(max(self._query.limit, 0), MOST),
            "attributesToRetrieve": HELD,
            "showRankingScore": True,
        }
        if self._query.order is Order.NEWEST or not self._asked.words:
            listed["sort"] = ["publication:desc"]
        others = [search for name in self._counted_apart for search in self._counts(shared, [name], without=name)]
        return [listed, *self._counts(shared, self._free), *others]

    def _counts(self, shared: Search, names: Sequence[str], *, without: str = "") -> list[Search]:
        """What counts the items without copies, and what lists those with some."""
        narrowed = self._filter(without=without)
        alone, most = ([NOT_SHARED], MOST) if self._query.collapse else ([], 0)
        return [
            # Zero hits a page: then the total is exact and not an estimate.
            shared | {"filter": [*narrowed, *alone], "facets": names, "hitsPerPage": 0},
            shared
            | {"filter": [*narrowed, SHARED], "limit": most, "offset": 0, "attributesToRetrieve": [*COPY, *names]},
        ]

    def _before(self) -> list[str]:
        before = self._query.before
        return [] if before is None else [f"publication < {min(max(before, 0), MOST_NUMBER)}"]

    def _filter(self, *, without: str = "") -> list[str | list[str]]:
        """Meilisearch joins the outer list by and, an inner one by or."""
        found: list[str | list[str]] = [
            [f"{name} = {json.dumps(value, ensure_ascii=False)}" for value in values]
            for name, values in self._filters.items()
            if name != without
        ]
        if self._query.since:
            found.append(f"published >= {math.ceil(self._query.since.timestamp())}")
        if self._query.until:
            found.append(f"published < {math.ceil(self._query.until.timestamp())}")
        return found


def _sendable(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(value.encode("utf-8", "replace").decode("utf-8") for value in values)
