"""`carnival keys …`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.people.key_commands import keys_group
from indexer.people.push_keys import MOST_KEYS
from indexer.records.database import Database
from indexer.whitelist.records import Channel


@pytest.fixture(autouse=True)
def _records(
    database: Database, channel: Channel, records_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNIVAL_DATABASE_URL", records_url)
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(tmp_path / "data"))


def keys(*words: str) -> Result:
    return CliRunner().invoke(keys_group, words)


def test_a_key_made_shows_its_secret_once_and_is_listed() -> None:
    made = json.loads(keys("make", "发布系统", "--unit", "unit-a", "--json").stdout)
    [row] = json.loads(keys("list", "--json").stdout)

    assert len(made["secret"]) == 64
    assert (row["key"], row["unit"], row["name"], row["used_at"]) == (made["key"], "unit-a", "发布系统", None)
    assert made["secret"] not in keys("list").stdout
    assert "never used" in keys("list", "--unit", "unit-a").stdout
    assert keys("list", "--unit", "unit-b").stdout == ""


def test_a_key_is_revoked_once() -> None:
    made = keys("make", "发布系统", "--unit", "unit-a")
    key = made.stdout.split()[1]

    revoked, again = keys("revoke", key), keys("revoke", key)

    assert "not shown again" in made.stdout
    assert (revoked.exit_code, revoked.stdout) == (0, "发布系统 of unit-a is revoked\n")
    assert (again.exit_code, "already" in again.stderr) == (1, True)
    assert "revoked 20" in keys("list").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("make", "x", "--unit", "nobody"), "no such unit"),
        (("make", " ", "--unit", "unit-a"), "visible characters"),
        (("revoke", "nothing"), "no such key"),
    ],
)
def test_what_cannot_be_done_says_why(words: tuple[str, ...], said: str) -> None:
    done = keys(*words)

    assert (done.exit_code, said in done.stderr) == (1, True)


def test_a_unit_has_not_more_keys_than_it_can_watch() -> None:
    codes = [keys("make", "x", "--unit", "unit-a").exit_code for _ in range(MOST_KEYS + 1)]

    assert codes == [0] * MOST_KEYS + [1]
