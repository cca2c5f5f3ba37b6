"""Searches of a Meilisearch server: what is found in an index, in which order, counted and shown."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tests.simulators.meili import filters, showing, vectors
from tests.simulators.meili.answers import Json, Refused, check_fields, quoted
from tests.simulators.meili.documents import Rule, sort_key
from tests.simulators.meili.matching import Index, steps
from tests.simulators.meili.ranking import Ranked, ranked
from tests.simulators.meili.words import Term, terms, words

FIELDS_LISTED = (
    "q offset limit page hitsPerPage attributesToRetrieve attributesToCrop cropLength cropMarker attributesToHighlight"
    " highlightPreTag highlightPostTag showMatchesPosition filter sort distinct facets matchingStrategy"
    " attributesToSearchOn rankingScoreThreshold locales hybrid vector retrieveVectors media personalize useNetwork"
    " showRankingScore showRankingScoreDetails showPerformanceDetails"
)
FIELDS = FIELDS_LISTED.split()
OF_SEVERAL = frozenset({"indexUid", "federationOptions"})
BY_TEXT = frozenset({"words", "proximity", "attribute", "exactness"})
STRATEGIES = ("last", "all", "frequency")
REQUEST = "01a21977-25a9-7962-adce-791521865df4"
MOST_LIMIT = 20
Found = list[tuple[Json, float, Json]]  # a document, its score, and the score taken apart


def search(index: Index, query: Json) -> Json:
    """Return the answer to one search. Raises Refused."""
    _check(index, query)
    if _is_listing(index, query):
        return _listed(index, query)
    found, near = _found(index, query)
    if query.get("sort"):
        _sort(index, query["sort"], found)
    if distinct := query.get("distinct"):
        found = list({str(one[0].get(distinct)): one for one in reversed(found)}.values())[::-1]
    if (least := query.get("rankingScoreThreshold")) is not None:
        found = [one for one in found if one[1] >= least]
    place, told = _page(query, len(found))
    answer = _answer(index, query, found[place], told)
    if "facets" in query:
        answer |= facets([one for one, _, _ in found], query["facets"], index.settings)
    return answer if near is None else answer | {"semanticHitCount": near}


def similar(index: Index, query: Json) -> Json:
    """Return what is like one document."""
    name = query["embedder"]
    own = next(one for one in index.documents if one["item"] == query["id"])
    vector = own.get("_vectors", {}).get(name)
    others = [one for one in index.documents if one is not own and one.get("_vectors", {}).get(name) is not None]
    near = vectors.nearest(others, name, vector) if vector is not None else []
    hits = [showing.shown(one, query, [], ()) for one, _ in near]
    offset, limit = query.get("offset", 0), query.get("limit", MOST_LIMIT)
    total = len([one for one in index.documents if one.get("_vectors", {}).get(name) is not None])
    answer = {"hits": hits[offset : offset + limit], "id": query["id"], "processingTimeMs": 1, "limit": limit}
    return answer | {"offset": offset, "estimatedTotalHits": total}


def federated(body: Json, found: Callable[[Json], Found]) -> Json:
    """Return several searches as one list, each hit where it scores most. found: what a query finds."""
    best: dict[str, tuple[float, Json]] = {}
    for place, query in enumerate(body["queries"]):
        weight = query.get("federationOptions", {}).get("weight", 1.0)
        for document, score, _ in found(query):
            told = {"indexUid": query["indexUid"], "queriesPosition": place, "weightedRankingScore": score * weight}
            hit = showing.shown(document, query, [], ()) | {"_federation": told}
            if score * weight > best.get(document["item"], (-1.0, {}))[0]:
                best[document["item"]] = (score * weight, hit)
    hits = [hit for _, hit in sorted(best.values(), key=lambda pair: -pair[0])]
    offset, limit = body["federation"].get("offset", 0), body["federation"].get("limit", MOST_LIMIT)
    answer = {"hits": hits[offset : offset + limit], "processingTimeMs": 1, "limit": limit, "offset": offset}
    return answer | {"estimatedTotalHits": len(hits), "requestUid": REQUEST}


def by_words(index: Index, query: Json) -> Found:
    """Return what the words of a query find, within its filter, the best first."""
    found = sorted((slot, one.terms) for one in steps(index, query) for slot in one.slots)
    documents = index.held.at(slot for slot, _ in found)
    asked = next((held for _, held in found), ())
    if not asked:
        return [(one, 1.0, {}) for one in _by_custom_rules(index, documents, [(0,)] * len(documents))]
    names = index.searched(query.get("attributesToSearchOn"))
    wanted = [term for term in terms(query.get("q") or "", index.kept) if not term.is_unwanted]
    count = sum(len(term.words) for term in wanted)
    return _ranked(index, list(zip(documents, (held for _, held in found), strict=True)), names, count)


def facets(documents: Iterable[Json], names: Sequence[str], settings: Json) -> Json:
    """Return how many of the documents have each value of these attributes."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    numbers: dict[str, list[float]] = {}
    for document in documents:
        for name in names:
            held = document.get(name, [])
            for value in held if isinstance(held, list) else [held]:
                counts[name][str(value).lower() if isinstance(value, bool) else str(value)] += 1
                if isinstance(value, int | float) and not isinstance(value, bool):
                    numbers.setdefault(name, []).append(float(value))
    most = settings["faceting"]["maxValuesPerFacet"]
    return {
        "facetDistribution": {name: dict(sorted(count.items())[:most]) for name, count in counts.items()},
        "facetStats": {name: {"min": min(held), "max": max(held)} for name, held in numbers.items()},
    }


def _is_listing(index: Index, query: Json) -> bool:
    """Whether the order is told by what is sorted by, and nothing else: then only documents that are shown are read."""
    rules = index.settings["rankingRules"]
    is_ordered = any(":" in rule for rule in rules) or not BY_TEXT.isdisjoint(rules)
    return not is_ordered and not any(query.get(name) for name in ("hybrid", "distinct", "rankingScoreThreshold"))


def _listed(index: Index, query: Json) -> Json:
    held, slots = index.held, {slot for one in steps(index, query) for slot in one.slots}
    place, told = _page(query, len(slots))
    rules = _sorting(index, query.get("sort") or ())
    order: list[int] = []
    if place.start < min(place.stop, len(slots)):
        order = sorted(slots, key=held.places(rules).__getitem__)[place]
    answer = _answer(index, query, [(one, 1.0, {}) for one in held.at(order)], told)
    if "facets" in query:
        answer |= facets(held.at(sorted(slots)), query["facets"], index.settings)
    return answer


def _answer(index: Index, query: Json, page: Found, told: Json) -> Json:
    wanted = [term for term in terms(query.get("q") or "", index.kept) if not term.is_unwanted]
    answer = {"hits": [_hit(index, query, one, wanted) for one in page], "query": query.get("q") or ""} | told
    return answer | {"processingTimeMs": 1, "requestUid": REQUEST}


def _check(index: Index, query: Json) -> None:
    check_fields({name: value for name, value in query.items() if name not in OF_SEVERAL}, FIELDS)
    for name in ("limit", "offset"):
        if (value := query.get(name)) is not None and value < 0:
            told = f"expected a positive integer, but found a negative integer: `{value}`"
            raise Refused(400, f"invalid_search_{name}", f"Invalid value type at `.{name}`: {told}")
    strategy = query.get("matchingStrategy", "last")
    if strategy not in STRATEGIES:
        told = f"Unknown value `{strategy}` at `.matchingStrategy`: expected one of {quoted(STRATEGIES)}"
        raise Refused(400, "invalid_search_matching_strategy", told)
    filters.check(filters.conditions(query.get("filter")), index.settings, index.uid, code="invalid_search_filter")
    for name in query.get("facets", []):
        if name not in index.settings["filterableAttributes"]:
            raise filters.unfilterable(name, index.settings)
    if query.get("hybrid"):
        vectors.check(query, index.settings["embedders"])


def _found(index: Index, query: Json) -> tuple[Found, int | None]:
    """What words and vectors find, and how many of it the vectors; without an embedder the words alone."""
    hybrid = query.get("hybrid")
    if not hybrid:
        return by_words(index, query), None
    if (vector := query.get("vector")) is None:
        return by_words(index, query), 0
    wanted = filters.conditions(query.get("filter"))
    among = [one for one in index.documents if filters.holds(one, wanted)]
    near: Found = [(one, score, {}) for one, score in vectors.nearest(among, hybrid["embedder"], vector)]
    if hybrid.get("semanticRatio", 0.5) == 1.0:
        return near, len(near)
    best = {one["item"]: (one, score, details) for one, score, details in by_words(index, query)}
    count = 0
    for one, score, details in near:
        if one["item"] not in best or best[one["item"]][1] < score:
            best[one["item"]] = (one, score, details)
            count += 1
    return sorted(best.values(), key=lambda found: -found[1]), count


def _ranked(index: Index, found: Sequence[tuple[Json, Sequence[Term]]], names: Sequence[str], wanted: int) -> Found:
    rules = index.settings["rankingRules"]
    if BY_TEXT.isdisjoint(rules):
        return [(one, 1.0, {}) for one in _by_custom_rules(index, [one for one, _ in found], [(0,)] * len(found))]
    scored = [ranked(one, held, wanted, [words(str(one.get(n, "")), index.kept) for n in names]) for one, held in found]
    keys = [(-one.score,) for one in scored]
    by_document = {id(one.document): one for one in scored}
    order = _by_custom_rules(index, [one.document for one in scored], keys)
    return [_told(by_document[id(one)]) for one in order]


def _told(one: Ranked) -> tuple[Json, float, Json]:
    return one.document, one.score, one.details


def _by_custom_rules(index: Index, documents: Sequence[Json], keys: Sequence[tuple[float, ...]]) -> list[Json]:
    """In the order of the keys, then of the rules that name an attribute, then as they came in."""
    custom = [rule.rsplit(":", 1) for rule in index.settings["rankingRules"] if ":" in rule]

    def key(pair: tuple[Json, tuple[float, ...]]) -> tuple[Any, ...]:
        document, first = pair
        signs = [(name not in document, (-1 if way == "desc" else 1) * document.get(name, 0)) for name, way in custom]
        return (first, *signs)

    return [document for document, _ in sorted(zip(documents, keys, strict=True), key=key)]


def _sort(index: Index, rules: Sequence[str], found: Found) -> None:
    for name, is_greatest_first in reversed(_sorting(index, rules)):
        found.sort(key=lambda one: sort_key(one[0], name, is_greatest_first))


def _sorting(index: Index, rules: Sequence[str]) -> list[Rule]:
    found = []
    for name, way in (rule.split(":") for rule in rules):
        if name not in index.settings["sortableAttributes"]:
            listed = quoted(sorted(index.settings["sortableAttributes"]), between=", ")
            told = f"Attribute `{name}` is not sortable. Available sortable attributes are: {listed}."
            raise Refused(400, "invalid_search_sort", f"Index `{index.uid}`: {told}")
        found.append((name, way == "desc"))
    return found


def _page(query: Json, count: int) -> tuple[slice, Json]:
    """Which of so many are shown, and what is said of it."""
    if "hitsPerPage" in query or "page" in query:
        size, page = query.get("hitsPerPage", MOST_LIMIT), query.get("page", 1)
        pages = -(-count // size) if size else 0
        told = {"hitsPerPage": size, "page": page, "totalPages": pages, "totalHits": count}
        return slice((page - 1) * size, page * size), told
    offset, limit = query.get("offset", 0), query.get("limit", MOST_LIMIT)
    return slice(offset, offset + limit), {"limit": limit, "offset": offset, "estimatedTotalHits": count}


def _hit(index: Index, query: Json, found: tuple[Json, float, Json], wanted: Sequence[Term]) -> Json:
    document, score, details = found
    hit = showing.shown(document, query, wanted, index.kept)
    if query.get("showRankingScore"):
        hit = hit | {"_rankingScore": score}
    return hit | {"_rankingScoreDetails": details} if query.get("showRankingScoreDetails") else hit
