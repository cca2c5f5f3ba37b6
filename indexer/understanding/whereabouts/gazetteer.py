"""Names of places in a text, and the districts where they lie."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind
from ruamel.yaml import YAML

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

TABLE = Path(__file__).with_name("places.yaml")
NOWHERE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place that a text names. districts: ids of the taxonomy. start, end: characters, end excluded."""

    districts: tuple[str, ...]
    words: str
    start: int
    end: int


class Gazetteer:
    """Finds names of places in one pass. names: of each place, the ids of its districts; none: no place at all."""

    def __init__(self, names: Mapping[str, tuple[str, ...]]) -> None:
        self._districts = list(names.values())
        self._names = AhoCorasick(list(names), matchkind=MatchKind.LeftmostLongest)

    def mentions(self, text: str) -> Iterator[Mention]:
        """Yield the places that a text names, in its order; of names that overlap the longest. Pure."""
        readable = text.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate becomes `?`: places stay
        for number, start, end in self._names.find_matches_as_indexes(readable):
            if districts := self._districts[number]:
                yield Mention(districts=districts, words=text[start:end], start=start, end=end)


@cache
def shipped_places() -> Mapping[str, tuple[str, ...]]:
    """Return name → ids of districts, as places.yaml says."""
    table: Mapping[str, str] = YAML(typ="safe").load(TABLE.read_text(encoding="utf-8"))
    return {
        name: () if ids == NOWHERE else tuple(ids.split("+")) for ids, names in table.items() for name in names.split()
    }


def gazetteer_of(districts: Mapping[str, Sequence[str]], masks: Sequence[str] = ()) -> Gazetteer:
    """Return what finds the shipped places, and the words by which a taxonomy names its districts (id → words).

    Places of districts that the taxonomy does not have are read, and lie nowhere. masks: words that are no place.
    """
    places = {name: tuple(id for id in ids if id in districts) for name, ids in shipped_places().items()}
    named = {word: (id,) for id, words in districts.items() for word in words}
    return Gazetteer(places | named | dict.fromkeys(masks, ()))
