"""indexer.search.step: what was decided waits, is published with the next step, and waits no longer."""

from collections.abc import Callable
from pathlib import Path

from config.settings import Settings
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records.database import Database
from indexer.review.records import Decision, Move
from indexer.search.factory import open_index
from indexer.search.step import make


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
