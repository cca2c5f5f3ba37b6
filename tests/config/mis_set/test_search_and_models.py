"""A search engine that does not answer, a model that is not installed."""

from collections.abc import Callable
from datetime import datetime

import pytest

from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records.database import Database
from indexer.review import desk
from indexer.review.records import Move, State
from tests.config.mis_set.commands import Refusal, free_port


@pytest.fixture
def nobody_answers(
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An approved item of which a Meilisearch that is not there has to be told."""
    item, seen = make_item().id, State.PENDING
    desk.decide(database, item=item, version=1, state=seen, move=Move.APPROVE, who=make_user(), why="", now=now)
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", "records")
    monkeypatch.setenv("CARNIVAL_SEARCH_ENGINE", "meilisearch")
    monkeypatch.setenv("CARNIVAL_MEILISEARCH_URL", f"http://127.0.0.1:{free_port()}")


@pytest.mark.parametrize("words", [("index", "publish"), ("index", "check"), ("reindex",)], ids=" ".join)
def test_a_meilisearch_that_does_not_answer_is_named(
    words: tuple[str, ...], refusal: Refusal, nobody_answers: None
) -> None:

    line = refusal(*words)

    assert line.startswith("search index: Meilisearch does not answer as it should:")
    assert "Check CARNIVAL_MEILISEARCH_URL and CARNIVAL_MEILISEARCH_KEY." in line


@pytest.mark.parametrize("words", [("crawl",), ("crawl", "--once")], ids=" ".join)
def test_a_model_whose_package_is_missing_is_named(
    words: tuple[str, ...], refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNIVAL_EMBEDDER", "sentence_transformers")
    monkeypatch.setattr("indexer.understanding.embeddings.factory.PACKAGE", "no_such_package")

    line = refusal(*words)

    assert line.startswith("CARNIVAL_EMBEDDER: sentence_transformers needs a package that is not installed.")
