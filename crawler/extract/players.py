"""What a page declares of its videos, streams and pictures: title, cover, length, times, whose picture, made by whom.

Which media there are is read in `media.py`; here facts are added to them. Read are JSON-LD (VideoObject,
BroadcastEvent), OpenGraph and microdata of video pages, the state that scripts of B站 and 腾讯视频 hold, the attributes
of players, captions of pictures. What is not declared stays empty; nothing is guessed from the text of the article.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from lxml.html import HtmlElement

from crawler.dates.read import read_time
from crawler.extract.captions import about_picture
from crawler.extract.linked import linked_entries, texts
from crawler.extract.media import absolute, picture_url
from crawler.extract.wechat.script import script_number, script_value, section
from indexer.base.times import BEIJING
from indexer.catalogue.items import Media, MediaKind

TITLE_CHARS = 300
MOST_SECONDS = 7 * 24 * 3600
COVERS = ("poster", "data-poster", "data-cover", "data-url", "cover")
TITLES = ("data-title", "data-desc", "title", "aria-label")
LENGTHS = ("data-duration", "duration", "data-length")
STARTS = ("data-start-time", "data-starttime", "data-begin-time", "data-starts")
ENDS = ("data-end-time", "data-endtime", "data-ends")
PLAYING = ("video", "audio", "iframe", "embed", "mpvoice", "mp-common-videosnap", "mp-common-mpaudio", "div", "script")
ISO_LENGTH = re.compile(
    r"P(?:(?P<days>\d{1,3})D)?T?(?:(?P<hours>\d{1,4})H)?(?:(?P<minutes>\d{1,5})M)?(?:(?P<seconds>\d{1,6})(?:\.\d{1,9})?S)?"
)
CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})")
VIDEO_TYPES = re.compile(r"VideoObject|BroadcastEvent|Clip$|AudioObject")
EPOCH = range(1_300_000_000, 4_000_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """One video as the page declares it. addresses: of file, player and page, by which a medium is known to be it."""

    addresses: tuple[str, ...] = ()
    title: str = ""
    cover: str = ""
    seconds: int | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    replay: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a page declares. is_player: the page is one video's, not an article with videos in it."""

    videos: tuple[Declared, ...] = ()
    is_player: bool = False


NO_FACTS = Facts()


def read_facts(page: HtmlElement, url: str | None) -> Facts:
    """Collect what a page declares of videos; scripts must still stand in the tree."""
    metas = _metas(page)
    linked = [_of_linked(entry, url) for entry in linked_entries(page) if _is_video(entry)]
    is_player = metas.get("og:type", "").lower().startswith("video") or _has_video_alone(page)
    of_page = [_of_script(page, url), _of_metas(metas, url)] if is_player or _is_video_host(url) else []
    found = [one for one in (*linked, *of_page) if one.title or one.cover or one.seconds or one.starts]
    return Facts(videos=tuple(found), is_player=is_player)


def with_facts(
    media: Sequence[Media], facts: Facts, article: HtmlElement | None, *, base: str | None, title: str = ""
) -> tuple[Media, ...]:
    """Return the media with what is declared of each. article: where they were found. title: the page's headline.

    Of a page that is one video's and names no other medium, that video is one: by its player, else by the page itself.
    """
    told = list(media)
    if facts.is_player and facts.videos and not any(one.kind is MediaKind.VIDEO for one in told):
        addresses = [address for one in facts.videos for address in one.addresses]
        if address := next(iter(addresses), base):
            told.append(Media(kind=MediaKind.VIDEO, url=address))
    marks = dict(_marks(article, base)) if article is not None else {}
    videos = sum(one.kind is MediaKind.VIDEO for one in told)
    return tuple(_told(one, facts, marks, title=title, is_only=videos == 1) for one in told)


def _told(medium: Media, facts: Facts, marks: Mapping[str, Mapping[str, Any]], *, title: str, is_only: bool) -> Media:
    said: dict[str, Any] = dict(marks.get(medium.url, {}))
    declared = _declared_of(medium, facts, title=title, is_only=is_only) if medium.kind is not MediaKind.IMAGE else None
    if declared is not None:
        names = ("title", "cover", "seconds", "starts", "ends", "replay")
        said |= {name: value for name in names if (value := getattr(declared, name))}
    if said.get("cover") == medium.url:
        del said["cover"]
    return replace(medium, **said) if said else medium


def _declared_of(medium: Media, facts: Facts, *, title: str, is_only: bool) -> Declared | None:
    """The declaration of a video: by its address; one without an address only where it can be of no other."""
    for one in facts.videos:
        if medium.url in one.addresses:
            return one
    if not is_only or len(facts.videos) == 0:
        return None
    if facts.is_player:
        return _joined(facts.videos)
    only = facts.videos[0]
    is_of_article = len(facts.videos) == 1 and not only.addresses and bool(title) and only.title in (title, "")
    return only if is_of_article else None


def _joined(videos: Sequence[Declared]) -> Declared:
    """What several declarations of one page's video say together, the first of each fact."""
    first = videos[0]
    for other in videos[1:]:
        first = Declared(
            addresses=first.addresses,
            title=first.title or other.title,
            cover=first.cover or other.cover,
            seconds=first.seconds or other.seconds,
            starts=first.starts or other.starts,
            ends=first.ends or other.ends,
            replay=first.replay or other.replay,
        )
    return first


def _marks(article: HtmlElement, base: str | None) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What the elements of players and pictures say, under each address that an element names."""
    for node in article.iter("img", *PLAYING):
        if node.tag == "img":
            if (url := picture_url(node, base)) and (said := about_picture(node)):
                yield url, said
            continue
        said = _of_player(node, base)
        if said:
            inside = [source.get("src") or "" for source in node.iterchildren("source")]
            for value in (*node.attrib.values(), *inside):
                if url := absolute(value, base):
                    yield url, said


def _of_player(node: HtmlElement, base: str | None) -> dict[str, Any]:
    title = next((value for name in TITLES if (value := (node.get(name) or "").strip())), "")
    cover = next((url for name in COVERS if (url := absolute(unquote(node.get(name) or ""), base))), "")
    found = {
        "title": title[:TITLE_CHARS],
        "cover": cover,
        "seconds": next((value for name in LENGTHS if (value := seconds_of(node.get(name) or ""))), None),
        "starts": next((value for name in STARTS if (value := moment_of(node.get(name) or ""))), None),
        "ends": next((value for name in ENDS if (value := moment_of(node.get(name) or ""))), None),
    }
    return {name: value for name, value in found.items() if value}


def seconds_of(text: str) -> int | None:
    """Return a length: `PT1M30S`, `01:30`, `1:02:03`, or a number of seconds; None for what is none of these."""
    text = text.strip()[:40]
    if text.isdecimal():
        seconds = int(text)
    elif found := CLOCK.fullmatch(text):
        seconds = int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3])
    elif text.startswith("P") and (iso := ISO_LENGTH.fullmatch(text)):
        days, hours, minutes, rest = (int(part or 0) for part in iso.groups())
        seconds = ((days * 24 + hours) * 60 + minutes) * 60 + rest
    else:
        return None
    return seconds if 0 < seconds <= MOST_SECONDS else None


def moment_of(text: str) -> datetime | None:
    """Return an instant: a time with an hour, or seconds since 1970; None for a bare day and for what is neither."""
    text = text.strip()[:40]
    if text.isdecimal() and (seconds := int(text) // (1000 if len(text) == 13 else 1)) in EPOCH:
        return datetime.fromtimestamp(seconds, BEIJING)
    read = read_time(text, chinese=True) if text else None
    return read.at if read is not None and not read.is_day else None


def _is_video(entry: Mapping[str, Any]) -> bool:
    return bool(VIDEO_TYPES.search(" ".join(texts(entry.get("@type")))))


def _has_video_alone(page: HtmlElement) -> bool:
    """Whether JSON-LD calls the page a video and nothing calls it an article."""
    kinds = [" ".join(texts(entry.get("@type"))) for entry in linked_entries(page)]
    is_article = any(re.search("Article|Posting|Report", kind) for kind in kinds)
    return not is_article and sum(bool(VIDEO_TYPES.search(kind)) for kind in kinds) == 1


def _is_video_host(url: str | None) -> bool:
    return bool(url and re.match(r"https?://(?:www\.bilibili\.com/video/|v\.qq\.com/x/)", url))


def _of_linked(entry: Mapping[str, Any], base: str | None) -> Declared:
    event = entry.get("publication")
    event = event[0] if isinstance(event, list) and event else event
    event = event if isinstance(event, dict) else entry
    recorded = entry.get("recordedIn") or entry.get("workPerformed")
    return Declared(
        addresses=_addresses(entry, base, "embedUrl", "contentUrl", "url", "@id"),
        title=_first(entry, "name", "headline")[:TITLE_CHARS],
        cover=next(iter(_addresses(entry, base, "thumbnailUrl", "thumbnail", "image")), ""),
        seconds=seconds_of(_first(entry, "duration")),
        starts=moment_of(_first(event, "startDate")),
        ends=moment_of(_first(event, "endDate")),
        replay=next(iter(_addresses(recorded, base, "url", "contentUrl")), "") if isinstance(recorded, dict) else "",
    )


def _addresses(entry: Mapping[str, Any], base: str | None, *names: str) -> tuple[str, ...]:
    found = (absolute(text, base) for name in names for text in _address_texts(entry.get(name)))
    return tuple(dict.fromkeys(url for url in found if url))


def _address_texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        value = value.get("url") or value.get("contentUrl")
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value[:5]:
            if isinstance(each, str | dict):
                yield from _address_texts(each)


def _first(entry: Mapping[str, Any], *names: str) -> str:
    for name in names:
        value = entry.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(int(value))
        if text := next(texts(value), ""):
            return text
    return ""


def _of_metas(metas: Mapping[str, str], url: str | None) -> Declared:
    def one(*names: str) -> str:
        return next((metas[name] for name in names if metas.get(name)), "")

    named = ("og:video:secure_url", "og:video:url", "og:video")
    addresses = (absolute(metas.get(name, ""), url) for name in named)
    return Declared(
        addresses=tuple(dict.fromkeys(found for found in addresses if found)),
        title=one("og:title", "name")[:TITLE_CHARS],
        cover=absolute(one("og:image:secure_url", "og:image", "thumbnailurl", "image", "twitter:image"), url),
        seconds=seconds_of(one("video:duration", "og:video:duration", "og:duration", "duration")),
        starts=moment_of(one("startdate", "video:start_time", "og:video:start_time")),
        ends=moment_of(one("enddate", "video:end_time", "og:video:end_time")),
    )


def _of_script(page: HtmlElement, url: str | None) -> Declared:
    """The state in the scripts of B站 (videoData) and 腾讯视频 (VIDEO_INFO)."""
    for script in page.iter("script"):
        text = script.text or ""
        for name in ("videoData", "VIDEO_INFO"):
            if name in text and (inside := section(text, name)):
                length = script_number(inside, "duration")
                return Declared(
                    title=script_value(inside, "title")[:TITLE_CHARS],
                    cover=absolute(script_value(inside, "pic", "pic_640_360", "pic160x90"), url),
                    seconds=seconds_of(str(length)) if length else None,
                )
    return Declared()


def _metas(page: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in page.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        value = (meta.get("content") or "").strip()[: 2 * TITLE_CHARS + 2048]
        if name and value:
            found.setdefault(name, value)
    return found
