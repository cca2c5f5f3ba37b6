"""crawler.lists.words: words that are no title, and words of classes."""

import pytest

from crawler.extract.document import fragment
from crawler.lists.words import SIDE, class_words, folded, plain, says_nothing


@pytest.mark.parametrize(
    "text",
    [
        "",
        "详细",
        "查看更多>>",
        "阅读全文 »",
        "下一页",
        "12",
        "NEW",
        "置顶",
        "1,234 次",
        "»",
        "Read more",
        "···",
        "03:20",
    ],
)
def test_what_leads_on_counts_or_marks_is_no_title(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["什么是霾", "更多的水从哪里来", "下一页历史", "2026年科普日", "新能源"])
def test_a_title_may_begin_with_such_words(text: str) -> None:
    assert not says_nothing(text)


def test_classes_are_cut_into_words() -> None:
    assert class_words(fragment("<p class='leftNav nav_2 hot-list' id='J_menu'>x</p>")[0]) == {
        "left",
        "nav",
        "hot",
        "list",
        "menu",
        "j",
    }


def test_text_is_plain_and_folded() -> None:
    assert plain(" 一\u200b滴\n 水 ") == "一滴 水"
    assert folded("２０２６：０９") == "2026:09"


def test_what_has_a_side_column_is_none() -> None:
    page = fragment("<p class='has-sidebar sidebar-layout'></p><p class='sidebar'></p>")

    assert [bool(class_words(each) & SIDE) for each in page.iter("p")] == [False, True]
