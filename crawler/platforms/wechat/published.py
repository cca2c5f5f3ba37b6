"""What an account tells of its publications by an event: noted at once, and collected as soon as it has an address."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from urllib.parse import parse_qs, urlsplit

import structlog

from config.settings import Settings
from config.words import WhitelistStatus
from crawler.credentials.filling import CredentialUnusable
from crawler.exchange import Unreadable
from crawler.guard import FetchRefused
from crawler.platforms.calling import Caller
from crawler.platforms.port import PlatformRefused
from crawler.platforms.wechat import calls
from crawler.reading.pushing import push_url, take_answer
from crawler.reading.readers import Readers
from crawler.reading.worker import Run
from crawler.wire import NeverFetched
from indexer.base.ids import ChannelId, canonical_key
from indexer.base.times import BEIJING
from indexer.catalogue.intake import Taken
from indexer.catalogue.items import URL_CHARS
from indexer.connections.events import Event, MassSend, Publication
from indexer.records import announced, channels, reads
from indexer.records.announced import Announced, ToldBy
from indexer.records.database import Database
from indexer.whitelist.records import Channel

API = "wechat_api"  # the source that reads what the platform's own interface answers
MOST_URLS = 20  # of one event; a publication has at most eight articles
SECONDS = 120.0  # of one event: what is left is read by the channel's next poll, which comes at once
RUNNING = 1
NO_ADDRESS, NO_TIME = "事件没有给出可用的网址", "没有在两分钟内读完，留给渠道的下一次读取"
# publish_status, and the numbers of `err(…)`: WeChat docs of freepublish/get and of mass sends, read 2026-11.
NOT_OUT: Mapping[int, str] = MappingProxyType(
    {
        2: "原创校验没有通过",
        3: "发布失败",
        4: "平台审核没有通过",
        5: "发布之后被账号全部删除",
        6: "发布之后被平台全部封禁",
    }
)
NOT_SENT: Mapping[str, str] = MappingProxyType(
    {
        "err(30001)": "原创校验出错",
        "err(30002)": "原创校验判定为不能群发",
        "err(30003)": "原创校验判定为转载，账号选择了不群发",
        "err(40001)": "管理员拒绝了群发",
        "err(40002)": "管理员没有在 30 分钟内确认群发",
    }
)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What an event tells of a publication or a mass send. number: begins the numbers of its pieces. why: not out."""

    channel: ChannelId
    number: str
    article_id: str
    urls: Sequence[str]
    why: str
    created: datetime | None


def job_of(channel: ChannelId, event: Event) -> Job | None:
    """Return what an event tells; None where nothing ended yet."""
    created = datetime.fromtimestamp(event.at, UTC) if event.at is not None and event.at < 4_000_000_000 else None
    if (mass := event.mass_send) is not None:
        why = "" if mass.is_out else _not_sent(mass)
        return Job(channel=channel, number=f"send:{mass.id}", article_id="", urls=mass.urls, why=why, created=created)
    if (job := event.publication) is None or job.status == RUNNING:
        return None
    return Job(
        channel=channel,
        number=f"publish:{job.id}",
        article_id=job.article_id or "",
        urls=job.urls,
        why="" if job.is_out else _not_out(job),
        created=created,
    )


class Publications:
    """Does what events tell of publications."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        *,
        caller: Caller,
        readers: Readers,
        clock: Callable[[], datetime],
    ) -> None:
        self._settings, self._database, self._caller, self._clock = settings, database, caller, clock
        self._readers = readers

    def ended(self, channel: ChannelId, event: Event, *, is_last: bool) -> str:
        """Note what ended and collect it; return words of what came of it.

        Raises FetchRefused where something could not be fetched and is to be tried again; is_last: it will not be.
        """
        job = job_of(channel, event)
        with self._database.reading() as tx:
            held = channels.channel(tx, channel)
        if job is None or held is None or held.status is not WhitelistStatus.APPROVED:
            return "没有要收录的内容"
        with self._database.transaction() as tx:
            announced.add(tx, list(_named(job, now=self._clock())))
            if job.why or not (job.urls or job.article_id):
                reads.make_due(tx, channel)
        if job.why:
            return job.why
        if not (job.urls or job.article_id):
            return "事件没有网址：已安排立即读取渠道"
        with self._readers.one() as read:
            return self._collect(held, job, read, is_last=is_last)

    def _collect(self, channel: Channel, job: Job, read: Run, *, is_last: bool) -> str:
        if job.article_id and channel.source == API:
            try:
                return _words(self._by_interface(channel, job, read))
            except (PlatformRefused, CredentialUnusable, FetchRefused, Unreadable) as refused:
                log.info("event_by_pages", channel=channel.id, why=str(refused))
        return self._by_pages(channel, job, read, is_last=is_last)

    def _by_interface(self, channel: Channel, job: Job, read: Run) -> Sequence[Taken]:
        ask = calls.publication_ask(channel.id, job.article_id, leads_to=tuple(job.urls), created=job.created)
        answer = self._caller.send(ask)
        return take_answer(self._settings, self._database, channel, answer, read=read)

    def _by_pages(self, channel: Channel, job: Job, read: Run, *, is_last: bool) -> str:
        """Each article's own page, as a push. What does not come is left to the next poll, with why."""
        urls, ends, taken = job.urls[:MOST_URLS], time.monotonic() + SECONDS, list[Taken]()
        missing = {url: NO_ADDRESS for url in urls if _key(url) is None}
        again: FetchRefused | None = None
        for url in (one for one in urls if one not in missing):
            if time.monotonic() > ends:
                missing[url] = NO_TIME
                continue
            try:
                taken += push_url(self._settings, self._database, channel, url, read=read)
            except NeverFetched as never:
                missing[url] = str(never)
            except FetchRefused as refused:
                missing[url], again = str(refused), refused
            except Unreadable as unreadable:
                missing[url] = f"{unreadable.what}。{unreadable.do}"
        if not missing:
            return _words(taken)
        if again is not None and not is_last:
            raise again
        with self._database.transaction() as tx:
            announced.add(tx, list(_named(job, now=self._clock(), missing=missing)))
            reads.make_due(tx, channel.id)
        return f"{_words(taken)}；没有读成 {len(missing)} 篇：{next(iter(missing.values()))}"


def _named(job: Job, *, now: datetime, missing: Mapping[str, str] = MappingProxyType({})) -> Iterator[Announced]:
    day = job.created.astimezone(BEIJING).date() if job.created else None
    if job.why:  # it never was out, or is gone: nothing of it is missing here
        yield Announced(
            channel=job.channel, number=job.number, day=day, told_by=ToldBy.EVENT, is_gone=True, why=job.why, at=now
        )
    for place, url in enumerate(job.urls[:MOST_URLS] if not job.why else (), 1):
        key = _key(url)
        yield Announced(
            channel=job.channel,
            number=calls.number_of(job.article_id, place)
            if job.article_id
            else _placed(url) or f"{job.number}#{place}",
            key=key,
            url=url if key else None,
            day=day,
            told_by=ToldBy.EVENT,
            why=missing.get(url) if key else NO_ADDRESS,
            at=now,
        )


def _key(url: str) -> str | None:
    """The key of an article's address; None of what is no address."""
    if not url.startswith(("http://", "https://")) or len(url) > URL_CHARS:
        return None
    try:
        return canonical_key(url)
    except ValueError:  # a port of letters, say
        return None


def _placed(url: str) -> str:
    """`mid_idx` of an address that names both, as daily totals number their rows."""
    try:
        asked = parse_qs(urlsplit(url).query)
    except ValueError:
        return ""
    mid, idx = asked.get("mid", [""])[0], asked.get("idx", [""])[0]
    return f"{mid}_{idx}" if mid.isdecimal() and idx.isdecimal() else ""


def _not_out(job: Publication) -> str:
    why = NOT_OUT.get(job.status or 0, f"没有发布成功（状态 {job.status}）")
    return f"{why}：第 {'、'.join(map(str, job.failed))} 篇" if job.failed else why


def _not_sent(mass: MassSend) -> str:
    return f"{NOT_SENT.get(mass.status, '群发没有成功')}（{mass.status[:40]}）"


def _words(taken: Sequence[Taken]) -> str:
    refused = [one.refusal.message for one in taken if one.refusal is not None]
    told = f"收录 {len(taken) - len(refused)} 篇"
    return f"{told}；未收录 {len(refused)} 篇：{refused[0]}" if refused else told
