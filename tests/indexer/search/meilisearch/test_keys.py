"""indexer.search.meilisearch.keys: two keys from the master key, with which the index is written and asked."""

from dataclasses import replace

import pytest

from indexer.base.ids import ItemId
from indexer.search.meilisearch.index import MeilisearchIndex
from indexer.search.meilisearch.keys import WANTED, WORKER, make_keys
from indexer.search.port import IndexDown, Query
from tests.indexer.search.meilisearch.test_index import ENTRY
from tests.simulators.meilisearch import MeilisearchSimulator

MASTER = "a-master-key-of-sixteen-bytes"


def test_the_workers_key_does_all_that_an_index_needs_and_the_searching_one_only_asks() -> None:
    with MeilisearchSimulator(master=MASTER) as url:
        keys = make_keys(url, MASTER)
        worker, reader = MeilisearchIndex(url, keys.worker), MeilisearchIndex(url, keys.search)
        worker.put([ENTRY])
        building = iter(worker.rebuild([[ENTRY], [ENTRY]], lambda _: [ENTRY]))
        next(building)
        worker.put([ENTRY])
        worker.remove([ItemId("i2")])
        list(building)

        assert reader.find(Query(text="月球车")).total == 1
        assert worker.held() == {"i1": 1}
        with pytest.raises(IndexDown, match="invalid"):
            reader.put([ENTRY])


def test_keys_that_are_there_are_given_again() -> None:
    simulator = MeilisearchSimulator(master=MASTER)
    with simulator as url:
        assert make_keys(url, MASTER) == make_keys(url, MASTER)

    assert len(simulator.server.keys.held) == 2


def test_a_key_that_is_not_the_master_key_makes_none() -> None:
    with MeilisearchSimulator(master=MASTER) as url, pytest.raises(IndexDown, match="API key is invalid"):
        make_keys(url, "another")


def test_a_key_of_its_own_indexes_alone_is_told_that_it_does_not_see_the_swap() -> None:
    simulator = MeilisearchSimulator(master=MASTER)
    with simulator as url:
        narrow = simulator.server.keys.make({**WANTED[WORKER], "indexes": ["carnival*"], "expiresAt": None})["key"]
        worker = MeilisearchIndex(url, narrow)

        with pytest.raises(IndexDown, match="may not see whether it was done"):
            list(worker.rebuild([[ENTRY]], lambda _: [ENTRY]))
        worker.put([replace(ENTRY, item=ItemId("i2"))])

        assert worker.held() == {"i1": 1, "i2": 1}
