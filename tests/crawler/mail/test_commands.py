"""`carnival digest`: the letters at once, into the data folder or elsewhere, and by mail where that is asked for."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.mail.commands import digest_command
from indexer.whitelist.records import Channel
from tests.simulators.mail import postbox


@pytest.fixture(autouse=True)
def _deployment(channel: Channel, records_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(tmp_path / "data"))
    monkeypatch.setenv("CARNIVAL_DATABASE_URL", records_url)
    (tmp_path / "data").mkdir()


def test_letters_lie_in_the_data_folder_by_day(tmp_path: Path) -> None:
    done = CliRunner().invoke(digest_command)

    (file,) = (tmp_path / "data" / "digests").glob("*/editors.eml")
    assert (done.exit_code, done.stdout) == (0, f"{file}\n")


def test_or_where_they_are_asked_for(tmp_path: Path) -> None:
    CliRunner().invoke(digest_command, ["--to", str(tmp_path / "here")])

    assert [file.name for file in (tmp_path / "here").iterdir()] == ["editors.eml"]


def test_they_are_sent_where_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with postbox() as box:
        for name, value in (("HOST", "127.0.0.1"), ("PORT", str(box.port)), ("SECURITY", "none")):
            monkeypatch.setenv(f"CARNIVAL_SMTP_{name}", value)
        monkeypatch.setenv("CARNIVAL_MAIL_EDITORS", '["editor@carnival.example"]')
        done = CliRunner().invoke(digest_command, ["--mail"])

    assert (done.exit_code, done.stderr) == (0, "1 letters sent\n")
    assert box.recipients == ["editor@carnival.example"]


def test_without_a_server_nothing_is_sent_and_one_line_says_so() -> None:
    done = CliRunner().invoke(digest_command, ["--mail"])

    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert "CARNIVAL_SMTP_HOST" in done.stderr


def test_what_was_not_sent_is_written_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with postbox(refuses=True) as box:
        for name, value in (("HOST", "127.0.0.1"), ("PORT", str(box.port)), ("SECURITY", "none")):
            monkeypatch.setenv(f"CARNIVAL_SMTP_{name}", value)
        monkeypatch.setenv("CARNIVAL_MAIL_EDITORS", '["editor@carnival.example"]')
        done = CliRunner().invoke(digest_command, ["--mail"])

    assert done.exit_code == 1
    assert "were written, and not sent" in done.stderr
    assert list((tmp_path / "data" / "digests").glob("*/editors.eml"))
