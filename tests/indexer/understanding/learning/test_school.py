"""Taggers as they are stored: read again the same, and a broken one is refused in words."""

from pathlib import Path

import numpy as np
import pytest

from config.settings import SHIPPED
from config.taxonomy import load_taxonomy
from indexer.catalogue.items import ItemKind
from indexer.understanding.learning.live import LiveVersion, digest_of
from indexer.understanding.learning.school import LEARNED, TaggerSchool, open_stored
from indexer.understanding.results import Facet
from indexer.understanding.tags.fitting import fit_model
from indexer.understanding.tags.port import Lesson, Piece
from indexer.understanding.tags.stored import TaggerBroken, write_model
from tests.steps import HashEmbedder

TAXONOMY = load_taxonomy(SHIPPED / "taxonomy.yaml")
DIMENSIONS = 8


def piece(number: int) -> Piece:
    vector = np.random.default_rng(number).standard_normal(DIMENSIONS, dtype=np.float32)
    return Piece(title=f"第{number}篇", text="信鸽认路", kind=ItemKind.ARTICLE, vector=vector / np.linalg.norm(vector))


@pytest.fixture
def weights(tmp_path: Path) -> bytes:
    topics = {True: frozenset({"health"}), False: frozenset[str]()}
    lessons = [Lesson(piece=piece(number), tags={Facet.TOPIC: topics[number % 2 == 0]}) for number in range(12)]
    path = tmp_path / "made.npz"
    write_model(fit_model(lessons, {Facet.TOPIC: ("health",)}, embedder="m"), path, version=LEARNED)
    return path.read_bytes()


def test_a_stored_version_says_the_same_wherever_it_is_read(weights: bytes) -> None:
    live = LiveVersion(3, digest_of(weights), weights)

    first, second = open_stored(live, TAXONOMY), open_stored(live, TAXONOMY)

    assert first.say([piece(0), piece(1)]) == second.say([piece(0), piece(1)])
    assert first.version == second.version == f"{LEARNED}-{live.digest}"


@pytest.mark.parametrize("damage", [b"", b"no archive", None])
def test_one_that_is_broken_is_refused_in_words(weights: bytes, damage: bytes | None) -> None:
    broken = weights[: len(weights) // 2] if damage is None else damage

    with pytest.raises(TaggerBroken):
        open_stored(LiveVersion(3, digest_of(broken), broken), TAXONOMY)


def test_a_school_is_known_by_its_model_and_reads_what_is_stored(weights: bytes, tmp_path: Path) -> None:
    school = TaggerSchool(TAXONOMY, HashEmbedder(), folder=tmp_path)

    assert school.embedder == HashEmbedder.name
    assert school.open(LiveVersion(3, digest_of(weights), weights)).version == f"{LEARNED}-{digest_of(weights)}"
