"""The daily letters on the health of channels: one for each unit that has something to do or to know, one for editors.

In Chinese, plain text, each alarm told as new once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from indexer.base.ids import ChannelId, UnitId
from indexer.health.conditions import Condition, Diagnosis, Grade, Whose
from indexer.health.diagnosis import worst
from indexer.health.looking import Health
from indexer.health.records import AlarmKind, ChannelAlarm
from indexer.health.words import CONDITION_WORDS, to_do, what
from indexer.whitelist.records import Unit

EDITORS = "editors"  # name of the letter for the organiser's editors
MISSING_SHOWN = 10
WHOSE = {Whose.NOBODY: "", Whose.UNIT: "（由单位处理）", Whose.ORGANISER: "（由主办方处理）"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter. name: the unit's id, or EDITORS. told: alarms that it tells of for the first time."""

    name: str
    subject: str
    text: str
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A channel in a letter. alarms: open, or ended since the last letter."""

    health: Health
    alarms: Sequence[ChannelAlarm]

    @property
    def wrong(self) -> list[Diagnosis]:
        """What wants a person."""
        return [each for each in self.health.diagnoses if each.grade is Grade.WRONG]

    @property
    def is_over(self) -> bool:
        """Whether alarms ended, and none is open."""
        return bool(self.alarms) and all(alarm.ended_at for alarm in self.alarms)


def letters(units: Sequence[Unit], told: Sequence[Told], *, site: str, address: str, day: date) -> list[Letter]:
    """Return the letter of each unit about whose channels there is something to say, and that of the editors.

    site: the name of the site. address: its own, empty where it has none.
    """
    by_unit: dict[UnitId, list[Told]] = {}
    for one in told:
        by_unit.setdefault(one.health.known.channel.unit, []).append(one)
    of_units = [
        _of_unit(unit, by_unit[unit.id], site, address, day) for unit in units if _matters(by_unit.get(unit.id))
    ]
    names = {unit.id: unit.short_name for unit in units}
    return [*of_units, _of_editors(told, names, site, address, day)]


def _matters(told: Sequence[Told] | None) -> bool:
    return any(one.wrong or one.is_over for one in told or ())


def _of_unit(unit: Unit, told: Sequence[Told], site: str, address: str, day: date) -> Letter:
    wrong, over = [one for one in told if one.wrong], [one for one in told if not one.wrong and one.is_over]
    parts = [f"{unit.name}：", f"以下是贵单位在“{site}”登记的渠道 {day.isoformat()} 的采集情况。"]
    parts += [_channel(one) for one in wrong]
    parts += [f"【{one.health.known.channel.name}】已恢复正常。" for one in over]
    if good := len(told) - len(wrong) - len(over):
        parts.append(f"其余 {good} 个渠道没有异常。")
    subject = f"{site}：{len(wrong)} 个渠道需要处理" if wrong else f"{site}：渠道已恢复正常"
    return Letter(name=unit.id, subject=subject, text=_text(parts, address, "/unit/"), told=_first_told(told))


def _of_editors(told: Sequence[Told], names: Mapping[UnitId, str], site: str, address: str, day: date) -> Letter:
    wrong = [one for one in told if one.wrong]
    counted = {condition: 0 for condition in Condition}
    for one in told:
        counted[worst(one.health.diagnoses).condition] += 1
    line = "，".join(f"{CONDITION_WORDS[condition]} {many}" for condition, many in counted.items() if many)
    parts = [f"{day.isoformat()} 共 {len(told)} 个渠道：{line or '没有登记渠道'}。"]
    parts += [f"{names.get(one.health.known.channel.unit, '')} {_channel(one)}" for one in wrong]
    if over := [one.health.known.channel.name for one in told if not one.wrong and one.is_over]:
        parts.append(f"已恢复正常：{'、'.join(over)}。")
    subject = f"{site}：{day.isoformat()} 渠道健康，{len(wrong)} 个异常"
    return Letter(name=EDITORS, subject=subject, text=_text(parts, address, "/review/channels"))


def _channel(told: Told) -> str:
    """What is wrong with a channel and what is to be done, a line each."""
    is_new = any(alarm.told_at is None and alarm.ended_at is None for alarm in told.alarms)
    lines = [f"【{told.health.known.channel.name}】{'（新）' if is_new else ''}"]
    for each in told.wrong:
        lines += [f"  {what(each)}。", f"  {WHOSE[each.whose]}{to_do(each)}。"]
    if any(alarm.kind is AlarmKind.MISSING for alarm in told.alarms):
        shown = told.health.missing[:MISSING_SHOWN]
        named = [(one.announced.title or one.announced.number, one.reason) for one in shown]
        lines += [f"    缺：{name}{f'（{why}）' if why else ''}" for name, why in named]
    return "\n".join(lines)


def _text(parts: Sequence[str], address: str, path: str) -> str:
    more = f"详情：{address}{path}" if address else f"详情请登录网站查看（{path}）。"
    return "\n\n".join([*parts, more]) + "\n"


def _first_told(told: Sequence[Told]) -> tuple[str, ...]:
    return tuple(alarm.id for one in told for alarm in one.alarms if alarm.told_at is None)


def by_channel(alarms: Mapping[ChannelId, Sequence[ChannelAlarm]], healths: Sequence[Health]) -> list[Told]:
    """Return the channels with their alarms."""
    return [Told(health=health, alarms=alarms.get(health.known.channel.id, ())) for health in healths]
