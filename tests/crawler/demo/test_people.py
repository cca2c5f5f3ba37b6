"""crawler.demo.people: the demo's accounts, whose passwords stand in one file of their owner's alone."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from config.errors import ConfigRefused
from crawler.demo.campaign import SIGN_INS
from crawler.demo.people import ROLES, UNIT, add_demo_people, policy_user
from indexer.base.times import now
from indexer.people.sign_in import sign_in
from indexer.records import channels, people
from indexer.records.database import Database
from indexer.whitelist.records import Unit


@pytest.fixture(autouse=True)
def _unit(database: Database, make_unit: Callable[..., Unit]) -> None:
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit(id=UNIT))


def test_everyone_signs_in_with_the_password_of_the_file(database: Database, tmp_path: Path) -> None:
    add_demo_people(database, tmp_path)
    passwords = json.loads((tmp_path / SIGN_INS).read_text())

    assert {name: sign_in(database, name, word, now=now()).role for name, word in passwords.items()} == ROLES
    assert (tmp_path / SIGN_INS).stat().st_mode & 0o077 == 0


def test_a_second_start_changes_nothing(database: Database, tmp_path: Path) -> None:
    add_demo_people(database, tmp_path)
    before = (tmp_path / SIGN_INS).read_text()
    add_demo_people(database, tmp_path)

    assert (tmp_path / SIGN_INS).read_text() == before


def test_a_file_that_was_deleted_is_not_made_up_again(database: Database, tmp_path: Path) -> None:
    add_demo_people(database, tmp_path)
    (tmp_path / SIGN_INS).unlink()
    add_demo_people(database, tmp_path)

    assert not (tmp_path / SIGN_INS).exists()


def test_a_damaged_file_is_refused_and_nobody_is_made(database: Database, tmp_path: Path) -> None:
    (tmp_path / SIGN_INS).write_text("{")

    with pytest.raises(ConfigRefused, match="damaged"):
        add_demo_people(database, tmp_path)
    with database.reading() as tx:
        assert people.users(tx) == []


def test_the_policy_is_one_account_however_often_it_is_asked_for(database: Database) -> None:
    assert policy_user(database) == policy_user(database)
