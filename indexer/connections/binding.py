"""Bind an account that authorised the component to the channel that it is, or say why not; take it back."""

import dataclasses
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from config.settings import Settings
from indexer.base.ids import ChannelId
from indexer.base.text import storable_record
from indexer.connections.records import Connection, ConnectionState, Platform
from indexer.records import channels, connections, seen_accounts, tokens
from indexer.records.database import Database, Transaction
from indexer.records.retries import again_if_contended
from indexer.records.sealing import seal
from indexer.records.seen_accounts import SeenAccount
from indexer.records.tokens import SealedToken
from indexer.whitelist.records import Channel
from indexer.whitelist.wechat_accounts import Likeness, WechatAccount, account_of, likeness

OVER = frozenset({ConnectionState.WITHDRAWN, ConnectionState.DISCONNECTED})


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
    database: Database, settings: Settings, channel: ChannelId, found: AuthorisedAccount, *, who: str, now: datetime
) -> Fit:
    """Connect the channel by an account, and keep its tokens; nothing is kept of one that is foreign or taken."""
    clean = storable_record(found)
    sealed, token = seal(settings, found.refresh_token), seal(settings, found.token)
    with database.transaction() as tx:
        held = channels.channel(tx, channel)
        if held is None:
            return Fit.NO_CHANNEL
        seen = WechatAccount(original_id=clean.original_id, name=clean.name)
        like = likeness(account_of(held), seen)
        if like is Likeness.OTHER:
            return Fit.FOREIGN
        if _is_taken(tx, clean.account, channel):
            return Fit.TAKEN
        connections.save(tx, _connection(tx, held, clean, like=like, sealed=sealed, who=who, now=now))
        kept = SealedToken(name=found.token_name, sealed=token, expires_at=now + found.lasts, fetched_at=now)
        tokens.keep(tx, kept)
        if like is Likeness.UNPROVEN:
            seen_accounts.add_seen(tx, SeenAccount(channel=channel, account=seen, url="", at=now))
    return Fit.FITS if like is Likeness.SAME else Fit.UNCONFIRMED


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


def _is_taken(tx: Transaction, account: str, channel: ChannelId) -> bool:
    """Whether another channel has the account; one that had it before gives it up."""
    for platform in (Platform.COMPONENT, Platform.WECHAT):
        other = connections.of_account(tx, platform, account)
        if other is None or other.channel == channel:
            continue
        if other.state not in OVER:
            return True
        if platform is Platform.COMPONENT:
            connections.remove(tx, other.channel)
    return False


def _connection(
    tx: Transaction, channel: Channel, found: AuthorisedAccount, *, like: Likeness, sealed: str, who: str, now: datetime
) -> Connection:
    """The row as it is from now on. A name that nobody confirmed is shown to a person."""
    registered = account_of(channel)
    before = connections.connection(tx, channel.id)
    known = before.name if before and before.account == found.account else ""
    name = known or (registered.name if registered else "") or (found.name if like is Likeness.SAME else "")
    return Connection(
        channel=channel.id,
        platform=Platform.COMPONENT,
        account=found.account,
        name=name,
        new_name="" if name == found.name else found.name,
        original_id=found.original_id,
        subject=found.subject,
        rights=found.rights,
        sealed=sealed,
        who=who,
        at=now,
    )
