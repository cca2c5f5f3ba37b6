"""From a version that waits to tags, findings, vector and cluster, with the real model and the shipped files."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from config.settings import Settings
from indexer.accounts import User
from indexer.intake import take_in
from indexer.items import Candidate, Channel, ChannelId, CleanHtml, Facet, ItemId, Move, State
from indexer.records import channels, items, outbox
from indexer.records.database import Database
from indexer.review import desk
from indexer.understand import Understanding, prepare, understand_all, understand_waiting

STORY = (
    "月球的夜晚长达十四个地球日，气温会降到零下一百八十摄氏度以下。月球车在日落之前收起太阳翼，把车身朝向调整好，"
    "只留一只小小的同位素热源给电池和仪器保温。等到太阳重新升起，自主唤醒电路才会接通电源，逐项检查后向地球报告平安。"
)
HEAD, FOOT = "示例街道的邻居们，周末科学课又开讲啦，欢迎带孩子来听。", "编辑示例，审核示例，图片由示例馆提供。"
MakeCandidate = Callable[..., Candidate]
TakeIn = Callable[..., ItemId]


@pytest.fixture(scope="module")
def understanding(tmp_path_factory: pytest.TempPathFactory) -> Understanding:
    return prepare(Settings(data_folder=tmp_path_factory.mktemp("data"), _env_file=None))


@pytest.fixture
def taken(
    database: Database,
    channel: Channel,
    make_channel: Callable[..., Channel],
    make_candidate: MakeCandidate,
    now: datetime,
) -> TakeIn:
    with database.transaction() as tx:
        for name in ("b", "c"):
            channels.save_channel(tx, make_channel(id=ChannelId(f"channel-{name}"), hosts=(f"{name}.example",)))

    def take(host: str = "a", number: int = 1, **fields: object) -> ItemId:
        url = f"http://{host}.example/art/{number}.html"
        candidate = make_candidate(channel=ChannelId(f"channel-{host}"), url=url, **fields)
        found = take_in(database, candidate, now=now).item
        assert found is not None
        return found

    return take


def cluster(database: Database, item: ItemId) -> str:
    with database.reading() as tx:
        found = items.item(tx, item)
        assert found is not None
        return found.cluster


def test_a_waiting_version_gets_tags_findings_and_a_vector_once(
    database: Database, understanding: Understanding, taken: TakeIn, now: datetime
) -> None:
    html = CleanHtml('<a href="https://shop.example.com/">买</a>')
    key = taken(title="海淀讲座：节约用水", text="讲节水和水效标识。联系人手机13800000000。", html=html)

    done = [understand_waiting(database, understanding, now=now) for _ in range(2)]

    with database.reading() as tx:
        tags = {(tag.facet, tag.id) for tag in items.tags(tx, key, 1)}
        rules = {finding.rule for finding in items.findings(tx, key, 1)}
        [(_, raw)] = items.vectors(tx, understanding.embedder.name)
        is_understood = items.is_understood(tx, key, 1)
    assert done == [1, 0]
    assert is_understood
    assert {(Facet.TOPIC, "water-saving"), (Facet.DISTRICT, "haidian"), (Facet.FORM, "lecture")} <= tags
    assert {"phone-number", "foreign-link"} <= rules
    assert np.frombuffer(raw, dtype=np.float32).shape == (384,)


def test_reposts_on_three_channels_join_and_another_piece_does_not(
    database: Database, understanding: Understanding, taken: TakeIn, now: datetime
) -> None:
    first = taken("a", title="月球车如何过夜", text=STORY)
    second = taken("b", title="零下一百八十度也不怕", text=HEAD + STORY)
    other = taken(
        "a", 2, title="火星车如何过夜", text="火星的夜里也很冷，一昼夜却只比地球长四十分钟，车上的电池每天都能充满。"
    )
    third = taken("c", title="转载：月球车如何过夜", text=STORY + FOOT)

    understand_waiting(database, understanding, now=now)

    assert cluster(database, first) == cluster(database, second) == cluster(database, third)
    assert cluster(database, other) != cluster(database, first)


def test_a_repost_that_comes_in_a_later_batch_joins_too(
    database: Database, understanding: Understanding, taken: TakeIn, now: datetime
) -> None:
    first = taken("a", text=STORY)
    understand_waiting(database, understanding, now=now)
    late = taken("b", text=HEAD + STORY)

    understand_waiting(database, understanding, now=now)

    assert cluster(database, late) == cluster(database, first)


def test_a_repost_whose_text_changes_leaves_the_cluster(
    database: Database, understanding: Understanding, taken: TakeIn, now: datetime
) -> None:
    first, second = taken("a", text=STORY), taken("b", text=STORY)
    understand_waiting(database, understanding, now=now)
    taken("b", title="垃圾分类", text="厨余垃圾应当沥干水分再投放，大件垃圾要预约回收，电池交给专门的回收箱。")

    understand_waiting(database, understanding, now=now)

    assert cluster(database, second) != cluster(database, first)


def test_understanding_all_again_changes_no_cluster_and_tells_search_of_what_is_public(
    database: Database, understanding: Understanding, taken: TakeIn, make_user: Callable[..., User], now: datetime
) -> None:
    first, second = taken("a", text=STORY), taken("b", text=STORY + FOOT)
    understand_waiting(database, understanding, now=now)
    desk.decide(
        database, item=first, version=1, state=State.PENDING, move=Move.APPROVE, who=make_user(), why="", now=now
    )
    before = cluster(database, first), cluster(database, second)
    with database.transaction() as tx:
        outbox.done(tx, [row for row, _ in outbox.waiting(tx, limit=10)])

    done = list(understand_all(database, understanding, now=now))

    with database.reading() as tx:
        told = [item for _, item in outbox.waiting(tx, limit=10)]
    assert done == [2]
    assert (cluster(database, first), cluster(database, second)) == before
    assert told == [first]


def test_the_prototypes_are_kept_in_the_data_folder(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path, _env_file=None)

    prepare(settings)

    assert len(list((tmp_path / "prototypes").glob("*.npy"))) == 3
