"""`carnival tags`: what was learned from corrections, and which version of it speaks."""

import json
from dataclasses import asdict

import click

from config.logs import set_up_logs
from config.settings import load_settings
from indexer.base.times import now
from indexer.commands.opening import open_records
from indexer.commands.operators import this_operator
from indexer.records import tagger_versions
from indexer.records.tagger_versions import TaggerVersion
from indexer.understanding.learning.school import open_school
from indexer.understanding.learning.training import train, waiting_corrections
from indexer.understanding.learning.versions import SHIPPED, activate, rollback

AS_JSON = click.option("--json", "as_json", is_flag=True, help="The result as JSON.")


@click.group("tags")
def tags_group() -> None:
    """What was learned from people's corrections of tags."""


@tags_group.command("versions")
@AS_JSON
def versions_command(*, as_json: bool) -> None:
    """List the versions, newest first, and how many corrections none of them knows."""
    database = open_records(load_settings())
    with database.reading() as tx:
        found = tagger_versions.newest_first(tx)
    waiting = waiting_corrections(database)
    if as_json:
        facts = {"waiting_corrections": waiting, "versions": [asdict(one) for one in found]}
        click.echo(json.dumps(facts, ensure_ascii=False, default=str))
        return
    for one in found:
        click.echo(_line(one))
    if not any(one.standing is tagger_versions.Standing.LIVE for one in found):
        click.echo(f"{SHIPPED}  live  what ships")
    click.echo(f"{waiting} corrections since")


@tags_group.command("train")
@AS_JSON
def train_command(*, as_json: bool) -> None:
    """Train a version now: it is live where it is at least as good as the one before on items held back.

    A worse one waits: `carnival tags activate` makes it live all the same.
    """
    settings = load_settings()
    set_up_logs(as_json=settings.log_json)
    database = open_records(settings)
    made = train(database, open_school(settings), by=this_operator(), now=now())
    click.echo(json.dumps(asdict(made), ensure_ascii=False, default=str) if as_json else _line(made))


@tags_group.command("activate")
@click.argument("number", type=click.IntRange(min=SHIPPED))
def activate_command(*, number: int) -> None:
    """Make a version the live one; 0: what ships speaks alone. Pieces are tagged again, what people set stays."""
    activate(open_records(load_settings()), number, by=this_operator(), now=now())
    click.echo(f"version {number} is live")


@tags_group.command("rollback")
def rollback_command() -> None:
    """Make the version live that was so before the one that is; 0: what ships."""
    number = rollback(open_records(load_settings()), by=this_operator(), now=now())
    click.echo(f"version {number} is live")


def _line(one: TaggerVersion) -> str:
    tried = f"F1 {one.score:.3f} (before {one.score_before:.3f}) on {one.held_back} held back"
    return f"{one.number}  {one.standing}  {one.made_at:%Y-%m-%d %H:%M}  {one.who}  {one.lessons} pieces; {tried}"
