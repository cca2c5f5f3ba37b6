"""Items that nobody has understood, what is said of them, and a piece with its repost."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

import pytest

from indexer.base.ids import ChannelId, ClusterId, ItemId, UnitId
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate, Item
from indexer.people.accounts import User
from indexer.records import channels, clusters, decisions, understood
from indexer.records.database import Database
from indexer.review import desk
from indexer.review.records import Decision, Move
from indexer.review.states import last_holding
from indexer.whitelist.records import Channel, Unit


@pytest.fixture
def taken(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate], now: datetime
) -> list[ItemId]:
    """Two items that nobody has understood yet, the older first."""
    assert channel
    made = [take_in(database, make_candidate(url=f"http://a.example/{number}.html"), now=now) for number in (1, 2)]
    return [one.item for one in made if one.item is not None]


@pytest.fixture
def save(database: Database, now: datetime) -> Callable[..., bool]:
    """Save what was said of an item's first version, which is nothing but what named arguments say."""

    def made(item: ItemId, **said: object) -> bool:
        nothing = {"tags": (), "findings": (), "vector": None, "embedder": "model-a", "cluster": ClusterId(item)}
        with database.transaction() as tx:
            return understood.save(tx, item, 1, **{**nothing, "at": now, **said})  # type: ignore[arg-type]

    return made


@pytest.fixture
def editor(make_user: Callable[..., User]) -> User:
    return make_user()


@pytest.fixture
def at(now: datetime) -> Callable[[], datetime]:
    """The next moment: each decision a minute after the one before."""
    minutes = count(1)
    return lambda: now + timedelta(minutes=next(minutes))


@pytest.fixture
def decide(
    move_on: Callable[..., Decision], editor: User, at: Callable[[], datetime]
) -> Callable[[Item, Move], datetime]:
    """Make a move on the newest version; gives when."""

    def made(item: Item, move: Move) -> datetime:
        moment = at()
        move_on(item, move, who=editor, now=moment)
        return moment

    return made


@pytest.fixture
def undo(database: Database, editor: User, at: Callable[[], datetime]) -> Callable[[Item], datetime]:
    def made(item: Item) -> datetime:
        moment = at()
        with database.reading() as tx:
            last = last_holding(decisions.of_item(tx, item.id))
        assert last is not None
        desk.undo(database, item=item.id, decision=last.id, who=editor, now=moment)
        return moment

    return made


@pytest.fixture
def other_unit(
    database: Database, channel: Channel, make_unit: Callable[..., Unit], make_channel: Callable[..., Channel]
) -> ChannelId:
    """A second unit with a channel on `b.example`."""
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit(id=UnitId("unit-b"), name="示例天文馆", short_name="天文馆"))
        channels.save_channel(
            tx, make_channel(id=ChannelId("channel-b"), unit=UnitId("unit-b"), name="天文馆网站", hosts=("b.example",))
        )
    return ChannelId("channel-b")


@pytest.fixture
def join(database: Database) -> Callable[..., None]:
    """Put items into the cluster of the first."""

    def joined(first: Item, *others: Item) -> None:
        with database.transaction() as tx:
            for other in others:
                clusters.move(tx, other.id, first.cluster)

    return joined


@pytest.fixture
def pair(make_item: Callable[..., Item], other_unit: ChannelId, join: Callable[..., None]) -> tuple[Item, Item]:
    """An original, and the repost of another unit that was collected before it."""
    repost = make_item(url="http://b.example/1.html", channel=other_unit, text="月球的夜晚很长。（来源：示例科技馆）")
    original = make_item(text="月球的夜晚很长。")
    join(original, repost)
    return original, repost
