"""What people asked the collector to do, as they see it: waiting, done, or why not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from indexer.base.ids import ChannelId, UnitId
from indexer.records import channels, inbox
from indexer.records.database import Transaction
from indexer.records.inbox import Became, Filed, InboxKind, Outcome, Waiting
from indexer.records.unit_items import UnitEntry, unit_entries_of

SHOWN = 20  # as many as can be pushed at once
STANDINGS: Mapping[Waiting | Became, LazyString] = MappingProxyType(
    {
        Waiting.WAITING: _("waits for the collector"),
        Waiting.AGAIN: _("will be tried again"),
        Became.TAKEN: _("taken in"),
        Became.UNCHANGED: _("was here already"),
        Became.REFUSED: _("not taken in"),
        Became.READ: _("can be read"),
        Became.NOT_READ: _("could not be read"),
        Became.CONNECTED: _("connected"),
        Became.NOT_CONNECTED: _("not connected"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFiled:
    """One thing asked for. says: how it stands, in a word or two. outcome: of a try that was made, else None.

    item: what it became, as it stands now, where that is the unit's own.
    """

    url: str
    at: datetime
    channel: str
    says: LazyString
    is_waiting: bool
    outcome: Outcome | None
    item: UnitEntry | None = None


def pushed(tx: Transaction, unit: UnitId, names: Mapping[ChannelId, str]) -> list[ShownFiled]:
    """Return what a unit pushed last, the newest first; names: of all its channels."""
    found = inbox.newest(tx, InboxKind.PUSH, channels=list(names), limit=SHOWN)
    own = unit_entries_of(tx, unit, [one.item for one in found if one.item])
    return [_shown(one, names, own.get(one.item) if one.item else None) for one in found]


def tried(tx: Transaction) -> list[ShownFiled]:
    """Return the pages that editors tried last, the newest first."""
    found = inbox.newest(tx, InboxKind.TRY, limit=SHOWN)
    names = channels.channel_names(tx, {one.channel for one in found if one.channel})
    return [_shown(one, names) for one in found]


def _shown(filed: Filed, names: Mapping[ChannelId, str], item: UnitEntry | None = None) -> ShownFiled:
    return ShownFiled(
        url=filed.payload["url"],
        at=filed.at,
        channel=names.get(filed.channel, filed.channel) if filed.channel else "",
        says=STANDINGS[filed.standing],
        is_waiting=filed.done_at is None,
        outcome=filed.outcome,
        item=item,
    )
