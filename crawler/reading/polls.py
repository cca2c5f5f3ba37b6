"""What a poll takes from the records and leaves there: many channels in one transaction, which costs what one does.

At its beginning the lease and the validators of the list; at its end what was kept of the pages, how the read went,
and the lease given back.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from crawler.reading.channel import ChannelRead
from crawler.reading.together import Together
from crawler.schedule import LEASE_SECONDS
from indexer.records import reads
from indexer.records.database import Database
from indexer.records.reads import Validators
from indexer.whitelist.records import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A read that is over. kept: address → validators of the pages that are safe with us."""

    result: ChannelRead
    kept: Mapping[str, Validators]


class Polls:
    """Begins and ends the reads of channels. holder: who has the leases."""

    def __init__(self, database: Database, *, holder: str, clock: Callable[[], datetime]) -> None:
        self.database, self.holder, self.clock = database, holder, clock
        self._beginning, self._ending = Together(self._begin), Together(self.end_all)

    async def begin(self, channel: Channel) -> Mapping[str, Validators] | None:
        """Take the channel, and return the validators of its own address; None while another one reads it."""
        return await self._beginning.do(channel)

    async def end(self, result: ChannelRead, kept: Mapping[str, Validators]) -> None:
        """Note how a read went, and give its channel back."""
        await self._ending.do(Ended(result=result, kept=kept))

    def _begin(self, channels: Sequence[Channel]) -> list[Mapping[str, Validators] | None]:
        now = self.clock()
        with self.database.transaction() as tx:
            mine = reads.lease(
                tx, [channel.id for channel in channels], holder=self.holder, now=now, seconds=LEASE_SECONDS
            )
            known = reads.validators(tx, [(channel.id, channel.address) for channel in channels if channel.address])
        return [
            {address: known[channel.id, address] for address in [channel.address] if address}
            if channel.id in mine
            else None
            for channel in channels
        ]

    def end_all(self, ended: Sequence[Ended]) -> Sequence[None]:
        """Note how reads went, and give their channels back, in one transaction."""
        now = self.clock()
        with self.database.transaction() as tx:
            for each in ended:
                result, brought = each.result, each.result.new + each.result.changed
                reads.record_read(
                    tx, result.channel, at=now, new=brought, error=result.error, waits=result.waits_for_quota
                )
            pages = {(each.result.channel, url): held for each in ended for url, held in each.kept.items()}
            reads.save_validators(tx, pages)
            reads.release(tx, [each.result.channel for each in ended], holder=self.holder)
        return [None] * len(ended)
