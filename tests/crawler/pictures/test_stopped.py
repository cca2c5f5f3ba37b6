"""crawler.pictures.step: a worker that is stopped while pictures drip in ends all the same."""

import os
import subprocess
import sys
from pathlib import Path

from config.settings import Settings
from indexer.base import times
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate, Media, MediaKind
from indexer.records.database import Database
from indexer.whitelist.records import Channel
from tests.simulators.website import Answer, Website

MOST_SECONDS = 40  # to start and to end; one picture alone may take three times as long
CHILD = """
import threading
from config.settings import load_settings
from crawler.pictures import step
from indexer.records.database import Database

fetch, has_begun = step.fetch_picture, threading.Event()

def noticed(*arguments, **options):
    has_begun.set()
    return fetch(*arguments, **options)

step.fetch_picture = noticed
settings = load_settings()
made = step.make(settings, Database.open(settings.records_url))
threading.Thread(target=made.do, daemon=True).start()
assert has_begun.wait(30)
"""


def test_the_end_of_a_process_waits_for_no_picture(
    settings: Settings, database: Database, channel: Channel, website: Website
) -> None:
    website.answers["/1.jpg"] = Answer(body=b"x" * 1000, drip_seconds=1)
    media = (Media(kind=MediaKind.IMAGE, url=f"{website.origin}/1.jpg"),)
    candidate = Candidate(channel=channel.id, url=f"{website.origin}/list/1", title="题", text="正文", media=media)
    assert take_in(database, candidate, now=times.now()).item
    seen = os.environ | {
        "CARNIVAL_DATA_FOLDER": str(settings.data_folder),
        "CARNIVAL_PRIVATE_HOSTS": f'["{website.host}"]',
        "CARNIVAL_PICTURE_SECONDS": "120",
        "PYTHONPATH": str(Path(__file__).parents[3]),
    }

    ended = subprocess.run([sys.executable, "-c", CHILD], env=seen, check=False, timeout=MOST_SECONDS)

    assert ended.returncode == 0
