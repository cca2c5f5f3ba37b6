"""The step waits for so many corrections, and does not ask again where nothing can be learned."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from config.settings import Settings
from config.taxonomy import load_taxonomy
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records.database import Database
from indexer.understanding.corrections import Correction, correct
from indexer.understanding.learning.step import make
from indexer.understanding.results import Facet


@pytest.mark.parametrize(("wanted", "waits"), [(0, False), (2, True), (3, False)])
def test_it_waits_for_as_many_corrections_as_are_set(
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    tmp_path: Path,
    now: datetime,
    wanted: int,
    *,
    waits: bool,
) -> None:
    settings, by, item = Settings(data_folder=tmp_path, tag_corrections=wanted), make_user().actor, make_item().id
    for id in ("health", "it"):
        added = Correction(added=frozenset({(Facet.TOPIC, id)}))
        correct(database, load_taxonomy(settings.taxonomy_file), item=item, correction=added, by=by, now=now)
    step = make(settings, database)

    assert step.waits() is waits
    if waits:
        assert step.do() == 0  # the piece has no vector: nothing to learn from
        assert not step.waits()
