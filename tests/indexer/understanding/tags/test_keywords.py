"""Keywords as words of their own, districts."""

import pytest

from config.taxonomy import Category
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
