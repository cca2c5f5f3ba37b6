"""docs/运营手册.md: what an editor or operator can meet has its line, in the words that they read."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from config.settings import Settings
from indexer.people.rights import Role
from indexer.records.database import Database
from indexer.records.errors import LASTING, PASSING
from indexer.review.records import State
from indexer.search.factory import open_index
from tests.docs.pages import ROOT
from web.app.factory import create_app
from web.public.health import Part
from web.shown.labels import MOVE_PROBLEMS, REPORT_PROBLEMS, label

MANUAL = (ROOT / "docs" / "运营手册.md").read_text(encoding="utf-8")


@pytest.fixture
def _in_chinese(tmp_path: Path, database: Database) -> Iterator[Flask]:
    settings = Settings(data_folder=tmp_path)
    app = create_app(settings, database=database, index=open_index(settings))
    with app.test_request_context("/"):
        yield app


@pytest.mark.usefixtures("_in_chinese")
def test_every_refusal_of_a_decision_or_a_report_has_its_line() -> None:
    assert [
        str(words) for words in [*MOVE_PROBLEMS.values(), *REPORT_PROBLEMS.values()] if f"「{words}」" not in MANUAL
    ] == []


@pytest.mark.usefixtures("_in_chinese")
def test_every_state_of_an_item_has_its_line() -> None:
    assert [state for state in State if f"| 「{label(state)}」 |" not in MANUAL] == []


def test_every_trouble_of_the_records_has_its_line() -> None:
    first = {words.split(". ")[0] for words in [*PASSING.values(), *LASTING.values()]}

    assert {words for words in first if f"「The records … {words}." not in MANUAL} == set()


def test_every_role_and_every_word_of_the_health_check_has_its_line() -> None:
    assert [word for word in [*Role, *Part] if f"`{word}`" not in MANUAL] == []


def test_it_is_calm() -> None:
    assert "！" not in MANUAL
