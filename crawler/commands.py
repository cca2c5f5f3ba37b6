"""`carnival crawl` and `carnival push`: collect what is due, or take in one pushed page."""

import json
import signal
import threading
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from config.checks import check_own_files
from config.errors import UNDONE
from config.logs import set_up_logs
from config.settings import Settings, load_settings
from crawler.exchange import Unreadable
from crawler.guard import FetchRefused
from crawler.reading.pushing import push_file, push_url
from crawler.reading.result import ChannelRead
from crawler.rounds import (
    channel_named,
    collect,
    crawl_lock,
    due_channels,
    keep_crawling,
    polled_channels,
)
from crawler.schedule import is_polled
from crawler.words import not_read, not_taken
from indexer.audit.loaded import note_start
from indexer.base.ids import ChannelId
from indexer.base.times import now
from indexer.catalogue.intake import Outcome, Taken
from indexer.commands.opening import index_needed, open_or_make_records, open_records
from indexer.commands.operators import this_operator
from indexer.records.database import Database
from indexer.understanding.embeddings.factory import check_embedder
from indexer.whitelist.records import Channel
from indexer.work.leftovers import free_leftovers
from indexer.work.runner import run_pending
from indexer.work.steps import steps_of

SIGNALS = (signal.SIGTERM, signal.SIGINT)


@click.command("crawl")
@click.option("--once", is_flag=True, help="One round, then end; without it, rounds until stopped.")
@click.option("--channel", "only", metavar="ID", help="This channel now, due or not. Implies --once.")
@click.option("--all", "everything", is_flag=True, help="All channels now, due or not. Implies --once.")
@click.option(
    "--collect-only", is_flag=True, help="Leave understanding and publishing to the process that started this."
)
@click.option("--json", "as_json", is_flag=True, help="The result as JSON.")
def crawl_command(*, once: bool, only: str | None, everything: bool, collect_only: bool, as_json: bool) -> None:
    """Read the approved channels that are due, and look again at collected links that are.

    What a single round brought is understood and published at its end.

    Without --once, --channel or --all it only collects, round after round: `carnival work` does the rest. Exit code 1
    where the channel of --channel could not be read; with --once and --all the table says it of each.
    """
    settings = load_settings()
    set_up_logs(as_json=settings.log_json)
    if not collect_only:  # the process that started this has looked at them
        check_own_files(settings)
        check_embedder(settings)
    database = open_records(settings) if only else open_or_make_records(settings)
    if not collect_only:
        note_start(database, settings, by=this_operator(), now=now())
    if not (once or only or everything):
        keep_crawling(settings, database, _stop_on_signals())
        return
    with crawl_lock(settings):
        wanted = _wanted(database, only=only, everything=everything)
        results = collect(settings, database, wanted, looks_again=only is None)
    click.echo(json.dumps([result.plain() for result in results], ensure_ascii=False) if as_json else _table(results))
    if not collect_only:
        _work_off(settings, database)
    if only and any(result.error for result in results):
        raise click.exceptions.Exit(UNDONE)


@click.command("push")
@click.argument("page", metavar="URL|FILE")
@click.option("--channel", "channel_id", metavar="ID", required=True, help="The channel that published it.")
@click.option("--url", help="Of a saved file: the address of the article.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON.")
def push_command(*, page: str, channel_id: str, url: str | None, as_json: bool) -> None:
    """Take in one article of an approved channel: its link, or a page saved from the browser."""
    settings = load_settings()
    set_up_logs(as_json=settings.log_json)
    database = open_records(settings)
    channel = _channel(database, channel_id)
    try:
        taken = _push(settings, database, channel, page=page, url=url)
    except FetchRefused as error:
        raise click.ClickException(not_read(page, str(error))) from error
    except Unreadable as error:
        raise click.ClickException(not_read(page, f"{error.what}。{error.do}")) from error
    if refused := [each.refusal for each in taken if each.refusal is not None]:
        for refusal in refused:
            click.echo(not_taken(page, refusal.reason, refusal.message), err=True)
        raise click.exceptions.Exit(UNDONE)
    click.echo(json.dumps([_taken(each) for each in taken]) if as_json else "\n".join(map(_words, taken)))


def _push(settings: Settings, database: Database, channel: Channel, *, page: str, url: str | None) -> Sequence[Taken]:
    if page.startswith(("http://", "https://")):
        return push_url(settings, database, channel, page)
    file = Path(page)
    if not file.is_file():
        raise click.UsageError(f"{page} is neither an address nor a file")
    if not url:
        raise click.UsageError("a saved page needs --url, the address of the article")
    return push_file(settings, database, channel, file=file, url=url)


def _channel(database: Database, wanted: str) -> Channel:
    if (channel := channel_named(database, ChannelId(wanted))) is None:
        raise click.UsageError(f"no channel {wanted!r}; `carnival units list` shows those there are")
    return channel


def _wanted(database: Database, *, only: str | None, everything: bool) -> Sequence[Channel]:
    if only is None:
        return polled_channels(database) if everything else due_channels(database, now())
    channel = _channel(database, only)
    if not is_polled(channel):
        raise click.ClickException(
            f"channel {only} is not read by the crawler: it is {channel.status}, source {channel.source or 'none'}"
        )
    return [channel]


def _work_off(settings: Settings, database: Database) -> None:
    """Leave the catalogue understood and published."""
    console = Console(stderr=True)
    free_leftovers(database)
    with index_needed(settings), Progress(console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("understanding and publishing", total=None)
        for _, moved in run_pending(steps_of(settings, database)):
            progress.update(task, advance=moved)


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()
    for number in SIGNALS:
        signal.signal(number, lambda *_: stop.set())
    return stop


def _table(results: Sequence[ChannelRead]) -> str:
    """One row a channel, as text."""
    if not results:
        return "nothing is due"
    table = Table("channel", "name", "new", "changed", "unchanged", "refused", "error, as the unit reads it")
    for each in results:
        numbers = (each.new, each.changed, each.unchanged, each.refused)
        table.add_row(each.channel, each.name, *map(str, numbers), each.error or "")
    console = Console(width=160)
    with console.capture() as capture:
        console.print(table)
    return capture.get().rstrip()


def _taken(taken: Taken) -> dict[str, str | None]:
    return {"outcome": taken.outcome, "item": taken.item}


def _words(taken: Taken) -> str:
    words = {Outcome.NEW_ITEM: "new item", Outcome.NEW_VERSION: "new version", Outcome.UNCHANGED: "unchanged"}
    return f"{taken.item}: {words[taken.outcome]}"
