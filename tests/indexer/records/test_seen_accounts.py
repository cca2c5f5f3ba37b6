"""indexer.records.seen_accounts: accounts that wait for a person to confirm them, each once."""

from collections.abc import Callable
from datetime import datetime, timedelta

from indexer.base.ids import ChannelId
from indexer.records import channels
from indexer.records.database import Database
from indexer.records.seen_accounts import SHOWN, SeenAccount, add_seen, forget_seen, seen_of, seen_of_each
from indexer.whitelist.records import Channel
from indexer.whitelist.wechat_accounts import WechatAccount


def seen(channel: Channel, at: datetime, *, number: int = 1, url: str = "https://mp.weixin.qq.com/s/1") -> SeenAccount:
    account = WechatAccount(biz=str(3000000000 + number), original_id=f"gh_{number:06}", name=f"示例号{number}")
    return SeenAccount(channel=channel.id, account=account, url=url, at=at)


def test_the_same_account_again_stays_one_row_with_its_newest_page(
    database: Database, channel: Channel, now: datetime
) -> None:
    newest = seen(channel, now + timedelta(hours=1), url="https://mp.weixin.qq.com/s/2")
    with database.transaction() as tx:
        add_seen(tx, seen(channel, now))
        add_seen(tx, newest)

        assert seen_of(tx, channel.id) == [newest]


def test_the_newest_come_first_and_not_all_of_them(database: Database, channel: Channel, now: datetime) -> None:
    accounts = [seen(channel, now + timedelta(minutes=n), number=n) for n in range(SHOWN + 2)]
    with database.transaction() as tx:
        for account in accounts:
            add_seen(tx, account)

        assert seen_of(tx, channel.id) == accounts[: -SHOWN - 1 : -1]


def test_what_a_person_decided_on_waits_no_longer(
    database: Database, channel: Channel, make_channel: Callable[..., Channel], now: datetime
) -> None:
    with database.transaction() as tx:
        add_seen(tx, seen(channel, now))
        forget_seen(tx, channel.id)

        assert seen_of(tx, channel.id) == []


def test_of_each_channel_the_newest_accounts_are_shown(
    database: Database, channel: Channel, make_channel: Callable[..., Channel], now: datetime
) -> None:
    other = make_channel(id=ChannelId("channel-b"))
    with database.transaction() as tx:
        channels.save_channel(tx, other)
        for number in range(SHOWN + 2):
            account = WechatAccount(biz=f"biz{number}", original_id="", name="")
            for one in (channel, other) if number < 2 else (channel,):
                at = now + timedelta(minutes=number // 2)  # two of a moment: the one that came later is the newer
                add_seen(tx, SeenAccount(channel=one.id, account=account, url="http://a.example/", at=at))

    with database.reading() as tx:
        found = seen_of_each(tx, [channel.id, other.id, ChannelId("unknown")])
        alone = seen_of(tx, channel.id)

    assert {key: [one.account.biz for one in some] for key, some in found.items()} == {
        channel.id: [f"biz{number}" for number in range(SHOWN + 1, 1, -1)],
        other.id: ["biz1", "biz0"],
    }
    assert alone == found[channel.id]
