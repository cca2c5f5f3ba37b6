"""What people ask the collector to do, since it alone goes outside: filed by a page, taken by a step, answered here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Dialect, Index, Integer, String, Table, TypeDecorator, func, insert, select, update

from indexer.base.ids import ChannelId, ItemId, new_id
from indexer.base.text import storable_record
from indexer.records import inbox_pages
from indexer.records.claiming import claim_rows
from indexer.records.columns import NAME_CHARS, Moment, Options, claim, key, link, metadata, word
from indexer.records.database import Transaction
from indexer.records.inbox_pages import INBOX_PAGES
from indexer.records.mapping import record_of
from indexer.whitelist.trials import Trial, trial_of


class InboxKind(StrEnum):
    """push: take in one article, by its link or a page saved of it. try: read a page of a channel, and take nothing in.

    try_channel: read a site as a channel that is none yet; its payload is a proposal (indexer/whitelist/trials.py).
    connect: try the authorisation that a person entered or brought back from a platform. authorise: have a platform
    ready to be asked by a person: its code for sending them there stands sealed in the outcome's text.
    """

    PUSH = "push"
    TRY = "try"
    TRY_CHANNEL = "try_channel"
    CONNECT = "connect"
    AUTHORISE = "authorise"


class Became(StrEnum):
    """What came of something filed. taken, unchanged: it is an item. read: a trial that would be one.

    connected, not_connected: an authorisation that was tried.
    """

    TAKEN = "taken"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    READ = "read"
    NOT_READ = "not_read"
    CONNECTED = "connected"
    NOT_CONNECTED = "not_connected"


class Waiting(StrEnum):
    """How something filed stands that is not done. again: it was tried, and will be once more."""

    WAITING = "waiting"
    AGAIN = "again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the one who asked is told. words: Chinese, why not and what to do. item: of what was taken in.

    Of a page on trial: what was read. published: ISO 8601 as the source gives it. text: its beginning, of `chars` in
    all. trial: of a channel on trial.
    """

    became: Became
    words: str = ""
    item: str = ""
    title: str = ""
    account: str = ""
    published: str = ""
    text: str = ""
    chars: int = 0
    trial: Trial | None = None


class _Outcomes(TypeDecorator[Outcome]):
    """An outcome, stored as a JSON object."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: Outcome | None, dialect: Dialect) -> dict[str, Any] | None:
        return None if value is None else asdict(storable_record(value))

    def process_result_value(self, value: dict[str, Any] | None, dialect: Dialect) -> Outcome | None:
        if value is None:
            return None
        trial = trial_of(value["trial"]) if value.get("trial") else None
        return Outcome(**value | {"became": Became(value["became"]), "trial": trial})


INBOX = Table(
    "inbox",
    metadata,
    key("id"),
    Column("kind", word(InboxKind), nullable=False),
    link("channel", "channels.id", nullable=True),
    Column("payload", Options, nullable=False),
    Column("who", String(NAME_CHARS), nullable=False),
    Column("at", Moment, nullable=False),
    *claim(),
    Column("tries", Integer, nullable=False),
    Column("done_at", Moment),
    Column("outcome", _Outcomes),
    Index(None, "done_at", "id"),
    Index(None, "channel", "id"),
)
CLAIM = timedelta(minutes=5)  # longer than a page may take to be fetched and read


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """One thing that was asked for. channel: None where it is about none yet. payload: what it is about. who: the
    account that asked.

    tries: begun so far. outcome: what came of it; of the last try, if there was one, while it is not done.
    """

    id: str
    kind: InboxKind
    channel: ChannelId | None
    payload: Mapping[str, str]
    who: str
    at: datetime
    tries: int
    done_at: datetime | None
    outcome: Outcome | None

    @property
    def standing(self) -> Waiting | Became:
        """How it stands: what became of it, or that it waits."""
        if self.outcome is None:
            return Waiting.WAITING
        return Waiting.AGAIN if self.done_at is None else self.outcome.became

    @property
    def item(self) -> ItemId | None:
        """The item that it became, of whichever unit; None while and where it became none."""
        return ItemId(self.outcome.item) if self.outcome and self.outcome.item else None


def file(
    tx: Transaction,
    kind: InboxKind,
    *,
    channel: ChannelId | None,
    payload: Mapping[str, str],
    who: str,
    at: datetime,
    id: str = "",
) -> str:
    """Ask for something; return the id under which its outcome will stand, the one given or a new one."""
    made = id or new_id()
    asked = {"kind": kind, "channel": channel, "payload": payload, "who": who, "at": at}
    tx.change(insert(INBOX).values(id=made, tries=0, **asked))
    return made


def claim_waiting(
    tx: Transaction, kinds: Sequence[InboxKind], *, holder: str, now: datetime, limit: int
) -> list[Filed]:
    """Claim up to `limit` things that nobody holds, oldest first; a try is counted for each, come of it what may."""
    c = INBOX.c
    where = (c.done_at.is_(None), c.kind.in_(kinds))
    rows = claim_rows(tx, INBOX, where=where, order_by=c.id, limit=limit, holder=holder, now=now, lasts=CLAIM)
    ids = [row[c.id] for row in rows]
    counted = update(INBOX).where(c.id.in_(ids)).values(tries=c.tries + 1).returning(INBOX) if ids else None
    found = [] if counted is None else tx.changed_rows(counted)
    return [record_of(Filed, row, INBOX) for row in sorted(found, key=lambda row: str(row[c.id]))]


def done(tx: Transaction, id: str, *, holder: str, outcome: Outcome, at: datetime) -> bool:
    """Say what came of it; False, and nothing is written, where another one holds it by now. Its page is forgotten."""
    values = {"outcome": outcome, "done_at": at, "holder": None, "until": None}
    is_mine = bool(tx.change(update(INBOX).where(INBOX.c.id == id, INBOX.c.holder == holder).values(values)))
    if is_mine:
        inbox_pages.forget(tx, id)
    return is_mine


def forget_fields(tx: Transaction, id: str, names: Collection[str]) -> None:
    """Take fields out of what was asked for: secrets, once they are kept elsewhere or refused."""
    row = tx.first(select(INBOX.c.payload).where(INBOX.c.id == id))
    if row is not None:
        left = {name: value for name, value in row[INBOX.c.payload].items() if name not in names}
        tx.change(update(INBOX).where(INBOX.c.id == id).values(payload=left))


def put_off(tx: Transaction, id: str, *, holder: str, outcome: Outcome | None, until: datetime) -> bool:
    """Give it back, to be tried again from `until` on, with what came of this try; False as `done`."""
    values = {"outcome": outcome, "holder": None, "until": until}
    return bool(tx.change(update(INBOX).where(INBOX.c.id == id, INBOX.c.holder == holder).values(values)))


def give_back(tx: Transaction, id: str, *, holder: str) -> bool:
    """Give back what was claimed and could not even be tried: this try is not counted. False as `done`."""
    values = {"tries": INBOX.c.tries - 1, "holder": None, "until": None}
    return bool(tx.change(update(INBOX).where(INBOX.c.id == id, INBOX.c.holder == holder).values(values)))


def is_waiting(tx: Transaction, kinds: Sequence[InboxKind]) -> bool:
    """Tell whether one of these kinds is not done, held or not."""
    c = INBOX.c
    return tx.first(select(c.id).where(c.done_at.is_(None), c.kind.in_(kinds)).limit(1)) is not None


def waiting_of(tx: Transaction, channels: Sequence[ChannelId]) -> int:
    """Return how many pushes to these channels are not done; what editors try there counts for no unit."""
    c = INBOX.c
    where = (c.kind == InboxKind.PUSH, c.done_at.is_(None), c.channel.in_(channels))
    return tx.number(select(func.count()).select_from(INBOX).where(*where))


def pages_waiting_of(tx: Transaction, channels: Sequence[ChannelId]) -> int:
    """Return how many saved pages, pushed to these channels, wait."""
    both = INBOX.join(INBOX_PAGES, INBOX_PAGES.c.filed == INBOX.c.id)
    return tx.number(select(func.count()).select_from(both).where(INBOX.c.channel.in_(channels)))


def filed(tx: Transaction, ids: Sequence[str]) -> list[Filed]:
    """Return what stands under these ids, oldest first."""
    query = select(INBOX).where(INBOX.c.id.in_(ids)).order_by(INBOX.c.id)
    return [record_of(Filed, row, INBOX) for row in tx.rows(query)]


def newest(
    tx: Transaction, kind: InboxKind, *, channels: Sequence[ChannelId] | None = None, limit: int = 10
) -> list[Filed]:
    """Return what was asked for last, the newest first; channels: of these alone."""
    c = INBOX.c
    query = select(INBOX).where(c.kind == kind).order_by(c.id.desc()).limit(limit)
    if channels is not None:
        query = query.where(c.channel.in_(channels))
    return [record_of(Filed, row, INBOX) for row in tx.rows(query)]
