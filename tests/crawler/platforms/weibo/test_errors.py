"""crawler.platforms.weibo.errors: what a code means, and when the call may be made again."""

import pytest

from crawler.platforms.weibo.errors import CASES, Retry, WeiboError, error_of, trouble_of
from indexer.catalogue.platform_words import PlatformCase


@pytest.mark.parametrize(
    ("code", "case", "retry"),
    [
        (21315, PlatformCase.AUTHORISATION_ENDED, Retry.AFTER_A_NEW_AUTHORISATION),
        (21327, PlatformCase.AUTHORISATION_ENDED, Retry.AFTER_A_NEW_AUTHORISATION),
        (21332, PlatformCase.AUTHORISATION_ENDED, Retry.AFTER_A_NEW_AUTHORISATION),
        (21319, PlatformCase.AUTHORISATION_WITHDRAWN, Retry.AFTER_A_NEW_AUTHORISATION),
        (21335, PlatformCase.FOREIGN_USER, Retry.NEVER),
        (10022, PlatformCase.RATE_LIMITED, Retry.AFTER_THE_HOUR),
        (10023, PlatformCase.RATE_LIMITED, Retry.AFTER_THE_HOUR),
        (10024, PlatformCase.RATE_LIMITED, Retry.AFTER_THE_HOUR),
        (10002, PlatformCase.BUSY, Retry.LATER),
        (21324, PlatformCase.APP_REFUSED, Retry.NEVER),
        (10014, PlatformCase.APP_NOT_PERMITTED, Retry.NEVER),
        (10017, PlatformCase.CALL_WRONG, Retry.NEVER),
        (29999, PlatformCase.UNKNOWN_CODE, Retry.NEVER),
    ],
)
def test_each_code_says_what_to_do(code: int, case: PlatformCase, retry: Retry) -> None:
    error = WeiboError(code=code, error="", request="")

    assert (error.case, error.retry) == (case, retry)


@pytest.mark.parametrize("code", [*CASES, 29999, 0])
def test_each_error_is_told_to_its_unit_in_words(code: int) -> None:
    trouble = trouble_of(WeiboError(code=code, error="what it says", request="/2/a.json"), call="user_timeline")

    assert str(trouble)
    assert trouble.facts["code"] == str(code)


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
    assert error.case is PlatformCase.AUTHORISATION_ENDED


def test_an_error_without_a_code_is_one_nobody_knows() -> None:
    error = error_of({"error": "x" * 5000, "error_code": None})

    assert error is not None
    assert (error.code, error.case, len(error.error)) == (0, PlatformCase.UNKNOWN_CODE, 300)


def test_an_answer_without_an_error_is_none() -> None:
    assert error_of({"statuses": []}) is None
