"""The step that does what platforms called back with: publications at once, tickets, authorisations."""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from multiprocessing.pool import ThreadPool
from types import MappingProxyType

import structlog

from config.settings import Settings
from crawler.guard import FetchRefused
from crawler.platforms.calling import Caller
from crawler.platforms.port import PlatformRefused
from crawler.platforms.wechat.authorised import Authorisations
from crawler.platforms.wechat.authorising import ComponentCalls
from crawler.platforms.wechat.published import Publications
from crawler.reading.readers import Readers
from indexer.base.not_now import NotNow
from indexer.base.times import now
from indexer.connections.events import Event, EventKind, XmlRefused, read_event
from indexer.connections.records import ConnectionState, Platform
from indexer.records import connections, platform_events
from indexer.records.database import Database
from indexer.records.platform_events import PlatformEvent
from indexer.records.sealing import unseal
from indexer.work.steps import new_holder

LANES = 4  # events done at once: a page that drips holds up no other account's
# Before the second try, and so on. The last ones are for a ticket, which comes every ten minutes.
PAUSES = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=5), timedelta(minutes=15))
TRIES = len(PAUSES) + 1
WORDS_CHARS = 1000
STAY_SECONDS = 60.0  # without an event, then the processes that read pages end
SEALED = frozenset({EventKind.TICKET, EventKind.AUTHORISED, EventKind.UPDATED})
BROKE_DOWN = "处理这个事件时程序多次意外退出，已放弃"
CANNOT_OPEN = "本机打不开这个事件（没有封存它的密钥）"

log = structlog.get_logger()


class PlatformEvents:
    """A few at a time, side by side."""

    name, every, batch = "platform_events", 0.5, 1

    def __init__(self, settings: Settings, database: Database, *, clock: Callable[[], datetime] = now) -> None:
        self._settings, self._database, self._clock = settings, database, clock
        self._readers, self._worked = Readers(), time.monotonic()
        component = ComponentCalls(settings, database, clock=clock)
        authorisations = Authorisations(settings, database, component=component, clock=clock)
        self._publications = Publications(
            settings, database, caller=Caller(settings, database, clock=clock), readers=self._readers, clock=clock
        )
        self._notices: Mapping[EventKind, Callable[[Event], str]] = MappingProxyType(
            {
                EventKind.TICKET: authorisations.ticket,
                EventKind.AUTHORISED: authorisations.authorised,
                EventKind.UPDATED: authorisations.authorised,
                EventKind.UNAUTHORISED: authorisations.unauthorised,
            }
        )

    def waits(self) -> bool:
        with self._database.reading() as tx:
            is_waiting = platform_events.is_waiting(tx)
        if not is_waiting and time.monotonic() - self._worked > STAY_SECONDS:
            self._readers.close()
        return is_waiting

    def do(self) -> int:
        holder = new_holder()
        with self._database.transaction() as tx:
            claimed = platform_events.claim_waiting(tx, holder=holder, now=self._clock(), limit=LANES)
        self._worked = time.monotonic() if claimed else self._worked
        tickets = [kept for kept in claimed if kept.kind == EventKind.TICKET]
        self._in_turn(tickets, holder)  # before all others: an authorisation is done with what a ticket brings
        lanes = _lanes([kept for kept in claimed if kept not in tickets])
        if len(lanes) < 2:
            for lane in lanes:
                self._in_turn(lane, holder)
        else:
            with ThreadPool(LANES) as threads:
                threads.map(lambda lane: self._in_turn(lane, holder), lanes, chunksize=1)
        return len(claimed)

    def _in_turn(self, lane: Sequence[PlatformEvent], holder: str) -> None:
        for kept in lane:
            self._answer(kept, holder)

    def _answer(self, kept: PlatformEvent, holder: str) -> None:
        """Do one and say what came of it. What a platform or a page refused is tried again, as often as PAUSES say.

        Raises NotNow where ours is away, which is no fault of the event and uses up none of its tries.
        """
        is_last = kept.tries + 1 >= TRIES
        try:
            words, is_final = self._outcome(kept, is_last=is_last), True
        except (FetchRefused, PlatformRefused) as refused:
            words, is_final = str(refused), is_last
        except NotNow:
            with self._database.transaction() as tx:
                platform_events.give_back(tx, kept.id, holder=holder, until=self._clock() + PAUSES[0])
            raise
        except Exception as error:  # of whatever kind: the next event's turn comes
            log.exception("platform_event_failed", platform_event=kept.id, kind=kept.kind)
            words, is_final = f"处理时程序出错（{type(error).__name__}）", is_last
        with self._database.transaction() as tx:
            if is_final:
                outcome = words[:WORDS_CHARS]
                platform_events.done(tx, kept.id, holder=holder, outcome=outcome, at=self._clock())
            else:
                until = self._clock() + PAUSES[kept.tries]
                platform_events.put_off(tx, kept.id, holder=holder, outcome=words[:WORDS_CHARS], until=until)
        log.info("platform_event_done", platform_event=kept.id, kind=kept.kind, final=is_final, words=words[:200])

    def _outcome(self, kept: PlatformEvent, *, is_last: bool) -> str:
        if kept.tries >= TRIES:  # whoever tried it before ended without a word, each time
            return BROKE_DOWN
        kind = EventKind(kept.kind)
        body = unseal(self._settings, kept.body) if kind in SEALED else kept.body
        if body is None:
            return CANNOT_OPEN
        try:
            event = read_event(body.encode())
        except XmlRefused as refused:
            return f"事件读不出（{refused}）"
        if (notice := self._notices.get(kind)) is not None:
            return notice(event)
        return self._published(kept.account, event, is_last=is_last)

    def _published(self, account: str, event: Event, *, is_last: bool) -> str:
        with self._database.reading() as tx:
            found = [
                connections.of_account(tx, platform, account) for platform in (Platform.COMPONENT, Platform.WECHAT)
            ]
        held = [one for one in found if one is not None and one.state is ConnectionState.CONNECTED]
        if not held:
            return "没有这个公众号的连接"
        return self._publications.ended(held[0].channel, event, is_last=is_last)


def _lanes(claimed: Sequence[PlatformEvent]) -> Sequence[Sequence[PlatformEvent]]:
    """Events of one account are one lane, in the order they came: a withdrawal and a new authorisation, say."""
    lanes: dict[str, list[PlatformEvent]] = {}
    for kept in claimed:
        lanes.setdefault(kept.account, []).append(kept)
    return list(lanes.values())


def make(settings: Settings, database: Database) -> PlatformEvents:
    """Return the step."""
    return PlatformEvents(settings, database)
