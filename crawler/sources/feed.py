"""RSS, Atom and JSON Feed on a unit's own site (path B): full entries as they are, summaries by their own page."""

import html
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from config.units.options import FeedOptions
from crawler.exchange import Answer, BadEntry, Found, Unreadable
from crawler.extract.clean import clean
from crawler.extract.document import fragment
from crawler.extract.media import absolute, read_media
from crawler.extract.players import NO_FACTS, seconds_of, with_facts
from crawler.feeds.entries import Enclosure, Entry, Feed, NotAFeed
from crawler.feeds.reading import read_feed
from crawler.reading.articles import article_ask
from crawler.reading.lists import ListSource
from indexer.base.text import storable
from indexer.catalogue.items import TITLE_CHARS, URL_CHARS, Candidate, ItemKind, Media, MediaKind
from indexer.whitelist.addresses import is_inside
from indexer.whitelist.records import Channel

REMEDY = "请登记 RSS、Atom 或 JSON Feed 文件的网址；没有订阅源的网站，请改用 site 方式登记栏目列表页"
ENTRY_REMEDY = "请检查这一条的内容；内容正常的，请把网址告诉管理员"
TITLE_FROM_TEXT_CHARS = 40
TYPES = {
    "mp4": "video",
    "m4v": "video",
    "webm": "video",
    "mov": "video",
    "m3u8": "video",
    "mp3": "audio",
    "m4a": "audio",
}


class FeedSource(ListSource[FeedOptions]):
    """One candidate for each entry with an address, in the feed's order."""

    kind = "feed"
    options = FeedOptions

    def read_list(self, channel: Channel, options: FeedOptions, answer: Answer) -> Iterator[Found]:
        """Of the feed its full entries, and the pages of those it only sums up. Raises Unreadable."""
        feed = _feed(channel, answer)
        entries: dict[str, Entry] = {}
        for entry in feed.entries:
            if url := _address(entry, answer.url):
                entries.setdefault(url, entry)
        if feed.entries and not entries:
            raise Unreadable(
                channel, "订阅源里的条目都没有网址", do="请让网站为每个条目写明 link，或改用 site 方式登记"
            )
        for url, entry in entries.items():
            if _is_whole(entry) or not is_inside(channel, url):
                yield _candidate_or_words(channel, options, entry, url)
            else:
                yield article_ask(url, title=entry.title or "", day=entry.published)


def _feed(channel: Channel, answer: Answer) -> Feed:
    try:
        feed = read_feed(answer.body, content_type=answer.headers.get("content-type"), url=answer.url)
    except NotAFeed as error:
        raise Unreadable(channel, f"登记的网址不是订阅源：{error}", do=REMEDY) from error
    if feed.is_sitemap:
        raise Unreadable(channel, "登记的网址是站点地图，不是订阅源", do=REMEDY)
    return feed


def _address(entry: Entry, base: str) -> str | None:
    """The address of the article; of a video that has no page, of its player. None where no page can have it."""
    url = absolute(entry.link or entry.player or "", base)
    return url if url and len(url) <= URL_CHARS else None


def _is_whole(entry: Entry) -> bool:
    """Whether the feed holds all there is: the full text, or a video with its description."""
    return entry.markup is not None or bool(_videos(entry))


def _candidate_or_words(channel: Channel, options: FeedOptions, entry: Entry, url: str) -> Candidate | BadEntry:
    """One entry that cannot be read takes nothing from those behind it."""
    try:
        return _candidate(channel, entry, url, kind=options.item_kind)
    except Exception as error:  # noqa: BLE001 - whatever one entry does is this entry's alone, and its row says it
        what = f"订阅源里的这一条没有读成（{type(error).__name__}）"
        return BadEntry(url=url, title=entry.title or "", what=what, do=ENTRY_REMEDY)


def _candidate(channel: Channel, entry: Entry, url: str, *, kind: ItemKind | None) -> Candidate:
    text = storable(entry.text or "")
    written = storable(entry.markup or "") or "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines())
    base = entry.base or url
    videos = _videos(entry)
    inside = _inside(written, base) if written else ()
    is_video = bool(videos) or (not text and any(medium.kind is MediaKind.VIDEO for medium in inside))
    return Candidate(
        channel=channel.id,
        url=url,
        title=(entry.title or text.strip()[:TITLE_FROM_TEXT_CHARS])[:TITLE_CHARS],
        text=text,
        html=clean(written, base),
        author=entry.author,
        published=entry.published,
        kind=kind or (ItemKind.VIDEO if is_video else ItemKind.ARTICLE),
        media=_once((*videos, *_others(entry), *inside)),
    )


def _inside(written: str, base: str) -> tuple[Media, ...]:
    article = fragment(written)
    return with_facts(read_media(article, base), NO_FACTS, article, base=base)


def _once(media: Iterable[Media]) -> tuple[Media, ...]:
    """Each medium as it is told first: a file that comes with the entry may stand in its text too."""
    told: dict[tuple[MediaKind, str], Media] = {}
    for one in media:
        told.setdefault((one.kind, one.url), one)
    return tuple(told.values())


def _videos(entry: Entry) -> tuple[Media, ...]:
    cover = absolute(entry.thumbnail or "", entry.base)
    found = _media(entry, "video", MediaKind.VIDEO) or tuple(
        Media(kind=MediaKind.VIDEO, url=url) for url in [absolute(entry.player or "", entry.base)] if url
    )
    return tuple(replace(one, cover=cover, seconds=one.seconds or seconds_of(entry.seconds)) for one in found)


def _others(entry: Entry) -> tuple[Media, ...]:
    return _media(entry, "audio", MediaKind.AUDIO) + _media(entry, "image", MediaKind.IMAGE)


def _media(entry: Entry, begins: str, kind: MediaKind) -> tuple[Media, ...]:
    return tuple(
        Media(kind=kind, url=url, seconds=seconds_of(enclosure.seconds))
        for enclosure in entry.enclosures
        if _type_of(enclosure).startswith(begins) and (url := absolute(enclosure.url, entry.base))
    )


def _type_of(enclosure: Enclosure) -> str:
    """The stated type, else what the file's ending says."""
    ending = urlsplit(enclosure.url).path.rpartition(".")[2].lower()
    return enclosure.type.lower() or TYPES.get(ending, "")


SOURCE = FeedSource()
