"""What an answer of WeChat says of the authorisation."""

import pytest

from crawler.exchange import Answer
from crawler.platforms.port import Verdict
from crawler.platforms.wechat.verdicts import verdict_of


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        (b'{"errcode": 0, "item": []}', Verdict.FINE),
        (b'{"errcode": 40001}', Verdict.TOKEN_REFUSED),
        (b'{"errcode": 61023}', Verdict.ENDED),
        (b'{"errcode": 61003}', Verdict.WITHDRAWN),
        (b'{"errcode": 45009}', Verdict.SPENT),
        (b'{"errcode": 48001}', Verdict.FINE),
        (b"<html>a proxy's page</html>", Verdict.FINE),
    ],
)
def test_only_codes_about_the_authorisation_say_something_of_it(body: bytes, verdict: Verdict) -> None:
    assert verdict_of(Answer(url="https://api.weixin.qq.com/", body=body)) is verdict
