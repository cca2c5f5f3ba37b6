"""What editors said of two items: one piece or two, whatever their words say. It outlives every rebuild of clusters."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from indexer.base.actors import ActorKind
from indexer.base.ids import ItemId


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """One pair of items and what was said of it last; item: the one with the lower id. at: aware."""

    item: ItemId
    other: ItemId
    is_same: bool
    who: str
    actor_kind: ActorKind | None
    actor_id: str | None
    at: datetime


def in_order(one: ItemId, other: ItemId) -> tuple[ItemId, ItemId]:
    """Return the two as a ruling names them. Pure."""
    return (one, other) if one <= other else (other, one)


class Rulings:
    """The rulings of some items, asked by pair."""

    def __init__(self, rulings: Iterable[Ruling] = ()) -> None:
        self.same: list[tuple[ItemId, ItemId]] = []
        self._apart: dict[ItemId, set[ItemId]] = {}
        for one in rulings:
            if one.is_same:
                self.same.append((one.item, one.other))
            else:
                self._apart.setdefault(one.item, set()).add(one.other)
                self._apart.setdefault(one.other, set()).add(one.item)

    def are_apart(self, some: AbstractSet[ItemId], others: AbstractSet[ItemId]) -> bool:
        """Tell whether one of the some was ruled apart from one of the others."""
        fewer, rest = (some, others) if len(some) <= len(others) else (others, some)
        return any(not self._apart.get(item, set()).isdisjoint(rest) for item in fewer)
