"""config.logs: one form for all events, and no secret in it."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from pydantic import SecretStr

from config.logs import HIDDEN, hide_secrets, is_secret_name, set_up_logs


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def refuse(address: str) -> None:
    raise ConnectionError(address)


@pytest.mark.parametrize(
    "name", ["password", "meilisearch_key", "appSecret", "access_token", "Authorization", "secret-key"]
)
def test_a_key_name_that_marks_a_secret_is_known(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize("name", ["keyboard", "keywords", "channel", "tokeniser", "monkey"])
def test_a_name_that_only_holds_the_letters_is_not(name: str) -> None:
    assert not is_secret_name(name)


def test_secrets_are_taken_out_at_any_depth() -> None:
    event = {
        "event": "asked",
        "settings": {"secret_key": "abc", "list": [SecretStr("abc"), 1]},
        "url": "https://user:abc@a.example/?access_token=abc&page=2",
    }

    assert hide_secrets(None, "info", event) == {
        "event": "asked",
        "settings": {"secret_key": HIDDEN, "list": [HIDDEN, 1]},
        "url": f"https://{HIDDEN}@a.example/?access_token={HIDDEN}&page=2",
    }


def test_own_events_and_those_of_libraries_are_json_lines_of_one_form(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(as_json=True)

    structlog.get_logger("crawler").info("channel_read", channel="c", password="abc")
    logging.getLogger("scrapy").warning("got %s", "http://u:abc@a.example/")

    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(line["event"], line["level"], line["logger"]) for line in lines] == [
        ("channel_read", "info", "crawler"),
        (f"got http://{HIDDEN}@a.example/", "warning", "scrapy"),
    ]
    assert lines[0]["password"] == HIDDEN


def test_an_exceptions_text_loses_its_secrets_too(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(as_json=False)

    try:
        refuse("http://u:abc@a.example/?token=abc")
    except ConnectionError:
        structlog.get_logger("crawler").exception("channel_failed")

    assert "channel_failed" in (said := capsys.readouterr().err)
    assert "abc" not in said
