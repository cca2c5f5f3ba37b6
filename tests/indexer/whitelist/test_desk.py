"""indexer.whitelist.desk: what a file changes in the records, and how a channel's status moves."""

from collections.abc import Callable, Sequence
from datetime import datetime

import pytest

from config.errors import ConfigRefused
from config.units.entries import UnitEntry
from config.words import WhitelistStatus
from indexer.base.actors import operator
from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import channels as register
from indexer.records import outbox
from indexer.records.database import Database
from indexer.review.records import Decision, Move
from indexer.whitelist.desk import preview, step
from indexer.whitelist.diff import Comparison, Outcome
from indexer.whitelist.records import Channel
from indexer.whitelist.states import WhitelistMove, WhitelistRefused

EDITOR = operator("编辑甲")
OTHER = operator("编辑乙")
S = WhitelistStatus
SITE = ChannelId("hall-site-1")
HALL = """units:
  - id: hall
    name: 示例科技馆
    short_name: 示例馆
    system: 科技馆之城
    district: 密云县
    channels:
      - {id: hall-site-1, kind: site, source: feed, address: "http://hall.example/feed.xml",
         options: {item_kind: live}%s}
"""
RENAMED = """units:
  - {id: unit-a, name: 示例科技馆, short_name: 新名, system: 区, district: 海淀区, channels: []}
"""
Load = Callable[[str], Sequence[UnitEntry]]
Import = Callable[..., Comparison]


@pytest.fixture
def site(database: Database) -> Callable[[], Channel]:
    """Read the one channel back."""

    def read() -> Channel:
        with database.reading() as tx:
            channel = register.channel(tx, SITE)
        assert channel is not None
        return channel

    return read


def statuses(database: Database) -> list[tuple[str | None, str, str]]:
    with database.reading() as tx:
        return [(change.before, change.after, change.why) for change in register.status_changes(tx, SITE)]


def test_an_import_writes_units_and_channels_and_the_first_status(
    take: Import, site: Callable[[], Channel], database: Database
) -> None:
    comparison = take(HALL % "")

    with database.reading() as tx:
        unit = register.unit(tx, UnitId("hall"))
    assert unit is not None
    assert (unit.name, unit.district) == ("示例科技馆", "miyun")
    assert (site().name, site().hosts, site().path) == ("示例馆网站", ("hall.example",), "/")
    assert [difference.outcome for difference in comparison.channels] == [Outcome.ADDED]
    assert statuses(database) == [(None, "applied", "白名单文件 list.yaml")]


def test_the_same_file_again_changes_nothing(take: Import, database: Database) -> None:
    take(HALL % "")

    again = take(HALL % "")

    assert again.is_empty
    assert [difference.outcome for difference in (*again.units, *again.channels)] == [Outcome.UNCHANGED] * 2
    assert len(statuses(database)) == 1


def test_search_is_told_of_the_pieces_of_a_unit_that_is_called_otherwise(
    take: Import,
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    move_on: Callable[..., Decision],
    now: datetime,
) -> None:
    item = make_item()
    move_on(item, Move.APPROVE, who=make_user())
    make_item(url="http://a.example/2.html")
    with database.transaction() as tx:
        outbox.done(tx, [row for row, _ in outbox.claim_waiting(tx, holder="t", now=now, limit=9)], holder="t")

    take(RENAMED)
    take(RENAMED)

    with database.reading() as tx:
        assert [told for _, told in outbox.waiting(tx, limit=9)] == [item.id]


def test_a_preview_names_each_changed_field_and_writes_nothing(
    take: Import, load: Load, database: Database, site: Callable[[], Channel]
) -> None:
    take(HALL % "")

    comparison = preview(database, load((HALL % "").replace("feed.xml", "rss.xml").replace("密云县", "全市")), file="x")

    assert comparison.units[0].fields == {"district": ("miyun", "citywide")}
    assert comparison.channels[0].fields == {"address": ("http://hall.example/feed.xml", "http://hall.example/rss.xml")}
    assert site().address == "http://hall.example/feed.xml"


def test_what_the_file_leaves_out_stays_as_recorded(take: Import, site: Callable[[], Channel]) -> None:
    take(HALL % ", licence: 一号授权书, path: /news/")

    take(
        "units:\n  - {id: hall, name: 示例科技馆, system: 科技馆之城, district: 密云区,\n"
        '     channels: [{id: hall-site-1, kind: site, address: "http://hall.example/rss.xml"}]}\n'
    )

    assert site().licence == "一号授权书"
    assert (site().path, site().source, dict(site().options)) == ("/news/", "feed", {"item_kind": "live"})
    assert site().address == "http://hall.example/rss.xml"


def test_an_option_that_the_recorded_source_does_not_take_is_refused_with_its_line(
    take: Import, site: Callable[[], Channel]
) -> None:
    take(HALL % "")
    selector = HALL.replace("source: feed, ", "").replace("item_kind: live", "list: .news") % ""

    with pytest.raises(ConfigRefused) as refused:
        take(selector)

    (problem,) = refused.value.problems
    assert (problem.field, problem.line, problem.what) == ("options.list", 8, "is no known key")
    assert dict(site().options) == {"item_kind": "live"}


def test_another_source_keeps_of_the_options_those_that_it_takes(take: Import, site: Callable[[], Channel]) -> None:
    take(HALL.replace("source: feed", "source: site").replace("item_kind: live", "item_kind: live, list: .news") % "")

    take(HALL % "")

    assert dict(site().options) == {"item_kind": "live"}


def test_units_absent_from_the_file_are_named_and_kept(take: Import, database: Database) -> None:
    take(HALL % "")

    comparison = take("units:\n  - {id: other, name: 另一示例馆, system: 区, district: 全市}\n")

    assert [d.id for d in (*comparison.units, *comparison.channels) if d.outcome is Outcome.ABSENT] == ["hall", SITE]
    with database.reading() as tx:
        assert len(register.units(tx)) == 2


def test_rows_without_ids_find_their_unit_by_name_and_their_channel_by_address(take: Import) -> None:
    bare = HALL.replace("id: hall-site-1, ", "").replace("id: hall\n    name", "name") % ""
    take(HALL % "")

    assert take(bare).is_empty


def test_a_unit_without_id_keeps_the_id_of_its_first_import(take: Import) -> None:
    bare = HALL.replace("id: hall-site-1, ", "").replace("id: hall\n    name", "name") % ""
    first = take(bare)

    again = take(bare)

    assert again.is_empty
    assert again.channels[0].id == f"{first.units[0].id}-site-1"


def test_approved_in_a_file_waits_where_nobody_answers_for_it(take: Import, site: Callable[[], Channel]) -> None:
    comparison = take(HALL % ", status: approved, licence: 一号授权书")

    assert site().status is S.APPLIED
    assert comparison.steps[0].why_not == "an import approves only with --approve-as NAME"


def test_approved_in_a_file_counts_where_somebody_answers_for_it(
    take: Import, site: Callable[[], Channel], database: Database
) -> None:
    take(HALL % ", status: approved, licence: 一号授权书, licensed_on: 2026-08-01", approve=True)

    assert (site().status, site().licence) == (S.APPROVED, "一号授权书，2026-08-01")
    assert statuses(database)[-1] == ("applied", "approved", "白名单文件 list.yaml")


def test_a_file_never_lifts_what_a_person_suspended(
    take: Import, site: Callable[[], Channel], database: Database, now: datetime
) -> None:
    signed = HALL % ", status: approved, licence: 一号授权书"
    take(signed, approve=True)
    step(database, SITE, WhitelistMove.SUSPEND, who=OTHER, why="账号被盗", now=now)

    comparison = take(signed, approve=True)

    assert site().status is S.SUSPENDED
    assert comparison.is_empty


def test_a_file_that_says_applied_leaves_an_approved_channel_approved(
    take: Import, site: Callable[[], Channel]
) -> None:
    take(HALL % ", status: approved, licence: 一号授权书", approve=True)

    take(HALL % ", status: applied")

    assert site().status is S.APPROVED


def test_a_file_that_says_revoked_takes_effect(take: Import, site: Callable[[], Channel], database: Database) -> None:
    take(HALL % ", status: approved, licence: 一号授权书", approve=True)

    take(HALL % ", status: revoked")

    assert site().status is S.REVOKED
    assert statuses(database)[-1][:2] == ("approved", "revoked")


def test_an_approved_channel_reaches_no_further_unless_somebody_answers_for_it(
    take: Import, site: Callable[[], Channel], database: Database
) -> None:
    signed = HALL % ", status: approved, licence: 一号授权书"
    take(signed, approve=True)
    wider = signed.replace("source: feed", "hosts: [hall.example, b.example], source: feed")

    with pytest.raises(ConfigRefused, match="is approved, and the file changes its hosts"):
        take(wider)
    assert site().hosts == ("hall.example",)

    take(wider, approve=True)
    assert site().hosts == ("hall.example", "b.example")
    assert statuses(database)[-1] == ("approved", "approved", "白名单文件 list.yaml：登记内容有更改")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            HALL.replace("id: hall\n", "id: hall2\n") % "",
            "list.yaml:2: id: the records hold `示例科技馆` under the id `hall`",
        ),
        (
            HALL.replace("id: hall\n", "id: other\n").replace("示例科技馆", "另一示例馆") % "",
            "list.yaml:8: id: the records hold the channel `hall-site-1` under the unit `hall`",
        ),
    ],
)
def test_a_file_that_contradicts_the_records_is_refused_whole(
    text: str, message: str, take: Import, database: Database
) -> None:
    take(HALL % "")

    with pytest.raises(ConfigRefused, match=message):
        take("units:\n" + text.removeprefix("units:\n") + "  - {id: third, name: 第三馆, system: 区, district: 全市}\n")

    with database.reading() as tx:
        assert [unit.id for unit in register.units(tx)] == ["hall"]


def test_a_person_approves_with_the_licence_and_says_why(
    take: Import, site: Callable[[], Channel], database: Database, now: datetime
) -> None:
    take(HALL % "")

    change = step(database, SITE, WhitelistMove.APPROVE, licence="一号授权书", who=EDITOR, why="授权书已收到", now=now)

    assert (change.before, change.after, change.who) == (S.APPLIED, S.APPROVED, "编辑甲")
    assert (site().status, site().licence) == (S.APPROVED, "一号授权书")


def test_a_parent_bodys_host_is_approved_only_with_the_units_path(
    take: Import, site: Callable[[], Channel], database: Database, now: datetime
) -> None:
    take(HALL % ", belongs_to: parent, note: 待定")

    with pytest.raises(WhitelistRefused, match="no path of the unit's own column"):
        step(database, SITE, WhitelistMove.APPROVE, licence="一号授权书", who=EDITOR, why="同意", now=now)
    assert site().licence is None

    step(
        database,
        SITE,
        WhitelistMove.APPROVE,
        licence="一号授权书",
        path="/kx/",
        who=EDITOR,
        why="同意",
        now=now,
    )
    assert (site().path, site().status) == ("/kx/", S.APPROVED)


@pytest.mark.parametrize(
    ("channel", "why", "message"),
    [(SITE, " ", "names who makes it and why"), (ChannelId("none"), "有误", "there is no channel `none`")],
)
def test_a_change_of_status_needs_a_channel_and_a_reason(
    channel: ChannelId, why: str, message: str, take: Import, database: Database, now: datetime
) -> None:
    take(HALL % "")

    with pytest.raises(WhitelistRefused, match=message):
        step(database, channel, WhitelistMove.REVOKE, who=EDITOR, why=why, now=now)


def test_the_same_status_again_is_refused(take: Import, database: Database, now: datetime) -> None:
    take(HALL % "")
    step(database, SITE, WhitelistMove.REVOKE, who=EDITOR, why="停更", now=now)

    with pytest.raises(WhitelistRefused, match="`hall-site-1` is revoked already"):
        step(database, SITE, WhitelistMove.REVOKE, who=EDITOR, why="停更", now=now)


def test_two_channels_of_a_file_that_come_to_one_id_are_refused(take: Import) -> None:
    first = (HALL % "").replace("id: hall-site-1, ", "")
    second = '      - {id: hall-site-1, kind: site, address: "http://b.example/"}\n'

    with pytest.raises(ConfigRefused, match="another channel of the same file comes to the id `hall-site-1`"):
        take(first + second)
