"""indexer.search.meilisearch.version: a server that is too old is told of."""

import meilisearch
import pytest
from structlog.testing import capture_logs

from indexer.search.meilisearch.version import ask_version, note_version, too_old
from indexer.search.port import IndexDown
from tests.simulators.meilisearch import MeilisearchSimulator


@pytest.mark.parametrize(
    ("version", "is_old"), [("1.15.2", True), ("1.45.9", True), ("1.46.0", False), ("2.0.0", False), ("nightly", False)]
)
def test_a_version_below_the_least_is_too_old(version: str, is_old: bool) -> None:  # a case
    assert too_old(version) is is_old


def test_an_old_server_is_logged_once_it_is_asked() -> None:
    with MeilisearchSimulator(version="1.15.0") as url, capture_logs() as logs:
        version = note_version(meilisearch.Client(url))

    assert version == "1.15.0"
    assert [(one["event"], one["version"], one["least"]) for one in logs] == [("meilisearch_too_old", "1.15.0", "1.46")]


def test_a_key_that_may_not_ask_hears_nothing() -> None:
    simulator = MeilisearchSimulator(master="a-master-key-of-sixteen-bytes")
    key = simulator.server.keys.make({"actions": ["search"], "indexes": ["*"], "expiresAt": None})["key"]

    with simulator as url, capture_logs() as logs:
        version = note_version(meilisearch.Client(url, key))

    assert (version, logs) == ("", [])


def test_asked_of_nobody_it_is_the_index_being_down() -> None:
    with MeilisearchSimulator() as url:
        assert ask_version(url, None, seconds=2) == "1.50.0"
    with pytest.raises(IndexDown):
        ask_version(url, None, seconds=2)
