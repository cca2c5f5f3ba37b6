"""The whitelist's use cases: import a file, approve, suspend, revoke; each is one transaction with its audit rows.

A file given to an import may carry `status: approved` with a licence, as a deployment's own signed whitelist does. It
counts only where the importer names who approves, and then lifts `applied` alone: what was suspended or revoked by a
person is lifted by a person. `suspended` and `revoked` in a file always take effect. Nothing absent is deleted.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import PurePath

from config.units import UnitEntry
from indexer.items import Channel, ChannelId, ChannelKind, WhitelistChange, WhitelistStatus
from indexer.reasons import is_reason
from indexer.records import channels as whitelist
from indexer.records import seen_accounts
from indexer.records.database import Database, Transaction
from indexer.wechat_accounts import WechatAccount, account_of, with_account
from indexer.whitelist_diff import Comparison, compare, not_approvable

S = WhitelistStatus


class WhitelistRefused(Exception):
    """A change of status that cannot be made, in words for the person who asked."""


class WhitelistStale(WhitelistRefused):
    """The channel is no longer as the person saw it; last: the step that was made meanwhile, where one was."""

    def __init__(self, channel: Channel, last: WhitelistChange | None) -> None:
        self.channel, self.last = channel, last
        super().__init__(f"`{channel.id}` is not as you saw it: it is {channel.status} now")


def preview(database: Database, entries: Sequence[UnitEntry], *, file: str, approve: bool = False) -> Comparison:
    """Return what an import would change; nothing is written. Raises ConfigRefused."""
    with database.reading() as tx:
        return _compare(tx, entries, file=file, approve=approve)


def import_units(
    database: Database, entries: Sequence[UnitEntry], *, file: str, who: str, now: datetime, approve: bool = False
) -> Comparison:
    """Write what the file says and return what that changed; again with the same file it changes nothing.

    who: the importer, and with `approve` the person who answers for the approvals. Raises ConfigRefused, nothing
    written, where file and records contradict each other.
    """
    why = f"白名单文件 {PurePath(file).name}"
    with database.transaction() as tx:
        comparison = _compare(tx, entries, file=file, approve=approve)
        for unit in comparison.saved_units:
            whitelist.save_unit(tx, unit)
        for channel in comparison.saved_channels:
            _save(tx, channel, who=who, why=why, now=now)
        for step in comparison.steps:
            if step.is_taken:
                _move(tx, step.channel, before=step.before, after=step.after, who=who, why=why, now=now)
    return comparison


def approve(
    database: Database,
    channel: ChannelId,
    *,
    who: str,
    why: str,
    now: datetime,
    licence: str | None = None,
    path: str | None = None,
    seen: WhitelistStatus | None = None,
) -> WhitelistChange:
    """Approve a channel and return the step. licence, path: written first; else what is recorded counts.

    seen: of this step and the next ones, the status it was decided on; another one now raises WhitelistStale.
    Raises WhitelistRefused where the channel is unknown, approved already, or lacks licence, host or path.
    """
    with database.transaction() as tx:
        held = _held(tx, channel, seen)
        ready = replace(held, licence=licence or held.licence, path=path or held.path)
        if reason := not_approvable(ready):
            raise WhitelistRefused(f"`{channel}` cannot be approved: {reason}")
        if ready != held:
            whitelist.save_channel(tx, ready)
        return _lawful_move(tx, held, after=S.APPROVED, who=who, why=why, now=now)


def suspend(
    database: Database,
    channel: ChannelId,
    *,
    who: str,
    why: str,
    now: datetime,
    seen: WhitelistStatus | None = None,
) -> WhitelistChange:
    """Stop reading a channel for now and return the step. Raises WhitelistRefused."""
    with database.transaction() as tx:
        return _lawful_move(tx, _held(tx, channel, seen), after=S.SUSPENDED, who=who, why=why, now=now)


def revoke(
    database: Database,
    channel: ChannelId,
    *,
    who: str,
    why: str,
    now: datetime,
    seen: WhitelistStatus | None = None,
) -> WhitelistChange:
    """Take a channel off the whitelist and return the step. Raises WhitelistRefused."""
    with database.transaction() as tx:
        return _lawful_move(tx, _held(tx, channel, seen), after=S.REVOKED, who=who, why=why, now=now)


def confirm_account(
    database: Database, channel: ChannelId, account: WechatAccount, *, who: str, now: datetime
) -> WechatAccount:
    """Make an account that a pushed page named the channel's own, and return it as registered now.

    The step stands in the channel's history. Raises WhitelistStale where the account does not wait for this any more
    (another one was confirmed, say), WhitelistRefused where the channel is unknown or is no WeChat account.
    """
    with database.transaction() as tx:
        held = _held(tx, channel)
        if held.kind is not ChannelKind.WECHAT:
            raise WhitelistRefused(f"`{channel}` is no WeChat account")
        if account not in [seen.account for seen in seen_accounts.seen_of(tx, channel)]:
            raise WhitelistStale(held, _last(tx, channel))
        confirmed = with_account(held, account)
        whitelist.save_channel(tx, confirmed)
        seen_accounts.forget_seen(tx, channel)
        _move(tx, channel, before=held.status, after=held.status, who=who, why=f"确认公众号：{account}", now=now)
    return account_of(confirmed) or account


def _compare(tx: Transaction, entries: Sequence[UnitEntry], *, file: str, approve: bool) -> Comparison:
    held, channels = whitelist.units(tx), whitelist.channels(tx)
    return compare(entries, units=held, channels=channels, file=file, approve=approve)


def _save(tx: Transaction, channel: Channel, *, who: str, why: str, now: datetime) -> None:
    """A new channel's first status, and a change to an approved one, each leave a row."""
    is_new = whitelist.channel(tx, channel.id) is None
    whitelist.save_channel(tx, channel)
    if is_new:
        _move(tx, channel.id, before=None, after=channel.status, who=who, why=why, now=now)
    elif channel.status is S.APPROVED:
        _move(tx, channel.id, before=S.APPROVED, after=S.APPROVED, who=who, why=f"{why}：登记内容有更改", now=now)


def _held(tx: Transaction, channel: ChannelId, seen: WhitelistStatus | None = None) -> Channel:
    held = whitelist.channel(tx, channel)
    if held is None:
        raise WhitelistRefused(f"there is no channel `{channel}`; `carnival units list` shows them")
    if seen not in (None, held.status):
        raise WhitelistStale(held, _last(tx, channel))
    return held


def _last(tx: Transaction, channel: ChannelId) -> WhitelistChange | None:
    changes = whitelist.status_changes(tx, channel)
    return changes[-1] if changes else None


def _lawful_move(
    tx: Transaction, held: Channel, *, after: WhitelistStatus, who: str, why: str, now: datetime
) -> WhitelistChange:
    if held.status is after:
        raise WhitelistRefused(f"`{held.id}` is {after} already")
    if not is_reason(why) or not is_reason(who):
        raise WhitelistRefused("a change of status names who makes it and why")
    return _move(tx, held.id, before=held.status, after=after, who=who, why=why, now=now)


def _move(
    tx: Transaction,
    channel: ChannelId,
    *,
    before: WhitelistStatus | None,
    after: WhitelistStatus,
    who: str,
    why: str,
    now: datetime,
) -> WhitelistChange:
    change = WhitelistChange(channel=channel, before=before, after=after, who=who, why=why, at=now)
    whitelist.change_status(tx, change)
    return change
