"""Records of a feed or sitemap, whatever its format: the feed, its entries, their enclosures."""

from dataclasses import dataclass

from indexer.base.times import Published

MAX_BYTES = 32 * 1024 * 1024  # unpacked; a sitemap of 50,000 addresses has about 10 MB
MAX_ENTRIES = 50_000  # sitemaps.org: no file lists more


class NotAFeed(Exception):
    """Bytes that no reader here takes; the text says in plain words why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that comes with an entry. type, seconds: as the feed names them, empty where it does not."""

    url: str
    type: str = ""
    seconds: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry as its feed states it; None where the feed does not.

    link: absolute where the feed tells its base. title, text: plain. text: the full content, else the summary.
    markup: the full content as HTML, from outside and uncleaned, only where the feed has it; summary: what it has in
    its place, in the same way. base: what their relative addresses stand on. player: page or file of a video.
    thumbnail: a picture of it; seconds: its length, as written. author: names, empty where the entry names none.
    """

    id: str | None = None
    link: str | None = None
    title: str | None = None
    published: Published | None = None
    text: str | None = None
    markup: str | None = None
    summary: str | None = None
    base: str | None = None
    enclosures: tuple[Enclosure, ...] = ()
    player: str | None = None
    thumbnail: str | None = None
    seconds: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """All entries in the order of the document, repeated ones too.

    updated: when the feed says that it was made or changed. is_sitemap: the entries are addresses, hardly more.
    is_index: they are the addresses of further sitemaps.
    """

    title: str | None
    entries: tuple[Entry, ...]
    updated: Published | None = None
    is_sitemap: bool = False
    is_index: bool = False
