"""config.settings: defaults and the environment."""

import json
from pathlib import Path

import pytest

from config.errors import ConfigRefused
from config.settings import load_settings


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_records_lie_in_the_data_folder_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", "elsewhere")

    assert load_settings().records_url == "sqlite:///elsewhere/carnival.db"


def test_a_file_in_the_working_folder_is_read_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("CARNIVAL_PORT=9001\nCARNIVAL_REDIRECTS=2\n", encoding="utf-8")
    monkeypatch.setenv("CARNIVAL_PORT", "9002")

    assert (load_settings().port, load_settings().redirects) == (9002, 2)


def test_an_empty_secret_means_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARNIVAL_SECRET_KEY", "")

    assert load_settings().secret_key is None


def test_a_secret_is_not_in_the_settings_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARNIVAL_SECRET_KEY", "s" * 40)
    monkeypatch.setenv("CARNIVAL_DATABASE_URL", "postgresql://u:hunter2@db/carnival")

    assert "ssss" not in repr(load_settings())
    assert "hunter2" not in repr(load_settings())


def test_every_wrong_variable_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARNIVAL_PORT", "70000")
    monkeypatch.setenv("CARNIVAL_REDIRECTS", "-1")

    with pytest.raises(ConfigRefused) as refused:
        load_settings()

    assert [problem.field for problem in refused.value.problems] == ["CARNIVAL_PORT", "CARNIVAL_REDIRECTS"]


@pytest.mark.parametrize("place", ["api.example:80", "10.0.0.1:80", "127.0.0.1", "http://127.0.0.1:80"])
def test_only_a_server_of_this_machine_stands_in_for_a_host(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.setenv("CARNIVAL_STAND_INS", json.dumps({"api.example": place}))

    with pytest.raises(ConfigRefused, match=r"CARNIVAL_STAND_INS.*127\.0\.0\.1:8791"):
        load_settings()


def test_a_browser_is_sent_to_a_platform_or_to_what_stands_in_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARNIVAL_STAND_INS", '{"api.example": "127.0.0.1:8791"}')
    settings = load_settings()

    assert settings.origin_of("api.example") == "http://127.0.0.1:8791"
    assert settings.origin_of("other.example") == "https://other.example"
