"""Albums (合集) of WeChat accounts, path A4: the request for a page of one, and what it lists. Pure.

Shape: `GET /mp/appmsgalbum?action=getalbum&__biz&album_id&count≤20&begin_msgid&begin_itemidx&is_reverse&f=json`; one
article comes as an object in the place of the list (ACCESS.md, read 2026-11).
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.extract.document import CONTROL
from crawler.extract.media import absolute
from crawler.platforms.fields import Object, moment, number, objects, parse, text, truth, within

HOST = "mp.weixin.qq.com"
ALBUM_PATH = "/mp/appmsgalbum"
PAGE = 20  # articles of one answer, the most there are
NEWEST_FIRST = "1"
NAMES = ("__biz", "album_id")  # by which an album is known


class AlbumWithheld(Exception):
    """The platform gives no list, but asks whoever reads to prove something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlbumArticle:
    """One article of an album. published: aware, None where none is named."""

    msgid: str
    place: str
    url: str
    title: str
    published: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Album:
    """A page of an album in its order. is_more: further articles follow."""

    articles: tuple[AlbumArticle, ...]
    is_more: bool


def is_album(url: str) -> bool:
    """Tell whether an address is that of an album."""
    return urlsplit(url).path == ALBUM_PATH and all(dict(parse_qsl(urlsplit(url).query)).get(name) for name in NAMES)


def album_page(url: str, *, after: AlbumArticle | None = None) -> str:
    """Return the address of a page of the album at an address, as JSON. after: the last article of the page before."""
    parts = urlsplit(url)
    known = dict(parse_qsl(parts.query))
    fields = {name: known[name] for name in NAMES if name in known}
    fields |= {"action": "getalbum", "count": str(PAGE), "is_reverse": NEWEST_FIRST, "f": "json"}
    if after is not None:
        fields |= {"begin_msgid": after.msgid, "begin_itemidx": after.place}
    return urlunsplit(parts._replace(query=urlencode(fields), fragment=""))


def read_album(body: bytes) -> Album:
    """Return what a page of an album lists. Raises NotAnAnswer, AlbumWithheld."""
    answer = parse(body)
    found = within(answer, "getalbum_resp")
    if number(within(answer, "base_resp").get("ret")) or number(found.get("verify_status")):
        raise AlbumWithheld
    articles = (_article(entry) for entry in objects(found.get("article_list")))
    return Album(
        articles=tuple(one for one in articles if one is not None),
        is_more=truth(found.get("continue_flag")),
    )


def _article(entry: Object) -> AlbumArticle | None:
    """The article of an entry; None of one without an address."""
    url = absolute(text(entry.get("url")).replace("&amp;", "&").partition("#")[0], None)
    if not url:
        return None
    return AlbumArticle(
        msgid=text(entry.get("msgid")),
        place=text(entry.get("itemidx")),
        url=f"https:{url.partition(':')[2]}",
        title=" ".join(CONTROL.sub("", text(entry.get("title"))).split()),
        published=moment(entry.get("create_time")),
    )
