"""From a version that waits to tags, findings, vector and cluster, with the real model and the shipped files."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest

from config.settings import EmbedderName, Settings
from indexer.base.ids import ChannelId, ItemId
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate, CleanHtml
from indexer.people.accounts import User
from indexer.records import channels, items, likenesses, outbox, to_understand, understood
from indexer.records.database import Database
from indexer.records.findings import findings
from indexer.review import desk
from indexer.review.records import Move, State
from indexer.understanding.duplicates.near import Relation
from indexer.understanding.prepared import Understanding, prepare
from indexer.understanding.results import Facet
from indexer.understanding.tags.port import Piece as Tagged
from indexer.understanding.tags.port import Said, Tagger
from indexer.understanding.understand import understand_all, understand_page, understand_waiting
from indexer.whitelist.records import Channel
from tests.at_once import at_once

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


@pytest.fixture(scope="module")
def of_another_model(small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Understanding:
    """The same deployment with a sentence-transformers model, an English one: it tells no topics of Chinese."""
    settings = Settings(
        data_folder=tmp_path_factory.mktemp("data"),
        embedder=EmbedderName.SENTENCE_TRANSFORMERS,
        embedder_model=str(small_model),
        _env_file=None,
    )
    return prepare(settings)


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
        tags = {(tag.facet, tag.id) for tag in understood.tags(tx, key, 1)}
        rules = {finding.rule for finding in findings(tx, key, 1)}
        [(_, _, raw)] = understood.vectors(tx, understanding.embedder.name)
        is_understood = understood.is_understood(tx, key, 1)
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


def test_an_excerpt_is_kept_as_a_part_and_hides_nothing(
    database: Database, understanding: Understanding, taken: TakeIn, now: datetime
) -> None:
    whole, excerpt = taken("a", text=STORY), taken("b", title="划重点", text=STORY[20:70])
    understand_waiting(database, understanding, now=now)

    with database.reading() as tx:
        [pair] = likenesses.touching(tx, [whole])
    assert (pair.item, pair.other, pair.relation) == (excerpt, whole, Relation.PART)
    assert pair.passage in STORY[20:70]
    assert len(pair.passage) > 40
    assert cluster(database, excerpt) != cluster(database, whole)


def test_a_repost_whose_text_changes_leaves_the_cluster_and_is_alike_nothing(
    database: Database, understanding: Understanding, taken: TakeIn, now: datetime
) -> None:
    first, second = taken("a", text=STORY), taken("b", text=STORY)
    understand_waiting(database, understanding, now=now)
    taken("b", title="垃圾分类", text="厨余垃圾应当沥干水分再投放，大件垃圾要预约回收，电池交给专门的回收箱。")

    understand_waiting(database, understanding, now=now)

    assert cluster(database, second) != cluster(database, first)
    with database.reading() as tx:
        assert likenesses.touching(tx, [first, second]) == []


def test_search_is_told_of_the_copies_that_an_item_leaves_behind(
    database: Database, understanding: Understanding, taken: TakeIn, make_user: Callable[..., User], now: datetime
) -> None:
    first, second = taken("a", text=STORY), taken("b", text=STORY)
    understand_waiting(database, understanding, now=now)
    editor = make_user()
    for item in (first, second):
        desk.decide(database, item=item, version=1, state=State.PENDING, move=Move.APPROVE, who=editor, why="", now=now)
    with database.transaction() as tx:
        claimed = outbox.claim_waiting(tx, holder="test", now=now, limit=10)
        outbox.done(tx, [row for row, _ in claimed], holder="test")
    taken("b", title="垃圾分类", text="厨余垃圾应当沥干水分再投放，大件垃圾要预约回收，电池交给专门的回收箱。")

    understand_waiting(database, understanding, now=now)

    with database.reading() as tx:
        told = [item for _, item in outbox.waiting(tx, limit=10)]
    assert cluster(database, first) != cluster(database, second)
    assert told == sorted([first, second])


def test_understanding_all_again_by_the_same_recipe_changes_no_cluster_and_tells_search_of_nothing(
    database: Database, understanding: Understanding, taken: TakeIn, make_user: Callable[..., User], now: datetime
) -> None:
    first, second = taken("a", text=STORY), taken("b", text=STORY + FOOT)
    understand_waiting(database, understanding, now=now)
    desk.decide(
        database, item=first, version=1, state=State.PENDING, move=Move.APPROVE, who=make_user(), why="", now=now
    )
    before = cluster(database, first), cluster(database, second)
    with database.transaction() as tx:
        rows = outbox.claim_waiting(tx, holder="a", now=now, limit=10)
        outbox.done(tx, [row for row, _ in rows], holder="a")

    done = list(understand_all(database, understanding, now=now))

    with database.reading() as tx:
        told = [item for _, item in outbox.waiting(tx, limit=10)]
    assert done == [2]
    assert (cluster(database, first), cluster(database, second)) == before
    assert told == []


def items_with_a_vector(database: Database, understanding: Understanding) -> set[ItemId]:
    with database.reading() as tx:
        return {item for _, item, _ in understood.vectors(tx, understanding.embedder.name)}


@pytest.mark.transformers
def test_a_sentence_transformers_model_understands_what_waits(
    database: Database, of_another_model: Understanding, taken: TakeIn, now: datetime
) -> None:
    first = taken("a", title="海淀讲座：节约用水", text=STORY + "联系人手机13800000000。")
    second = taken("b", title="海淀讲座：节约用水", text=HEAD + STORY)
    other = taken("c", title="Robots", text="Pupils of forty schools built robots that sort waste. Finals on Sunday.")

    done = [understand_waiting(database, of_another_model, now=now) for _ in range(2)]

    with database.reading() as tx:
        tags = {(tag.facet, tag.id) for tag in understood.tags(tx, first, 1)}
        rules = {finding.rule for finding in findings(tx, first, 1)}
    assert done == [3, 0]
    assert items_with_a_vector(database, of_another_model) == {first, second, other}
    assert cluster(database, first) == cluster(database, second) != cluster(database, other)
    assert {(Facet.DISTRICT, "haidian"), (Facet.FORM, "lecture")} <= tags
    assert "phone-number" in rules


@pytest.mark.transformers
def test_vectors_of_two_models_stand_side_by_side_until_all_are_made_anew_and_copies_are_found_meanwhile(
    database: Database, understanding: Understanding, of_another_model: Understanding, taken: TakeIn, now: datetime
) -> None:
    first, other = taken("a", text=STORY), taken("a", 2, title="垃圾分类", text="厨余垃圾应当沥干水分再投放。" * 5)
    understand_waiting(database, understanding, now=now)
    late = taken("b", text=HEAD + STORY)

    understand_waiting(database, of_another_model, now=now)
    joined = cluster(database, late) == cluster(database, first)
    half = items_with_a_vector(database, understanding), items_with_a_vector(database, of_another_model)
    done = list(understand_all(database, of_another_model, now=now))

    assert joined
    assert half == ({first, other}, {late})
    assert done == [3]
    assert items_with_a_vector(database, understanding) == set()
    assert items_with_a_vector(database, of_another_model) == {first, other, late}
    assert cluster(database, late) == cluster(database, first) != cluster(database, other)


@pytest.mark.transformers
def test_going_back_to_the_shipped_model_finds_the_same_copies(
    database: Database, understanding: Understanding, of_another_model: Understanding, taken: TakeIn, now: datetime
) -> None:
    first, second = taken("a", text=STORY), taken("b", text=STORY + FOOT)
    other = taken("c", title="垃圾分类", text="厨余垃圾应当沥干水分再投放，大件垃圾要预约回收。")
    understand_waiting(database, understanding, now=now)
    with database.reading() as tx:
        vectors = understood.vectors_of(tx, understanding.embedder.name, (first, second, other))
        tags = understood.tags(tx, other, 1)
    before = [cluster(database, item) for item in (first, second, other)]

    for model in (of_another_model, understanding):
        list(understand_all(database, model, now=now))

    with database.reading() as tx:
        assert len(vectors) == 3
        assert understood.vectors_of(tx, understanding.embedder.name, vectors) == vectors
        assert understood.tags(tx, other, 1) == tags
    assert [cluster(database, item) for item in (first, second, other)] == before


@pytest.mark.transformers
def test_an_unfit_model_suggests_no_flood_of_topics(
    database: Database, of_another_model: Understanding, taken: TakeIn, now: datetime
) -> None:
    """Its cosines spread seven times as wide: by the shipped model's thresholds as they stand, all would be certain."""
    taken("a", title="周末开放", text="周六上午九点开馆，下午四点停止入馆，请提前预约。")
    keys = [taken("a", number, title=f"第{number}期", text="本期内容请见海报，欢迎参加。") for number in range(2, 8)]

    understand_waiting(database, of_another_model, now=now)

    with database.reading() as tx:
        topics = [tag for key in keys for tag in understood.tags(tx, key, 1) if tag.facet is Facet.TOPIC]
    assert len(topics) <= len(keys)


def test_an_older_copy_that_is_understood_later_brings_the_younger_into_its_cluster(
    database: Database, understanding: Understanding, taken: TakeIn, now: datetime
) -> None:
    older, younger = taken("a", text=STORY), taken("b", text=STORY)
    with database.reading() as tx:
        first, second = to_understand.waiting(tx, 2)

    understand_page(database, understanding, [second], now=now)
    understand_page(database, understanding, [first], now=now)

    assert cluster(database, older) == cluster(database, younger)


class Meeting:
    """Waits until as many are at work as shall be."""

    def __init__(self, tagger: Tagger, barrier: Barrier) -> None:
        self._tagger, self.version, self.barrier = tagger, tagger.version, barrier

    def say(self, pieces: Sequence[Tagged]) -> list[Said]:
        self.barrier.wait()
        return self._tagger.say(pieces)


def test_copies_that_are_understood_side_by_side_are_one_cluster(
    database: Database, understanding: Understanding, taken: TakeIn, now: datetime
) -> None:
    copies = [taken(host, text=STORY) for host in "abc"]
    meeting = replace(understanding, tagger=Meeting(understanding.tagger, Barrier(len(copies))))
    with database.reading() as tx:
        waiting = to_understand.waiting(tx, len(copies))

    at_once(*[partial(understand_page, database, replace(meeting), [one], now=now) for one in waiting])

    assert len({cluster(database, copy) for copy in copies}) == 1
