"""Every adapter of the SearchIndex port, and entries for it."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import meilisearch
import pytest

from indexer.base.ids import ClusterId, ItemId, UnitId, new_id
from indexer.catalogue.items import ItemKind
from indexer.search.meilisearch.index import MeilisearchIndex
from indexer.search.port import Entry, SearchIndex
from indexer.search.tantivy.index import TantivyIndex
from tests.facets import entry
from tests.simulators.meilisearch import MeilisearchSimulator

URL = os.environ.get("CARNIVAL_TEST_MEILISEARCH_URL", "")
KEY = os.environ.get("CARNIVAL_TEST_MEILISEARCH_KEY")
MEILISEARCH = "meilisearch-real-server" if URL else "meilisearch-simulated-server"


@pytest.fixture(params=["tantivy-real", MEILISEARCH])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchIndex]:
    with ExitStack() as opened:
        if request.param == "tantivy-real":
            yield TantivyIndex(tmp_path / "search")
        else:
            url = URL or opened.enter_context(MeilisearchSimulator())
            name = f"test-{new_id()}"
            yield MeilisearchIndex(url, KEY, name=name)
            meilisearch.Client(url, KEY).delete_index(name)


@pytest.fixture
def make() -> Callable[..., Entry]:
    def made(item: str, title: str, text: str = "", *, version: int = 1, **more: object) -> Entry:
        known = {"unit": UnitId("u1"), "unit_name": "示例科技馆", "kind": ItemKind.ARTICLE, "cluster": ClusterId(item)}
        return entry(item=ItemId(item), version=version, title=title, text=text, **(known | more))  # type: ignore[arg-type]

    return made
