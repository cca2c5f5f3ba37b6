"""`carnival users …`: accounts of editors and units."""

import json
import sys

import click

from config.settings import load_settings
from indexer.accounts import Role
from indexer.items import UnitId
from indexer.opening import open_or_make_records, open_records
from indexer.people import AccountRefused, add_account, unlock
from indexer.records import people
from indexer.times import BEIJING, now


@click.group("users")
def users_group() -> None:
    """Add, list and unlock the people who sign in."""


@users_group.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help="What the person may do.")
@click.option("--unit", metavar="ID", help="With the role unit: whose desk it is.")
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of standard input.")
def add_command(*, name: str, role: str, unit: str | None, password_stdin: bool) -> None:
    """Add an account; asks for its password, which no command line should hold."""
    database = open_or_make_records(load_settings())
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else _asked()
    try:
        add_account(database, name, password, role=Role(role), unit=UnitId(unit) if unit else None)
    except AccountRefused as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(f"{name} can sign in as {role}")


@users_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_command(*, as_json: bool) -> None:
    """List accounts, and which of them are locked."""
    with open_records(load_settings()).reading() as tx:
        found = people.users(tx)
    locked = {user.id: lock.until for user, lock in found if lock.until is not None and lock.until > now()}
    if as_json:
        rows = [
            {"name": user.name, "role": user.role, "unit": user.unit, "locked": user.id in locked} for user, _ in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for user, _ in found:
        until = locked.get(user.id)
        lock = f"  locked until {until.astimezone(BEIJING):%Y-%m-%d %H:%M}" if until else ""
        click.echo(f"{user.name}  {user.role}{f'  {user.unit}' if user.unit else ''}{lock}")


@users_group.command("unlock")
@click.argument("name")
def unlock_command(*, name: str) -> None:
    """Forget a name's wrong passwords and end its lockout."""
    try:
        unlock(open_records(load_settings()), name)
    except AccountRefused as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(f"{name} can sign in again")


def _asked() -> str:
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return password
