"""`carnival users …`: accounts of editors and units."""

import json
import sys

import click

from config.settings import load_settings
from indexer.base.ids import UnitId
from indexer.base.times import now
from indexer.commands.opening import open_or_make_records, open_records
from indexer.commands.operators import this_operator
from indexer.people.rights import Role
from indexer.people.sign_in import AccountRefused, add_account, is_slowed, remove_account, set_password, unlock
from indexer.records import people


@click.group("users")
def users_group() -> None:
    """Add, list, change and remove the people who sign in."""


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
        add_account(
            database,
            name,
            password,
            role=Role(role),
            unit=UnitId(unit) if unit else None,
            by=this_operator(),
            now=now(),
        )
    except AccountRefused as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(f"{name} can sign in as {role}")


@users_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_command(*, as_json: bool) -> None:
    """List accounts, and which have to wait on a new device after too many wrong passwords."""
    with open_records(load_settings()).reading() as tx:
        found = [(user, is_slowed(tx, user.name, now=now())) for user in people.users(tx)]
    if as_json:
        rows = [{"name": user.name, "role": user.role, "unit": user.unit, "locked": slowed} for user, slowed in found]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for user, slowed in found:
        mark = "  waits on new devices: too many wrong passwords" if slowed else ""
        click.echo(f"{user.name}  {user.role}{f'  {user.unit}' if user.unit else ''}{mark}")


@users_group.command("password")
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of standard input.")
def password_command(*, name: str, password_stdin: bool) -> None:
    """Give an account another password; all its sessions end."""
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else _asked()
    try:
        set_password(open_records(load_settings()), name, password, by=this_operator(), now=now())
    except AccountRefused as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(f"{name} has a new password; all sessions ended")


@users_group.command("remove")
@click.argument("name")
def remove_command(*, name: str) -> None:
    """Remove an account; its sessions end, what it decided keeps its name, and nobody else gets that name."""
    try:
        remove_account(open_records(load_settings()), name, by=this_operator(), now=now())
    except AccountRefused as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(f"{name} can sign in no more; all sessions ended")


@users_group.command("unlock")
@click.argument("name")
def unlock_command(*, name: str) -> None:
    """Forget a name's wrong passwords, wherever they came from."""
    try:
        unlock(open_records(load_settings()), name, by=this_operator(), now=now())
    except AccountRefused as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(f"{name} can sign in again")


def _asked() -> str:
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return password
