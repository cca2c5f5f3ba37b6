"""web.public.views: the public room is open to everyone, and nothing in it asks for a sign-in."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.whitelist.records import Channel
from web.public.views import blueprint

PAGES = ["/", "/search", "/suggest", "/units", "/whitelist", "/reports", "/feed.atom", "/healthz", "/robots.txt"]


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_may_open_every_public_page(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 200


def test_a_unit_s_page_is_public(client: FlaskClient, channel: Channel) -> None:
    assert client.get(f"/units/{channel.unit}").status_code == 200
    assert client.get("/units/nobody").status_code == 404


def test_the_pages_tried_here_are_all_that_need_no_name(app: Flask) -> None:
    rules = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith(f"{blueprint.name}.") and not rule.arguments
    }

    assert rules == set(PAGES)
