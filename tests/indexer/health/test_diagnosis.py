"""indexer.health.diagnosis: what is wrong with a channel, by its reads, its connection, its rhythm and the clock."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.words import WhitelistStatus
from indexer.catalogue.platform_words import PlatformCase
from indexer.catalogue.troubles import CASE, RefusalReason
from indexer.connections.records import ConnectionState
from indexer.health.conditions import Condition, Diagnosis, Grade, Whose
from indexer.health.diagnosis import Known, Tally, diagnose, worst
from indexer.health.records import LYING, Attempt
from indexer.health.words import WORDS, to_do, what
from tests.indexer.health.telling import (
    CHANNEL,
    DAILY,
    HOUR,
    NO_RHYTHM,
    NOW,
    TODAY,
    attempt,
    connection,
    failed,
    known,
    refused,
)

C = Condition
QUIET = replace(DAILY, last=TODAY - timedelta(days=5))
OLD = TODAY - timedelta(days=5)


def conditions(told: Known) -> list[Condition]:
    return [each.condition for each in diagnose(told, now=NOW)]


def only(told: Known) -> Diagnosis:
    (found,) = diagnose(told, now=NOW)
    return found


def test_of_a_channel_that_is_read_and_brings_something_nothing_is_wrong() -> None:
    found = only(known(attempt(), last_new_at=NOW - HOUR))

    assert (found.condition, found.grade, found.whose) == (C.GOOD, Grade.GOOD, Whose.NOBODY)
    assert what(found) == "读取正常，最近一次是 2026-09-17 10:00；最近一次读到新内容是 2026-09-17 09:00"


def test_one_failure_is_said_and_is_no_alarm() -> None:
    found = only(known(failed(), attempt(1)))

    assert (found.condition, found.alarm) == (C.FAILING, None)
    assert "网站太久没有回答" in to_do(found)


def test_three_failures_in_a_row_are_an_alarm_with_what_to_do() -> None:
    found = only(known(failed(), failed(1), failed(2), attempt(3)))

    assert (found.condition, found.whose) == (C.ERROR, Whose.UNIT)
    assert what(found) == "从 2026-09-17 08:00 起，连续 3 次没有读成"


@pytest.mark.parametrize(
    ("read", "says"),
    [
        (refused(PlatformCase.IP_NOT_ALLOWED), "把 IP 203.0.113.7 加入白名单"),
        (refused(PlatformCase.SECRET_WRONG), "重置 AppSecret"),
        (refused(PlatformCase.NOT_GRANTED), "重新授权"),
        (failed(reason=RefusalReason.ROBOTS), "在 robots.txt 中允许本采集器"),
    ],
)
def test_what_only_a_person_can_mend_is_an_alarm_at_once(read: Attempt, says: str) -> None:
    found = only(known(read, attempt(1)))

    assert found.condition is C.ERROR
    assert says in to_do(found)


@pytest.mark.parametrize(
    "read", [refused(PlatformCase.BUSY), failed(reason=RefusalReason.ROBOTS, case="unknown", why="500")]
)
def test_what_may_pass_by_itself_is_not(read: Attempt) -> None:
    assert conditions(known(read, attempt(1))) == [C.FAILING]


def test_a_fault_of_the_program_is_the_organisers_business() -> None:
    read = [failed(hours, reason=RefusalReason.PROGRAM_FAULT, error="KeyError") for hours in range(3)]

    assert only(known(*read)).whose is Whose.ORGANISER


def test_calls_that_are_spent_are_no_failure() -> None:
    assert conditions(known(refused(PlatformCase.QUOTA_SPENT), attempt(1))) == [C.WAITS]


def test_a_day_without_calls_does_not_end_a_row_of_failures() -> None:
    told = known(failed(), refused(PlatformCase.QUOTA_SPENT, 1), failed(2), failed(3))

    assert conditions(told) == [C.ERROR]


def test_failures_from_before_attempts_were_kept_count_with_the_words_of_that_time() -> None:
    found = only(known(failures=4, last_error="网站要求登录。请登记公开的网址。", last_read_at=NOW))

    assert (found.condition, to_do(found)) == (C.ERROR, "网站要求登录。请登记公开的网址")


def test_an_authorisation_that_ends_within_two_weeks_is_said_with_its_day() -> None:
    held = connection(expires_at=NOW + timedelta(days=13, hours=1))

    found = diagnose(known(attempt(), connection=held), now=NOW)

    assert [each.condition for each in found] == [C.ENDING, C.GOOD]
    assert what(found[0]) == "授权将于 2026-09-30 11:00 到期，还有 13 天"


def test_one_that_ends_later_is_not() -> None:
    held = connection(expires_at=NOW + timedelta(days=15))

    assert conditions(known(attempt(), connection=held)) == [C.GOOD]


@pytest.mark.parametrize(
    ("fields", "case"),
    [
        ({"expires_at": NOW - HOUR}, "expired"),
        ({"state": ConnectionState.EXPIRED}, "expired"),
        ({"state": ConnectionState.WITHDRAWN}, "withdrawn"),
    ],
)
def test_an_authorisation_that_is_over_is_said_once(fields: dict[str, object], case: str) -> None:
    told = known(refused(PlatformCase.AUTHORISATION_ENDED), attempt(1), connection=connection(**fields))

    found = only(told)

    assert (found.condition, found.case, found.alarm) == (C.ENDED, case, "ending")


def test_a_connection_that_a_person_ended_is_no_alarm() -> None:
    found = only(known(attempt(), connection=connection(state=ConnectionState.DISCONNECTED)))

    assert (found.condition, found.alarm, found.grade) == (C.ENDED, None, Grade.NOTE)
    assert what(found) == "单位甲 于 2026-06-09 10:00 断开了连接，不再自动读取"


def test_another_name_at_the_platform_is_for_an_editor() -> None:
    found = diagnose(known(attempt(), connection=connection(new_name="新示例馆")), now=NOW)[0]

    assert (found.condition, found.whose) == (C.RENAMED, Whose.ORGANISER)
    assert what(found) == "平台上的名称现在是“新示例馆”，登记的是“示例馆”"


def test_a_silence_is_told_by_the_channels_own_rhythm() -> None:
    found = only(known(attempt(newest=OLD), rhythm=QUIET))

    assert found.condition is C.SILENT
    assert what(found) == "已有 5 天没有新内容（最近一次是 2026-09-12），以往最长间隔约 1 天"


@pytest.mark.parametrize(
    "told",
    [
        known(attempt(newest=OLD), rhythm=replace(QUIET, usual=timedelta(days=7), allowed=timedelta(days=21))),
        known(attempt(newest=OLD), rhythm=replace(NO_RHYTHM, last=OLD)),
        known(attempt(newest=TODAY), rhythm=QUIET),
    ],
    ids=["a slower rhythm", "no rhythm", "the list names something newer"],
)
def test_it_is_none(told: Known) -> None:
    assert conditions(told) == [C.GOOD]


def test_what_cannot_be_read_is_not_called_silent() -> None:
    assert conditions(known(failed(), attempt(1, newest=OLD), rhythm=QUIET)) == [C.FAILING]


def test_a_list_that_does_not_name_what_the_platform_told_stands_still() -> None:
    reads = [attempt(hours) for hours in range(4)]

    found = diagnose(known(*reads, tally=Tally(total=3, held=2, missing=1, unlisted=(NOW - 2.5 * HOUR,))), now=NOW)

    assert [each.condition for each in found] == [C.FROZEN, C.MISSING]
    assert found[0].facts[CASE] == "announced"


@pytest.mark.parametrize("told_hours_ago", [0.5, 9])
def test_not_where_it_was_told_since_the_last_read_but_one_or_before_the_list_moved(told_hours_ago: float) -> None:
    reads = [attempt(hours) for hours in range(4)]
    tally = Tally(total=3, held=2, missing=1, unlisted=(NOW - told_hours_ago * HOUR,))

    assert conditions(known(*reads, attempt(5, digest="other"), tally=tally)) == [C.MISSING]


def test_not_where_the_list_moves() -> None:
    reads = [attempt(hours, digest=f"list {hours}") for hours in range(4)]

    assert conditions(known(*reads, tally=Tally(total=3, held=2, missing=1, unlisted=(NOW - 2.5 * HOUR,)))) == [
        C.MISSING
    ]


def test_a_list_stands_still_where_its_unit_publishes_elsewhere() -> None:
    reads = [attempt(hours, newest=OLD) for hours in range(4)]

    found = only(known(*reads, rhythm=QUIET, elsewhere=TODAY))

    assert (found.condition, found.facts["reads"], found.facts["other"]) == (C.FROZEN, "4", str(TODAY))


def test_answers_that_say_unchanged_belong_to_a_list_that_stands_still() -> None:
    same = {"listed": None, "newest": None, "digest": None}

    told = known(attempt(0, **same), attempt(1, **same), attempt(2, newest=OLD), rhythm=QUIET, elsewhere=TODAY)

    assert conditions(told) == [C.FROZEN]


def test_where_the_unit_is_silent_everywhere_the_channel_is_silent() -> None:
    reads = [attempt(hours, newest=OLD) for hours in range(4)]

    assert conditions(known(*reads, rhythm=QUIET, elsewhere=OLD)) == [C.SILENT]


def test_a_site_that_wrongly_says_unchanged_is_named() -> None:
    found = only(known(attempt(facts={CASE: LYING})))

    assert (found.condition, found.alarm) == (C.LYING, "frozen")
    assert "304" in what(found)


def test_a_bridge_that_stands_still_is_frozen_and_no_error() -> None:
    found = only(known(refused(PlatformCase.STALE), attempt(1)))

    assert (found.condition, found.alarm) == (C.STALE, "frozen")
    assert "桥接" in to_do(found)


def test_what_the_platform_names_and_is_not_here_is_counted() -> None:
    found = only(known(attempt(), tally=Tally(total=9, held=7, missing=2)))

    assert what(found) == "平台显示近期发布了 9 篇，已收到 7 篇，缺 2 篇"


def test_a_channel_that_is_not_approved_is_not_read() -> None:
    told = known(failed(), channel=replace(CHANNEL, status=WhitelistStatus.SUSPENDED))

    assert conditions(told) == [C.OFF]


def test_one_that_was_never_read_is_new_and_one_without_an_address_is_pushed() -> None:
    assert conditions(known()) == [C.NEW]
    assert conditions(known(channel=replace(CHANNEL, source=None, address=None))) == [C.PUSHED]


def test_the_worst_comes_first_and_an_alarm_before_a_note() -> None:
    found = diagnose(
        known(failed(), attempt(1), connection=connection(expires_at=NOW + HOUR), tally=Tally(total=2, missing=2)),
        now=NOW,
    )

    assert [each.condition for each in found] == [C.ENDING, C.MISSING, C.FAILING]
    assert worst(found).condition is C.ENDING


READS = st.lists(
    st.one_of(
        st.builds(attempt, digest=st.sampled_from(["one", "two"]), newest=st.sampled_from([OLD, TODAY, None])),
        st.sampled_from([refused(case) for case in PlatformCase]),
        st.sampled_from(
            [failed(reason=reason, case="") for reason in (RefusalReason.HOST_SILENT, RefusalReason.NO_SUCH_HOST)]
        ),
        st.just(attempt(listed=None, newest=None, digest=None)),
    ),
    max_size=8,
)


@given(
    READS,
    st.sampled_from([DAILY, QUIET, NO_RHYTHM]),
    st.sampled_from([None, *(connection(state=state) for state in ConnectionState)]),
    st.integers(min_value=0, max_value=40),
)
def test_whatever_is_known_there_are_words_for_it(
    reads: list[Attempt], rhythm: object, held: object, failures: int
) -> None:
    told = known(*reads, rhythm=rhythm, connection=held, failures=failures, last_read_at=NOW)

    found = diagnose(told, now=NOW)

    assert found
    assert all("%(" not in what(each) + to_do(each) for each in found)
    assert all((each.condition, each.case) in WORDS for each in found)
    assert len({each.condition for each in found}) == len(found)
