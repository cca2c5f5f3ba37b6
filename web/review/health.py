"""The channels' health, as editors see it: all of them, the worst first, and each with its last reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import abort, render_template, request

from config.words import WhitelistStatus
from indexer.base import times
from indexer.base.ids import ChannelId
from indexer.health.conditions import Condition
from indexer.health.glance import counts, glances
from indexer.health.looking import Health, look_at
from indexer.records import channel_alarms, channels, refusals
from indexer.whitelist.records import Channel, Unit
from web.app.site import site
from web.public.whitelist import NAME_CHARS, matching
from web.shown import health as shown
from web.shown.charts import Chart, reads_chart, weeks_chart
from web.shown.pager import asked_page, pager

PAGE_SIZE, ALARMS, REFUSALS = 20, 20, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A channel with its unit and its health. since: when the alarm opened by which it is listed, if one did."""

    channel: Channel
    unit: Unit
    health: Health
    reads: Chart
    weeks: Chart
    since: datetime | None = None


def show() -> str:
    """The channels, filtered by name, whitelist status and condition."""
    now, page = times.now(), asked_page()
    name, status = request.args.get("name", "")[:NAME_CHARS].strip(), request.args.get("status", "")
    chosen = request.args.get("condition", "")
    with site().database.reading() as tx:
        units = {unit.id: unit for unit in channels.units(tx)}
        every = channels.channels(tx)
        named = _named(name, list(units.values()), every) if name else every
        seen = glances(tx, [channel for channel in named if status in ("", channel.status)], now=now)
        fitting = [one for one in seen if chosen in ("", one.condition)]
        some = fitting[(page - 1) * PAGE_SIZE :][:PAGE_SIZE]
        looked = look_at(tx, [one.channel for one in some], every=every, now=now)
    rows = [_row(one.channel, units[one.channel.unit], looked[one.channel.id], since=one.since) for one in some]
    return render_template(
        "review/channels.html",
        rows=rows,
        asked={"name": name, "status": status, "condition": chosen},
        counted=counts(seen),
        statuses=list(WhitelistStatus),
        conditions=list(Condition),
        total=len(fitting),
        pager=pager(len(fitting), size=PAGE_SIZE, page=page),
    )


def channel(channel: str) -> str:
    """One channel: what is wrong, its connection, what is missing, its last reads."""
    now = times.now()
    with site().database.reading() as tx:
        found = channels.channel(tx, ChannelId(channel)) or abort(404)
        unit = channels.unit(tx, found.unit) or abort(404)
        looked = look_at(tx, [found], every=channels.channels(tx, found.unit), now=now)[found.id]
        alarms = channel_alarms.latest(tx, found.id, limit=ALARMS)
        refused = refusals.recent(tx, channel=found.id, limit=REFUSALS)
    return render_template("review/channel.html", row=_row(found, unit, looked), alarms=alarms, refusals=refused)


def for_templates() -> dict[str, object]:
    """Give the desk's templates how many channels have an alarm, and the words of a diagnosis."""
    return {"ringing_channels": ringing_channels, **shown.for_templates()}


def ringing_channels() -> int:
    """Return how many channels have an open alarm."""
    with site().database.reading() as tx:
        return channel_alarms.count_channels(tx)


def _named(name: str, units: Sequence[Unit], every: Sequence[Channel]) -> list[Channel]:
    wanted = {view.unit.id for view in matching(name, units, every, limit=len(units))}
    return [one for one in every if one.unit in wanted]


def _row(channel: Channel, unit: Unit, health: Health, *, since: datetime | None = None) -> Row:
    return Row(
        channel=channel,
        unit=unit,
        health=health,
        reads=reads_chart(health.known.attempts),
        weeks=weeks_chart(health.weeks),
        since=since,
    )
