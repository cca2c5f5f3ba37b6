"""Which documents a Meilisearch server finds by words and filters, before any order: slots, not documents."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from tests.simulators.meili import filters
from tests.simulators.meili.answers import Json, Refused, quoted
from tests.simulators.meili.documents import Documents
from tests.simulators.meili.words import Term, terms


@dataclass(frozen=True, kw_only=True)
class Index:
    """What a search looks at: an index's name, documents and whole settings."""

    uid: str
    held: Documents
    settings: Json

    @property
    def documents(self) -> list[Json]:
        """Return all documents, as they came in."""
        return list(self.held.values())

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


@dataclass(frozen=True, kw_only=True)
class Step:
    """What holds all of these terms, and was not found by a step before this one."""

    terms: tuple[Term, ...]
    slots: AbstractSet[int]


def steps(index: Index, query: Json) -> list[Step]:
    """Return what a query finds: what holds the whole of it first, then what holds it with words dropped."""
    among = filters.among(index.held, filters.conditions(query.get("filter")))
    names, kept = index.searched(query.get("attributesToSearchOn")), index.kept
    each = terms(query.get("q") or "", kept)
    holders = {term: index.held.holding(term, names, kept) for term in each}
    for term in each:
        if term.is_unwanted:
            among = among - holders[term]
    wanted = [term for term in each if not term.is_unwanted]
    found: list[Step] = []
    for some in _orders(wanted, query.get("matchingStrategy", "last"), holders, among):
        slots = among
        for term in sorted(some, key=lambda one: len(holders[one])):
            slots = slots & holders[term]
        found.append(Step(terms=tuple(some), slots=slots))
        among = among - slots
    return found


def _orders(
    wanted: Sequence[Term], strategy: str, holders: Mapping[Term, AbstractSet[int]], among: AbstractSet[int]
) -> list[list[Term]]:
    """The terms that must be held, the whole query first, then with words dropped; a phrase never is."""
    orders, left = [list(wanted)], list(wanted)
    if strategy == "all":
        return orders
    counts = {term: len(among & holders[term]) for term in left}
    while len(left) > 1 and any(not term.is_phrase for term in left):
        bare = [term for term in left if not term.is_phrase]
        # By frequency: what stands nowhere first, then the commonest.
        common = max(bare, key=lambda term: (counts[term] == 0, counts[term]))
        drop = common if strategy == "frequency" else bare[-1]
        left = [term for term in left if term is not drop]
        orders.append(list(left))
    return orders
