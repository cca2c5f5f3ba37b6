"""Films, sounds and streams as a page shows them: a card that says whose player it is, and loads nothing of it.

Only a reader's click reaches the player: by script in a frame, where the host is on the list that the site's content
security policy names too; else, and without script, as a link.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

from indexer.catalogue.items import Media, MediaKind, Version
from indexer.catalogue.pictures import PictureUse
from web.shown.pictures import IN_TEXT, Shown, shown


@dataclass(frozen=True, slots=True)
class PlayerHost:
    """Whose player lies on a host. frame: the beginning of the paths that may be shown in a frame; None: none may."""

    name: str
    frame: str | None = None


HOSTS: Mapping[str, PlayerHost] = MappingProxyType(
    {
        "player.bilibili.com": PlayerHost("哔哩哔哩", "/"),
        "www.bilibili.com": PlayerHost("哔哩哔哩"),
        "live.bilibili.com": PlayerHost("哔哩哔哩直播"),
        "v.qq.com": PlayerHost("腾讯视频", "/txp/iframe/"),
        "player.youku.com": PlayerHost("优酷", "/embed/"),
        "v.youku.com": PlayerHost("优酷"),
        "open.iqiyi.com": PlayerHost("爱奇艺", "/"),
        "www.iqiyi.com": PlayerHost("爱奇艺"),
        "tv.cctv.com": PlayerHost("央视网"),
        "player.cntv.cn": PlayerHost("央视网"),
        "w.yangshipin.cn": PlayerHost("央视频"),
        "www.yangshipin.cn": PlayerHost("央视频"),
        "yangshipin.cn": PlayerHost("央视频"),
        "www.xuexi.cn": PlayerHost("学习强国"),
        "article.xuexi.cn": PlayerHost("学习强国"),
        "mp.weixin.qq.com": PlayerHost("微信"),
        "channels.weixin.qq.com": PlayerHost("微信视频号"),
        "res.wx.qq.com": PlayerHost("微信"),
        "www.ixigua.com": PlayerHost("西瓜视频"),
        "player.ixigua.com": PlayerHost("西瓜视频"),
        "video.weibo.com": PlayerHost("微博"),
        "tv.sohu.com": PlayerHost("搜狐视频"),
        "haokan.baidu.com": PlayerHost("好看视频"),
        "player.mgtv.com": PlayerHost("芒果TV"),
    }
)
FRAMED: Sequence[str] = tuple(f"https://{host}" for host, one in HOSTS.items() if one.frame is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """One card. host: which a click reaches; name: whose it is, else the host. frame: what a script may put in place.

    shows_cover: for readers only a copy, for editors also why there is none. long: as `3:05` or `1:02:03`, empty where
    the source names no length.
    """

    medium: Media
    cover: Shown
    shows_cover: bool
    host: str
    name: str
    frame: str | None
    long: str


def players(version: Version, uses: Mapping[int, PictureUse], *, is_for_editors: bool = False) -> list[Player]:
    """Return the card of each film, sound and stream of a version, in their order."""
    return list(_players(enumerate(version.media), uses, is_for_editors=is_for_editors))


def _players(
    media: Iterable[tuple[int, Media]], uses: Mapping[int, PictureUse], *, is_for_editors: bool
) -> Iterable[Player]:
    for position, medium in media:
        if medium.kind is MediaKind.IMAGE:
            continue
        host = urlsplit(medium.url).netloc
        known = HOSTS.get(host)
        use = uses.get(position)
        yield Player(
            medium=medium,
            cover=shown(medium, use, sizes=IN_TEXT, is_for_editors=is_for_editors),
            shows_cover=is_for_editors or (use is not None and use.picture is not None),
            host=host,
            name=known.name if known else host,
            frame=_frame(medium.url, known),
            long=long(medium.seconds),
        )


def _frame(url: str, known: PlayerHost | None) -> str | None:
    if known is None or known.frame is None or not urlsplit(url).path.startswith(known.frame):
        return None
    return f"https://{url.partition('://')[2]}"


def long(seconds: int | None) -> str:
    """Return a length as people write it."""
    if not seconds:
        return ""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
