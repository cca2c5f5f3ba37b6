"""`carnival status`, `carnival index …`, `carnival reindex`: where the catalogue stands, and its search index."""

import json
import signal
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from config.logs import set_up_logs
from config.settings import Settings, load_settings
from config.words import WhitelistStatus
from indexer.base.ids import ChannelId, ItemId
from indexer.base.times import now
from indexer.commands.channel_health import health_of, lines_of
from indexer.commands.opening import index_needed, open_records
from indexer.commands.search_keys import keys_command
from indexer.records import channels, items, looks, outbox, pictures, public, reads, refusals, to_understand
from indexer.records.database import Database
from indexer.records.reads import ChannelHistory
from indexer.search import step
from indexer.search.factory import open_index
from indexer.search.port import SearchIndex
from indexer.search.publish import publish
from indexer.search.rebuild import rebuild
from indexer.understanding.learning.speaking import recipe_of_live
from indexer.understanding.recipe import Recipe
from indexer.whitelist.records import Channel
from indexer.work.runner import keep_working

REFUSED = 1
SHOWN = 5
LAST_READS = 10
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How the index differs from the approved versions; all empty where it does not."""

    missing: tuple[ItemId, ...]
    extra: tuple[ItemId, ...]
    other_version: tuple[ItemId, ...]

    def __bool__(self) -> bool:
        """True where there is a difference."""
        return bool(self.missing or self.extra or self.other_version)


def difference(database: Database, index: SearchIndex) -> Difference:
    """Compare the index with the public versions. Raises IndexDown."""
    held = index.held()
    with database.reading() as tx:
        wanted = public.public_versions(tx)
    return Difference(
        missing=tuple(sorted(wanted.keys() - held.keys())),
        extra=tuple(sorted(held.keys() - wanted.keys())),
        other_version=tuple(sorted(item for item in wanted.keys() & held.keys() if wanted[item] != held[item])),
    )


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def status_command(*, as_json: bool) -> None:
    """Show items per state, channels per status and by health, what waits, and the last reads."""
    settings = load_settings()
    database = open_records(settings)
    status = _status(database, recipe_of_live(settings, database), now())
    click.echo(json.dumps(status, ensure_ascii=False) if as_json else _text(status))


@click.group("index")
def index_group() -> None:
    """Keep the search index equal to the approved versions."""


index_group.add_command(keys_command)


@index_group.command("publish")
@click.option("--follow", is_flag=True, help="Keep publishing until stopped.")
def publish_command(*, follow: bool) -> None:
    """Tell the index what was decided since it was told last."""
    settings, database, index = _open()
    if follow:
        # `carnival work` does this and the rest; the heartbeat is its own.
        keep_working(database, [step.make(settings, database)], _stop_on_signals(), lambda: None)
        return
    told = 0
    with index_needed(settings):
        while some := publish(database, index, now=now()):
            told += some
    click.echo(f"{told} changes published")


@index_group.command("check")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def check_command(*, as_json: bool) -> None:
    """Compare the index with the approved versions; exit code 1 where they differ."""
    settings, database, index = _open()
    with index_needed(settings):
        found = difference(database, index)
    named = {"missing": found.missing, "extra": found.extra, "other_version": found.other_version}
    if as_json:
        click.echo(json.dumps(named))
    else:
        for name, differing in named.items():
            click.echo(f"{name}: {len(differing)} {' '.join(differing[:SHOWN])}".rstrip())
    if found:
        click.echo("Run `carnival index publish`; if that does not help, `carnival reindex`.", err=True)
        raise click.exceptions.Exit(REFUSED)


@click.command("reindex")
def reindex_command() -> None:
    """Build the search index anew beside the old one, then swap. Safe to stop: the old one stays until then."""
    settings, database, index = _open()
    with database.reading() as tx:
        total = len(public.public_versions(tx))
    console, done = Console(stderr=True), 0
    with index_needed(settings), Progress(console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("indexing", total=total)
        for written in rebuild(database, index):
            done += written
            progress.update(task, advance=written)
    click.echo(f"{done} approved items indexed")


def _open() -> tuple[Settings, Database, SearchIndex]:
    settings = load_settings()
    set_up_logs(as_json=settings.log_json)
    return settings, open_records(settings), open_index(settings)


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _status(database: Database, recipe: Recipe, moment: datetime) -> dict[str, Any]:
    with database.reading() as tx:
        known = channels.channels(tx)
        by_status = Counter(channel.status for channel in known)
        histories = reads.histories(tx, [channel.id for channel in known])
        return {
            "items": {state.value: count for state, count in items.counts(tx).items()},
            "channels": {status.value: by_status[status] for status in WhitelistStatus},
            "health": health_of(tx, known, now=moment),
            "refusals": {reason.value: count for reason, count in refusals.counts(tx).items()},
            "understanding": {
                "new": to_understand.count_waiting(tx),
                "differing": to_understand.count_differing(tx, recipe=recipe.text, read_at=recipe.read_at),
            },
            "outbox": outbox.depth(tx),
            "alarms": looks.alarm_count(tx),
            "pictures": dict(zip(("kept", "bytes", "waiting"), pictures.counts(tx), strict=True)),
            "read_in_the_future": reads.read_in_the_future(tx, now=moment),
            "last_reads": _last_reads(known, histories),
        }


def _last_reads(known: Sequence[Channel], histories: Mapping[ChannelId, ChannelHistory]) -> list[dict[str, Any]]:
    read = [(histories[channel.id].last_read_at, channel) for channel in known]
    newest = sorted(((at, channel) for at, channel in read if at is not None), key=lambda pair: pair[0], reverse=True)
    return [
        {
            "channel": channel.id,
            "name": channel.name,
            "at": at.isoformat(timespec="seconds"),
            "failures": histories[channel.id].failures,
            "error": histories[channel.id].last_error,
        }
        for at, channel in newest[:LAST_READS]
    ]


def _text(status: Mapping[str, Any]) -> str:
    lines = [
        f"{part:9}{', '.join(f'{count} {name}' for name, count in status[part].items())}"
        for part in ("items", "channels")
    ]
    lines += lines_of(status["health"])
    if refused := status["refusals"]:
        lines.append(f"{'refused':9}{', '.join(f'{count} {reason}' for reason, count in refused.items())}")
    waiting = status["understanding"]
    again = f"{waiting['differing']} by another policy, taxonomy, model or code"
    lines.append(f"{'waiting':9}{waiting['new']} new to be understood, {again}")
    lines.append(f"{'outbox':9}{status['outbox']} waiting")
    lines.append(f"{'alarms':9}{status['alarms']} links at whose source something is wrong")
    kept = status["pictures"]
    lines.append(f"{'pictures':9}{kept['kept']} kept, {kept['bytes'] // MEGABYTE} MB; {kept['waiting']} to be fetched")
    if ahead := status["read_in_the_future"]:
        lines.append(f"{'clock':9}was ahead when it noted the read of {', '.join(ahead)}: due at once, nobody waits")
    for one in status["last_reads"]:
        trouble = f"  failed {one['failures']} times; the unit reads: “{one['error']}”" if one["failures"] else ""
        lines.append(f"{'read':9}{one['at']}  {one['channel']}  {one['name']}{trouble}")
    return "\n".join(lines)
