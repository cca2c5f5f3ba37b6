"""Looking again at what was collected: is it still there, was it edited, does its page say that it was deleted.

Links are claimed a few of each host at a time and asked for one after the other, so that no site is stormed however
many of its pieces are held. What follows from what is seen is the law of `indexer/catalogue/looks.py`.
"""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import structlog

from config.settings import DEFAULT_TEXT_CHARS
from config.words import ChannelKind
from crawler.exchange import Answer
from crawler.reading.articles import article_ask, with_article_source
from crawler.reading.channel import Fetch, PageReader
from crawler.reading.conditional import validators_of
from crawler.reading.failures import Unanswered, moved_outside
from crawler.reading.keeping import received
from crawler.reading.sights import NOTHING_WRONG, is_elsewhere, sight_of_reading, sight_of_trouble
from crawler.reading.worker import Reading
from indexer.base.text import storable_record
from indexer.catalogue.evidence import EvidenceDamaged, EvidenceStore
from indexer.catalogue.intake import Outcome, hash_of, take_in
from indexer.catalogue.items import Candidate
from indexer.catalogue.looks import WHY, Look, Seen, Sight, after, campaign_end, quiet
from indexer.records import channels, editions, evidence, items, looks, reads
from indexer.records.database import Database
from indexer.records.looks import Linked
from indexer.records.reads import Validators
from indexer.records.tombstones import public_tombstone
from indexer.review.desk import take_down
from indexer.whitelist.records import Channel
from indexer.work.steps import new_holder

log = structlog.get_logger()

A_HOST, A_ROUND = 20, 400  # links of one host, and of all, that one round looks at
HOSTS_AT_ONCE = 8  # so that the channels, which are read beside it by the same downloader, do not wait for it
ROUND_SECONDS = 1200.0  # ends before the claims do: nobody else looks at what is still looked at
SILENT_IN_A_ROW = 3
LEFT_AT_ONCE = frozenset({Sight.BUSY, Sight.CAPTCHA})  # the host means whoever asks, not this link
PUT_OFF = timedelta(hours=1)  # of a host's other links, where it is left
NOT_APPROVED_NOW = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """A link to look at, with all that is needed for it. validators: of its page; ends: its campaign's last day."""

    look: Look
    link: Linked
    channel: Channel
    validators: Validators
    ends: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sighted:
    """What a look brought. validators: of the page that came, once it is safe with us; None: as they were."""

    seen: Seen
    validators: Validators | None = None
    rests_until: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Recheck:
    """One round of looks. gone: pieces that came down by it; alarms: links at which something is wrong."""

    database: Database
    fetch: Fetch
    pool: PageReader
    clock: Callable[[], datetime]
    store: EvidenceStore
    text_chars: int = DEFAULT_TEXT_CHARS
    looked: int = 0
    gone: int = 0
    alarms: int = 0
    holder: str = field(default_factory=new_holder)

    async def run(self) -> int:
        """Look at what is due, a few hosts side by side, and return at how many links; what is left is due still.

        Raises what a round cannot go on without, such as RecordsDown, as an ExceptionGroup.
        """
        places = asyncio.Semaphore(HOSTS_AT_ONCE)
        try:
            async with asyncio.timeout(ROUND_SECONDS), asyncio.TaskGroup() as hosts:
                for of_host in await asyncio.to_thread(self._claim):
                    hosts.create_task(self._in_turn(places, of_host))
        except TimeoutError:
            log.warning("looking_again_cut_short", seconds=ROUND_SECONDS)
        finally:
            await asyncio.to_thread(self._give_back)
            if self.looked:
                log.info("looked_again", looked=self.looked, gone=self.gone, alarms=self.alarms)
        return self.looked

    def _claim(self) -> Collection[Sequence[_Due]]:
        """The links to look at, those of each host together."""
        now, by_host = self.clock(), dict[str, list[_Due]]()
        with self.database.transaction() as tx:
            claimed = looks.claim_due(tx, holder=self.holder, now=now, a_host=A_HOST, limit=A_ROUND)
            known = looks.linked(tx, [look.item for look in claimed])
            own = {channel.id: channel for channel in channels.channels(tx)} if known else {}
            known = {item: link for item, link in known.items() if has_pages(own[link.channel])}
            unknown = [look.item for look in claimed if look.item not in known]
            looks.put_off(tx, unknown, holder=self.holder, until=now + NOT_APPROVED_NOW)
            if not known:
                return ()
            years = editions.editions(tx)
            kept = reads.validators(tx, [(link.channel, link.url) for link in known.values()])
        for look in claimed:
            if (link := known.get(look.item)) is not None:
                due = _Due(
                    look=look,
                    link=link,
                    channel=own[link.channel],
                    validators=kept[link.channel, link.url],
                    ends=campaign_end(years, since=link.since),
                )
                by_host.setdefault(look.host, []).append(due)
        return by_host.values()

    async def _in_turn(self, places: asyncio.Semaphore, of_host: Sequence[_Due]) -> None:
        async with places:
            await self._host(of_host)

    async def _host(self, of_host: Sequence[_Due]) -> None:
        """One host's links, one after the other; a host that asks for a pause, or gives no pages, is left alone."""
        silent = 0
        for number, due in enumerate(of_host):
            try:
                found = await self._look(due)
            except Exception as error:  # of whatever kind: what one page does is this page's alone
                log.exception("look_failed", item=due.look.item)
                words = f"处理时程序出错（{type(error).__name__}）"
                found = _Sighted(seen=Seen(sight=Sight.BROKEN, words=words))
            await asyncio.to_thread(self._settle, due, found)
            sight = found.seen.sight
            silent = silent + 1 if sight is Sight.SILENT else 0
            if found.rests_until is not None or sight in LEFT_AT_ONCE or silent >= SILENT_IN_A_ROW:
                until = found.rests_until or self.clock() + PUT_OFF
                await asyncio.to_thread(self._put_off, of_host[number + 1 :], until)
                return

    async def _look(self, due: _Due) -> _Sighted:
        """What is there, and until when the host wants to be left alone, if it says so."""
        look, link, reader = due.look, due.link, with_article_source(due.channel)
        ask = article_ask(link.url, title=link.title)
        try:
            answer = await self.fetch(reader, ask, due.validators)
        except Unanswered as trouble:
            return _Sighted(seen=sight_of_trouble(trouble), rests_until=trouble.rests_until)
        if answer is None:
            return _Sighted(seen=NOTHING_WRONG)
        if is_elsewhere(reader, asked=link.url, answered=answer.url):
            return _Sighted(seen=sight_of_trouble(moved_outside(link.url, to=answer.url)))
        reading = await self.pool.read(reader, answer)
        found = _candidate(reading)
        if found is not None and await self._is_as_before(look, link, reader, answer, found):
            seen = NOTHING_WRONG  # whatever words it holds: they are those that are held here
        else:
            seen = sight_of_reading(reading, title=link.title, is_page=look.is_page)
            if seen is NOTHING_WRONG and look.is_page and found is not None:
                seen = await asyncio.to_thread(self._take, found, answer)
        return _Sighted(seen=seen, validators=validators_of(answer.headers) if seen is NOTHING_WRONG else None)

    async def _is_as_before(self, look: Look, link: Linked, reader: Channel, answer: Answer, found: Candidate) -> bool:
        """Whether the page holds the text that is held here, or would if it were read as it is read now."""
        if self._hash(found) == link.content_hash:
            return True
        if not look.is_page or (before := await asyncio.to_thread(self._kept, link, answer)) is None:
            return False
        as_read_now = _candidate(await self.pool.read(reader, before))
        return as_read_now is not None and self._hash(as_read_now) == self._hash(found)

    def _take(self, found: Candidate, answer: Answer) -> Seen:
        """Take in what the page holds now, another text: it waits beside what is public."""
        now = self.clock()
        with self.store.prepared(received(answer, at=now)) as kept:
            taken = take_in(self.database, found, now=now, text_chars=self.text_chars, evidence=kept)
        if taken.outcome is Outcome.REFUSED and taken.refusal is not None:
            return Seen(sight=Sight.UNKNOWN, words=taken.refusal.message)
        return NOTHING_WRONG

    def _kept(self, link: Linked, answer: Answer) -> Answer | None:
        """The answer that the newest version was read from; None where none was kept, or it is damaged."""
        with self.database.reading() as tx:
            rows = [row for row in evidence.of_item(tx, link.item) if row.version == link.version]
        try:
            return next(
                (
                    Answer(url=row.url, body=self.store.read(row), headers=row.headers, about=answer.about)
                    for row in rows
                ),
                None,
            )
        except EvidenceDamaged as damaged:
            log.warning("evidence_damaged", item=link.item, version=link.version, why=str(damaged))
            return None

    def _settle(self, due: _Due, found: _Sighted) -> None:
        """Write what was seen, and take a piece down whose source is gone, in one transaction."""
        look, link, now = due.look, due.link, self.clock()
        with self.database.transaction() as tx:
            item = items.locked(tx, look.item)
            if item is None:
                return
            stands = after(look, storable_record(found.seen), since=link.since, ends=due.ends, now=now)
            is_gone = stands.gone is not None and look.gone is None
            if is_gone and item.public is not None:
                stands = quiet(stands)  # it comes down: nothing is left to be done
            if stands.alarm is Sight.RETURNED and public_tombstone(tx, item.id) is None:
                stands = quiet(stands)  # nothing to approve anew: it waits, is public, or a person withdrew it
            if not looks.settle(tx, stands, holder=self.holder):
                return  # another one looks at it by now
            if found.validators is not None:
                reads.save_validators(tx, {(link.channel, link.url): found.validators})
            if is_gone and stands.gone is not None:
                self.gone += take_down(tx, item, why=WHY[stands.gone], now=now)
        self.looked += 1
        self.alarms += stands.alarm is not None

    def _hash(self, candidate: Candidate) -> str:
        return hash_of(candidate, text_chars=self.text_chars)

    def _put_off(self, left: Sequence[_Due], until: datetime) -> None:
        with self.database.transaction() as tx:
            looks.put_off(tx, [due.look.item for due in left], holder=self.holder, until=until)

    def _give_back(self) -> None:
        with self.database.transaction() as tx:
            looks.give_back_all(tx, holder=self.holder)


def has_pages(channel: Channel) -> bool:
    """Tell whether what a channel published can be looked at by its pages: Weibo asks every stranger to sign in.

    What its account deleted, its timeline says (crawler/platforms/weibo/timelines.py).
    """
    return channel.kind is not ChannelKind.WEIBO


def _candidate(reading: Reading) -> Candidate | None:
    return next((found for found in reading.found if isinstance(found, Candidate)), None)
