"""What every adapter of the SearchIndex port promises of meaning: found in other words, in one order, gone at once."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from random import Random

import meilisearch
import pytest

from indexer.base.ids import ClusterId, ItemId, new_id
from indexer.search.meaning import Meaning
from indexer.search.meilisearch.index import MeilisearchIndex
from indexer.search.port import Entry, Found, Meant, SearchIndex
from indexer.search.tantivy.index import TantivyIndex
from tests.contract.conftest import KEY, MEILISEARCH, URL
from tests.contract.meant import bytes_of, meaning
from tests.facets import entry, query
from tests.simulators.meilisearch import MeilisearchSimulator

Open = Callable[[Meaning | None], SearchIndex]
ASKED = "买到坏掉的东西去哪儿告"
TEXTS = {
    "rights": "消费维权一问一答：留好票据，拨打热线。",
    "food": "食品安全：饭菜要烧熟。",
    "moon": "月球车如何过夜：靠热源保温。",
    "call": "老人识别诈骗：先挂断再核实。",
}
WORDS = ("月球", "东西", "哪儿", "热源", "票据", "讲座", "坏掉", "水库", "银杏", "消费", "食品", "过夜", "诈骗", "晚上")


def piece(item: str, text: str, *, has_vector: bool = True, **more: object) -> Entry:
    vector = bytes_of(text) if has_vector else b""
    known = {"unit_name": "示例馆", "cluster": ClusterId(item), "version": 1, "title": text[:6]}
    return entry(item=ItemId(item), text=text, vector=vector, **(known | more))  # type: ignore[arg-type]


def pieces(texts: dict[str, str]) -> list[Entry]:
    return [piece(item, text) for item, text in texts.items()]


def items(found: Found) -> list[str]:
    return [hit.item for hit in found.hits]


@pytest.fixture
def url() -> Iterator[str]:
    with ExitStack() as opened:
        yield URL or opened.enter_context(MeilisearchSimulator())


@pytest.fixture(params=["tantivy-real", MEILISEARCH])
def open_index(request: pytest.FixtureRequest, tmp_path: Path, url: str) -> Iterator[Open]:
    """Opens the same index as another process would, with another meaning or none."""
    if request.param == "tantivy-real":
        yield lambda with_: TantivyIndex(tmp_path / "search", meaning=with_)
        return
    name = f"test-{new_id()}"
    yield lambda with_: MeilisearchIndex(url, KEY, name=name, meaning=with_)
    meilisearch.Client(url, KEY).delete_index(name)


def test_a_question_finds_what_means_the_same_in_other_words(open_index: Open) -> None:
    index = open_index(meaning())
    index.put(pieces(TEXTS))

    found = index.find(query(text=ASKED))

    assert (items(found)[0], found.meant, found.is_nearest) == ("rights", Meant.MIXED, True)
    assert index.embedder() == "subjects"


@pytest.mark.parametrize(
    "typed", ["月球车", "烧熟", "靠热源保温", "消费维权一问一答", '"东西" 去哪儿告', "东西 -坏掉", "anquan", ""]
)
def test_a_name_a_piece_of_text_pinyin_and_operators_are_not_asked_of_the_model(open_index: Open, typed: str) -> None:
    index, plain = open_index(meaning()), open_index(None)
    index.put(pieces(TEXTS))

    found = index.find(query(text=typed))

    assert found.meant is Meant.UNASKED
    assert replace(found, meant=Meant.OFF) == plain.find(query(text=typed))


def test_what_is_removed_or_changed_is_near_nothing_at_once(open_index: Open) -> None:
    index = open_index(meaning())
    index.put(pieces(TEXTS))
    index.remove([ItemId("rights")])

    assert "rights" not in items(index.find(query(text=ASKED)))

    index.put([piece("moon", "消费者买到的东西", version=2)])
    assert items(index.find(query(text=ASKED)))[0] == "moon"

    index.put([piece("moon", "银杏", version=3, has_vector=False)])
    assert "moon" not in items(index.find(query(text=ASKED)))


def test_filters_hold_for_what_is_near_and_counts_follow(open_index: Open) -> None:
    index = open_index(meaning())
    index.put([
        piece("far", TEXTS["food"], topics=("food",)), piece("near", TEXTS["rights"], topics=("rights",)),
    ])  # fmt: skip

    narrowed = index.find(query(text=ASKED, topics=("food",), counted=("topics",)))

    assert (items(narrowed), narrowed.total) == (["far"], 1)
    assert narrowed.facets == {"topics": {"food": 1, "rights": 1}}


def test_of_copies_that_mean_the_same_the_original_is_shown(open_index: Open) -> None:
    index, cluster = open_index(meaning()), ClusterId("c")
    index.put([
        piece("copy", TEXTS["rights"], cluster=cluster, shared=True, place=1),
        piece("original", TEXTS["rights"] + "转自网络", cluster=cluster, shared=True),
    ])  # fmt: skip

    assert items(index.find(query(text=ASKED))) == ["original"]


def test_without_vectors_or_with_those_of_another_model_words_alone_are_looked_for(open_index: Open) -> None:
    plain = open_index(None)
    plain.put(pieces(TEXTS))
    asked = query(text="买到坏掉的食品去哪儿告")
    before = plain.find(asked)

    assert before.meant is Meant.OFF
    assert open_index(meaning()).find(asked) == replace(before, meant=Meant.MISSING)

    list(open_index(meaning("other")).rebuild([pieces(TEXTS)], lambda _: []))
    assert open_index(meaning()).find(asked) == replace(before, meant=Meant.MISSING)
    assert open_index(None).find(asked) == before


def test_a_rebuild_switches_vectors_on_and_off_while_others_write(open_index: Open) -> None:
    plain, index = open_index(None), open_index(meaning())
    plain.put(pieces(TEXTS))
    late = piece("late", "消费者买东西不满意就告")

    def batches() -> Iterator[Sequence[Entry]]:
        yield pieces(TEXTS)
        plain.put([replace(late, vector=b"")])  # a process that does not know yet of the new setting
        yield []

    list(index.rebuild(batches(), lambda touched: [late for item in touched if item == "late"]))
    mixed = index.find(query(text=ASKED))
    assert (mixed.meant, set(items(mixed)[:2])) == (Meant.MIXED, {"rights", "late"})

    list(plain.rebuild([pieces(TEXTS)], lambda _: []))
    assert index.find(query(text=ASKED)).meant is Meant.MISSING


def test_a_process_without_vectors_writes_to_an_index_that_has_some(open_index: Open) -> None:
    index, plain = open_index(meaning()), open_index(None)
    index.put(pieces(TEXTS))
    plain.put([piece("new", "银杏大道", has_vector=False), piece("moon", "银杏", has_vector=False, version=2)])

    assert index.held() == {"rights": 1, "food": 1, "call": 1, "new": 1, "moon": 2}
    assert items(index.find(query(text=ASKED)))[0] == "rights"


def test_the_same_question_gives_the_same_order_on_every_engine(tmp_path: Path, url: str) -> None:
    chance = Random(29)  # noqa: S311  # the same texts in every run
    made = []
    for number in range(150):
        text = "，".join(chance.choices(WORDS, k=7)) + f"第{number}篇"
        more: dict[str, object] = {"topics": (f"t{number % 3}",), "publication": number}
        made.append(piece(f"i{number}", text, has_vector=bool(number % 7), **more))
    name = f"test-{new_id()}"
    engines: list[SearchIndex] = [
        TantivyIndex(tmp_path / "same", meaning=meaning()), MeilisearchIndex(url, KEY, name=name, meaning=meaning()),
    ]  # fmt: skip
    for index in engines:
        index.put(made)

    pages: list[dict[str, object]] = [
        {}, {"topics": ("t1",)}, {"offset": 10, "limit": 5}, {"collapse": False, "before": 90},
    ]  # fmt: skip
    for typed in (ASKED, "晚上睡觉前能不能吃饭菜", "儿子要钱怎么办", "水库里的银杏有什么用"):
        for page in pages:
            one, other = (index.find(query(text=typed, **page)) for index in engines)
            assert (items(one), one.total, one.facets, one.meant) == (
                items(other),
                other.total,
                other.facets,
                other.meant,
            )
            assert one.meant is Meant.MIXED
    meilisearch.Client(url, KEY).delete_index(name)
