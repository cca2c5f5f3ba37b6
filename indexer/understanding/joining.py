"""An editor says that two items are one piece, or that one is none with the rest: clusters follow at once and for good.

Machines group anew whenever they understand anew; what was said here goes before what they find (grouping.py).
"""

from collections.abc import Sequence
from datetime import datetime

from indexer.base.actors import Actor
from indexer.base.changes import ChangeKind, changed
from indexer.base.ids import ClusterId, ItemId
from indexer.records import clusters, items, ledger, outbox, rulings
from indexer.records.database import Database, Transaction
from indexer.records.retries import again_if_contended
from indexer.records.turns import Turn, take_turn
from indexer.understanding.duplicates.rulings import Ruling, in_order
from indexer.understanding.grouping import grouped


class NotTwoPieces(Exception):
    """One of the two is not there, they are one and the same item, or they do not stand as they were seen."""


@again_if_contended
def join(database: Database, item: ItemId, other: ItemId, *, by: Actor, now: datetime) -> ClusterId:
    """Say that the two are one piece; return the item's cluster now.

    The clusters of the two become one, but for what somebody ruled apart before: then the two may stand in two clusters
    still. Raises NotTwoPieces.
    """
    with database.transaction() as tx:
        take_turn(tx, Turn.CLUSTERS)
        if len(items.some_items(tx, {item, other})) < 2:
            raise NotTwoPieces
        _rule(tx, [(item, other)], is_same=True, by=by, now=now)
        return _regrouped(tx, item, now=now)


@again_if_contended
def part(database: Database, item: ItemId, *, beside: ItemId, by: Actor, now: datetime) -> ClusterId:
    """Say that an item is none with the others of its cluster; return the cluster that it stands in alone.

    beside: one of those others, as whoever says it sees the cluster. Raises NotTwoPieces where it left meanwhile.
    """
    with database.transaction() as tx:
        take_turn(tx, Turn.CLUSTERS)
        others = [one.id for some in clusters.locked(tx, [item]).values() for one in some if one.id != item]
        if beside not in others:
            raise NotTwoPieces
        _rule(tx, [(item, other) for other in others], is_same=False, by=by, now=now)
        return _regrouped(tx, item, now=now)


def _regrouped(tx: Transaction, item: ItemId, *, now: datetime) -> ClusterId:
    """Raises NotTwoPieces where there is no such item."""
    found = grouped(tx, item, (), is_anew=False)
    if found is None:
        raise NotTwoPieces
    clusters.move(tx, item, found.cluster)
    outbox.add(tx, found.touched, at=now)
    return found.cluster


def _rule(tx: Transaction, pairs: Sequence[tuple[ItemId, ItemId]], *, is_same: bool, by: Actor, now: datetime) -> None:
    """Write a ruling of each pair, and one row of the ledger for each: the table keeps only the last word."""
    kind = ChangeKind.PIECES_JOINED if is_same else ChangeKind.PIECES_PARTED
    for one, two in pairs:
        first, second = in_order(one, two)
        ruling = Ruling(
            item=first, other=second, is_same=is_same, who=by.name, actor_kind=by.kind, actor_id=by.id, at=now
        )
        rulings.rule(tx, ruling)
        ledger.append(tx, changed(kind, one, {"item": one, "other": two}, by=by, now=now))
