"""crawler.mail.step: the letters are written once a day, at eight in Beijing or as soon as somebody is at work."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from config.settings import Settings
from crawler.mail.posting import FOLDER
from crawler.mail.step import Digest, make
from indexer.records.database import Database
from indexer.whitelist.records import Channel
from tests.simulators.mail import postbox

EIGHT = datetime(2026, 9, 17, 0, 0, tzinfo=UTC)  # in Beijing
HOUR = timedelta(hours=1)


class Clock:
    """A clock that stands where it is put."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


def step(database: Database, clock: Clock, tmp_path: Path, **fields: object) -> Digest:
    settings = Settings(data_folder=tmp_path, _env_file=None, **fields)  # type: ignore[arg-type]
    return Digest(settings, database, clock=clock)


def days(tmp_path: Path) -> list[str]:
    return sorted(folder.name for folder in (tmp_path / FOLDER).glob("*"))


def test_letters_are_written_once_a_day(database: Database, channel: Channel, tmp_path: Path) -> None:
    clock = Clock(EIGHT - HOUR)
    digest = step(database, clock, tmp_path)

    assert (digest.waits(), digest.do()) == (True, 1)  # the first ever
    assert not digest.waits()
    clock.at = EIGHT
    assert (digest.waits(), digest.do()) == (True, 1)
    clock.at = EIGHT + 23 * HOUR
    assert not digest.waits()
    clock.at = EIGHT + 24 * HOUR
    assert (digest.waits(), digest.do()) == (True, 1)
    assert days(tmp_path) == ["2026-09-17", "2026-09-18"]


def test_of_two_workers_one_writes_them(database: Database, channel: Channel, tmp_path: Path) -> None:
    workers = [step(database, Clock(EIGHT), tmp_path) for _ in range(2)]

    assert [worker.do() for worker in workers] == [1, 0]


def test_where_a_server_is_set_they_are_sent(database: Database, channel: Channel, tmp_path: Path) -> None:
    with postbox() as box:
        fields = {"smtp_host": "127.0.0.1", "smtp_port": box.port, "smtp_security": "none"}
        step(database, Clock(EIGHT), tmp_path, mail_editors=("e@carnival.example",), **fields).do()

    assert box.recipients == ["e@carnival.example"]


def test_a_server_that_is_away_stops_nothing(database: Database, channel: Channel, tmp_path: Path) -> None:
    fields = {"smtp_host": "127.0.0.1", "smtp_port": 1, "mail_editors": ("e@carnival.example",)}
    digest = step(database, Clock(EIGHT), tmp_path, **fields)

    assert digest.do() == 1
    assert not digest.waits()
    assert days(tmp_path) == ["2026-09-17"]


def test_the_step_of_a_deployment_is_made_of_its_settings(database: Database, tmp_path: Path) -> None:
    assert make(Settings(data_folder=tmp_path, _env_file=None), database).name == "digest"
