"""The whitelist's use cases: import a file, apply, make a step, confirm an account; each one transaction with its rows.

Which moves are open, and what they need, is said by `states` alone.

A file given to an import may carry `status: approved` with a licence, as a deployment's own signed whitelist does. It
counts only where the importer names who approves, and then lifts `applied` alone: what was suspended or revoked by a
person is lifted by a person. `suspended` and `revoked` in a file always take effect. Nothing absent is deleted.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import PurePath

from config.units.entries import ChannelEntry, UnitEntry
from config.words import WhitelistStatus
from indexer.base.actors import Actor
from indexer.base.ids import ChannelId, UnitId
from indexer.records import channels as whitelist
from indexer.records import ledger, originality, outbox, picture_hosts, seen_accounts
from indexer.records.database import Database, Transaction
from indexer.records.turns import Turn, take_turn
from indexer.whitelist import states
from indexer.whitelist.diff import Comparison, channel_of, compare, free_id, same_channel
from indexer.whitelist.records import Channel, WhitelistChange
from indexer.whitelist.states import Origin, WhitelistMove, WhitelistProblem, WhitelistRefused
from indexer.whitelist.wechat_accounts import WechatAccount, account_of, with_account

S = WhitelistStatus


class WhitelistStale(WhitelistRefused):
    """The channel is no longer as the person saw it; last: the step that was made meanwhile, where one was."""

    def __init__(self, channel: Channel, last: WhitelistChange | None) -> None:
        self.channel, self.last = channel, last
        words = f"`{channel.id}` is not as you saw it: it is {channel.status} now"
        super().__init__(words, WhitelistProblem.STALE)


def preview(database: Database, entries: Sequence[UnitEntry], *, file: str, approve: bool = False) -> Comparison:
    """Return what an import would change; nothing is written. Raises ConfigRefused."""
    with database.reading() as tx:
        return _compare(tx, entries, file=file, approve=approve)


def import_units(
    database: Database, entries: Sequence[UnitEntry], *, file: str, who: Actor, now: datetime, approve: bool = False
) -> Comparison:
    """Write what the file says and return what that changed; again with the same file it changes nothing.

    who: the importer, and with `approve` the person who answers for the approvals. Raises ConfigRefused, nothing
    written, where file and records contradict each other.
    """
    why = f"白名单文件 {PurePath(file).name}"
    with database.transaction() as tx:
        take_turn(tx, Turn.WHITELIST)
        comparison = _compare(tx, entries, file=file, approve=approve)
        for unit in comparison.saved_units:
            whitelist.save_unit(tx, unit)
        outbox.add_of_units(tx, [unit.id for unit in comparison.saved_units], at=now)
        for channel in comparison.saved_channels:
            _save(tx, channel, who=who, why=why, now=now)
        originality.names_changed(
            tx, {unit.id for unit in comparison.saved_units} | {channel.unit for channel in comparison.saved_channels}
        )
        for wanted in comparison.steps:
            if wanted.is_taken:
                held = _held(tx, wanted.channel)
                move = states.TOWARDS[wanted.after]
                row = states.decide(held, move, before=held.status, who=who, why=why, at=now, origin=Origin.FILE)
                ledger.append(tx, row)
    return comparison


def apply_for(database: Database, unit: UnitId, entry: ChannelEntry, *, who: Actor, why: str, now: datetime) -> Channel:
    """Write a new channel of a unit as `applied`, with its first row, and return it.

    entry: as a file would say it. Raises WhitelistRefused where there is no such unit or it has this channel already.
    """
    with database.transaction() as tx:
        take_turn(tx, Turn.WHITELIST)
        held = whitelist.unit(tx, unit)
        if held is None:
            raise WhitelistRefused(f"there is no unit `{unit}`", WhitelistProblem.NO_UNIT)
        known = whitelist.channels(tx)
        if (same := same_channel(entry, unit, known)) is not None:
            raise WhitelistRefused(f"`{same.id}` is this channel already", WhitelistProblem.REGISTERED)
        made = channel_of(entry, free_id(entry, unit, {one.id for one in known}), unit=held)
        row = states.decide(made, WhitelistMove.APPLY, before=None, who=who, why=why, at=now)
        whitelist.save_channel(tx, made)
        originality.names_changed(tx, {unit})
        ledger.append(tx, row)
    return made


def step(
    database: Database,
    channel: ChannelId,
    move: WhitelistMove,
    *,
    who: Actor,
    why: str,
    now: datetime,
    licence: str | None = None,
    path: str | None = None,
    seen: WhitelistStatus | None = None,
) -> WhitelistChange:
    """Make a person's move on a channel and return its row. licence, path: written first, where they are given.

    seen: the status that it was decided on; another one now raises WhitelistStale. Raises WhitelistRefused where the
    channel is unknown or the law of `states` does not let the move through.
    """
    with database.transaction() as tx:
        take_turn(tx, Turn.WHITELIST)
        held = _held(tx, channel, seen)
        ready = replace(held, licence=licence or held.licence, path=path or held.path)
        change = states.decide(ready, move, before=held.status, who=who, why=why, at=now)
        if ready != held:
            whitelist.save_channel(tx, ready)
        ledger.append(tx, change)
    return change


def confirm_account(
    database: Database, channel: ChannelId, account: WechatAccount, *, who: Actor, now: datetime
) -> WechatAccount:
    """Make an account that a pushed page named the channel's own, and return it as registered now.

    The step stands in the channel's history. Raises WhitelistStale where the account does not wait for this any more
    (another one was confirmed, say), WhitelistRefused where the channel is unknown or is no WeChat account.
    """
    with database.transaction() as tx:
        take_turn(tx, Turn.WHITELIST)
        held = _held(tx, channel)
        states.check_wechat(held)
        if account not in [seen.account for seen in seen_accounts.seen_of(tx, channel)]:
            raise WhitelistStale(held, _last(tx, channel))
        confirmed = with_account(held, account)
        why = f"确认公众号：{account}"
        row = states.decide(confirmed, WhitelistMove.AMEND, before=held.status, who=who, why=why, at=now)
        whitelist.save_channel(tx, confirmed)
        seen_accounts.forget_seen(tx, channel)
        ledger.append(tx, row)
    return account_of(confirmed) or account


def _compare(tx: Transaction, entries: Sequence[UnitEntry], *, file: str, approve: bool) -> Comparison:
    held, channels = whitelist.units(tx), whitelist.channels(tx)
    return compare(entries, units=held, channels=channels, file=file, approve=approve)


def _save(tx: Transaction, channel: Channel, *, who: Actor, why: str, now: datetime) -> None:
    """A new channel's first status, and a change to an approved one, each leave a row.

    Where it has other hosts, pictures may lie there that were refused before.
    """
    held = whitelist.channel(tx, channel.id)
    whitelist.save_channel(tx, channel)
    decided = partial(states.decide, channel, who=who, at=now, origin=Origin.FILE)
    if held is None:
        ledger.append(tx, decided(WhitelistMove.APPLY, before=None, why=why))
        return
    if held.hosts != channel.hosts:
        picture_hosts.want_foreign(tx, channel.id)
    if held.status is S.APPROVED:
        why = f"{why}：登记内容有更改"
        ledger.append(tx, decided(WhitelistMove.AMEND, before=held.status, why=why))


def _held(tx: Transaction, channel: ChannelId, seen: WhitelistStatus | None = None) -> Channel:
    held = whitelist.channel(tx, channel)
    if held is None:
        words = f"there is no channel `{channel}`; `carnival units list` shows them"
        raise WhitelistRefused(words, WhitelistProblem.UNKNOWN)
    if seen not in (None, held.status):
        raise WhitelistStale(held, _last(tx, channel))
    return held


def _last(tx: Transaction, channel: ChannelId) -> WhitelistChange | None:
    changes = whitelist.status_changes(tx, channel)
    return changes[-1] if changes else None
