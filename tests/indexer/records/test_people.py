"""indexer.records.people: accounts by name; a name stays its person's for ever."""

from datetime import datetime

import pytest
from sqlalchemy.exc import IntegrityError

from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.records import people
from indexer.records.database import Database
from indexer.whitelist.records import Channel


@pytest.fixture
def user(database: Database) -> User:
    with database.transaction() as tx:
        return people.add_user(tx, "编辑甲", role=Role.EDITOR, unit=None, password_hash="hash")


def test_a_person_is_found_by_id_and_by_name(database: Database, user: User) -> None:
    with database.reading() as tx:
        assert people.user(tx, user.id) == people.by_name(tx, "编辑甲") == user
        assert people.by_name(tx, "编辑乙") is None
        assert people.password_hash(tx, "编辑甲") == "hash"


def test_people_are_listed_by_name_with_their_unit(database: Database, user: User, channel: Channel) -> None:
    with database.transaction() as tx:
        unit = people.add_user(tx, "A", role=Role.UNIT, unit=channel.unit, password_hash="x")
    with database.reading() as tx:
        assert people.users(tx) == [unit, user]


def test_a_new_password_takes_the_place_of_the_old(database: Database, user: User) -> None:
    with database.transaction() as tx:
        people.set_password(tx, user.id, password_hash="other")
    with database.reading() as tx:
        assert people.password_hash(tx, user.name) == "other"


def test_who_was_removed_is_nobody_and_their_name_stays_taken(database: Database, user: User, now: datetime) -> None:
    with database.transaction() as tx:
        people.remove(tx, user.id, now=now)
    with database.reading() as tx:
        assert [people.user(tx, user.id), people.by_name(tx, user.name), people.password_hash(tx, user.name)] == [
            None
        ] * 3
        assert people.users(tx) == []
        assert people.is_taken(tx, user.name)
    with pytest.raises(IntegrityError), database.transaction() as tx:
        people.add_user(tx, user.name, role=Role.EDITOR, unit=None, password_hash="x")
