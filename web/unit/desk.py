"""The unit's own room: its channels, what was collected, what was refused and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, render_template
from flask_babel import gettext as _

from indexer import times
from indexer.items import Channel, ItemId, State, UnitId, WhitelistChange
from indexer.records import channels, decisions
from indexer.records.database import Transaction
from indexer.records.listings import QueueEntry, queue_entries, queue_size
from indexer.records.reads import ChannelHistory, histories
from indexer.review.states import reason_that_holds
from indexer.times import Published
from web.access import signed_in
from web.labels import channel_advice
from web.pager import asked_page, pager
from web.rendering import moment
from web.site import site

blueprint = Blueprint("unit", __name__, url_prefix="/unit")
PAGE_SIZE = 30
EXPLAINED = frozenset({State.REJECTED, State.WITHDRAWN, State.HELD})


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnChannel:
    """A channel with what its status means, how its last read went, and the steps of its status."""

    channel: Channel
    advice: str
    reading: str
    changes: Sequence[WhitelistChange]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnItem:
    """An item with the editor's reason where its state needs one."""

    id: ItemId
    title: str
    url: str
    state: State
    published: Published | None
    is_public: bool
    why: str


@blueprint.get("/")
def desk() -> str:
    """Everything that the unit may know, on one page."""
    own, page = signed_in().unit, asked_page()
    if own is None:
        abort(403)
    with site().database.reading() as tx:
        unit = channels.unit(tx, own)
        if unit is None:
            abort(404)
        entries, total = newest(tx, own, page=page)
        seen = {
            "channels": own_channels(tx, own),
            "rows": [own_item(tx, entry) for entry in entries],
            "refusals": channels.refusals(tx, unit=own),
        }
    return render_template("unit/desk.html", unit=unit, pager=pager(total, size=PAGE_SIZE, page=page), **seen)


def newest(tx: Transaction, unit: UnitId, *, page: int) -> tuple[list[QueueEntry], int]:
    """Return a page of the unit's items in every state, newest first, and how many there are in all."""
    states = tuple(State)
    total = queue_size(tx, states=states, unit=unit)
    # The records list the oldest first: a page of the newest is read from the other end.
    end = max(total - (page - 1) * PAGE_SIZE, 0)
    start = max(end - PAGE_SIZE, 0)
    entries = queue_entries(tx, states=states, unit=unit, now=times.now(), limit=end - start, offset=start)
    return list(reversed(entries)), total


def own_item(tx: Transaction, entry: QueueEntry) -> OwnItem:
    """Return an item as its unit sees it: reasons, never names of editors or findings."""
    history = decisions.of_item(tx, entry.item.id) if entry.item.state in EXPLAINED else []
    return OwnItem(
        id=entry.item.id,
        title=entry.version.title,
        url=entry.version.url,
        state=entry.item.state,
        published=entry.version.published,
        is_public=entry.item.public is not None,
        why=reason_that_holds(history),
    )


def own_channels(tx: Transaction, unit: UnitId) -> list[OwnChannel]:
    """Return the unit's channels."""
    own = channels.channels(tx, unit)
    read = histories(tx, [channel.id for channel in own])
    return [
        OwnChannel(
            channel=channel,
            advice=channel_advice(channel.status),
            reading=reading(read[channel.id]),
            changes=channels.status_changes(tx, channel.id),
        )
        for channel in own
    ]


def reading(history: ChannelHistory) -> str:
    """Return how the last read went, in one line; empty where the channel was never read."""
    if history.last_read_at is None:
        return ""
    when = moment(history.last_read_at)
    if history.last_error:
        return str(_("Last read %(when)s failed: %(error)s", when=when, error=history.last_error))
    return str(_("Last read %(when)s.", when=when))
