"""`carnival index keys`: the keys that a deployment needs of its Meilisearch server."""

import sys

import click

from config.settings import load_settings
from indexer.commands.opening import IndexRefused
from indexer.search.factory import make_search_keys
from indexer.search.port import IndexDown


@click.command("keys")
@click.option("--master-key-stdin", is_flag=True, help="Read the master key from the first line of standard input.")
def keys_command(*, master_key_stdin: bool) -> None:
    """Make the two keys of a Meilisearch server from its master key, and print them; the master key is not kept.

    One may only search, for the site; the other one does all that the worker does. A server that has them gives the
    same again.
    """
    settings = load_settings()
    asked = sys.stdin.readline().strip() if master_key_stdin else click.prompt("Master key", hide_input=True)
    if not asked:
        raise click.ClickException("No master key was given. It is what Meilisearch was started with.")
    try:
        keys = make_search_keys(settings, asked)
    except IndexDown as error:
        raise IndexRefused(f"search index: {error}. Check CARNIVAL_MEILISEARCH_URL and the master key.") from error
    click.echo("For whatever writes (`carnival work`, `carnival reindex`), and for nothing else:", err=True)
    click.echo(f"CARNIVAL_MEILISEARCH_KEY={keys.worker}")
    click.echo("For the site (`carnival web`), which needs no other:", err=True)
    click.echo(f"CARNIVAL_MEILISEARCH_SEARCH_KEY={keys.search}")
