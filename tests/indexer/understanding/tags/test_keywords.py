"""Keywords as words of their own, forms, districts."""

import pytest

from config.taxonomy import Category
from indexer.catalogue.items import ItemKind
from indexer.understanding.tags.forms import FormTagger
from indexer.understanding.tags.keywords import Keywords

CATEGORIES = (
    Category(id="water", label="名", label_en="name", keywords=("节水", "水资源"), masks=("节水果",)),
    Category(id="tour", label="名", label_en="name", keywords=("云游", "5G")),
    Category(id="trees", label="名", label_en="name", keywords=("林草", "森林"), masks=("随机森林",)),
)


def signals(title: str, text: str = "") -> dict[str, int]:
    return dict(Keywords(CATEGORIES).signals(title, text))


@pytest.mark.parametrize("text", ["丰收节水果展销", "云南游", "草莓采摘", "随机森林算法", "", "\ud800", "İ" * 20])
def test_characters_that_make_no_word_give_no_signal(text: str) -> None:
    assert signals(text, text) == {}


def test_a_keyword_in_the_title_weighs_twice() -> None:
    assert signals("节水课堂") == {"water": 2}
    assert signals("课堂", "讲节水") == {"water": 1}


def test_a_repeated_keyword_counts_once_and_several_up_to_three() -> None:
    assert signals("", "节水、节水、节水") == {"water": 1}
    assert signals("节水与水资源", "节水与水资源") == {"water": 3}


def test_capitals_and_small_letters_are_one() -> None:
    assert signals("5g来了") == {"tour": 2}


FORMS = (
    Category(id="video", label="名", label_en="name", keywords=("视频",)),
    Category(id="lecture", label="名", label_en="name", keywords=("讲座", "报告会")),
)


def test_the_kind_of_an_item_is_its_form_and_words_add_others() -> None:
    tags = FormTagger(FORMS).tags("讲座：月球车", "", ItemKind.VIDEO)

    assert [(tag.id, tag.score) for tag in tags] == [("video", 1.0), ("lecture", 0.5)]


def test_a_form_named_once_in_the_text_is_no_form_of_it() -> None:
    assert FormTagger(FORMS).tags("月球车", "昨天有讲座。", ItemKind.ARTICLE) == ()
