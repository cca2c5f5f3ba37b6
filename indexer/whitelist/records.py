"""Units, their channels, and every step of a channel's whitelist status."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from config.words import ChannelKind, WhitelistStatus
from indexer.base.actors import Actor, ActorKind, recorded
from indexer.base.ids import ChannelId, UnitId


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
    """One step of a channel's whitelist status; append-only. actor_kind, actor_id: unknown of rows of old."""

    channel: ChannelId
    before: WhitelistStatus | None
    after: WhitelistStatus
    who: str
    why: str
    at: datetime
    actor_kind: ActorKind | None = None
    actor_id: str | None = None

    @property
    def actor(self) -> Actor:
        """Who made it."""
        return recorded(kind=self.actor_kind, id=self.actor_id, who=self.who)
