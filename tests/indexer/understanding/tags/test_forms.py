"""indexer.understanding.tags.forms: in which form a piece comes."""

import pytest

from config.taxonomy import Category
from indexer.catalogue.items import ItemKind
from indexer.understanding.results import Facet
from indexer.understanding.tags.forms import FormTagger


def form(id_: str, *keywords: str) -> Category:
    return Category(id=id_, label=id_, label_en=id_, prototypes=(), keywords=keywords, traps=())


TAGGER = FormTagger((form("article"), form("video"), form("lecture", "讲座", "报告会"), form("exhibition", "展览")))


def forms(title: str, text: str = "", kind: ItemKind = ItemKind.ACTIVITY) -> dict[str, float]:
    return {tag.id: tag.score for tag in TAGGER.tags(title, text, kind)}


def test_the_source_s_own_kind_is_certain_and_comes_first() -> None:
    tags = TAGGER.tags("科普讲座", "", ItemKind.VIDEO)

    assert [(tag.id, tag.score == 1.0) for tag in tags] == [("video", True), ("lecture", False)]
    assert {tag.facet for tag in tags} == {Facet.FORM}


@pytest.mark.parametrize(
    ("title", "text", "found"),
    [
        ("讲座预告", "", ["lecture"]),
        ("预告", "讲座，还是讲座", []),
        ("预告", "先是讲座，再开报告会", ["lecture"]),
        ("预告", "展览", []),
    ],
)
def test_one_word_of_the_text_alone_says_nothing(title: str, text: str, found: list[str]) -> None:
    assert list(forms(title, text)) == found


def test_a_kind_that_the_taxonomy_has_no_form_for_gives_none() -> None:
    assert FormTagger((form("lecture", "讲座"),)).tags("水", "", ItemKind.ARTICLE) == ()
