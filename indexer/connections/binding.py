"""Bind an account that authorised the component to the channel that it is, or say why not; take it back."""

import dataclasses
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from config.settings import Settings
from indexer.base.actors import Actor
from indexer.base.ids import ChannelId
from indexer.base.text import storable_record
from indexer.connections.desk import connect
from indexer.connections.records import Connection, ConnectionState, Platform
from indexer.records import channels, connections, seen_accounts, tokens
from indexer.records.database import Database, Transaction
from indexer.records.retries import again_if_contended
from indexer.records.sealing import seal
from indexer.records.seen_accounts import SeenAccount
from indexer.records.tokens import SealedToken
from indexer.whitelist.records import Channel
from indexer.whitelist.wechat_accounts import Likeness, WechatAccount, account_of, likeness


class Fit(StrEnum):
    """What an account that was authorised is to a channel.

    unconfirmed: neither known to be its own nor another: bound, and a person is asked; what it publishes waits for
    that. foreign: the channel is registered as another account. taken: it is connected to another channel. no_channel:
    there is none.
    """

    FITS = "fits"
    UNCONFIRMED = "unconfirmed"
    FOREIGN = "foreign"
    TAKEN = "taken"
    NO_CHANNEL = "no_channel"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorisedAccount:
    """An account with what it granted. original_id, subject: empty where the platform does not say.

    token_name: under which its token is kept. lasts: of the token.
    """

    account: str
    name: str
    original_id: str
    subject: str
    rights: tuple[str, ...]
    refresh_token: str = dataclasses.field(repr=False)
    token_name: str
    token: str = dataclasses.field(repr=False)
    lasts: timedelta


@again_if_contended
def bind(
    database: Database, settings: Settings, channel: ChannelId, found: AuthorisedAccount, *, by: Actor, now: datetime
) -> Fit:
    """Connect the channel by an account, and keep its tokens; nothing is kept of one that is foreign or taken."""
    with database.transaction() as tx:
        held = channels.channel(tx, channel)
        if held is None:
            return Fit.NO_CHANNEL
        like = likeness_of(held, found)
        if like is Likeness.OTHER:
            return Fit.FOREIGN
        if connect(tx, bound(tx, settings, held, found, who=by.name, now=now), by=by) is not None:
            return Fit.TAKEN
        keep_beside(tx, settings, held, found, now=now)
    return Fit.FITS if like is Likeness.SAME else Fit.UNCONFIRMED


def likeness_of(channel: Channel, found: AuthorisedAccount) -> Likeness:
    """Return whether an account is the one that the channel is registered as."""
    return likeness(account_of(channel), _seen(found))


def bound(
    tx: Transaction, settings: Settings, channel: Channel, found: AuthorisedAccount, *, who: str, now: datetime
) -> Connection:
    """Return the connection of a channel by an account, kept by nobody yet. A name nobody confirmed waits for one."""
    clean, registered = storable_record(found), account_of(channel)
    before = connections.connection(tx, channel.id)
    known = before.name if before and before.account == clean.account else ""
    is_own = likeness_of(channel, found) is Likeness.SAME
    name = known or (registered.name if registered else "") or (clean.name if is_own else "")
    return Connection(
        channel=channel.id,
        platform=Platform.COMPONENT,
        account=clean.account,
        name=name,
        new_name="" if name == clean.name else clean.name,
        original_id=clean.original_id,
        subject=clean.subject,
        rights=clean.rights,
        sealed=seal(settings, found.refresh_token),
        who=who,
        at=now,
    )


def keep_beside(
    tx: Transaction, settings: Settings, channel: Channel, found: AuthorisedAccount, *, now: datetime
) -> None:
    """Keep the account's token; and where nobody knows yet whether it is the channel's own, have a person asked."""
    sealed = seal(settings, found.token)
    tokens.keep(tx, SealedToken(name=found.token_name, sealed=sealed, expires_at=now + found.lasts, fetched_at=now))
    if likeness_of(channel, found) is Likeness.UNPROVEN:
        seen_accounts.add_seen(tx, SeenAccount(channel=channel.id, account=_seen(found), url="", at=now))


def channel_for(tx: Transaction, found: AuthorisedAccount) -> ChannelId | None:
    """Return the channel of an account nobody came back with: the one it is connected to, else the only one that is
    registered under its original id.
    """
    known = connections.of_account(tx, Platform.COMPONENT, found.account)
    if known is not None and known.state is not ConnectionState.DISCONNECTED:
        return known.channel
    own = [one.id for one in channels.channels(tx) if _is_registered(one, found.original_id)]
    return own[0] if len(own) == 1 else None


def withdraw(tx: Transaction, connection: Connection, *, token_name: str, now: datetime) -> None:
    """Note that the account took its authorisation back; its secrets and its token are gone with it."""
    connections.save(tx, replace(connection, state=ConnectionState.WITHDRAWN, sealed="", at=now))
    tokens.drop(tx, token_name)


def _is_registered(channel: Channel, original_id: str) -> bool:
    account = account_of(channel)
    return bool(original_id and account and account.original_id.lower() == original_id.lower())


def _seen(found: AuthorisedAccount) -> WechatAccount:
    return WechatAccount(original_id=found.original_id, name=found.name)
