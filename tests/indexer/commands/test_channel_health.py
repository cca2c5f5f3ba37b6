"""indexer.commands.channel_health: `carnival status` names the channels that want somebody, with what to do."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.base import times
from indexer.base.ids import ChannelId, new_id
from indexer.catalogue.platform_words import PlatformCase
from indexer.catalogue.troubles import CASE, RefusalReason
from indexer.commands.channel_health import health_of, lines_of
from indexer.commands.status import status_command
from indexer.health.records import Attempt
from indexer.records import attempts, channels, reads
from indexer.records.database import Database
from indexer.whitelist.records import Channel

FACTS = {CASE: PlatformCase.IP_NOT_ALLOWED.value, "ip": "203.0.113.7", "code": "40164"}


@pytest.fixture
def refused(database: Database, channel: Channel) -> Channel:
    """A channel that its platform refuses, beside one that is in order and one that was never read."""
    now = times.now()
    good, new = replace(channel, id=ChannelId("good")), replace(channel, id=ChannelId("new"))
    with database.transaction() as tx:
        for each in (good, new):
            channels.save_channel(tx, each)
        read = Attempt(id=new_id(), channel=channel.id, at=now, seconds=1, reason=RefusalReason.PLATFORM, facts=FACTS)
        attempts.add(tx, [read, replace(read, id=new_id(), channel=good.id, reason=None, facts=None)])
        reads.record_read(tx, channel.id, at=now, error="拒绝")
        reads.record_read(tx, good.id, at=now)
    return channel


def test_the_command_says_how_channels_are_in_words_and_as_json(
    refused: Channel, records_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv("CARNIVAL_DATABASE_URL", records_url)

    told = json.loads(CliRunner().invoke(status_command, ["--json"]).stdout)["health"]
    lines = CliRunner().invoke(status_command).stdout.splitlines()

    assert told["conditions"] == {"error": 1, "new": 1, "good": 1}
    assert [(one["channel"], one["condition"], one["whose"]) for one in told["channels"]] == [
        (refused.id, "error", "unit")
    ]
    assert "health   1 error, 1 new, 1 good" in lines
    assert any("channel-a  示例馆网站" in line and "把 IP 203.0.113.7 加入白名单" in line for line in lines)


def test_without_channels_that_is_said(database: Database, now: datetime) -> None:
    with database.reading() as tx:
        health = health_of(tx, [], now=now + timedelta(days=1))

    assert list(lines_of(health)) == ["health   no channel"]
