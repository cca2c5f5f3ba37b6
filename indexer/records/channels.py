"""The whitelist: units, their channels, every step of a channel's status, and what was refused."""

from collections.abc import Sequence

from sqlalchemy import insert, select, update

from indexer.items import Channel, ChannelId, Refusal, Unit, UnitId, WhitelistChange
from indexer.records import rows
from indexer.records import tables as t
from indexer.records.database import Transaction
from indexer.texts import storable_record


class StaleStatus(Exception):
    """The channel's status is not the one this change starts from: somebody was quicker, or it does not exist."""


def units(tx: Transaction) -> list[Unit]:
    """Return all units by name."""
    return [rows.unit_of(row) for row in tx.rows(select(t.units).order_by(t.units.c.name, t.units.c.id))]


def unit(tx: Transaction, unit: UnitId) -> Unit | None:
    """Return one unit."""
    row = tx.first(select(t.units).where(t.units.c.id == unit))
    return rows.unit_of(row) if row else None


def save_unit(tx: Transaction, unit: Unit) -> None:
    """Write a new unit, or everything of one we have."""
    values = rows.unit_values(unit)
    if not tx.change(update(t.units).where(t.units.c.id == unit.id).values(values)):
        tx.change(insert(t.units).values(values))


def channels(tx: Transaction, unit: UnitId | None = None) -> list[Channel]:
    """Return the channels, of one unit or all, by unit and id."""
    query = select(t.channels).order_by(t.channels.c.unit, t.channels.c.id)
    if unit is not None:
        query = query.where(t.channels.c.unit == unit)
    return [rows.channel_of(row) for row in tx.rows(query)]


def channel(tx: Transaction, channel: ChannelId) -> Channel | None:
    """Return one channel."""
    row = tx.first(select(t.channels).where(t.channels.c.id == channel))
    return rows.channel_of(row) if row else None


def save_channel(tx: Transaction, channel: Channel) -> None:
    """Write a new channel, or everything but the status of one we have: only `change_status` moves that."""
    values = rows.channel_values(channel)
    if not tx.change(update(t.channels).where(t.channels.c.id == channel.id).values(values)):
        tx.change(insert(t.channels).values(values | {"status": channel.status}))


def change_status(tx: Transaction, change: WhitelistChange) -> None:
    """Move a channel's status and keep the step. Raises StaleStatus where the status is not `change.before`.

    With `before` None the step records a channel's first status, which must be `after` already.
    """
    expected = change.after if change.before is None else change.before
    moved = tx.change(
        update(t.channels)
        .where(t.channels.c.id == change.channel, t.channels.c.status == expected)
        .values(status=change.after)
    )
    if not moved:
        raise StaleStatus(f"channel {change.channel} does not stand at {expected}")
    tx.change(
        insert(t.whitelist_changes).values(
            channel=change.channel,
            before=change.before,
            after=change.after,
            who=change.who,
            why=change.why,
            at=change.at,
        )
    )


def status_changes(tx: Transaction, channel: ChannelId) -> list[WhitelistChange]:
    """Return a channel's steps, oldest first."""
    c = t.whitelist_changes.c
    query = select(t.whitelist_changes).where(c.channel == channel).order_by(c.id)
    return [rows.change_of(row) for row in tx.rows(query)]


def add_refusal(tx: Transaction, refusal: Refusal) -> None:
    """Keep a refusal; the same address refused again for the same reason stays one row, with the newest words."""
    refusal, c = storable_record(refusal), t.refusals.c
    words = {"unit": refusal.unit, "title": refusal.title, "message": refusal.message, "at": refusal.at}
    same = (c.channel == refusal.channel, c.url == refusal.url, c.reason == refusal.reason)
    if not tx.change(update(t.refusals).where(*same).values(words)):
        tx.change(
            insert(t.refusals).values(
                words | {"channel": refusal.channel, "url": refusal.url, "reason": refusal.reason}
            )
        )


def refusals(
    tx: Transaction, *, unit: UnitId | None = None, channel: str | None = None, limit: int = 50
) -> Sequence[Refusal]:
    """Return refusals, newest first."""
    c = t.refusals.c
    query = select(t.refusals).order_by(c.at.desc(), c.id.desc()).limit(limit)
    if unit is not None:
        query = query.where(c.unit == unit)
    if channel is not None:
        query = query.where(c.channel == channel)
    return [rows.refusal_of(row) for row in tx.rows(query)]
