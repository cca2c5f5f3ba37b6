"""WeChat's refusals: code, words, what to do next."""

import pytest

from crawler.platforms.wechat.errors import TOKEN_CALL, Meaning, Refused, Retry, meaning_of, refusal_in
from indexer.catalogue.platform_words import PlatformCase


@pytest.mark.parametrize("answer", [{}, {"errcode": 0, "errmsg": "ok"}, {"errcode": "0"}, {"item": []}])
def test_an_answer_that_brings_something_refuses_nothing(answer: dict[str, object]) -> None:
    assert refusal_in(answer) is None


def test_the_refused_address_and_the_number_of_the_request_are_read_from_the_words() -> None:
    words = "invalid ip 192.0.2.7 ipv6 ::ffff:192.0.2.7, not in whitelist rid: 5fa00c60-1a0eaaaa-32fd1cd0"

    assert refusal_in({"errcode": "40164", "errmsg": words}) == Refused(
        code=40164, message=words, rid="5fa00c60-1a0eaaaa-32fd1cd0", ip="192.0.2.7"
    )


@pytest.mark.parametrize(
    ("words", "ip"),
    [
        ("invalid ip 2001:db8::7 ipv6 2001:db8::7, not in whitelist", "2001:db8::7"),
        ("invalid ip 192.0.2.7, not in whitelist hint: [fade00]", "192.0.2.7"),
        ("not in whitelist", ""),
        ("invalid ip 999.1.2.3.", ""),
    ],
)
def test_an_address_of_either_kind_is_read_and_nothing_else_is_one(words: str, ip: str) -> None:
    refused = refusal_in({"errcode": 40164, "errmsg": words})

    assert refused is not None
    assert refused.ip == ip


def test_an_address_is_looked_for_only_where_the_refusal_is_about_one() -> None:
    refused = refusal_in({"errcode": 40013, "errmsg": "invalid appid from 192.0.2.7"})

    assert refused == Refused(code=40013, message="invalid appid from 192.0.2.7")


@pytest.mark.parametrize(
    ("code", "case", "retry"),
    [
        (-1, "busy", Retry.LATER),
        (40001, "token_refused", Retry.NEW_TOKEN),
        (40014, "token_refused", Retry.NEW_TOKEN),
        (42001, "token_refused", Retry.NEW_TOKEN),
        (40013, "appid_wrong", Retry.NEVER),
        (40125, "secret_wrong", Retry.NEVER),
        (40164, "ip_not_allowed", Retry.NEVER),
        (40097, "call_wrong", Retry.NEVER),
        (45009, "quota_spent", Retry.NEXT_DAY),
        (45011, "rate_limited", Retry.LATER),
        (48001, "not_permitted", Retry.NEVER),
        (48006, "clear_spent", Retry.NEVER),
        (53600, "call_wrong", Retry.NEVER),
        (61003, "authorisation_withdrawn", Retry.NEVER),
        (61007, "not_granted", Retry.NEVER),
        (61023, "authorisation_ended", Retry.NEVER),
        (98765, "unknown_code", Retry.NEVER),
    ],
)
def test_each_code_has_one_meaning(code: int, case: str, retry: Retry) -> None:
    assert meaning_of(Refused(code=code, message="")) == Meaning(case=PlatformCase(case), retry=retry)


def test_while_a_token_is_fetched_none_can_be_wrong_but_the_secret() -> None:
    refused = Refused(code=40001, message="AppSecret error")

    assert meaning_of(refused, call=TOKEN_CALL) == Meaning(case=PlatformCase.SECRET_WRONG, retry=Retry.NEVER)
