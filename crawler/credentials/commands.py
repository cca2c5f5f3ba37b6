"""`carnival credentials`: what a platform gave us to call it with, set by an operator and shown to nobody."""

import re
import sys

import click
from rich.console import Console
from rich.table import Table

from config.addresses import BadAddress, place_of
from config.errors import UNDONE
from config.settings import load_settings
from crawler.credentials.filling import Credential
from crawler.credentials.keyring import Keyring
from indexer.base.times import now
from indexer.commands.opening import open_or_make_records, open_records
from indexer.records import credentials
from indexer.records.credentials import SecretPlace

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}\Z")
FIELD = re.compile(r"[A-Za-z0-9_-]{1,100}\Z")
SECRET_CHARS = 4096


@click.group("credentials")
def credentials_group() -> None:
    """Credentials that the collector calls platforms with. No command shows a secret."""


@credentials_group.command("set")
@click.argument("name")
@click.option("--host", "hosts", multiple=True, required=True, metavar="HOST", help="Who gets it; may be repeated.")
@click.option(
    "--in", "place", type=click.Choice([each.value for each in SecretPlace]), required=True, help="Where it goes."
)
@click.option("--field", required=True, metavar="FIELD", help="Name of the header, the parameter or the JSON field.")
def set_command(*, name: str, hosts: tuple[str, ...], place: str, field: str) -> None:
    """Keep the secret that is typed, or that comes on standard input, under NAME: a new one or in place of the old."""
    if not NAME.match(name):
        raise click.UsageError(f"{name!r} is no name: write lower-case letters, digits and hyphens")
    if not FIELD.match(field):
        raise click.UsageError(f"{field!r} is no field: write letters, digits, _ and -")
    plain = tuple(dict.fromkeys(_host(host) for host in hosts))
    secret = _secret(name)
    settings = load_settings()
    credential = Credential(name=name, hosts=plain, place=SecretPlace(place), field=field, secret=secret)
    Keyring(settings, open_or_make_records(settings)).keep(credential, now=now())
    click.echo(f"{name} is kept: {place} `{field}`, for {', '.join(plain)}")


@credentials_group.command("list")
def list_command() -> None:
    """Name, place and hosts of each credential, and whether this machine can open it."""
    settings = load_settings()
    database = open_records(settings)
    keyring = Keyring(settings, database)
    with database.reading() as tx:
        kept = credentials.every(tx)
    if not kept:
        click.echo("no credentials")
        return
    table = Table("name", "place", "field", "hosts", "set at", "can be opened here")
    for one in kept:
        can = "yes" if keyring.can_open(one) else "no: set it anew"
        table.add_row(one.name, one.place, one.field, " ".join(one.hosts), one.set_at.isoformat(" ", "minutes"), can)
    console = Console(width=160)
    with console.capture() as capture:
        console.print(table)
    click.echo(capture.get().rstrip())


@credentials_group.command("remove")
@click.argument("name")
def remove_command(name: str) -> None:
    """Take a credential away; the channels that need it say so at their next read."""
    database = open_records(load_settings())
    with database.transaction() as tx:
        was_there = credentials.remove(tx, name)
    if not was_there:
        click.echo(f"no credential is named {name!r}", err=True)
        raise click.exceptions.Exit(UNDONE)
    click.echo(f"{name} is removed")


def _host(written: str) -> str:
    try:
        place = place_of(f"https://{written}/")
    except BadAddress as bad:
        raise click.UsageError(f"{written!r} is no host: write it as api.example.cn") from bad
    if "/" in written or place.netloc != written:
        raise click.UsageError(f"{written!r} is no host: write it as {place.netloc}")
    return written


def _secret(name: str) -> str:
    """The secret, from the terminal without an echo, else the first line of standard input."""
    if sys.stdin.isatty():
        typed = str(click.prompt(f"Secret of {name}", hide_input=True, prompt_suffix=": "))
    else:
        typed = sys.stdin.readline(SECRET_CHARS + 2)
    secret: str = typed.strip()
    if not secret or len(secret) > SECRET_CHARS or not (secret.isascii() and secret.isprintable()):
        raise click.UsageError(f"the secret is empty, longer than {SECRET_CHARS} characters or not plain ASCII")
    return secret
