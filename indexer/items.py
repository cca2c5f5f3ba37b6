"""The frozen records that every room speaks of: units, channels, candidates, items, decisions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NewType

from indexer.times import Published

UnitId = NewType("UnitId", str)
ChannelId = NewType("ChannelId", str)
ItemId = NewType("ItemId", str)
ClusterId = NewType("ClusterId", str)
CleanHtml = NewType("CleanHtml", str)  # only crawler.extract.clean makes it; only it may be shown unescaped

URL_CHARS, TITLE_CHARS = 2048, 500


class ChannelKind(StrEnum):
    """What sort of outlet a channel is."""

    SITE = "site"
    WECHAT = "wechat"
    WEIBO = "weibo"
    VIDEO = "video"


class WhitelistStatus(StrEnum):
    """Only `approved` channels are read and taken from."""

    APPLIED = "applied"
    APPROVED = "approved"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


class ItemKind(StrEnum):
    """What an item is to its reader."""

    ARTICLE = "article"
    VIDEO = "video"
    LIVE = "live"
    ACTIVITY = "activity"


class State(StrEnum):
    """Where an item stands; only its public version is ever shown."""

    PENDING = "pending"
    APPROVED = "approved"
    HELD = "held"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    CHANGED = "changed"


class Move(StrEnum):
    """What can be done to an item; `edit` is the collector's: the source changed."""

    APPROVE = "approve"
    HOLD = "hold"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    EDIT = "edit"
    UNDO = "undo"


class MediaKind(StrEnum):
    """What a medium inside an article is."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"


class Facet(StrEnum):
    """The taxonomy a tag belongs to."""

    TOPIC = "topic"
    AUDIENCE = "audience"
    ACTION = "action"
    FORM = "form"
    DISTRICT = "district"


class Severity(StrEnum):
    """How loudly a finding speaks to the editor."""

    NOTE = "note"
    LOW = "low"
    HIGH = "high"


class RefusalReason(StrEnum):
    """Why a candidate did not become an item."""

    CHANNEL_UNKNOWN = "channel_unknown"
    CHANNEL_NOT_APPROVED = "channel_not_approved"
    FOREIGN_HOST = "foreign_host"
    NO_BODY = "no_body"
    PAGE_FAILED = "page_failed"
    UNREADABLE = "unreadable"
    OTHER_ACCOUNT = "other_account"
    ACCOUNT_UNCONFIRMED = "account_unconfirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A participating organisation."""

    id: UnitId
    name: str
    short_name: str
    system: str
    district: str
    former_names: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One official outlet of a unit.

    source: the kind of crawler source that reads it (`feed`, `site`, `wechat_page` …), None where nothing polls it.
    address: what that source reads first. hosts: where its items may live, lower case, `host` or `host:port`, exact.
    path: where the host is a parent body's, the prefix its items must lie under. options: the source's own (selectors).
    licence: reference of the unit's recorded consent; without one the channel cannot be approved.
    """

    id: ChannelId
    unit: UnitId
    kind: ChannelKind
    name: str
    source: str | None = None
    address: str | None = None
    hosts: tuple[str, ...] = ()
    path: str = "/"
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    status: WhitelistStatus = WhitelistStatus.APPLIED
    licence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhitelistChange:
    """One step of a channel's whitelist status; append-only."""

    channel: ChannelId
    before: WhitelistStatus | None
    after: WhitelistStatus
    who: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture, video or sound of an article; url absolute http(s)."""

    kind: MediaKind
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What a source read, before it is ours; never shown.

    url: absolute http(s), at most 2,048 characters. published: None where the source does not say (never guessed).
    author: the byline. account: the publishing account; of WeChat with its biz number (digits) and original id.
    Raises ValueError for an address that is not http(s) or too long.
    """

    channel: ChannelId
    url: str
    title: str
    text: str = ""
    html: CleanHtml = CleanHtml("")
    author: str = ""
    account: str = ""
    account_biz: str = ""
    account_id: str = ""
    published: Published | None = None
    kind: ItemKind = ItemKind.ARTICLE
    media: tuple[Media, ...] = ()

    def __post_init__(self) -> None:
        if not self.url.startswith(("http://", "https://")):
            raise ValueError(f"candidate address is not http(s): {self.url[:80]!r}")
        if len(self.url) > URL_CHARS:
            raise ValueError(f"candidate address is {len(self.url)} characters, at most {URL_CHARS} are taken")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A candidate that was not taken, with words its unit understands."""

    channel: str
    unit: UnitId | None
    url: str
    title: str
    reason: RefusalReason
    message: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One text of an item as it was collected; numbers from 1. omitted_chars: of its text, beyond what is kept."""

    item: ItemId
    number: int
    url: str
    title: str
    author: str
    account: str
    published: Published | None
    html: CleanHtml
    text: str
    media: tuple[Media, ...]
    content_hash: str
    collected_at: datetime
    omitted_chars: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One piece of the catalogue; latest, public: numbers of its newest and of its public version, None where none."""

    id: ItemId
    unit: UnitId
    channel: ChannelId
    key: str
    kind: ItemKind
    state: State
    latest: int
    public: int | None
    cluster: ClusterId
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A suggestion with a score (0 to 1) until an editor sets it; by: `machine`, or a user."""

    facet: Facet
    id: str
    score: float
    by: str = "machine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What an automatic check said of one version.

    where: `title`, `text` or `links`. start, end: characters in that field, end excluded. message: for the editor.
    """

    rule: str
    rule_version: int
    severity: Severity
    where: str
    start: int
    end: int
    excerpt: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an editor, the collector or a named policy did to one version; append-only.

    public_before, public_after: number of the public version around the move. rules: `id@version` of the findings the
    decider saw. undoes: the decision that this one takes back. batch: shared by the decisions that were made, or taken
    back, as one.
    """

    id: str
    item: ItemId
    version: int
    move: Move
    before: State
    after: State
    public_before: int | None
    public_after: int | None
    who: str
    why: str
    at: datetime
    rules: tuple[str, ...] = ()
    undoes: str | None = None
    batch: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One year's campaign; starts and ends are days in Beijing, both included."""

    id: str
    label: str
    theme: str
    starts: date
    ends: date
