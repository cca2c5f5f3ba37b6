"""web.app.factory: the application is made of the settings, and refuses to start without its words."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

import web.app
from config.errors import ConfigRefused
from config.settings import Settings
from indexer.records.database import Database
from indexer.search.port import SearchIndex
from web.app.factory import REQUEST_BYTES, create_app
from web.app.site import site


def test_parts_that_are_not_given_are_opened_by_the_settings(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path)
    made = create_app(settings)

    with made.test_request_context("/"):
        parts = site()
        assert parts.database.file is not None
        assert tmp_path in parts.database.file.parents
        assert parts.index.held() == {}
        assert parts.policy.rules
        parts.database.close()


def test_without_its_compiled_words_it_refuses_and_says_what_to_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Settings, database: Database, index: SearchIndex
) -> None:
    monkeypatch.setattr(web.app.factory, "CATALOGUE", tmp_path / "messages.mo")

    with pytest.raises(ConfigRefused, match="make install"):
        create_app(settings, database=database, index=index)


def test_every_room_has_its_pages(app: Flask) -> None:
    assert {rule.rule for rule in app.url_map.iter_rules()} >= {"/", "/search", "/sign-in", "/healthz", "/api/items"}


def test_json_is_written_in_chinese_as_chinese(app: Flask) -> None:
    with app.test_request_context("/"):
        assert app.json.dumps({"title": "水"}) == '{"title": "水"}'


def test_a_request_larger_than_any_form_is_refused(client: FlaskClient) -> None:
    assert client.post("/sign-in", data={"name": "x" * (REQUEST_BYTES + 1)}).status_code == 413
