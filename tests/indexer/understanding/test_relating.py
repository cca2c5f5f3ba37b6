"""Two reports of one event are related, found by their rare words; anything else is not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer.catalogue.items import Item
from indexer.records import items, related, understood
from indexer.records.database import Database
from indexer.understanding.duplicates.postings import KnownSketches
from indexer.understanding.embeddings.port import Vectors
from indexer.understanding.embeddings.scale import Scale
from indexer.understanding.related.background import LEAST, background_of
from indexer.understanding.related.leads import FORM, lead_of
from indexer.understanding.related.score import LEAST_SCORE, Related
from indexer.understanding.relating import related_to

MakeItem = Callable[..., Item]
ONE = ("月球车玉兔醒来", "9月17日，玉兔在月球背面度过第14个夜晚，气温零下180度，太阳翼重新展开。")
TWO = ("零下180度也不怕", "据示例台9月17日消息，月球背面的玉兔又醒了，第14个夜晚之后它张开太阳翼。")
OTHER = ("垃圾怎样分类", "示例街道昨天请志愿者讲厨余垃圾，居民把305吨厨余送去堆肥。")
NEAR, FAR = np.array([1, 0], dtype=np.float32), np.array([0, 1], dtype=np.float32)


SCALE = Scale(0.0, 0.1)


@dataclass
class Model:
    """An embedder whose unrelated texts stand at right angles."""

    name: str = "model"
    dimensions: int = 2
    scale: Scale = SCALE

    def passages(self, texts: Sequence[str]) -> Vectors:
        raise NotImplementedError

    queries = passages


@pytest.fixture
def known(database: Database, make_item: MakeItem, now: datetime) -> Callable[..., tuple[Item, KnownSketches]]:
    held = KnownSketches()

    def enter(words: tuple[str, str], vector: NDArray[np.float32], url: str) -> tuple[Item, KnownSketches]:
        item, lead = make_item(url=url, title=words[0], text=words[1]), lead_of(*words)
        with database.transaction() as tx:
            made = {"tags": (), "findings": (), "cluster": item.cluster, "at": now}
            understood.save(tx, item.id, 1, vector=vector.tobytes(), embedder="model", **made)  # type: ignore[arg-type]
            related.replace(tx, item.id, (), lead=lead, form=FORM)
        held.add(item.id, lead.words)
        return item, held

    return enter


def found(database: Database, item: Item, vector: NDArray[np.float32], known: KnownSketches) -> list[Related]:
    with database.reading() as tx:
        version = items.version(tx, item.id, 1)
    assert version is not None
    lead = lead_of(version.title, version.text)
    return related_to(database, Model(), version, lead, vector, known=known, background=None)


def test_two_reports_of_one_event_are_related_and_the_rare_words_of_both_are_told(
    database: Database, known: Callable[..., tuple[Item, KnownSketches]]
) -> None:
    first, _ = known(ONE, NEAR, "http://a.example/1.html")
    known(OTHER, FAR, "http://a.example/2.html")
    second, held = known(TWO, NEAR, "http://a.example/3.html")

    [told] = found(database, second, NEAR, held)

    assert (told.item, told.other) == (second.id, first.id)
    assert LEAST_SCORE <= told.score <= 1
    assert {"玉兔", "背面"} & set(told.words)
    [again] = found(database, first, NEAR, held)
    assert (again.item, again.other, again.score) == (second.id, first.id, told.score)


def test_what_means_something_else_is_not_related_though_it_shares_words(
    database: Database, known: Callable[..., tuple[Item, KnownSketches]]
) -> None:
    known(ONE, NEAR, "http://a.example/1.html")
    second, held = known(TWO, FAR, "http://a.example/2.html")

    assert found(database, second, -NEAR, held) == []


def test_without_anything_near_nothing_is_read(
    database: Database, known: Callable[..., tuple[Item, KnownSketches]]
) -> None:
    alone, held = known(ONE, NEAR, "http://a.example/1.html")

    assert found(database, alone, NEAR, held) == []


def test_with_a_background_what_all_have_in_common_counts_no_longer(
    database: Database, known: Callable[..., tuple[Item, KnownSketches]]
) -> None:
    """Both lie where the whole catalogue lies: by their cosine alone they would be one event."""
    random = np.random.default_rng(1)
    catalogue = (np.array([1, 0]) + 0.1 * random.standard_normal((LEAST, 2))).astype(np.float32)
    one, other = np.array([1, 0.1], dtype=np.float32), np.array([1, -0.1], dtype=np.float32)
    known(ONE, one, "http://a.example/1.html")
    second, held = known(TWO, other, "http://a.example/2.html")
    with database.reading() as tx:
        version = items.version(tx, second.id, 1)
    assert version is not None
    ask = (database, Model(), version, lead_of(*TWO), other)

    assert related_to(*ask, known=held, background=None) != []
    assert related_to(*ask, known=held, background=background_of(catalogue)) == []
