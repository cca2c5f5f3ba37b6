"""The step that asks each WeChat account once a day what it published in all, to set against what is here.

The list of the API names only what was published without notifying followers; the daily totals count everything, as
`mid_idx` (WeChat docs, datacube getarticletotaldetail, read 2026-11). By both "7 of 9 collected" is said.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta

import structlog

from config.settings import Settings
from crawler.guard import FetchRefused
from crawler.platforms import ledger
from crawler.platforms.calling import Caller
from crawler.platforms.fields import NotAnAnswer, parse
from crawler.platforms.port import PlatformRefused
from crawler.platforms.wechat import calls
from crawler.platforms.wechat.answers import DayRow, day_rows_of
from crawler.platforms.wechat.errors import refusal_in, trouble_of
from crawler.schedule import LEASE_SECONDS
from indexer.base.ids import ChannelId, canonical_key
from indexer.base.times import BEIJING, now
from indexer.catalogue.items import TITLE_CHARS, URL_CHARS
from indexer.connections.records import Connection, ConnectionState, Platform
from indexer.records import announced, connections, platform_calls, reads
from indexer.records.announced import Announced, ToldBy
from indexer.records.database import Database, Transaction
from indexer.work.steps import new_holder

OURS = (Platform.WECHAT, Platform.COMPONENT)
ROUND = "reconcile"  # counted as a call of the account, so that it is done once a day whoever does it
FROM_HOUR = 9  # in Beijing: the totals of the day before are ready at eight (WeChat docs, datacube)
DAYS = 3  # asked for each time: totals may come late, and the collector may have stood still

log = structlog.get_logger()


class Reconciling:
    """One account at a time, while nobody else asks it for anything."""

    name = "reconcile"
    every, batch = 60.0, 1

    def __init__(self, settings: Settings, database: Database, *, clock: Callable[[], datetime] = now) -> None:
        self._database, self._clock = database, clock
        self._caller = Caller(settings, database, clock=clock)

    def waits(self) -> bool:
        with self._database.reading() as tx:
            return bool(self._due(tx))

    def do(self) -> int:
        holder = new_holder()
        with self._database.reading() as tx:
            due = self._due(tx)
        return next((1 for each in due if self._done(each, holder)), 0)

    def _due(self, tx: Transaction) -> Sequence[Connection]:
        """The accounts that nobody has asked today."""
        at = self._clock().astimezone(BEIJING)
        if at.hour < FROM_HOUR:
            return ()
        held = [one for one in connections.every(tx) if one.platform in OURS and one.state is ConnectionState.CONNECTED]
        asked = platform_calls.calls_of(tx, [ledger.account_caller(one.account) for one in held], day=at.date())
        return [one for one in held if (ledger.account_caller(one.account), ROUND) not in asked]

    def _done(self, connection: Connection, holder: str) -> bool:
        """Ask one account; False where another one reads its channel now, or has asked meanwhile."""
        at, caller = self._clock(), ledger.account_caller(connection.account)
        with self._database.transaction() as tx:
            if not reads.lease(tx, [connection.channel], holder=holder, now=at, seconds=LEASE_SECONDS):
                return False
            is_ours = ledger.count(tx, caller, ROUND, most=1, now=at)
        try:
            if is_ours:
                self._ask(connection, at)
        finally:
            with self._database.transaction() as tx:
                reads.release(tx, [connection.channel], holder=holder)
        return is_ours

    def _ask(self, connection: Connection, at: datetime) -> None:
        """What was named by then is kept, whatever the next answer is; what is amiss, the next read says as well."""
        today = at.astimezone(BEIJING).date()
        try:
            for past in range(1, DAYS + 1):
                self._keep(connection.channel, self._rows(connection.channel, today - timedelta(days=past)), at)
        except (PlatformRefused, FetchRefused, NotAnAnswer) as refused:
            log.warning("totals_refused", channel=connection.channel, why=str(refused))

    def _rows(self, channel: ChannelId, day: date) -> Sequence[DayRow]:
        """Raises PlatformRefused, FetchRefused, NotAnAnswer."""
        said = parse(self._caller.send(calls.totals_ask(channel, day)).body)
        if (refused := refusal_in(said)) is not None:
            raise PlatformRefused(trouble_of(refused, call=calls.TOTALS))
        return day_rows_of(said)

    def _keep(self, channel: ChannelId, rows: Sequence[DayRow], at: datetime) -> None:
        with self._database.transaction() as tx:
            new = announced.add(tx, list(_announced(channel, rows, at)))
        log.info("totals_kept", channel=channel, rows=len(rows), new=new)


def _announced(channel: ChannelId, rows: Sequence[DayRow], at: datetime) -> Iterator[Announced]:
    for row in {row.msgid: row for row in rows if row.msgid}.values():
        url = row.url if len(row.url) <= URL_CHARS else ""
        yield Announced(
            channel=channel,
            number=row.msgid,
            key=canonical_key(url) if url else None,
            title=row.title[:TITLE_CHARS],
            url=url or None,
            day=row.day,
            told_by=ToldBy.TOTALS,
            at=at,
        )


def make(settings: Settings, database: Database) -> Reconciling:
    """Return the step that asks for daily totals."""
    return Reconciling(settings, database)
