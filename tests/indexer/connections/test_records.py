"""indexer.connections.records: a connection says by which name its credential is asked for, and shows no secret."""

from datetime import UTC, datetime

from indexer.base.ids import ChannelId
from indexer.connections.records import Connection, Platform, credential_of


def test_a_connection_names_its_credential_and_shows_no_secret() -> None:
    one = Connection(
        channel=ChannelId("channel-a"),
        platform=Platform.WECHAT,
        account="wx0123456789abcdef",
        sealed="gAAAA-secret",
        callback_sealed="gAAAA-token",
        who="管理员",
        at=datetime(2026, 9, 17, tzinfo=UTC),
    )

    assert one.credential == credential_of(ChannelId("channel-a")) == "connection:channel-a"
    assert "gAAAA" not in repr(one)
