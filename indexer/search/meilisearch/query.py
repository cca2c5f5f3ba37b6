"""What is asked of Meilisearch: several searches in one request, all of them within the same filter."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from indexer.search.engine import Answer, Base, Listed, Listing, Needle, Part
from indexer.search.meilisearch.documents import HELD, shared_copy
from indexer.search.meilisearch.tokens import phrase
from indexer.search.shared import SharedCopy, added, counted_once, stand_ins

TERMS = 10  # Meilisearch reads ten terms of a query (its search reference, read 2026-11); a phrase is one
MOST_NUMBER = 2**53  # it holds numbers as 64-bit floats
MOST = 1_000_000  # copies of pieces, all of which are read
COPY = ["item", "cluster", "place"]
SHARED, NOT_SHARED, ORIGINAL = "shared = true", "shared != true", "original = true"
Search = dict[str, Any]


class Searches:
    """The searches for one base: what lists, what counts facets, and what reads the items that have copies.

    A facet with a filter of its own is counted apart, without it. Items with copies are counted here, once a cluster.
    """

    def __init__(self, index: str, base: Base, lists: Sequence[Listing], counted: Sequence[str]) -> None:
        self._index, self._base, self._lists = index, base, lists
        self._filters = {field: [_sendable(value) for value in values] for field, values in base.filters.items()}
        # Of each group of facets that are counted together: their names, and the filter that is left out.
        free = [name for name in counted if name not in self._filters]
        apart = [name for name in self._filters if name in counted]
        self._groups = [(free, ""), *(([name], name) for name in apart)] if counted else []
        self._reads_copies = base.collapse and any(not one.is_free for one in lists)

    def first(self) -> list[Search]:
        """Return the searches of the first request; lists as if every piece were listed by its original."""
        copies = [self._copies([], "")] if self._reads_copies else []
        counts = [one for names, apart in self._groups for one in self._counts(names, apart)]
        return [*copies, *self._listings(()), *counts]

    def again(self, answers: Sequence[Mapping[str, Any]]) -> list[Search]:
        """Return the searches that list, with the items that stand in for originals which do not match; else none."""
        standing_in = stand_ins(self._read_copies(answers[0])) if self._reads_copies else []
        return self._listings(standing_in) if standing_in else []

    def answer(self, first: Sequence[Mapping[str, Any]], again: Sequence[Mapping[str, Any]]) -> Answer:
        """Return what the answers to both say."""
        begin = int(self._reads_copies)
        length = len(self._listings(()))
        lists = iter(again or first[begin : begin + length])
        return Answer(
            lists=[self._listed(one, lists) for one in self._lists], facets=self._facets(first[begin + length :])
        )

    def narrowing(self) -> list[str | list[str]]:
        """Return the filter of the base."""
        return self._filter()

    def _listed(self, listing: Listing, answers: Any) -> Listed:  # noqa: ANN401  # an iterator over foreign JSON
        counted = next(answers)
        found = next(answers) if _is_deep(listing) else counted
        return Listed(total=int(counted["totalHits"]), keys=[one["item"] for one in found["hits"]])

    def _listings(self, standing_in: Sequence[str]) -> list[Search]:
        return [search for one in self._lists for search in self._listing(one, standing_in)]

    def _listing(self, listing: Listing, standing_in: Sequence[str]) -> list[Search]:
        needles = listing.also if listing.is_free else (*self._base.needles, *listing.also)
        filters = [*(self._filter() if listing.is_free else self._seen()), *_before(listing.before)]
        if self._base.collapse and not listing.is_free:
            filters.append([ORIGINAL, *_among(standing_in)])
        filters += _not_among(listing.apart)
        without = () if listing.is_free else self._base.without
        search = self._search(needles, without) | {"filter": filters, "sort": ["order:desc"]}
        search["attributesToRetrieve"] = ["item"]
        if not _is_deep(listing):  # by pages: then the total is exact and not an estimate
            return [search | {"page": 1, "hitsPerPage": listing.limit}]
        return [search | {"hitsPerPage": 0}, search | {"offset": listing.offset, "limit": listing.limit}]

    def _counts(self, names: Sequence[str], apart: str) -> list[Search]:
        """What counts the items without copies, and what lists those with some; without copies all at once."""
        search = self._search(self._base.needles, self._base.without) | {"facets": list(names), "hitsPerPage": 0}
        if not self._base.collapse:
            return [search | {"filter": self._seen(apart)}]
        return [search | {"filter": [*self._seen(apart), NOT_SHARED]}, self._copies(names, apart)]

    def _copies(self, names: Sequence[str], apart: str) -> Search:
        return self._search(self._base.needles, self._base.without) | {
            "filter": [*self._seen(apart), SHARED],
            "limit": MOST,
            "offset": 0,
            "attributesToRetrieve": [*COPY, *names],
        }

    def _facets(self, answers: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
        counts: dict[str, dict[str, int]] = {}
        given = iter(answers)
        for names, _ in self._groups:
            alone = next(given).get("facetDistribution") or {}
            more = counted_once(self._read_copies(next(given)) if self._base.collapse else [], names)
            counts |= {name: added(alone.get(name, {}), more[name]) for name in names}
        return counts

    def _read_copies(self, answer: Mapping[str, Any]) -> list[SharedCopy[str]]:
        return [shared_copy(found) for found in answer["hits"]]

    def _search(self, needles: Sequence[Needle], without: Sequence[Needle]) -> Search:
        wanted = " ".join([*map(phrase, fewest(needles)), *(f"-{phrase(needle)}" for needle in without)])
        return {"indexUid": self._index, "q": wanted, "matchingStrategy": "all"}

    def _seen(self, apart: str = "") -> list[str | list[str]]:
        return [*self._filter(apart), *_not_among(self._base.unseen)]

    def _filter(self, apart: str = "") -> list[str | list[str]]:
        """Meilisearch joins the outer list by and, an inner one by or."""
        found: list[str | list[str]] = [
            [f"{name} = {json.dumps(value, ensure_ascii=False)}" for value in values]
            for name, values in self._filters.items()
            if name != apart
        ]
        if self._base.since:
            found.append(f"published >= {math.ceil(self._base.since.timestamp())}")
        if self._base.until:
            found.append(f"published < {math.ceil(self._base.until.timestamp())}")
        return found


def nearest(index: str, base: Base, embedder: str, vector: Sequence[float], limit: int) -> Search:
    """Return the search for what is nearest to a vector, within the filters and dates of the base."""
    return {
        "indexUid": index,
        "q": "",
        "vector": list(vector),
        "hybrid": {"embedder": embedder, "semanticRatio": 1.0},
        "filter": Searches(index, base, (), ()).narrowing(),
        "limit": limit,
        "offset": 0,
        "showRankingScore": True,
        "attributesToRetrieve": ["item"],
    }


def reading(index: str, items: Sequence[str]) -> Search:
    """Return the search that reads these items."""
    return {
        "indexUid": index,
        "q": "",
        "filter": _among(items),
        "page": 1,
        "hitsPerPage": len(items),
        "attributesToRetrieve": HELD,
    }


def fewest(needles: Sequence[Needle]) -> list[Needle]:
    """Return the needles without those that another one holds, the longest ten."""
    each = sorted(dict.fromkeys(needles), key=lambda one: -len(one.text))
    kept = [
        one
        for place, one in enumerate(each)
        if not any(one.text in other.text and one.part in (other.part, Part.ANYWHERE) for other in each[:place])
    ]
    return kept[:TERMS]


def _is_deep(listing: Listing) -> bool:
    return listing.offset > 0 and listing.limit > 0


def _before(publication: int | None) -> list[str]:
    return [] if publication is None else [f"publication < {min(max(publication, 0), MOST_NUMBER)}"]


def _among(items: Sequence[str]) -> list[str]:
    listed = ", ".join(json.dumps(_sendable(item), ensure_ascii=False) for item in items)
    return [f"item IN [{listed}]"] if items else []


def _not_among(items: Sequence[str]) -> list[str]:
    return [f"NOT {one}" for one in _among(items)]


def _sendable(value: str) -> str:
    return value.encode("utf-8", "replace").decode("utf-8")
