"""The same query gives the same items in the same order on every engine.

Of made texts here, with filters and pages, and of a part of what people judged: all by `make quality-search-same`.
"""

import random
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import meilisearch
import pytest

from indexer.base.ids import ClusterId, ItemId, new_id
from indexer.search.meilisearch.index import MeilisearchIndex
from indexer.search.port import Entry, Order, SearchIndex
from indexer.search.tantivy.index import TantivyIndex
from tests.benchmarks.searching.texts import PLACES, TOPICS, texts
from tests.contract.conftest import KEY, URL
from tests.facets import entry, query
from tests.quality.understanding.search import JudgedSet, read_sets
from tests.quality.understanding.search_same import Run
from tests.simulators.meilisearch import MeilisearchSimulator

ITEMS = 240
QUERIES = 20  # and as many pieces of the texts
DAY = datetime(2026, 9, 1, tzinfo=UTC)
TYPED = (
    "", "月球车", "候", "月球车 土星环", "示例科技馆的候鸟", "疫苗能不能吃", "请问芯片怎样工作",
    "滴灌和机器人被谁发现了呢", '"孩子们发现"', "化石 -湿地", "单位:示例天文馆 古树", "标题:燃气 有什么用",
    "恐龙 再生水", "saturn v", "第12", "2.5",
)  # fmt: skip


def piece(number: int, chance: random.Random) -> Entry:
    title, text = texts(chance)
    is_copy = number % 5 == 4
    cluster = number - 1 if is_copy else number
    return entry(
        item=ItemId(f"i{number}"), version=1, title=title, text=text[:120], unit_name=chance.choice(PLACES),
        cluster=ClusterId(f"c{cluster}"), shared=number % 5 >= 3, place=int(is_copy), publication=number // 2,
        published=DAY + timedelta(hours=number), topics=(chance.choice(TOPICS),), unit=f"u{number % 7}",
    )  # fmt: skip


@pytest.fixture(scope="module")
def judged() -> JudgedSet:
    """The judged set with the fewest documents of those that have queries of several types."""
    return min((one for one in read_sets() if len({kind for _, _, kind in one.queries}) > 1), key=size)


def size(one: JudgedSet) -> int:
    return sum(len(text) for _, _, text in one.documents)


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SearchIndex, SearchIndex]]:
    chance = random.Random(29)  # noqa: S311  # the same texts in every run
    pieces = [piece(number, chance) for number in range(ITEMS)]
    with ExitStack() as opened:
        url = URL or opened.enter_context(MeilisearchSimulator())
        name = f"test-{new_id()}"
        made = (TantivyIndex(tmp_path_factory.mktemp("same") / "search"), MeilisearchIndex(url, KEY, name=name))
        for index in made:
            index.put(pieces)
        yield made
        meilisearch.Client(url, KEY).delete_index(name)


@pytest.mark.parametrize("text", TYPED)
def test_the_same_query_gives_the_same_page_on_every_engine(
    engines: tuple[SearchIndex, SearchIndex], text: str
) -> None:
    one, other = engines
    asked = [
        query(text=text, limit=15),
        query(text=text, offset=95, limit=20),
        query(text=text, order=Order.NEWEST, offset=10, limit=10),
        query(text=text, topics=TOPICS[:2], units=("u3", "u4"), counted=("topics", "units"), before=100),
        query(text=text, since=DAY + timedelta(days=2), collapse=False),
    ]

    assert [one.find(each) for each in asked] == [other.find(each) for each in asked]


def test_what_people_judged_stands_in_the_same_order_on_every_engine(judged: JudgedSet) -> None:
    run = Run()

    run.measure(judged, most=QUERIES, number=QUERIES, seed=1)

    assert run.faults == []
    assert run.asked > QUERIES
