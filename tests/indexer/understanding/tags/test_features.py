"""What a tagger looks at."""

from dataclasses import replace

import numpy as np

from indexer.catalogue.items import ItemKind
from indexer.understanding.results import Facet
from indexer.understanding.tags.features import Features, categories_of
from tests.indexer.understanding.tags.conftest import SMALL, lessons, piece

PIECES = [lesson.piece for lesson in lessons()]


def features() -> Features:
    return Features.learn(PIECES, SMALL)


def test_a_row_holds_vector_words_keywords_and_kind_in_this_order() -> None:
    made = features()
    one = piece("water", "节水讲座", kind=ItemKind.VIDEO)

    [row] = made.matrix([one], [frozenset({"水库"})])

    assert len(row) == made.without_kind + made.kinds
    assert made.signals == ("topic:water", "topic:trees", "topic:space", "audience:youth", "form:lecture")
    signals = dict(zip(made.signals, row[made.first_word + len(made.words.known) : made.without_kind], strict=True))
    assert [name for name, value in signals.items() if value] == ["topic:water", "form:lecture"]
    assert row[made.without_kind :].tolist() == [0, 1, 0, 0]


def test_vectors_are_taken_from_their_middle() -> None:
    made = features()
    middle = replace(PIECES[0], vector=made.centre)

    rows = made.matrix([PIECES[0], middle], [frozenset(), frozenset()])

    np.testing.assert_allclose(np.linalg.norm(rows[:, : made.first_word], axis=1), [1, 0], atol=1e-5)


def test_without_a_taxonomy_there_are_no_keywords() -> None:
    made = Features.learn(PIECES, None)

    assert made.signals == ()
    assert made.keywords_in(Facet.TOPIC, "water", piece("water", "节水")) == []


def test_the_keywords_of_a_category_are_told() -> None:
    assert features().keywords_in(Facet.TOPIC, "water", piece("water", "节水")) == ["节水"]
    assert features().keywords_in("off-topic", "off-topic", piece("water", "节水")) == []


def test_every_list_of_the_taxonomy_has_its_facet() -> None:
    assert [facet for facet, some in categories_of(SMALL).items() if some] == [Facet.TOPIC, Facet.AUDIENCE, Facet.FORM]
