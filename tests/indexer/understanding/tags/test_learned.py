"""What a tagger says of pieces, and why."""

from dataclasses import replace

import numpy as np
import pytest

from indexer.catalogue.items import ItemKind
from indexer.understanding.results import Facet
from indexer.understanding.tags.learned import BY_KEYWORD, SENTENCE_CHARS, LearnedTagger, fingerprint
from indexer.understanding.tags.model import NEVER, Model
from indexer.understanding.tags.port import Said
from tests.indexer.understanding.tags.conftest import piece


def say(model: Model, title: str, topic: str = "water") -> Said:
    [said] = LearnedTagger(model).say([replace(piece(topic, title, number=98), text="")])
    return said


def test_a_tag_names_the_sentence_and_the_words_that_speak_for_it(school_model: Model) -> None:
    said = say(school_model, "第一句。今天水库放水！节水")

    [tag] = [tag for tag in said.tags if tag.facet is Facet.TOPIC]
    assert tag.why.sentence == "今天水库放水！"
    assert tag.why.words[0] == "节水"
    assert 0.3 < tag.confidence <= 1


def test_a_label_that_no_lesson_taught_is_said_by_its_keywords_alone(school_model: Model) -> None:
    heads = [
        replace(head, thresholds=np.full_like(head.thresholds, NEVER)) if head.name == Facet.TOPIC else head
        for head in school_model.heads
    ]
    untaught = replace(school_model, heads=tuple(heads))

    with_it, without = say(untaught, "今天讲节水"), say(untaught, "今天水库放水")

    [tag] = [tag for tag in with_it.tags if tag.facet is Facet.TOPIC]
    assert (tag.id, tag.confidence, tag.why.words) == ("water", BY_KEYWORD, ("节水",))
    assert not [tag for tag in without.tags if tag.facet is Facet.TOPIC]


def test_a_long_sentence_is_cut(school_model: Model) -> None:
    said = say(school_model, "水库放水" * 100)

    assert {len(tag.why.sentence) for tag in said.tags if tag.facet is Facet.TOPIC} == {SENTENCE_CHARS}


def test_of_what_is_off_topic_the_form_alone_is_said(school_model: Model) -> None:
    said = say(school_model, "放假安排", topic="")

    assert said.off_topic > 0.5
    assert {tag.facet for tag in said.tags} == {Facet.FORM}


def test_one_piece_says_nothing_of_another(school_model: Model) -> None:
    tagger = LearnedTagger(school_model)
    pieces = [piece("water", number=90), piece("trees", number=91), piece("", number=92)]

    assert tagger.say(pieces) == [tagger.say([one])[0] for one in pieces]
    assert tagger.say([]) == []


@pytest.mark.parametrize(
    "text", ["", "😀" * 30, "\ud800\0", "水" * 5_000_000], ids=["empty", "emoji", "broken", "5 MB"]
)
def test_any_text_gets_a_form(school_model: Model, text: str) -> None:
    strange = replace(piece("water"), title="", text=text, kind=ItemKind.ARTICLE)

    [said] = LearnedTagger(school_model).say([strange])

    assert [tag.id for tag in said.tags if tag.facet is Facet.FORM]


def test_another_model_has_another_version(school_model: Model) -> None:
    head = school_model.heads[0]
    other = replace(school_model, heads=(replace(head, bias=head.bias + 1), *school_model.heads[1:]))

    assert fingerprint(school_model) == LearnedTagger(school_model).version
    assert fingerprint(other) != fingerprint(school_model)
    assert LearnedTagger(school_model, version="v1").version == "v1"
