"""One hall with one channel, whose pieces come in, are understood and approved: what benchmarks fill a folder with."""

from collections.abc import Sequence
from datetime import datetime

from config.settings import DEFAULT_TEXT_CHARS
from config.words import ChannelKind, WhitelistStatus
from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate, Item
from indexer.people.accounts import User
from indexer.records import channels, items, understood
from indexer.records.database import Database
from indexer.review import desk
from indexer.review.records import Move, State
from indexer.understanding.results import Tag
from indexer.whitelist.records import Channel, Unit

UNIT = Unit(id=UnitId("u"), name="示例科技馆", short_name="示例馆", system="科技馆之城", district="haidian")
CHANNEL = Channel(
    id=ChannelId("c"),
    unit=UNIT.id,
    kind=ChannelKind.SITE,
    name="示例馆网站",
    hosts=("a.example",),
    status=WhitelistStatus.APPROVED,
    licence="示例",
)


def whitelist(database: Database) -> None:
    """Save the hall and its channel."""
    with database.transaction() as tx:
        channels.save_unit(tx, UNIT)
        channels.save_channel(tx, CHANNEL)


def understood_item(
    database: Database,
    candidate: Candidate,
    *,
    tags: Sequence[Tag] = (),
    at: datetime,
    text_chars: int = DEFAULT_TEXT_CHARS,
) -> Item:
    """Take a piece in as if it had been understood. Raises RuntimeError where it is refused."""
    taken = take_in(database, candidate, now=at, text_chars=text_chars)
    with database.transaction() as tx:
        item = items.item(tx, taken.item) if taken.item else None
        if item is None:
            raise RuntimeError(f"not taken: {taken}")
        understood.save(
            tx, item.id, 1, tags=tags, findings=(), vector=None, embedder="none", cluster=item.cluster, at=at
        )
    return item


def approve(database: Database, item: Item, *, who: User, at: datetime) -> None:
    """Approve the first version of a pending item."""
    desk.decide(database, item=item.id, version=1, state=State.PENDING, move=Move.APPROVE, who=who, why="", now=at)
