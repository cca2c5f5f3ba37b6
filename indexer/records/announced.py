"""What a platform says that a channel published, whether we hold it or not: by it "7 of 9 collected" is said."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Boolean, Column, Date, Index, String, Table, Text, delete, exists, or_, select

from indexer.base.ids import ChannelId
from indexer.base.text import storable_record
from indexer.catalogue.items import TITLE_CHARS, URL_CHARS
from indexer.records.columns import NAME_CHARS, Moment, key, metadata, word
from indexer.records.database import Transaction
from indexer.records.items import ITEMS
from indexer.records.mapping import record_of, values_of
from indexer.records.refusals import newest_of
from indexer.records.upserts import upsert_all

OF_KEY = re.compile(r"wechat/\d+/(\d+)/(\d+)/")  # canonical_key of an article by its biz, mid, idx, sn
OF_TOTALS = re.compile(r"(\d{1,20})_(\d{1,3})")


class ToldBy(StrEnum):
    """Which answer of the platform named it first."""

    POLL = "poll"
    EVENT = "event"
    TOTALS = "totals"


ANNOUNCED = Table(
    "announced",
    metadata,
    key("channel", of="channels.id"),
    Column("number", String(NAME_CHARS), primary_key=True),
    Column("key", String(URL_CHARS)),
    Column("title", String(TITLE_CHARS), nullable=False),
    Column("url", String(URL_CHARS)),
    Column("day", Date),
    Column("told_by", word(ToldBy), nullable=False),
    Column("is_gone", Boolean, nullable=False),
    Column("why", Text),
    Column("at", Moment, nullable=False),
    Index(None, "channel", "day"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """One piece that the platform names.

    number: what the platform calls it: `article_id#idx` of a publication, `mid_idx` where that alone is known. key: the
    canonical key of its address, by which it is found among the items; None where no address is known. day: of
    publication. is_gone: deleted or blocked at the platform. why: words, why it is not here, where that is known.
    """

    channel: ChannelId
    number: str
    key: str | None = None
    title: str = ""
    url: str | None = None
    day: date | None = None
    told_by: ToldBy
    is_gone: bool = False
    why: str | None = None
    at: datetime

    @property
    def placed(self) -> str:
        """`mid_idx` of a WeChat article, by which its answers of all kinds are brought together; empty without."""
        if self.key and (found := OF_KEY.match(self.key)):
            return f"{found[1]}_{found[2]}"
        return self.number if OF_TOTALS.fullmatch(self.number) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A piece that the platform names and that is not here. reason: words, Chinese; empty where none is known."""

    announced: Announced
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How much of what a platform names is here: "7 of 9 collected". What is gone there counts only if it is here."""

    collected: int
    total: int
    missing: tuple[Missing, ...]


def add(tx: Transaction, announced: Sequence[Announced]) -> int:
    """Note what a platform names; return how many of it were not named before.

    Of one channel. A piece that was named before, by its number, its address or its `mid_idx`, is the same one: what
    was not known of it is added, and whether it is gone is what was said last; daily totals say nothing of that.
    """
    if not announced:
        return 0
    known = _Known(_alike(tx, announced))
    changed: dict[str, Announced] = {}
    new = 0
    for one in map(storable_record, announced):
        before = known.like(one)
        after = one if before is None else _joined(before, one)
        new += before is None
        if before is not None and before.number != after.number:
            known.forget(before)
            tx.change(
                delete(ANNOUNCED).where(ANNOUNCED.c.channel == before.channel, ANNOUNCED.c.number == before.number)
            )
        if after != before:
            known.add(after)
            changed[after.number] = after
    upsert_all(tx, ANNOUNCED, key=["channel", "number"], rows=[values_of(one, ANNOUNCED) for one in changed.values()])
    return new


def named_between(tx: Transaction, channel: ChannelId, lowest: int, highest: int) -> Sequence[Announced]:
    """Return what was named of the channel and is not gone, with numbers between these, both included.

    Of a platform that numbers its pieces by whole numbers; those of other lengths are left to the caller.
    """
    c = ANNOUNCED.c
    between = (c.number >= str(lowest), c.number <= str(highest)) if len(str(lowest)) == len(str(highest)) else ()
    query = select(ANNOUNCED).where(c.channel == channel, c.is_gone.is_(False), *between).order_by(c.number)
    return [record_of(Announced, row, ANNOUNCED) for row in tx.rows(query)]


def count_named(tx: Transaction, channel: ChannelId) -> int:
    """Return how many publications of the channel were named, each of one article or several."""
    c = ANNOUNCED.c
    rows = tx.rows(select(c.number).where(c.channel == channel))
    return len({row[c.number].rpartition("#")[0] or row[c.number] for row in rows})


def unheld(tx: Transaction, channel: ChannelId, *, limit: int) -> Sequence[Announced]:
    """Return what is there at the platform, has an address and is not here, the newest first."""
    c = ANNOUNCED.c
    is_held = exists().where(ITEMS.c.key == c.key)
    query = select(ANNOUNCED).where(c.channel == channel, c.is_gone.is_(False), c.key.is_not(None), ~is_held)
    return [record_of(Announced, row, ANNOUNCED) for row in tx.rows(query.order_by(c.at.desc(), c.number).limit(limit))]


def tally(tx: Transaction, channel: ChannelId, *, since: date | None = None) -> Tally:
    """Return how much is here of what the platform names. since: published on that day or later."""
    return tallies(tx, [channel], since=since).get(channel, Tally(collected=0, total=0, missing=()))


def tallies(tx: Transaction, channels: Iterable[ChannelId], *, since: date | None = None) -> Mapping[ChannelId, Tally]:
    """Return the tally of each of the channels of which a platform named something, in as many queries as of one."""
    c = ANNOUNCED.c
    query = select(ANNOUNCED).where(c.channel.in_(set(channels))).order_by(c.channel, c.day.desc(), c.number)
    if since is not None:
        query = query.where(c.day >= since)
    rows = [record_of(Announced, row, ANNOUNCED) for row in tx.rows(query)]
    held = _held(tx, rows)
    missing = [one for one in rows if (one.channel, one.number) not in held and not one.is_gone]
    told = newest_of(tx, [(one.channel, one.url) for one in missing if one.url])
    found = dict[ChannelId, Tally]()
    for channel in dict.fromkeys(one.channel for one in rows):
        own = [one for one in missing if one.channel == channel]
        collected = sum(of == channel for of, _ in held)
        reasons = (told.get((channel, one.url or "")) or one.why or "" for one in own)
        lacking = tuple(Missing(announced=one, reason=why) for one, why in zip(own, reasons, strict=True))
        found[channel] = Tally(collected=collected, total=collected + len(own), missing=lacking)
    return found


@dataclass(slots=True)
class _Known:
    """What was named before, found again by whatever of it is known."""

    rows: list[Announced]

    def like(self, one: Announced) -> Announced | None:
        for row in self.rows:
            if (
                row.number == one.number
                or (one.key and row.key == one.key)
                or (one.placed and row.placed == one.placed)
            ):
                return row
        return None

    def forget(self, row: Announced) -> None:
        self.rows.remove(row)

    def add(self, row: Announced) -> None:
        self.rows = [each for each in self.rows if each.number != row.number]
        self.rows.append(row)


def _alike(tx: Transaction, announced: Sequence[Announced]) -> list[Announced]:
    """What may be the same as one of these."""
    c = ANNOUNCED.c
    numbers = {one.number for one in announced} | {one.placed for one in announced if one.placed}
    keys = [one.key for one in announced if one.key]
    placed = [one.placed for one in announced if one.placed and not one.key]
    alike = or_(c.number.in_(numbers), c.key.in_(keys), *(c.key.like(_pattern(each)) for each in placed))
    return [
        record_of(Announced, row, ANNOUNCED)
        for row in tx.rows(select(ANNOUNCED).where(c.channel == announced[0].channel, alike))
    ]


def _joined(before: Announced, one: Announced) -> Announced:
    """What is known of a piece after it was named again; the number of a publication outweighs `mid_idx`."""
    is_of_totals = one.told_by is ToldBy.TOTALS
    return replace(
        before,
        number=before.number if is_of_totals or "#" not in one.number else one.number,
        key=before.key or one.key,
        title=before.title or one.title,
        url=before.url or one.url,
        day=before.day or one.day,
        is_gone=before.is_gone if is_of_totals else one.is_gone,
        why=before.why if is_of_totals else one.why,
    )


def _held(tx: Transaction, rows: Sequence[Announced]) -> set[tuple[ChannelId, str]]:
    """Channel and number of those that are here: by their address, or the channel's own by `mid_idx`."""
    c = ITEMS.c
    found = set[tuple[ChannelId, str]]()
    by_key = _by((one.key, one) for one in rows if one.key)
    for some in _runs(list(by_key)):
        here = [row[c.key] for row in tx.rows(select(c.key).where(c.key.in_(some)))]
        found |= {(one.channel, one.number) for key in here for one in by_key[key]}
    placed = {(one.channel, one.placed): one.number for one in rows if one.placed and not one.key}
    for some in _runs(sorted({place for _, place in placed})):
        like = or_(*(c.key.like(_pattern(each)) for each in some))
        owners = {channel for channel, _ in placed}
        for row in tx.rows(select(c.key, c.channel).where(c.channel.in_(owners), like)):
            match = OF_KEY.match(row[c.key])
            if match and (number := placed.get((row[c.channel], f"{match[1]}_{match[2]}"))):
                found.add((row[c.channel], number))
    return found


def _by(pairs: Iterable[tuple[str, Announced]]) -> dict[str, list[Announced]]:
    found = dict[str, list[Announced]]()
    for name, one in pairs:
        found.setdefault(name, []).append(one)
    return found


def _pattern(placed: str) -> str:
    mid, _, idx = placed.partition("_")
    return f"wechat/%/{mid}/{idx}/%"


def _runs(keys: Sequence[str], size: int = 200) -> Sequence[Sequence[str]]:
    return [keys[start : start + size] for start in range(0, len(keys), size)]
