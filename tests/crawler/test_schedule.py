"""crawler.schedule: which channels are read now."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.schedule import EVERY, LONGEST_BACK_OFF, due, due_at
from indexer.items import Channel, ChannelId, ChannelKind, UnitId, WhitelistStatus
from indexer.times import CLOCK_SLACK

NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)
CHANNEL = Channel(
    id=ChannelId("c"),
    unit=UnitId("u"),
    kind=ChannelKind.SITE,
    name="网站",
    source="site",
    address="https://a.example/",
    hosts=("a.example",),
    status=WhitelistStatus.APPROVED,
)


@dataclass(frozen=True)
class Read:
    last_read_at: datetime | None = None
    failures: int = 0


def test_a_channel_never_read_is_due() -> None:
    assert due([(CHANNEL, Read())], NOW) == [CHANNEL]


def test_a_channel_read_lately_is_not_due() -> None:
    assert due([(CHANNEL, Read(NOW - EVERY + timedelta(seconds=1)))], NOW) == []


def test_a_channel_is_due_when_its_time_has_come() -> None:
    assert due([(CHANNEL, Read(NOW - EVERY))], NOW) == [CHANNEL]


def test_each_failure_in_a_row_doubles_the_wait() -> None:
    assert due_at(Read(NOW, failures=2), now=NOW) == NOW + 4 * EVERY


@given(failures=st.integers(min_value=0, max_value=10**6))
def test_the_wait_after_failures_is_bounded(failures: int) -> None:
    at = due_at(Read(NOW, failures=failures), now=NOW)

    assert at is not None
    assert NOW + EVERY <= at <= NOW + LONGEST_BACK_OFF


@pytest.mark.parametrize("status", [each for each in WhitelistStatus if each is not WhitelistStatus.APPROVED])
def test_a_channel_that_is_not_approved_is_never_due(status: WhitelistStatus) -> None:
    assert due([(replace(CHANNEL, status=status), Read())], NOW) == []


@pytest.mark.parametrize("changed", [{"source": None}, {"address": None}, {"source": "wechat_page"}])
def test_a_channel_that_nothing_polls_is_never_due(changed: dict[str, str | None]) -> None:
    assert due([(replace(CHANNEL, **changed), Read())], NOW) == []  # type: ignore[arg-type]  # fields by name


def test_the_channel_that_waits_longest_comes_first() -> None:
    late, later, never = (replace(CHANNEL, id=ChannelId(name)) for name in ("late", "later", "never"))

    order = due([(late, Read(NOW - 2 * EVERY)), (later, Read(NOW - 3 * EVERY)), (never, Read())], NOW)

    assert [channel.id for channel in order] == ["never", "later", "late"]


@pytest.mark.parametrize("ahead", [timedelta(minutes=5), timedelta(hours=8), timedelta(days=4000)])
@pytest.mark.parametrize("failures", [0, 10])
def test_a_channel_read_by_a_clock_that_was_ahead_is_read_again_at_once(ahead: timedelta, failures: int) -> None:
    assert due([(CHANNEL, Read(NOW + ahead, failures))], NOW) == [CHANNEL]


@given(
    offset=st.timedeltas(min_value=timedelta(days=-3650), max_value=timedelta(days=3650)), failures=st.integers(0, 20)
)
def test_no_channel_waits_longer_than_the_longest_back_off_whatever_a_clock_said(
    offset: timedelta, failures: int
) -> None:
    at = due_at(Read(NOW + offset, failures), now=NOW)

    assert at is None or at <= NOW + CLOCK_SLACK + LONGEST_BACK_OFF
