"""`make drill-kill`: the real work killed with SIGKILL at many moments, started again, and compared with a whole run.

The work is `carnival demo prepare`: crawl, intake, inbox, understanding, decisions, index; for what waits,
`carnival work` with all its steps side by side; and looking again at what was collected, where pages are gone and one
was edited. Prints a table and ends with one line of figures; exit code 1 where an item, a picture or a decision was
lost or doubled, something still waits or is held, or the index is not the approved versions. Arguments: only moments
whose stage begins with one of these words.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run as a file: tests are not installed

from rich.console import Console
from rich.progress import track
from rich.table import Table

from config.settings import Settings
from crawler.demo import simulator
from crawler.demo.campaign import HOST
from crawler.demo.simulator import serve
from indexer.base.ids import ItemId
from indexer.catalogue.media import MediaStore
from indexer.catalogue.pictures import PictureUse
from indexer.commands.status import difference
from indexer.records import claimed, decisions, inbox, outbox, pictures, understood
from indexer.records.database import Database
from indexer.records.inbox import InboxKind
from indexer.review.records import Move
from indexer.search.factory import open_index
from tests.quality.drill_child import AGAIN, LOOK, LOOKS, REACHED
from tests.serving import served

CHILD = Path(__file__).with_name("drill_child.py")
TRY_SECONDS = 300
# stage, which call of it, whether the child stays there or works on while the kill comes
MOMENTS = [
    ("crawl", 1, "stop"),
    ("crawl", 3, "go"),  # of batches
    ("intake", 2, "stop"),
    ("push", 6, "go"),
    ("understand", 1, "stop"),
    ("understand", 40, "go"),
    ("decide", 2, "go"),
    ("decision row", 21, "stop"),
    ("index", 1, "stop"),
    ("outbox", 1, "stop"),
    ("inbox claimed", 2, "stop"),
    ("inbox done, not said", 3, "stop"),
    ("inbox done, not said", 5, "go"),
    ("versions claimed", 2, "stop"),
    ("outbox claimed", 1, "stop"),
    ("outbox done, not said", 1, "stop"),
    ("picture fetched", 9, "go"),
    ("picture copy written", 6, "stop"),
    ("picture copy written", 15, "go"),
    ("picture kept, not said", 4, "stop"),
]
LOOK_MOMENTS = [
    ("look answered", 1, "stop"),
    ("look edit", 1, "stop"),
    ("look done, not said", 12, "stop"),
    ("look done, not said", 20, "go"),
    ("look gone", 1, "stop"),
]
GONE, EDITED = 2, 1  # so many public pages, by path
WHOLE, LOOKED = "whole", "looked"  # folders of the runs that nobody killed


@dataclass(frozen=True)
class Held:
    """What the records hold: items by key with their state and public version, decisions by id, moves by key.

    pictures: by key, what each medium shows.
    """

    items: Mapping[str, tuple[str, int | None]]
    count: int
    decisions: frozenset[str]
    moves: Mapping[str, tuple[str, ...]]
    pictures: Mapping[str, Mapping[int, str]]


def held(database: Database) -> Held:
    """Read all items and decisions."""
    with database.reading() as tx:
        found, after = [], None
        while page := understood.all_latest(tx, after=after, limit=500):
            found += [item for item, _ in page]
            after = ItemId(page[-1][0].id)
        rows = {item.key: decisions.of_item(tx, item.id) for item in found}
        uses = pictures.uses_of(tx, [(item.id, item.latest) for item in found])
    return Held(
        items={item.key: (item.state, item.public) for item in found},
        count=len(found),
        decisions=frozenset(row.id for of_item in rows.values() for row in of_item),
        moves={key: tuple(row.move for row in of_item) for key, of_item in rows.items()},
        pictures={
            item.key: {place: _shown(use) for place, use in uses.get((item.id, item.latest), {}).items()}
            for item in found
        },
    )


def held_in(folder: Path) -> Held:
    """Read all items and decisions of a data folder."""
    database = Database.open(Settings(data_folder=folder).records_url)
    found = held(database)
    database.close()
    return found


def _shown(use: PictureUse) -> str:
    return use.picture.hash if use.picture else str(use.refused)


def copies(folder: Path) -> dict[str, bytes]:
    """Return all pictures that the site of a data folder could serve."""
    store = MediaStore(folder)
    return {name: store.path(name).read_bytes() for name in store.names()}


def environment(folder: Path) -> dict[str, str]:
    """Return what the child sees."""
    return os.environ | {"CARNIVAL_DATA_FOLDER": str(folder), "PYTHONPATH": str(CHILD.parents[2])}


def prepare(folder: Path, port: int) -> None:
    """Run the work to its end. Raises CalledProcessError."""
    command = [sys.executable, "-m", "config", "demo", "prepare", "--json", "--port", str(port)]
    subprocess.run(command, env=environment(folder), check=True, capture_output=True, timeout=TRY_SECONDS)


def look_again(folder: Path, port: int, *hours: int) -> None:
    """Do a round of looks at each of these hours, and what waits after it. Raises CalledProcessError."""
    for hour in hours:
        look = [sys.executable, str(CHILD), str(port), str(hour), "0", "go"]
        subprocess.run(look, env=environment(folder), check=True, capture_output=True, timeout=TRY_SECONDS)
    work = [sys.executable, "-m", "config", "work", "--once"]
    subprocess.run(work, env=environment(folder), check=True, capture_output=True, timeout=TRY_SECONDS)


def change_the_sites(whole: Held, port: int) -> None:
    """From now on the first of the public pages are gone, and the next one is edited."""
    host = f"{HOST}:{port}"
    paths = sorted(key.removeprefix(host) for key, (_, public) in whole.items.items() if public and host in key)
    pages = [path for path in paths if (found := simulator.find(path, f"http://{host}")) and b"</p>" in found.body]
    gone, edited, real = pages[:GONE], pages[GONE : GONE + EDITED], simulator.find

    def later(path: str, origin: str) -> simulator.Document | None:
        found = None if path in gone else real(path, origin)
        if found is None or path not in edited:
            return found
        return replace(found, body=found.body.replace(b"</p>", b" 2026.</p>", 1))

    simulator.find = later


def killed(folder: Path, port: int, stage: str, number: int, how: str) -> bool:
    """Run the work until it comes to the moment, kill it there; whether it came there."""
    command = [sys.executable, str(CHILD), str(port), stage, str(number), how]
    process = subprocess.Popen(
        command,
        env=environment(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    came = any(line.strip() == REACHED for line in process.stdout)
    process.kill()
    process.wait()
    return came


def faults(folder: Path, before: Held, whole: Held, reference: Path) -> list[str]:
    """Compare a folder whose work was killed and started again with a whole run."""
    settings = Settings(data_folder=folder)
    database = Database.open(settings.records_url)
    after = held(database)
    found = []
    if after.count != len(after.items) or set(after.items) != set(whole.items):
        found.append(f"items {after.count}, wanted {whole.count}")
    if lost := before.decisions - after.decisions:
        found.append(f"{len(lost)} decisions lost")
    if after.items != whole.items or after.moves != whole.moves:
        found.append("states or decisions other than of a whole run")
    if after.pictures != whole.pictures or copies(folder) != copies(reference):
        found.append("pictures other than of a whole run")
    found += still_waiting(database)
    if differs := difference(database, open_index(settings)):
        found.append(f"index: {differs}")
    database.close()
    return found


def still_waiting(database: Database) -> list[str]:
    """Return what is not done, or held by somebody."""
    found = []
    with database.reading() as tx:
        if pictures.counts(tx)[2]:
            found.append("a picture was not fetched")
        if waiting := outbox.depth(tx):
            found.append(f"{waiting} rows wait for the index")
        if inbox.is_waiting(tx, tuple(InboxKind)):
            found.append("something filed has no answer")
        if holders := claimed.holders(tx):
            found.append(f"still held by {sorted(holders)}")
    return found


@dataclass
class Drill:
    """One run over all moments: its table, and how many kills came and left a fault."""

    place: Path
    port: int
    table: Table
    kills: int = 0
    missed: int = 0

    def working(self, whole: Held) -> None:
        """Kill the work in an empty folder at each of MOMENTS, and start it again."""
        for turn, moment in enumerate(track(chosen(MOMENTS), console=Console(stderr=True))):
            folder = self.place / str(turn)
            folder.mkdir()
            self._killed(folder, moment, whole, WHOLE, partial(prepare, folder, self.port))

    def looking(self, whole: Held) -> None:
        """Kill a round of looks in a prepared folder at each of LOOK_MOMENTS, and look again."""
        for turn, moment in enumerate(track(chosen(LOOK_MOMENTS), console=Console(stderr=True))):
            folder, hour = self.place / f"look{turn}", LOOKS[moment[0]]
            shutil.copytree(self.place / WHOLE, folder)
            if hour == AGAIN:
                look_again(folder, self.port, LOOK)
            left = (LOOK, AGAIN) if hour == LOOK else (AGAIN,)
            self._killed(folder, moment, whole, LOOKED, partial(look_again, folder, self.port, *left))

    def _killed(
        self, folder: Path, moment: tuple[str, int, str], whole: Held, reference: str, again: Callable[[], None]
    ) -> None:
        stage, number, how = moment
        came = killed(folder, self.port, stage, number, how)
        self.kills += came
        before = held_in(folder)
        again()
        found = faults(folder, before, whole, self.place / reference)
        self.missed += bool(found)
        result = "; ".join(found) or ("as a whole run" if came else "the moment did not come")
        self.table.add_row(f"{stage} ({how})", str(number), str(before.count), str(len(before.decisions)), result)


def chosen(moments: Sequence[tuple[str, int, str]]) -> list[tuple[str, int, str]]:
    """Return those that were asked for, all where none were."""
    words = tuple(sys.argv[1:])
    return [moment for moment in moments if not words or moment[0].startswith(words)]


def moves_of(whole: Held) -> Counter[str]:
    """Return how often each move was made."""
    return Counter(move for of_item in whole.moves.values() for move in of_item)


def main() -> int:
    """Print the table and the line of figures; return the exit code."""
    if not chosen([*MOMENTS, *LOOK_MOMENTS]):
        raise SystemExit(f"no moment's stage begins with {' or '.join(sys.argv[1:])}")
    console, table = Console(), Table("moment", "call", "items then", "decisions then", "after the restart")
    with tempfile.TemporaryDirectory() as temporary, serve(0) as server, served(server):
        drill = Drill(place=Path(temporary), port=server.server_port, table=table)
        prepare(drill.place / WHOLE, drill.port)
        whole = held_in(drill.place / WHOLE)
        drill.working(whole)
        change_the_sites(whole, drill.port)
        shutil.copytree(drill.place / WHOLE, drill.place / LOOKED)
        look_again(drill.place / LOOKED, drill.port, LOOK, AGAIN)
        looked = held_in(drill.place / LOOKED)
        drill.looking(looked)
    console.print(table)
    console.print(f"whole run: {whole.count} items, decisions {json.dumps(moves_of(whole))}")
    seen, moments = moves_of(looked) - moves_of(whole), len(table.rows)
    console.print(f"looked at again: decisions {json.dumps(seen)}")
    console.print(f"drill-kill: {drill.kills} kills at {moments} moments, {drill.missed} with a fault")
    was_seen = (seen[Move.WITHDRAW], seen[Move.EDIT]) == (GONE, EDITED)
    return 0 if drill.kills == moments and was_seen and not drill.missed else 1


if __name__ == "__main__":
    sys.exit(main())
