"""Telephone and identity numbers. All numbers here are made up: 0000 in them, or birthdays before 1920."""

import pytest

from config.policy import PersonalRule
from config.rule_fields import Personal, Where
from config.words import Severity
from indexer.understanding.policies.parts import MOST_FINDINGS, Subject
from indexer.understanding.policies.personal import PersonalCheck
from indexer.understanding.results import Finding

NEAR = ("电话", "热线", "联系")


def found(text: str, looks_for: Personal = Personal.PHONE, *, allowed: tuple[str, ...] = ()) -> list[str]:
    rule = PersonalRule(
        id="r",
        version=1,
        severity=Severity.LOW,
        message="看看",
        basis="法",
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
        ("手机138。0000。0000找我", "138。0000。0000"),
        ("致电(010) 6000 0000", "(010) 6000 0000"),
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
        ("编号13800000000，手机13900000000", "13900000000"),
        ("编号13800000000，王老师13900000000", "13900000000"),
        ("编号13800000000。13900000000", "13900000000"),
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
        "编号13800000000是玉米，13900000000是大豆",
        "2026年9月12日—2026年9月20日，10:00—16:30",
    ],
)
def test_other_numbers_are_left(text: str) -> None:
    assert found(text) == []


def test_an_allowed_number_is_left_whatever_stands_between_its_digits() -> None:
    assert found("热线010-60000000", allowed=("01060000000",)) == []


@pytest.mark.parametrize(
    "number",
    ["110101190001010014", "110101 19000101 0014", "１１０１０１１９０００１０１００１４", "110101150703001",
     "110101 1900 0101 0014", "1101-0119-0001-0100-14", "110101·19000101·0014"],
)  # fmt: skip
def test_an_identity_number_is_found(number: str) -> None:
    assert found(f"身份证号{number}。", Personal.IDENTITY) == [number]


@pytest.mark.parametrize(
    "number", ["110101190001010000", "880101190001010014", "000000000000000", "1101011900010100145"]
)
def test_a_number_with_a_wrong_check_digit_place_or_length_is_left(number: str) -> None:
    assert found(f"编号{number}。", Personal.IDENTITY) == []


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("110101150703001", True),
        ("460101150703001", True),
        ("610101150703001", True),
        ("650101150703001", True),
        ("110101120229001", True),
        ("110101130229001", False),
        ("100101150703001", False),
        ("160101150703001", False),
        ("470101150703001", False),
        ("110101151303001", False),
        ("110101150732001", False),
        ("110101150631001", False),
        ("110101151231991", True),
    ],
)
def test_fifteen_digits_are_an_identity_number_with_a_province_and_a_day(number: str, is_one: bool) -> None:
    assert found(f"号码{number}。", Personal.IDENTITY) == ([number] if is_one else [])


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("电话6000000", ["6000000"]),
        ("电话6000-0000、6000 0001", ["6000-0000", "6000 0001"]),
        ("电话" + "一" * 12 + "60000000", ["60000000"]),
        ("电话" + "一" * 13 + "60000000", []),
        ("60000000", []),
        ("电话20260917，19991231", []),
        ("电话20262917", ["20262917"]),
        ("订单号60000000，售后电话", []),
        ("电话，编号60000000", ["60000000"]),
        ("联系60000000元", []),
    ],
)
def test_a_bare_number_is_a_telephone_beside_a_word_that_says_so(text: str, numbers: list[str]) -> None:
    assert found(text) == numbers


def test_numbers_are_found_in_title_and_text_at_their_places_a_bounded_number_of_times() -> None:
    rule = PersonalRule(
        id="r", version=2, severity=Severity.HIGH, message="核对", basis="示例依据", where=(Where.TITLE, Where.TEXT),
        looks_for=Personal.PHONE,
    )  # fmt: skip
    subject = Subject(title="找13800000000", text="、".join(f"1380000{number:04}" for number in range(30)))

    made = PersonalCheck(rule).findings(subject)

    assert made[0] == Finding(
        rule="r", rule_version=2, severity=Severity.HIGH, where="title", start=1, end=12, excerpt="13800000000",
        message="核对",
    )  # fmt: skip
    assert [(one.where, one.start) for one in made[1:4]] == [("text", 0), ("text", 12), ("text", 24)]
    assert len(made) == 1 + MOST_FINDINGS


def test_of_numbers_that_overlap_the_first_and_longest_is_told() -> None:
    assert found("电话(010)60000000") == ["(010)60000000"]
    assert found("联系010-60000000") == ["010-60000000"]


@pytest.mark.parametrize(
    ("text", "severity"),
    [("联系王老师13800000000", Severity.HIGH), ("值班电话13800000000", Severity.LOW)],
)
def test_a_number_beside_a_name_speaks_louder(text: str, severity: Severity) -> None:
    rule = PersonalRule(
        id="r", version=1, severity=Severity.LOW, message="核对", basis="例", looks_for=Personal.PHONE,
        beside_name=Severity.HIGH,
    )  # fmt: skip

    assert [one.severity for one in PersonalCheck(rule).findings(Subject(title="", text=text))] == [severity]


def test_mailboxes_of_the_units_own_hosts_may_stand() -> None:
    rule = PersonalRule(
        id="r", version=1, severity=Severity.LOW, message="核对", basis="例", looks_for=Personal.EMAIL,
        hosts=(".gov.cn",),
    )  # fmt: skip
    subject = Subject(
        title="", text="a@b.gov.cn，c@museum.example.cn，d@qq.com", hosts=frozenset({"museum.example.cn"})
    )

    assert [one.excerpt for one in PersonalCheck(rule).findings(subject)] == ["d@qq.com"]
