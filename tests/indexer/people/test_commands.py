"""`carnival users …`."""

import json

import pytest
from click.testing import CliRunner, Result

from indexer.base.times import now
from indexer.people import attempts
from indexer.people.commands import users_group
from indexer.records import failed_sign_ins
from indexer.records.database import Database

PASSWORD = "0123456789ab"


@pytest.fixture(autouse=True)
def _records(database: Database, records_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARNIVAL_DATABASE_URL", records_url)


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


@pytest.mark.parametrize(
    "words",
    [
        ["add", "a", "--role", "editor", "--password-stdin"],
        ["unlock", "nobody"],
        ["remove", "nobody"],
        ["password", "nobody", "--password-stdin"],
    ],
)
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


def test_a_password_is_changed_and_an_account_removed() -> None:
    users("add", "a", "--role", "admin", "--password-stdin", stdin=f"{PASSWORD}\n")

    changed = users("password", "a", "--password-stdin", stdin="another passphrase\n")
    removed = users("remove", "a")

    assert (changed.exit_code, changed.stdout) == (0, "a has a new password; all sessions ended\n")
    assert (removed.exit_code, removed.stdout) == (0, "a can sign in no more; all sessions ended\n")
    assert users("list", "--json").stdout == "[]\n"


def test_a_name_that_strangers_guess_from_everywhere_is_marked_and_unlocked(database: Database) -> None:
    users("add", "a", "--role", "admin", "--password-stdin", stdin=f"{PASSWORD}\n")
    counted = attempts.of_name("a")
    with database.transaction() as tx:
        count = attempts.Count(failures=50, since=now())
        failed_sign_ins.save(tx, counted.key, count, name_hash=counted.name_hash)

    marked = users("list").stdout
    users("unlock", "a")

    assert marked == "a  admin  waits on new devices: too many wrong passwords\n"
    assert users("list").stdout == "a  admin\n"
