"""Two hundred channels of all kinds of sources, whose accounts and sites live in the simulated world."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from config.units.options import ACCOUNT_BIZ, ACCOUNT_ID, ACCOUNT_NAME
from config.words import ChannelKind, WhitelistStatus
from indexer.base.ids import ChannelId, UnitId
from indexer.whitelist.records import Channel, Unit
from tests.simulators.running import Platforms
from tests.simulators.sites.server import CHANGING_HOST
from tests.simulators.wechat.addresses import MP
from tests.simulators.world.accounts import Account, Form, Site, WechatAccount, WeiboAccount

UNITS = 40
SITE_HOST = "s{number}.soak.example"
DISTRICTS = ("东城区", "西城区", "朝阳区", "海淀区", "丰台区", "石景山区", "通州区", "延庆区")


class Kind(StrEnum):
    """How a channel is read, and by what authorisation."""

    SITE = "site"
    FEED = "feed"
    SITEMAP = "sitemap"
    JSON = "json_list"
    PUSH = "wechat_page"
    API = "wechat_api"
    COMPONENT = "component"
    ALBUM = "wechat_album"
    WEIBO = "weibo"
    BRIDGE = "bridge"


NUMBERS: Mapping[Kind, int] = {
    Kind.SITE: 30,
    Kind.FEED: 30,
    Kind.SITEMAP: 20,
    Kind.JSON: 20,
    Kind.PUSH: 20,
    Kind.API: 25,
    Kind.COMPONENT: 15,
    Kind.ALBUM: 15,
    Kind.WEIBO: 15,
    Kind.BRIDGE: 10,
}
FORMS: Mapping[Kind, Form] = {
    Kind.SITE: Form.LIST,
    Kind.FEED: Form.FEED,
    Kind.SITEMAP: Form.SITEMAP,
    Kind.JSON: Form.JSON,
    Kind.BRIDGE: Form.BRIDGE,
}
OPTIONS: Mapping[Kind, Mapping[str, str]] = {
    Kind.JSON: {"items": "data.list", "date": "date"},
    Kind.BRIDGE: {"stale_days": "3"},
}
WECHAT = frozenset({Kind.PUSH, Kind.API, Kind.COMPONENT, Kind.ALBUM, Kind.BRIDGE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One channel, and who publishes on it. account: publishes; shows: whom the faults of its lists name."""

    kind: Kind
    number: int
    channel: Channel
    account: Account
    shows: Account

    @property
    def id(self) -> str:
        """Of its channel."""
        return str(self.channel.id)


def units() -> list[Unit]:
    """Return the units, each with five channels or so."""
    return [
        Unit(
            id=UnitId(f"soak-unit-{number}"),
            name=f"示例科普馆第{number}分馆",
            short_name=f"示例{number}馆",
            system="其他",
            district=DISTRICTS[number % len(DISTRICTS)],
        )
        for number in range(UNITS)
    ]


def outlets(platforms: Platforms, *, scale: float = 1.0) -> list[Outlet]:
    """Let all accounts and sites live, and return their channels. scale: how many of the two hundred."""
    numbers = {kind: max(1, round(number * scale)) for kind, number in NUMBERS.items()}
    kinds = [kind for kind, number in numbers.items() for _ in range(number)]
    return [_outlet(platforms, kind, number) for number, kind in enumerate(kinds)]


def hosts(cast: list[Outlet]) -> list[str]:
    """Return the hosts of all units' sites, for which the simulator stands in."""
    return [outlet.shows.host for outlet in cast if isinstance(outlet.shows, Site)]


def _outlet(platforms: Platforms, kind: Kind, number: int) -> Outlet:
    name = f"示例{number}号"
    account: Account
    if kind in WECHAT:
        account = platforms.world.add(_wechat(name, number))
    elif kind is Kind.WEIBO:
        account = platforms.world.add(WeiboAccount(id=str(5600000000 + number), name=name, place="北京"))
    else:
        account = platforms.world.add(_site(name, number, FORMS[kind]))
    shows = account
    if kind is Kind.BRIDGE:
        shows = platforms.world.add(_site(name, number, Form.BRIDGE, of=account.id))
    return Outlet(
        kind=kind, number=number, channel=_channel(kind, number, account, shows), account=account, shows=shows
    )


def _wechat(name: str, number: int) -> WechatAccount:
    return WechatAccount(
        id=f"wx{number:016x}",
        name=name,
        secret=f"{number:032x}",
        number=str(3900000000 + number),
        original_id=f"gh_{number:012x}",
        subject=f"北京{name}",
        album=f"2{number:018d}",
    )


def _site(name: str, number: int, form: Form, *, of: str = "") -> Site:
    host = SITE_HOST.format(number=number)
    return Site(id=f"site-{number}", name=name, form=form, host=host, scheme="https", of=of)


def _channel(kind: Kind, number: int, account: Account, shows: Account) -> Channel:
    options = dict(OPTIONS.get(kind, {}))
    if isinstance(account, WechatAccount):
        options |= {ACCOUNT_BIZ: account.number, ACCOUNT_ID: account.original_id, ACCOUNT_NAME: account.name}
    if kind is Kind.WEIBO:
        options |= {"uid": account.id}
    return Channel(
        id=ChannelId(f"soak-{kind.value}-{number}"),
        unit=UnitId(f"soak-unit-{number % UNITS}"),
        kind=_channel_kind(kind),
        name=account.name,
        source=Kind.API.value if kind is Kind.COMPONENT else kind.value,
        address=_address(kind, account, shows),
        hosts=_hosts(kind, shows),
        options=options,
        status=WhitelistStatus.APPROVED,
        licence="示例",
    )


def _channel_kind(kind: Kind) -> ChannelKind:
    if kind in WECHAT:
        return ChannelKind.WECHAT
    return ChannelKind.WEIBO if kind is Kind.WEIBO else ChannelKind.SITE


def _address(kind: Kind, account: Account, shows: Account) -> str | None:
    if isinstance(shows, Site):
        return shows.address
    if kind is Kind.ALBUM and isinstance(account, WechatAccount):
        return f"https://{MP}/mp/appmsgalbum?__biz={account.biz}&action=getalbum&album_id={account.album}"
    return None


def _hosts(kind: Kind, shows: Account) -> tuple[str, ...]:
    found = (shows.host, CHANGING_HOST) if isinstance(shows, Site) else ()
    if kind in WECHAT:
        return (*found, MP)
    return ("weibo.com",) if kind is Kind.WEIBO else found
