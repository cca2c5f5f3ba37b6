"""`carnival up`: prepare the data folder on first run, then keep collecting and serving until stopped."""

import click


@click.command("up")
def up_command() -> None:
    """Start everything on the embedded defaults."""
    raise click.ClickException("written next")
