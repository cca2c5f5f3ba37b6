"""indexer.health.glance: how every channel stands, by its open alarms and its last read."""

from dataclasses import replace
from datetime import UTC, datetime

from config.words import WhitelistStatus
from indexer.base.ids import ChannelId
from indexer.health.alarms import Changes
from indexer.health.conditions import Condition
from indexer.health.glance import counts, glances
from indexer.health.records import AlarmKind, ChannelAlarm
from indexer.records import channel_alarms, channels, reads
from indexer.records.database import Database
from indexer.whitelist.records import Channel

NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)


def alarm(channel: Channel, kind: AlarmKind, condition: Condition, *, ended: bool = False) -> ChannelAlarm:
    return ChannelAlarm(
        id=f"{channel.id}-{kind}",
        channel=channel.id,
        kind=kind,
        since=NOW,
        facts={"condition": condition.value},
        ended_at=NOW if ended else None,
    )


def test_channels_are_listed_the_worst_first(database: Database, channel: Channel) -> None:
    names = ("frozen", "failing", "good", "over", "pushed", "off", "silent")
    made = {name: replace(channel, id=ChannelId(name)) for name in names}
    made["off"] = replace(made["off"], status=WhitelistStatus.REVOKED)
    made["pushed"] = replace(made["pushed"], address=None)
    with database.transaction() as tx:
        for each in made.values():
            channels.save_channel(tx, each)
        for name in ("frozen", "failing", "good", "over", "silent"):
            reads.record_read(tx, made[name].id, at=NOW, error="打不开" if name == "failing" else None)
        opened = [
            alarm(made["frozen"], AlarmKind.SILENT, Condition.SILENT),
            alarm(made["frozen"], AlarmKind.FROZEN, Condition.FROZEN),
            alarm(made["silent"], AlarmKind.SILENT, Condition.SILENT),
            alarm(made["over"], AlarmKind.ERROR, Condition.ERROR, ended=True),
            alarm(made["off"], AlarmKind.ERROR, Condition.ERROR),
        ]
        channel_alarms.write(tx, Changes(opened=opened, changed=[]))

        found = glances(tx, [channel, *made.values()], now=NOW)

    assert [(one.channel.id, one.condition) for one in found] == [
        ("frozen", Condition.FROZEN),
        ("silent", Condition.SILENT),
        ("failing", Condition.FAILING),
        (channel.id, Condition.NEW),
        ("off", Condition.OFF),
        ("pushed", Condition.PUSHED),
        ("good", Condition.GOOD),
        ("over", Condition.GOOD),
    ]
    assert [one.since for one in found[:3]] == [NOW, NOW, None]
    assert counts(found)[Condition.GOOD] == 2
