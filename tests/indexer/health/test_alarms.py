"""indexer.health.alarms: an alarm opens once, closes by itself, and does not flap."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.catalogue.platform_words import PlatformCase
from indexer.health.alarms import SAME_FOR, Changes, changes
from indexer.health.conditions import Condition, Diagnosis
from indexer.health.diagnosis import Tally, diagnose
from indexer.health.records import AlarmKind, Attempt, ChannelAlarm
from tests.indexer.health.telling import CHANNEL, HOUR, NOW, attempt, counter, failed, known, refused


def after(
    held: Sequence[ChannelAlarm], attempts: Sequence[Attempt], *, at: datetime = NOW, missing: int = 0
) -> Changes:
    found = diagnose(known(*attempts, tally=Tally(total=missing, missing=missing)), now=at)
    return changes(CHANNEL.id, held, found, attempts, now=at, make_id=counter())


def stored(held: Iterable[ChannelAlarm], changed: Changes) -> list[ChannelAlarm]:
    """What the records hold afterwards, latest first."""
    by_id = {alarm.id: alarm for alarm in (*held, *changed.opened, *changed.changed)}
    return sorted(by_id.values(), key=lambda alarm: alarm.id, reverse=True)


FAILING = [failed(hours) for hours in range(3)]
ALARM = ChannelAlarm(
    id="alarm-a",
    channel=CHANNEL.id,
    kind=AlarmKind.ERROR,
    since=NOW - 5 * HOUR,
    facts={"condition": "error", "case": "", "reason": "host_silent"},
)


def test_an_alarm_opens_with_what_rang_it() -> None:
    changed = after([], FAILING)

    (alarm,) = changed.opened
    assert (alarm.kind, alarm.since, alarm.ended_at) == (AlarmKind.ERROR, NOW, None)
    assert alarm.facts["reason"] == "host_silent"
    assert alarm.facts["times"] == "3"
    assert not changed.changed


def test_it_opens_once() -> None:
    assert after([ALARM], FAILING) == Changes(opened=[], changed=[])


def test_another_reason_is_written_on_the_same_alarm() -> None:
    (alarm,) = after([ALARM], [refused(PlatformCase.IP_NOT_ALLOWED), *FAILING]).changed

    assert (alarm.id, alarm.since, alarm.ended_at) == (ALARM.id, ALARM.since, None)
    assert (alarm.facts["case"], alarm.facts["ip"]) == ("ip_not_allowed", "203.0.113.7")


def test_one_read_that_works_does_not_end_it_and_two_do() -> None:
    one = after([ALARM], [attempt(), *FAILING])
    two = after([ALARM], [attempt(), attempt(1), *FAILING])

    assert not one.changed
    assert [alarm.ended_at for alarm in two.changed] == [NOW]


def test_one_that_comes_back_within_a_day_is_the_same_alarm() -> None:
    ended = replace(ALARM, ended_at=NOW - SAME_FOR + HOUR)

    changed = after([ended], FAILING)

    assert (changed.opened, [alarm.id for alarm in changed.changed]) == ([], [ALARM.id])
    assert changed.changed[0].ended_at is None


def test_one_that_comes_back_later_is_another() -> None:
    changed = after([replace(ALARM, ended_at=NOW - SAME_FOR - HOUR)], FAILING)

    assert len(changed.opened) == 1
    assert not changed.changed


def test_alarms_of_several_kinds_stand_side_by_side() -> None:
    opened = after([], FAILING, missing=2).opened

    assert {alarm.kind for alarm in opened} == {AlarmKind.ERROR, AlarmKind.MISSING}


def test_of_two_conditions_of_one_alarm_the_worse_rings() -> None:
    found = [Diagnosis(condition=condition, facts={"at": "—"}) for condition in (Condition.FROZEN, Condition.LYING)]

    (alarm,) = changes(CHANNEL.id, [], found, [attempt()], now=NOW, make_id=counter()).opened

    assert alarm.facts["condition"] == "frozen"


@pytest.mark.parametrize("kind", [AlarmKind.SILENT, AlarmKind.FROZEN, AlarmKind.ENDING, AlarmKind.MISSING])
def test_the_others_end_as_soon_as_nothing_rings_them(kind: AlarmKind) -> None:
    (ended,) = after([replace(ALARM, kind=kind)], [attempt(), *FAILING]).changed

    assert ended.ended_at == NOW


def test_the_alarm_of_a_channel_that_was_never_read_again_ends_with_its_whitelist_status() -> None:
    off = [Diagnosis(condition=Condition.OFF)]

    (ended,) = changes(CHANNEL.id, [ALARM], off, [], now=NOW, make_id=counter()).changed

    assert ended.ended_at == NOW


@given(st.lists(st.booleans(), min_size=1, max_size=40))
def test_however_reads_go_there_is_one_open_alarm_of_a_kind_and_within_a_day_one_row(worked: list[bool]) -> None:
    held: list[ChannelAlarm] = []
    attempts: list[Attempt] = []
    make_id = counter()
    for number, is_good in enumerate(worked):
        at = NOW + timedelta(minutes=10 * number)
        attempts.insert(0, replace(attempt() if is_good else failed(), at=at))
        found = diagnose(known(*attempts), now=at)
        held = stored(held, changes(CHANNEL.id, held, found, attempts, now=at, make_id=make_id))

    is_failing = worked[-3:] == [False] * 3
    assert len(held) <= 1
    assert not is_failing or [alarm.ended_at for alarm in held] == [None]
