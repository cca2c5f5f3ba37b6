"""What lessons teach, and what they do not."""

from dataclasses import replace

import numpy as np
import pytest

from indexer.catalogue.items import ItemKind
from indexer.understanding.results import Facet
from indexer.understanding.tags.fitting import Answers, above_traps, fit_model, labels_of
from indexer.understanding.tags.learned import LearnedTagger
from indexer.understanding.tags.model import NEVER, OFF_TOPIC, Model
from tests.indexer.understanding.tags.conftest import SMALL, lessons, piece

TOPICS = {Facet.TOPIC: ("water", "trees", "space")}


def topics(model: Model, topic: str) -> list[str]:
    [said] = LearnedTagger(model).say([piece(topic, number=99)])
    return [tag.id for tag in said.tags if tag.facet is Facet.TOPIC]


def test_a_like_piece_gets_what_was_taught(school_model: Model) -> None:
    assert topics(school_model, "water") == ["water"]
    assert topics(school_model, "trees") == ["trees"]
    assert topics(school_model, "") == []


def test_a_label_that_no_lesson_has_is_never_said(school_model: Model) -> None:
    head = next(head for head in school_model.heads if head.name == Facet.TOPIC)

    assert head.thresholds[head.labels.index("space")] == NEVER


def test_the_same_lessons_give_the_same() -> None:
    first, second = (fit_model(lessons(), TOPICS, embedder="e") for _ in range(2))

    np.testing.assert_array_equal(first.heads[0].weight, second.heads[0].weight)


def test_a_facet_that_is_left_out_and_ids_that_are_unsure_teach_nothing() -> None:
    silent = [replace(one, tags={}, off_topic=None) for one in lessons()]
    unsure = [
        replace(one, tags={Facet.TOPIC: frozenset()}, unsure={Facet.TOPIC: frozenset(TOPICS[Facet.TOPIC])})
        for one in lessons()
    ]
    plain = fit_model([*lessons(), *silent], TOPICS, embedder="e")

    doubtful = fit_model([*lessons(), *unsure], TOPICS, embedder="e")

    np.testing.assert_allclose(plain.heads[0].weight, doubtful.heads[0].weight, atol=1e-5)


def test_what_is_no_article_is_known_also_where_its_source_calls_it_one(school_model: Model) -> None:
    pieces = [piece("water", number=7, kind=kind) for kind in (ItemKind.ACTIVITY, ItemKind.ARTICLE)]
    said = LearnedTagger(school_model).say(pieces)
    forms = [[tag.id for tag in one.tags if tag.facet is Facet.FORM] for one in said]

    assert forms[0][0] == "lecture"
    assert forms[1][0] == "article"


def test_being_off_topic_is_learned_where_lessons_tell_it(school_model: Model) -> None:
    without = fit_model([replace(one, off_topic=None) for one in lessons()], TOPICS, embedder="e")

    assert school_model.heads[-1].name == OFF_TOPIC
    assert [head.name for head in without.heads] == [Facet.TOPIC]


def test_a_tagger_needs_lessons() -> None:
    with pytest.raises(ValueError, match="lessons"):
        fit_model([], TOPICS, embedder="e")


def test_labels_are_those_of_the_file() -> None:
    assert labels_of(SMALL)[Facet.TOPIC] == TOPICS[Facet.TOPIC]


def test_a_label_is_said_above_every_lone_sentence_that_was_written_because_it_has_none() -> None:
    """Not above a whole piece, nor above a sentence with another label, nor where nobody asked; never out of reach."""
    chances = np.array([[0.3, 0.2], [0.9, 0.9], [0.8, 0.8], [0.7, 1.0]], np.float32)
    right = np.array([[0, 0], [0, 0], [1, 0], [0, 0]], np.float32)
    weights = np.array([[1, 1], [1, 1], [1, 1], [0, 1]], np.float32)
    answers = Answers(right, weights, np.arange(4), is_whole=np.array([0, 1, 0, 0], np.float32))

    assert above_traps(chances, answers) == pytest.approx([0.31, 0.95])
