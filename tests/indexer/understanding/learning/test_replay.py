"""How a tagger does on what it has not seen, and which items those are."""

from collections.abc import Sequence

import numpy as np
import pytest

from indexer.base.ids import ItemId
from indexer.catalogue.items import ItemKind
from indexer.understanding.learning.replay import ONE_IN, Replay, is_held_back, replay, split
from indexer.understanding.results import Facet
from indexer.understanding.tags.port import Lesson, Piece, Said, TagSaid

PIECE = Piece(title="题", text="文", kind=ItemKind.ARTICLE, vector=np.ones(2, dtype=np.float32))


class Always:
    """Says the same of every piece."""

    version = "always"

    def __init__(self, *keys: tuple[Facet, str]) -> None:
        self._said = Said(tags=tuple(TagSaid(facet=facet, id=id, confidence=0.9) for facet, id in keys))

    def say(self, pieces: Sequence[Piece]) -> list[Said]:
        """Return it once a piece."""
        return [self._said] * len(pieces)


HEALTH_AND_YOUTH = Always((Facet.TOPIC, "health"), (Facet.AUDIENCE, "youth"))


@pytest.mark.parametrize(
    ("lesson", "counted"),
    [
        (Lesson(piece=PIECE, tags={Facet.TOPIC: frozenset({"health"})}), Replay(1, 0, 0)),
        (Lesson(piece=PIECE, tags={Facet.TOPIC: frozenset({"it"})}), Replay(0, 1, 1)),
        (Lesson(piece=PIECE, tags={Facet.TOPIC: frozenset(), Facet.AUDIENCE: frozenset({"youth"})}), Replay(1, 1, 0)),
        (
            Lesson(piece=PIECE, tags={Facet.TOPIC: frozenset()}, unsure={Facet.TOPIC: frozenset({"health"})}),
            Replay(0, 0, 0),
        ),
    ],
    ids=["right", "another", "a facet not taught counts nothing", "unsure"],
)
def test_only_what_a_lesson_teaches_is_counted(lesson: Lesson, counted: Replay) -> None:
    assert replay(HEALTH_AND_YOUTH, [lesson]) == counted


def test_nothing_due_and_nothing_said_is_all_right() -> None:
    assert Replay(0, 0, 0).f1 == 1
    assert Replay(2, 1, 1).f1 == pytest.approx(2 / 3)


def test_the_same_items_are_always_held_back_a_fourth_of_many() -> None:
    items = [ItemId(f"item-{number}") for number in range(1_000)]

    learned, held = split(items)
    again = split([*items, ItemId("new")])

    assert sorted([*learned, *held]) == sorted(items)
    assert abs(len(held) - len(items) / ONE_IN) < 50
    assert set(held) <= set(again[1])
    assert all(is_held_back(item) for item in held)
