"""What a platform's list says of a piece that is here: that it is gone, by naming it so or by naming it no more."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from crawler.exchange import Named, Span
from indexer.base.ids import ItemId, canonical_key
from indexer.catalogue.looks import WHY, Seen, Sight, after, campaign_end, quiet
from indexer.records import announced, editions, items, looks, reads
from indexer.records.database import Database, Transaction
from indexer.review.desk import take_down
from indexer.whitelist.records import Channel

ABSENT = Seen(sight=Sight.MISSING, words="平台的列表里已没有这一篇")
THERE = Seen(sight=Sight.THERE)


def see(tx: Transaction, id: ItemId, seen: Seen, *, now: datetime) -> bool:
    """Note what was seen of a piece, as a look at its link would; return whether it came down by it.

    What follows is the law of looks: what is said to be deleted comes down, what is only missing once it is so twice.
    """
    item, look = items.locked(tx, id), looks.look(tx, id)
    if item is None or look is None:
        return False
    ends = campaign_end(editions.editions(tx), since=item.created_at)
    stands = after(look, seen, since=item.created_at, ends=ends, now=now)
    is_gone = stands.gone is not None and look.gone is None
    looks.note(tx, quiet(stands) if is_gone and item.public is not None else stands)
    return is_gone and stands.gone is not None and bool(take_down(tx, item, why=WHY[stands.gone], now=now))


def note_spans(
    database: Database, channel: Channel, spans: Iterable[Span], named: Collection[Named], *, now: datetime
) -> int:
    """Note what an answer names no more of what was named before; return how many pieces came down by it.

    A piece that is not here is only noted as gone, so that nobody misses it. One that is named again was not gone.
    """
    return sum(_note_span(database, channel, span, named, now=now) for span in spans)


def _note_span(database: Database, channel: Channel, span: Span, named: Collection[Named], *, now: datetime) -> int:
    numbers = {one.number for one in named}
    with database.reading() as tx:
        before = announced.named_between(tx, channel.id, span.lowest, span.highest)
        absent = [one for one in before if one.number not in numbers and span.holds(one.number)]
        held = reads.held(tx, [one.key for one in absent if one.key])
        standing = looks.not_gone(tx, channel.id, [one.key for one in absent if one.key])
        doubted = looks.doubted(
            tx, channel.id, [canonical_key(one.url) for one in named if one.url and not one.is_gone]
        )
    unheld = [replace(one, is_gone=True, at=now) for one in absent if one.key not in held]
    if not standing and not doubted and not unheld:
        return 0
    with database.transaction() as tx:
        announced.add(tx, unheld)
        for id in doubted:
            see(tx, id, THERE, now=now)
        return sum(see(tx, id, ABSENT, now=now) for id in standing)
