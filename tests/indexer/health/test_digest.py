"""indexer.health.digest: letters that say to each unit what it has to do, and to editors how all channels are."""

from dataclasses import replace
from datetime import date, timedelta

from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.platform_words import PlatformCase
from indexer.health.diagnosis import Known, diagnose
from indexer.health.digest import EDITORS, Letter, Told, by_channel, letters
from indexer.health.looking import Health
from indexer.health.records import AlarmKind, ChannelAlarm
from indexer.records.announced import Announced, Missing, ToldBy
from indexer.whitelist.records import Unit
from tests.indexer.health.telling import CHANNEL, NOW, attempt, known, refused

DAY = date(2026, 9, 17)
A = Unit(id=UnitId("unit-a"), name="示例科技馆", short_name="示例馆", system="科技馆之城", district="海淀区")
B = replace(A, id=UnitId("unit-b"), name="示例植物园", short_name="植物园")
ALARM = ChannelAlarm(
    id="a1", channel=CHANNEL.id, kind=AlarmKind.ERROR, since=NOW, facts={"condition": "error"}, told_at=None
)
REFUSED = known(refused(PlatformCase.IP_NOT_ALLOWED), attempt(1))


def told(of: Known, *alarms: ChannelAlarm, unit: UnitId = A.id, **fields: object) -> Told:
    placed = replace(of, channel=replace(of.channel, unit=unit, **fields))  # type: ignore[arg-type]
    health = Health(known=placed, diagnoses=diagnose(placed, now=NOW), weeks=[0])
    return Told(health=health, alarms=alarms)


def written(*of: Told, address: str = "https://kexue.example.cn") -> dict[str, Letter]:
    return {one.name: one for one in letters([A, B], of, site="示例嘉年华", address=address, day=DAY)}


def test_a_unit_reads_what_is_wrong_and_what_it_must_do() -> None:
    letter = written(told(REFUSED, ALARM))[A.id]

    assert letter.subject == "示例嘉年华：1 个渠道需要处理"
    assert letter.text.startswith("示例科技馆：\n")
    assert "【示例馆网站】（新）" in letter.text
    assert "（由单位处理）" in letter.text
    assert "把 IP 203.0.113.7 加入白名单" in letter.text
    assert letter.text.endswith("详情：https://kexue.example.cn/unit/\n")
    assert letter.told == ("a1",)


def test_what_was_told_before_is_not_called_new() -> None:
    letter = written(told(REFUSED, replace(ALARM, told_at=NOW)))[A.id]

    assert "（新）" not in letter.text
    assert letter.told == ()


def test_a_unit_with_nothing_to_do_gets_no_letter_and_editors_always_get_theirs() -> None:
    found = written(told(known(attempt()), unit=B.id))

    assert list(found) == [EDITORS]
    assert "共 1 个渠道：正常 1。" in found[EDITORS].text


def test_what_is_over_is_told_once_more() -> None:
    letter = written(told(known(attempt()), replace(ALARM, ended_at=NOW)))[A.id]

    assert letter.subject == "示例嘉年华：渠道已恢复正常"
    assert "【示例馆网站】已恢复正常。" in letter.text


def test_the_other_channels_of_a_unit_are_counted() -> None:
    good = told(known(attempt()), id=ChannelId("good"), name="新闻栏目")

    assert "其余 1 个渠道没有异常。" in written(told(REFUSED), good)[A.id].text


def test_missing_pieces_are_named_with_their_reason() -> None:
    health = told(known(attempt())).health
    piece = Announced(
        channel=CHANNEL.id, number="7_1", title="缺的一篇", told_by=ToldBy.TOTALS, at=NOW - timedelta(days=1)
    )
    missing = [Missing(announced=piece, reason="网页要求验证"), Missing(announced=replace(piece, title=""), reason="")]
    found = diagnose(replace(health.known, tally=replace(health.known.tally, total=2, missing=2)), now=NOW)
    lacking = replace(health, missing=missing, diagnoses=found)

    text = written(Told(health=lacking, alarms=[replace(ALARM, kind=AlarmKind.MISSING)]))[A.id].text

    assert "    缺：缺的一篇（网页要求验证）\n    缺：7_1" in text


def test_editors_read_of_every_unit() -> None:
    letter = written(told(REFUSED), told(REFUSED, unit=B.id, id=ChannelId("b"), name="植物园公众号"), address="")[
        EDITORS
    ]

    assert letter.subject == "示例嘉年华：2026-09-17 渠道健康，2 个异常"
    assert "示例馆 【示例馆网站】" in letter.text
    assert "植物园 【植物园公众号】" in letter.text
    assert letter.text.endswith("详情请登录网站查看（/review/channels）。\n")


def test_alarms_are_brought_to_their_channels() -> None:
    health = told(REFUSED).health

    assert by_channel({CHANNEL.id: [ALARM]}, [health]) == [Told(health=health, alarms=[ALARM])]
    assert by_channel({}, [health]) == [Told(health=health, alarms=())]
