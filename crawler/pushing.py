"""A page that its unit pushed: an address to fetch under guard, or a saved file."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from config.settings import Settings
from crawler.exchange import Answer, Unreadable
from crawler.guard import FetchRefused, fetch, place_of
from crawler.pool import PAGE_SECONDS, read_once
from indexer.intake import Taken, is_inside, take_in
from indexer.items import URL_CHARS, Candidate, Channel, WhitelistStatus
from indexer.records.database import Database
from indexer.times import now

PUSHED = {"page": "article"}  # what a list source is told, so that it reads an article
SAVED_PAGE = "text/html"


def push_url(settings: Settings, database: Database, channel: Channel, url: str) -> Sequence[Taken]:
    """Fetch and take in one article. Raises FetchRefused, Unreadable."""
    _check(url)
    if not _may_fetch(channel, url):
        return [_refuse(database, channel, url)]
    answer = fetch(url, settings, hosts=channel.hosts or (place_of(url).netloc,))
    if not is_inside(channel, answer.url):
        raise FetchRefused(f"网页转到了渠道登记的范围之外：{answer.url}。请推送登记范围内的链接，或申请更改登记")
    about = {**PUSHED, "url": url}
    read = Answer(url=answer.url, body=answer.body, headers=answer.headers, about=about)
    return _take_all(settings, database, channel, read)


def push_file(settings: Settings, database: Database, channel: Channel, *, file: Path, url: str) -> Sequence[Taken]:
    """Take in a saved page as the article at `url`. Raises FetchRefused for no address, Unreadable for no article."""
    _check(url)
    if not _may_fetch(channel, url):
        return [_refuse(database, channel, url)]
    try:
        with file.open("rb") as opened:
            body = opened.read(settings.page_bytes + 1)
    except OSError as error:
        raise Unreadable(channel, f"文件打不开（{error.strerror}）", do="请检查文件和它的读取权限") from error
    if len(body) > settings.page_bytes:
        raise Unreadable(channel, f"文件超过 {settings.page_bytes} 字节的上限", do="请只保存文章网页本身")
    headers = {"content-type": SAVED_PAGE}
    answer = Answer(url=url, body=body, headers=headers, about={**PUSHED, "url": url})
    return _take_all(settings, database, channel, answer)


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


def _take_all(settings: Settings, database: Database, channel: Channel, answer: Answer) -> Sequence[Taken]:
    """Read under the limits of the collector's own pages, and take in. Raises Unreadable."""
    reading = read_once(replace(channel, source=channel.source or "wechat_page"), answer, page_seconds=PAGE_SECONDS)
    if reading.unreadable:
        what, do = reading.unreadable
        raise Unreadable(channel, what, do=do)
    found = [each for each in reading.found if isinstance(each, Candidate)]
    if not found:
        raise Unreadable(channel, "网页上没有读出文章", do="请推送单篇文章的链接或网页文件")
    return [take_in(database, candidate, now=now(), text_chars=settings.text_chars) for candidate in found]
