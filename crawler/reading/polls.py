"""What a poll takes from the records and leaves there: many channels in one transaction, which costs what one does.

At its beginning the lease and the validators of the list; at its end what was kept of the pages, how the read went,
and the lease given back.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from crawler.reading.result import ChannelRead
from crawler.reading.together import Together
from crawler.schedule import LEASE_SECONDS
from indexer.base.ids import ChannelId, new_id
from indexer.base.text import storable
from indexer.catalogue.troubles import CASE, RefusalReason, Trouble
from indexer.health.records import LYING, Attempt
from indexer.records import attempts, reads
from indexer.records.attempts import LastList
from indexer.records.database import Database
from indexer.records.reads import NONE_KEPT, Validators
from indexer.whitelist.records import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A read that is over. kept: address → validators of the pages that are safe with us."""

    result: ChannelRead
    kept: Mapping[str, Validators]


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A read that begins. known: validators of the list. last: the list as it was read whole last."""

    known: Mapping[str, Validators]
    last: LastList | None = None


class Polls:
    """Begins and ends the reads of channels. holder: who has the leases."""

    def __init__(self, database: Database, *, holder: str, clock: Callable[[], datetime]) -> None:
        self.database, self.holder, self.clock = database, holder, clock
        self._beginning, self._ending = Together(self._begin), Together(self.end_all)

    async def begin(self, channel: Channel) -> Begun | None:
        """Take the channel, and return what is known of its list; None while another one reads it."""
        return await self._beginning.do(channel)

    async def end(self, result: ChannelRead, kept: Mapping[str, Validators]) -> None:
        """Note how a read went, and give its channel back."""
        await self._ending.do(Ended(result=result, kept=kept))

    def _begin(self, channels: Sequence[Channel]) -> list[Begun | None]:
        now, ids = self.clock(), [channel.id for channel in channels]
        with self.database.transaction() as tx:
            mine = reads.lease(tx, ids, holder=self.holder, now=now, seconds=LEASE_SECONDS)
            known = reads.validators(tx, [(channel.id, channel.address) for channel in channels if channel.address])
            last = attempts.last_lists(tx, ids)
        return [_begun(channel, known, last.get(channel.id)) if channel.id in mine else None for channel in channels]

    def end_all(self, ended: Sequence[Ended]) -> Sequence[None]:
        """Note how reads went, and give their channels back, in one transaction."""
        now = self.clock()
        with self.database.transaction() as tx:
            for each in ended:
                result, brought = each.result, each.result.new + each.result.changed
                reads.record_read(
                    tx, result.channel, at=now, new=brought, error=result.error, waits=result.waits_for_quota
                )
            attempts.add(tx, [attempt_of(each.result, at=now) for each in ended])
            pages = {(each.result.channel, url): held for each in ended for url, held in each.kept.items()}
            reads.save_validators(tx, pages)
            reads.release(tx, [each.result.channel for each in ended], holder=self.holder)
        return [None] * len(ended)


def is_any_answered_whole(database: Database, channels: Sequence[Channel]) -> bool:
    """Tell whether nothing is kept of some list by which its site could say that it is unchanged."""
    lists = [(channel.id, channel.address) for channel in channels if channel.address]
    with database.reading() as tx:
        return NONE_KEPT in reads.validators(tx, lists).values()


def attempt_of(result: ChannelRead, *, at: datetime) -> Attempt:
    """Return what is kept of a read that is over."""
    listing, trouble = result.listing, _trouble(result)
    lying = {CASE: LYING} if result.is_lying else None
    return Attempt(
        id=new_id(),
        channel=result.channel,
        at=at,
        seconds=result.seconds,
        new=result.new + result.changed,
        listed=None if listing.pieces is None else len(listing.pieces),
        newest=listing.newest,
        digest=listing.digest,
        reason=trouble.reason if trouble else None,
        facts={name: storable(value) for name, value in trouble.facts.items()} if trouble else lying,
    )


def _trouble(result: ChannelRead) -> Trouble | None:
    """The trouble of a read; of one that has words alone, those."""
    if result.error is None or result.trouble is not None:
        return result.trouble
    what, _, do = result.error.partition("。")
    return Trouble(reason=RefusalReason.UNREADABLE, facts={"what": what, "do": do.rstrip("。"), "url": result.name})


def _begun(channel: Channel, known: Mapping[tuple[ChannelId, str], Validators], last: LastList | None) -> Begun:
    """A site that said wrongly that its list had not changed is not asked whether it has."""
    is_lying = last is not None and last.is_lying
    address = channel.address
    held = {address: NONE_KEPT if is_lying else known[channel.id, address]} if address else {}
    return Begun(known=held, last=last)
