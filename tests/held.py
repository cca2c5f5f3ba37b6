"""An engine that holds items in memory, for tests of what ranks: plain containment, nothing of its own."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from indexer.base.ids import ItemId
from indexer.catalogue.facets import Values
from indexer.search.chinese import characters
from indexer.search.engine import Answer, Base, Held, Key, Listed, Listing, Near, Needle, Part, Vector
from indexer.search.newest import order_of
from indexer.search.port import Entry


def piece(
    item: str,
    title: str,
    text: str = "",
    *,
    names: str = "",
    cluster: str = "",
    place: int = 0,
    **more: Any,  # noqa: ANN401
) -> Held:
    """Return an item; more: its publication and the values of its facets."""
    publication = more.pop("publication", 0)
    return Held(
        item=ItemId(item),
        version=1,
        publication=publication,
        cluster=cluster or item,
        place=place,
        title=title,
        text=text,
        names=names,
        values=Values(more),
        key=ItemId(item),
    )


class Memory:
    """A View of items; `asked` counts its requests. Copies are collapsed by the lowest place that matches.

    vectors: what items mean, by their name; None where none are held.
    """

    def __init__(self, items: Iterable[Held], *, vectors: Mapping[str, Sequence[float]] | None = None) -> None:
        self._items, self._vectors = sorted(items, key=lambda held: -_order(held)), vectors
        self.asked = 0

    def ask(self, base: Base, lists: Sequence[Listing], counted: Sequence[str] = ()) -> Answer:
        self.asked += 1
        return Answer(
            lists=[self._listed(base, one) for one in lists],
            facets={name: self._counts(base, name) for name in counted},
        )

    def read(self, keys: Sequence[Key]) -> Sequence[Held]:
        by_item = {held.item: held for held in self._items}
        return [by_item[ItemId(str(key))] for key in keys]

    def near(self, base: Base, vector: Vector, limit: int) -> Sequence[Near] | None:
        if self._vectors is None:
            return None
        matching = self._matching(Base(filters=base.filters, collapse=False))
        held = [one.item for one in matching if one.item in self._vectors]
        found = [Near(key=item, cosine=float(np.dot(self._vectors[item], vector))) for item in held]
        return sorted(found, key=lambda one: -one.cosine)[:limit]

    def _listed(self, base: Base, listing: Listing) -> Listed:
        free = Base(filters=base.filters, since=base.since, until=base.until, collapse=False)
        found = [
            held
            for held in self._matching(free if listing.is_free else base)
            if all(_holds(held, needle) for needle in listing.also)
            and (listing.before is None or held.publication < listing.before)
            and held.item not in listing.apart
        ]
        page = found[listing.offset : listing.offset + listing.limit]
        return Listed(total=len(found), keys=[held.item for held in page])

    def _counts(self, base: Base, name: str) -> dict[str, int]:
        wider = Base(needles=base.needles, without=base.without, filters=base.filters.without(name))
        return dict(Counter(value for held in self._matching(wider) for value in held.values.get(name, ())))

    def _matching(self, base: Base) -> list[Held]:
        found = [
            held
            for held in self._items
            if all(_holds(held, needle) for needle in base.needles)
            and not any(_holds(held, needle) for needle in base.without)
            and all(set(values) & set(held.values.get(name, ())) for name, values in base.filters.items())
        ]
        if not base.collapse:
            return found
        best: dict[object, int] = {}
        for held in found:
            best[held.cluster] = min(held.place, best.get(held.cluster, held.place))
        return [held for held in found if held.place == best[held.cluster]]


def _holds(held: Held, needle: Needle) -> bool:
    match needle.part:
        case Part.TITLE:
            parts = [held.title]
        case Part.NAMES:
            parts = [held.names]
        case Part.ANYWHERE:
            parts = [held.title, held.text, held.names]
    return any(needle.text in characters(part) for part in parts)


def _order(held: Held) -> int:
    made = Entry(
        item=held.item,
        version=1,
        title="",
        text="",
        unit_name="",
        cluster=held.cluster,  # type: ignore[arg-type]  # any text
        publication=held.publication,
    )
    return order_of(made)
