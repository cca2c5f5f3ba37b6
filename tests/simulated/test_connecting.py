"""What the simulators print is enough to connect: typed on the desk, exchanged by the collector, read back."""

from collections.abc import Callable
from pathlib import Path

from pydantic import SecretStr

from config.settings import Settings
from config.words import ChannelKind
from crawler.platforms.calling import Caller
from crawler.platforms.connecting import make
from crawler.platforms.wechat import calls
from indexer.base.actors import Actor, ActorKind
from indexer.base.times import now
from indexer.connections.desk import file_wechat
from indexer.connections.weibo import file_code
from indexer.records import channels, inbox
from indexer.records.database import Database
from indexer.records.inbox import Became
from indexer.whitelist.records import Channel, Unit
from tests.simulated.asking import submit
from tests.simulated.conftest import Hands, Simulated
from tests.simulators.cast import APP_KEY, APP_SECRET
from tests.simulators.running import WEIBO
from tests.simulators.world.accounts import WeiboAccount

BY = Actor(kind=ActorKind.PERSON, id="person-1", name="示例单位的人")
BACK = "https://kexue.example/back"


def became(database: Database, filed: str) -> Became | None:
    with database.reading() as tx:
        (row,) = inbox.filed(tx, [filed])
    return row.outcome.became if row.outcome else None


def register(database: Database, unit: Unit, channel: Channel) -> None:
    with database.transaction() as tx:
        channels.save_unit(tx, unit)
        channels.save_channel(tx, channel)


def test_an_appid_and_its_secret_connect_a_channel_whose_list_can_then_be_read(
    wechat: Simulated,
    hands: Hands,
    database: Database,
    tmp_path: Path,
    make_unit: Callable[..., Unit],
    make_channel: Callable[..., Channel],
) -> None:
    hands.at = now()
    settings = Settings(data_folder=tmp_path, stand_ins=wechat.running.stand_ins)
    channel = make_channel(kind=ChannelKind.WECHAT, source="wechat_api", address=None)
    register(database, make_unit(), channel)
    account = wechat.account

    filed = file_wechat(
        database, settings, channel=channel.id, appid=account.id, secret=account.secret, by=BY, now=now()
    )
    make(settings, database).do()
    answer = Caller(settings, database, clock=now).send(calls.list_ask(channel.id))

    assert became(database, filed) is Became.CONNECTED
    assert b'"total_count": 3' in answer.body


def test_the_code_of_the_page_of_weibo_connects_a_channel(
    weibo: Simulated,
    hands: Hands,
    database: Database,
    tmp_path: Path,
    make_unit: Callable[..., Unit],
    make_channel: Callable[..., Channel],
) -> None:
    hands.at = now()
    stand_ins, secret = weibo.running.stand_ins, SecretStr(APP_SECRET)
    settings = Settings(data_folder=tmp_path, stand_ins=stand_ins, weibo_app_key=APP_KEY, weibo_app_secret=secret)
    uid = weibo.world.every(WeiboAccount)[0].id
    channel = make_channel(kind=ChannelKind.WEIBO, source="weibo", address=None, options={"uid": uid})
    register(database, make_unit(), channel)
    target = f"/oauth2/authorize?client_id={APP_KEY}&response_type=code&redirect_uri={BACK}&state=s"
    code = submit(weibo.running.host(WEIBO), target, account=uid, answer="yes").heads["location"].split("code=")[1]

    filed = file_code(database, settings, channel=channel.id, code=code, return_to=BACK, by=BY, now=now())
    make(settings, database).do()

    assert became(database, filed) is Became.CONNECTED
