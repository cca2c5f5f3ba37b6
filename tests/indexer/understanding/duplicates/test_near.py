"""Which texts are one piece."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.understanding.duplicates.near import CERTAIN_SHARE, HELD_SHARE, READ_CHARS, SHINGLE_CHARS, Piece, is_same

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


@pytest.mark.parametrize(
    "repost",
    [
        Piece("月球车如何过夜", STORY),
        Piece("零下一百八十度，月球车怎么不冻坏？", HEAD + STORY),
        Piece("转载 | 月球车如何过夜", HEAD + STORY + FOOT),
        Piece("月球车如何过夜", STORY.replace("，", ", ").replace("。", "。\n\n")),
        Piece("月球车如何过夜", STORY.replace("讲解员介绍", "老师告诉小朋友").replace("小小的", "")),
    ],
    ids=["same", "head", "head_and_foot", "set_anew", "reworded"],
)
def test_a_repost_is_the_same_piece(repost: Piece) -> None:
    assert is_same(Piece("月球车如何过夜", STORY), repost)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Piece("讲座预告", FIRST), Piece("讲座预告", SECOND)),
        (Piece("月球车如何过夜", STORY), Piece("月球车如何过夜", "一辆月球车要做三件事：保温、断电、等待日出。" * 4)),
        (Piece("一周要闻", STORY + (FIRST + SECOND) * 6), Piece("讲座预告", FIRST)),
        (Piece("活动预告", ""), Piece("活动预告", "")),
        (Piece("", ""), Piece("", "")),
        (Piece("月球车如何过夜的短片（上）", ""), Piece("月球车如何过夜的短片（下）", "")),
    ],
    ids=["template", "topic", "digest", "short_title", "empty", "parts"],
)
def test_a_similar_piece_is_another(one: Piece, other: Piece) -> None:
    assert not is_same(one, other)


@pytest.mark.parametrize(
    ("figures", "other_figures", "same"),
    [("10 20", "10 30", True), ("10 20 40", "10 30 50", False), ("10", "30", False), ("", "30", True)],
    ids=["half", "a_third", "none", "one_names_none"],
)
def test_where_half_the_words_are_shared_half_the_figures_must_be(figures: str, other_figures: str, same: bool) -> None:
    shared = STORY[:80]
    one = Piece("", shared + "".join(map(chr, range(0x4E00, 0x4E00 + 70))) + figures)
    other = Piece("", shared + "".join(map(chr, range(0x6E00, 0x6E00 + 70))) + other_figures)

    held = len(one.shingles & other.shingles) / len(one.shingles)
    assert HELD_SHARE < held < CERTAIN_SHARE
    assert is_same(one, other) is same


def test_a_piece_is_every_run_of_twelve_of_its_letters_and_its_figures() -> None:
    piece = Piece("月球，", "第12次，3.5米：" + "".join(map(chr, range(0x4E00, 0x4E00 + 10))))

    assert piece.characters == "月球第12次35米" + "".join(map(chr, range(0x4E00, 0x4E00 + 10)))
    assert {len(run) for run in piece.shingles} == {SHINGLE_CHARS}
    assert len(piece.shingles) == len(piece.characters) - SHINGLE_CHARS + 1
    assert piece.figures == {"12", "3.5"}


def test_of_an_endless_piece_the_beginning_is_compared() -> None:
    beginning = "".join(map(chr, range(0x4E00, 0x4E00 + READ_CHARS)))

    assert is_same(Piece("", beginning + "甲" * 20_000), Piece("", beginning + "乙" * 20_000))
    assert len(Piece("", beginning * 3).characters) == 5999  # the line end behind the title is no letter


@pytest.mark.parametrize(("chars", "same"), [(59, False), (60, True)])
def test_below_sixty_letters_one_other_letter_makes_another_piece(chars: int, same: bool) -> None:
    letters = "".join(map(chr, range(0x4E00, 0x4E00 + chars - 1)))

    assert is_same(Piece("", letters + "甲"), Piece("", letters + "乙")) is same


@pytest.mark.parametrize(("chars", "same"), [(11, False), (12, True)])
def test_fewer_than_twelve_letters_are_the_whole_text_of_many_pieces(chars: int, same: bool) -> None:
    assert is_same(Piece("", "月" * chars), Piece("月" * chars, "")) is same


def test_a_digest_of_more_than_three_times_the_length_is_another_piece() -> None:
    letters = "".join(map(chr, range(0x4E00, 0x4E00 + 301)))
    notice = Piece("", letters[:100])

    assert is_same(notice, Piece("", letters[:300]))
    assert not is_same(notice, Piece("", letters))


def test_short_descriptions_are_the_same_piece_only_by_the_same_words() -> None:
    assert is_same(Piece("短片：月球车如何过夜", "三分钟看懂。"), Piece("短片:月球车如何过夜", "三分钟看懂"))


@given(st.text(max_size=300), st.text(max_size=300))
def test_the_answer_is_the_same_in_both_directions(one: str, other: str) -> None:
    assert is_same(Piece("", one), Piece("", other)) == is_same(Piece("", other), Piece("", one))
