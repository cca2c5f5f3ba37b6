"""web.app.limits: who asks too often is told to wait; one household is one client."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from web.app.limits import SEARCH, SIGN_IN, client, limiter


@pytest.fixture
def limited(app: Flask) -> Iterator[FlaskClient]:
    limiter.enabled = True
    limiter.reset()
    yield app.test_client()
    limiter.enabled = False
    limiter.reset()


@pytest.mark.parametrize(
    ("address", "counted"),
    [("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("::ffff:192.0.2.7", "192.0.2.7")],
)
def test_a_client_is_an_address_or_the_network_of_one_household(app: Flask, address: str, counted: str) -> None:
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
        assert client() == counted


def test_sign_ins_are_counted_and_the_page_says_to_wait(limited: FlaskClient) -> None:
    most = int(SIGN_IN.split()[0])
    answers = [limited.post("/sign-in", data={"name": "nobody", "password": "x"}).status_code for _ in range(most + 1)]

    assert answers[-1] == 429
    assert 429 not in answers[:-1]


def test_another_client_is_not_held_up(limited: FlaskClient) -> None:
    for _ in range(int(SIGN_IN.split()[0]) + 1):
        limited.post("/sign-in", data={"name": "nobody", "password": "x"})

    other = limited.post(
        "/sign-in", data={"name": "nobody", "password": "x"}, environ_base={"REMOTE_ADDR": "192.0.2.9"}
    )

    assert other.status_code != 429


def test_search_bears_far_more_than_sign_in() -> None:
    assert int(SEARCH.split()[0]) >= 10 * int(SIGN_IN.split()[0])
