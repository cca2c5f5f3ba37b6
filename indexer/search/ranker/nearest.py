"""The items that hold most of the rarest terms of a query."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from indexer.search.engine import Key, Listed, Listing, Needle, Sense, View
from indexer.search.port import Query
from indexer.search.ranker.mixing import Meaningful, mix
from indexer.search.ranker.reading import Reading
from indexer.search.ranker.scoring import APART, Ranked, Rarity, rank
from indexer.search.ranker.whole import HOLDERS, READ, Whole, base_of

RAREST = 10  # terms whose holders are candidates
LEAST_SCORE = 0.2  # of the best one's: what holds only common words is near nothing
LEAST_SHARE = 0.5  # of the pairs of characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """ranked: the best first. is_missing: their meaning was asked for, and the index holds no vectors."""

    ranked: Sequence[Ranked]
    is_missing: bool = False

    @staticmethod
    def ask(view: View, query: Query, reading: Reading, whole: Whole, sense: Sense | None = None) -> "Nearest":
        """Look among the holders of the rarest terms, those that hold all words, and what means the same.

        whole: of the same query, as it was asked for: it knows how rare each term is. Raises IndexDown.
        """
        base, pairs = base_of(query, reading, needles=(), collapse=False), rarest(reading.pairs, whole.rarity)
        asked = [Listing(also=(Needle(pair),), limit=HOLDERS) for pair in pairs]
        lists = view.ask(base, asked).lists if asked else ()
        # Those that hold all words first: they are shown, whatever else is.
        keys = list(dict.fromkeys((*whole.keys, *candidates(pairs, lists, whole.rarity))))[:READ]
        meaningful = Meaningful.ask(view, base, sense)
        ranked = rank(view.read(list(dict.fromkeys((*keys, *meaningful.keys)))), reading, whole.rarity)
        kept = ranked if whole.total else near(ranked, reading, meaningful.keys)
        found = mix(kept, meaningful)
        return Nearest(ranked=one_a_cluster(found) if query.collapse else found, is_missing=meaningful.is_missing)

    def counted(self, names: Sequence[str]) -> dict[str, Mapping[str, int]]:
        """Return of each of the facets how many have each value."""
        counts: dict[str, Counter[str]] = {name: Counter() for name in names}
        # Several have the same values; each set is gone through once.
        for values, times in Counter(one.held.values for one in self.ranked).items():
            for name, some in values.items():
                if name in counts:
                    for value in some:
                        counts[name][value] += times
        return {name: dict(held) for name, held in counts.items()}


def rarest(pairs: Sequence[str], rarity: Rarity) -> list[str]:
    """Return the pairs that fewest items hold, RAREST of those that any holds, the rarest first."""
    held = [pair for pair in pairs if rarity.holders.get(pair)]
    return sorted(held, key=lambda pair: rarity.holders[pair])[:RAREST]


def candidates(pairs: Sequence[str], lists: Sequence[Listed], rarity: Rarity) -> list[Key]:
    """Return those that stand in lists of the greatest weight together; of equals the one that was listed first."""
    weights: defaultdict[Key, float] = defaultdict(float)
    for pair, one in zip(pairs, lists, strict=True):
        weight = rarity.of([pair])
        for key in one.keys:
            weights[key] += weight
    return sorted(weights, key=weights.__getitem__, reverse=True)  # equals stay in their order


def one_a_cluster(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Return of each cluster its most original item among these, in the place of its best."""
    best: dict[object, Ranked] = {}
    for one in ranked:
        held = best.get(one.held.cluster)
        if held is None or one.held.place < held.held.place:
            best[one.held.cluster] = one
    return list(best.values())


def near(ranked: Sequence[Ranked], reading: Reading, meant: Collection[Key] = ()) -> list[Ranked]:
    """Return those that are near enough: of several words half, of a sentence the rarest; and all that are meant."""
    least_score = LEAST_SCORE * max((one.score for one in ranked), default=0.0)
    least_share = LEAST_SHARE if len(reading.asked.phrases) > 1 and not reading.is_sentence else 0.0
    return [
        one
        for one in ranked
        if one.tier > APART or (one.score >= least_score and one.share >= least_share) or one.held.key in meant
    ]
