"""What a whitelist file may say of a unit and of a channel."""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from config.validation import Strict, fault, one_of
from config.wechat import biz_number

HOST = re.compile(
    r"(?=.{1,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(:[0-9]{1,5})?\Z"
)
SEPARATORS = re.compile(r"[\s·•、,，/／]+")
OWN_HOSTS = {"wechat": ("mp.weixin.qq.com",), "weibo": ("weibo.com", "www.weibo.com", "m.weibo.cn")}


class System(StrEnum):
    """The groups of the organiser's plan, as people see them."""

    BUREAUS = "委办局"
    DISTRICTS = "区"
    SOCIETIES = "学会·高校·园区·企业"
    MUSEUMS = "科技馆之城"
    REGION = "京津冀"


class Kind(StrEnum):
    """The words of `indexer.items.ChannelKind`."""

    SITE = "site"
    WECHAT = "wechat"
    WEIBO = "weibo"
    VIDEO = "video"


class Status(StrEnum):
    """The words of `indexer.items.WhitelistStatus`."""

    APPLIED = "applied"
    APPROVED = "approved"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


class Owner(StrEnum):
    """Whose host a channel stands on: the unit's own, or its parent body's (a district's portal)."""

    UNIT = "unit"
    PARENT = "parent"


def _system(text: object) -> object:
    plain = {SEPARATORS.sub("", system): system for system in System}
    found = plain.get(SEPARATORS.sub("", text)) if isinstance(text, str) else None
    if found is None:
        raise fault(f"{text!r} is no system", one_of([system.value for system in System], str(text)))
    return found


def _host(host: str) -> str:
    if "://" in host or "/" in host:
        alone = urlsplit(host if "://" in host else f"//{host}").netloc.lower() or "www.example.cn"
        raise fault(f"'{host[:80]}' is an address", f"Write the host alone: {alone}")
    if not HOST.match(host):
        raise fault(f"'{host[:80]}' is no host", "Write it in lower case, as www.example.cn; Chinese names as xn--….")
    return host


def _address(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise fault(f"'{address[:80]}' is no http(s) address", "Write it whole, as https://www.example.cn/news/")
    if parts.username is not None:
        raise fault("holds a user name or password", "Write the address without them.")
    if not HOST.match(parts.netloc.lower()):
        raise fault(f"'{parts.netloc[:80]}' is no host", "Write a Chinese host name as xn--…, a port as a number.")
    return address


def _path(path: str) -> str:
    if not path.startswith("/") or "?" in path or "#" in path or ".." in path:
        raise fault(f"'{path[:80]}' is no path", "Write the part after the host, as /kjxh/")
    return path


def _biz(biz: str) -> str:
    if (number := biz_number(biz)) is None:
        raise fault(f"'{biz[:40]}' is no biz number", "Copy `__biz` from an article's address, as MzA3MDM3NjE5NQ==")
    return number


def _digits_as_text(value: object) -> object:
    """YAML reads a decimal number as one."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Note = Annotated[str, StringConstraints(max_length=500)]
Host = Annotated[str, AfterValidator(_host)]
Address = Annotated[str, StringConstraints(max_length=2048), AfterValidator(_address)]
Option = Annotated[str, StringConstraints(min_length=1, max_length=500)]


Biz = Annotated[str, BeforeValidator(_digits_as_text), StringConstraints(max_length=80), AfterValidator(_biz)]


class AccountShape(Strict):
    """Which WeChat account a channel is; `biz` as in an article's address, or its decimal digits."""

    biz: Biz | None = None
    original_id: Annotated[str, StringConstraints(pattern=r"^gh_[0-9A-Za-z_-]{4,60}$")] | None = None
    name: Name | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "AccountShape":
        if not (self.biz or self.original_id or self.name):
            raise fault("the account is empty", "Give `biz`, `original_id` (gh_…) or `name`.")
        return self


class ChannelShape(Strict):
    """One outlet; config.units.ChannelEntry says what each key means."""

    id: Id | None = None
    kind: Kind
    name: Name | None = None
    source: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")] | None = None
    address: Address | None = None
    hosts: tuple[Host, ...] = ()
    path: Annotated[str, AfterValidator(_path)] | None = None
    belongs_to: Owner = Owner.UNIT
    options: dict[str, Option] = Field(default_factory=dict)
    account: AccountShape | None = None
    status: Status | None = None
    licence: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    licensed_on: date | None = None
    confirmed: bool = True
    seen_in: Note = ""
    note: Note = ""

    def every_host(self) -> tuple[str, ...]:
        """Return the hosts given, else the host of the address, else those that the kind implies."""
        if self.hosts:
            return self.hosts
        if self.address:
            return (urlsplit(self.address).netloc.lower(),)
        return OWN_HOSTS.get(self.kind, ())

    @model_validator(mode="after")
    def _has_hosts(self) -> "ChannelShape":
        hosts = self.every_host()
        if not hosts:
            raise fault("the channel has no host", "Add `address`, or `hosts: [www.example.cn]`.")
        if self.address and urlsplit(self.address).netloc.lower() not in hosts:
            raise fault("the address lies outside the channel's hosts", "Add its host to `hosts`.")
        if self.account and self.kind is not Kind.WECHAT:
            raise fault("`account` is of WeChat channels", "Leave it out, or correct `kind`.")
        if self.source and not self.address and self.kind is Kind.SITE:
            raise fault(f"source `{self.source}` has nothing to read", "Add `address`.")
        return self

    @model_validator(mode="after")
    def _may_be_approved(self) -> "ChannelShape":
        if self.name is None and self.kind is not Kind.SITE:
            raise fault("the account has no name", "Add `name`: its standard name (规范名称).")
        if self.belongs_to is Owner.PARENT and self.path in (None, "/") and not self.note:
            raise fault("the host is a parent body's", "Add `path` of the unit's own column, or a `note` what is open.")
        if self.status is Status.APPROVED and not self.licence:
            raise fault("is approved without a licence", "Add `licence`: the reference of the unit's recorded consent.")
        if self.status is Status.APPROVED and self.belongs_to is Owner.PARENT and self.path in (None, "/"):
            raise fault("a parent body's whole host is approved", "Add `path`: only the unit's own column.")
        return self


class UnitShape(Strict):
    """One organisation; config.units.UnitEntry says what each key means."""

    id: Id | None = None
    name: Name
    short_name: Name | None = None
    system: Annotated[System, BeforeValidator(_system)]
    district: Name
    former_names: tuple[Name, ...] = ()
    name_confirmed: bool = True
    note: Note = ""
    channels: tuple[ChannelShape, ...] = ()


class WhitelistShape(Strict):
    """The whole file; each unit is read by itself, so that one fault hides no other."""

    version: int = Field(1, ge=1, le=1)
    sources: dict[str, str] = Field(default_factory=dict)
    units: tuple[dict[str, object], ...] = Field(min_length=1)
