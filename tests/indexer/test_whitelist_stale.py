"""indexer.whitelist: an approved channel keeps its account, and a step from an older status is refused."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from config.errors import ConfigRefused
from config.units import UnitEntry, load_units
from indexer.items import ChannelId, WhitelistStatus
from indexer.records import channels as register
from indexer.records.database import Database
from indexer.wechat_accounts import WechatAccount, account_of
from indexer.whitelist import WhitelistStale, approve, import_units, revoke, suspend
from indexer.whitelist_diff import Comparison

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


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Read a whitelist from YAML text."""

    def read(text: str) -> Sequence[UnitEntry]:
        (tmp_path / "list.yaml").write_text(text, encoding="utf-8")
        return load_units(tmp_path / "list.yaml")

    return read


@pytest.fixture
def take(database: Database, load: Load, now: datetime) -> Import:
    """Import YAML text as 编辑甲."""

    def run(text: str, *, approve: bool = False) -> Comparison:
        return import_units(database, load(text), file="lists/list.yaml", who="编辑甲", now=now, approve=approve)

    return run


def test_another_account_of_an_approved_channel_needs_a_person_who_answers_for_it(
    take: Import, database: Database, now: datetime
) -> None:
    channel = "{id: hall-wechat-1, kind: wechat, name: 示例馆, source: wechat_page%s}"
    file = HALL.partition("channels:")[0] + f"channels:\n      - {channel}\n"
    take(file % ", account: {biz: 1, original_id: gh_aaaa}")
    approve(database, ChannelId("hall-wechat-1"), licence="一号", who="编辑甲", why="授权书已收到", now=now)

    with pytest.raises(ConfigRefused, match="changes its account"):
        take(file % ", account: {biz: 2}")

    take(file % "")  # a file that says nothing of it changes nothing
    take(file % ", account: {biz: 2}", approve=True)
    with database.reading() as tx:
        held = register.channel(tx, ChannelId("hall-wechat-1"))
    assert held is not None
    assert account_of(held) == WechatAccount(biz="2")


@pytest.mark.parametrize("step", [suspend, revoke])
def test_a_step_from_a_status_that_is_out_of_date_says_what_happened_meanwhile(
    take: Import, database: Database, now: datetime, step: Callable[..., object]
) -> None:
    take(HALL % "")
    approve(database, SITE, licence="一号授权书", who="编辑乙", why="授权书已收到", now=now)

    with pytest.raises(WhitelistStale) as stale:
        step(database, SITE, who="编辑甲", why="停更", now=now, seen=S.APPLIED)

    assert stale.value.last is not None
    assert (stale.value.last.who, stale.value.last.why) == ("编辑乙", "授权书已收到")
    with database.reading() as tx:
        held = register.channel(tx, SITE)
    assert held is not None
    assert held.status is S.APPROVED
