"""Looking up a channel's whitelist status: no account needed, nothing shown that is not meant for everyone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import render_template, request

from config.words import ChannelKind, WhitelistStatus
from indexer.base.text import name_key
from indexer.records import channels as records
from indexer.records.public import units_with_pieces
from indexer.whitelist.records import Channel, Unit
from web.app.limits import SEARCH, limiter
from web.app.site import site
from web.shown.labels import channel_advice

NAME_CHARS, UNITS_SHOWN = 100, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelView:
    """A channel as everyone may see it, with what its status means."""

    name: str
    kind: ChannelKind
    status: WhitelistStatus
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitView:
    """A unit and its channels. has_pieces: whether the public sees something of it."""

    unit: Unit
    channels: Sequence[ChannelView]
    has_pieces: bool = False


@limiter.limit(SEARCH)
def look_up() -> str:
    """Units whose name, short name, former name or channel's name holds what was typed."""
    name = request.args.get("name", "")[:NAME_CHARS].strip()
    found: list[UnitView] = []
    if name:
        with site().database.reading() as tx:
            units, channels = records.units(tx), records.channels(tx)
            with_pieces = units_with_pieces(tx)
        found = [replace(one, has_pieces=one.unit.id in with_pieces) for one in matching(name, units, channels)]
    return render_template("public/whitelist.html", name=name, found=found)


def matching(
    name: str, units: Sequence[Unit], channels: Sequence[Channel], *, limit: int = UNITS_SHOWN
) -> list[UnitView]:
    """Return the units that match, those with exactly this name first. Width, case and blanks do not count."""
    wanted = name_key(name)
    if not wanted:
        return []
    entries: list[tuple[bool, UnitView]] = []
    for unit in units:
        own = [channel for channel in channels if channel.unit == unit.id]
        names = [name_key(one) for one in (unit.name, unit.short_name, *unit.former_names, *(c.name for c in own))]
        if any(wanted in one for one in names):
            entries.append((wanted not in names, UnitView(unit=unit, channels=[view(channel) for channel in own])))
    entries.sort(key=lambda entry: (entry[0], entry[1].unit.name))
    return [entry for _, entry in entries[:limit]]


def view(channel: Channel) -> ChannelView:
    """Return what everyone may see of a channel."""
    return ChannelView(
        name=channel.name, kind=channel.kind, status=channel.status, advice=channel_advice(channel.status)
    )
