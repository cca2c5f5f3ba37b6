"""indexer.records.sealing: what is sealed is opened by the key of the data folder, and by nothing else."""

from pathlib import Path

import pytest

from config.errors import ConfigRefused
from config.settings import Settings
from indexer.records.sealing import KEY_FILE, seal, unseal


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_folder=tmp_path / "data")


def test_a_secret_is_sealed_and_opened_again(settings: Settings) -> None:
    first, second = seal(settings, "a secret"), seal(settings, "a secret")

    assert "secret" not in first
    assert first != second
    assert unseal(settings, first) == unseal(settings, second) == "a secret"
    assert (settings.data_folder / KEY_FILE).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("key", [None, b"", b"no key at all", b"x" * 43 + b"=", "钥".encode()])
def test_without_its_key_nothing_is_opened(settings: Settings, key: bytes | None) -> None:
    sealed = seal(settings, "a secret")
    path = settings.data_folder / KEY_FILE
    path.unlink()
    if key is not None:
        path.write_bytes(key)

    assert unseal(settings, sealed) is None


def test_what_was_not_sealed_is_not_opened(settings: Settings) -> None:
    seal(settings, "a secret")

    assert unseal(settings, "gAAAA") is None


@pytest.mark.parametrize("key", [b"", b"short", "钥匙".encode()])
def test_a_file_that_holds_no_key_seals_nothing_and_says_so(settings: Settings, key: bytes) -> None:
    settings.data_folder.mkdir()
    (settings.data_folder / KEY_FILE).write_bytes(key)

    with pytest.raises(ConfigRefused, match="holds no key"):
        seal(settings, "a secret")
