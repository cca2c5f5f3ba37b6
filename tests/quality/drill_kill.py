"""`make drill-kill`: the real work killed with SIGKILL at ten moments, started again, and compared with a whole run.

The work is `carnival demo prepare`: crawl, intake, understanding, decisions, index. Prints a table and ends with one
line of figures; exit code 1 where an item or a decision was lost or doubled, or the index is not the approved versions.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run as a file: tests are not installed

from rich.console import Console
from rich.progress import track
from rich.table import Table

from config.settings import Settings
from crawler.demo.simulator import serve
from indexer.commands import difference
from indexer.items import ItemId
from indexer.records import decisions, items, outbox
from indexer.records.database import Database
from indexer.search.factory import open_index
from tests.quality.drill_child import REACHED

CHILD = Path(__file__).with_name("drill_child.py")
TRY_SECONDS = 300
# stage, which call of it, whether the child stays there or works on while the kill comes
MOMENTS = [
    ("crawl", 1, "stop"),
    ("crawl", 20, "go"),
    ("intake", 33, "stop"),
    ("push", 6, "go"),
    ("understand", 1, "stop"),
    ("understand", 40, "go"),
    ("decide", 2, "go"),
    ("decision row", 21, "stop"),
    ("index", 1, "stop"),
    ("outbox", 1, "stop"),
]


@dataclass(frozen=True)
class Held:
    """What the records hold: items by key with their state and public version, decisions by id, moves by key."""

    items: Mapping[str, tuple[str, int | None]]
    count: int
    decisions: frozenset[str]
    moves: Mapping[str, tuple[str, ...]]


def held(database: Database) -> Held:
    """Read all items and decisions."""
    with database.reading() as tx:
        found, after = [], None
        while page := items.all_latest(tx, after=after, limit=500):
            found += [item for item, _ in page]
            after = ItemId(page[-1][0].id)
        rows = {item.key: decisions.of_item(tx, item.id) for item in found}
    return Held(
        items={item.key: (item.state, item.public) for item in found},
        count=len(found),
        decisions=frozenset(row.id for of_item in rows.values() for row in of_item),
        moves={key: tuple(row.move for row in of_item) for key, of_item in rows.items()},
    )


def environment(folder: Path) -> dict[str, str]:
    """Return what the child sees."""
    return os.environ | {"CARNIVAL_DATA_FOLDER": str(folder), "PYTHONPATH": str(CHILD.parents[2])}


def prepare(folder: Path, port: int) -> None:
    """Run the work to its end. Raises CalledProcessError."""
    command = [sys.executable, "-m", "config", "demo", "prepare", "--json", "--port", str(port)]
    subprocess.run(command, env=environment(folder), check=True, capture_output=True, timeout=TRY_SECONDS)


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


def faults(folder: Path, before: Held, whole: Held) -> list[str]:
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
    with database.reading() as tx:
        if waiting := outbox.depth(tx):
            found.append(f"{waiting} rows wait for the index")
    if differs := difference(database, open_index(settings)):
        found.append(f"index: {differs}")
    database.close()
    return found


def main() -> int:
    """Print the table and the line of figures; return the exit code."""
    console, table = Console(), Table("moment", "call", "items then", "decisions then", "after the restart")
    missed, kills = 0, 0
    with tempfile.TemporaryDirectory() as temporary, serve(0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port, reference = server.server_port, Path(temporary) / "whole"
        prepare(reference, port)
        database = Database.open(Settings(data_folder=reference).records_url)
        whole = held(database)
        database.close()
        for turn, (stage, number, how) in enumerate(track(MOMENTS, console=Console(stderr=True))):
            folder = Path(temporary) / str(turn)
            folder.mkdir()
            shutil.copytree(reference / "prototypes", folder / "prototypes")  # vectors: the same for every run
            kills += killed(folder, port, stage, number, how)
            database = Database.open(Settings(data_folder=folder).records_url)
            before = held(database)
            database.close()
            prepare(folder, port)
            found = faults(folder, before, whole)
            missed += bool(found)
            result = "; ".join(found) or "as a whole run"
            table.add_row(f"{stage} ({how})", str(number), str(before.count), str(len(before.decisions)), result)
        server.shutdown()
    console.print(table)
    moves = Counter(move for of_item in whole.moves.values() for move in of_item)
    console.print(f"whole run: {whole.count} items, decisions {json.dumps(moves)}")
    console.print(f"drill-kill: {kills} kills at {len(MOMENTS)} moments, {missed} with a fault")
    return 1 if missed or kills != len(MOMENTS) else 0


if __name__ == "__main__":
    sys.exit(main())
