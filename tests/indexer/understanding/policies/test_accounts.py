"""indexer.understanding.policies.accounts: mailboxes and WeChat ids of people."""

import pytest

from indexer.understanding.policies.accounts import mailboxes, qq_numbers, wechat_ids
from indexer.understanding.policies.normal import normal


def boxes(text: str, *but: str) -> list[str]:
    read = normal(text).text
    return [read[start:end] for start, end in sorted(set(mailboxes(read, but=but)))]


def ids(text: str) -> list[str]:
    read = normal(text).text
    return [read[start:end] for start, end in wechat_ids(read)]


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("写信到demo.a+b@qq.com。", "demo.a+b@qq.com"),
        ("ｄｅｍｏ＠１６３．ｃｏｍ", "demo@163.com"),
        ("demo_1#126.com", "demo_1#126.com"),
        ("demo(at)foxmail.com", "demo(at)foxmail.com"),
        ("demo艾特163点com", "demo艾特163点com"),
        ("demo@126。com", "demo@126。com"),
        ("demo@museum.example.org", "demo@museum.example.org"),
    ],
)
def test_a_mailbox_is_found_in_any_writing(text: str, box: str) -> None:
    assert boxes(text) == [box]


@pytest.mark.parametrize(
    "text",
    [
        "logo@2x.png",
        "vue@3.4.21",
        "@科普",
        "git@example.com:a/b",
        "2斤@20元",
        "https://user@example.com/",
        "a@b",
        "@@@",
    ],
)
def test_file_names_versions_and_handles_are_no_mailboxes(text: str) -> None:
    assert boxes(text) == []


def test_mailboxes_of_allowed_hosts_and_of_those_below_may_stand() -> None:
    assert boxes("a@x.gov.cn，b@y.example.cn，c@notgov.cn", ".gov.cn", "y.example.cn") == ["c@notgov.cn"]


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("微信号demo_teacher01", "demo_teacher01"),
        ("加V：demo20260000", "demo20260000"),
        ("徵信号：demo_teacher01", "demo_teacher01"),
        ("有意者微demo_teacher01", "demo_teacher01"),
        ("想聊的朋友薇：demo_teacher01", "demo_teacher01"),
        ("w❤x：demo_teacher01", "demo_teacher01"),
        ("加丨微丨信：demo_teacher01", "demo_teacher01"),
        ("V+demo_teacher01", "demo_teacher01"),
        ("搜 demo_teacher01 加微信", "demo_teacher01"),
        ("薇❤信 demo-star_9", "demo-star_9"),
        ("ＶＸ: demo_stone77", "demo_stone77"),
        ("wei信：demo_123", "demo_123"),
        ("微信：abcdefgh", "abcdefgh"),
        ("demo_expert1（微信）", "demo_expert1"),
    ],
)
def test_a_wechat_id_is_found_behind_its_name_and_the_disguises_of_it(text: str, id: str) -> None:
    assert ids(text) == [id]


@pytest.mark.parametrize(
    "text",
    ["公众号：示例馆（微信号 demo_museum）", "官方微信：demo_museum1", "微信扫码", "很有威信",
     "微信 Official", "VX是毒剂", "登录weixin.qq.com"],
)  # fmt: skip
def test_public_accounts_and_other_words_are_left(text: str) -> None:
    assert ids(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("加qq:100000000领课件", ["100000000"]),
        ("企鹅裙100000000", ["100000000"]),
        ("课件q群:100000000", ["100000000"]),
        ("扣扣号100000000", ["100000000"]),
        ("q q 号:100000000", ["100000000"]),
        ("qq音乐播放量超过100000000次", []),
        ("编号qq20230901的样品", []),
        ("qq浏览器版本100000000版", []),
    ],
)
def test_a_qq_number_stands_behind_its_name(text: str, found: list[str]) -> None:
    assert [text[slice(*span)] for span in qq_numbers(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("联系我：example0#example.com（#换成@）", ["example0#example.com"]),
        ("example [at] example [dot] com", ["example [at] example [dot] com"]),
        ("发到example 艾特 example 点 com", ["example 艾特 example 点 com"]),
        ("c#example.com是一段代码", []),
    ],
)
def test_a_mailbox_with_another_sign_for_at_needs_a_word_that_says_so(text: str, found: list[str]) -> None:
    assert [text[slice(*span)] for span in mailboxes(text, but=())] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("微❤example_0", ["example_0"]), ("加薇example_0", ["example_0"]), ("微信号:gh_0a1b2c3d4e5f", [])],
)
def test_a_heart_stands_for_a_letter_and_a_public_account_is_no_person(text: str, found: list[str]) -> None:
    assert [text[slice(*span)] for span in wechat_ids(text)] == found
