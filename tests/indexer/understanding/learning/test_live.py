"""The live version is read whole and checked; a damaged one is named, and what ships speaks."""

import pytest
from structlog.testing import capture_logs

from indexer.records.database import Database
from indexer.understanding.learning.live import LiveVersion, digest_of, live_number, live_version
from tests.tagger_versions import keep_version

WEIGHTS = b"weights"


def test_before_the_first_what_ships_speaks(database: Database) -> None:
    assert live_number(database) is None
    assert live_version(database, embedder="m") is None


def test_the_live_version_comes_with_its_weights(database: Database) -> None:
    keep_version(database, weights=WEIGHTS)

    assert live_number(database) == 1
    assert live_version(database, embedder="m") == LiveVersion(1, digest_of(WEIGHTS), WEIGHTS)


@pytest.mark.parametrize(
    ("digest", "embedder", "event"),
    [("other", "m", "tagger_version_damaged"), (digest_of(WEIGHTS), "n", "tagger_version_of_another_model")],
)
def test_one_that_cannot_be_used_is_named_and_passed_over(
    database: Database, digest: str, embedder: str, event: str
) -> None:
    keep_version(database, weights=WEIGHTS, digest=digest, embedder=embedder)

    with capture_logs() as logs:
        assert live_version(database, embedder="m") is None

    assert [one["event"] for one in logs] == [event]
