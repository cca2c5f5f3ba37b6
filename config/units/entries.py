"""What a whitelist file says of units and of their channels."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PrivateAttr,
    StringConstraints,
    ValidationInfo,
    model_validator,
)

from config.addresses import BadAddress, place_of
from config.files.faults import NOT_EMPTY, Strict, fault, one_of
from config.taxonomy import Taxonomy
from config.units.options import ACCOUNT, BELONGS_TO
from config.wechat import biz_number
from config.words import ChannelKind, HostOwner, System, WhitelistStatus

TAXONOMY = "taxonomy"  # key of the context in which a file is read: the taxonomy that knows the districts
HOST = re.compile(
    r"(?=.{1,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(:[0-9]{1,5})?\Z"
)
SEPARATORS = re.compile(r"[\s·•、,，/／]+")
OWN_HOSTS = {
    ChannelKind.WECHAT: ("mp.weixin.qq.com",),
    ChannelKind.WEIBO: ("weibo.com", "www.weibo.com", "m.weibo.cn"),
}


def _system(text: object) -> object:
    plain = {SEPARATORS.sub("", system): system for system in System}
    found = plain.get(SEPARATORS.sub("", text)) if isinstance(text, str) else None
    if found is None:
        raise fault(f"{text!r} is no system", one_of([system.value for system in System], str(text)))
    return found


def _district(text: str, info: ValidationInfo) -> str:
    """The district's id, whatever the file calls it."""
    taxonomy = (info.context or {}).get(TAXONOMY)
    if not isinstance(taxonomy, Taxonomy):
        return text
    if (found := taxonomy.district(text)) is None:
        raise fault(f"'{text[:40]}' is no district", one_of([one.label for one in taxonomy.districts], text))
    return found.id


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
    try:
        place_of(address)
    except BadAddress as bad:
        raise fault(f"'{address[:80]}' is read differently by different programs", "Copy it from a browser.") from bad
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
Option = Annotated[str, BeforeValidator(_digits_as_text), StringConstraints(min_length=1, max_length=500)]
Biz = Annotated[str, BeforeValidator(_digits_as_text), StringConstraints(max_length=80), AfterValidator(_biz)]


class Placed(Strict):
    """A part of a file that knows its line, counted from 1."""

    _line: int = PrivateAttr(0)

    @property
    def line(self) -> int:
        """Where it stands; 0: not known."""
        return self._line

    def placed(self, line: int, **changes: object) -> Self:
        """Return the part with its line, and with these fields in place of its own."""
        part = self.model_copy(update=changes)
        part._line = line
        return part


class AccountEntry(Strict):
    """Which WeChat account a channel is; biz: given as in an article's address or in digits, kept in digits."""

    biz: Biz | None = None
    original_id: Annotated[str, StringConstraints(pattern=r"^gh_[0-9A-Za-z_-]{4,60}$")] | None = None
    name: Name | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.biz or self.original_id or self.name):
            raise fault("the account is empty", "Give `biz`, `original_id` (gh_…) or `name`.")
        return self


class ChannelEntry(Placed):
    """What a file says of one channel; None or empty: nothing.

    options: the source's own. status: `applied` says nothing of a channel that is recorded already. licence: reference
    of the unit's consent. What the records make of it: implied_hosts, recorded_options, recorded_licence.
    """

    id: Id | None = None
    kind: ChannelKind
    name: Name | None = None
    source: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")] | None = None
    address: Address | None = None
    hosts: tuple[Host, ...] = ()
    path: Annotated[str, AfterValidator(_path)] | None = None
    belongs_to: HostOwner = HostOwner.UNIT
    options: Mapping[str, Option] = Field(default_factory=dict)
    account: AccountEntry | None = None
    status: WhitelistStatus | None = None
    licence: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    licensed_on: date | None = None
    confirmed: bool = True
    seen_in: Note = ""
    note: Note = ""

    @property
    def implied_hosts(self) -> tuple[str, ...]:
        """The hosts given, else the host of the address, else those of the kind."""
        if self.hosts:
            return self.hosts
        if self.address:
            return (place_of(self.address).netloc,)
        return OWN_HOSTS.get(self.kind, ())

    @property
    def recorded_options(self) -> Mapping[str, str]:
        """The options as a channel of the records has them: whose host it is and which account stand there too."""
        parent = {BELONGS_TO: HostOwner.PARENT.value} if self.belongs_to is HostOwner.PARENT else {}
        account = self.account or AccountEntry.model_construct()
        numbers = zip(ACCOUNT, (account.biz, account.original_id, account.name), strict=True)
        return {**self.options, **parent, **{key: value for key, value in numbers if value}}

    @property
    def recorded_licence(self) -> str | None:
        """The reference of the consent, with its day where the file gives one."""
        return f"{self.licence}，{self.licensed_on.isoformat()}" if self.licence and self.licensed_on else self.licence

    @model_validator(mode="after")
    def _has_hosts(self) -> Self:
        if not self.implied_hosts:
            raise fault("the channel has no host", "Add `address`, or `hosts: [www.example.cn]`.")
        if self.address and (host := place_of(self.address).netloc) not in self.implied_hosts:
            raise fault("the address lies outside the channel's hosts", f"Add {host} to `hosts`.")
        if self.account and self.kind is not ChannelKind.WECHAT:
            raise fault("`account` is of WeChat channels", "Leave it out, or correct `kind`.")
        if self.source and not self.address and self.kind is ChannelKind.SITE:
            raise fault(f"source `{self.source}` has nothing to read", "Add `address`.")
        return self

    @model_validator(mode="after")
    def _may_be_approved(self) -> Self:
        if self.name is None and self.kind is not ChannelKind.SITE:
            raise fault("the account has no name", "Add `name`: its standard name (规范名称).")
        whole_parent = self.belongs_to is HostOwner.PARENT and self.path in (None, "/")
        if whole_parent and not self.note:
            raise fault("the host is a parent body's", "Add `path` of the unit's own column, or a `note` what is open.")
        if self.status is WhitelistStatus.APPROVED and not self.licence:
            raise fault("is approved without a licence", "Add `licence`: the reference of the unit's recorded consent.")
        if self.status is WhitelistStatus.APPROVED and whole_parent:
            raise fault("a parent body's whole host is approved", "Add `path`: only the unit's own column.")
        return self


class UnitEntry(Placed):
    """What a file says of one unit; None or empty: nothing.

    name: the full official name, unique. district: an id of the taxonomy, whatever the file calls it, where a taxonomy
    stands in the context.
    """

    id: Id | None = None
    name: Name
    short_name: Name | None = None
    system: Annotated[System, BeforeValidator(_system)]
    district: Annotated[Name, AfterValidator(_district)]
    former_names: tuple[Name, ...] = ()
    name_confirmed: bool = True
    note: Note = ""
    channels: tuple[ChannelEntry, ...] = ()

    @property
    def recorded_note(self) -> str:
        """The notes on the unit and its channels in one, the doubt about its name first."""
        notes = ["" if self.name_confirmed else "名称待核实", self.note, *(channel.note for channel in self.channels)]
        return "；".join(dict.fromkeys(note for note in notes if note))


class WhitelistFile(Strict):
    """A whole whitelist file; sources: where its entries were seen, by the keys of `seen_in`."""

    version: int = Field(1, ge=1, le=1)
    sources: dict[str, str] = Field(default_factory=dict)
    units: Annotated[tuple[UnitEntry, ...], NOT_EMPTY]
