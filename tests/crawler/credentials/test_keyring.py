"""crawler.credentials.keyring: sealed in the records, opened by the key of the data folder."""

from datetime import UTC, datetime

import pytest

from config.settings import Settings
from crawler.credentials.filling import Credential, CredentialUnusable
from crawler.credentials.keyring import Keyring
from indexer.records import credentials
from indexer.records.credentials import SecretPlace
from indexer.records.database import Database
from indexer.records.sealing import KEY_FILE

AT = datetime(2026, 9, 17, tzinfo=UTC)
TRIAL = Credential(
    name="trial", hosts=("api.example",), place=SecretPlace.QUERY, field="access_token", secret="the first secret"
)


@pytest.fixture
def keyring(settings: Settings, database: Database) -> Keyring:
    made = Keyring(settings, database)
    made.keep(TRIAL, now=AT)
    return made


def test_what_was_kept_is_opened_again(keyring: Keyring) -> None:
    assert keyring.credential("trial") == TRIAL


def test_the_records_hold_it_sealed(keyring: Keyring, database: Database) -> None:
    with database.reading() as tx:
        (kept,) = credentials.every(tx)

    assert "secret" not in kept.sealed
    assert (kept.hosts, kept.place, kept.field, kept.set_at) == (TRIAL.hosts, TRIAL.place, TRIAL.field, AT)


def test_the_key_is_readable_by_its_owner_alone(keyring: Keyring, settings: Settings) -> None:
    assert (settings.data_folder / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert keyring.credential("trial").name == "trial"


def test_a_second_secret_of_the_same_name_takes_the_place_of_the_first(keyring: Keyring) -> None:
    second = Credential(name="trial", hosts=("b.example",), place=SecretPlace.HEADER, field="X", secret="second")

    keyring.keep(second, now=AT)

    assert keyring.credential("trial") == second


def test_a_name_that_nobody_set_says_how_to_set_it(keyring: Keyring) -> None:
    with pytest.raises(CredentialUnusable, match="carnival credentials set other"):
        keyring.credential("other")


@pytest.mark.parametrize("key", [b"", b"no key at all", b"x" * 43 + b"="])
def test_without_its_key_it_is_not_opened_and_says_what_to_do(
    keyring: Keyring, settings: Settings, database: Database, key: bytes
) -> None:
    (settings.data_folder / KEY_FILE).write_bytes(key)

    with pytest.raises(CredentialUnusable, match="打不开"):
        keyring.credential("trial")

    with database.reading() as tx:
        assert not keyring.can_open(credentials.every(tx)[0])
