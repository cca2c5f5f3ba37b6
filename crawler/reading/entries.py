"""Make a candidate of a feed's entry, or say in words why it cannot be read."""

import html
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from crawler.exchange import Answer, BadEntry, Unreadable
from crawler.extract.clean import clean
from crawler.extract.document import fragment
from crawler.extract.media import absolute, read_media
from crawler.extract.players import NO_FACTS, seconds_of, with_facts
from crawler.feeds.entries import Enclosure, Entry, Feed, NotAFeed
from crawler.feeds.reading import read_feed
from indexer.base.text import storable
from indexer.catalogue.items import TITLE_CHARS, URL_CHARS, Candidate, ItemKind, Media, MediaKind
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


def feed_of(channel: Channel, answer: Answer) -> Feed:
    """Return the feed of an answer. Raises Unreadable where it is none."""
    try:
        feed = read_feed(answer.body, content_type=answer.headers.get("content-type"), url=answer.url)
    except NotAFeed as error:
        raise Unreadable(channel, f"登记的网址不是订阅源：{error}", do=REMEDY) from error
    if feed.is_sitemap:
        raise Unreadable(channel, "登记的网址是站点地图，不是订阅源", do=REMEDY)
    return feed


def address_of(entry: Entry, base: str) -> str | None:
    """Return the address of the article; of a video that has no page, of its player. None where no page can have it."""
    url = absolute(entry.link or entry.player or "", base)
    return url if url and len(url) <= URL_CHARS else None


def is_whole(entry: Entry) -> bool:
    """Tell whether the feed holds all there is: the full text, or a video with its description."""
    return entry.markup is not None or bool(_videos(entry))


def candidate_or_words(
    channel: Channel, entry: Entry, url: str, *, kind: ItemKind | None = None
) -> Candidate | BadEntry:
    """Return the candidate of an entry, or words: one that cannot be read takes nothing from those behind it."""
    try:
        return candidate_of(channel, entry, url, kind=kind)
    except Exception as error:  # noqa: BLE001 - whatever one entry does is this entry's alone, and its row says it
        what = f"订阅源里的这一条没有读成（{type(error).__name__}）"
        return BadEntry(url=url, title=entry.title or "", what=what, do=ENTRY_REMEDY)


def candidate_of(channel: Channel, entry: Entry, url: str, *, kind: ItemKind | None) -> Candidate:
    """Return the candidate of an entry as its feed has it. kind: what all items are; None: told by the content."""
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
