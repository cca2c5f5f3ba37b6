"""RSS, Atom and JSON Feed on a unit's own site (path B): full entries as they are, summaries by their own page."""

import html
from collections.abc import Iterator
from urllib.parse import urlsplit

from crawler.candidates import ARTICLE, ITEM_KIND, read_candidate
from crawler.exchange import Answer, Ask, BadEntry, Found, Unreadable
from crawler.extract.clean import clean
from crawler.extract.document import fragment
from crawler.extract.media import absolute, read_media
from crawler.feeds.entries import Enclosure, Entry, Feed, NotAFeed
from crawler.feeds.reading import read_feed
from indexer.items import TITLE_CHARS, URL_CHARS, Candidate, Channel, ItemKind, Media, MediaKind
from indexer.texts import storable

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


class FeedSource:
    """One candidate for each entry with an address, in the feed's order."""

    kind = "feed"

    def start(self, channel: Channel) -> Iterator[Ask]:
        """The feed itself."""
        yield Ask(url=channel.address or "")

    def read(self, channel: Channel, answer: Answer) -> Iterator[Found]:
        """Of the feed its full entries, and the pages of those it only sums up; of a page its article.

        Raises Unreadable where the answer is neither.
        """
        if answer.about.get("page") == ARTICLE:
            yield read_candidate(channel, answer)
            return
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
            if _is_whole(entry) or not _is_ours(channel, url, answer.url):
                yield _candidate_or_words(channel, entry, url)
            else:
                yield _ask(entry, url)


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


def _is_ours(channel: Channel, url: str, feed_url: str) -> bool:
    """A page elsewhere is not read: its candidate, with the summary, is refused by name."""
    return urlsplit(url).netloc.lower() in {*channel.hosts, urlsplit(feed_url).netloc.lower()}


def _ask(entry: Entry, url: str) -> Ask:
    about = {"page": ARTICLE, "url": url, "title": entry.title or ""}
    return Ask(url=url, about=about | ({"date": str(entry.published)} if entry.published else {}))


def _candidate_or_words(channel: Channel, entry: Entry, url: str) -> Candidate | BadEntry:
    """One entry that cannot be read takes nothing from those behind it."""
    try:
        return _candidate(channel, entry, url)
    except Exception as error:  # noqa: BLE001 - whatever one entry does is this entry's alone, and its row says it
        what = f"订阅源里的这一条没有读成（{type(error).__name__}）"
        return BadEntry(url=url, title=entry.title or "", what=what, do=ENTRY_REMEDY)


def _candidate(channel: Channel, entry: Entry, url: str) -> Candidate:
    text = storable(entry.text or "")
    written = storable(entry.markup or "") or "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines())
    base = entry.base or url
    videos = _videos(entry)
    inside = read_media(fragment(written), base) if written else ()
    is_video = bool(videos) or (not text and any(medium.kind is MediaKind.VIDEO for medium in inside))
    declared = channel.options.get(ITEM_KIND)
    return Candidate(
        channel=channel.id,
        url=url,
        title=(entry.title or text.strip()[:TITLE_FROM_TEXT_CHARS])[:TITLE_CHARS],
        text=text,
        html=clean(written, base),
        author=entry.author,
        published=entry.published,
        kind=ItemKind(declared) if declared else ItemKind.VIDEO if is_video else ItemKind.ARTICLE,
        media=tuple(dict.fromkeys((*videos, *_others(entry), *inside))),
    )


def _videos(entry: Entry) -> tuple[Media, ...]:
    return _media(entry, "video", MediaKind.VIDEO) or tuple(
        Media(kind=MediaKind.VIDEO, url=url) for url in [absolute(entry.player or "", entry.base)] if url
    )


def _others(entry: Entry) -> tuple[Media, ...]:
    return _media(entry, "audio", MediaKind.AUDIO) + _media(entry, "image", MediaKind.IMAGE)


def _media(entry: Entry, begins: str, kind: MediaKind) -> tuple[Media, ...]:
    chosen = (enclosure.url for enclosure in entry.enclosures if _type_of(enclosure).startswith(begins))
    return tuple(Media(kind=kind, url=url) for address in chosen if (url := absolute(address, entry.base)))


def _type_of(enclosure: Enclosure) -> str:
    """The stated type, else what the file's ending says."""
    ending = urlsplit(enclosure.url).path.rpartition(".")[2].lower()
    return enclosure.type.lower() or TYPES.get(ending, "")


SOURCE = FeedSource()
