"""indexer.search.meilisearch.indexes: the indexes of a server, made, set up, written and read as a whole."""

from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from indexer.base.ids import ItemId
from indexer.search.meilisearch import indexes as module
from indexer.search.meilisearch.documents import SETTINGS
from indexer.search.meilisearch.indexes import Indexes
from tests.simulators.meilisearch import MeilisearchSimulator


@pytest.fixture
def simulator() -> MeilisearchSimulator:
    return MeilisearchSimulator()


@pytest.fixture
def indexes(simulator: MeilisearchSimulator) -> Iterator[Indexes]:
    with simulator as url:
        yield Indexes(url, None, seconds=10)


def test_what_is_made_or_dropped_twice_is_no_fault(indexes: Indexes, simulator: MeilisearchSimulator) -> None:
    indexes.create("one")
    indexes.create("one")
    assert list(simulator.server.indexes) == ["one"]

    indexes.drop("one")
    indexes.drop("one")
    assert list(simulator.server.indexes) == []


def test_what_is_not_there_has_no_settings_no_documents_and_is_empty(indexes: Indexes) -> None:
    assert indexes.settings("one") is None
    assert indexes.document("one", "i1") is None
    assert indexes.listed("one", ["item"]) == {}
    indexes.take_away("one", [ItemId("i1")])


def test_an_index_is_set_up_once(indexes: Indexes, simulator: MeilisearchSimulator) -> None:
    indexes.set_up("one", SETTINGS)
    indexes.set_up("one", SETTINGS)

    assert [task["type"] for task in simulator.server.tasks] == ["indexCreation", "settingsUpdate"]


def test_other_settings_are_told_once(indexes: Indexes, simulator: MeilisearchSimulator) -> None:
    indexes.set_up("one", SETTINGS)
    indexes.write("one", [{"item": "i1"}])
    simulator.server.settings["one"]["rankingRules"] = ["words"]

    with capture_logs() as logs:
        indexes.set_up("one", SETTINGS)
        indexes.set_up("one", SETTINGS)

    assert [one["settings"] for one in logs] == [["rankingRules"]]


def test_all_documents_are_read_page_by_page(indexes: Indexes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAGE", 2)
    indexes.write("one", [{"item": f"i{number}", "version": number} for number in range(5)])

    assert {item: one["version"] for item, one in indexes.listed("one", ["item", "version"]).items()} == {
        "i0": 0, "i1": 1, "i2": 2, "i3": 3, "i4": 4,
    }  # fmt: skip


def test_a_server_that_gives_the_same_page_for_ever_is_not_asked_for_ever(
    indexes: Indexes, simulator: MeilisearchSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAGE", 1)
    monkeypatch.setattr(simulator.server, "_read", lambda *_: {"results": [{"item": "i1"}]})

    assert list(indexes.listed("one", ["item"])) == ["i1"]
