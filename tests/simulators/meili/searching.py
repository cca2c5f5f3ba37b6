"""Searches of a Meilisearch server: what is found in an index, in which order, counted and shown."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tests.simulators.meili import filters, showing, vectors
from tests.simulators.meili.answers import Json, Refused, check_fields, quoted
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
STRATEGIES = ("last", "all", "frequency")
REQUEST = "01a21977-25a9-7962-adce-791521865df4"
MOST_LIMIT = 20
Found = list[tuple[Json, float, Json]]  # a document, its score, and the score taken apart


@dataclass(frozen=True, kw_only=True)
class Index:
    """What a search looks at: an index's name, documents and whole settings."""

    uid: str
    documents: Sequence[Json]
    settings: Json

    @property
    def kept(self) -> tuple[str, ...]:
        """Signs that are words here."""
        return tuple(self.settings["nonSeparatorTokens"])

    def searched(self, names: Sequence[str] | None) -> list[str]:
        """Return the attributes that are searched, in the order of the settings."""
        known = list(self.settings["searchableAttributes"])
        for name in names or ():
            if name not in known:
                listed = quoted(sorted(known), between=", ")
                told = f"Attribute `{name}` is not searchable. Available searchable attributes are: {listed}."
                raise Refused(400, "invalid_search_attributes_to_search_on", f"Index `{self.uid}`: {told}")
        if known == ["*"]:
            known = list(dict.fromkeys(name for document in self.documents for name in document))
        return [name for name in known if names is None or name in names]


def search(index: Index, query: Json) -> Json:
    """Return the answer to one search. Raises Refused."""
    _check(index, query)
    found, near = _found(index, query)
    if query.get("sort"):
        _sort(index, query["sort"], found)
    if distinct := query.get("distinct"):
        found = list({str(one[0].get(distinct)): one for one in reversed(found)}.values())[::-1]
    if (least := query.get("rankingScoreThreshold")) is not None:
        found = [one for one in found if one[1] >= least]
    page, answer = _page(query, found)
    wanted = [term for term in terms(query.get("q") or "", index.kept) if not term.is_unwanted]
    answer = {"hits": [_hit(index, query, one, wanted) for one in page], "query": query.get("q") or ""} | answer
    answer |= {"processingTimeMs": 1, "requestUid": REQUEST}
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
    wanted = filters.conditions(query.get("filter"))
    among = [one for one in index.documents if filters.holds(one, wanted)]
    asked = terms(query.get("q") or "", index.kept)
    unwanted = [term for term in asked if term.is_unwanted]
    asked = [term for term in asked if not term.is_unwanted]
    names = index.searched(query.get("attributesToSearchOn"))
    among = [one for one in among if not any(_stands(term, one, names, index.kept) for term in unwanted)]
    if not asked:
        return [(one, 1.0, {}) for one in _by_custom_rules(index, among, [(0,)] * len(among))]
    orders = _removed(asked, query.get("matchingStrategy", "last"), among, names, index.kept)
    found = []
    for one in among:
        held = next((some for some in orders if all(_stands(term, one, names, index.kept) for term in some)), None)
        if held is not None:
            found.append((one, held))
    return _ranked(index, found, names, sum(len(term.words) for term in asked))


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


def _removed(
    asked: Sequence[Term], strategy: str, among: Sequence[Json], names: Sequence[str], kept: tuple[str, ...]
) -> list[list[Term]]:
    """The terms that must be held, the whole query first, then with words dropped; a phrase never is."""
    orders, left = [list(asked)], list(asked)
    if strategy == "all":
        return orders
    counts = {term: sum(_stands(term, one, names, kept) for one in among) for term in left}
    while len(left) > 1 and any(not term.is_phrase for term in left):
        bare = [term for term in left if not term.is_phrase]
        # By frequency: what stands nowhere first, then the commonest.
        common = max(bare, key=lambda term: (counts[term] == 0, counts[term]))
        drop = common if strategy == "frequency" else bare[-1]
        left = [term for term in left if term is not drop]
        orders.append(list(left))
    return orders


def _ranked(index: Index, found: Sequence[tuple[Json, list[Term]]], names: Sequence[str], wanted: int) -> Found:
    rules = index.settings["rankingRules"]
    if not {"words", "proximity", "attribute", "exactness"} & set(rules):
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
    for rule in reversed(rules):
        name, way = rule.split(":")
        if name not in index.settings["sortableAttributes"]:
            listed = quoted(sorted(index.settings["sortableAttributes"]), between=", ")
            told = f"Attribute `{name}` is not sortable. Available sortable attributes are: {listed}."
            raise Refused(400, "invalid_search_sort", f"Index `{index.uid}`: {told}")
        sign = -1 if way == "desc" else 1
        # What lacks the attribute comes last in either direction.
        found.sort(key=lambda one: (name not in one[0], sign * one[0].get(name, 0)))


def _page(query: Json, found: Found) -> tuple[Found, Json]:
    if "hitsPerPage" in query or "page" in query:
        size, page = query.get("hitsPerPage", MOST_LIMIT), query.get("page", 1)
        pages = -(-len(found) // size) if size else 0
        told = {"hitsPerPage": size, "page": page, "totalPages": pages, "totalHits": len(found)}
        return found[(page - 1) * size : page * size] if size else [], told
    offset, limit = query.get("offset", 0), query.get("limit", MOST_LIMIT)
    return found[offset : offset + limit], {"limit": limit, "offset": offset, "estimatedTotalHits": len(found)}


def _hit(index: Index, query: Json, found: tuple[Json, float, Json], wanted: Sequence[Term]) -> Json:
    document, score, details = found
    hit = showing.shown(document, query, wanted, index.kept)
    if query.get("showRankingScore"):
        hit = hit | {"_rankingScore": score}
    return hit | {"_rankingScoreDetails": details} if query.get("showRankingScoreDetails") else hit


def _stands(term: Term, document: Mapping[str, Any], names: Sequence[str], kept: tuple[str, ...]) -> bool:
    phrase = f" {' '.join(term.words)} "
    return any(phrase in _line(str(document.get(name, "")), kept) for name in names)


@lru_cache(maxsize=100_000)
def _line(text: str, kept: tuple[str, ...]) -> str:
    return f" {' '.join(words(text, kept))} "
