"""What only the Meilisearch adapter has, against the simulated server: failures of the server and of its tasks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from structlog.testing import capture_logs

from indexer.base.ids import ClusterId, ItemId, UnitId
from indexer.catalogue.items import ItemKind
from indexer.search.engine import Held, Key
from indexer.search.meilisearch.documents import SETTINGS
from indexer.search.meilisearch.index import MeilisearchIndex
from indexer.search.meilisearch.view import MeilisearchView
from indexer.search.port import IndexDown, Query
from tests.facets import entry
from tests.simulators.meilisearch import MeilisearchSimulator

ENTRY = entry(
    item=ItemId("i1"),
    version=1,
    title="月球车",
    text="",
    unit=UnitId("u1"),
    unit_name="示例馆",
    kind=ItemKind.ARTICLE,
    cluster=ClusterId("i1"),
)


@pytest.fixture
def simulator() -> MeilisearchSimulator:
    return MeilisearchSimulator()


@pytest.fixture
def index(simulator: MeilisearchSimulator) -> Iterator[MeilisearchIndex]:
    with simulator as url:
        yield MeilisearchIndex(url, "key")


def test_a_server_that_fails_is_down_and_finds_again_when_it_is_back(
    index: MeilisearchIndex, simulator: MeilisearchSimulator
) -> None:
    index.put([ENTRY])
    simulator.server.down = True

    with pytest.raises(IndexDown, match="told to fail"):
        index.find(Query(text="月球车"))
    simulator.server.down = False

    assert index.find(Query(text="月球车")).total == 1


def test_a_port_where_nobody_listens_is_down(simulator: MeilisearchSimulator) -> None:
    with simulator as url:
        nobody = MeilisearchIndex(url, None)

    with pytest.raises(IndexDown):
        nobody.held()


def test_an_answer_of_another_shape_is_down(index: MeilisearchIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MeilisearchView, "_ask", lambda _, queries: [{} for _ in queries])

    with pytest.raises(IndexDown):
        index.find(Query(text="月球车"))


def test_a_task_that_fails_is_down_with_the_servers_words(
    index: MeilisearchIndex, simulator: MeilisearchSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.put([ENTRY])
    failed = ("documentAdditionOrUpdate", None, {"code": "internal", "message": "no space left"})
    monkeypatch.setattr(simulator.server, "_work", lambda *_: failed)

    with pytest.raises(IndexDown, match="no space left"):
        index.put([ENTRY])


def test_the_settings_are_sent_before_the_first_document(
    index: MeilisearchIndex, simulator: MeilisearchSimulator
) -> None:
    index.put([ENTRY])

    assert simulator.server.settings["carnival"] == SETTINGS
    assert [task["type"] for task in simulator.server.tasks] == [
        "indexCreation",
        "settingsUpdate",
        "documentAdditionOrUpdate",
    ]


def test_an_index_of_an_older_version_is_down_until_it_is_built_anew(
    index: MeilisearchIndex, simulator: MeilisearchSimulator
) -> None:
    index.put([ENTRY])
    simulator.server.settings["carnival"] = {**SETTINGS, "sortableAttributes": ["publication"]}

    with pytest.raises(IndexDown, match="carnival reindex"):
        index.find(Query(text="月球车"))
    list(index.rebuild([[ENTRY]], lambda _: ()))

    assert index.find(Query(text="月球车")).total == 1


def test_the_shared_items_are_asked_for_once_and_the_list_again_only_for_stand_ins(
    index: MeilisearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.put([replace(ENTRY, shared=True), replace(ENTRY, item=ItemId("i2"), title="月球", shared=True, place=1)])
    requests: list[int] = []
    ask = MeilisearchView._ask

    def counted(view: MeilisearchView, queries: Sequence[Mapping[str, Any]]) -> list[Any]:
        requests.append(len(queries))
        return ask(view, queries)

    monkeypatch.setattr(MeilisearchView, "_ask", counted)
    index.find(Query(text="月球车"))
    without = list(requests)
    index.put([replace(ENTRY, title="火星车", shared=True)])
    [hit] = index.find(Query(text="月球")).hits

    # What finds, and what reads the hits; where a copy stands in, the lists once more between them.
    assert len(without) == 2
    assert len(requests) == 5
    assert hit.item == "i2"


def test_an_item_that_leaves_between_two_requests_is_left_out(
    index: MeilisearchIndex, simulator: MeilisearchSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.put([ENTRY, replace(ENTRY, item=ItemId("i2"), cluster=ClusterId("i2"))])
    read = MeilisearchView.read

    def late(view: MeilisearchView, keys: Sequence[Key]) -> Sequence[Held]:
        simulator.server.indexes["carnival"].pop("i1", None)
        return read(view, keys)

    monkeypatch.setattr(MeilisearchView, "read", late)

    assert [hit.item for hit in index.find(Query(text="月球车")).hits] == ["i2"]


def sent(simulator: MeilisearchSimulator) -> list[str]:
    return [task["type"] for task in simulator.server.tasks]


def test_settings_that_are_there_are_not_sent_again(simulator: MeilisearchSimulator) -> None:
    with simulator as url:
        MeilisearchIndex(url, None).put([ENTRY])
        MeilisearchIndex(url, None).put([ENTRY])

    assert sent(simulator).count("settingsUpdate") == 1
    assert sent(simulator).count("indexCreation") == 1


def test_other_settings_of_an_index_that_holds_documents_are_left_to_a_rebuild(simulator: MeilisearchSimulator) -> None:
    with simulator as url, capture_logs() as logs:
        MeilisearchIndex(url, None).put([ENTRY])
        simulator.server.settings["carnival"]["rankingRules"] = ["words"]
        MeilisearchIndex(url, None).put([ENTRY])
        before = sent(simulator).count("settingsUpdate")
        list(MeilisearchIndex(url, None).rebuild([[ENTRY]], lambda _: [ENTRY]))

    assert before == 1
    assert [one["settings"] for one in logs if one["event"] == "meilisearch_settings_differ"] == [["rankingRules"]]
    assert simulator.server.settings["carnival"] == SETTINGS


def test_what_is_removed_is_removed_by_its_ids(index: MeilisearchIndex, simulator: MeilisearchSimulator) -> None:
    index.put([ENTRY])

    index.remove([ENTRY.item, ItemId("unknown")])

    assert simulator.server.tasks[-1]["details"] == {"providedIds": 2, "deletedDocuments": 1, "originalFilter": None}
    assert index.held() == {}


def test_batches_of_a_rebuild_are_sent_without_waiting_and_a_failed_one_ends_it(
    index: MeilisearchIndex, simulator: MeilisearchSimulator
) -> None:
    building = iter(index.rebuild([[ENTRY], [replace(ENTRY, item=ItemId("no id"))], [ENTRY]], lambda _: []))
    written = [next(building), next(building), next(building)]

    with pytest.raises(IndexDown, match="no id"):
        next(building)

    assert written == [1, 1, 1]
    assert "indexSwap" not in sent(simulator)


def test_an_index_that_the_server_lost_is_set_up_anew_by_who_wrote_before(
    index: MeilisearchIndex, simulator: MeilisearchSimulator
) -> None:
    index.put([ENTRY])
    for held in (simulator.server.indexes, simulator.server.settings):
        held.clear()

    index.put([ENTRY])

    assert simulator.server.settings["carnival"] == SETTINGS
    assert index.find(Query(text="月球车")).total == 1


def test_an_index_that_was_lost_while_it_was_built_keeps_nobody_from_writing(
    index: MeilisearchIndex, simulator: MeilisearchSimulator
) -> None:
    building = iter(index.rebuild([[ENTRY]], lambda _: []))
    next(building)
    lost = [name for name in simulator.server.indexes if "rebuild" in name]
    for name in lost:
        simulator.server.indexes.pop(name)

    index.put([ENTRY])

    assert len(lost) == 1
    assert index.find(Query(text="月球车")).total == 1
    assert not set(lost) & set(simulator.server.indexes)


def test_a_server_that_loses_all_of_it_during_a_rebuild_is_told_as_that(
    index: MeilisearchIndex, simulator: MeilisearchSimulator
) -> None:
    building = iter(index.rebuild([[ENTRY], [ENTRY]], lambda _: []))
    next(building)
    simulator.server.indexes.clear()

    with pytest.raises(IndexDown, match="lost the index that was being built"):
        list(building)

    assert list(simulator.server.indexes) == []


def test_a_rebuild_leaves_nothing_beside_the_index(index: MeilisearchIndex, simulator: MeilisearchSimulator) -> None:
    half = iter(index.rebuild([[ENTRY], [ENTRY]], lambda _: []))
    next(half)

    list(index.rebuild([[ENTRY]], lambda _: []))

    assert list(simulator.server.indexes) == ["carnival"]


def test_a_rebuild_that_was_overtaken_leaves_the_other_one_what_it_made(
    index: MeilisearchIndex, simulator: MeilisearchSimulator
) -> None:
    first = iter(index.rebuild([[ENTRY], [ENTRY]], lambda _: []))
    next(first)
    second = iter(index.rebuild([[ENTRY], [replace(ENTRY, item=ItemId("i2"))]], lambda _: []))
    next(second)

    with pytest.raises(IndexDown, match="Another one began"):
        next(first)
    list(second)

    assert index.held() == {"i1": 1, "i2": 1}
    assert list(simulator.server.indexes) == ["carnival"]
    assert simulator.server.settings["carnival"] == SETTINGS


def test_all_requests_of_a_search_share_its_seconds(
    simulator: MeilisearchSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    clients: list[float] = []

    def noted(*_: object, seconds: float, until: float) -> object:
        clients.append(until)
        raise TimeoutError

    with simulator as url:
        MeilisearchIndex(url, None).put([ENTRY])
        monkeypatch.setattr("indexer.search.meilisearch.indexes.open_client", noted)
        monkeypatch.setattr("time.monotonic", lambda: 100.0)
        with pytest.raises(TimeoutError):
            MeilisearchIndex(url, None, seconds=2).find(Query(text="月球车"))

    assert clients == [102.0]
