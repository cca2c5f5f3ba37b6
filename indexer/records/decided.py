"""Past decisions of people with the versions that they were about: what a rule is replayed over."""

from dataclasses import dataclass

from sqlalchemy import and_, select

from indexer.base.actors import ActorKind
from indexer.base.ids import ItemId
from indexer.catalogue.items import Item, Version
from indexer.records.database import Transaction
from indexer.records.decisions import DECISIONS
from indexer.records.items import BOTH, ITEMS, VERSIONS, pairs_of
from indexer.review.records import Move

JUDGING = (Move.APPROVE, Move.HOLD, Move.REJECT, Move.WITHDRAW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A version with the newest decision on it that was not taken back."""

    item: Item
    version: Version
    move: Move

    @property
    def is_refused(self) -> bool:
        """Whether it was kept from the public."""
        return self.move is not Move.APPROVE


def decided(tx: Transaction, *, limit: int) -> list[Decided]:
    """Return the versions that people decided on last, newest first; each once, `limit` decisions looked at."""
    c, v = DECISIONS.c, VERSIONS.c
    undone = select(c.undoes).where(c.undoes.is_not(None))
    query = (
        select(c.move, *BOTH)
        .join(VERSIONS, and_(v.item == c.item, v.number == c.version))
        .join(ITEMS, ITEMS.c.id == c.item)
        .where(c.move.in_(JUDGING), c.id.not_in(undone), c.actor_kind.is_distinct_from(ActorKind.COLLECTOR))
        .order_by(c.sequence.desc())
        .limit(limit)
    )
    rows = tx.rows(query)
    newest: dict[tuple[ItemId, int], Decided] = {}
    for row, (item, version) in zip(rows, pairs_of(tx, rows), strict=True):
        newest.setdefault((item.id, version.number), Decided(item=item, version=version, move=Move(row[c.move])))
    return list(newest.values())
