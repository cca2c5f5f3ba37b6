"""Each step of the work takes as many queries over 1,000 items as over 10, for a batch of the same size."""

from collections.abc import Iterator, Mapping

import pytest

from tests.benchmarks.catalogue import Plan
from tests.queries import counted
from tests.sized import Sized, enter, make
from tests.steps import STEPS

FEW, MANY = Plan(items=10, paragraphs=1), Plan(items=1_000, paragraphs=1)
SMALL, LARGE = 2, 12
# Steps that do each item of their batch in a transaction of its own, so that one that fails leaves the others done:
# how many statements on SQLite such a transaction is.
BY_ITEM: Mapping[str, int] = {"understand a batch": 15, "decide a batch": 8}


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sized]:
    yield from opened(tmp_path_factory, FEW)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sized]:
    yield from opened(tmp_path_factory, MANY)


def opened(factory: pytest.TempPathFactory, plan: Plan) -> Iterator[Sized]:
    folder = factory.mktemp("sized") / "data"
    make(plan, folder)
    sized = enter(folder, plan)
    yield sized
    sized.database.close()


def cost(sized: Sized, step: str, *, batch: int) -> int:
    run = STEPS[step](sized, batch)
    with counted(sized.database) as queries:
        run()
    return len(queries)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_takes_no_more_queries_over_a_larger_catalogue(few: Sized, many: Sized, step: str) -> None:
    assert cost(many, step, batch=SMALL) == cost(few, step, batch=SMALL)


@pytest.mark.parametrize("step", STEPS)
def test_a_larger_batch_takes_no_more_queries_but_for_what_is_done_item_by_item(many: Sized, step: str) -> None:
    more = cost(many, step, batch=LARGE) - cost(many, step, batch=SMALL)

    assert more == BY_ITEM.get(step, 0) * (LARGE - SMALL)
