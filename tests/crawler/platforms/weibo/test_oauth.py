"""crawler.platforms.weibo.oauth: the exchange of a code, and what comes of it."""

import json
from datetime import timedelta
from urllib.parse import parse_qs

import pytest

from crawler.platforms.weibo.errors import WeiboError
from crawler.platforms.weibo.oauth import Granted, granted, name_in, token_ask, user_ask
from tests.crawler.platforms.weibo.invented import UID

GRANT = {
    "access_token": "2.00token",
    "remind_in": "157679999",
    "expires_in": 157679999,
    "uid": UID,
    "isRealName": "true",
}


def said(**fields: object) -> bytes:
    return json.dumps(GRANT | fields).encode()


def test_a_code_is_exchanged_in_a_body_and_never_in_an_address() -> None:
    ask = token_ask(key="k", secret="geheim", code="code1234", return_to="https://kx.example/unit/connect/weibo/return")

    assert ask.url == "https://api.weibo.com/oauth2/access_token"
    assert ask.body is not None
    fields = parse_qs(ask.body.content.decode())
    assert fields == {
        "client_id": ["k"],
        "client_secret": ["geheim"],
        "grant_type": ["authorization_code"],
        "redirect_uri": ["https://kx.example/unit/connect/weibo/return"],
        "code": ["code1234"],
    }


def test_the_name_is_asked_for_with_the_token_in_a_header() -> None:
    ask = user_ask(UID, "2.00token")

    assert "2.00token" not in ask.url
    assert ask.headers == {"Authorization": "OAuth2 2.00token"}


@pytest.mark.parametrize("fields", [{}, {"uid": int(UID)}, {"expires_in": "157679999"}])
def test_a_grant_names_token_account_and_term(fields: dict[str, object]) -> None:
    found = granted(said(**fields))

    assert found == Granted(token="2.00token", uid=UID, lasts=timedelta(seconds=157679999))
    assert "2.00token" not in repr(found)


def test_a_refusal_is_an_error() -> None:
    found = granted(b'{"error":"invalid_grant","error_code":21325,"request":"/oauth2/access_token"}')

    assert isinstance(found, WeiboError)
    assert found.code == 21325


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"{}",
        said(access_token=""),
        said(uid=None),
        said(expires_in=0),
        said(expires_in=-1),
        said(expires_in="NaN"),
        said(expires_in=10**15),
    ],
)
def test_what_is_no_grant_is_none(body: bytes) -> None:
    assert granted(body) is None


def test_a_name_is_read_or_not() -> None:
    assert name_in('{"id": 1, "screen_name": "示例科技馆"}'.encode()) == "示例科技馆"
    assert name_in(b'{"error_code": 10023}') == name_in(b"<html>") == ""
