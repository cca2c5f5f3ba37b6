"""One read of one channel: its source's requests, their answers, and what was taken in of them."""

import asyncio
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Protocol

import structlog

from crawler.exchange import Answer, Ask, BadEntry, Found, Named, Source, Span, Unreadable
from crawler.reading.absence import note_spans
from crawler.reading.conditional import validators_of
from crawler.reading.failures import BadPage, Unanswered, broken, moved_outside, unreadable
from crawler.reading.naming import Naming
from crawler.reading.quotas import QuotaSpent, count_call, is_of_account, is_spent, worth_asking
from crawler.reading.result import ChannelRead
from crawler.reading.staleness import staleness
from crawler.reading.taking import Taking
from crawler.reading.unchanged import Unchanged
from crawler.reading.worker import Reading
from crawler.sources import SourceUnknown, options_of, source_of
from indexer.base.text import storable
from indexer.catalogue.items import URL_CHARS, Candidate
from indexer.catalogue.troubles import Refusal, Trouble, refusal
from indexer.records import reads, refusals
from indexer.records.attempts import LastList
from indexer.records.database import Database, Transaction
from indexer.records.reads import NONE_KEPT, Validators
from indexer.whitelist.addresses import is_inside, is_on
from indexer.whitelist.records import Channel

log = structlog.get_logger()

PAGES_A_READ = 200
READ_SECONDS = 1200.0
FAILURES_IN_A_ROW = 5

Fetch = Callable[[Channel, Ask, Validators], Awaitable[Answer | None]]
"""Makes one request; None: unchanged since the validators. Raises Unanswered."""


class PageReader(Protocol):
    """Runs a channel's source over one answer."""

    async def read(self, channel: Channel, answer: Answer) -> Reading: ...


@dataclass(slots=True, kw_only=True)
class ChannelReader:
    """Reads one channel, one request after the other; whatever goes wrong is this channel's alone.

    taking: takes in what it brings. known: validators by address, as far as they were looked up. kept: those of the
    pages that are safe with us, which whoever ends the read saves. last: its list as it was read whole last.
    """

    channel: Channel
    database: Database
    fetch: Fetch
    pool: PageReader
    clock: Callable[[], datetime]
    taking: Taking
    known: dict[str, Validators] = field(default_factory=dict)
    last: LastList | None = None
    kept: dict[str, Validators] = field(init=False, default_factory=dict)
    source: Source[Any] = field(init=False)
    result: ChannelRead = field(init=False)
    naming: Naming = field(init=False)
    seen: set[tuple[str, str, bytes]] = field(init=False, default_factory=set)
    silent: Counter[str] = field(init=False, default_factory=Counter)  # host → pages in a row without an answer
    unchanged: Unchanged = field(init=False)

    def __post_init__(self) -> None:
        self.unchanged = Unchanged(self.last, now=self.clock())
        self.result = ChannelRead(channel=self.channel.id, name=self.channel.name)
        self.naming = Naming(channel=self.channel, database=self.database, clock=self.clock)

    async def read(self) -> ChannelRead:
        """Read the channel to its end or its limits."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(READ_SECONDS):
                await self._read_all()
        except TimeoutError:
            self._fail(f"读了 {READ_SECONDS / 60:.0f} 分钟还没有读完，余下的下一轮继续。请检查网站是否太慢")
        self.result.seconds = time.monotonic() - began
        return self.result

    async def _read_all(self) -> None:
        first = self._first()
        self.unchanged.last = self.last if len(first) == 1 else None  # what one of several names is not the list
        waiting, pages = deque(first), 0
        while pages < PAGES_A_READ and (waiting or (waiting := deque(await self._again()))):
            ask = waiting.popleft()
            pages += 1
            is_first = ask in first
            try:
                waiting.extend(await self._page(ask, is_first=is_first))
                self.silent.pop(_host(ask), None)
            except QuotaSpent as spent:
                self._fail(str(spent), spent.trouble)
                self.result.waits_for_quota = True
                waiting = worth_asking(waiting, ask, is_spent=True)
            except Unanswered as trouble:
                waiting = await self._left(waiting, trouble, ask, is_first=is_first)
            except Exception as error:  # of whatever kind: what one page does is this page's alone
                log.exception("page_failed", channel=self.channel.id, url=ask.url)
                await self._note(broken(ask.url, error), ask, is_first=is_first)

    def _first(self) -> Sequence[Ask]:
        """What the read begins with; nothing where the channel cannot be read at all, which is said."""
        try:
            self.source = source_of(self.channel.source or "")
            return list(self.source.start(self.channel, options_of(self.source, self.channel)))
        except SourceUnknown as error:
            self._fail(f"{error}。请在白名单里改正这个渠道的采集方式")
        except Unreadable as error:
            self._fail(f"{error.what}。{error.do}", error.trouble)
        return ()

    async def _left(self, waiting: deque[Ask], trouble: Unanswered, ask: Ask, *, is_first: bool) -> deque[Ask]:
        """Note a trouble; what is still worth asking for after it."""
        if is_of_account(trouble):
            self._fail(str(trouble), trouble.trouble)
            self.result.waits_for_quota = self.result.waits_for_quota or is_spent(trouble)
            return worth_asking(waiting, ask, is_spent=is_spent(trouble))
        await self._note(trouble, ask, is_first=is_first)
        if self._rests(trouble, ask) or self._has_given_up(trouble, ask):
            return deque(other for other in waiting if _host(other) != _host(ask))
        return waiting

    def _rests(self, trouble: Unanswered, ask: Ask) -> bool:
        """Whether the page's host asked for a pause."""
        if trouble.rests_until is None:
            return False
        self._fail(f"{_host(ask)} 要求采集暂停，到时间后自动继续。请检查网站的访问限制")
        return True

    def _has_given_up(self, trouble: Unanswered, ask: Ask) -> bool:
        """Whether the page's host has been silent so often in a row that the others on it are left for the next round.

        A page that is bad says that its host is there.
        """
        if isinstance(trouble, BadPage):
            self.silent.pop(_host(ask), None)
            return False
        self.silent[_host(ask)] += 1
        if self.silent[_host(ask)] < FAILURES_IN_A_ROW:
            return False
        self._fail(f"{_host(ask)} 连续 {FAILURES_IN_A_ROW} 个网页没有读成，本轮不再继续。请检查网站是否在运行")
        return True

    def _fail(self, words: str, trouble: Trouble | None = None) -> None:
        if self.result.error is None:
            self.result.error, self.result.trouble = storable(words), trouble

    async def _note(self, trouble: Unanswered, ask: Ask, *, is_first: bool) -> None:
        """A first page in trouble is the channel's failure; another page's is a row that the unit's page shows."""
        if is_first:
            self._fail(str(trouble), trouble.trouble)
            return
        refused = refusal(
            trouble.trouble,
            channel=self.channel.id,
            unit=self.channel.unit,
            url=ask.item_url,
            title=ask.about.get("title", ""),
            at=self.clock(),
        )
        self.result.refused += 1
        await asyncio.to_thread(self._add_refusal, refused)

    async def _page(self, ask: Ask, *, is_first: bool) -> Sequence[Ask]:
        """Take in one answer; the requests it leads to. Raises Unanswered, after all that could be read is taken."""
        answer = await self._answer(ask, is_list=is_first)
        if answer is None:
            self.result.unchanged += 1
            return ()
        # The channel's own address may lie elsewhere (a feed service); what it leads to may not.
        if not is_first and answer.url != ask.url and not self._may_ask(answer.url):
            raise moved_outside(ask.url, to=answer.url)
        reading = await self.pool.read(self.channel, answer)
        self.result.trouble = self.result.trouble or staleness(reading.found, now=self.clock())
        refused_before = self.result.refused
        await self._keep(reading.found, answer)
        wanted = await self._wanted([found for found in reading.found if isinstance(found, Ask)])
        if reading.unreadable:
            what, do = reading.unreadable
            raise unreadable(ask.url, what=what, do=do, trouble=reading.trouble)
        if not wanted and self.result.refused == refused_before and ask.is_plain:
            # Kept only now, when all that the page holds is safe with us: a 304 next time loses nothing.
            self.kept[ask.url] = validators_of(answer.headers)
        await self._note_list(ask, reading, is_list=is_first)
        return wanted

    async def _keep(self, found: Sequence[Found], answer: Answer) -> None:
        """Take in what an answer holds, and note what it names and what of it cannot be read."""
        await self._take([one for one in found if isinstance(one, Candidate)], answer)
        if named := [one for one in found if isinstance(one, Named)]:
            await asyncio.to_thread(self.naming.note, named)
        if spans := [one for one in found if isinstance(one, Span)]:
            await asyncio.to_thread(note_spans, self.database, self.channel, spans, named, now=self.clock())
        for one in found:
            if isinstance(one, BadEntry):
                trouble = unreadable(one.url, what=one.what, do=one.do)
                await self._note(trouble, Ask(url=one.url, about={"title": one.title}), is_first=False)

    async def _again(self) -> Sequence[Ask]:
        """What an earlier read was told of and could not have; none where the channel itself is in trouble."""
        if not self.naming.is_named or self.result.error:
            return ()
        unheld = await asyncio.to_thread(self.naming.unheld)
        asks = list(self.source.again(self.channel, options_of(self.source, self.channel), unheld)) if unheld else []
        return await self._wanted(asks)

    async def _answer(self, ask: Ask, *, is_list: bool) -> Answer | None:
        """Ask for it if it changed; None: it did not. Raises QuotaSpent, Unanswered."""
        if ask.call:
            quotas, now = self.source.quotas, self.clock()
            await asyncio.to_thread(count_call, self.database, ask, self.channel.id, quotas=quotas, now=now)
        answer = await self.fetch(self.channel, ask, await self._validators(ask))
        if answer is None and is_list and self.unchanged.is_due():
            return await self.unchanged.in_full(partial(self.fetch, self.channel, ask))
        return answer

    async def _note_list(self, ask: Ask, reading: Reading, *, is_list: bool) -> None:
        """What the list names, and whether its site said before that it had not changed."""
        if not is_list:
            return
        listing = self.result.listing
        listing.add(reading.found)
        fetch = partial(self.fetch, self.channel, ask)
        if await self.unchanged.was_wrong(listing.digest, await self._validators(ask), fetch):
            self.result.is_lying, self.kept[ask.url] = True, NONE_KEPT

    async def _take(self, candidates: Sequence[Candidate], answer: Answer | None = None) -> None:
        """Take in the candidates of one answer; one that cannot be is a row, and costs the others nothing."""
        for candidate, outcome in zip(candidates, await self.taking.take(candidates, answer), strict=True):
            if not isinstance(outcome, BaseException):
                self.result.count(outcome.outcome)
            elif isinstance(outcome, Exception):
                log.error("candidate_failed", channel=self.channel.id, url=candidate.url, exc_info=outcome)
                about = {"title": candidate.title}
                # Where the records themselves fail, so does this row.
                await self._note(broken(candidate.url, outcome), Ask(url=candidate.url, about=about), is_first=False)
            else:
                raise outcome

    async def _wanted(self, asks: Sequence[Ask]) -> Sequence[Ask]:
        """The requests worth making: inside the channel, not made in this read, of pages that are unknown."""
        unseen = [ask for ask in asks if len(ask.url) <= URL_CHARS and ask.key not in self.seen]
        self.seen.update(ask.key for ask in unseen)
        ours = [ask for ask in unseen if self._may_ask(ask.url)]
        # The others are not fetched, but the unit shall see that they were found and why they are not here.
        foreign = (ask for ask in unseen if not self._may_ask(ask.url) and ask.url.startswith(("http://", "https://")))
        titled = ((ask.url, ask.about.get("title", "")) for ask in foreign)
        await self._take([Candidate(channel=self.channel.id, url=url, title=title) for url, title in titled])
        return await asyncio.to_thread(self._unknown, ours) if ours else ()

    def _may_ask(self, url: str) -> bool:
        """Whether an address is the channel's, or on one of its kind's own hosts."""
        return is_inside(self.channel, url) or is_on(self.source.hosts, url)

    def _unknown(self, asks: Sequence[Ask]) -> Sequence[Ask]:
        """What is held is looked at again on a schedule of its own (recheck.py); what was refused rests for a while."""
        with self.database.reading() as tx:
            wanted = self.naming.wanted(tx, asks)
            self._look_up(tx, [ask for ask in wanted if ask.is_plain][:PAGES_A_READ])
        return wanted

    def _add_refusal(self, refused: Refusal) -> None:
        with self.database.transaction() as tx:
            refusals.add(tx, refused)

    async def _validators(self, ask: Ask) -> Validators:
        if not ask.is_plain:
            return NONE_KEPT
        if ask.url not in self.known:
            await asyncio.to_thread(self._look_up_one, ask)
        return self.known[ask.url]

    def _look_up_one(self, ask: Ask) -> None:
        with self.database.reading() as tx:
            self._look_up(tx, [ask])

    def _look_up(self, tx: Transaction, asks: Sequence[Ask]) -> None:
        found = reads.validators(tx, [(self.channel.id, ask.url) for ask in asks])
        self.known |= {url: held for (_, url), held in found.items()}


def _host(ask: Ask) -> str:
    return ask.url.partition("://")[2].partition("/")[0]
