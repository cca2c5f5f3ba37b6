"""A page that its unit pushed: an address to fetch under guard, or a saved file."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from config.settings import Settings
from config.words import WhitelistStatus
from crawler.exchange import Answer, Unreadable
from crawler.guard import FetchRefused, fetch, place_of
from crawler.reading.articles import with_article_source
from crawler.reading.keeping import received
from crawler.reading.pool import PAGE_SECONDS, read_once
from crawler.reading.saved import read_saved
from crawler.reading.worker import Run, read_answer
from indexer.base.times import now
from indexer.catalogue.evidence import EvidenceStore
from indexer.catalogue.intake import Taken, take_in
from indexer.catalogue.items import NOT_ASKED, URL_CHARS, Candidate
from indexer.catalogue.saved_pages import NotAPage, SavedPage, saved_page
from indexer.records.database import Database
from indexer.records.errors import ASK_DISK, RecordsDown
from indexer.whitelist.addresses import is_inside
from indexer.whitelist.records import Channel

EVIDENCE_DOWN = "The folder of evidence cannot be written"
PUSHED = {"page": "article"}  # what a list source is told, so that it reads an article


def push_url(
    settings: Settings, database: Database, channel: Channel, url: str, title: str = "", *, read: Run | None = None
) -> Sequence[Taken]:
    """Fetch and take in one article; title: for a page that names none. Raises FetchRefused, Unreadable.

    read: a reader that stays for more; None: one is started and ended.
    """
    _check(url)
    if not _may_fetch(channel, url):
        return [_refuse(database, channel, url)]
    answer = _fetched(settings, channel, url, title=title)
    return _take_all(settings, database, _candidates(channel, answer, read=read), answer)


def try_url(settings: Settings, channel: Channel, url: str) -> Sequence[Candidate]:
    """Return what an article would be taken in as, and take in nothing. Raises FetchRefused, Unreadable.

    Of a channel in whatever state: a trial comes before the approval.
    """
    _check(url)
    if not is_inside(channel, url):
        what = f"网址不在渠道“{channel.name}”登记的网站和路径之内"
        raise Unreadable(channel, what, do="请试读登记范围内的网页，或先更改登记")
    return _candidates(channel, _fetched(settings, channel, url))


def push_file(settings: Settings, database: Database, channel: Channel, *, file: Path, url: str) -> Sequence[Taken]:
    """Take in the page of a file as the article at `url`. Raises FetchRefused for no address, Unreadable."""
    _check(url)
    if not _may_fetch(channel, url):
        return [_refuse(database, channel, url)]
    try:
        with file.open("rb") as opened:
            page = saved_page(opened.read(settings.page_bytes + 1), limit=settings.page_bytes)
    except OSError as error:
        raise Unreadable(channel, f"文件打不开（{error.strerror}）", do="请检查文件和它的读取权限") from error
    except NotAPage as error:
        what, do = str(error).split("。", 1)
        raise Unreadable(channel, what, do=do) from error
    return push_page(settings, database, channel, page, url=url)


def push_page(
    settings: Settings, database: Database, channel: Channel, page: SavedPage, *, url: str, title: str = ""
) -> Sequence[Taken]:
    """Take in a saved page as the article at `url`; nothing is fetched. Raises FetchRefused, Unreadable.

    title: for a page that names none.
    """
    _check(url)
    if not _may_fetch(channel, url):
        return [_refuse(database, channel, url)]
    kind = {"content-type": page.type}
    answer = Answer(url=url, body=page.body, status=NOT_ASKED, headers=kind, about=_about(url, title))
    return _take_all(settings, database, _candidates(channel, answer, run=read_saved), answer)


def take_answer(
    settings: Settings, database: Database, channel: Channel, answer: Answer, *, read: Run
) -> Sequence[Taken]:
    """Take in all that an answer holds which was asked for in the channel's name. Raises Unreadable."""
    return _take_all(settings, database, _candidates(channel, answer, read=read), answer)


def _fetched(settings: Settings, channel: Channel, url: str, *, title: str = "") -> Answer:
    answer = fetch(url, settings, hosts=channel.hosts or (place_of(url).netloc,))
    if not is_inside(channel, answer.url):
        raise FetchRefused(f"网页转到了渠道登记的范围之外：{answer.url}。请推送登记范围内的链接，或申请更改登记")
    return Answer(url=answer.url, body=answer.body, headers=answer.headers, about=_about(url, title))


def _about(url: str, title: str) -> Mapping[str, str]:
    return {**PUSHED, "url": url, **({"title": title} if title else {})}


def _check(url: str) -> None:
    """Raises FetchRefused for what can be no article's address at all: of it not even a refusal is recorded."""
    if not url.startswith(("http://", "https://")):
        raise FetchRefused(f"只采集 http 和 https 网址：{url[:200]!a}。请改用这样的网址")
    if len(url) > URL_CHARS:
        raise FetchRefused(f"网址长 {len(url)} 个字符，最多 {URL_CHARS} 个。请检查网址")


def _may_fetch(channel: Channel, url: str) -> bool:
    """Where intake refuses anyway, nothing is fetched: its words and its row are the same."""
    return channel.status is WhitelistStatus.APPROVED and is_inside(channel, url)


def _refuse(database: Database, channel: Channel, url: str) -> Taken:
    return take_in(database, Candidate(channel=channel.id, url=url, title=""), now=now())


def _take_all(
    settings: Settings, database: Database, candidates: Sequence[Candidate], answer: Answer
) -> Sequence[Taken]:
    """Raises RecordsDown where evidence cannot be written: the article is not to blame, and may come again."""
    at = now()
    try:
        with EvidenceStore(settings.data_folder).prepared(received(answer, at=at)) as kept:
            return [
                take_in(database, candidate, now=at, text_chars=settings.text_chars, evidence=kept, is_awaited=True)
                for candidate in candidates
            ]
    except OSError as error:
        raise RecordsDown(f"{EVIDENCE_DOWN} ({error.strerror}). {ASK_DISK}") from error


def _candidates(
    channel: Channel, answer: Answer, *, run: Run = read_answer, read: Run | None = None
) -> Sequence[Candidate]:
    """Read under the limits of the collector's own pages. Raises Unreadable."""
    own = with_article_source(channel)
    reading = read(own, answer) if read else read_once(own, answer, page_seconds=PAGE_SECONDS, run=run)
    if reading.unreadable:
        what, do = reading.unreadable
        raise Unreadable(channel, what, do=do)
    found = [each for each in reading.found if isinstance(each, Candidate)]
    if not found:
        raise Unreadable(channel, "网页上没有读出文章", do="请推送单篇文章的链接或网页文件")
    return found
