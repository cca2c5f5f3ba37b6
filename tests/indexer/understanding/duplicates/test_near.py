"""Which texts are one piece, and which are part of another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from indexer.understanding.duplicates.near import (
    LEAST_CHARS,
    PASSAGE_CHARS,
    SHORT_CHARS,
    Layer,
    Relation,
    compare,
    held_letters,
    longest,
)
from indexer.understanding.duplicates.pieces import READ_CHARS, Piece, stretches

STORY = (
    "月球的夜晚长达十四个地球日，气温会降到零下一百八十摄氏度以下。示例科技馆的讲解员介绍，月球车在日落之前收起太阳翼，"
    "把车身朝向调整好，只留一只小小的同位素热源给电池和仪器保温。等到太阳重新升起，照在太阳翼上的光足够强，"
    "自主唤醒电路才会接通电源，车载计算机逐项检查温度、电压和姿态，再向地球报告平安。"
)
HEAD = "【示例街道】家门口的科学课又开讲啦！点击上方蓝字关注我们，不错过每一堂课。"
FOOT = "来源：示例科技馆　编辑：示例　审核：示例。长按识别二维码，预约下一场讲座。"
NOTICE = "示例科技馆将于9月{day}日上午9时30分在{hall}举办“{topic}”讲座，主讲人为{who}。"
NOTICE += "名额{seats}人，预约自即日起开始，额满为止。"
FIRST = NOTICE.format(day=12, hall="一层报告厅", topic="看懂云的形状", who="气象台工程师", seats=120)
SECOND = NOTICE.format(day=19, hall="三层多功能厅", topic="植物怎样过冬", who="植物园研究员", seats=80)


def relation(one: Piece, other: Piece) -> Relation | None:
    alike = compare(one, other)
    return alike.likeness.relation if alike else None


def letters(first: int, count: int) -> str:
    """So many letters, no two alike."""
    return "".join(map(chr, range(first, first + count)))


@pytest.mark.parametrize(
    "repost",
    [
        Piece("月球车如何过夜", STORY),
        Piece("零下一百八十度，月球车怎么不冻坏？", HEAD + STORY),
        Piece("转载 | 月球车如何过夜", HEAD + STORY + FOOT),
        Piece("月球车如何过夜", STORY.replace("，", ", ").replace("。", "。\n\n")),
        Piece("月球車如何過夜", OpenCC("s2t").convert(STORY)),
        Piece("月球车如何过夜", "".join("口" if place % 11 == 5 else char for place, char in enumerate(STORY))),
        Piece("", STORY[len(STORY) * 2 // 5 :] + STORY[: len(STORY) // 4] + FOOT),
        Piece("月球车如何过夜", STORY.replace("讲解员介绍", "老师告诉小朋友").replace("小小的", "")),
    ],
    ids=["same", "head", "head_and_foot", "set_anew", "traditional", "misread", "cut_and_shuffled", "reworded"],
)
def test_a_repost_is_the_same_piece(repost: Piece) -> None:
    assert relation(Piece("月球车如何过夜", STORY), repost) is Relation.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Piece("讲座预告", FIRST), Piece("讲座预告", SECOND)),
        (Piece("月球车如何过夜", STORY), Piece("月球车如何过夜", "一辆月球车要做三件事：保温、断电、等待日出。" * 4)),
        (Piece("活动预告", ""), Piece("活动预告", "")),
        (Piece("", ""), Piece("", "")),
        (Piece("月球车如何过夜的短片（上）", ""), Piece("月球车如何过夜的短片（下）", "")),
    ],
    ids=["template", "topic", "short_title", "empty", "parts"],
)
def test_a_similar_piece_is_another(one: Piece, other: Piece) -> None:
    assert relation(one, other) is None


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        (Piece("", STORY[40:90]), Piece("月球车如何过夜", STORY)),
        (Piece("划重点", STORY[40:80]), Piece("月球车如何过夜", STORY + HEAD + FOOT)),
        (
            Piece("月球车如何过夜", STORY),
            Piece("一周要闻", f"讲座预告\n{FIRST}\n月球车如何过夜\n{STORY}\n{SECOND}" + FOOT),
        ),
        (Piece("月球车如何过夜", STORY), Piece("", STORY + letters(0x6E00, 200))),
    ],
    ids=["excerpt", "excerpt_with_a_title", "digest", "one_of_two"],
)
def test_an_excerpt_and_each_piece_of_a_digest_are_part_of_it(part: Piece, whole: Piece) -> None:
    one, other = compare(part, whole), compare(whole, part)

    assert one is not None
    assert other is not None
    assert one.likeness.relation is Relation.PART
    assert (one.swapped, other.swapped) == (False, True)
    assert one.likeness == other.likeness
    assert one.likeness.share > one.likeness.other_share


def test_a_likeness_quotes_the_longest_passage_that_both_hold() -> None:
    alike = compare(Piece("", "甲乙丙丁" + STORY[:100]), Piece("", STORY[:100].replace("，", "") + FOOT))

    assert alike is not None
    assert alike.likeness.layer is Layer.RUNS
    assert alike.likeness.passage == STORY[:100]


def test_texts_that_differ_in_what_is_no_letter_are_equal() -> None:
    alike = compare(Piece("月球車", STORY), Piece("月球车", STORY.replace("，", " ")))

    assert alike is not None
    assert (alike.likeness.layer, alike.likeness.share, alike.likeness.other_share) == (Layer.EQUAL, 1, 1)
    assert alike.likeness.passage.startswith("月球")
    assert len(alike.likeness.passage) <= PASSAGE_CHARS


@pytest.mark.parametrize(
    ("figures", "same"),
    [("12个34台56元78人", True), ("12个34台99元98人", True), ("12个33台99元98人", False)],
    ids=["all", "half", "a_quarter"],
)
def test_where_four_figures_could_speak_half_of_them_must_agree(figures: str, same: bool) -> None:
    shared = letters(0x4E00, 200)

    assert (relation(Piece("", shared + "12个34台56元78人"), Piece("", shared + figures)) is not None) is same


@pytest.mark.parametrize(("name", "same"), [("月球车甲", True), ("火星车乙", False)])
def test_a_name_that_each_repeats_and_the_other_lacks_makes_another_piece(name: str, same: bool) -> None:
    def notice(whom: str) -> Piece:
        return Piece("", "".join(letters(0x4E00 + 100 * part, 60) + whom for part in range(4)))

    assert (relation(notice("月球车甲"), notice(name)) is Relation.SAME) is same


def test_a_part_that_its_whole_repeats_is_a_part() -> None:
    line = letters(0x4E00, 70)

    assert relation(Piece("", line), Piece("", line * 4)) is Relation.PART


def test_of_an_endless_piece_the_beginning_is_compared() -> None:
    beginning = letters(0x4E00, 3000) * (READ_CHARS // 3000 + 1)

    assert relation(Piece("", beginning + "甲" * 20_000), Piece("", beginning + "乙" * 20_000)) is Relation.SAME


@pytest.mark.parametrize(("chars", "same"), [(SHORT_CHARS - 1, False), (SHORT_CHARS, True)])
def test_below_sixty_letters_one_other_letter_makes_another_piece(chars: int, same: bool) -> None:
    shared = letters(0x4E00, chars - 1)

    assert (relation(Piece("", shared + "甲"), Piece("", shared + "乙")) is Relation.SAME) is same


@pytest.mark.parametrize(("chars", "same"), [(LEAST_CHARS - 1, False), (LEAST_CHARS, True)])
def test_fewer_than_twelve_letters_are_the_whole_text_of_many_pieces(chars: int, same: bool) -> None:
    assert (relation(Piece("", "月" * chars), Piece("月" * chars, "")) is Relation.SAME) is same


def test_a_sentence_that_two_pieces_quote_makes_none_a_part_of_the_other() -> None:
    assert relation(Piece("", STORY[:29]), Piece("", STORY)) is None


def test_short_descriptions_are_the_same_piece_only_by_the_same_words() -> None:
    one, other = Piece("短片：月球车如何过夜", "三分钟看懂。"), Piece("短片:月球车如何过夜", "三分钟看懂")

    assert relation(one, other) is Relation.SAME


def test_letters_are_held_where_five_in_a_row_are() -> None:
    held = held_letters(Piece("", "甲乙丙丁戊己庚辛"), Piece("", "丙丁戊己庚 甲乙"))

    assert held.tolist() == [False, False, True, True, True, True, True, False]
    assert stretches(held) == [(2, 7)]
    assert longest(held) == (2, 7)
    assert longest(~held & held) == (0, 0)


@given(st.text(max_size=300), st.text(max_size=300))
def test_the_answer_is_the_same_in_both_directions(one: str, other: str) -> None:
    assert relation(Piece("", one), Piece("", other)) == relation(Piece("", other), Piece("", one))


@pytest.mark.parametrize(
    ("title", "other", "same"),
    [("火斑笛鲷", "黄足笛鲷", False), ("火斑笛鲷", "海里的鱼", True), ("海里的鱼", "笛鲷的一生", True)],
    ids=["each_names_its_own", "one_headline", "two_headlines"],
)
def test_two_entries_of_one_pattern_are_about_what_each_names(title: str, other: str, same: bool) -> None:
    """火斑笛鲷 says of itself what 黄足笛鲷 says of itself; a headline says nothing of what the text is about."""

    def entry(heading: str, name: str, own: str) -> Piece:
        return Piece(heading, f"{heading}\n{name}，{own}{letters(0x4E00, 220)}{letters(0x4E00, 120)}")

    one = entry(title, "火斑笛鲷", letters(0x7000, 90))
    two = entry(other, "火斑笛鲷的近亲" if same else other, letters(0x7800, 90))
    assert (relation(one, two) is not None) is same
