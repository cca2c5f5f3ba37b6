"""The pieces that ship: whole, labelled with ids of the taxonomy, as many of each label as it takes to learn it."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from config.taxonomy import Taxonomy
from indexer.catalogue.items import ItemKind
from indexer.understanding.results import Facet
from indexer.understanding.tags import lessons as room
from indexer.understanding.tags.features import categories_of
from indexer.understanding.tags.lessons import FACETS, lessons_of, shipped_pieces
from indexer.understanding.tags.stored import TaggerBroken
from tests.indexer.understanding.tags.conftest import SMALL, Thirds

LEAST = 10  # pieces of a label


def test_every_label_has_pieces_and_every_piece_has_labels_of_the_taxonomy(taxonomy: Taxonomy) -> None:
    for name, facet in FACETS.items():
        counted = Counter(label for piece in shipped_pieces() for label in piece[name])
        assert set(counted) == {one.id for one in categories_of(taxonomy)[facet]}
        assert min(counted.values()) >= LEAST


def test_no_piece_stands_twice_and_none_is_empty() -> None:
    titles = [piece["title"] for piece in shipped_pieces()]

    assert len(set(titles)) == len(titles)
    assert all(piece["title"] and piece["text"] and ItemKind(piece["kind"]) for piece in shipped_pieces())


def test_what_is_off_topic_has_no_topic_audience_or_action() -> None:
    off = [piece for piece in shipped_pieces() if piece.get("off_topic")]

    assert len(off) > 40
    assert not [piece for piece in off if piece["topics"] or piece["audiences"] or piece["actions"]]


def test_lessons_are_the_pieces_then_the_sentences_of_the_taxonomy(taxonomy: Taxonomy) -> None:
    embedder = Thirds()

    made = lessons_of(taxonomy, embedder.passages)

    whole = [lesson for lesson in made if lesson.is_whole]
    assert made[: len(whole)] == whole
    assert len(whole) == len(shipped_pieces())
    assert len(embedder.asked) == len(made)
    trap = next(lesson for lesson in made if lesson.piece.text == "苹果采摘节")
    assert trap.tags == {Facet.TOPIC: frozenset()}
    assert "it" not in trap.unsure[Facet.TOPIC]
    assert "rural" in trap.unsure[Facet.TOPIC]


def test_labels_that_another_taxonomy_lacks_are_left_out() -> None:
    made = lessons_of(SMALL, Thirds().passages)

    assert {label for lesson in made for label in lesson.tags[Facet.AUDIENCE]} == {"youth"}


@pytest.mark.parametrize("content", [None, "{\n"], ids=["missing", "damaged"])
def test_pieces_that_cannot_be_read_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    path = tmp_path / "pieces.jsonl"
    if content is not None:
        path.write_text(content, "utf-8")
    monkeypatch.setattr(room, "PIECES", path)

    with pytest.raises(TaggerBroken, match="Install cloud-carnival again"):
        shipped_pieces.__wrapped__()


def test_vectors_belong_to_their_texts() -> None:
    embedder = Thirds()

    first = lessons_of(SMALL, embedder.passages)[0]

    np.testing.assert_array_equal(first.piece.vector, embedder.passages([embedder.asked[0]])[0])
