"""indexer.understanding.policies.structure: what a piece lacks."""

import pytest

from config.policy import StructureRule
from config.rule_fields import Lack
from config.words import Severity
from indexer.understanding.policies.parts import Subject
from indexer.understanding.policies.structure import LEAST_BODY, StructureCheck

BODY = "玉兰花开了，老师带着学生数花瓣。" * 20


def found(lack: Lack, subject: Subject) -> list[tuple[str, str]]:
    rule = StructureRule(id="s", version=1, severity=Severity.NOTE, message="缺", basis="则", looks_for=lack)
    return [(one.where, one.excerpt) for one in StructureCheck(rule).findings(subject)]


@pytest.mark.parametrize(
    ("lack", "subject", "places"),
    [
        (Lack.NO_DATE, Subject(title="题", text="文", is_dated=False), [("title", "题")]),
        (Lack.NO_DATE, Subject(title="题", text="文"), []),
        (Lack.NO_DATE, Subject(title="", text="文", is_dated=False), [("text", "文")]),
        (Lack.EMPTY_BODY, Subject(title="题", text=" \u200b\n"), [("title", "题")]),
        (Lack.EMPTY_BODY, Subject(title="题", text="", has_media=True), []),
        (Lack.EMPTY_BODY, Subject(title="题", text="文"), []),
        (Lack.EMPTY_BODY, Subject(title="", text=""), []),
        (Lack.TITLE_UNLIKE_BODY, Subject(title="外星飞碟降落故宫", text=BODY), [("title", "外星飞碟降落故宫")]),
        (Lack.TITLE_UNLIKE_BODY, Subject(title="玉兰的秘密飞碟", text=BODY), []),
        (Lack.TITLE_UNLIKE_BODY, Subject(title="外星飞碟降落故宫", text=BODY[: LEAST_BODY - 1]), []),
        (Lack.TITLE_UNLIKE_BODY, Subject(title="飞碟", text=BODY), []),
    ],
)  # fmt: skip
def test_what_is_lacking_is_said_of_the_title(lack: Lack, subject: Subject, places: list[tuple[str, str]]) -> None:
    assert found(lack, subject) == places


def test_each_code_in_a_picture_is_found_by_what_it_says() -> None:
    assert found(Lack.QR_CODE, Subject(title="题", text="文", codes=("a", "b"))) == [("links", "a"), ("links", "b")]
    assert found(Lack.QR_CODE, Subject(title="题", text="文")) == []
