"""The demo's accounts and the file with their passwords."""

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from config.errors import setting_refused
from crawler.demo.campaign import SIGN_INS
from indexer.base.actors import operator
from indexer.base.ids import UnitId
from indexer.base.times import now
from indexer.people.accounts import User
from indexer.people.rights import GRANTS, Role
from indexer.people.sign_in import add_account
from indexer.records import people
from indexer.records.database import Database

POLICY = "demo-policy"
UNIT = UnitId("demo-tianwen")
ROLES: Mapping[str, Role] = {"demo-editor": Role.EDITOR, "demo-unit": Role.UNIT, "demo-admin": Role.ADMIN}
PASSWORD_BYTES = 12
DEMO = operator("demo")


def add_demo_people(database: Database, data_folder: Path) -> None:
    """Make the accounts that are missing. The file is written first, so that a kill in between loses no password.

    Where the accounts are there and the file was deleted, both stay so: stored hashes give no password back.
    """
    missing = [name for name in ROLES if _by_name(database, name) is None]
    file = data_folder / SIGN_INS
    if not file.exists() and len(missing) == len(ROLES):
        _write(file, {name: secrets.token_urlsafe(PASSWORD_BYTES) for name in ROLES})
    if not missing or not file.exists():
        return
    try:
        passwords: Mapping[str, str] = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        do = "Delete it, or begin in a new data folder."
        raise setting_refused("CARNIVAL_DATA_FOLDER", f"{file} is damaged", do) from error
    for name in missing:
        role = ROLES[name]
        unit = UNIT if GRANTS[role].of_unit else None
        add_account(database, name, passwords[name], role=role, unit=unit, by=DEMO, now=now())


def policy_user(database: Database) -> User:
    """Return the named policy that decides on the demo's items; nobody can sign in as it."""
    if (known := _by_name(database, POLICY)) is not None:
        return known
    return add_account(database, POLICY, secrets.token_urlsafe(64), role=Role.EDITOR, by=DEMO, now=now())


def _by_name(database: Database, name: str) -> User | None:
    with database.reading() as tx:
        return people.by_name(tx, name)


def _write(file: Path, passwords: Mapping[str, str]) -> None:
    """Whole or not at all, and readable by its owner alone from the first byte on."""
    part = file.with_suffix(".part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as opened:
        json.dump(passwords, opened, indent=2)
        opened.flush()
        os.fsync(opened.fileno())
    part.replace(file)
