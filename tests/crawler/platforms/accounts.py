"""A WeChat account at the stand-in: what it published, and reads of it as the collector makes them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from config.settings import Settings
from crawler.exchange import Answer, Ask
from crawler.platforms.calling import Caller
from crawler.platforms.port import PlatformRefused
from crawler.reading.channel import ChannelReader
from crawler.reading.failures import refused_by_platform
from crawler.reading.result import ChannelRead
from crawler.reading.taking import Taking
from indexer.records.database import Database
from indexer.records.reads import Validators
from indexer.whitelist.records import Channel
from tests.conftest import NOW
from tests.crawler.platforms.standing_in import ARTICLE_PATH, LIST_PATH, Json, StandIn
from tests.simulators.answers import TEXT, Here

BIZ, BIZ_NUMBER = "MzA3MDM3NjE5NQ==", "3070376195"
SECONDS = int(NOW.timestamp()) - 3600


def url(mid: int, idx: int = 1, biz: str = BIZ) -> str:
    """The address of an article."""
    return f"http://mp.weixin.qq.com/s?__biz={biz}&mid={mid}&idx={idx}&sn=a{mid}{idx}#rd"


@dataclass
class Account:
    """What an account published, the newest first; gone: (mid, idx) of articles that it deleted."""

    stand_in: StandIn
    mids: list[int] = field(default_factory=list)
    articles: int = 1
    biz: str = BIZ
    gone: set[tuple[int, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.stand_in.answers |= {LIST_PATH: self._list, ARTICLE_PATH: self._article}

    def publish(self, *mids: int) -> None:
        """Publish; what comes first here was published first."""
        for mid in mids:
            self.mids.insert(0, mid)

    def lists(self) -> list[int]:
        """The offsets at which the list was asked for."""
        return [one.asked["offset"] for one in self.stand_in.asked(LIST_PATH)]

    def asked(self) -> list[str]:
        """The publications that were asked for."""
        return [one.asked["article_id"] for one in self.stand_in.asked(ARTICLE_PATH)]

    def _list(self, asked: Json) -> Json:
        page = self.mids[asked["offset"] :][: asked["count"]]
        items = [
            {"article_id": f"P{mid}", "content": {"news_item": self._news(mid), "create_time": SECONDS}} for mid in page
        ]
        return {"total_count": len(self.mids), "item_count": len(items), "item": items}

    def _article(self, asked: Json) -> Json:
        mid = int(asked["article_id"].removeprefix("P"))
        if mid not in self.mids:
            return {"errcode": 53600, "errmsg": "Article ID 无效"}
        return {"news_item": [{**one, "content": f"<p>{one['title']}：{TEXT}</p>"} for one in self._news(mid)]}

    def _news(self, mid: int) -> list[Json]:
        return [
            {"title": f"潮汐 {mid}-{idx}", "url": url(mid, idx, self.biz), "is_deleted": (mid, idx) in self.gone}
            for idx in range(1, self.articles + 1)
        ]


@dataclass
class Reads:
    """Reads a channel by its connection, as the spider does, at a moment that a test moves on."""

    database: Database
    settings: Settings
    now: datetime = NOW

    def read(self, channel: Channel) -> ChannelRead:
        """Read it once."""
        caller = Caller(self.settings, self.database, clock=lambda: self.now)

        async def fetch(channel: Channel, ask: Ask, validators: Validators) -> Answer | None:
            try:
                return await asyncio.to_thread(caller.send, ask)
            except PlatformRefused as refused:
                raise refused_by_platform(ask.url, refused.trouble) from refused

        taking = Taking(self.database, clock=lambda: self.now)
        reader = ChannelReader(
            channel=channel,
            database=self.database,
            fetch=fetch,
            pool=Here(),
            clock=lambda: self.now,
            taking=taking,
        )
        return asyncio.run(reader.read())

    def times(self, channel: Channel, number: int) -> Sequence[ChannelRead]:
        """Read it so many times."""
        return [self.read(channel) for _ in range(number)]
