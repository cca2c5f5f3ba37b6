"""What people do to connections: have one tried by the collector, end one, confirm that its account has a new name."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from config.settings import Settings
from config.words import ChannelKind
from indexer.base.actors import Actor
from indexer.base.changes import ChangeKind, changed
from indexer.base.ids import ChannelId
from indexer.connections.records import Connection, ConnectionState, Platform
from indexer.records import channels, connections, inbox, ledger, tokens
from indexer.records.database import Database, Transaction
from indexer.records.inbox import InboxKind
from indexer.records.sealing import seal
from indexer.whitelist.records import Channel

APPID = re.compile(r"wx[0-9a-f]{16}")
SECRET = re.compile(r"[0-9A-Za-z]{16,64}")
CALLBACK_TOKEN = re.compile(r"[0-9A-Za-z]{3,32}")
AES_KEY = re.compile(r"[0-9A-Za-z]{43}")
OF_PLATFORM: Mapping[Platform, ChannelKind] = {
    Platform.WECHAT: ChannelKind.WECHAT,
    Platform.COMPONENT: ChannelKind.WECHAT,
    Platform.WEIBO: ChannelKind.WEIBO,
}
SEALED, CALLBACK_SEALED = "sealed", "callback_sealed"  # fields of what is filed that hold secrets, sealed
TOKENS = ("wechat", "authorizer", "weibo")  # beginnings of the names of an account's tokens


class ConnectProblem(StrEnum):
    """Why nothing was filed or ended."""

    NO_CHANNEL = "no_such_channel"
    OTHER_KIND = "channel_of_another_platform"
    APPID = "bad_appid"
    SECRET = "bad_secret"  # noqa: S105 - the name of a problem
    CALLBACK = "bad_callback"
    NOT_CONNECTED = "not_connected"
    NO_NEW_NAME = "no_new_name"


class ConnectRefused(Exception):
    """A connection that cannot be filed or changed."""

    def __init__(self, problem: ConnectProblem) -> None:
        self.problem = problem
        super().__init__(problem.value)


def file_wechat(
    database: Database,
    settings: Settings,
    *,
    channel: ChannelId,
    appid: str,
    secret: str,
    token: str = "",
    aes_key: str = "",
    by: Actor,
    now: datetime,
) -> str:
    """File an account's app id and secret, sealed, for the collector to try; return the id of what is filed.

    token, aes_key: of its callbacks, both or neither. Raises ConnectRefused, ConfigRefused.
    """
    if not APPID.fullmatch(appid):
        raise ConnectRefused(ConnectProblem.APPID)
    if not SECRET.fullmatch(secret):
        raise ConnectRefused(ConnectProblem.SECRET)
    if (token or aes_key) and not (CALLBACK_TOKEN.fullmatch(token) and AES_KEY.fullmatch(aes_key)):
        raise ConnectRefused(ConnectProblem.CALLBACK)
    callback = seal(settings, json.dumps({"token": token, "aes_key": aes_key})) if token else ""
    fields = {"account": appid, SEALED: seal(settings, secret), CALLBACK_SEALED: callback}
    return file_connect(database, Platform.WECHAT, channel=channel, fields=fields, by=by, now=now)


def file_connect(
    database: Database, platform: Platform, *, channel: ChannelId, fields: Mapping[str, str], by: Actor, now: datetime
) -> str:
    """File what a person entered or brought back from a platform; return its id. fields: secrets in them are sealed.

    Raises ConnectRefused.
    """
    with database.transaction() as tx:
        return file_in(tx, platform, channel=channel, fields=fields, by=by, now=now)


def file_in(
    tx: Transaction,
    platform: Platform,
    *,
    channel: ChannelId,
    fields: Mapping[str, str],
    by: Actor,
    now: datetime,
    kind: InboxKind = InboxKind.CONNECT,
) -> str:
    """File as `file_connect` does, in a transaction that does more. Raises ConnectRefused."""
    payload = {**fields, "platform": platform.value, "actor": by.id or ""}
    known_channel(tx, channel, platform)
    return inbox.file(tx, kind, channel=channel, payload=payload, who=by.name, at=now)


def known_channel(tx: Transaction, channel: ChannelId, platform: Platform) -> Channel:
    """Return the channel, where it is one of that platform. Raises ConnectRefused."""
    found = channels.channel(tx, channel)
    if found is None:
        raise ConnectRefused(ConnectProblem.NO_CHANNEL)
    if found.kind is not OF_PLATFORM[platform]:
        raise ConnectRefused(ConnectProblem.OTHER_KIND)
    return found


def connect(tx: Transaction, connection: Connection, *, by: Actor) -> Connection | None:
    """Keep a connection that was tried; None. Or return the other channel's that has the account, and keep nothing."""
    for platform in Platform:
        other = connections.of_account(tx, platform, connection.account)
        if other is None or other.channel == connection.channel:
            continue
        if other.state is not ConnectionState.DISCONNECTED:
            return other
        connections.remove(tx, other.channel)  # it was ended: only its trace stands in the way
    held = connections.connection(tx, connection.channel)
    if held is not None and held.account == connection.account:  # what a person confirmed of it holds on
        kept = {name: getattr(connection, name) or getattr(held, name) for name in ("name", "original_id", "subject")}
        connection = replace(connection, **kept)
    connections.save(tx, connection)
    _note(tx, ChangeKind.CHANNEL_CONNECTED, connection, by=by, now=connection.at)
    return None


def disconnect(database: Database, channel: ChannelId, *, by: Actor, now: datetime) -> Connection:
    """End a connection here: its secrets and tokens are wiped, who ended it stays. Raises ConnectRefused."""
    with database.transaction() as tx:
        held = connections.connection(tx, channel)
        if held is None or held.state is ConnectionState.DISCONNECTED:
            raise ConnectRefused(ConnectProblem.NOT_CONNECTED)
        ended = replace(
            held,
            state=ConnectionState.DISCONNECTED,
            sealed="",
            callback_sealed="",
            expires_at=None,
            who=by.name,
            at=now,
        )
        connections.save(tx, ended)
        for kind in TOKENS:
            tokens.drop(tx, f"{kind}:{held.account}")
        _note(tx, ChangeKind.CHANNEL_DISCONNECTED, ended, by=by, now=now)
    return ended


def notice_account(
    tx: Transaction, connection: Connection, *, name: str = "", original_id: str = "", subject: str = ""
) -> Connection:
    """Note what a platform says of an account, and return the connection as it is kept.

    A name that differs from the one a person confirmed waits for a person; the first one needs none.
    """
    is_changed = bool(name and connection.name and name != connection.name)
    seen = replace(
        connection,
        name=connection.name or name,
        new_name=name if is_changed else "" if name else connection.new_name,
        original_id=original_id or connection.original_id,
        subject=subject or connection.subject,
    )
    if seen != connection:
        connections.save(tx, seen)
    return seen


def confirm_name(database: Database, channel: ChannelId, *, new_name: str, by: Actor, now: datetime) -> Connection:
    """Take the name that the platform calls the account now for its name. new_name: as the person saw it.

    Raises ConnectRefused, also where it is called otherwise by now.
    """
    with database.transaction() as tx:
        held = connections.connection(tx, channel)
        if held is None or not new_name or held.new_name != new_name:
            raise ConnectRefused(ConnectProblem.NO_NEW_NAME)
        named = replace(held, name=new_name, new_name="")
        connections.save(tx, named)
        _note(tx, ChangeKind.ACCOUNT_NAME_CONFIRMED, named, by=by, now=now)
    return named


def _note(tx: Transaction, kind: ChangeKind, connection: Connection, *, by: Actor, now: datetime) -> None:
    facts = {"platform": connection.platform.value, "account": connection.account, "name": connection.name}
    said = {name: value for name, value in facts.items() if value}
    ledger.append(tx, changed(kind, connection.channel, said, by=by, now=now))
