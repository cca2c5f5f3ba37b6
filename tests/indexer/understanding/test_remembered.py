"""What was embedded once is read back; anything that is not exactly that is embedded anew."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
import pytest
from sqlalchemy import update

from indexer.records import embeddings
from indexer.records.database import Database
from indexer.records.embeddings import EMBEDDINGS
from indexer.understanding import remembered
from indexer.understanding.embeddings import wording
from indexer.understanding.embeddings.port import Vectors
from indexer.understanding.remembered import Remembered, digest_of
from tests.steps import HashEmbedder

ONE, TWO, THREE = "月球车怎样过夜", "厨余垃圾怎样投放", "🎈" * 40


class Asked(HashEmbedder):
    """An embedder that notes what it is given."""

    def __init__(self, name: str = "model-a") -> None:
        self.name, self.asked = name, list[str]()

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return super().passages(texts)


def held(database: Database, *texts: str, model: str = "model-a") -> set[str]:
    with database.reading() as tx:
        found = embeddings.held(tx, model, map(digest_of, texts))
    return {text for text in texts if digest_of(text) in found}


def test_a_text_is_embedded_once_however_often_and_wherever_it_stands(database: Database, now: datetime) -> None:
    embedder = Asked()

    first = Remembered().passages(database, embedder, [ONE, TWO, ONE], now=now)
    second = Remembered().passages(database, embedder, [THREE, TWO, ONE], now=now)

    assert embedder.asked == [ONE, TWO, THREE]
    np.testing.assert_array_equal(first, HashEmbedder().passages([ONE, TWO, ONE]))
    np.testing.assert_array_equal(second, HashEmbedder().passages([THREE, TWO, ONE]))


def test_of_no_text_there_is_no_vector(database: Database, now: datetime) -> None:
    embedder = Asked()

    assert Remembered().passages(database, embedder, [], now=now).shape == (0, embedder.dimensions)


def test_another_model_and_another_wording_know_nothing_of_it(
    database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, same = Asked("model-b"), Asked()
    Remembered().passages(database, Asked(), [ONE], now=now)

    Remembered().passages(database, other, [ONE], now=now)
    monkeypatch.setattr(wording, "VERSION", wording.VERSION + 1)
    Remembered().passages(database, same, [ONE], now=now)

    assert (other.asked, same.asked) == ([ONE], [ONE])


@pytest.mark.parametrize("raw", [b"", b"\0" * 7, np.full(HashEmbedder.dimensions, np.nan, np.float32).tobytes()])
def test_a_damaged_vector_is_made_and_written_anew(database: Database, now: datetime, raw: bytes) -> None:
    embedder, kept = Asked(), Remembered()
    kept.passages(database, embedder, [ONE], now=now)
    with database.transaction() as tx:
        tx.change(update(EMBEDDINGS).values(vector=raw))

    found = [kept.passages(database, embedder, [ONE], now=now) for _ in range(2)]

    assert embedder.asked == [ONE, ONE]
    np.testing.assert_array_equal(found, [HashEmbedder().passages([ONE])] * 2)


def test_what_was_of_use_lately_stays_where_there_are_too_many_or_it_is_long_ago(
    database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered, "SWEPT_AFTER", 0)
    embedder, kept = Asked(), Remembered(most=2)
    for day, texts in enumerate([[ONE, TWO], [ONE], [THREE]]):
        kept.passages(database, embedder, texts, now=now + timedelta(days=2 * day))
    few = held(database, ONE, TWO, THREE)

    kept.passages(database, embedder, ["新"], now=now + timedelta(days=3) + remembered.UNUSED)

    assert few == {ONE, THREE}
    assert held(database, ONE, TWO, THREE, "新") == {THREE, "新"}
