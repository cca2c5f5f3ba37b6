"""One read of one channel: its source's requests, their answers, and what was taken in of them."""

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from config.settings import DEFAULT_TEXT_CHARS
from crawler.conditional import Validators, validators_of
from crawler.exchange import Answer, Ask, BadEntry
from crawler.failures import BadPage, Unanswered, broken, moved_outside, unreadable
from crawler.pool import Reading
from crawler.sources import SourceUnknown, source_of
from indexer.ids import canonical_key
from indexer.intake import Outcome, is_inside, take_in
from indexer.items import URL_CHARS, Candidate, Channel, ChannelId, Refusal
from indexer.records import channels, items, reads
from indexer.records.database import Database
from indexer.texts import storable

log = structlog.get_logger()

PAGES_A_READ = 200
READ_SECONDS = 1200.0
FAILURES_IN_A_ROW = 5
REREAD = timedelta(days=3)  # an article younger than this is looked at again, for edits at the source

Fetch = Callable[[Channel, Ask, Validators], Awaitable[Answer | None]]
"""Makes one request; None: unchanged since the validators. Raises Unanswered."""


class PageReader(Protocol):
    """Runs a channel's source over one answer."""

    async def read(self, channel: Channel, answer: Answer) -> Reading: ...


@dataclass(slots=True, kw_only=True)
class ChannelRead:
    """What one read of a channel brought; refused: candidates and single pages. error: words for its unit
    where the channel itself could not be read, else None."""

    channel: ChannelId
    name: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    error: str | None = None

    def count(self, outcome: Outcome) -> None:
        """Add one candidate."""
        match outcome:
            case Outcome.NEW_ITEM:
                self.new += 1
            case Outcome.NEW_VERSION:
                self.changed += 1
            case Outcome.UNCHANGED:
                self.unchanged += 1
            case Outcome.REFUSED:
                self.refused += 1


@dataclass(slots=True, kw_only=True)
class ChannelReader:
    """Reads one channel, one request after the other; whatever goes wrong is this channel's alone."""

    channel: Channel
    database: Database
    fetch: Fetch
    pool: PageReader
    clock: Callable[[], datetime]
    text_chars: int = DEFAULT_TEXT_CHARS
    result: ChannelRead = field(init=False)
    seen: set[str] = field(init=False, default_factory=set)
    silent: Counter[str] = field(init=False, default_factory=Counter)  # host → pages in a row without an answer

    def __post_init__(self) -> None:
        self.result = ChannelRead(channel=self.channel.id, name=self.channel.name)

    async def read(self) -> ChannelRead:
        """Read the channel to its end or its limits."""
        try:
            async with asyncio.timeout(READ_SECONDS):
                await self._read_all()
        except TimeoutError:
            self._fail(f"读了 {READ_SECONDS / 60:.0f} 分钟还没有读完，余下的下一轮继续。请检查网站是否太慢")
        return self.result

    async def _read_all(self) -> None:
        try:
            first = list(source_of(self.channel.source or "").start(self.channel))
        except SourceUnknown as error:
            self._fail(f"{error}。请在白名单里改正这个渠道的采集方式")
            return
        waiting, pages = deque(first), 0
        while waiting and pages < PAGES_A_READ:
            ask = waiting.popleft()
            pages += 1
            is_first = ask in first
            try:
                waiting.extend(await self._page(ask, is_first=is_first))
                self.silent.pop(_host(ask), None)
            except Unanswered as trouble:
                await self._note(trouble, ask, is_first=is_first)
                if self._has_given_up(trouble, ask):
                    waiting = deque(other for other in waiting if _host(other) != _host(ask))
            except Exception as error:  # of whatever kind: what one page does is this page's alone
                log.exception("page_failed", channel=self.channel.id, url=ask.url)
                await self._note(broken(ask.url, error), ask, is_first=is_first)

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

    def _fail(self, words: str) -> None:
        self.result.error = self.result.error or storable(words)

    async def _note(self, trouble: Unanswered, ask: Ask, *, is_first: bool) -> None:
        """A first page in trouble is the channel's failure; another page's is a row that the unit's page shows."""
        if is_first:
            self._fail(str(trouble))
            return
        refusal = Refusal(
            channel=self.channel.id,
            unit=self.channel.unit,
            url=ask.url,
            title=ask.about.get("title", ""),
            reason=trouble.reason,
            message=str(trouble),
            at=self.clock(),
        )
        self.result.refused += 1
        await asyncio.to_thread(self._add_refusal, refusal)

    async def _page(self, ask: Ask, *, is_first: bool) -> Sequence[Ask]:
        """Take in one answer; the requests it leads to. Raises Unanswered, after all that could be read is taken."""
        answer = await self.fetch(self.channel, ask, await asyncio.to_thread(self._validators, ask.url))
        if answer is None:
            self.result.unchanged += 1
            return ()
        # The channel's own address may lie elsewhere (a feed service); what it leads to may not.
        if not is_first and answer.url != ask.url and not is_inside(self.channel, answer.url):
            raise moved_outside(ask.url, to=answer.url)
        reading = await self.pool.read(self.channel, answer)
        refused_before = self.result.refused
        for found in reading.found:
            if isinstance(found, Candidate):
                await self._take(found)
            elif isinstance(found, BadEntry):
                trouble = unreadable(found.url, what=found.what, do=found.do)
                await self._note(trouble, Ask(url=found.url, about={"title": found.title}), is_first=False)
        wanted = await self._wanted([found for found in reading.found if isinstance(found, Ask)])
        if reading.unreadable:
            what, do = reading.unreadable
            raise unreadable(ask.url, what=what, do=do)
        if not wanted and self.result.refused == refused_before:
            # Kept only now, when all that the page holds is safe with us: a 304 next time loses nothing.
            await asyncio.to_thread(self._keep_validators, ask.url, answer)
        return wanted

    async def _take(self, candidate: Candidate) -> None:
        """Take in one of the page's candidates; one that cannot be is a row, and the next one's turn comes."""
        try:
            taken = await asyncio.to_thread(
                take_in, self.database, candidate, now=self.clock(), text_chars=self.text_chars
            )
        except Exception as error:  # of whatever kind; where the records themselves fail, so does this row
            log.exception("candidate_failed", channel=self.channel.id, url=candidate.url)
            about = {"title": candidate.title}
            await self._note(broken(candidate.url, error), Ask(url=candidate.url, about=about), is_first=False)
            return
        self.result.count(taken.outcome)

    async def _wanted(self, asks: Sequence[Ask]) -> Sequence[Ask]:
        """The requests worth making: inside the channel, not made in this read, of pages unknown or still young."""
        unseen = [ask for ask in asks if len(ask.url) <= URL_CHARS and ask.url not in self.seen]
        self.seen.update(ask.url for ask in unseen)
        ours: list[Ask] = []
        for ask in unseen:
            if is_inside(self.channel, ask.url):
                ours.append(ask)
            elif ask.url.startswith(("http://", "https://")):
                # Not fetched, but its unit shall see that it was found and why it is not here.
                await self._take(Candidate(channel=self.channel.id, url=ask.url, title=ask.about.get("title", "")))
        return await asyncio.to_thread(self._unsettled, ours)

    def _unsettled(self, asks: Sequence[Ask]) -> Sequence[Ask]:
        oldest = self.clock() - REREAD
        with self.database.reading() as tx:
            held = [(ask, items.by_key(tx, canonical_key(ask.url))) for ask in asks]
        return [ask for ask, item in held if item is None or item.created_at > oldest]

    def _add_refusal(self, refusal: Refusal) -> None:
        with self.database.transaction() as tx:
            channels.add_refusal(tx, refusal)

    def _validators(self, url: str) -> Validators:
        with self.database.reading() as tx:
            return reads.validators(tx, self.channel.id, url)

    def _keep_validators(self, url: str, answer: Answer) -> None:
        etag, last_modified = validators_of(answer.headers)
        with self.database.transaction() as tx:
            reads.save_validators(tx, self.channel.id, url, etag=etag, last_modified=last_modified)


def _host(ask: Ask) -> str:
    return ask.url.partition("://")[2].partition("/")[0]
