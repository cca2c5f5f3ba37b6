"""Line 1: a move made on what the page showed, after a colleague moved the same piece."""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.attack.deployment import COLLEAGUE, EDITOR, Deployment, site_channel
from tests.attack.hostile_site import HostileSite, article, hostile_site
from tests.attack.tries import Try, report
from tests.attack.visitor import Page, Visitor

LIST, BATCH, PAGE = "the list's button", "the batch", "the item's page"
MOVES = ("reject", "hold", "approve and withdraw")
UNDO = "撤销遇到后来的决定"


class Visitors(NamedTuple):
    """The site and two editors' browsers."""

    site: str
    first: Visitor
    colleague: Visitor


def attack(folder: Path) -> Iterator[Try]:
    """A colleague rejects, holds or withdraws; then what the first editor still sees is sent."""
    with hostile_site() as site:
        deployment = Deployment(folder, private_hosts=json.dumps([site.host]))
        titles = {(move, way): f"并发审核{move}与{way}" for move in MOVES for way in (LIST, BATCH, PAGE)}
        _collect(deployment, site, [*titles.values(), UNDO])
        with deployment.serving() as address:
            first, colleague = Visitor(address), Visitor(address)
            first.sign_in(EDITOR)
            colleague.sign_in(COLLEAGUE)
            items = deployment.titles()
            for (move, way), title in titles.items():
                yield _one(deployment, Visitors(address, first, colleague), items[title], move=move, way=way)
            yield _undo(address, first, items[UNDO])


def _one(deployment: Deployment, people: Visitors, item: str, *, move: str, way: str) -> Try:
    send = _open(people.first, item, way)
    for step in move.split(" and "):
        people.colleague.decide(item, step)
    moved = [one for (one,) in deployment.rows("SELECT move FROM decisions WHERE item = ? ORDER BY sequence", item)]
    if moved != move.split(" and "):
        raise RuntimeError(f"the colleague's moves were {moved}, wanted {move}: what follows would show nothing")
    before = Visitor(people.site).get(f"/items/{item}").status
    answer = send()
    after = Visitor(people.site).get(f"/items/{item}").status
    held = before == after == 404
    saw = "" if held else f"public page {before} before, {after} after; the answer was {answer.status}"
    return Try(part="1", kind="stale moves", what=f"colleague: {move}; then approve by {way}", held=held, saw=saw)


def _open(first: Visitor, item: str, way: str) -> Callable[[], Page]:
    """Open the page now; what is returned sends its form as it stood."""
    if way == PAGE:
        page = first.get(f"/review/items/{item}")
        return lambda: first.send(page, "/decide", move="approve", words="示例理由")
    page = first.get("/review/?state=pending")
    if way == LIST:
        return lambda: first.send(page, f"{item}/decide", move="approve")
    chosen = [one for one in page.document.find_all("input", attrs={"name": "chosen"}) if item in str(one.get("value"))]
    value = str(chosen[0]["value"]) if chosen else item
    return lambda: first.send(page, "/batch", move="approve", chosen=value)


def _undo(address: str, first: Visitor, item: str) -> Try:
    """The same editor in two tabs: the first offers to take a hold back, the second approved and withdrew meanwhile."""
    first.decide(item, "hold")
    tab = first.get("/review/")
    first.decide(item, "approve")
    first.decide(item, "withdraw")
    answer = first.send(tab, f"/items/{item}/undo")
    after = Visitor(address).get(f"/items/{item}").status
    saw = "" if after == 404 else f"public page {after}; the answer was {answer.status}"
    return Try(part="1", kind="stale moves", what="undo of a hold after approve and withdraw", held=not saw, saw=saw)


def _collect(deployment: Deployment, site: HostileSite, titles: Iterable[str]) -> None:
    deployment.add_editors()
    links = {f"/a/{number}.html": title for number, title in enumerate(titles)}
    for path, title in links.items():
        site.page(path, article(title))
    site.listing("/list.html", links)
    deployment.whitelist([site_channel("stale", site.host)])
    deployment.crawl()


if __name__ == "__main__":
    report(attack)
