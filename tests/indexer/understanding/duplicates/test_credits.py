"""The sources that a piece credits, and whose they are."""

import pytest

from indexer.understanding.duplicates.credits import UNNAMED, credited, credits_another, is_organisation

OWN = ("示例科技馆", "示例馆", "示例馆网站", "旧称示例宫")
BODY = "月球的夜晚很长。"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("来源：北京日报\n" + BODY, ("北京日报",)),
        (BODY + "\n（来源：示例天文馆）", ("示例天文馆",)),
        (BODY + "\n【来源:新华社】", ("新华社",)),
        ("来源 | 北京科协\n" + BODY, ("北京科协",)),
        ("来源丨示例天文馆\n" + BODY, ("示例天文馆",)),
        ("文章来源：示例天文馆 作者：张三\n" + BODY, ("示例天文馆",)),
        ("2026-09-17 来源：示例天文馆 编辑：李四\n" + BODY, ("示例天文馆",)),
        ("来源：\n新华社\n" + BODY, ("新华社",)),
        ("来源：“北京日报：\n" + BODY, ("北京日报",)),
        (BODY + "（转自示例天文馆）", ("示例天文馆",)),
        (BODY + "\n转载自：示例天文馆微信公众号", ("示例天文馆微信公众号",)),
        ("本文转载自《科普时报》2026年9月1日\n" + BODY, ("科普时报",)),
        (BODY + "\n原载《科普时报》", ("科普时报",)),
        (BODY + "\n摘自“示例科普”公众号", ("示例科普",)),
        (BODY + "\n转载：示例天文馆", ("示例天文馆",)),
        (BODY * 4000 + "\n（来源：示例天文馆）", ("示例天文馆",)),
    ],
)
def test_a_credit_is_read_at_either_end_of_the_text(text: str, names: tuple[str, ...]) -> None:
    assert credited(title="月球", text=text) == names


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        BODY + "\n图片来源：视觉中国",
        BODY + "\n数据来源：国家统计局",
        "这里讲水的来源：地下水和河水。",
        "转载请注明出处：示例馆",
        "未经许可，不得转载。转载须联系本站",
        BODY + "\n来源：",
        "",
    ],
)
def test_what_credits_a_part_or_asks_for_credit_is_none(text: str) -> None:
    assert credited(title="转基因是什么", text=text) == ()


@pytest.mark.parametrize("title", ["转载：月球车", "【转载】月球车", "（转）月球车", "转发｜月球车"])
def test_a_title_that_says_repost_credits_somebody_unnamed(title: str) -> None:
    assert credited(title=title, text=BODY) == (UNNAMED,)


@pytest.mark.parametrize(
    ("name", "is_another"),
    [
        ("示例科技馆", False),
        ("示例馆微信公众号", False),
        ("示例科技馆官网", False),
        ("旧称示例宫", False),
        ("示例科技馆科普部", False),
        ("示例馆、北京日报", False),
        ("本站原创", False),
        ("我馆", False),
        ("北京日报", True),
        ("示例科技馆物理研究所", True),
        ("网络", True),
        (UNNAMED, True),
    ],
)
def test_a_credit_is_of_another_unless_it_names_the_unit_or_its_channel(name: str, is_another: bool) -> None:
    assert credits_another([name], own=OWN) is is_another


def test_no_credit_is_none_of_another() -> None:
    assert credits_another([], own=OWN) is False


@pytest.mark.parametrize(
    ("name", "is_one"), [("北京日报", True), ("示例学会", True), ("科普部", False), ("张三", False)]
)
def test_an_organisation_is_told_from_a_person_or_department(name: str, is_one: bool) -> None:
    assert is_organisation(name) is is_one


@pytest.mark.parametrize("piece", ["来源：", "（", "来 源 ", " ", "转载自", "来源：\n", "【来源 | 甲"])
def test_a_million_characters_of_markers_are_bounded(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))

    assert len(credited(title=text, text=text)) <= 10


def test_of_a_page_of_credits_ten_are_read() -> None:
    text = "\n".join(f"来源：第{number}日报" for number in range(20))

    assert credited(title="", text=text) == tuple(f"第{number}日报" for number in range(10))
