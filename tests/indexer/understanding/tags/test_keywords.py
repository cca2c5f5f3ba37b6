"""Keywords as words of their own, districts."""

import pytest

from config.taxonomy import Category, District
from indexer.understanding.tags.districts import district_tags
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


DISTRICTS = (
    District(id="haidian", label="海淀区", short="海淀", in_text=("海淀",)),
    District(id="tongzhou", label="通州区", short="通州", in_text=("通州区",), masks=("南通市通州区",)),
    *(District(id=f"d{number}", label="名", short="名", in_text=(f"第{number}区",)) for number in range(5)),
)
OWN = District(id="own", label="名", short="名")


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("海淀开讲", "在通州区也有", ["haidian"]),
        ("开讲", "海淀和通州区", ["haidian", "tongzhou"]),
        ("开讲", "南通市通州区", ["own"]),
        ("开讲", "第0区第1区第2区第3区第4区", ["own"]),
        ("开讲", "", ["own"]),
    ],
    ids=["title_first", "text", "masked", "a_list", "none"],
)
def test_districts_are_those_named_else_the_units_own(title: str, text: str, expected: list[str]) -> None:
    assert [tag.id for tag in district_tags(title, text, own=OWN, districts=DISTRICTS)] == expected


def test_without_a_name_and_an_own_district_there_is_none() -> None:
    assert district_tags("开讲", "", own=None, districts=DISTRICTS) == ()
