"""indexer.whitelist.desk: a person confirms which account a WeChat channel is; and who made each step."""

from collections.abc import Callable, Sequence
from datetime import datetime

import pytest

from config.errors import ConfigRefused
from config.units.options import ACCOUNT_BIZ, ACCOUNT_ID, ACCOUNT_NAME
from config.words import ChannelKind, WhitelistStatus
from indexer.base.actors import Actor, ActorKind, operator
from indexer.base.ids import ChannelId
from indexer.records import channels
from indexer.records.database import Database
from indexer.records.seen_accounts import SeenAccount, add_seen, seen_of
from indexer.whitelist.desk import WhitelistStale, confirm_account, preview, step
from indexer.whitelist.records import Channel, WhitelistChange
from indexer.whitelist.states import WhitelistMove, WhitelistRefused
from indexer.whitelist.wechat_accounts import WechatAccount
from tests.indexer.whitelist.entries import changed, channel_entry, unit_entry

S, M = WhitelistStatus, WhitelistMove
EDITOR = Actor(kind=ActorKind.PERSON, id="p1", name="编辑甲")
COLLEAGUE = operator("编辑乙")
SEEN = WechatAccount(biz="7", original_id="gh_b", name="示例馆")
OTHER = WechatAccount(biz="8", name="别的号")


@pytest.fixture
def wechat(database: Database, channel: Channel, make_channel: Callable[..., Channel], now: datetime) -> Channel:
    """An approved WeChat channel that knows no account, and two accounts whose articles were pushed."""
    made = make_channel(
        id=ChannelId("hall-wechat-1"), kind=ChannelKind.WECHAT, name="示例馆公众号", source="wechat_page", address=None,
        options={"list": ".news"},
    )  # fmt: skip
    with database.transaction() as tx:
        channels.save_channel(tx, made)
        for account in (SEEN, OTHER):
            add_seen(tx, SeenAccount(channel=made.id, account=account, url="https://mp.weixin.qq.com/s/A", at=now))
    return made


def steps(database: Database, channel: ChannelId) -> Sequence[WhitelistChange]:
    with database.reading() as tx:
        return channels.status_changes(tx, channel)


def test_a_confirmed_account_is_the_channels_and_no_other_waits(
    database: Database, wechat: Channel, now: datetime
) -> None:
    confirmed = confirm_account(database, wechat.id, SEEN, who=EDITOR, now=now)

    with database.reading() as tx:
        held = channels.channel(tx, wechat.id)
        waiting = seen_of(tx, wechat.id)
    assert confirmed == SEEN
    assert held is not None
    assert dict(held.options) == {"list": ".news", ACCOUNT_BIZ: "7", ACCOUNT_ID: "gh_b", ACCOUNT_NAME: "示例馆"}
    assert held.status is S.APPROVED
    assert waiting == []
    assert steps(database, wechat.id) == [
        WhitelistChange(
            channel=wechat.id, before=S.APPROVED, after=S.APPROVED, who="编辑甲", why=f"确认公众号：{SEEN}", at=now,
            actor_kind=ActorKind.PERSON, actor_id="p1",
        )
    ]  # fmt: skip


def test_what_the_registration_knows_beyond_the_page_is_kept(
    database: Database, wechat: Channel, now: datetime
) -> None:
    confirm_account(database, wechat.id, SEEN, who=EDITOR, now=now)
    page = WechatAccount(biz="7")
    with database.transaction() as tx:
        add_seen(tx, SeenAccount(channel=wechat.id, account=page, url="https://mp.weixin.qq.com/s/B", at=now))

    assert confirm_account(database, wechat.id, page, who=COLLEAGUE, now=now) == SEEN


def test_an_account_that_does_not_wait_any_more_is_refused_with_what_was_done_meanwhile(
    database: Database, wechat: Channel, now: datetime
) -> None:
    confirm_account(database, wechat.id, OTHER, who=COLLEAGUE, now=now)

    with pytest.raises(WhitelistStale) as stale:
        confirm_account(database, wechat.id, SEEN, who=EDITOR, now=now)

    assert stale.value.channel.id == wechat.id
    assert stale.value.last == steps(database, wechat.id)[-1]
    assert "`hall-wechat-1` is not as you saw it: it is approved now" in str(stale.value)


def test_where_nothing_was_done_meanwhile_no_step_is_named(database: Database, wechat: Channel, now: datetime) -> None:
    with pytest.raises(WhitelistStale) as stale:
        confirm_account(database, wechat.id, WechatAccount(biz="9"), who=EDITOR, now=now)

    assert stale.value.last is None


@pytest.mark.parametrize(
    ("named", "message"),
    [("channel-a", "`channel-a` is no WeChat account"), ("none", "there is no channel `none`; `carnival units list`")],
)
@pytest.mark.usefixtures("wechat")
def test_only_a_wechat_channel_has_an_account(database: Database, now: datetime, named: str, message: str) -> None:
    with pytest.raises(WhitelistRefused, match=message):
        confirm_account(database, ChannelId(named), SEEN, who=EDITOR, now=now)


@pytest.mark.parametrize(("move", "after"), [(M.SUSPEND, S.SUSPENDED), (M.REVOKE, S.REVOKED)])
def test_a_step_is_a_whole_row(
    database: Database, channel: Channel, now: datetime, move: WhitelistMove, after: WhitelistStatus
) -> None:
    made = step(database, channel.id, move, who=EDITOR, why="停更", now=now, seen=S.APPROVED)

    whole = WhitelistChange(
        channel=channel.id, before=S.APPROVED, after=after, who="编辑甲", why="停更", at=now,
        actor_kind=ActorKind.PERSON, actor_id="p1",
    )  # fmt: skip
    assert made == whole
    assert steps(database, channel.id) == [whole]
    back = step(database, channel.id, M.APPROVE, who=COLLEAGUE, why="恢复", now=now, seen=after)
    assert back == WhitelistChange(
        channel=channel.id, before=after, after=S.APPROVED, who="编辑乙", why="恢复", at=now,
        actor_kind=ActorKind.OPERATOR, actor_id="编辑乙",
    )  # fmt: skip
    with database.reading() as tx:
        assert channels.channel(tx, channel.id) == channel


@pytest.mark.parametrize(("who", "why"), [("", "停更"), ("编辑甲", "\u200b")])
def test_a_step_names_who_makes_it_and_why(
    database: Database, channel: Channel, now: datetime, who: str, why: str
) -> None:
    with pytest.raises(WhitelistRefused, match="names who makes it and why"):
        step(database, channel.id, M.SUSPEND, who=operator(who), why=why, now=now)


ENTRY = unit_entry(
    id="unit-b", name="乙馆", short_name=None, system="区", district="miyun", former_names=(), note="", line=2,
    channels=(
        channel_entry(
            id="b-1", kind="site", name=None, source=None, address="http://b.example/", hosts=(), path=None,
            options={}, status="approved", licence="一号", line=3,
        ),
    ),
)  # fmt: skip


@pytest.mark.usefixtures("channel")
@pytest.mark.parametrize(("asked", "is_taken"), [({}, False), ({"approve": False}, False), ({"approve": True}, True)])
def test_a_preview_says_of_each_step_whether_it_would_be_taken_and_writes_nothing(
    database: Database, asked: dict[str, bool], is_taken: bool
) -> None:
    shown = preview(database, [ENTRY], file="x.yaml", **asked)

    assert [one.name for one in shown.units] == ["乙馆", "示例科技馆"]
    assert [one.name for one in shown.channels] == ["乙馆网站", "示例馆网站"]
    assert [one.is_taken for one in shown.steps] == [is_taken]
    with database.reading() as tx:
        assert [unit.id for unit in channels.units(tx)] == ["unit-a"]


@pytest.mark.usefixtures("channel")
def test_a_preview_that_is_refused_names_the_file(database: Database) -> None:
    with pytest.raises(ConfigRefused) as refused:
        preview(database, [changed(ENTRY, name="示例科技馆")], file="x.yaml")

    assert [(one.file, one.line) for one in refused.value.problems] == [("x.yaml", 2)]
