"""crawler.platforms.weibo.texts: words without mark-up, own words of a repost, titles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.platforms.weibo.texts import TITLE_MOST, own_words, plain, title_of_post, topics_of, without_cut


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("第一行\n\n 第二行 \u200b", "第一行\n第二行"),
        ("3 &lt; 5 &amp; 6", "3 < 5 & 6"),
        ('看<a href="/s">#科普日#</a><br />好', "看#科普日#\n好"),
        ('好<span class="url-icon"><img alt=[偷笑] src="//h5.example.cn/a.png" style="w" /></span>', "好[偷笑]"),
        ("5<6", "5<6"),
        ("a\0b\ud800", "a\ufffdb\ufffd"),
    ],
)
def test_a_text_has_no_mark_up(written: str, text: str) -> None:
    assert plain(written) == text


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("来看//@示例天文台:星空//@另一个:好", "来看"),
        ("转发微博", ""),
        ("//@示例天文台:星空", ""),
        ("值得一看", "值得一看"),
        ("Repost", ""),
    ],
)
def test_of_a_repost_its_author_s_words_are_their_own(text: str, own: str) -> None:
    assert own_words(text) == own


def test_the_link_to_the_rest_is_no_text() -> None:
    cut = "二手烟的危害...全文： http://m.weibo.cn/6123456789/5012345678901234 "

    assert without_cut(cut) == "二手烟的危害…"
    assert without_cut("没有剪短") == "没有剪短"


def test_topics_are_told_each_once() -> None:
    assert topics_of("#科普日##嘉年华#开始了#科普日# 5#") == ("科普日", "嘉年华")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("【月球车如何过夜】月夜很长。", "月球车如何过夜"),
        ("#科普日# 【月球车如何过夜】月夜很长。", "月球车如何过夜"),
        ("【科普】月球车这样过夜。", "【科普】月球车这样过夜。"),
        ("#科普日#月球车怎样过夜？看这里", "科普日：月球车怎样过夜？"),
        ("#科普日##嘉年华#", "科普日"),
        ("月球车怎样过夜？看这里", "月球车怎样过夜？"),
        ("[doge]月球车\n月夜很长", "月球车月夜很长"),
        ("好！月球车过夜了。", "好！月球车过夜了"),
        ("https://t.cn/A6abc 月球车过夜了", "月球车过夜了"),
        ("6666", "6666"),
        ("", ""),
        ("https://t.cn/A6abc", ""),
        ("[太阳][太阳]", ""),
        ("##月球车过夜了", "##月球车过夜了"),
    ],
)
def test_a_title_is_what_a_post_begins_with(text: str, title: str) -> None:
    expected = title.removesuffix("。") if title.startswith("【科普】") else title

    assert title_of_post(text) == expected


def test_a_long_sentence_is_cut_at_a_pause() -> None:
    text = "当你特别想知道月球车如何在漫长的月夜里保持温度的时候，" * 3

    assert title_of_post(text) == "当你特别想知道月球车如何在漫长的月夜里保持温度的时候…"


def test_a_long_sentence_without_a_pause_is_cut_where_it_must_be() -> None:
    assert title_of_post("月" * 100) == "月" * (TITLE_MOST - 1) + "…"


@given(st.text(alphabet="月球#【】。，！[]a \n:/", max_size=120))
def test_every_title_is_one_line_that_fits(text: str) -> None:
    title = title_of_post(text)

    assert "\n" not in title
    assert len(title) <= TITLE_MOST
    assert title == title.strip()
