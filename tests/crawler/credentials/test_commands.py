"""crawler.credentials.commands: set from standard input, list without a secret, remove."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from config.settings import Settings
from crawler.credentials.commands import credentials_group
from crawler.credentials.keyring import Keyring
from indexer.records.database import Database
from indexer.records.sealing import KEY_FILE

SET = ("set", "weixin", "--host", "api.weixin.qq.com", "--in", "query", "--field", "access_token")
SECRET = "a-secret-that-nobody-sees"


@pytest.fixture(autouse=True)
def _here(settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(settings.data_folder))


def run(*words: str, said: str = "") -> Result:
    return CliRunner().invoke(credentials_group, words, input=said)


def test_a_secret_from_standard_input_is_kept(settings: Settings, database: Database) -> None:
    done = run(*SET, said=f"{SECRET}\n")

    kept = Keyring(settings, database).credential("weixin")
    assert (done.exit_code, SECRET in done.output) == (0, False)
    assert (kept.secret, kept.hosts, kept.field) == (SECRET, ("api.weixin.qq.com",), "access_token")


def test_the_list_shows_where_each_goes_and_no_secret() -> None:
    run(*SET, said=SECRET)

    done = run("list")

    assert "weixin" in done.output
    assert "api.weixin.qq.com" in done.output
    assert SECRET not in done.output


def test_the_list_says_which_cannot_be_opened_here(settings: Settings) -> None:
    run(*SET, said=SECRET)
    (settings.data_folder / KEY_FILE).unlink()

    assert "no: set it anew" in run("list").output


def test_an_empty_list_says_so() -> None:
    assert run("list").output == "no credentials\n"


def test_what_was_removed_is_gone() -> None:
    run(*SET, said=SECRET)

    done = run("remove", "weixin")

    assert (done.exit_code, run("list").output) == (0, "no credentials\n")


def test_a_name_that_is_not_there_cannot_be_removed() -> None:
    done = run("remove", "other")

    assert done.exit_code == 1
    assert "no credential is named 'other'" in done.output


@pytest.mark.parametrize(
    ("words", "said", "why"),
    [
        (("set", "Weixin", *SET[2:]), SECRET, "is no name"),
        ((*SET[:-1], "access token"), SECRET, "is no field"),
        (("set", "weixin", "--host", "https://api.weixin.qq.com/", *SET[4:]), SECRET, "is no host"),
        (("set", "weixin", "--host", "API.weixin.qq.com", *SET[4:]), SECRET, "write it as api.weixin.qq.com"),
        (SET, "\n", "the secret is empty"),
        (SET, "密\n", "not plain ASCII"),
        (SET, "x" * 5000, "longer than 4096"),
    ],
)
def test_what_cannot_be_used_is_refused_before_it_is_kept(
    words: tuple[str, ...], said: str, why: str, tmp_path: Path
) -> None:
    done = run(*words, said=said)

    assert done.exit_code == 2
    assert why in done.output
    assert not (tmp_path / KEY_FILE).exists()
