"""Events of publications: noted and collected at once, by the interface or by the articles' own pages."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from config.settings import Settings
from config.words import WhitelistStatus
from crawler.guard import FetchRefused
from crawler.platforms.calling import Caller
from crawler.platforms.wechat.authorised import account_of_code
from crawler.platforms.wechat.authorising import ComponentCalls
from crawler.platforms.wechat.published import Publications, job_of
from crawler.reading.readers import Readers
from indexer.base.ids import ChannelId
from indexer.connections.binding import bind
from indexer.connections.events import read_event
from indexer.records import announced, reads, to_understand
from indexer.records.announced import ToldBy
from indexer.records.database import Database
from indexer.whitelist.desk import step
from indexer.whitelist.records import Channel
from indexer.whitelist.states import WhitelistMove
from tests.callbacks import mass_sent, published
from tests.crawler.platforms.component_world import (
    ACCOUNT,
    OTHER,
    PERSON,
    Clock,
    channel,
    clock,
    code,
    component,
    platforms,
    settings,
    third_party,
    ticket,
)
from tests.operators import OPERATOR
from tests.simulators.running import Platforms
from tests.simulators.wechat.addresses import MP, article_id, article_url
from tests.simulators.world.faults import Fault
from tests.simulators.world.posts import Draft, Post

__all__ = [
    "channel",
    "clock",
    "code",
    "component",
    "platforms",
    "settings",
    "third_party",
    "ticket",
]  # fixtures, found by their names

DRAFTS = (
    Draft(title="猎户座里那颗橙红色的星", paragraphs=("冬夜抬头，腰带三星左上方那颗橙红色的亮星是参宿四。" * 3,)),
    Draft(title="叶子为什么会变黄", paragraphs=("天凉了，树不再补充叶绿素，原本被盖住的类胡萝卜素显出黄色。" * 3,)),
)
Ended = Callable[..., str]


@pytest.fixture
def posts(platforms: Platforms) -> list[Post]:
    """One message of two articles."""
    return platforms.world.publish(ACCOUNT.id, *DRAFTS)


@pytest.fixture
def urls(posts: list[Post]) -> tuple[str, ...]:
    return tuple(article_url(ACCOUNT, post) for post in posts)


@pytest.fixture
def readers() -> Iterator[Readers]:
    made = Readers()
    yield made
    made.close()


@pytest.fixture
def ended(settings: Settings, database: Database, clock: Clock, channel: Channel, readers: Readers) -> Ended:
    """Do an event of the channel's account."""
    caller = Caller(settings, database, clock=clock)
    publications = Publications(settings, database, caller=caller, readers=readers, clock=clock)

    def do(text: str, *, is_last: bool = False) -> str:
        return publications.ended(channel.id, read_event(text.encode()), is_last=is_last)

    return do


@pytest.fixture
def connected(
    database: Database, settings: Settings, clock: Clock, channel: Channel, component: ComponentCalls, code: str
) -> None:
    bind(database, settings, channel.id, account_of_code(component, code), by=PERSON, now=clock())


def titles(database: Database) -> list[str]:
    with database.reading() as tx:
        return sorted(version.title for _, version in to_understand.waiting(tx, 10))


def named(database: Database, channel: Channel) -> list[tuple[str, str | None]]:
    """What is announced and not here."""
    with database.reading() as tx:
        return [(one.number, one.why) for one in announced.unheld(tx, channel.id, limit=10)]


def is_due(database: Database, channel: Channel) -> bool:
    with database.reading() as tx:
        return reads.history(tx, channel.id).last_read_at is None


@pytest.fixture
def was_read(database: Database, channel: Channel, clock: Clock) -> None:
    with database.transaction() as tx:
        reads.record_read(tx, channel.id, at=clock())


@pytest.mark.usefixtures("connected")
def test_a_publication_is_collected_by_the_interface_with_one_call(
    ended: Ended, database: Database, platforms: Platforms, posts: list[Post], urls: tuple[str, ...]
) -> None:
    words = ended(published(*urls, article=article_id(posts[0])))

    asked = {call: number for (account, call, _), number in platforms.world.calls.items() if account == ACCOUNT.id}
    assert words == "收录 2 篇"
    assert titles(database) == sorted(draft.title for draft in DRAFTS)
    assert asked == {"getarticle": 1}


@pytest.mark.usefixtures("connected")
def test_a_publication_that_names_its_id_and_no_address_is_collected_all_the_same(
    ended: Ended, database: Database, posts: list[Post]
) -> None:
    assert ended(published(article=article_id(posts[0]))) == "收录 2 篇"
    assert len(titles(database)) == 2


def test_where_the_interface_refuses_the_articles_own_pages_are_read(
    ended: Ended, database: Database, posts: list[Post], urls: tuple[str, ...]
) -> None:
    assert ended(published(*urls, article=article_id(posts[0]))) == "收录 2 篇"
    assert titles(database) == sorted(draft.title for draft in DRAFTS)


def test_a_mass_send_is_collected_by_the_addresses_of_its_event(
    ended: Ended, database: Database, urls: tuple[str, ...]
) -> None:
    assert ended(mass_sent(*urls)) == "收录 2 篇"
    assert len(titles(database)) == 2


def test_the_same_event_again_brings_nothing_new(ended: Ended, database: Database, urls: tuple[str, ...]) -> None:
    ended(mass_sent(*urls))
    ended(mass_sent(*urls))

    assert len(titles(database)) == 2


@pytest.mark.usefixtures("was_read")
@pytest.mark.parametrize("text", [mass_sent(), published()])
def test_an_event_without_addresses_lets_the_channel_be_read_at_once(
    ended: Ended, database: Database, channel: Channel, text: str
) -> None:
    before = is_due(database, channel)

    words = ended(text)

    assert (before, is_due(database, channel)) == (False, True)
    assert "立即读取" in words


@pytest.mark.usefixtures("was_read")
@pytest.mark.parametrize(
    ("text", "why"),
    [
        (published("http://a.example/1", status=4), "平台审核没有通过"),
        (published(status=2), "原创校验没有通过"),
        (published(status=9), "没有发布成功（状态 9）"),
        (mass_sent("Url", status="err(30003)"), "原创校验判定为转载，账号选择了不群发（err(30003)）"),
        (mass_sent(status="send fail"), "群发没有成功（send fail）"),
    ],
)
def test_what_did_not_come_out_is_noted_with_why_and_nothing_of_it_is_missing_here(
    ended: Ended, database: Database, channel: Channel, text: str, why: str
) -> None:
    assert ended(text) == why

    assert titles(database) == []
    assert named(database, channel) == []


def test_a_running_publication_is_nothing_yet(ended: Ended) -> None:
    assert ended(published("http://a.example/1", status=1)) == "没有要收录的内容"


def test_nothing_is_asked_for_a_channel_that_is_not_approved(
    ended: Ended, database: Database, channel: Channel, urls: tuple[str, ...], platforms: Platforms
) -> None:
    step(
        database,
        channel.id,
        WhitelistMove.SUSPEND,
        seen=WhitelistStatus.APPROVED,
        who=OPERATOR,
        why="示例",
        now=datetime.now(UTC),
    )

    assert ended(mass_sent(*urls)) == "没有要收录的内容"
    assert named(database, channel) == []


def test_an_article_of_another_account_is_refused_and_told(
    ended: Ended, database: Database, platforms: Platforms
) -> None:
    (post,) = platforms.world.publish(OTHER.id, DRAFTS[0])

    words = ended(mass_sent(article_url(OTHER, post)))

    assert words.startswith("收录 0 篇；未收录 1 篇：")
    assert titles(database) == []


def test_a_page_that_asks_for_a_captcha_is_noted_as_missing_and_left_to_the_next_read(
    ended: Ended, database: Database, channel: Channel, platforms: Platforms, urls: tuple[str, ...]
) -> None:
    platforms.world.faults.on(Fault.CAPTCHA, ACCOUNT.id)

    words = ended(mass_sent(*urls))

    assert "没有读成 2 篇：平台要求验证" in words
    assert all(why and "平台要求验证" in why for _, why in named(database, channel))
    assert len(named(database, channel)) == 2
    assert is_due(database, channel)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "Url", "http://a:b/", "http://[", "https://" + "x" * 5000])
def test_an_address_that_is_none_is_never_fetched_and_never_tried_again(
    ended: Ended, database: Database, channel: Channel, url: str
) -> None:
    words = ended(mass_sent(url))

    assert "没有读成 1 篇" in words


def test_what_cannot_be_fetched_is_tried_again_and_at_last_noted(
    settings: Settings, database: Database, clock: Clock, channel: Channel, urls: tuple[str, ...], readers: Readers
) -> None:
    away = settings.model_copy(update={"stand_ins": {**settings.stand_ins, MP: "127.0.0.1:1"}})
    publications = Publications(
        away, database, caller=Caller(away, database, clock=clock), readers=readers, clock=clock
    )
    event = read_event(mass_sent(*urls).encode())

    with pytest.raises(FetchRefused):
        publications.ended(channel.id, event, is_last=False)
    words = publications.ended(channel.id, event, is_last=True)

    assert "没有读成 2 篇" in words
    assert len(named(database, channel)) == 2


def test_numbers_are_those_of_the_platform() -> None:
    long = "https://mp.weixin.qq.com/s?__biz=MzkwMDAwMDAwMQ==&mid=2247490098&idx=2&sn=a"
    job = job_of(ChannelId("c"), read_event(published(long, article="abc").encode()))

    assert job is not None
    assert (job.article_id, job.urls, job.why) == ("abc", (long,), "")
    assert job.created == datetime.fromtimestamp(1790000000, UTC)


def test_what_an_event_announced_is_said_to_be_told_by_it(
    ended: Ended, database: Database, channel: Channel, platforms: Platforms, urls: tuple[str, ...]
) -> None:
    platforms.world.faults.on(Fault.CAPTCHA, ACCOUNT.id)
    ended(mass_sent(*urls))

    with database.reading() as tx:
        found = announced.unheld(tx, channel.id, limit=10)

    assert {(one.told_by, one.url is not None) for one in found} == {(ToldBy.EVENT, True)}
    assert {one.number.rpartition("_")[2] for one in found} == {"1", "2"}
