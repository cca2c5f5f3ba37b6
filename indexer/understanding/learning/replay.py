"""Try a tagger on lessons that it has not seen: which are held back, and how well it does on them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from indexer.base.ids import ItemId
from indexer.understanding.tags.port import NO_IDS, Lesson, Tagger

ONE_IN = 4  # of the corrected items is held back


@dataclass(frozen=True, slots=True)
class Replay:
    """How a tagger does on lessons: tags that it said rightly, said wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """2 · right / (said + due), 0 to 1; 1 where nothing is due and nothing is said."""
        every = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / every if every else 1.0


def is_held_back(item: ItemId) -> bool:
    """Tell whether an item is for trying alone: always the same items, whatever comes later. Pure."""
    return int(sha256(item.encode()).hexdigest()[:8], 16) % ONE_IN == 0


def replay(tagger: Tagger, lessons: Sequence[Lesson]) -> Replay:
    """Return how the tagger does on the facets that the lessons teach; what is unsure counts neither way. Pure."""
    counts = [0, 0, 0]
    for lesson, said in zip(lessons, tagger.say([lesson.piece for lesson in lessons]), strict=True):
        for facet, due in lesson.tags.items():
            found = {tag.id for tag in said.tags if tag.facet is facet} - lesson.unsure.get(facet, NO_IDS)
            for place, ids in enumerate((found & due, found - due, due - found)):
                counts[place] += len(ids)
    return Replay(*counts)


def split(items: Iterable[ItemId]) -> tuple[list[ItemId], list[ItemId]]:
    """Return the items to learn from and those held back, in the order given. Pure."""
    learned, held = list[ItemId](), list[ItemId]()
    for item in items:
        (held if is_held_back(item) else learned).append(item)
    return learned, held
