"""Find the pictures, videos and sounds of an article, lazily loaded ones and known players included."""

import math
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Protocol
from urllib.parse import unquote, urljoin, urlsplit

from lxml.html import HtmlElement

from indexer.catalogue.items import URL_CHARS, Media, MediaKind

# Where scripts keep the address of a picture that is loaded late; `src` then holds a placeholder.
LAZY_TEXT = """
    data-original data-src data-lazy-src data-actualsrc data-lazyload data-lazy data-echo data-url data-img
    data-original-src data-img-src data-imgsrc data-srv data-srcset data-lazy-srcset _src original zoomfile file
    lazy-src
"""
LAZY = tuple(LAZY_TEXT.split())
SETS = frozenset(["srcset", "data-srcset", "data-lazy-srcset"])
SET_CHARS, WIDEST = URL_CHARS * 10, 2600  # of a set; pixels, more than any copy of ours has
SIZE, SIZED = re.compile(r"\s*(\d{1,5}(?:\.\d{1,3})?)[wx]"), re.compile(r"\s\d{1,5}(?:\.\d{1,3})?[wx]\s*(?:,|$)")
BETWEEN = re.compile(r",\s+|(?<=\d[wx]),")
# Any other attribute whose value is the address of a picture: by a name like these it stands above `src`.
OTHER_LAZY = re.compile(r"src|orig|lazy|url|real|img|image|pic|file|echo|full|large|big", re.IGNORECASE)
OF_ANOTHER = re.compile(
    r"^(?:src|srcset|alt|title|class|id|style|href|name|usemap|longdesc|width|height)$|^on|"
    r"thumb|small|placeholder|loading|error|default|avatar|blur|preview|poster|low",
    re.IGNORECASE,
)
PLACEHOLDER = re.compile(
    r"^data:|filetypeimages?/|/icon_?(?:docx?|xlsx?|pptx?|pdf|rar|zip|7z|txt|wps|mp3|mp4|default)\.(?:gif|png)|(?:blank|spacer|placeholder|loading|lazyload|grey|transparent|pixel|1x1|default_?img)[^/]*\.(?:gif|png|svg|jpe?g)",
    re.I,
)
ICON_PIXELS = 32
MOST_MEDIA = 500  # of one article
PICTURE_ENDING = re.compile(r"^(?:https?:)?//|^\.{0,2}/|\.(?:jpe?g|png|gif|webp|bmp|avif)(?:[?#!@]|$)", re.IGNORECASE)
PAGE_ENDING = re.compile(r"\.(?:s?html?|aspx?)(?:[?#]|$)", re.IGNORECASE)
PICTURE_FILE = re.compile(
    r"""[^\s<>"'(){};,]+\.(?:jpe?g|png|gif|webp|bmp|avif)(?:[?#!@][^\s<>"']*)?|"""
    r"""(?:https?:)?//[^\s<>"'(){};]+[?&](?:wx_fmt|format|fmt)=(?:jpe?g|png|gif|webp)[^\s<>"']*""",
    re.IGNORECASE,
)
VIDEO_FILE = re.compile(r"""[^\s<>"'(){};,=]+\.(?:mp4|m3u8|m4v|webm|mov|flv|ogv)(?:[?#][^\s<>"']*)?""", re.IGNORECASE)
AUDIO_FILE = re.compile(r"""[^\s<>"'(){};,=]+\.(?:mp3|m4a|wav|aac|ogg|oga)(?:[?#][^\s<>"']*)?""", re.IGNORECASE)
PLAYERS_TEXT = """
    v.qq.com m.v.qq.com static.video.qq.com imgcache.qq.com video.qq.com live.qq.com mp.weixin.qq.com
    channels.weixin.qq.com player.youku.com v.youku.com player.bilibili.com www.bilibili.com m.bilibili.com bilibili.com
    live.bilibili.com open.iqiyi.com www.iqiyi.com tv.sohu.com player.cntv.cn tv.cctv.com tv.cctv.cn vod.cctv.cn
    v.cctv.com live.cctv.com player.cctv.com news.cctv.com m-live.cctvnews.cctv.com w.yangshipin.cn yangshipin.cn
    www.yangshipin.cn m.yangshipin.cn www.xuexi.cn boot-video.xuexi.cn player.ixigua.com www.ixigua.com open.douyin.com
    www.douyin.com haokan.baidu.com player.pptv.com player.mgtv.com www.mgtv.com www.kuaishou.com www.acfun.cn
    www.youtube.com www.youtube-nocookie.com player.vimeo.com www.dailymotion.com video.weibo.com
"""
PLAYERS = frozenset(PLAYERS_TEXT.split())
FLASH_FILE = re.compile(
    r"(?:^|[?&])(?:file|video|videourl|url|src|vurl|f)=([^&\s]+\.(?:mp4|m3u8|flv|webm))", re.IGNORECASE
)
DOCUMENT_FILE = re.compile(r"\.(?:pdf|ofd|wps|docx?|xlsx?|pptx?|zip|rar)(?:[?#]|$)", re.IGNORECASE)
IN_VIEWER = re.compile(
    r"[?&](?:file|src|url|pdf)=([^&#]{1,2000}\.(?:pdf|ofd|docx?|xlsx?|pptx?))(?:[&#]|$)", re.IGNORECASE
)
WECHAT_VOICE = "https://res.wx.qq.com/voice/getvoice?mediaid="
VOICE_ID = re.compile(r"[\w-]{8,120}")
VOICES = ("mpvoice", "mp-common-mpaudio")  # recordings inside WeChat articles, older and newer
MEDIA_TAGS = ("img", "video", "audio", "iframe", "embed", "source", *VOICES)


class Attributes(Protocol):
    """What a tag says: an element of lxml, or a mapping."""

    def get(self, name: str, /) -> str | None:
        """Return the value of an attribute, None where there is none."""
        ...

    def items(self) -> Iterable[tuple[str, str | None]]:
        """Return names and values of all attributes."""
        ...


def read_media(article: HtmlElement, base_url: str | None) -> tuple[Media, ...]:
    """Return the article's media in reading order; the same address again is the same medium."""
    return tuple(islice(dict.fromkeys(_each(article, base_url, without_icons=True)), MOST_MEDIA))


def read_all_media(article: HtmlElement, base_url: str | None) -> tuple[Media, ...]:
    """Return each medium of a WeChat article, icons and repetitions included: what its own page counts."""
    return tuple(islice(_each(article, base_url, without_icons=False), MOST_MEDIA))


def _each(article: HtmlElement, base_url: str | None, *, without_icons: bool) -> Iterator[Media]:
    for node in article.iter(*MEDIA_TAGS):
        match node.tag:
            case "img":
                kind, url = MediaKind.IMAGE, "" if without_icons and is_icon(node) else picture_url(node, base_url)
            case "video" | "audio":
                kind, url = MediaKind(node.tag), file_url(node, base_url)
            case "source":
                kind, url = _of_source(node, base_url)
            case "mpvoice" | "mp-common-mpaudio":
                kind, url = MediaKind.AUDIO, voice_url(node)
            case _:
                kind, url = MediaKind.VIDEO, player_url(node, base_url)
        if url:
            yield Media(kind=kind, url=url)


def _of_source(node: HtmlElement, base_url: str | None) -> tuple[MediaKind, str]:
    parent = node.getparent()
    is_other = parent is None or parent.tag not in ("video", "audio") or bool(file_url(parent, base_url))
    if is_other or any(each.tag == "source" for each in node.itersiblings(preceding=True)):
        return MediaKind.VIDEO, ""  # of a picture, or the same recording in another format
    return MediaKind(parent.tag), file_url(node, base_url)


def picture_url(node: Attributes, base_url: str | None) -> str:
    """Return the address of the picture itself, of a set the largest; empty for placeholders."""
    src = _picture(node.get("src") or "", base_url)
    for value in _lazy_values(node, has_src=bool(src)):
        if url := _picture(value, base_url):
            return url
    srcset = node.get("srcset") or ""
    larger = _picture(largest_of(srcset), base_url) if not src or SIZED.search(srcset[:SET_CHARS]) else ""
    return larger or src


def _lazy_values(node: Attributes, *, has_src: bool) -> Iterator[str]:
    """Addresses beside `src` that stand above it, best first."""
    for name in LAZY:
        value = node.get(name) or ""
        value = largest_of(value) if name in SETS else value.split(",", 1)[0].split(" ", 1)[0].strip()
        if 0 < len(value) <= URL_CHARS and PICTURE_ENDING.search(value):
            yield value
    unsure: list[str] = []
    is_gif = has_src and (node.get("src") or "").lower().endswith(".gif")
    for name, given in node.items():
        value = (given or "").strip()
        value = largest_of(value) if name.endswith("set") else value
        is_other = name in LAZY or OF_ANOTHER.search(name) or not 0 < len(value) <= URL_CHARS
        if not is_other and PICTURE_FILE.fullmatch(value):
            is_still = is_gif and not value.lower().endswith(".gif")  # a moving wheel, or one dot, in its place
            if not has_src or is_still or OTHER_LAZY.search(name):
                yield value
        elif not is_other and not has_src and _may_be_picture(name, value):
            unsure.append(value)
    yield from unsure


def _may_be_picture(name: str, value: str) -> bool:
    """Whether an attribute may hold a picture's address that has no ending: `/servlet/img?id=9`."""
    return bool(OTHER_LAZY.search(name) and PICTURE_ENDING.search(value)) and not PAGE_ENDING.search(value)


def _picture(value: str, base_url: str | None) -> str:
    value = value.strip()
    return "" if len(value) > URL_CHARS or PLACEHOLDER.search(value) else absolute(value, base_url)


def largest_of(srcset: str) -> str:
    """Return the address of the largest picture of a `srcset` that is not wider than WIDEST, else of the smallest.

    Of those without a size it is the first.
    """
    best, most = "", -math.inf
    for candidate in BETWEEN.split(srcset[:SET_CHARS]):
        address, _, size = candidate.strip().rstrip(",").partition(" ")
        number = SIZE.match(size)
        weight = float(number[1]) if number else 0.0
        weight = weight if weight <= WIDEST else -weight
        if 0 < len(address) <= URL_CHARS and weight > most:
            best, most = address, weight
    return best


def file_url(node: Attributes, base_url: str | None) -> str:
    """Return the address of what a `video`, `audio` or `source` plays, in whatever attribute it stands."""
    for name in ("src", "data-src"):
        if url := absolute(node.get(name) or "", base_url):
            return url
    return recording_url(node, base_url)


def recording_url(node: Attributes, base_url: str | None) -> str:
    """Return the first attribute's value that is the address of a video or sound file; empty where none is."""
    for name, given in node.items():
        value = (given or "").strip()
        if name not in ("href", "poster") and 0 < len(value) <= URL_CHARS:
            found = VIDEO_FILE.fullmatch(value) or AUDIO_FILE.fullmatch(value)
            if found and (url := absolute(value, base_url)):
                return url
    return ""


def is_icon(node: Attributes) -> bool:
    """Whether the page shows the picture too small to be one of the article's."""
    return any(0 < _pixels(node.get(side)) <= ICON_PIXELS for side in ("width", "height"))


def player_url(node: Attributes, base_url: str | None) -> str:
    """Return the address of an embedded player, or of the file it plays; empty where it is of no known player."""
    for name in ("data-src", "src", "data-original", "data-url"):
        url = absolute(node.get(name) or "", base_url)
        if url and urlsplit(url).hostname in PLAYERS:
            return url
    variables = (node.get("flashvars") or node.get("src") or "")[:URL_CHARS]
    if found := FLASH_FILE.search(variables):
        return absolute(unquote(found[1]), base_url)
    return recording_url(node, base_url)


def document_url(node: Attributes, base_url: str | None) -> str:
    """Return the address of the document that a frame shows, itself or in a viewer; empty where it shows none."""
    written = (node.get("src") or node.get("data-src") or node.get("data") or "").strip()[:URL_CHARS]
    shown = IN_VIEWER.search(written)
    if shown is None and not DOCUMENT_FILE.search(written):
        return ""
    return absolute(unquote(shown[1]) if shown else written, base_url)


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
