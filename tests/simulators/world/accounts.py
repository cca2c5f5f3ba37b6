"""Whoever publishes in the simulated world: accounts of WeChat and Weibo, sites, and a third-party platform."""

import base64
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(kw_only=True)
class Callback:
    """Where an account's messages go, and by what they are signed and encrypted. aes_key: 43 characters."""

    url: str
    token: str
    aes_key: str


@dataclass(kw_only=True)
class Account:
    """One who publishes. id: by which faults and calls name it."""

    id: str
    name: str


@dataclass(kw_only=True)
class WechatAccount(Account):
    """A public account; id: its appid.

    number: of `__biz`, in decimal digits. allowed_ips: of its allow-list; None: it lets everybody in. album: number of
    its one album. func_ids: rights that it grants to a component that it authorises.
    """

    secret: str
    number: str
    original_id: str
    subject: str
    album: str = ""
    allowed_ips: frozenset[str] | None = None
    callback: Callback | None = None
    func_ids: tuple[int, ...] = (1, 7, 11)

    @property
    def biz(self) -> str:
        """The number as addresses write it."""
        return base64.b64encode(self.number.encode()).decode()


@dataclass(kw_only=True)
class Component(Account):
    """A third-party platform; id: its appid. messages: where its accounts' messages go, with $APPID$ in it."""

    secret: str
    token: str
    aes_key: str
    events: str = ""
    messages: str = ""


@dataclass(kw_only=True)
class WeiboAccount(Account):
    """An account of Weibo; id: its uid."""

    place: str = ""


class Form(StrEnum):
    """How a site says what it has published."""

    LIST = "list"
    FEED = "feed"
    SITEMAP = "sitemap"
    JSON = "json"
    BRIDGE = "bridge"


@dataclass(kw_only=True)
class Site(Account):
    """A unit's site, or a bridge that turns an account into a feed; id: the first step of its paths.

    host: `host` or `host:port` that its pages name. of: of a bridge, the account whose posts it lists.
    """

    form: Form
    host: str
    scheme: str = "http"
    of: str = ""
    labels: tuple[str, ...] = field(default=())

    @property
    def base(self) -> str:
        """Where its pages begin."""
        return f"{self.scheme}://{self.host}/{self.id}"

    @property
    def address(self) -> str:
        """What is registered of it: its list or feed."""
        return self.base + LIST_PATHS[self.form]


LIST_PATHS = {
    Form.LIST: "/list/",
    Form.FEED: "/feed.xml",
    Form.SITEMAP: "/sitemap.xml",
    Form.JSON: "/list.json",
    Form.BRIDGE: "/bridge.xml",
}
