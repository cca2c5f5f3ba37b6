"""Where the pictures of a channel may lie: on its own hosts, and on the picture hosts of platforms."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from config.addresses import BadAddress, place_of
from indexer.whitelist.addresses import hosts_of
from indexer.whitelist.records import Channel


@dataclass(frozen=True, slots=True)
class PictureHost:
    """A platform's hosts: the name itself and all below it. referer: the page that they want to be asked from."""

    name: str
    referer: str = ""


PLATFORMS: Sequence[PictureHost] = (
    PictureHost("mmbiz.qpic.cn", "https://mp.weixin.qq.com/"),  # WeChat: pictures of articles
    PictureHost("mmbiz.qlogo.cn", "https://mp.weixin.qq.com/"),
    PictureHost("mmecoa.qpic.cn", "https://mp.weixin.qq.com/"),
    PictureHost("finder.video.qq.com", "https://channels.weixin.qq.com/"),  # 视频号: covers
    PictureHost("findermp.video.qq.com", "https://channels.weixin.qq.com/"),
    PictureHost("wxapp.tc.qq.com", "https://channels.weixin.qq.com/"),
    PictureHost("puui.qpic.cn", "https://v.qq.com/"),  # 腾讯视频
    PictureHost("vpic.video.qq.com", "https://v.qq.com/"),
    PictureHost("shp.qpic.cn", "https://v.qq.com/"),
    PictureHost("sinaimg.cn", "https://weibo.com/"),  # 微博
    PictureHost("hdslb.com", "https://www.bilibili.com/"),  # B站
    PictureHost("cctvpic.com", "https://tv.cctv.com/"),  # 央视网
    PictureHost("yangshipin.cn", "https://www.yangshipin.cn/"),  # 央视频
    PictureHost("xuexi.cn", "https://www.xuexi.cn/"),  # 学习强国
    PictureHost("ykimg.com", "https://v.youku.com/"),  # 优酷
)


class AllowedHosts(Collection[str]):
    """Where the pictures of a channel may lie, asked by `host` or `host:port`; a platform's only on its own port."""

    def __init__(self, channel: Channel) -> None:
        self._own = frozenset(hosts_of(channel))

    def __contains__(self, netloc: object) -> bool:
        return netloc in self._own or (isinstance(netloc, str) and platform_of(netloc) is not None)

    def __iter__(self) -> Iterator[str]:
        yield from self._own
        yield from (host.name for host in PLATFORMS)

    def __len__(self) -> int:
        return len(self._own) + len(PLATFORMS)


def platform_of(netloc: str) -> PictureHost | None:
    """Return the platform whose picture host this is."""
    return next((one for one in PLATFORMS if netloc == one.name or netloc.endswith(f".{one.name}")), None)


def is_foreign(url: str, allowed: AllowedHosts) -> bool:
    """Tell whether the picture lies where neither the channel nor a platform has its pictures: it is not asked for."""
    try:
        return place_of(url).netloc not in allowed
    except BadAddress:
        return False  # another fault, which fetching it tells
