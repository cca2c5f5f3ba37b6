"""The child of `make drill-kill`: `carnival demo prepare`, telling its parent when it comes to the chosen moment.

Arguments: port, stage, n, `stop` or `go`. At the n-th call of the stage's function it prints a line; with `stop` it
stays exactly there until it is killed, with `go` it works on, and the kill lands wherever it is by then.
"""

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import crawler.demo.prepare
import crawler.reading
import indexer.intake
import indexer.records.decisions
import indexer.records.items
import indexer.records.outbox
import indexer.search.publish
from config.cli import carnival

REACHED = "reached"
STAGES: dict[str, tuple[ModuleType, str]] = {
    "crawl": (crawler.reading, "take_in"),
    "intake": (indexer.records.items, "add_item"),
    "push": (crawler.demo.prepare, "push_url"),
    "understand": (indexer.records.items, "save_understanding"),
    "decide": (crawler.demo.prepare, "decide"),
    "decision row": (indexer.records.decisions, "append"),
    "index": (indexer.search.publish, "_write"),
    "outbox": (indexer.records.outbox, "done"),
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


if __name__ == "__main__":
    port, stage, number, how = sys.argv[1:]
    tell(stage, int(number), stay=how == "stop")
    carnival(["demo", "prepare", "--port", port])
