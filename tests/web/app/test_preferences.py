"""web.app.preferences: language, size of type and single keys, asked for by the address and kept in a cookie."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from web.app.preferences import CHOICES, chosen, locale, same_page


@pytest.mark.parametrize(
    ("address", "cookie", "lang"),
    [
        ("/", "", "zh"),
        ("/", "lang=en", "en"),
        ("/?lang=zh", "lang=en", "zh"),
        ("/?lang=xx", "", "zh"),
        ("/", "lang=xx", "zh"),
    ],
)
def test_the_address_speaks_before_the_cookie_and_nonsense_not_at_all(
    app: Flask, address: str, cookie: str, lang: str
) -> None:
    with app.test_request_context(address, headers={"Cookie": cookie}):
        assert chosen("lang") == lang
        assert locale() == {"zh": "zh_Hans_CN", "en": "en"}[lang]


def test_a_choice_stays_until_another_is_made(client: FlaskClient) -> None:
    client.get("/?lang=en&type=large&keys=off")
    kept = client.get("/whitelist")

    assert 'lang="en"' in kept.text
    assert {name: client.get_cookie(name).value for name in CHOICES} == {  # type: ignore[union-attr]
        "lang": "en",
        "type": "large",
        "keys": "off",
    }


def test_what_is_no_choice_is_not_kept(client: FlaskClient) -> None:
    client.get("/?lang=xx&type=")

    assert [client.get_cookie(name) for name in CHOICES] == [None, None, None]


@pytest.mark.parametrize(
    ("method", "path", "same"),
    [
        ("GET", "/search?topic=it&lang=zh", "/search?topic=it&lang=en"),
        ("GET", "/nowhere", "/?lang=en"),
        ("POST", "/sign-in", "/?lang=en"),
    ],
)
def test_the_same_page_in_another_language_is_one_that_can_be_asked_for(
    app: Flask, method: str, path: str, same: str
) -> None:
    with app.test_request_context(path, method=method):
        assert same_page(lang="en") == same
