"""`carnival users …`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.people_commands import users_group
from indexer.records.database import Database

PASSWORD = "0123456789ab"


@pytest.fixture(autouse=True)
def _data_folder(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARNIVAL_DATABASE_URL", f"sqlite:///{tmp_path / 'records' / 'carnival.db'}")


def users(*words: str, stdin: str = "") -> Result:
    return CliRunner().invoke(users_group, words, input=stdin)


def test_an_account_added_is_listed() -> None:
    added = users("add", "编辑甲", "--role", "editor", "--password-stdin", stdin=f"{PASSWORD}\n")

    assert (added.exit_code, added.stdout) == (0, "编辑甲 can sign in as editor\n")
    assert json.loads(users("list", "--json").stdout) == [
        {"name": "编辑甲", "role": "editor", "unit": None, "locked": False}
    ]
    assert users("list").stdout == "编辑甲  editor\n"


def test_a_password_typed_twice_differently_is_asked_again() -> None:
    added = users("add", "a", "--role", "admin", stdin=f"{PASSWORD}\nother\n{PASSWORD}\n{PASSWORD}\n")

    assert added.exit_code == 0
    assert PASSWORD not in added.output


@pytest.mark.parametrize("words", [["add", "a", "--role", "editor", "--password-stdin"], ["unlock", "nobody"]])
def test_a_refusal_ends_with_1_and_one_line(words: list[str]) -> None:
    refused = users(*words, stdin="short\n")

    assert refused.exit_code == 1
    assert refused.stdout == ""
    assert len(refused.stderr.splitlines()) == 1


def test_an_unknown_role_is_a_usage_error() -> None:
    assert users("add", "a", "--role", "king").exit_code == 2


def test_a_name_is_unlocked() -> None:
    users("add", "a", "--role", "admin", "--password-stdin", stdin=f"{PASSWORD}\n")

    assert users("unlock", "a").stdout == "a can sign in again\n"
