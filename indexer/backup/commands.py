"""`carnival backup FILE` and `carnival restore FILE`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from config.logs import set_up_logs
from config.settings import Settings, load_settings
from indexer.backup.archive import Manifest
from indexer.backup.restoring import restore
from indexer.backup.saving import save
from indexer.base.times import BEIJING, now
from indexer.commands.opening import open_records
from indexer.search.factory import open_index
from indexer.search.port import IndexDown
from indexer.search.rebuild import rebuild

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("backup")
@click.argument("file", type=FILE)
def backup_command(file: Path) -> None:
    """Save records, session key and marks in one new FILE, while everything runs. It holds secrets: keep it safe."""
    with _in_words(), _spinner("saving"):
        manifest = save(load_settings(), file, now=now())
    click.echo(f"{file}: {_counted(manifest)}, {file.stat().st_size} bytes")


@click.command("restore")
@click.argument("file", type=FILE)
@click.option("--replace", is_flag=True, help="Move the records that are there aside.")
def restore_command(file: Path, *, replace: bool) -> None:
    """Put a backup back where nothing runs, then build the search index from it."""
    settings, moment = load_settings(), now().astimezone(BEIJING)
    set_up_logs(as_json=settings.log_json)
    with _in_words(), _spinner("restoring"):
        restored = restore(settings, file, replace=replace, stamp=f"{moment:%Y%m%d-%H%M%S}")
    click.echo(f"Restored of {restored.manifest.made_at.astimezone(BEIJING):%Y-%m-%d %H:%M}: ", nl=False)
    click.echo(_counted(restored.manifest))
    if restored.aside is not None:
        click.echo(f"What stood there before: {restored.aside}")
    with _in_words(), _spinner("indexing"):
        click.echo(f"{_index(settings)} approved items indexed. Start `carnival up`.")


def _index(settings: Settings) -> int:
    database = open_records(settings)
    try:
        built = sum(rebuild(database, open_index(settings)))
    except IndexDown as down:
        raise click.ClickException(f"the records are restored, the search index is not: {down}") from down
    finally:
        database.close()
    return built


def _counted(manifest: Manifest) -> str:
    wanted = ("items", "decisions", "channels", "users")
    return ", ".join(f"{manifest.counts.get(name, 0)} {name}" for name in wanted)


@contextmanager
def _spinner(words: str) -> Iterator[None]:
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        progress.add_task(words, total=None)
        yield


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise click.ClickException(f"{error.filename or 'the disk'}: {error.strerror}. Nothing was changed") from error
