"""Pictures and video of a post, in whichever of Weibo's shapes they come, by addresses that stay the same.

Each picture lies on several hosts and in many sizes, and answers name now this one, now that. So the address is made of
the picture's own number, as Weibo's pages make it (zone by CRC-32, `large` is the original).
"""

import re
import zlib
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from crawler.extract.media import absolute
from crawler.extract.players import TITLE_CHARS, seconds_of
from crawler.feeds.wording import title_of
from crawler.platforms.fields import Object, within
from crawler.platforms.weibo.values import line_in, list_in
from indexer.catalogue.items import Media, MediaKind

MOST_PICTURES = 50
SIZES = ("largest", "large", "original", "mw2000", "bmiddle")  # of one picture, best first
LISTS = ("pics", "pic_infos", "pic_urls")
ADDRESS = re.compile(r"https?://[\w.]+\.sinaimg\.cn/[\w.!]+/(?P<pid>[0-9A-Za-z]{32})(?:\.(?:jpe?g|gif|png|webp))?")
SIZED = re.compile(
    r"https?://(?P<host>[\w.]+\.sinaimg\.cn)/(?:thumbnail|small|square|bmiddle|large|thumb\d+|orj\d+|mw\d+|wap\d+)/"
    r"(?P<name>[\w.-]{1,120})"
)
PID = re.compile(r"[0-9A-Za-z]{32}")
GIF_SIGN = 21  # place in a picture's number that says whether it moves
VIDEO_TYPES = frozenset({"video", "11"})
STREAMS = ("stream_url", "stream_url_hd", "mp4_sd_url", "mp4_hd_url", "mp4_720p_mp4")
PLAYER = "https://video.weibo.com/show?fid="
OBJECT_ID = re.compile(r"1034:[0-9a-zA-Z]{6,40}")


def pictures_of(status: Object) -> tuple[str, ...]:
    """Return the addresses of a status's own pictures in its largest size, in its order, each once."""
    for name in LISTS:
        if found := tuple(dict.fromkeys(_each(list_in(status.get(name))))):
            return found[:MOST_PICTURES]
    mixed = list_in(within(status.get("mix_media_info")).get("items"))
    shown = [within(one.get("data")) for one in map(within, mixed) if one.get("type") == "pic"]
    return tuple(dict.fromkeys(url for one in shown if (url := _largest(one))))[:MOST_PICTURES]


def picture_address(url: str) -> str:
    """Return the one address of a picture of Weibo's host, in its largest size; of another host the one it has."""
    if found := ADDRESS.match(url):
        pid = found["pid"]
        ending = "gif" if pid[GIF_SIGN] == "g" else "jpg"
        return f"https://wx{(zlib.crc32(pid.encode()) & 3) + 1}.sinaimg.cn/large/{pid}.{ending}"
    if found := SIZED.match(url):
        return f"https://{found['host']}/large/{found['name']}"
    return absolute(url, None)


def video_of(status: Object) -> Media | None:
    """Return the video that a status carries: its player, which stays, not its file, whose address ends in an hour."""
    for page in _pages(status):
        media = within(page.get("media_info"))
        kinds = {line_in(page.get("type")), line_in(page.get("object_type"))}
        if not kinds & VIDEO_TYPES and not any(line_in(media.get(name)) for name in STREAMS):
            continue
        title = line_in(page.get("page_title")) or line_in(media.get("name"))
        return Media(
            kind=MediaKind.VIDEO,
            url=_player(page, media) or absolute(line_in(page.get("page_url")), None),
            title=title_of(title)[:TITLE_CHARS],
            cover=_cover(page),
            seconds=seconds_of(line_in(media.get("duration")).partition(".")[0]),
        )
    return None


def _pages(status: Object) -> Iterator[Object]:
    yield within(status.get("page_info"))
    for one in map(within, list_in(within(status.get("mix_media_info")).get("items"))):
        if one.get("type") == "video":
            yield within(one.get("data"))


def _each(pictures: object) -> Iterator[str]:
    for one in pictures if isinstance(pictures, list | tuple) else ():
        if isinstance(one, str):
            one = {"url": one}
        if isinstance(one, dict) and line_in(one.get("type")) != "video" and (url := _largest(one)):
            yield url


def _largest(picture: Object) -> str:
    for name in SIZES:
        if url := picture_address(line_in(within(picture.get(name)).get("url"))):
            return url
    for name in ("url", "thumbnail_pic", "original_pic", "bmiddle_pic"):
        if url := picture_address(line_in(picture.get(name))):
            return url
    pid = line_in(picture.get("pid")) or line_in(picture.get("pic_id"))
    return picture_address(f"https://wx1.sinaimg.cn/large/{pid}.jpg") if PID.fullmatch(pid) else ""


def _player(page: Object, media: Object) -> str:
    """The page of the player by the video's own number, wherever it stands."""
    named = (line_in(page.get("object_id")), line_in(media.get("media_id")), *_query_ids(line_in(media.get("h5_url"))))
    for written in named:
        if OBJECT_ID.fullmatch(written):
            return PLAYER + written
        if written.isdecimal() and written:
            return f"{PLAYER}1034:{written}"
    return ""


def _query_ids(url: str) -> tuple[str, ...]:
    try:
        query = parse_qs(urlsplit(url).query)
    except ValueError:
        return ()
    return tuple(query.get("fid", ()))


def _cover(page: Object) -> str:
    cover = page.get("page_pic")
    address = line_in(within(cover).get("url")) or line_in(cover)
    return picture_address(address)
