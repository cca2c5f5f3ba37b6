"""indexer.whitelist.desk: an approved channel keeps account and reach, and a step from an older status is refused."""

from collections.abc import Callable, Sequence
from datetime import datetime

import pytest

from config.errors import ConfigRefused
from config.units.entries import UnitEntry
from config.words import WhitelistStatus
from indexer.base.actors import operator
from indexer.base.ids import ChannelId
from indexer.records import channels as register
from indexer.records.database import Database
from indexer.whitelist.desk import WhitelistStale, step
from indexer.whitelist.diff import Comparison
from indexer.whitelist.records import Channel
from indexer.whitelist.states import WhitelistMove
from indexer.whitelist.wechat_accounts import WechatAccount, account_of

EDITOR = operator("编辑甲")
OTHER = operator("编辑乙")
S = WhitelistStatus
SITE = ChannelId("hall-site-1")
HALL = """units:
  - id: hall
    name: 示例科技馆
    system: 科技馆之城
    district: 密云县
    channels:
      - {id: hall-site-1, kind: site, source: feed, address: "http://hall.example/feed.xml"%s}
"""
Load = Callable[[str], Sequence[UnitEntry]]
Import = Callable[..., Comparison]


def held(database: Database) -> Channel:
    with database.reading() as tx:
        found = register.channel(tx, SITE)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("narrow", "wide", "field"),
    [
        ("path: /news/", "path: /", "path"),
        ("feed.xml", "all.xml", "address"),
        ("source: feed", "hosts: [hall.example, b.example], source: feed", "hosts"),
    ],
)
def test_whatever_widens_the_reach_of_an_approved_channel_needs_somebody_who_answers_for_it(
    narrow: str, wide: str, field: str, take: Import, database: Database
) -> None:
    signed = HALL % ", status: approved, licence: 一号授权书, path: /news/"
    take(signed, approve=True)
    before = held(database)

    with pytest.raises(ConfigRefused, match=f"`{SITE}` is approved, and the file changes its {field}"):
        take(signed.replace(narrow, wide))
    assert held(database) == before

    take(signed.replace(narrow, wide), approve=True)
    assert getattr(held(database), field) != getattr(before, field)


def test_another_account_of_an_approved_channel_needs_a_person_who_answers_for_it(
    take: Import, database: Database, now: datetime
) -> None:
    channel = "{id: hall-wechat-1, kind: wechat, name: 示例馆, source: wechat_page%s}"
    file = HALL.partition("channels:")[0] + f"channels:\n      - {channel}\n"
    take(file % ", account: {biz: 1, original_id: gh_aaaa}")
    step(
        database,
        ChannelId("hall-wechat-1"),
        WhitelistMove.APPROVE,
        licence="一号",
        who=EDITOR,
        why="授权书已收到",
        now=now,
    )

    with pytest.raises(ConfigRefused, match="changes its account"):
        take(file % ", account: {biz: 2}")

    take(file % "")  # a file that says nothing of it changes nothing
    take(file % ", account: {biz: 2}", approve=True)
    with database.reading() as tx:
        held = register.channel(tx, ChannelId("hall-wechat-1"))
    assert held is not None
    assert account_of(held) == WechatAccount(biz="2")


@pytest.mark.parametrize("move", [WhitelistMove.SUSPEND, WhitelistMove.REVOKE])
def test_a_step_from_a_status_that_is_out_of_date_says_what_happened_meanwhile(
    take: Import, database: Database, now: datetime, move: WhitelistMove
) -> None:
    take(HALL % "")
    step(database, SITE, WhitelistMove.APPROVE, licence="一号授权书", who=OTHER, why="授权书已收到", now=now)

    with pytest.raises(WhitelistStale) as stale:
        step(database, SITE, move, who=EDITOR, why="停更", now=now, seen=S.APPLIED)

    assert stale.value.last is not None
    assert (stale.value.last.who, stale.value.last.why) == ("编辑乙", "授权书已收到")
    with database.reading() as tx:
        held = register.channel(tx, SITE)
    assert held is not None
    assert held.status is S.APPROVED


def test_an_approval_of_what_was_revoked_meanwhile_is_refused(take: Import, database: Database, now: datetime) -> None:
    take(HALL % ", licence: 一号授权书")
    step(database, SITE, WhitelistMove.REVOKE, who=OTHER, why="账号被盗", now=now)

    with pytest.raises(WhitelistStale, match="is not as you saw it: it is revoked now"):
        step(database, SITE, WhitelistMove.APPROVE, who=EDITOR, why="同意", now=now, seen=S.APPLIED)

    assert held(database).status is S.REVOKED
