"""crawler.mail.collecting: the letters of a day, out of the records."""

from datetime import UTC, datetime
from pathlib import Path

from config.settings import Settings
from crawler.mail.collecting import letters_of, mark_told
from indexer.base.ids import new_id
from indexer.catalogue.troubles import RefusalReason
from indexer.health.records import Attempt
from indexer.health.step import ChannelHealth
from indexer.records import attempts, channel_alarms
from indexer.records.database import Database
from indexer.whitelist.records import Channel

NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)


def test_a_letter_calls_an_alarm_new_once(database: Database, channel: Channel, tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path, public_url="https://kexue.example.cn", _env_file=None)
    facts = {"url": "http://a.example/"}
    failed = Attempt(id=new_id(), channel=channel.id, at=NOW, seconds=1, reason=RefusalReason.ROBOTS, facts=facts)
    with database.transaction() as tx:
        attempts.add(tx, [failed])
    ChannelHealth(database, clock=lambda: NOW).do()

    first = letters_of(database, settings, now=NOW)
    mark_told(database, first, at=NOW)
    second = letters_of(database, settings, now=NOW)

    assert [letter.name for letter in first] == [channel.unit, "editors"]
    assert ["（新）" in letter.text for letter in first] == [True, True]
    assert ["（新）" in letter.text for letter in second] == [False, False]
    assert "https://kexue.example.cn/unit/" in first[0].text
    with database.reading() as tx:
        (alarm,) = channel_alarms.latest(tx, channel.id, limit=9)
    assert alarm.told_at == NOW
