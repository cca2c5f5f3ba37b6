"""indexer.understanding.policies.marks: marks of the campaign that are written wrongly."""

import pytest

from config.policy import MarkRule
from config.words import Severity
from indexer.understanding.policies.marks import MarkCheck
from indexer.understanding.policies.parts import Subject

MARKS = ("全国科普日", "科普中国", "科技馆之城", "北京科学嘉年华")
CHECK = MarkCheck(
    MarkRule(id="m", version=1, severity=Severity.LOW, message="写错", basis="案", marks=MARKS, right=("全国科普目录",))
)


def found(text: str) -> list[str]:
    return [one.excerpt for one in CHECK.findings(Subject(title=text, text=""))]


@pytest.mark.parametrize(
    "wrong",
    ["全国科铺日", "全国科普曰", "科普中囯", "科技馆之诚", "北京科学嘉年话",
     "北京科学年华", "北京科学嘉年", "北京科学家嘉年华", "北京科学嘉华年", "全国科科普日", "科*普*中*国", "科pu中国",
     "全国科苦日", "北京嘉年华科学", "全国日科普", "全国科普旦", "背景科学嘉年华", "全国科普是日",
     "全国料普曰", "科技馆乏城", "全园科普日", "北京科学佳年花"],
)  # fmt: skip
def test_a_wrong_writing_is_found_as_it_stands(wrong: str) -> None:
    assert found(f"欢迎参加{wrong}活动") == [wrong]


@pytest.mark.parametrize(
    "text",
    [*MARKS, "全國科普日", "由科技馆制成的模型", "科技之城",
     "全国科普目录", "科技馆之成就", "kepu zhongguo", "科普 中国", "科普“中国”",
     "科技中国", "我们去全市科普日", "科普日全国启动", "科技馆之古城", "科技馆之友", "中国科普", "科技馆的城市展区"],
)  # fmt: skip
def test_right_writings_and_other_words_are_left(text: str) -> None:
    assert found(text) == []


def test_most_of_a_long_mark_is_no_chance_whatever_goes_on_behind_it() -> None:
    assert found("北京科学佳年花线上答题") == ["北京科学佳年花"]


def test_the_last_character_twice_is_wrong_but_not_where_it_begins_a_word() -> None:
    rule = MarkRule(id="m", version=1, severity=Severity.LOW, message="核对", basis="示例依据", marks=("科普中国",))
    check = MarkCheck(rule)

    def found(text: str) -> list[str]:
        return [one.excerpt for one in check.findings(Subject(title="", text=text))]

    assert found("科普中国国上线新栏目") == ["科普中国国"]
    assert found("科普中国国家馆") == []
    assert found("科·普·中·国") == ["科·普·中·国"]
