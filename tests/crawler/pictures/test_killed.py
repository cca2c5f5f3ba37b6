"""Killed with SIGKILL while pictures are fetched and stored: no half file is a copy, nothing is lost or doubled."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import Settings
from crawler.pictures import step
from crawler.pictures.encoding import Encoded, encode
from indexer.base import times
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate, Media, MediaKind
from indexer.catalogue.media import MediaStore
from indexer.records import claimed, pictures
from indexer.records.database import Database
from indexer.whitelist.records import Channel
from indexer.work.leftovers import free_leftovers
from indexer.work.runner import run_pending
from tests.crawler.pictures.drawn import picture
from tests.simulators.website import Answer, Website

BODIES = {f"/{number}.jpg": picture(300 + number, 200) for number in range(3)}
CHILD = """
import importlib, os, signal, sys
from config.settings import load_settings
from crawler.pictures.step import make
from indexer.records.database import Database

module, name, number = importlib.import_module(sys.argv[1]), sys.argv[2], int(sys.argv[3])
real, calls = getattr(module, name), iter(range(1, 1000))

def killed(*arguments, **options):
    if next(calls) == number:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*arguments, **options)

setattr(module, name, killed)
settings = load_settings()
make(settings, Database.open(settings.records_url)).do()
"""


@pytest.fixture
def wanted(database: Database, channel: Channel, website: Website) -> dict[str, bytes]:
    """Three pictures of one article wait; what their copies must hold, by file name."""
    for path, body in BODIES.items():
        website.answers[path] = Answer(body=body)
    media = tuple(Media(kind=MediaKind.IMAGE, url=f"{website.origin}{path}") for path in BODIES)
    candidate = Candidate(channel=channel.id, url=f"{website.origin}/list/1", title="题", text="正文", media=media)
    assert take_in(database, candidate, now=times.now()).item
    made = [encode(body, most_pixels=1_000_000) for body in BODIES.values()]
    return {name: copy for one in made if isinstance(one, Encoded) for name, copy in one.copies.items()}


@pytest.fixture
def again(settings: Settings, database: Database) -> Iterator[step.Pictures]:
    made = step.make(settings, database)
    yield made
    made._workers.close()


def copies(settings: Settings) -> dict[str, bytes]:
    store = MediaStore(settings.data_folder)
    return {name: store.path(name).read_bytes() for name in store.names()}


@pytest.mark.parametrize(
    ("module", "name", "number"),
    [
        ("crawler.pictures.step", "fetch_picture", 2),
        ("indexer.catalogue.media", "write_part", 2),
        ("indexer.catalogue.media", "sync", 1),
        ("indexer.records.pictures", "keep", 2),
    ],
)
def test_a_kill_leaves_whole_copies_alone_and_the_next_run_the_rest(
    settings: Settings,
    database: Database,
    website: Website,
    wanted: dict[str, bytes],
    again: step.Pictures,
    module: str,
    name: str,
    number: int,
) -> None:
    seen = os.environ | {
        "CARNIVAL_DATA_FOLDER": str(settings.data_folder),
        "CARNIVAL_PRIVATE_HOSTS": f'["{website.host}"]',
        "PYTHONPATH": str(Path(__file__).parents[3]),
    }
    command = [sys.executable, "-c", CHILD, module, name, str(number)]
    assert subprocess.run(command, env=seen, check=False, capture_output=True).returncode == -9

    left = copies(settings)
    assert left == {name: copy for name, copy in wanted.items() if name in left}

    free_leftovers(database)
    for _ in run_pending([again]):
        pass

    assert copies(settings) == wanted
    with database.reading() as tx:
        assert pictures.counts(tx)[0] == len(BODIES)
        assert pictures.counts(tx)[2] == 0
        assert claimed.holders(tx) == set()
