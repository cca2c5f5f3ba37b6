"""The items that hold all words: how many, and the best of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from indexer.search.engine import Base, Key, Listed, Listing, Needle, Part, View
from indexer.search.port import Query
from indexer.search.ranker.reading import Reading
from indexer.search.ranker.scoring import Ranked, Rarity, rank

HOLDERS = 100  # of each list that is looked at
READ = 60  # candidates whose texts are compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """total: exact. keys: the candidates for the first pages, at most READ; all there are where they are fewer.

    holds_it: an item holds what was typed as one row of characters.
    """

    total: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    keys: Sequence[Key] = ()
    rarity: Rarity = field(default_factory=Rarity)
    holds_it: bool = False

    @staticmethod
    def ask(view: View, query: Query, reading: Reading) -> "Whole":
        """Ask for all of it at once. Raises IndexDown."""
        base = base_of(query, reading, needles=reading.needles)
        free = [Listing(is_free=True), *(Listing(also=(Needle(pair),), is_free=True) for pair in reading.pairs)]
        heads = [Listing(also=also, limit=HOLDERS, before=query.before) for also in ways(reading)]
        every = [] if query.before is None else [Listing()]
        answer = view.ask(base, [*free, *heads, *every], query.counted)
        listed = answer.lists[len(free) : len(free) + len(heads)]
        return Whole(
            total=answer.lists[-1].total,
            facets=answer.facets,
            keys=pooled(listed),
            rarity=rarity_of(reading, answer.lists[: len(free)]),
            holds_it=any(one.total for one, way in zip(listed, ways(reading), strict=True) if is_whole(way, reading)),
        )

    def ranked(self, view: View, reading: Reading) -> list[Ranked]:
        """Return the candidates, the best first. Raises IndexDown."""
        return rank(view.read(self.keys), reading, self.rarity)


def base_of(query: Query, reading: Reading, *, needles: tuple[Needle, ...], collapse: bool = True) -> Base:
    """Return what narrows the query, with these words; collapse: as the query says, unless not."""
    return Base(
        needles=(*needles, *reading.strict),
        without=reading.without,
        filters=query.filters,
        since=query.since,
        until=query.until,
        collapse=collapse and query.collapse,
        unseen=query.unseen,
    )


def ways(reading: Reading) -> list[tuple[Needle, ...]]:
    """Where the best are looked for: what was typed in the title, anywhere, all words in the title; then the newest."""
    found: list[tuple[Needle, ...]] = []
    if reading.whole:
        found.append((Needle(reading.whole, Part.TITLE),))
        if reading.needles != (Needle(reading.whole),):
            found.append((Needle(reading.whole),))
    if len(reading.needles) > 1:
        found.append(tuple(Needle(needle.text, Part.TITLE) for needle in reading.needles))
    return [*found, ()]


def is_whole(way: tuple[Needle, ...], reading: Reading) -> bool:
    """Tell whether a way looks for all that was typed as one row."""
    one_word = not way and reading.needles == (Needle(reading.whole),)  # all words: it is the only one
    return one_word or any(needle.text == reading.whole for needle in way)


def pooled(lists: Sequence[Listed]) -> list[Key]:
    """Return the first of the lists, at most READ, each once: a list counts as a whole before the one after it."""
    return list(dict.fromkeys(key for one in lists for key in one.keys))[:READ]


def rarity_of(reading: Reading, lists: Sequence[Listed]) -> Rarity:
    """Return how rare each pair is, from the lists of all items and of those that hold each."""
    every, *holders = lists
    return Rarity(
        items=every.total, holders={pair: one.total for pair, one in zip(reading.pairs, holders, strict=True)}
    )
