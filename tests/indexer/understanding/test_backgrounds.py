"""The background of a catalogue is made once it is large enough, and again as it grows; all processes use the same."""

from collections.abc import Callable
from datetime import datetime

import numpy as np
import pytest
from sqlalchemy import update

from indexer.catalogue.items import Item
from indexer.records import understood
from indexer.records.backgrounds import BACKGROUNDS
from indexer.records.database import Database
from indexer.understanding import backgrounds
from indexer.understanding.backgrounds import BARE, ground_number, ground_of, renew_ground
from indexer.understanding.related import background

Grow = Callable[..., None]
Renew = Callable[[], bool]
MODEL = "model-a"


@pytest.fixture(autouse=True)
def _few_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (background, backgrounds):
        monkeypatch.setattr(module, "LEAST", 4)


@pytest.fixture
def grow(database: Database, make_item: Callable[..., Item], now: datetime) -> Grow:
    """Give so many items more a vector."""
    random, numbers = np.random.default_rng(1), iter(range(1_000))

    def more(count: int, *, model: str = MODEL) -> None:
        for number in (next(numbers) for _ in range(count)):
            item, vector = make_item(url=f"http://a.example/{number}.html"), random.standard_normal(2, np.float32)
            with database.transaction() as tx:
                made = {"tags": (), "findings": (), "cluster": item.cluster, "at": now}
                understood.save(tx, item.id, 1, vector=vector.tobytes(), embedder=model, **made)  # type: ignore[arg-type]

    return more


@pytest.fixture
def renew(database: Database, now: datetime) -> Renew:
    return lambda: renew_ground(database, MODEL, now=now)


def test_a_small_catalogue_has_none(database: Database, grow: Grow, renew: Renew) -> None:
    grow(3)

    assert not renew()
    assert ground_of(database, MODEL) == BARE
    assert ground_number(database, MODEL) == 0


def test_it_is_made_of_enough_and_again_after_half_as_many_or_the_least(
    database: Database, grow: Grow, renew: Renew
) -> None:
    told = []
    for count in (4, 3, 1, 3, 1):
        grow(count)
        told.append((renew(), renew(), ground_number(database, MODEL)))

    assert told == [(True, False, 1), (False, False, 1), (True, False, 2), (False, False, 2), (True, False, 3)]


def test_another_process_reads_the_same_and_a_newer_one_has_another_digest(
    database: Database, grow: Grow, renew: Renew
) -> None:
    grow(4)
    renew()
    first, second = ground_of(database, MODEL), ground_of(database, MODEL)
    grow(4)
    renew()

    assert first.digest == second.digest != ground_of(database, MODEL).digest
    assert first.background is not None
    assert second.background is not None
    np.testing.assert_array_equal(first.background.whitening, second.background.whitening)


def test_of_a_model_that_made_few_vectors_yet_there_is_none(database: Database, grow: Grow, now: datetime) -> None:
    grow(6)
    grow(3, model="model-b")

    assert not renew_ground(database, "model-b", now=now)
    assert ground_of(database, "model-b") == BARE


def test_damaged_figures_are_passed_over_and_the_next_ones_serve(database: Database, grow: Grow, renew: Renew) -> None:
    grow(4)
    renew()
    with database.transaction() as tx:
        tx.change(update(BACKGROUNDS).values(figures=b"cut short"))
    damaged = ground_of(database, MODEL)
    grow(4)
    renew()

    assert damaged == BARE
    assert ground_of(database, MODEL).background is not None


def test_of_vectors_that_are_all_alike_none_is_made(
    database: Database, make_item: Callable[..., Item], now: datetime
) -> None:
    for number in range(4):
        item = make_item(url=f"http://a.example/{number}.html")
        with database.transaction() as tx:
            made = {"tags": (), "findings": (), "cluster": item.cluster, "at": now}
            vector = np.ones(2, dtype=np.float32).tobytes()
            understood.save(tx, item.id, 1, vector=vector, embedder=MODEL, **made)  # type: ignore[arg-type]

    assert not renew_ground(database, MODEL, now=now)
