"""The frozen records of the catalogue: candidates, items, their versions and media, and the campaign's years."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from config.words import ItemKind as ItemKind  # a word of files too; of the catalogue it is read here
from indexer.base.ids import ChannelId, ClusterId, ItemId, UnitId
from indexer.base.times import Published
from indexer.review.records import State

CleanHtml = NewType("CleanHtml", str)  # only crawler.extract.clean makes it; only it may be shown unescaped

URL_CHARS, TITLE_CHARS = 2048, 500
NOT_ASKED = 0  # a status, where no site was asked


class Proof(StrEnum):
    """By what a candidate is known to be its channel's."""

    ADDRESS = "address"  # it lies on the channel's hosts and path
    ACCOUNT = "account"  # … and was published by the channel's account: for a platform that many share


class MediaKind(StrEnum):
    """What a medium inside an article is."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture, video or sound of an article; url, cover, replay: absolute http(s); what is not declared is empty.

    cover: address of the picture that stands for a video. seconds: how long it is. starts, ends: of a live stream,
    aware. replay: where it can be seen afterwards. credit: who made the picture, as its source says it. ai_label: the
    words by which the source marks it as made by a machine.
    """

    kind: MediaKind
    url: str
    title: str = ""
    cover: str = ""
    seconds: int | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    replay: str = ""
    credit: str = ""
    ai_label: str = ""

    @property
    def picture(self) -> str:
        """The address of the picture that is shown of it: itself, or its cover; empty where there is none."""
        return self.url if self.kind is MediaKind.IMAGE else self.cover


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What a source read, before it is ours; never shown.

    url: absolute http(s), at most 2,048 characters. published: None where the source does not say (never guessed).
    author: the byline. account: the publishing account; of WeChat with its biz number (digits) and original id.
    proof: by what its source tells that it is the channel's; intake holds it to that.
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
    proof: Proof = Proof.ADDRESS

    def __post_init__(self) -> None:
        if not self.url.startswith(("http://", "https://")):
            raise ValueError(f"candidate address is not http(s): {self.url[:80]!r}")
        if len(self.url) > URL_CHARS:
            raise ValueError(f"candidate address is {len(self.url)} characters, at most {URL_CHARS} are taken")


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One text of an item as it was collected; numbers from 1. omitted_chars: of its text, beyond what is kept.

    is_awaited: somebody waits for it, its unit pushed it say: it is understood before what a round brought.
    """

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
    is_awaited: bool = False


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
class Evidence:
    """The answer that a version was read from: an entry's is its feed. sha256, size: of its body as it was received.

    url: after redirects. status: NOT_ASKED where a file was pushed, which is what the unit says stood at `url`.
    headers: names in lower case.
    """

    item: ItemId
    version: int
    url: str
    status: int
    headers: Mapping[str, str]
    received_at: datetime
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One year's campaign; starts and ends are days in Beijing, both included."""

    id: str
    label: str
    theme: str
    starts: date
    ends: date
