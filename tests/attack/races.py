"""Races by processes: the same move, undo, push or account at once: one winner, nothing twice."""

import json
import subprocess
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

from tests.attack.deployment import COLLEAGUE, COMMAND, EDITOR, PASSWORD, Deployment, site_channel
from tests.attack.hostile_site import HostileSite, article, hostile_site
from tests.attack.tries import Try, report
from tests.attack.visitor import Visitor

RACERS, ROUNDS = 6, 6
MOVES = ("approve", "reject", "hold")


@dataclass(frozen=True, kw_only=True)
class Racer:
    """What one process needs: the site, its number, the piece to race for, the cookies of a signed-in editor."""

    address: str
    number: int
    item: str
    cookies: dict[str, str]


def attack(folder: Path) -> Iterator[Try]:
    """Each round races on a piece of its own."""
    with hostile_site() as site:
        deployment = Deployment(folder, private_hosts=json.dumps([site.host]))
        deployment.add_editors()
        _collect(deployment, site)
        yield from _pushes(deployment, site)
    yield from _accounts(deployment)
    items = [item for title, item in sorted(deployment.titles().items()) if title.startswith("竞争")]
    context = get_context("spawn")
    with deployment.serving() as address, ProcessPoolExecutor(RACERS, mp_context=context) as racers:
        signed_in = [_cookies(address, number) for number in range(RACERS)]

        def race(run: Callable[[Racer], int], item: str) -> None:
            cookies = enumerate(signed_in)
            list(racers.map(run, [Racer(address=address, number=n, item=item, cookies=own) for n, own in cookies]))

        for item in items[:ROUNDS]:
            race(_move, item)
            yield _one_decision(deployment, item, 1, "six editors decide at once")
        for item in items[ROUNDS : 2 * ROUNDS]:
            race(_batch, item)
            yield _one_decision(deployment, item, 1, "six batches at once")
        for item in items[:ROUNDS]:
            race(_undo, item)
            yield _one_undo(deployment, item)


def _cookies(address: str, number: int) -> dict[str, str]:
    visitor = Visitor(address)
    visitor.sign_in(EDITOR if number % 2 else COLLEAGUE)
    return {cookie.name: cookie.value or "" for cookie in visitor.session.cookies}


def _visitor(racer: Racer) -> Visitor:
    visitor = Visitor(racer.address)
    visitor.session.cookies.update(racer.cookies)
    return visitor


def _move(racer: Racer) -> int:
    visitor, number = _visitor(racer), racer.number
    page = visitor.get(f"/review/items/{racer.item}")
    return visitor.send(page, "/decide", move=MOVES[number % len(MOVES)], words=f"理由{number}").status


def _batch(racer: Racer) -> int:
    visitor, number = _visitor(racer), racer.number
    page = visitor.get("/review/?state=pending")
    boxes = [str(one["value"]) for one in page.document.find_all("input", attrs={"name": "chosen"})]
    chosen = next((value for value in boxes if value.startswith(racer.item)), racer.item)
    move = ("approve", "reject")[number % 2]
    return visitor.send(page, "/batch", move=move, words=f"理由{number}", chosen=chosen).status


def _undo(racer: Racer) -> int:
    visitor = _visitor(racer)
    return visitor.send(visitor.get(f"/review/items/{racer.item}"), "/undo").status


def _one_decision(deployment: Deployment, item: str, wanted: int, what: str) -> Try:
    """From pending one move leads away; what came later started from another state and is a decision of its own."""
    rows = deployment.rows('SELECT move, "before", "after" FROM decisions WHERE item = ? ORDER BY sequence', item)
    first = [row for row in rows if row[1] == "pending"]
    chained = all(one[2] == two[1] for one, two in pairwise(rows))
    held = len(first) == wanted and chained
    return Try(kind="races by processes", what=what, held=held, saw="" if held else str(rows))


def _one_undo(deployment: Deployment, item: str) -> Try:
    rows = deployment.rows("SELECT undoes FROM decisions WHERE item = ? AND undoes IS NOT NULL", item)
    twice = len(rows) - len(set(rows))
    return Try(kind="races by processes", what="six undo at once", held=twice == 0, saw="" if not twice else str(rows))


def _pushes(deployment: Deployment, site: HostileSite) -> Iterator[Try]:
    for number in range(2):
        path = f"/pushed/{number}.html"
        site.page(path, article(f"同时推送{number}"))
        _at_once(deployment, [["push", f"{site.origin}{path}", "--channel", "race"]] * RACERS)
        rows = deployment.rows(
            "SELECT i.id, v.number FROM items i JOIN versions v ON v.item = i.id WHERE v.url LIKE ?", f"%{path}"
        )
        held = len(rows) == 1
        yield Try(kind="races by processes", what="six pushes of one page", held=held, saw="" if held else str(rows))


def _accounts(deployment: Deployment) -> Iterator[Try]:
    command = ["users", "add", "twin", "--role", "editor", "--password-stdin"]
    codes = _at_once(deployment, [command] * RACERS, typed=PASSWORD)
    rows = deployment.rows("SELECT id FROM users WHERE name = 'twin'")
    held = len(rows) == 1 and codes.count(0) == 1
    yield Try(kind="races by processes", what="six accounts of one name", held=held, saw="" if held else str(codes))


def _at_once(deployment: Deployment, commands: Sequence[Sequence[str]], *, typed: str = "") -> list[int]:
    """Start all commands, then feed and wait for them; their exit codes."""
    running = [
        subprocess.Popen(
            [*COMMAND, *command],
            env=deployment.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for command in commands
    ]
    for one in running:
        one.communicate(typed, timeout=120)
    return [one.returncode for one in running]


def _collect(deployment: Deployment, site: HostileSite) -> None:
    links = {f"/a/{number}.html": f"竞争文章{number:02d}" for number in range(2 * ROUNDS)}
    for path, title in links.items():
        site.page(path, article(title))
    site.listing("/list.html", links)
    deployment.whitelist([site_channel("race", site.host)])
    deployment.crawl()


if __name__ == "__main__":
    report(attack)
