"""indexer.search.ranker.reading: what was typed, taken apart."""

import pytest

from indexer.search.engine import Needle, Part
from indexer.search.ranker.reading import (
    MOST_AGAIN,
    MOST_NEEDLES,
    MOST_PAIRS,
    MOST_TOGETHER,
    apart,
    read,
    read_as_it_is,
)


def needles(typed: str) -> list[str]:
    return [needle.text for needle in read(typed).needles]


def test_the_words_of_what_is_typed_must_stand_in_an_item() -> None:
    assert needles("月球车 过夜") == ["月球车", "过夜"]


@pytest.mark.parametrize("typed", ["请问月球车如何过夜", "月球车怎么过夜呢？", "月球车能不能过夜"])
def test_the_frame_of_a_question_weighs_nothing(typed: str) -> None:
    reading = read(typed)

    assert reading.words == ("月球车", "过夜")
    assert "如何" not in {term.text for term in reading.terms}
    assert reading.is_sentence


@pytest.mark.parametrize("typed", ["为什么", "的", "怎么办"])
def test_a_frame_alone_is_looked_for_as_it_is(typed: str) -> None:
    assert needles(typed) == [typed]


def test_what_stands_in_quotes_must_stand_so() -> None:
    reading = read('"月球车 过夜" 保温')

    assert reading.strict == (Needle("月球车过夜"),)
    assert "保温" in reading.words
    assert reading.has_operators


def test_a_word_after_a_minus_must_not_stand_and_a_temperature_is_none() -> None:
    assert read("月球 -火星车").without == (Needle("火星车"),)
    assert needles("月球 -火星车") == ["月球"]
    assert read("气温 -5").without == ()
    assert read("新冠-19").without == ()


@pytest.mark.parametrize("typed", ["“月食之夜”", "「月食之夜」", "『月食之夜』", "＂月食之夜＂", "„月食之夜“"])
def test_what_stands_in_quotes_of_any_kind_must_stand_so(typed: str) -> None:
    assert read(f"月球 {typed}").strict == (Needle("月食之夜"),)


@pytest.mark.parametrize("typed", ["什么是“月食之夜”", "“月食之夜”是真的吗", "“月食”和“日食”"])
def test_a_sentence_that_quotes_narrows_nothing(typed: str) -> None:
    assert not read(typed).has_operators


def test_all_that_stands_in_quotes_must_stand_however_many_there_are() -> None:
    reading = read('"月球" "火星" "金星" "木星"')

    assert [needle.text for needle in reading.strict] == ["月球", "火星", "金星", "木星"]


@pytest.mark.parametrize(
    ("typed", "without"),
    [
        ('月球 -"火星 车"', Needle("火星车")),
        ("月球 -“火星车”", Needle("火星车")),
        ("月球 −火星车", Needle("火星车")),
        ("月球 -5G", Needle("5g")),
        ("月球 -标题:火星", Needle("火星", Part.TITLE)),
        ("月球 -单位：天文馆", Needle("天文馆", Part.NAMES)),
    ],
)
def test_what_must_not_stand_may_be_a_phrase_a_filter_or_begin_with_a_digit(typed: str, without: Needle) -> None:
    reading = read(typed)

    assert (reading.without, reading.strict) == ((without,), ())
    assert [needle.text for needle in reading.needles] == ["月球"]


@pytest.mark.parametrize("typed", ["气温 -5", "气温 -5℃", "气温 -12C", "水深 -30m", "噪声 -3dB"])
def test_a_measure_below_zero_is_no_minus_word(typed: str) -> None:
    assert read(typed).without == ()


def test_a_minus_within_quotes_is_a_part_of_the_phrase() -> None:
    assert read('"月球 -火星车"').without == ()
    assert read('"月球 -火星车"').strict == (Needle("月球火星车"),)


def test_words_stand_apart_from_filters_and_from_what_must_not_stand() -> None:
    assert apart("月球 -火星 单位：天文馆 “车”") == ('月球     "车"', ("-火星", "单位:天文馆"))


def test_minus_words_alone_are_looked_for() -> None:
    reading = read("-火星")

    assert (reading.without, [needle.text for needle in reading.needles]) == ((), ["火星"])


@pytest.mark.parametrize(
    ("typed", "strict"),
    [
        ("单位:天文馆 月食", Needle("天文馆", Part.NAMES)),
        ("月食 单位：天文馆", Needle("天文馆", Part.NAMES)),
        ('标题:"月 食" 夜', Needle("月食", Part.TITLE)),
        ("单位：“天文馆” 月食", Needle("天文馆", Part.NAMES)),
        ("单位: 天文馆 月食", Needle("天文馆", Part.NAMES)),
        ("UNIT ： 天文馆 月食", Needle("天文馆", Part.NAMES)),
    ],
)
def test_filters_in_words_narrow_to_a_part(typed: str, strict: Needle) -> None:
    assert read(typed).strict == (strict,)


def test_a_line_of_an_invitation_is_no_filter() -> None:
    assert read("主办单位:天文馆").strict == ()


def test_read_as_it_is_nothing_is_an_operator() -> None:
    reading = read_as_it_is('单位:天文馆 -月食 "夜"')

    assert (reading.strict, reading.without, reading.has_operators) == ((), (), False)
    assert {"天文馆", "月食", "夜"} <= set(reading.words)


def test_latin_and_digits_are_looked_for_whole_and_other_characters_in_pairs() -> None:
    pairs = read("Saturn 5号火箭").pairs

    assert "saturn" in pairs
    assert "火箭" in pairs
    assert "sa" not in pairs


def test_pairs_reach_over_words_but_not_over_what_was_left_out() -> None:
    pairs = read("月球车过夜的保温").pairs

    assert "车过" in pairs
    assert "夜保" not in pairs


def test_where_a_word_meets_one_that_says_nothing_their_pair_is_a_joint() -> None:
    reading = read("月球车的轮子 有saturn吗")

    assert {"车的", "的轮"} <= set(reading.joints)
    assert "子有" not in reading.joints  # white space parts them
    assert not {"sa", "月球", "球车"} & set(reading.joints)


def test_what_is_asked_for_is_bounded_however_much_is_typed() -> None:
    reading = read(" ".join(chr(0x4E00 + number) + "乙" for number in range(10_000)))

    assert len(reading.needles) == MOST_NEEDLES
    assert len(reading.pairs) == MOST_PAIRS
    assert {part for term in reading.terms for part in term.parts} <= set(reading.pairs)
    assert len(read("".join(chr(0x4E00 + 7 * number) + "的" for number in range(99))).joints) <= MOST_PAIRS
    many = read(" ".join(f'"{chr(0x4E00 + number)}乙"' for number in range(20)))
    assert len(many.needles) + len(many.strict) <= MOST_TOGETHER
    assert len(many.strict) == MOST_TOGETHER - 1


@pytest.mark.parametrize("typed", ["", " ", "，。", '""', "-", "单位:"])
def test_signs_alone_ask_for_nothing_or_for_what_they_spell(typed: str) -> None:
    assert len(read(typed).needles) <= 1


def test_keywords_are_no_sentence_and_a_sentence_is() -> None:
    assert not read("示例科技馆").is_sentence
    assert not read("望远镜 月球车 火星").is_sentence
    assert read("移动硬盘摔了读不出来").is_sentence


@pytest.mark.parametrize("sign", ["的", "ab", "1 ", "👩🚀a"])
def test_what_is_typed_again_and_again_is_asked_for_some_times(sign: str) -> None:
    longer, shorter = read(sign * 60), read(sign * MOST_AGAIN)

    assert (longer.whole, longer.needles, longer.pairs) == (shorter.whole, shorter.needles, shorter.pairs)
    assert read(f'"{sign * 60}"').strict == read(f'"{sign * MOST_AGAIN}"').strict
    assert read(sign * (MOST_AGAIN - 1)).whole in longer.whole
