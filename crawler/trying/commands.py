"""`carnival channels try`: what would be collected of a site, before it is a channel."""

import json
from collections.abc import Sequence
from pathlib import Path

import click
from pydantic import ValidationError
from rich.console import Console

from config.addresses import BadAddress, place_of
from config.errors import Problem
from config.files.faults import explain
from config.settings import load_settings
from config.units.entries import ChannelEntry
from config.units.options import OPTIONS, option_faults
from config.words import ChannelKind
from crawler.exchange import Unreadable
from crawler.extract.command import NotRead, load
from crawler.guard import FetchRefused
from crawler.trying.shown import as_json, as_tables
from crawler.trying.trial import try_address, try_file
from crawler.words import not_read
from indexer.whitelist.trials import Proposal

WIDTH = 110  # of the tables where no terminal says its own


@click.group("channels")
def channels_group() -> None:
    """Channels before they are on the whitelist."""


@channels_group.command("try")
@click.argument("page", metavar="URL|FILE")
@click.option("--url", help="Of a saved file: the address that it came from.")
@click.option("--host", "hosts", metavar="HOST", multiple=True, help="A host of the channel's articles; may repeat.")
@click.option(
    "--source",
    type=click.Choice(sorted(OPTIONS)),
    metavar="KIND",
    help="Read it as this kind of source; else the answer tells, and feeds and sitemaps of the site are looked for.",
)
@click.option("--option", "written", metavar="NAME=VALUE", multiple=True, help="An option of the source; may repeat.")
@click.option("--json", "wants_json", is_flag=True, help="The result as JSON.")
def try_command(
    *, page: str, url: str | None, hosts: Sequence[str], source: str | None, written: Sequence[str], wants_json: bool
) -> None:
    """Show what would be collected of a site: the list, why it was read so, its first three articles. Nothing is kept.

    Of a saved FILE only the list: nothing is asked for, and its articles may lie on the hosts of --url and --host.
    Exit code 1 where the page cannot be fetched or the file cannot be read; a page without a list says so in `why`.
    """
    is_address = page.lower().startswith(("http://", "https://"))
    proposal = _proposal(page if is_address else url or _address_of(hosts), hosts, source, _options(written))
    try:
        trial = try_address(load_settings(), proposal) if is_address else try_file(proposal, _body(page))
    except FetchRefused as refused:
        raise click.ClickException(not_read(page, str(refused))) from refused
    except Unreadable as refused:
        raise click.ClickException(not_read(page, f"{refused.what}。{refused.do}")) from refused
    if wants_json:
        click.echo(json.dumps(as_json(proposal, trial), ensure_ascii=False))
        return
    console = Console()
    console = console if console.is_terminal else Console(width=WIDTH)
    for part in as_tables(proposal, trial):
        console.print(part)


def _options(written: Sequence[str]) -> dict[str, str]:
    pairs = [one.partition("=") for one in written]
    if wrong := [name for name, sign, _ in pairs if not (name and sign)]:
        raise click.UsageError(f"--option {wrong[0]}: write it as NAME=VALUE, say list='ul.news a'")
    return {name.strip(): value for name, _, value in pairs}


def _address_of(hosts: Sequence[str]) -> str:
    if not hosts:
        raise click.UsageError("a saved page needs --url, the address that it came from, or a --host")
    return f"https://{hosts[0]}/"


def _body(file: str) -> bytes:
    if not Path(file).is_file():
        raise click.UsageError(f"{file} is neither an http(s) address nor a file")
    try:
        return load(Path(file))
    except NotRead as refused:
        raise click.ClickException(str(refused)) from refused


def _proposal(address: str, hosts: Sequence[str], source: str | None, options: dict[str, str]) -> Proposal:
    """What was asked for, held to what a whitelist file may say. Raises click.UsageError."""
    for name, what, do in option_faults(source, options):
        raise click.UsageError(f"--option {name}: {what}. {do}")
    try:
        own = place_of(address).netloc
        entry = ChannelEntry(kind=ChannelKind.SITE, address=address, hosts=tuple(dict.fromkeys((*hosts, own))))
    except BadAddress as bad:
        raise click.UsageError(f"{address[:80]!a} is no plain http(s) address: copy it from a browser") from bad
    except ValidationError as error:
        raise click.UsageError("\n".join(map(_line, explain(error, file="")))) from error
    return Proposal(address=address, source=source or "", hosts=entry.hosts if hosts else (), options=options)


def _line(problem: Problem) -> str:
    return f"{problem.field or 'address'}: {problem.what}. {problem.do}"
