"""Connections of channels to platforms, in the words of those who make and end them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from indexer.connections.desk import ConnectProblem
from indexer.connections.records import ConnectionState, Platform
from indexer.records.inbox import Filed
from web.app.states import StateProblem
from web.shown.filed import STANDINGS

LATE = timedelta(minutes=3)  # then nobody seems to take it: the collector is not running
P = ConnectProblem
PLATFORMS: Mapping[Platform, LazyString] = MappingProxyType(
    {
        Platform.WECHAT: _("WeChat, by AppID and AppSecret"),
        Platform.COMPONENT: _("WeChat, by authorisation of our platform"),
        Platform.WEIBO: _("Weibo, by authorisation of our application"),
    }
)
STATES: Mapping[ConnectionState, LazyString] = MappingProxyType(
    {
        ConnectionState.CONNECTED: _("connected"),
        ConnectionState.EXPIRED: _("authorisation ended"),
        ConnectionState.WITHDRAWN: _("authorisation withdrawn at the platform"),
        ConnectionState.DISCONNECTED: _("disconnected here"),
    }
)
CONNECT_PROBLEMS: Mapping[ConnectProblem, LazyString] = MappingProxyType(
    {
        P.NO_CHANNEL: _("There is no such channel."),
        P.OTHER_KIND: _("The channel is of another platform."),
        P.APPID: _("An AppID is “wx” and 16 digits or letters from a to f. Copy it from the platform's page."),
        P.SECRET: _("An AppSecret is 32 digits or letters. Copy it from the platform's page."),
        P.CALLBACK: _("For callbacks give both: the token (3 to 32 letters or digits) and the EncodingAESKey (43)."),
        P.NOT_CONNECTED: _("The channel is not connected."),
        P.NO_NEW_NAME: _("The account is called otherwise by now. Look at the page again."),
    }
)

S = StateProblem
STATE_PROBLEMS: Mapping[StateProblem, LazyString] = MappingProxyType(
    {
        S.FOREIGN: _("This return did not begin here, or in another sign-in. Begin again on the channel's page."),
        S.LATE: _("More than a quarter of an hour has gone by. Begin again on the channel's page."),
        S.USED: _("This return was used already. See below what came of it, or begin again."),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownConnecting:
    """A try to connect. says: how it stands. words: Chinese, why not and what to do, or what follows.

    is_late: it waits for longer than the collector takes when it runs.
    """

    says: LazyString
    at: datetime
    account: str
    words: str
    is_waiting: bool
    is_late: bool
    is_connected: bool


def connecting(filed: Filed, *, now: datetime) -> ShownConnecting:
    """Return a try to connect as it is shown."""
    waits = filed.done_at is None
    return ShownConnecting(
        says=STANDINGS[filed.standing],
        at=filed.at,
        account=filed.payload.get("account", ""),
        words=filed.outcome.words if filed.outcome else "",
        is_waiting=waits,
        is_late=waits and now - filed.at > LATE,
        is_connected=bool(filed.outcome and filed.outcome.became == "connected"),
    )
