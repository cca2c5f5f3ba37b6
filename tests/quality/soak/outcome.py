"""What became of every piece that was published, and how many calls each account had to bear."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import and_, select

from config.weibo import post_address
from indexer.base.ids import canonical_key
from indexer.catalogue.items import Item
from indexer.records import announced, inbox, items, looks, refusals
from indexer.records.database import Database, Transaction
from indexer.records.items import ITEMS, VERSIONS
from tests.quality.soak.acting import Actors
from tests.quality.soak.cast import Kind, Outlet
from tests.simulators.wechat.addresses import article_url
from tests.simulators.wechat.courier import Delivered
from tests.simulators.wechat.quotas import A_DAY
from tests.simulators.weibo.api import A_DAY as WEIBO_A_DAY
from tests.simulators.world.accounts import Site, WechatAccount
from tests.simulators.world.posts import Post, Standing
from tests.simulators.world.world import World

HALF, TAKEN = 2, 200


class End(StrEnum):
    """How a piece ended. missing: with its reason, told to the unit. lost: without a word."""

    COLLECTED = "collected"
    MISSING = "reported missing"
    WITHDRAWN = "withdrawn"
    LOST = "lost"


@dataclass(kw_only=True)
class Ends:
    """Of all pieces. by_kind: of each kind of channel; lost, doubled: words for each."""

    counts: Counter[End] = field(default_factory=Counter)
    by_kind: Counter[tuple[Kind, End]] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unedited: list[str] = field(default_factory=list)
    corrections: int = 0
    removals: int = 0


def ends_of(database: Database, actors: Actors, cast: Sequence[Outlet]) -> Ends:
    """Return what became of each piece."""
    found = Ends(corrections=len(actors.edited), removals=len(actors.removed))
    with database.reading() as tx:
        for outlet in cast:
            missing = _missing(tx, outlet)
            titles = _titles(tx, outlet)
            for post in actors.posts.get(outlet.id, []):
                end = _end(tx, actors.platforms.world, outlet, post, missing)
                found.counts[end] += 1
                found.by_kind[outlet.kind, end] += 1
                if end is End.LOST:
                    found.lost.append(f"{outlet.id}: {post.id} of {post.at:%m-%d %H:%M} {post.standing}, {post.title}")
                if (times := sum(post.title in title for title in titles)) > 1:
                    found.doubled.append(f"{outlet.id}: {post.id}, {times} times")
        for outlet, post in actors.edited:
            if not _is_corrected(tx, actors.platforms.world, outlet, post):
                found.unedited.append(f"{outlet.id}: {post.id}")
    return found


def over_half(world: World) -> list[str]:
    """Return the accounts that were asked more than half of what they may be, with the day and the call."""
    most = {**A_DAY, "weibo": WEIBO_A_DAY}
    return [
        f"{account} {call} on {day}: {count} of {most[call]}"
        for (account, call, day), count in sorted(world.calls.items())
        if call in most and count * HALF > most[call]
    ]


def wrongly_answered(delivered: Sequence[Delivered]) -> list[str]:
    """Return the callbacks that were answered otherwise than they should: forged ones taken, true ones not."""
    return [
        f"{one.letter.appid} at {one.letter.due:%m-%d %H:%M}: {'forged, ' * one.letter.is_forged}{one.status}"
        for one in delivered
        if (one.status == TAKEN) is one.letter.is_forged
    ]


def busiest(world: World) -> float:
    """Return the largest share of a quota that was spent in a day."""
    most = {**A_DAY, "weibo": WEIBO_A_DAY}
    return max((count / most[call] for (_, call, _), count in world.calls.items() if call in most), default=0.0)


def addresses_of(world: World, outlet: Outlet, post: Post) -> Iterator[str]:
    """Yield the addresses under which the product may know a piece."""
    if isinstance(outlet.account, WechatAccount):
        yield article_url(outlet.account, post)
    elif isinstance(outlet.account, Site):
        yield f"{outlet.account.base}/p/{post.id}.html"
    else:
        yield post_address(outlet.account.id, str(post.number))


def _end(tx: Transaction, world: World, outlet: Outlet, post: Post, missing: set[str]) -> End:
    item = _item(tx, world, outlet, post)
    if post.standing is not Standing.STANDS:
        return End.WITHDRAWN if item is None or _is_down(tx, item) else End.LOST
    if item is not None:
        return End.COLLECTED
    keys = {canonical_key(url) for url in addresses_of(world, outlet, post)}
    return End.MISSING if missing & {*keys, post.id} else End.LOST


def _is_down(tx: Transaction, item: Item) -> bool:
    """Whether the public sees nothing of it, and the desk is told why."""
    look = looks.look(tx, item.id)
    return item.public is None and look is not None and look.gone is not None


def _item(tx: Transaction, world: World, outlet: Outlet, post: Post) -> Item | None:
    found = (items.by_key(tx, canonical_key(url)) for url in addresses_of(world, outlet, post))
    return next((item for item in found if item is not None), None)


def _missing(tx: Transaction, outlet: Outlet) -> set[str]:
    """Keys of addresses, and numbers, of all that the unit is told is missing."""
    told = {one.announced for one in announced.tally(tx, outlet.channel.id).missing}
    found = {one.key for one in told if one.key} | {one.number for one in told}
    found |= {canonical_key(row.url) for row in refusals.recent(tx, channel=outlet.channel.id, limit=500)}
    pushed = inbox.newest(tx, inbox.InboxKind.PUSH, channels=[outlet.channel.id], limit=500)
    return found | {canonical_key(row.payload["url"]) for row in pushed if row.outcome and not row.item}


def _titles(tx: Transaction, outlet: Outlet) -> list[str]:
    """The titles of all items of a channel; that of a post of Weibo holds the title among other words."""
    newest = and_(VERSIONS.c.item == ITEMS.c.id, VERSIONS.c.number == ITEMS.c.latest)
    query = select(VERSIONS.c.title).join(ITEMS, newest).where(ITEMS.c.channel == outlet.channel.id)
    return [row[VERSIONS.c.title] for row in tx.rows(query)]


def _is_corrected(tx: Transaction, world: World, outlet: Outlet, post: Post) -> bool:
    if post.standing is not Standing.STANDS:
        return True
    item = _item(tx, world, outlet, post)
    newest = items.version(tx, item.id, item.latest) if item else None
    return newest is not None and "更正之1" in newest.text
