"""`carnival work`: takes what was filed, understands what was collected, publishes what was decided."""

import json
import signal
import threading
from collections import Counter

import click

from config.checks import check_own_files
from config.logs import set_up_logs
from config.settings import load_settings
from indexer.base.times import now
from indexer.commands.opening import index_needed, open_or_make_records
from indexer.records import heartbeats
from indexer.records.database import Database
from indexer.understanding.embeddings.factory import check_embedder
from indexer.work.leftovers import free_leftovers
from indexer.work.runner import keep_working, run_pending
from indexer.work.steps import steps_of

SIGNALS = (signal.SIGTERM, signal.SIGINT)


@click.command("work")
@click.option("--once", is_flag=True, help="Do all that waits, then end; without it, work until stopped.")
@click.option("--json", "as_json", is_flag=True, help="With --once: how many of each step, as JSON.")
def work_command(*, once: bool, as_json: bool) -> None:
    """Do the work that waits: what people filed, understanding, publishing. Any number may run side by side."""
    settings = load_settings()
    set_up_logs(as_json=settings.log_json)
    check_own_files(settings)
    check_embedder(settings)
    database = open_or_make_records(settings)
    steps = steps_of(settings, database)
    if not once:
        keep_working(database, steps, _stop_on_signals(), lambda: _beat(database))
        return
    free_leftovers(database)
    done = Counter({step.name: 0 for step in steps})
    with index_needed(settings):
        for name, moved in run_pending(steps):
            done[name] += moved
    click.echo(json.dumps(done) if as_json else ", ".join(f"{name} {count}" for name, count in done.items()))


def _beat(database: Database) -> None:
    with database.transaction() as tx:
        heartbeats.beat(tx, heartbeats.WORKER, at=now())


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()
    for number in SIGNALS:
        signal.signal(number, lambda *_: stop.set())
    return stop
