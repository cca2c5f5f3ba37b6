"""Pieces of an odd kind and a deployment that lacks something: the piece reaches the queue, marked for what it is."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from config.errors import Refused
from config.policy import load_policy
from config.settings import DEFAULT_TEXT_CHARS, EmbedderName, Settings
from config.taxonomy import load_taxonomy
from indexer.base.ids import ItemId
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate
from indexer.records.database import Database
from indexer.records.review_queue import QueueEntry, queue_entry
from indexer.understanding.prepared import Understanding
from indexer.understanding.results import Facet
from indexer.understanding.step import Understand
from indexer.understanding.understand import understand_waiting
from indexer.whitelist.records import Channel
from tests.steps import HashEmbedder, made_ready


@pytest.fixture
def understanding(now: datetime) -> Understanding:
    settings = Settings(_env_file=None)
    policy, taxonomy = load_policy(settings.policy_file), load_taxonomy(settings.taxonomy_file)
    return made_ready(policy, taxonomy, HashEmbedder(), read_at=now)


def entry(database: Database, item: ItemId | None, now: datetime) -> QueueEntry:
    assert item is not None
    with database.reading() as tx:
        found = queue_entry(tx, item, now=now)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("title", "text"),
    [("🎈🎈", "🎈" * 40), ("　", "\u200b\u200b"), ("题", "很长的一句话，没有尽头。" * 430_000)],
    ids=["emoji", "blank", "5 MB"],
)
def test_a_piece_of_signs_or_without_an_end_is_understood_and_waits_for_an_editor(
    database: Database,
    channel: Channel,
    make_candidate: Callable[..., Candidate],
    understanding: Understanding,
    now: datetime,
    title: str,
    text: str,
) -> None:
    item = take_in(database, make_candidate(title=title, text=text), now=now).item

    assert understand_waiting(database, understanding, now=now) == 1

    found = entry(database, item, now)
    assert found.is_understood
    assert len(found.version.text) <= DEFAULT_TEXT_CHARS
    assert found.version.omitted_chars == max(0, len(text) - DEFAULT_TEXT_CHARS)
    assert [tag.id for tag in found.tags if tag.facet is Facet.DISTRICT] == []


def test_without_the_model_the_piece_waits_and_says_that_it_was_not_looked_at(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate], tmp_path: Path, now: datetime
) -> None:
    item = take_in(database, make_candidate(), now=now).item
    missing = str(tmp_path / "no-model")
    settings = Settings(
        data_folder=tmp_path, embedder=EmbedderName.SENTENCE_TRANSFORMERS, embedder_model=missing, _env_file=None
    )
    step = Understand(settings, database)

    with pytest.raises(Refused):
        _ = step.waits() and step.do()

    assert not entry(database, item, now).is_understood
