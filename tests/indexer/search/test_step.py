"""indexer.search.step: what was decided waits, is published with the next step, and waits no longer."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from config.settings import SearchEngine, Settings
from indexer.base import times
from indexer.catalogue.items import Item, Media, MediaKind
from indexer.people.accounts import User
from indexer.records.database import Database
from indexer.review.records import Decision, Move
from indexer.search import step as step_module
from indexer.search.factory import open_index
from indexer.search.step import make
from tests.facets import query
from tests.simulators.meilisearch import MeilisearchSimulator


def test_a_decision_waits_until_the_step_has_published_it(
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    move_on: Callable[..., Decision],
    tmp_path: Path,
) -> None:
    settings = Settings(data_folder=tmp_path / "data")
    step = make(settings, database)
    item = make_item()
    before = step.waits()
    move_on(item, Move.APPROVE, who=make_user())

    assert (before, step.waits()) == (False, True)
    assert (step.do(), step.waits()) == (1, False)
    assert open_index(settings).held() == {item.id: 1}


def test_where_nothing_was_decided_no_index_is_made(database: Database, tmp_path: Path) -> None:
    assert not make(Settings(data_folder=tmp_path / "data"), database).waits()
    assert not (tmp_path / "data").exists()


def test_a_stream_that_is_on_is_told_to_the_index_though_nobody_decided(
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    move_on: Callable[..., Decision],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    settings, moment = Settings(data_folder=tmp_path / "data"), times.now()
    starts, ends = moment + timedelta(hours=1), moment + timedelta(hours=2)
    item = make_item(media=(Media(kind=MediaKind.VIDEO, url="http://a.example/live", starts=starts, ends=ends),))
    move_on(item, Move.APPROVE, who=make_user())
    step, found = make(settings, database), []

    for at in (moment, starts, ends):
        monkeypatch.setattr(step_module, "now", lambda at=at: at)
        while step.waits():
            step.do()
        found.append(open_index(settings).find(query(films=("live_now",))).total)

    assert found == [0, 1, 0]


def told_at_the_start(url: str, database: Database, tmp_path: Path) -> list[str]:
    """The events that a worker logs which looks twice and finds nothing to do."""
    settings = Settings(data_folder=tmp_path, search_engine=SearchEngine.MEILISEARCH, meilisearch_url=url)
    step = make(settings, database)
    with capture_logs() as logs:
        assert (step.waits(), step.waits()) == (False, False)
    return [one["event"] for one in logs]


def test_a_server_that_is_too_old_is_told_at_the_start_though_nothing_waits(database: Database, tmp_path: Path) -> None:
    with MeilisearchSimulator(version="1.15.0") as old, MeilisearchSimulator() as new:
        assert told_at_the_start(old, database, tmp_path) == ["meilisearch_too_old"]
        assert told_at_the_start(new, database, tmp_path) == []


def test_a_server_that_is_away_is_told_at_the_start_and_the_step_goes_on(database: Database, tmp_path: Path) -> None:
    assert told_at_the_start("http://127.0.0.1:9", database, tmp_path) == ["index_down"]
