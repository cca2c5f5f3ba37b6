"""crawler.platforms.weibo.errors: what a code means, and when the call may be made again."""

import pytest

from crawler.platforms.weibo.errors import MEANINGS, Meaning, Retry, WeiboError, error_of


@pytest.mark.parametrize(
    ("code", "meaning", "retry"),
    [
        (21315, Meaning.AUTHORISATION_ENDED, Retry.AFTER_A_NEW_AUTHORISATION),
        (21327, Meaning.AUTHORISATION_ENDED, Retry.AFTER_A_NEW_AUTHORISATION),
        (21332, Meaning.AUTHORISATION_ENDED, Retry.AFTER_A_NEW_AUTHORISATION),
        (21319, Meaning.AUTHORISATION_WITHDRAWN, Retry.AFTER_A_NEW_AUTHORISATION),
        (21335, Meaning.FOREIGN_USER, Retry.NEVER),
        (10022, Meaning.RATE_LIMITED, Retry.AFTER_THE_HOUR),
        (10023, Meaning.RATE_LIMITED, Retry.AFTER_THE_HOUR),
        (10024, Meaning.RATE_LIMITED, Retry.AFTER_THE_HOUR),
        (10002, Meaning.BUSY, Retry.LATER),
        (21324, Meaning.SECRET_WRONG, Retry.NEVER),
        (10014, Meaning.NOT_PERMITTED, Retry.NEVER),
        (10017, Meaning.CALL_WRONG, Retry.NEVER),
        (29999, Meaning.UNKNOWN_CODE, Retry.NEVER),
    ],
)
def test_each_code_says_what_to_do(code: int, meaning: Meaning, retry: Retry) -> None:
    error = WeiboError(code=code, error="", request="")

    assert (error.meaning, error.retry) == (meaning, retry)


def test_every_meaning_but_the_unknown_has_codes() -> None:
    assert set(MEANINGS.values()) == set(Meaning) - {Meaning.UNKNOWN_CODE}


@pytest.mark.parametrize(
    "answer",
    [
        {"error": "expired_token", "error_code": 21327, "request": "/2/a.json"},
        {"error": "expired_token", "error_code": "21327", "request": "/2/a.json"},
    ],
)
def test_a_code_may_be_a_number_or_text(answer: dict[str, object]) -> None:
    assert error_of(answer) == WeiboError(code=21327, error="expired_token", request="/2/a.json")


def test_a_code_of_old_stands_before_its_words() -> None:
    error = error_of({"error": "21332:invalid_access_token"})

    assert error is not None
    assert error.meaning is Meaning.AUTHORISATION_ENDED


def test_an_error_without_a_code_is_one_nobody_knows() -> None:
    error = error_of({"error": "x" * 5000, "error_code": None})

    assert error is not None
    assert (error.code, error.meaning, len(error.error)) == (0, Meaning.UNKNOWN_CODE, 300)


def test_an_answer_without_an_error_is_none() -> None:
    assert error_of({"statuses": []}) is None
