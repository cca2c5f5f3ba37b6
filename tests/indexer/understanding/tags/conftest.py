"""A small school: two topics and two forms, taught by a dozen pieces whose vectors say what they are about."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

import config
from config.taxonomy import Category, District, Taxonomy, load_taxonomy
from indexer.catalogue.items import ItemKind
from indexer.understanding.embeddings.port import Vectors
from indexer.understanding.embeddings.scale import E5
from indexer.understanding.results import Facet
from indexer.understanding.tags.fitting import fit_model, labels_of
from indexer.understanding.tags.model import Model
from indexer.understanding.tags.port import Lesson, Piece

WATER, TREES, NEITHER = np.eye(3, dtype=np.float32)
TEXTS = {"water": ("水库放水", "水管漏水了"), "trees": ("古树长高", "林间树叶"), "": ("会议通知", "放假安排")}
VECTORS = {"water": WATER, "trees": TREES, "": NEITHER}


def category(name: str, *keywords: str) -> Category:
    return Category(id=name, label="名", label_en="name", keywords=keywords)


SMALL = Taxonomy(
    version=1,
    topics=(category("water", "节水"), category("trees", "森林"), category("space", "月球车")),
    audiences=(category("youth", "孩子"),),
    forms=(category("article"), category("lecture", "讲座")),
    districts=(District(id="d", label="示例区", short="示例"),),
)


def piece(
    topic: str, title: str = "", *, kind: ItemKind = ItemKind.ARTICLE, number: int = 0, vector: Vectors | None = None
) -> Piece:
    """Return a piece about the topic; its vector lies near that of its likes."""
    shaken = VECTORS[topic] + np.random.default_rng(number).normal(0, 0.1, 3).astype(np.float32)
    found = shaken / np.linalg.norm(shaken) if vector is None else vector
    return Piece(title=title or TEXTS[topic][number % 2], text=TEXTS[topic][1], kind=kind, vector=found)


def lesson(topic: str, number: int) -> Lesson:
    kind = ItemKind.ACTIVITY if number % 3 == 0 else ItemKind.ARTICLE
    forms = frozenset({"lecture" if kind is ItemKind.ACTIVITY else "article"})
    tags = {Facet.TOPIC: frozenset({topic} - {""}), Facet.FORM: forms}
    return Lesson(piece=piece(topic, number=number, kind=kind), tags=tags, off_topic=not topic)


def lessons() -> list[Lesson]:
    return [lesson(topic, number) for number in range(8) for topic in VECTORS]


class Thirds:
    """An embedder of three dimensions, which counts what it is asked."""

    name, dimensions, scale = "thirds", 3, E5

    def __init__(self) -> None:
        self.asked: list[str] = []

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        rows = np.array([[len(text), text.count("水"), 1] for text in texts], dtype=np.float32).reshape(-1, 3)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)

    queries = passages


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    """The taxonomy as it ships."""
    return load_taxonomy(Path(config.__file__).parent / "shipped" / "taxonomy.yaml")


@pytest.fixture(scope="session")
def school_model() -> Model:
    """A tagger that learned from the school."""
    return fit_model(lessons(), labels_of(SMALL), embedder="thirds", taxonomy=SMALL)
