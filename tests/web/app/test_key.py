"""The key that signs sessions."""

from pathlib import Path

from pydantic import SecretStr

from config.settings import Settings
from web.app.key import KEY_FILE, secret_key


def test_the_key_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path)

    first, second = secret_key(settings), secret_key(settings)

    assert first == second
    assert len(first) >= 64
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_a_key_of_the_settings_is_used_and_no_file_made(tmp_path: Path) -> None:
    given = "示例钥匙" * 10

    assert secret_key(Settings(data_folder=tmp_path, secret_key=SecretStr(given))) == given
    assert list(tmp_path.iterdir()) == []
