"""crawler.reading.worker: what a worker runs, and that its start brings nothing that only its parent needs."""

import subprocess
import sys

import pytest

from crawler.exchange import Answer
from crawler.reading.worker import given_up, read_answer
from indexer.whitelist.records import Channel

LATE = ("structlog", "twisted", "rich", "ruamel", "soupsieve", "sqlalchemy", "crawler.reading.pool")
START = """
import sys
import crawler.reading.saved
from crawler.sources import sources
sources()
print([name for name in sys.argv[1:] if name in sys.modules])
"""


def test_a_worker_starts_without_what_only_its_parent_needs() -> None:
    done = subprocess.run([sys.executable, "-c", START, *LATE], capture_output=True, text=True, check=True, timeout=60)

    assert done.stdout.strip() == "[]"


def test_a_fault_of_the_program_costs_the_page_alone(channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(kind: str) -> object:
        raise ZeroDivisionError(kind)

    monkeypatch.setattr("crawler.reading.worker.source_of", broken)

    reading = read_answer(channel, Answer(url="http://a.example/1.html", body=b""))

    assert reading.unreadable is not None
    assert "ZeroDivisionError" in reading.unreadable[0]
    assert "in broken" in reading.fault


def test_what_is_given_up_names_its_address() -> None:
    reading = given_up(Answer(url="http://a.example/1.html", body=b""), "已放弃")

    assert reading.unreadable is not None
    assert reading.unreadable[0] == "http://a.example/1.html 已放弃"
