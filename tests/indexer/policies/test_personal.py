"""Telephone and identity numbers. All numbers here are made up: 0000 in them, or birthdays before 1920."""

import pytest

from config.policy import Personal, PersonalRule, RuleSeverity, Where
from indexer.policies.parts import Subject
from indexer.policies.personal import PersonalCheck

NEAR = ("电话", "热线", "联系")


def found(text: str, looks_for: Personal = Personal.PHONE, *, allowed: tuple[str, ...] = ()) -> list[str]:
    rule = PersonalRule(
        id="r",
        version=1,
        severity=RuleSeverity.LOW,
        message="",
        basis="",
        where=(Where.TITLE, Where.TEXT),
        looks_for=looks_for,
        allowed=allowed,
        near=NEAR,
    )
    subject = Subject(title="", text=text)
    return [text[one.start : one.end] for one in PersonalCheck(rule).findings(subject)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("请找王老师13800000000。", "13800000000"),
        ("手机 138 0000 0000 找我", "138 0000 0000"),
        ("手机138-0000-0000找我", "138-0000-0000"),
        ("手机１３８００００００００", "１３８００００００００"),
        ("打+86 138 0000 0000", "+86 138 0000 0000"),
        ("号码1 3 8 0 0 0 0 0 0 0 0", "1 3 8 0 0 0 0 0 0 0 0"),
        ("打一三八〇〇〇〇〇〇〇〇", "一三八〇〇〇〇〇〇〇〇"),
        ("座机010-60000000", "010-60000000"),
        ("座机(010)60000000", "(010)60000000"),
        ("座机0311-60000000转2", "0311-60000000"),
        ("联系电话：60000000", "60000000"),
        ("订单号2026，手机13800000000", "13800000000"),
    ],
)
def test_a_telephone_number_is_found_however_it_is_written(text: str, number: str) -> None:
    assert found(text) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "宇宙的年龄约为13800000000年",
        "条形码15000000000贴在背面",
        "π≈3.13800000000",
        "编号138000000001234",
        "火警119，票务400-000-0000",
        "电话咨询时间20260917",
        "60000000人次参观",
        "2026年9月12日—2026年9月20日，10:00—16:30",
    ],
)
def test_other_numbers_are_left(text: str) -> None:
    assert found(text) == []


def test_an_allowed_number_is_left_whatever_stands_between_its_digits() -> None:
    assert found("热线010-60000000", allowed=("01060000000",)) == []


@pytest.mark.parametrize(
    "number", ["110101190001010014", "110101 19000101 0014", "１１０１０１１９０００１０１００１４", "110101150703001"]
)
def test_an_identity_number_is_found(number: str) -> None:
    assert found(f"身份证号{number}。", Personal.IDENTITY) == [number]


@pytest.mark.parametrize(
    "number", ["110101190001010000", "880101190001010014", "000000000000000", "1101011900010100145"]
)
def test_a_number_with_a_wrong_check_digit_place_or_length_is_left(number: str) -> None:
    assert found(f"编号{number}。", Personal.IDENTITY) == []
