"""The child of `make drill-kill`: real work, telling its parent when it comes to the chosen moment.

Arguments: port, stage, n, `stop` or `go`. At the n-th call of the stage's function it prints a line; with `stop` it
stays exactly there until it is killed, with `go` it works on, and the kill lands wherever it is by then. The work is
`carnival demo prepare`; for the stages of RUNNER that command comes to the step named, and `carnival work` goes on; for
those of LOOKS it is a round of looks in a prepared folder, so many hours after the piece was collected.
"""

import json
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from types import ModuleType
from typing import Any

import crawler.demo.prepare
import crawler.pictures.step
import crawler.reading.inbox
import crawler.reading.recheck
import crawler.reading.taking
import crawler.rounds
import indexer.catalogue.media
import indexer.records.decisions
import indexer.records.inbox
import indexer.records.items
import indexer.records.looks
import indexer.records.outbox
import indexer.records.pictures
import indexer.records.understood
import indexer.search.publish
import indexer.understanding.understand
from config.command.cli import carnival
from config.settings import Settings
from crawler.demo.campaign import HOST
from indexer.base.times import now
from indexer.commands.opening import open_or_make_records

REACHED = "reached"
STAGES: dict[str, tuple[ModuleType, str]] = {
    "crawl": (crawler.reading.taking, "take_in_all"),
    "intake": (indexer.records.items, "add_items"),
    "push": (crawler.reading.inbox, "push_url"),
    "picture fetched": (crawler.pictures.step, "fetch_picture"),
    "picture copy written": (indexer.catalogue.media, "write_part"),
    "picture kept, not said": (indexer.records.pictures, "keep"),
    "understand": (indexer.records.understood, "save"),
    "decide": (crawler.demo.prepare, "decide"),
    "decision row": (indexer.records.decisions, "append"),
    "index": (indexer.search.publish, "_write"),
    "outbox": (indexer.records.outbox, "done"),
    "inbox claimed": (crawler.reading.inbox, "push_url"),
    "inbox done, not said": (indexer.records.inbox, "done"),
    "versions claimed": (indexer.understanding.understand, "understand_page"),
    "outbox claimed": (indexer.search.publish, "_bring"),
    "outbox done, not said": (indexer.records.outbox, "done"),
    "look answered": (crawler.reading.recheck, "sight_of_reading"),
    "look edit": (crawler.reading.recheck, "take_in"),
    "look done, not said": (indexer.records.looks, "settle"),
    "look gone": (crawler.reading.recheck, "take_down"),
}
# Of looks, how many hours after collecting: a page that is missing comes down at the second look.
LOOK, AGAIN = 25, 26
LOOKS = {"look answered": LOOK, "look edit": LOOK, "look done, not said": LOOK, "look gone": AGAIN}
# Of `carnival demo prepare`, the step after which `carnival work` goes on with what waits.
RUNNER = {
    "inbox claimed": "collected",
    "inbox done, not said": "collected",
    "picture fetched": "pushed",
    "picture copy written": "pushed",
    "picture kept, not said": "pushed",
    "versions claimed": "pushed",
    "outbox claimed": "decided",
    "outbox done, not said": "decided",
}


def tell(stage: str, number: int, *, stay: bool) -> None:
    """Wrap the stage's function so that its n-th call says so before it does its work."""
    module, name = STAGES[stage]
    real: Callable[..., Any] = getattr(module, name)
    calls = iter(range(1, sys.maxsize))

    def counted(*arguments: object, **options: object) -> object:
        if next(calls) == number:
            sys.stdout.write(f"{REACHED}\n")
            sys.stdout.flush()
            if stay:
                sys.stdin.read()
        return real(*arguments, **options)

    setattr(module, name, counted)


def come_to(step: str, port: int) -> None:
    """Do the demo's steps up to this one; what units push is filed, and waits for the runner."""
    settings = Settings()
    database = open_or_make_records(settings)
    for done in crawler.demo.prepare.prepare(settings, database, port=port):
        if done.name == step:
            break
    if step == "collected":
        crawler.demo.prepare.file_pushes(database, port)
    database.close()


def look_again(port: str, hours: int) -> None:
    """Do one round of looks as if so many hours had passed, over all links at once."""
    settings = Settings(private_hosts=(f"{HOST}:{port}",), crawl_delay_seconds=0)
    database = open_or_make_records(settings)
    rounds: Any = crawler.rounds
    rounds.now = lambda: now() + timedelta(hours=hours)
    crawler.reading.recheck.A_HOST = crawler.reading.recheck.A_ROUND = 10_000
    crawler.rounds.collect(settings, database, (), looks_again=True)
    database.close()


def main() -> None:
    """Work until the end, or until killed."""
    port, stage, number, how = sys.argv[1:]
    if stage.isdecimal():
        look_again(port, int(stage))
        return
    if stage in LOOKS:
        tell(stage, int(number), stay=how == "stop")
        look_again(port, LOOKS[stage])
        return
    if (step := RUNNER.get(stage)) is not None:
        come_to(step, int(port))
        os.environ["CARNIVAL_PRIVATE_HOSTS"] = json.dumps([f"{HOST}:{port}"])
    tell(stage, int(number), stay=how == "stop")
    carnival(["work"] if step else ["demo", "prepare", "--port", port])


if __name__ == "__main__":
    main()
