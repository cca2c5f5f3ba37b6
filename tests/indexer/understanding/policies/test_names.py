"""indexer.understanding.policies.names: the name of a person beside a number."""

import pytest

from indexer.understanding.policies.names import is_beside_name

NUMBER = "13800000000"


@pytest.mark.parametrize(
    "text",
    [f"联系人：张某某，电话{NUMBER}", f"王老师 {NUMBER}", f"小赵{NUMBER}", f"{NUMBER}（李姐）",
     f"，赵某：{NUMBER}", f"{NUMBER}，老张", f"拨打{NUMBER}联系王老师", f"讲解员李某 {NUMBER}"],
)  # fmt: skip
def test_a_name_before_or_behind_is_seen(text: str) -> None:
    start = text.index(NUMBER)

    assert is_beside_name(text.replace("：", ":").replace("，", ",").replace("（", "("), (start, start + len(NUMBER)))


@pytest.mark.parametrize("text", [f"咨询电话{NUMBER}", f"服务台{NUMBER}，欢迎来电", f"值班手机:{NUMBER}", NUMBER])
def test_a_number_without_a_name_is_none(text: str) -> None:
    start = text.index(NUMBER)

    assert not is_beside_name(text, (start, start + len(NUMBER)))
