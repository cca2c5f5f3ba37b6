"""The condition that a piece came down because its source is gone, and nobody has brought it back or decided since."""

from sqlalchemy import and_, exists, func, select

from indexer.base.actors import ActorKind
from indexer.records.decisions import DECISIONS
from indexer.records.items import ITEMS
from indexer.review.records import Move, State

_any, _last, _undoing = (DECISIONS.alias() for _ in range(3))
# The number of the withdrawal that holds: the last one of a row of ITEMS that was not taken back.
WITHDRAWAL = (
    select(func.max(_any.c.sequence))
    .where(
        _any.c.item == ITEMS.c.id,
        _any.c.move == Move.WITHDRAW,
        ~exists().where(_undoing.c.undoes == _any.c.id).correlate(_any),
    )
    .correlate(ITEMS)
    .scalar_subquery()
)
# A row of ITEMS that the collector withdrew: what an editor or its unit withdrew is none.
TAKEN_DOWN = and_(
    ITEMS.c.state == State.WITHDRAWN,
    ITEMS.c.public.is_(None),
    exists().where(_last.c.sequence == WITHDRAWAL, _last.c.actor_kind == ActorKind.COLLECTOR).correlate(ITEMS),
)
