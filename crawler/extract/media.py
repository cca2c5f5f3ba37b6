"""Pictures, videos and sounds of an article, lazy ones and those of known players included."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from indexer.items import URL_CHARS, Media, MediaKind

# Where scripts keep the address of a picture that is loaded late; `src` then holds a placeholder.
LAZY_TEXT = """
    data-original data-src data-lazy-src data-actualsrc data-lazyload data-lazy data-echo data-url data-img
    data-original-src data-srcset data-lazy-srcset _src original zoomfile file lazy-src
"""
LAZY = tuple(LAZY_TEXT.split())
PLACEHOLDER = re.compile(
    r"^data:|(?:blank|spacer|placeholder|loading|lazyload|grey|transparent|pixel|1x1|default_?img)[^/]*\.(?:gif|png|svg|jpe?g)",
    re.I,
)
ICON_PIXELS = 32
MOST_MEDIA = 500  # of one article
PICTURE_ENDING = re.compile(r"^(?:https?:)?//|^\.{0,2}/|\.(?:jpe?g|png|gif|webp|bmp|avif)(?:[?#!@]|$)", re.IGNORECASE)
PLAYERS_TEXT = """
    v.qq.com player.youku.com v.youku.com player.bilibili.com www.bilibili.com open.iqiyi.com www.iqiyi.com
    tv.sohu.com player.cntv.cn tv.cctv.com player.ixigua.com www.ixigua.com haokan.baidu.com player.pptv.com
    player.mgtv.com www.youtube.com www.youtube-nocookie.com player.vimeo.com www.dailymotion.com mp.weixin.qq.com
    video.weibo.com
"""
PLAYERS = frozenset(PLAYERS_TEXT.split())
WECHAT_VOICE = "https://res.wx.qq.com/voice/getvoice?mediaid="
VOICE_ID = re.compile(r"[\w-]{8,120}")


class Attributes(Protocol):
    """What a tag says: an element of lxml, or a mapping."""

    def get(self, name: str, /) -> str | None:
        """Return the value of an attribute, None where there is none."""
        ...


def read_media(article: HtmlElement, base_url: str | None) -> tuple[Media, ...]:
    """Return the article's media in reading order; the same address again is the same medium."""
    return tuple(islice(dict.fromkeys(_each(article, base_url, without_icons=True)), MOST_MEDIA))


def read_all_media(article: HtmlElement, base_url: str | None) -> tuple[Media, ...]:
    """Return each medium of a WeChat article, icons and repetitions included: what its own page counts."""
    return tuple(islice(_each(article, base_url, without_icons=False), MOST_MEDIA))


def _each(article: HtmlElement, base_url: str | None, *, without_icons: bool) -> Iterator[Media]:
    for node in article.iter("img", "video", "audio", "iframe", "embed", "mpvoice", "source"):
        match node.tag:
            case "img":
                kind, url = MediaKind.IMAGE, "" if without_icons and is_icon(node) else picture_url(node, base_url)
            case "video" | "audio":
                kind, url = MediaKind(node.tag), absolute(node.get("src") or node.get("data-src") or "", base_url)
            case "source":
                kind, url = _of_source(node, base_url)
            case "mpvoice":
                kind, url = MediaKind.AUDIO, voice_url(node)
            case _:
                kind, url = MediaKind.VIDEO, player_url(node, base_url)
        if url:
            yield Media(kind=kind, url=url)


def _of_source(node: HtmlElement, base_url: str | None) -> tuple[MediaKind, str]:
    parent = node.getparent()
    if parent is None or parent.tag not in ("video", "audio") or parent.get("src") or node.getprevious() is not None:
        return MediaKind.VIDEO, ""  # of a picture, or the same recording in another format
    return MediaKind(parent.tag), absolute(node.get("src") or "", base_url)


def picture_url(node: Attributes, base_url: str | None) -> str:
    """Return the address of the picture itself; empty for placeholders."""
    for name in LAZY:
        value = (node.get(name) or "").split(",", 1)[0].split(" ", 1)[0].strip()
        if (
            0 < len(value) <= URL_CHARS
            and PICTURE_ENDING.search(value)
            and not PLACEHOLDER.search(value)
            and (url := absolute(value, base_url))
        ):
            return url
    value = (node.get("src") or "").strip()
    return "" if len(value) > URL_CHARS or PLACEHOLDER.search(value) else absolute(value, base_url)


def is_icon(node: Attributes) -> bool:
    """Whether the page shows the picture too small to be one of the article's."""
    return any(0 < _pixels(node.get(side)) <= ICON_PIXELS for side in ("width", "height"))


def player_url(node: Attributes, base_url: str | None) -> str:
    """Return the address of an embedded player; empty where it is of no known player."""
    for name in ("data-src", "src", "data-original"):
        url = absolute(node.get(name) or "", base_url)
        if url and urlsplit(url).hostname in PLAYERS:
            return url
    return ""


def voice_url(node: Attributes) -> str:
    """Return the address of a recording inside a WeChat article."""
    voice = node.get("voice_encode_fileid") or ""
    return WECHAT_VOICE + voice if VOICE_ID.fullmatch(voice) else ""


def absolute(url: str, base_url: str | None) -> str:
    """Return the absolute http(s) address, or nothing where there is none."""
    url = "".join(url.split())
    if not url or url.startswith("#") or len(url) > URL_CHARS:
        return ""
    try:
        joined = urljoin(base_url or "", url)
        if joined.startswith("//"):
            joined = f"https:{joined}"
        parts = urlsplit(joined)
    except ValueError:
        return ""  # an address that no browser could follow either
    is_sound = parts.scheme in ("http", "https") and parts.hostname and len(joined) <= URL_CHARS
    return joined if is_sound else ""


def _pixels(value: str | None) -> int:
    found = re.match(r"\s*(\d{1,5})(?:px)?\s*$", value or "")
    return int(found.group(1)) if found else 0
