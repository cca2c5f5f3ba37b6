"""indexer.whitelist.diff: what a file would change, worked out without any records."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from config.errors import ConfigRefused
from config.units.entries import ChannelEntry, UnitEntry
from config.units.options import ACCOUNT_BIZ, ACCOUNT_ID, BELONGS_TO
from config.words import ChannelKind, WhitelistStatus
from indexer.base.ids import ChannelId, UnitId
from indexer.whitelist.diff import Comparison, Outcome, Step, compare
from indexer.whitelist.records import Channel, Unit
from tests.indexer.whitelist.entries import changed, channel_entry, unit_entry

S = WhitelistStatus
HALL = Unit(
    id=UnitId("hall"), name="示例科技馆", short_name="示例馆", system="区", district="miyun", former_names=("旧馆",),
    note="备注",
)  # fmt: skip
SITE = Channel(
    id=ChannelId("hall-site-1"), unit=HALL.id, kind=ChannelKind.SITE, name="示例馆网站", source="feed",
    address="http://hall.example/feed.xml", hosts=("hall.example", "m.hall.example"), path="/news/",
    status=S.APPROVED, licence="一号授权书",
)  # fmt: skip
WECHAT = Channel(
    id=ChannelId("hall-wechat-1"), unit=HALL.id, kind=ChannelKind.WECHAT, name="示例馆", status=S.APPLIED,
    hosts=("mp.weixin.qq.com",), options={ACCOUNT_BIZ: "1", ACCOUNT_ID: "gh_a", "list": ".news"},
)  # fmt: skip
SAYS_NOTHING = channel_entry(
    id=None, kind="site", name=None, source=None, address=SITE.address, hosts=(),
    path=None, options={}, status=None, licence=None, line=8,
)  # fmt: skip
OF_WECHAT = changed(SAYS_NOTHING, kind="wechat", name="示例馆", address=None, line=9)
UNIT = unit_entry(
    id="hall", name=HALL.name, short_name=None, system="区", district="miyun", former_names=(), note="", channels=(),
    line=2,
)  # fmt: skip


def compared(
    *channels: ChannelEntry,
    unit: UnitEntry = UNIT,
    units: Sequence[Unit] = (HALL,),
    held: Sequence[Channel] = (SITE, WECHAT),
    approve: bool = False,
) -> Comparison:
    entries = [changed(unit, channels=channels)]
    return compare(entries, units=units, channels=held, file="list.yaml", approve=approve)


def refused(*channels: ChannelEntry, **more: object) -> list[str]:
    with pytest.raises(ConfigRefused) as said:
        compared(*channels, **more)  # type: ignore[arg-type]
    return [f"{one.file}:{one.line}: {one.field}: {one.what}. {one.do}" for one in said.value.problems]


def test_a_file_that_says_nothing_new_changes_nothing() -> None:
    comparison = compared(SAYS_NOTHING, OF_WECHAT)

    assert comparison.is_empty
    assert [one.outcome for one in (*comparison.units, *comparison.channels)] == [Outcome.UNCHANGED] * 3
    assert [dict(one.fields) for one in (*comparison.units, *comparison.channels)] == [{}] * 3
    assert (comparison.saved_units, comparison.saved_channels, comparison.steps) == ((), (), ())


def test_a_new_unit_and_channel_take_their_names_from_what_the_file_gives() -> None:
    comparison = compared(changed(SAYS_NOTHING, source="site", path="/kx/", licence="二号"), units=(), held=())

    assert comparison.saved_units == (
        Unit(id=HALL.id, name=HALL.name, short_name=HALL.name, system="区", district="miyun"),
    )
    assert comparison.saved_channels == (
        Channel(
            id=ChannelId("hall-site-1"), unit=HALL.id, kind=ChannelKind.SITE, name="示例科技馆网站", source="site",
            address=SITE.address, hosts=("hall.example",), path="/kx/", licence="二号",
        ),
    )  # fmt: skip
    assert [(one.id, one.name, one.outcome) for one in (*comparison.units, *comparison.channels)] == [
        ("hall", "示例科技馆", Outcome.ADDED),
        ("hall-site-1", "示例科技馆网站", Outcome.ADDED),
    ]
    assert not comparison.is_empty


def test_each_changed_field_of_a_unit_is_named_with_both_values() -> None:
    unit = changed(UNIT, short_name="新馆", former_names=("甲", "乙"), note="新备注", system="科技馆之城")

    comparison = compared(unit=unit)

    assert dict(comparison.units[0].fields) == {
        "short_name": ("示例馆", "新馆"),
        "system": ("区", "科技馆之城"),
        "former_names": ("旧馆", "甲, 乙"),
        "note": ("备注", "新备注"),
    }
    assert comparison.saved_units == (
        replace(HALL, short_name="新馆", former_names=("甲", "乙"), note="新备注", system="科技馆之城"),
    )
    assert [(one.id, one.name, one.outcome) for one in comparison.channels] == [
        (SITE.id, SITE.name, Outcome.ABSENT),
        (WECHAT.id, WECHAT.name, Outcome.ABSENT),
    ]


def test_each_changed_field_of_a_channel_is_named_with_both_values() -> None:
    entry = changed(
        SAYS_NOTHING, id=SITE.id, name="新名", source="site", address="http://b.example/",
        hosts=("b.example", "c.example"),
        path="/", options={"list": "ul", "next": ".d"}, licence="二号",
    )  # fmt: skip

    comparison = compared(entry, approve=True)

    [site, absent] = comparison.channels
    assert (site.name, site.outcome, absent.outcome) == ("新名", Outcome.CHANGED, Outcome.ABSENT)
    assert dict(absent.fields) == {}
    assert dict(site.fields) == {
        "name": ("示例馆网站", "新名"),
        "source": ("feed", "site"),
        "address": ("http://hall.example/feed.xml", "http://b.example/"),
        "hosts": ("hall.example, m.hall.example", "b.example, c.example"),
        "path": ("/news/", "/"),
        "options": ("", "list=ul, next=.d"),
        "licence": ("一号授权书", "二号"),
    }


def test_a_channel_of_another_kind_is_a_change_of_its_reach() -> None:
    entry = changed(SAYS_NOTHING, id=SITE.id, kind="video")

    assert dict(compared(entry, approve=True).channels[0].fields) == {"kind": ("site", "video")}
    assert "list.yaml:8: kind: " in refused(entry)[0]


def test_what_was_empty_is_shown_as_nothing() -> None:
    comparison = compared(changed(OF_WECHAT, licence="二号", source="wechat_page"))

    fields = dict(comparison.channels[0].fields)
    assert (fields["licence"], fields["source"]) == (("", "二号"), ("", "wechat_page"))
    # The new source takes no `list`: it goes, and the account stays.
    assert fields.keys() == {"licence", "source", "options"}


def test_hosts_that_the_address_implies_are_taken_only_where_they_are_not_registered_yet() -> None:
    elsewhere = changed(SAYS_NOTHING, id=SITE.id, address="http://b.example/")

    assert compared(SAYS_NOTHING).saved_channels == ()
    assert compared(elsewhere, approve=True).saved_channels[0].hosts == ("b.example",)


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        ({}, {ACCOUNT_BIZ: "1", ACCOUNT_ID: "gh_a", "list": ".news"}),
        ({"list": "ul"}, {ACCOUNT_BIZ: "1", ACCOUNT_ID: "gh_a", "list": "ul"}),
        ({ACCOUNT_BIZ: "2"}, {ACCOUNT_BIZ: "2", "list": ".news"}),
    ],
)
def test_an_account_is_one_thing_that_a_file_names_whole(options: Mapping[str, str], kept: Mapping[str, str]) -> None:
    comparison = compared(changed(OF_WECHAT, options=options, licence="一号"))

    assert dict(comparison.saved_channels[0].options) == kept


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        (SAYS_NOTHING, "hall-site-1"),
        (changed(SAYS_NOTHING, address="http://b.example/"), "hall-site-2"),
        (changed(SAYS_NOTHING, kind="weibo"), "hall-weibo-1"),
        (OF_WECHAT, "hall-wechat-1"),
        (changed(OF_WECHAT, name="另一个号"), "hall-wechat-2"),
    ],
)
def test_a_channel_without_id_is_known_by_its_address_and_an_account_by_its_name(
    entry: ChannelEntry, found: str
) -> None:
    assert compared(entry).channels[0].id == found


def test_another_units_channel_of_the_same_address_is_another_channel() -> None:
    other = replace(SITE, id=ChannelId("other-site-1"), unit=UnitId("other"))

    assert compared(SAYS_NOTHING, held=(other,)).channels[0].id == "hall-site-1"


def test_two_new_channels_of_a_kind_are_numbered() -> None:
    second = changed(SAYS_NOTHING, address="http://b.example/")

    assert [one.id for one in compared(SAYS_NOTHING, second, held=()).channels] == ["hall-site-1", "hall-site-2"]


@pytest.mark.parametrize(
    ("held", "asked", "approve", "why_not"),
    [
        (S.APPLIED, "approved", True, ""),
        (S.APPLIED, "approved", False, "an import approves only with --approve-as NAME"),
        (S.SUSPENDED, "approved", True, "it is suspended: only `carnival units approve` lifts that"),
        (S.REVOKED, "approved", True, "it is revoked: only `carnival units approve` lifts that"),
        (S.APPLIED, "suspended", False, ""),
        (S.APPROVED, "suspended", False, ""),
        (S.APPROVED, "revoked", False, ""),
        (S.SUSPENDED, "revoked", False, ""),
    ],
)
def test_a_status_of_the_file_is_a_step_or_says_why_it_is_none(
    held: WhitelistStatus, asked: str, approve: bool, why_not: str
) -> None:
    comparison = compared(changed(SAYS_NOTHING, status=asked), held=(replace(SITE, status=held),), approve=approve)

    step = Step(channel=SITE.id, before=held, after=WhitelistStatus(asked), why_not=why_not)
    assert comparison.steps == (step,)
    assert step.is_taken is (why_not == "")
    assert comparison.is_empty is not step.is_taken


@pytest.mark.parametrize(
    ("held", "asked"),
    [(S.APPROVED, "approved"), (S.APPROVED, "applied"), (S.SUSPENDED, "applied"), (S.REVOKED, "suspended")],
)
def test_a_status_that_takes_nothing_back_is_no_step(held: WhitelistStatus, asked: str) -> None:
    entry = changed(SAYS_NOTHING, status=asked)

    assert compared(entry, held=(replace(SITE, status=held),), approve=True).steps == ()


def test_a_channel_that_lacks_something_is_not_approved_by_a_file() -> None:
    held = replace(SITE, status=S.APPLIED, licence=None)

    assert refused(changed(SAYS_NOTHING, status="approved"), held=(held,), approve=True) == [
        "list.yaml:8: status: `hall-site-1` cannot be approved: no licence of the unit is recorded. "
        "Complete the channel first."
    ]


def test_an_approved_channel_stays_one_that_could_be_approved() -> None:
    entry = changed(SAYS_NOTHING, options={BELONGS_TO: "parent"}, path="/")

    assert refused(entry, approve=True) == [
        "list.yaml:8: : `hall-site-1` could not stay approved: its host is a parent body's, and no path of the unit's "
        "own column is registered. Complete the channel."
    ]


def test_all_contradictions_of_file_and_records_are_said_at_once() -> None:
    stranger = replace(SITE, id=ChannelId("x-1"), unit=UnitId("other"))
    wider = changed(SAYS_NOTHING, path="/")
    twice = changed(OF_WECHAT, id=SITE.id)
    foreign = changed(SAYS_NOTHING, id="x-1", line=10)

    assert refused(wider, twice, foreign, held=(SITE, stranger)) == [
        "list.yaml:8: path: the channel `hall-site-1` is approved, and the file changes its path. "
        "Import with --approve-as NAME, who answers for it.",
        "list.yaml:9: id: another channel of the same file comes to the id `hall-site-1`. "
        "Give both an `id` of their own.",
        "list.yaml:10: id: the records hold the channel `x-1` under the unit `other`. "
        "Give the channel an id of its own.",
    ]


def test_a_unit_is_known_by_its_name_and_keeps_its_id() -> None:
    assert compared(unit=changed(UNIT, id=None)).units[0].id == "hall"
    assert refused(unit=changed(UNIT, id="hall2")) == [
        "list.yaml:2: id: the records hold `示例科技馆` under the id `hall`. Write `id: hall`, or correct the name."
    ]


def test_a_renamed_unit_of_the_same_file_may_not_take_anothers_id() -> None:
    entries = [UNIT, changed(UNIT, name="另一馆", line=5)]

    with pytest.raises(ConfigRefused) as said:
        compare(entries, units=(), channels=(), file="list.yaml", approve=False)

    assert [(one.line, one.field, one.what, one.do) for one in said.value.problems] == [
        (5, "id", "`示例科技馆` of the same file has the id `hall` too", "Give each unit its own.")
    ]
