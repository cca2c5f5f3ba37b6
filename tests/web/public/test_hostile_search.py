"""Whatever is asked of a search is answered, or refused in plain words: on both engines, by page, feed and JSON."""

from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient

from config.settings import Settings
from indexer.catalogue.items import Item
from indexer.review.records import Move
from indexer.search.port import SearchIndex
from indexer.search.tantivy.index import TantivyIndex
from tests.benchmarks.hostile_search import HOSTILE, SEARCHES
from tests.engines import ENGINES, empty_index

REFUSED = {"half a pair", "no UTF-8", "a NUL", "a broken escape"}
FOUND = {"zero width", "one character", "two characters", "10,000 times one term"}


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest, settings: Settings) -> Iterator[SearchIndex]:
    with empty_index(request.param, settings.data_folder / "search") as made:
        yield made


@pytest.fixture
def piece(make_item: Callable[..., Item], move: Callable[..., None]) -> Item:
    item = make_item(title="月球车如何过夜", text="的确，月球的夜晚很长。" * 40)
    move(item, Move.APPROVE)
    return item


def test_every_hostile_search_is_answered_or_refused(client: FlaskClient, index: SearchIndex, piece: Item) -> None:
    paths = SEARCHES if isinstance(index, TantivyIndex) else SEARCHES[:1]
    answers = {kind: [client.get(f"{path}?{args}") for path in paths] for kind, args in HOSTILE.items()}

    refused = {kind for kind, some in answers.items() if {one.status_code for one in some} == {400}}
    statuses = {one.status_code for kind, some in answers.items() if kind not in REFUSED for one in some}
    assert refused == REFUSED
    assert statuses <= {200, 400}
    assert all(f"/items/{piece.id}" in answers[kind][0].text for kind in FOUND)
