"""What a short list of patterns finds of each family of rules: the bar of `checks.py`."""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

Span = tuple[int, int]
Row = Mapping[str, Any]

PATTERNS = {
    "ad_absolute": r"国家级|最高级|最佳|顶级|极品|第一品牌|全网最低|史上最\w|销量第一|最(?:好|强|优)",
    "ai_label": r"(?:AI|人工智能)(?:辅助)?(?:生成|合成|创作)",
    "foreign_shop": r"https?://[\w.-]*(?:taobao|tmall|jd|pinduoduo|yangkeduo|tb)\.(?:com|cn)[!-~]*",
    "food_safety_name": r"食品安全",
    "health_claim": r"(?:根治|治愈|治疗|降血压|降血糖|降血脂|抗癌|防癌|排毒|无副作用|包治百病)\w{0,6}",
    "mark_name": r"全国科[^普]日|科[^普]中国|科技[^馆]之城|北京科学嘉[^年]华",
    "no_source": r"来源[:：]?(?:于)?(?:网络|互联网)|转自网络",
    "personal_email": r"[\w.+-]+@[\w-]+\.[\w.]+",
    "personal_id": r"\d{17}[\dXx]",
    "personal_phone": r"1[3-9]\d{9}|0\d{2,3}-\d{7,8}",
    "personal_wechat": r"(?<=微信号)[:： ]?[A-Za-z][\w-]{5,19}|(?<=微信)[:：][A-Za-z][\w-]{5,19}",
}


def _pattern(text: str) -> Callable[[Row], Sequence[Span]]:
    expression = re.compile(text)
    return lambda row: [match.span() for match in expression.finditer(row["text"])]


def _word(row: Row) -> Sequence[Span]:
    return [match.span() for match in re.finditer(re.escape(row["word"]), row["text"])]


FINDERS: Mapping[str, Callable[[Row], Sequence[Span]]] = MappingProxyType(
    {**{family: _pattern(text) for family, text in PATTERNS.items()}, "evade_normal": _word, "word_border": _word}
)
