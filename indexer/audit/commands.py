"""`carnival audit …`: do the records still say one thing, and going on after a loss."""

import json
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from config.settings import load_settings
from indexer.audit.verify import Fault, verify
from indexer.base.changes import Change
from indexer.base.times import BEIJING, now
from indexer.commands.opening import open_records
from indexer.records import channels, decisions, items, ledger, repair
from indexer.records.database import Database
from indexer.records.sqlite_file import file_of
from indexer.review.records import Decision
from indexer.whitelist.records import WhitelistChange

REFUSED = 1


@click.group("audit")
def audit_group() -> None:
    """Check the records against themselves."""


@audit_group.command("verify")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def verify_command(*, as_json: bool) -> None:
    """Compare texts with hashes, items with decisions, channels with steps; exit code 1 where something does not fit.

    An item whose public version no decision explains is not shown to anybody; this names it.
    """
    with closing(open_records(load_settings())) as database:
        looked_at, faults = _verified(database)
    if as_json:
        click.echo(json.dumps({"items": looked_at, "faults": [asdict(one) for one in faults]}, ensure_ascii=False))
    else:
        for one in faults:
            click.echo(f"{one.item}: {one.what}")
        click.echo(f"{looked_at} items checked, {len(faults)} faults")
    if faults:
        raise click.exceptions.Exit(REFUSED)


@audit_group.command("ledger")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="Rows of each kind.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def ledger_command(*, limit: int, as_json: bool) -> None:
    """Show the last decisions, steps of the whitelist and changes of accounts and rules, newest first, and by whom."""
    with open_records(load_settings()).reading() as tx:
        lines = [
            *(_line(one, f"{one.move} {one.item} v{one.version}") for one in decisions.recent(tx, limit=limit)),
            *(_line(one, f"{one.channel} → {one.after}") for one in channels.recent_changes(tx, limit=limit)),
            *(_line(one, f"{one.kind} {' '.join(one.facts.values())}") for one in ledger.recent(tx, limit=limit)),
        ]
    lines.sort(key=lambda line: line["at"], reverse=True)
    if as_json:
        click.echo(json.dumps(lines, ensure_ascii=False))
        return
    for line in lines:
        click.echo(f"{line['at']}  {line['by']} {line['who']}  {line['what']}".rstrip())


def _line(entry: Decision | WhitelistChange | Change, what: str) -> dict[str, str]:
    actor = entry.actor
    return {
        "at": entry.at.astimezone(BEIJING).isoformat(timespec="seconds"),
        "by": actor.kind.value,
        "who": actor.name,
        "what": what,
    }


def _verified(database: Database) -> tuple[int, list[Fault]]:
    with database.reading() as tx:
        total = items.count(tx)
    console, looked_at, faults = Console(stderr=True), 0, list[Fault]()
    with Progress(console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("checking", total=total)
        for number, found in verify(database):
            looked_at += number
            faults += found
            progress.update(task, advance=number)
    return looked_at, faults


@audit_group.command("accept-loss")
@click.option("--yes", is_flag=True, help="Do not ask.")
def accept_loss_command(*, yes: bool) -> None:
    """Go on without the part of a damaged write-ahead log that cannot be read; the files are kept as they were.

    Only where no backup is newer than what is left: first think of `carnival restore`.
    """
    file = _file_of_records()
    if not yes:
        click.confirm(f"Give up what cannot be read of the write-ahead log of {file}?", abort=True, err=True)
    loss = repair.accept_loss(file, stamp=f"{now().astimezone(BEIJING):%Y%m%d-%H%M%S}")
    if loss is None:
        click.echo("Nothing is damaged; nothing was changed.")
        return
    click.echo(f"Kept {loss.kept} of {loss.committed} pages of the log. The files as they were: {loss.aside}")
    if loss.wrong:
        raise click.ClickException(f"the records that are left are damaged too: {loss.wrong[0]}. Restore a backup")
    click.echo("Now run `carnival audit verify` and `carnival reindex`.")


def _file_of_records() -> Path:
    file = file_of(load_settings().records_url)
    if file is None:
        raise click.ClickException("these records are no SQLite file: their server keeps its own log")
    return file
