"""`carnival keys …`: keys by which the systems of units push (docs/api.md)."""

import json
from collections.abc import Mapping
from types import MappingProxyType

import click

from config.settings import load_settings
from indexer.base.ids import UnitId
from indexer.base.times import now
from indexer.commands.opening import open_records
from indexer.commands.operators import this_operator
from indexer.people.push_keys import MOST_KEYS, NAME_CHARS, KeyProblem, KeyRefused, make_key, revoke_key
from indexer.records import push_keys

WORDS: Mapping[KeyProblem, str] = MappingProxyType(
    {
        KeyProblem.NAME: f"a name has 1 to {NAME_CHARS} visible characters. Choose another",
        KeyProblem.TOO_MANY: f"the unit has {MOST_KEYS} keys. Revoke one that is used no more: carnival keys revoke ID",
        KeyProblem.NO_UNIT: "there is no such unit. Give an id of the whitelist: carnival units list",
        KeyProblem.NO_KEY: "there is no such key. See carnival keys list",
        KeyProblem.REVOKED: "the key was revoked already",
    }
)


@click.group("keys")
def keys_group() -> None:
    """Keys by which the systems of units push. A secret is shown once, when it is made."""


@keys_group.command("make")
@click.argument("name")
@click.option("--unit", metavar="ID", required=True, help="Whose key it is.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def make_command(*, name: str, unit: str, as_json: bool) -> None:
    """Make a key for a unit and show its secret, this once; NAME says which system uses it."""
    settings = load_settings()
    database = open_records(settings)
    try:
        key, secret = make_key(database, settings, unit=UnitId(unit), name=name, by=this_operator(), now=now())
    except KeyRefused as refused:
        raise click.ClickException(WORDS[refused.problem]) from refused
    if as_json:
        click.echo(json.dumps({"key": key.id, "secret": secret}))
        return
    click.echo(
        f"key:    {key.id}\nsecret: {secret}\nThe secret is not shown again. Hand both to the unit by a safe way"
    )


@keys_group.command("list")
@click.option("--unit", metavar="ID", help="Of this unit alone.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_command(*, unit: str | None, as_json: bool) -> None:
    """List keys, the newest first: whose, who made them, when they were used and revoked."""
    with open_records(load_settings()).reading() as tx:
        found = push_keys.push_keys(tx, [UnitId(unit)] if unit else None)
    rows = [
        {
            "key": key.id,
            "unit": key.unit,
            "name": key.name,
            "made_by": key.made_by,
            "made_at": key.made_at.isoformat(),
            "used_at": key.used_at.isoformat() if key.used_at else None,
            "revoked_at": key.revoked_at.isoformat() if key.revoked_at else None,
        }
        for key in found
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        used = f"used {row['used_at']}" if row["used_at"] else "never used"
        end = f"  revoked {row['revoked_at']}" if row["revoked_at"] else ""
        click.echo(f"{row['key']}  {row['unit']}  {row['name']}  by {row['made_by']}  {used}{end}")


@keys_group.command("revoke")
@click.argument("key")
def revoke_command(key: str) -> None:
    """Revoke a key: nothing that is signed with it from now on is taken."""
    try:
        revoked = revoke_key(open_records(load_settings()), key, by=this_operator(), now=now())
    except KeyRefused as refused:
        raise click.ClickException(WORDS[refused.problem]) from refused
    click.echo(f"{revoked.name} of {revoked.unit} is revoked")
