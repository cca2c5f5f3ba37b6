"""The unit's own room: its channels, what was collected, what was refused and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import abort, render_template, url_for

from indexer.base import times
from indexer.base.ids import ChannelId, ItemId, UnitId
from indexer.catalogue.pushes import LINKS
from indexer.catalogue.saved_pages import shown_size
from indexer.health.looking import Health, look_at
from indexer.people.accounts import User
from indexer.people.rights import may_move, may_undo
from indexer.records import channels, decisions, looks, refusals
from indexer.records.database import Transaction
from indexer.records.review_queue import Asked, queue_size
from indexer.records.unit_items import UnitEntry, unit_entries
from indexer.review.records import Decision, Move, State
from indexer.review.states import last_holding, open_moves, reason_that_holds
from indexer.whitelist.records import Channel, WhitelistChange
from web.app.access import own_unit, signed_in
from web.app.site import site
from web.shown import filed, health
from web.shown.charts import Chart, reads_chart, weeks_chart
from web.shown.labels import channel_advice
from web.shown.pager import asked_page, pager
from web.shown.sights import sight_words

PAGE_SIZE, ALARMS = 30, 20
EXPLAINED = frozenset({State.REJECTED, State.WITHDRAWN, State.HELD})


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnChannel:
    """A channel with what its status means, how it is, and the steps of its status."""

    channel: Channel
    advice: str
    health: Health
    reads: Chart
    weeks: Chart
    changes: Sequence[WhitelistChange]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnItem:
    """An item as its unit sees it.

    why: the editor's reason where its state needs one, never names or findings. can_withdraw: whether the unit may take
    it down. undo_of: its own move to take back, if any.
    """

    entry: UnitEntry
    why: str
    can_withdraw: bool
    undo_of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Untaken:
    """A form of a push that was not taken. place: which one. trouble: why. channel, url: as they were sent."""

    place: str
    trouble: str
    channel: ChannelId
    url: str


def desk() -> str:
    """Everything that the unit may know, on one page."""
    return shown()


def shown(*, refused: str = "", typed: Mapping[ItemId, str] | None = None, untaken: Untaken | None = None) -> str:
    """Return the page as it stands.

    refused: why a form of an item was not taken. typed: the words that stood in it, by item.
    """
    who, own, number, now = signed_in(), own_unit(), asked_page(), times.now()
    with site().database.reading() as tx:
        unit = channels.unit(tx, own)
        if unit is None:
            abort(404)
        total = queue_size(tx, Asked(states=tuple(State), unit=own))
        known = own_channels(tx, own, now=now)
        seen = {
            "channels": known,
            "pushes": filed.pushed(tx, own, {one.channel.id: one.channel.name for one in known}),
            "rows": own_items(tx, own, who, page=number, now=now),
            "refusals": refusals.recent(tx, unit=own),
            "alarms": looks.alarms(tx, own, limit=ALARMS),
            "alarm_count": looks.alarm_count(tx, own),
        }
    listed, most = pager(total, size=PAGE_SIZE, page=number), site().settings.page_bytes
    told: dict[str, object] = {"refused": refused, "typed": typed or {}, "untaken": untaken, "sight_words": sight_words}
    told |= health.for_templates()
    # An address of its own each time: a link to the very page with its anchor would load nothing anew.
    again = url_for("unit.desk", seen=int(now.timestamp() * 1000), _anchor="push")
    taken = {"again": again, "page_bytes": most, "page_size": shown_size(most), "most_links": LINKS}
    return render_template("unit/desk.html", unit=unit, pager=listed, **told, **taken, **seen)


def own_items(tx: Transaction, unit: UnitId, who: User, *, page: int, now: datetime) -> list[OwnItem]:
    """Return a page of the unit's items in every state, newest first, with what this person may do to each."""
    entries = unit_entries(tx, unit, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
    made = decisions.of_items(tx, [entry.id for entry in entries if entry.state in EXPLAINED])
    may_withdraw = may_move(who, Move.WITHDRAW, unit)
    return [
        OwnItem(
            entry=entry,
            why=reason_that_holds(made.get(entry.id, [])),
            can_withdraw=may_withdraw and Move.WITHDRAW in open_moves(entry.state),
            undo_of=undo_of(made.get(entry.id, []), who, now=now),
        )
        for entry in entries
    ]


def undo_of(history: Sequence[Decision], who: User, *, now: datetime) -> str | None:
    """Return the item's last decision where it is this person's own and they may still take it back."""
    last = last_holding(history)
    return last.id if last is not None and last.who == who.name and may_undo(who, last, now=now) else None


def own_channels(tx: Transaction, unit: UnitId, *, now: datetime) -> list[OwnChannel]:
    """Return the unit's channels."""
    own = channels.channels(tx, unit)
    looked, steps = look_at(tx, own, every=own, now=now), channels.status_changes_of(tx, [one.id for one in own])
    return [
        OwnChannel(
            channel=channel,
            advice=channel_advice(channel.status),
            health=looked[channel.id],
            reads=reads_chart(looked[channel.id].known.attempts),
            weeks=weeks_chart(looked[channel.id].weeks),
            changes=steps.get(channel.id, ()),
        )
        for channel in own
    ]
