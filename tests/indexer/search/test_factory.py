"""indexer.search.factory: the setting names the engine; nothing is opened or asked yet."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from config.settings import SearchEngine, Settings
from indexer.search.factory import FOLDER, open_index
from indexer.search.meilisearch.index import MeilisearchIndex
from indexer.search.port import IndexDown, Query
from indexer.search.tantivy.index import TantivyIndex


def test_by_default_the_index_lies_in_the_data_folder(tmp_path: Path) -> None:
    index = open_index(Settings(data_folder=tmp_path))

    assert isinstance(index, TantivyIndex)
    assert list(tmp_path.iterdir()) == []
    index.put([])
    assert index.find(Query()).total == 0
    assert {path.name for path in tmp_path.iterdir()} <= {FOLDER}


def test_a_server_that_is_not_there_is_told_by_the_first_use(tmp_path: Path) -> None:
    settings = Settings(
        data_folder=tmp_path,
        search_engine=SearchEngine.MEILISEARCH,
        meilisearch_url="http://127.0.0.1:9",
        meilisearch_key=SecretStr("key"),
    )

    index = open_index(settings)

    assert isinstance(index, MeilisearchIndex)
    with pytest.raises(IndexDown):
        index.find(Query())
