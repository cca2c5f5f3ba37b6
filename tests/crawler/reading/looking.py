"""Looking again in tests: one round over a table of answers, and how the records stand after it."""

import asyncio
from datetime import datetime, timedelta

from crawler.reading.channel import ChannelReader, PageReader
from crawler.reading.recheck import Recheck
from crawler.reading.taking import Taking
from indexer.catalogue.evidence import EvidenceStore
from indexer.catalogue.items import Item
from indexer.catalogue.looks import SECOND_LOOK, Look
from indexer.people.accounts import User
from indexer.records import items, looks
from indexer.records.database import Database
from indexer.review import desk
from indexer.review.records import Move
from indexer.whitelist.records import Channel
from tests.simulators.answers import NOW, TEXT, Here, Web, article

LATER = NOW + timedelta(days=1)
EDITED = article("雪花为什么有六个角", TEXT + "更正：并非每片雪花都对称。")
NOTICE = article("提示信息", "您访问的页面不存在或已被删除。")


def collect(database: Database, channel: Channel, web: Web, store: EvidenceStore) -> ChannelReader:
    """Read the channel once; the reader, which knows what it kept."""
    taking = Taking(database, clock=lambda: NOW, store=store)
    reader = ChannelReader(
        channel=channel, database=database, fetch=web.fetch, pool=Here(), clock=lambda: NOW, taking=taking
    )
    asyncio.run(reader.read())
    return reader


def decide(database: Database, item: Item, move: Move, who: User) -> None:
    now = stands(database, item)
    desk.decide(database, item=item.id, version=now.latest, state=now.state, move=move, who=who, why="示例", now=NOW)


def look_again(
    database: Database, web: Web, store: EvidenceStore, now: datetime = LATER, *, pool: PageReader | None = None
) -> Recheck:
    recheck = Recheck(database=database, fetch=web.fetch, pool=pool or Here(), clock=lambda: now, store=store)
    asyncio.run(recheck.run())
    return recheck


def look_twice(database: Database, web: Web, store: EvidenceStore, now: datetime) -> None:
    for at in (now, now + SECOND_LOOK):
        look_again(database, web, store, at)


def stands(database: Database, item: Item) -> Item:
    with database.reading() as tx:
        found = items.item(tx, item.id)
    assert found is not None
    return found


def link(database: Database, item: Item) -> Look:
    with database.reading() as tx:
        found = looks.look(tx, item.id)
    assert found is not None
    return found


def url_of(channel: Channel, name: str = "snow") -> str:
    return str(channel.address).replace("/list/", f"/{name}")
