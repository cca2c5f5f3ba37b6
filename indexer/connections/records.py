"""Connections: by what authorisation the collector asks a platform for what a channel published."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from indexer.base.ids import ChannelId

CREDENTIAL = "connection:"  # before the channel's id: the name of a connection's credential in an Ask


class Platform(StrEnum):
    """Which way into which platform.

    wechat: the account's own app id and secret. component: the account authorised our third-party platform. weibo: the
    account's owner authorised our application.
    """

    WECHAT = "wechat"
    COMPONENT = "component"
    WEIBO = "weibo"


class ConnectionState(StrEnum):
    """expired: its time ran out. withdrawn: ended at the platform. disconnected: ended here, by a person."""

    CONNECTED = "connected"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    DISCONNECTED = "disconnected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """How one channel is asked for at its platform.

    account: app id, or user id. name: of the account, as a person confirmed it; new_name: what the platform calls it
    now, where that differs. subject: whose account the platform verified it to be. rights: numbers of what was granted.
    sealed: secret, refresh token or access token; callback_sealed: JSON `{token, aes_key}` of the account's callbacks
    (both by indexer/records/sealing.py; empty where there is none). expires_at: end of the authorisation, where it has
    one. who: the account of the person who connected, or ended it.
    """

    channel: ChannelId
    platform: Platform
    account: str
    name: str = ""
    new_name: str = ""
    original_id: str = ""
    subject: str = ""
    rights: tuple[str, ...] = ()
    state: ConnectionState = ConnectionState.CONNECTED
    sealed: str = field(default="", repr=False)
    callback_sealed: str = field(default="", repr=False)
    expires_at: datetime | None = None
    who: str
    at: datetime

    @property
    def credential(self) -> str:
        """The name of its credential, as an Ask gives it."""
        return credential_of(self.channel)


def credential_of(channel: ChannelId) -> str:
    """Return the name under which the connection of a channel is a credential."""
    return f"{CREDENTIAL}{channel}"
