"""Weibo from consent to item over real sockets: the step that connects, then `carnival crawl`, at the simulated one."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from config.settings import Settings
from config.weibo import post_address
from config.words import ChannelKind
from crawler.platforms.connecting import Connecting
from indexer.base import times
from indexer.base.actors import Actor, ActorKind
from indexer.base.ids import ChannelId, canonical_key
from indexer.catalogue.items import Item
from indexer.catalogue.looks import Sight
from indexer.connections import weibo
from indexer.connections.records import ConnectionState
from indexer.records import announced, channels, connections, items, looks, to_understand
from indexer.records.database import Database
from indexer.whitelist.records import Channel, Unit
from tests.simulated.asking import submit
from tests.simulators.cast import APP_KEY, APP_SECRET, weibo_world
from tests.simulators.running import Platforms, Running
from tests.simulators.world.accounts import WeiboAccount
from tests.simulators.world.faults import Fault
from tests.simulators.world.posts import Draft

BACK = "http://127.0.0.1:5000/unit/connect/weibo/return"
BY = Actor(kind=ActorKind.PERSON, id="u1", name="单位甲")
LONG = ("月球背面的夜有十四个地球日那么长，月球车在夜里休眠，等太阳再升起来。",) * 12


@dataclass(kw_only=True)
class Scene:
    """The simulated Weibo, and a deployment with one channel of its first account."""

    platforms: Platforms
    running: Running
    settings: Settings
    database: Database
    channel: Channel

    @property
    def account(self) -> WeiboAccount:
        return self.platforms.world.every(WeiboAccount)[0]

    def connect(self) -> None:
        """Consent on the simulated page, bring the code back, and let the collector's step exchange it."""
        page = weibo.authorise_address(self.settings, state="s1", return_to=BACK)
        parts = urlsplit(page)
        back = submit(parts.netloc, f"{parts.path}?{parts.query}", account=self.account.id, answer="yes")
        code = parse_qs(urlsplit(back.heads["location"]).query)["code"][0]
        weibo.file_code(
            self.database, self.settings, channel=self.channel.id, code=code, return_to=BACK, by=BY, now=times.now()
        )
        assert Connecting(self.settings, self.database).do() == 1

    def crawl(self) -> dict[str, object]:
        """Run `carnival crawl` once, and return what it printed of the channel."""
        environment = {
            **os.environ,
            "CARNIVAL_DATA_FOLDER": str(self.settings.data_folder),
            "CARNIVAL_STAND_INS": json.dumps(self.running.stand_ins),
            "CARNIVAL_CRAWL_DELAY_SECONDS": "0",
        }
        command = [sys.executable, "-m", "config", "crawl", "--collect-only", "--json", "--all"]
        done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=120)
        assert done.returncode == 0, done.stderr.decode()
        (told,) = json.loads(done.stdout)
        return dict(told)


@pytest.fixture
def scene(tmp_path: Path, make_unit: Callable[..., Unit], make_channel: Callable[..., Channel]) -> Iterator[Scene]:
    platforms = weibo_world()
    with Running(platforms.answering()) as running:
        settings = Settings.model_validate(
            {
                "data_folder": tmp_path,
                "stand_ins": running.stand_ins,
                "weibo_app_key": APP_KEY,
                "weibo_app_secret": APP_SECRET,
            }
        )
        database = Database.open(settings.records_url)
        uid = platforms.world.every(WeiboAccount)[0].id
        channel = make_channel(
            id=ChannelId("kjg-weibo"),
            kind=ChannelKind.WEIBO,
            source="weibo",
            address=f"https://weibo.com/u/{uid}",
            hosts=("weibo.com",),
        )
        with database.transaction() as tx:
            channels.save_unit(tx, make_unit())
            channels.save_channel(tx, channel)
        yield Scene(platforms=platforms, running=running, settings=settings, database=database, channel=channel)
        database.close()


def texts_of(scene: Scene) -> dict[str, str]:
    """The text of each item of the channel, by its title."""
    with scene.database.reading() as tx:
        rows = to_understand.waiting(tx, 50)
    return {version.title: version.text for item, version in rows if item.channel == scene.channel.id}


def test_what_an_account_posts_is_collected_once_it_is_connected(scene: Scene) -> None:
    world = scene.platforms.world
    (other,) = world.publish(world.every(WeiboAccount)[1].id, Draft(title="别人的微博", paragraphs=("星空。",)))
    for draft in (
        Draft(title="长微博的题目", paragraphs=LONG, is_long=True),
        Draft(title="转发的题目", paragraphs=("值得一看。",), repost=other),
        Draft(title="有视频的题目", paragraphs=("看视频。",), has_video=True, pictures=0),
    ):
        world.publish(scene.account.id, draft)
    posted = len(world.posts(scene.account.id))

    before = scene.crawl()
    scene.connect()
    first, again = scene.crawl(), scene.crawl()

    with scene.database.reading() as tx:
        tally = announced.tally(tx, scene.channel.id)
    texts = texts_of(scene)
    assert (before["new"], "还没有连接" in str(before["error"])) == (0, True)
    assert (first["new"], first["error"], again["new"]) == (posted, None, 0)
    assert (tally.collected, tally.total) == (posted, posted)
    assert texts["长微博的题目"].endswith(LONG[-1])
    assert f"转自：{world.every(WeiboAccount)[1].name}（微博）https://weibo.com/" in texts["转发的题目"]
    assert world.count(scene.account.id, "weibo") <= 6


def test_what_is_deleted_there_comes_down_here(scene: Scene) -> None:
    world = scene.platforms.world
    (deleted,) = world.publish(scene.account.id, draft(1))
    (newest,) = world.publish(scene.account.id, draft(2))
    scene.connect()
    scene.crawl()
    world.take_away(deleted)

    scene.crawl()
    scene.crawl()

    with scene.database.reading() as tx:
        gone = [looks.look(tx, item.id) for item in found(scene, [deleted.number, newest.number])]
    assert [look.gone for look in gone if look] == [Sight.MISSING, None]


def test_an_authorisation_that_ended_is_told_in_words(scene: Scene) -> None:
    scene.connect()
    scene.platforms.world.faults.on(Fault.WEIBO_EXPIRED, scene.account.id)

    told = scene.crawl()

    with scene.database.reading() as tx:
        connection = connections.connection(tx, scene.channel.id)
    assert connection is not None
    assert "授权已经到期或失效" in str(told["error"])
    assert connection.state is ConnectionState.EXPIRED


def draft(number: int) -> Draft:
    return Draft(title=f"第 {number} 条的题目", paragraphs=("月球车在夜里休眠。",))


def found(scene: Scene, numbers: list[int]) -> list[Item]:
    with scene.database.reading() as tx:
        made = [items.by_key(tx, canonical_key(post_address(scene.account.id, str(number)))) for number in numbers]
    assert None not in made
    return [item for item in made if item]
