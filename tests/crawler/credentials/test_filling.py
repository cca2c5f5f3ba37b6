"""crawler.credentials.filling: where a secret goes in a request, and to whom it goes at all."""

import json

import pytest

from config.addresses import place_of
from crawler.credentials.filling import Credential, CredentialUnusable, Sent, check_place, fill
from indexer.records.credentials import SecretPlace

SENT = Sent(url="https://api.example/x?a=1", headers={"Accept": "*/*"}, body=b'{"offset": 0}')


def credential(place: SecretPlace, field: str = "token") -> Credential:
    return Credential(name="trial", hosts=("api.example",), place=place, field=field, secret="se cret&")


def test_a_header_is_added_to_the_others() -> None:
    sent = fill(credential(SecretPlace.HEADER, "X-Token"), SENT)

    assert sent == Sent(url=SENT.url, headers={"Accept": "*/*", "X-Token": "se cret&"}, body=SENT.body)


def test_a_parameter_is_added_to_the_query_and_quoted() -> None:
    assert fill(credential(SecretPlace.QUERY), SENT).url == "https://api.example/x?a=1&token=se+cret%26"


@pytest.mark.parametrize("body", [b'{"offset": 0}', b"", None])
def test_a_field_is_added_to_the_json_body(body: bytes | None) -> None:
    sent = fill(credential(SecretPlace.JSON), Sent(url=SENT.url, headers={}, body=body))

    assert json.loads(sent.body or b"")["token"] == "se cret&"


@pytest.mark.parametrize("body", [b"[1]", b"no json", b"\xff"])
def test_a_body_that_is_no_json_object_takes_no_secret(body: bytes) -> None:
    with pytest.raises(CredentialUnusable, match="填不进请求"):
        fill(credential(SecretPlace.JSON), Sent(url=SENT.url, headers={}, body=body))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://api.example.evil.example/", "不发给 api.example.evil.example"),
        ("https://api.example:8443/", "不发给 api.example:8443"),
        ("http://api.example/", "只经 https 发送"),
    ],
)
def test_a_secret_goes_encrypted_to_its_own_hosts_alone(url: str, words: str) -> None:
    with pytest.raises(CredentialUnusable, match=words):
        check_place(credential(SecretPlace.QUERY), place_of(url), private_hosts=())


def test_its_own_host_gets_it() -> None:
    check_place(credential(SecretPlace.QUERY), place_of("https://API.example:443/x"), private_hosts=())

    assert credential(SecretPlace.QUERY).hosts == ("api.example",)


@pytest.mark.parametrize("place", SecretPlace)
def test_what_holds_a_secret_does_not_show_it(place: SecretPlace) -> None:
    shown = repr(credential(place)) + repr(fill(credential(place), SENT))

    assert "se cret" not in shown
    assert "se+cret" not in shown
