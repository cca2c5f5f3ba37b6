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
import structlog
from rich.console import Console
from rich.progress import Progress

from config.logs import set_up_logs
from config.settings import Settings, load_settings
from indexer.items import Channel, ChannelId, ItemId, WhitelistStatus
from indexer.opening import index_needed, open_records
from indexer.records import channels, items, outbox, reads
from indexer.records.database import Database, RecordsDown
from indexer.records.reads import ChannelHistory
from indexer.search.factory import open_index
from indexer.search.port import IndexDown, SearchIndex
from indexer.search.publish import publish
from indexer.search.rebuild import rebuild
from indexer.times import now

REFUSED = 1
LOOK_SECONDS, DOWN_SECONDS = 0.5, 10.0
SHOWN = 5
LAST_READS = 10

log = structlog.get_logger(__name__)


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
        public = items.public_versions(tx)
    return Difference(
        missing=tuple(sorted(public.keys() - held.keys())),
        extra=tuple(sorted(held.keys() - public.keys())),
        other_version=tuple(sorted(item for item in public.keys() & held.keys() if public[item] != held[item])),
    )


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def status_command(*, as_json: bool) -> None:
    """Show items per state, channels per status, what search still has to be told, and the last reads."""
    status = _status(open_records(load_settings()), now())
    click.echo(json.dumps(status, ensure_ascii=False) if as_json else _text(status))


@click.group("index")
def index_group() -> None:
    """Keep the search index equal to the approved versions."""


@index_group.command("publish")
@click.option("--follow", is_flag=True, help="Keep publishing until stopped.")
def publish_command(*, follow: bool) -> None:
    """Tell the index what was decided since it was told last."""
    settings, database, index = _open()
    if follow:
        _follow(database, index, _stop_on_signals())
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
        total = len(items.public_versions(tx))
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


def _follow(database: Database, index: SearchIndex, stop: threading.Event) -> None:
    """Publish until stopped; an engine that is down is asked again, while the outbox keeps what waits."""
    while not stop.is_set():
        pause = LOOK_SECONDS
        try:
            if told := publish(database, index, now=now()):
                log.info("published", changes=told)
                pause = 0.0
        except (IndexDown, RecordsDown) as error:
            log.warning("index_down", error=str(error), again_in_seconds=DOWN_SECONDS)
            pause = DOWN_SECONDS
        stop.wait(pause)


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _status(database: Database, moment: datetime) -> dict[str, Any]:
    with database.reading() as tx:
        known = channels.channels(tx)
        by_status = Counter(channel.status for channel in known)
        histories = reads.histories(tx, [channel.id for channel in known])
        return {
            "items": {state.value: count for state, count in items.counts(tx).items()},
            "channels": {status.value: by_status[status] for status in WhitelistStatus},
            "outbox": outbox.depth(tx),
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
    lines.append(f"{'outbox':9}{status['outbox']} waiting")
    if ahead := status["read_in_the_future"]:
        lines.append(f"{'clock':9}was ahead when it noted the read of {', '.join(ahead)}: due at once, nobody waits")
    for one in status["last_reads"]:
        trouble = f"  failed {one['failures']} times; the unit reads: “{one['error']}”" if one["failures"] else ""
        lines.append(f"{'read':9}{one['at']}  {one['channel']}  {one['name']}{trouble}")
    return "\n".join(lines)
