"""How a Meilisearch server orders what it finds: by how many words, how near to each other, in which field, how exact.

The score joins the rules as the server does: each rank within the rank of the rule before it. The bounds and costs are
those that the scores of a real 1.50 were made of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from tests.simulators.meili.answers import Json
from tests.simulators.meili.words import Term, places

FURTHEST = 4  # words that stand further apart are no nearer than this
COSTS = (0, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 5)  # of a place in a field; up to 10 further down
MOST_COST = 10
EXACT = {"exactMatch": 3, "matchesStart": 2, "noExactMatch": 1}


@dataclass(frozen=True, slots=True)
class Rank:
    """One rule's: of how many."""

    rank: int
    most: int

    @property
    def score(self) -> float:
        """The share."""
        return self.rank / self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A document with the ranks of its rules, the details that the server tells of them, and its score."""

    document: Json
    ranks: tuple[Rank, ...]
    details: Json

    @property
    def score(self) -> float:
        """Return the joined score."""
        return joined(self.ranks).score


def joined(ranks: Sequence[Rank]) -> Rank:
    """Return the ranks as one."""
    rank, most = 1, 1
    for one in ranks:
        rank, most = (rank - 1) * one.most + one.rank, most * one.most
    return Rank(rank, most)


def ranked(document: Json, held: Sequence[Term], wanted: int, fields: Sequence[Sequence[str]]) -> Ranked:
    """Return a document that holds these terms of the wanted ones; fields: its words, in the order of the settings."""
    count = len(held)
    in_words = Rank(sum(len(term.words) for term in held), max(wanted, 1))
    if not held:
        return Ranked(document=document, ranks=(Rank(1, 1),), details={})
    typo = Rank(count + 1, count + 1)
    near, (order, place) = _proximity(held, fields), _attribute(held, fields)
    kind = _exactness(held, fields)
    exact, matching = Rank(EXACT[kind], 3), Rank(count, count)
    attribute = joined((order, place)).score
    details: Json = {
        "words": {"order": 0, "matchingWords": in_words.rank, "maxMatchingWords": wanted, "score": in_words.score},
        "typo": {"order": 1, "typoCount": 0, "maxTypoCount": count, "score": 1.0},
        "proximity": {"order": 2, "score": near.score},
        "attribute": {
            "order": 3,
            "attributeRankingOrderScore": order.score,
            "queryWordDistanceScore": place.score,
            "score": attribute,
        },
        "exactness": {"order": 4, "matchType": kind},
    }
    if kind == "noExactMatch":
        details["exactness"] |= {"matchingWords": count, "maxMatchingWords": count}
    details["exactness"]["score"] = joined((exact, matching)).score
    return Ranked(document=document, ranks=(in_words, typo, near, order, place, exact, matching), details=details)


def _proximity(held: Sequence[Term], fields: Sequence[Sequence[str]]) -> Rank:
    pairs = list(pairwise(held))
    if not pairs:
        return Rank(1, 1)
    costs = [min(_distances(one, other, fields), default=FURTHEST) for one, other in pairs]
    most = len(pairs) * (FURTHEST - 1) + 1
    return Rank(most - sum(costs) + len(pairs), most)


def _distances(one: Term, other: Term, fields: Sequence[Sequence[str]]) -> list[int]:
    """How far two terms stand apart; in the other order one further."""
    found = []
    for field in fields:
        for first, second in product(places(one, field), places(other, field)):
            gap = second - first - len(one.words) + 1 if second > first else first - second + 1
            found.append(min(max(gap, 1), FURTHEST))
    return found


def _attribute(held: Sequence[Term], fields: Sequence[Sequence[str]]) -> tuple[Rank, Rank]:
    """In which field the terms stand, the first counts most; and how far down in it."""
    count, last = len(held), max(len(fields) - 1, 0)
    found = [next(((n, places(t, f)[0]) for n, f in enumerate(fields) if places(t, f)), (last, 0)) for t in held]
    order = Rank(last * count + 1 - sum(number for number, _ in found), last * count + 1)
    cost = sum(_cost(place) for _, place in found) // count
    return order, Rank(MOST_COST * count + 1 - cost, MOST_COST * count + 1)


def _cost(place: int) -> int:
    return COSTS[place] if place < len(COSTS) else min(6 + place // 32, MOST_COST)


def _exactness(held: Sequence[Term], fields: Sequence[Sequence[str]]) -> str:
    whole = [word for term in held for word in term.words]
    if any(list(field) == whole for field in fields):
        return "exactMatch"
    return "matchesStart" if any(list(field[: len(whole)]) == whole for field in fields) else "noExactMatch"
