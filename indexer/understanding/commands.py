"""`carnival understand`: what waits for it, until nothing does."""

import json
from collections.abc import Iterator

import click
from rich.console import Console
from rich.progress import Progress

from config.logs import set_up_logs
from config.settings import Settings, load_settings
from indexer.base.times import now
from indexer.commands.opening import open_records
from indexer.records import items, to_understand
from indexer.records.database import Database
from indexer.understanding.backgrounds import ground_of, renew_ground
from indexer.understanding.in_force import rules_in_force
from indexer.understanding.learning.speaking import prepare_live
from indexer.understanding.prepared import Understanding, with_policy
from indexer.understanding.recipe import Recipe
from indexer.understanding.understand import understand_all, understand_waiting


@click.command("understand")
@click.option(
    "--all", "everything", is_flag=True, help="Every piece from the beginning, whatever it was understood by."
)
@click.option("--json", "as_json", is_flag=True, help="The result as JSON.")
def understand_command(*, everything: bool, as_json: bool) -> None:
    """Understand what waits: new pieces, then those of another policy, taxonomy, model or code.

    `carnival work` does the same by itself. Safe to stop: each piece is saved by itself, and the next run goes on; with
    --all it begins again.
    """
    settings = load_settings()
    set_up_logs(as_json=settings.log_json)
    database = open_records(settings)
    understanding = prepare_live(settings, database)
    every = understand_all(database, understanding, now=now())
    batches = every if everything else _waiting(settings, database, understanding)
    total = _total(database, understanding.recipe, everything=everything)
    console, done = Console(stderr=True), 0
    with Progress(console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("understanding", total=total)
        for some in batches:
            done += some
            progress.update(task, advance=some)
    click.echo(json.dumps({"understood": done}) if as_json else f"{done} pieces understood")


def _waiting(settings: Settings, database: Database, understanding: Understanding) -> Iterator[int]:
    while done := understand_waiting(database, understanding, now=now()):
        yield done
        if renew_ground(database, understanding.embedder.name, now=now()):
            ground, policy = ground_of(database, understanding.embedder.name), rules_in_force(settings, database)
            understanding = with_policy(understanding, policy, settings, read_at=now(), ground=ground)


def _total(database: Database, recipe: Recipe, *, everything: bool) -> int:
    with database.reading() as tx:
        if everything:
            return items.count(tx)
        new = to_understand.count_waiting(tx)
        return new + to_understand.count_differing(tx, recipe=recipe.text, read_at=recipe.read_at)
