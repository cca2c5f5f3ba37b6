"""What a platform names of a channel while it is read: kept, so that what is missing can be told and asked again."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crawler.exchange import Ask, Named
from crawler.reading.absence import see
from indexer.base.ids import canonical_key
from indexer.catalogue.looks import Seen, Sight
from indexer.catalogue.troubles import RefusalReason
from indexer.records import announced, looks, reads, refusals
from indexer.records.announced import Announced, ToldBy
from indexer.records.database import Database, Transaction
from indexer.whitelist.records import Channel
from indexer.whitelist.wechat_accounts import account_of

REST = timedelta(hours=6)  # after a refusal, before a piece that costs a call is asked for again
AGAIN = 200  # pieces of earlier reads that are asked for again in one
DELETED = Seen(sight=Sight.DELETED, words="平台说这篇文章已被删除")


@dataclass(slots=True, kw_only=True)
class Naming:
    """The names of one read. all_new: whether nothing of what the last answer named was named before.

    is_named: whether an answer named anything.
    """

    channel: Channel
    database: Database
    clock: Callable[[], datetime]
    all_new: bool = field(init=False, default=True)
    is_named: bool = field(init=False, default=False)
    has_asked: bool = field(init=False, default=False)

    def note(self, named: Sequence[Named], *, told_by: ToldBy = ToldBy.POLL) -> None:
        """Keep what an answer names; the channel's own pieces that it says are deleted come down."""
        rows = [_announced(self.channel, one, told_by, self.clock()) for one in named]
        self.is_named = True
        with self.database.transaction() as tx:
            self.all_new = announced.add(tx, rows) == len(rows)
        self._take_down([row.key for row in rows if row.is_gone and row.key])

    def wanted(self, tx: Transaction, asks: Sequence[Ask]) -> Sequence[Ask]:
        """Return the requests that lead to something that is not here, and the further pages of a list worth a call."""
        keyed = {url: canonical_key(url) for ask in asks for url in _addresses(ask)}
        held = reads.held(tx, keyed.values())
        costly = [url for ask in asks if ask.call for url in _addresses(ask)]
        resting = self._resting(tx, costly) if costly else ()
        missing = {url for url, key in keyed.items() if key not in held and url not in resting}
        return [ask for ask in asks if (self._goes_on(tx, ask) if ask.continues else missing & {*_addresses(ask)})]

    def _goes_on(self, tx: Transaction, ask: Ask) -> bool:
        return self.all_new or announced.count_named(tx, self.channel.id) < ask.continues

    def unheld(self) -> Sequence[Named]:
        """What was named, is there and is not here; once a read, since what is asked for then may be refused again."""
        if self.has_asked:
            return ()
        self.has_asked = True
        with self.database.reading() as tx:
            found = announced.unheld(tx, self.channel.id, limit=AGAIN)
        return [Named(number=one.number, url=one.url or "", title=one.title, day=one.day) for one in found]

    def _resting(self, tx: Transaction, urls: Sequence[str]) -> Collection[str]:
        """Those addresses that were refused lately: the same answer would cost a call each time.

        An account that was confirmed since then is another answer.
        """
        held = account_of(self.channel)
        but = [RefusalReason.ACCOUNT_UNCONFIRMED] if held and held.has_number else []
        return refusals.refused_since(tx, self.channel.id, urls, since=self.clock() - REST, but=but)

    def _take_down(self, keys: Sequence[str]) -> None:
        if not keys:
            return
        with self.database.reading() as tx:
            standing = looks.not_gone(tx, self.channel.id, keys)
        if standing:
            with self.database.transaction() as tx:
                for item in standing:
                    see(tx, item, DELETED, now=self.clock())


def _addresses(ask: Ask) -> Sequence[str]:
    return ask.leads_to or (ask.url,)


def _announced(channel: Channel, one: Named, told_by: ToldBy, now: datetime) -> Announced:
    return Announced(
        channel=channel.id,
        number=one.number,
        key=canonical_key(one.url) if one.url else None,
        title=one.title,
        url=one.url or None,
        day=one.day,
        told_by=told_by,
        is_gone=one.is_gone,
        why=one.why or None,
        at=now,
    )
