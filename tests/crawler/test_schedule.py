"""crawler.schedule: which channels are read now. What holds for every history is a law that hypothesis tries."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.words import ChannelKind, WhitelistStatus
from crawler.schedule import CAMPAIGN, ORDINARY, Pace, due, due_at, wait_of
from indexer.base.ids import ChannelId, UnitId
from indexer.base.jitter import JITTER
from indexer.base.times import CLOCK_SLACK
from indexer.whitelist.records import Channel

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
    last_new_at: datetime | None = None
    first_read_at: datetime | None = None


durations = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=400))
paces = st.sampled_from([ORDINARY, CAMPAIGN])
names = st.text(min_size=1, max_size=20).map(ChannelId)


@st.composite
def histories(draw: st.DrawFn) -> Read:
    """A channel that was read, with failures in a row and perhaps with something new before."""
    last = NOW - draw(durations)
    new = draw(st.none() | durations)
    first = draw(st.none() | durations)
    return Read(
        last,
        draw(st.integers(0, 10**6)),
        last_new_at=None if new is None else last - new,
        first_read_at=None if first is None else last - first,
    )


def test_a_channel_never_read_is_due() -> None:
    assert due([(CHANNEL, Read())], NOW) == [CHANNEL]


def test_a_channel_read_lately_is_not_due() -> None:
    assert due([(CHANNEL, Read(NOW - timedelta(minutes=5)))], NOW) == []


def test_a_channel_is_due_when_its_time_has_come() -> None:
    assert due([(CHANNEL, Read(NOW - ORDINARY.usual))], NOW) == [CHANNEL]


def test_each_failure_in_a_row_doubles_the_wait() -> None:
    waits = [wait_of(Read(NOW, failures=failures), ORDINARY) for failures in range(4)]

    assert waits == [ORDINARY.usual * times for times in (1, 2, 4, 8)]


def test_a_channel_that_published_lately_is_asked_more_often_than_one_that_is_silent() -> None:
    hours = (0, 1, 5, 30, 500)
    waits = [wait_of(Read(NOW, last_new_at=NOW - timedelta(hours=one)), ORDINARY) for one in hours]

    assert waits == [timedelta(minutes=10)] * 2 + [timedelta(minutes=30), timedelta(hours=3), timedelta(hours=6)]


def test_one_that_never_brought_anything_is_silent_since_it_was_read_first() -> None:
    wait = wait_of(Read(NOW, first_read_at=NOW - timedelta(days=1)), ORDINARY)

    assert wait == timedelta(days=1) / 10


@given(history=histories(), pace=paces, name=names)
def test_no_wait_is_out_of_its_bounds(history: Read, pace: Pace, name: ChannelId) -> None:
    at = due_at(name, history, now=NOW, pace=pace)

    assert at is not None
    assert history.last_read_at is not None
    longest = pace.longest_failing if history.failures else max(pace.longest, pace.usual)
    assert (1 - JITTER) * pace.shortest <= at - history.last_read_at <= longest


@given(history=histories(), name=names)
def test_no_channel_is_asked_less_often_on_a_day_of_the_campaign(history: Read, name: ChannelId) -> None:
    ordinary, campaign = (due_at(name, history, now=NOW, pace=pace) for pace in (ORDINARY, CAMPAIGN))

    assert ordinary is not None
    assert campaign is not None
    assert campaign <= ordinary


@given(history=histories(), pace=paces, earlier=durations)
def test_the_longer_a_channel_is_silent_the_longer_it_waits(history: Read, pace: Pace, earlier: timedelta) -> None:
    since = history.last_new_at or history.first_read_at
    longer = replace(history, last_new_at=since - earlier if since else None)

    assert wait_of(longer, pace) >= wait_of(history, pace)


@given(history=histories(), pace=paces, more=st.integers(1, 100))
def test_one_more_failure_never_shortens_the_wait_of_one_that_fails(history: Read, pace: Pace, more: int) -> None:
    failing = replace(history, failures=history.failures or 1)

    assert wait_of(replace(failing, failures=failing.failures + more), pace) >= wait_of(failing, pace)


@given(history=histories(), pace=paces, name=names, wait=durations)
def test_nobody_is_asked_before_the_end_of_the_pause_that_its_host_asked_for(
    history: Read, pace: Pace, name: ChannelId, wait: timedelta
) -> None:
    without = due_at(name, history, now=NOW, pace=pace)
    at = due_at(name, history, now=NOW, pace=pace, rests_until=NOW + wait)

    assert without is not None
    assert at == max(without, NOW + wait)


@given(history=histories(), pace=paces, name=names, later=durations)
def test_the_same_history_gives_the_same_time_whenever_it_is_asked(
    history: Read, pace: Pace, name: ChannelId, later: timedelta
) -> None:
    assert due_at(name, history, now=NOW, pace=pace) == due_at(name, history, now=NOW + later, pace=pace)


def test_channels_that_were_read_together_part_ways() -> None:
    times = {due_at(ChannelId(str(number)), Read(NOW), now=NOW) for number in range(50)}

    assert len(times) == 50


def test_all_channels_of_a_host_that_asked_for_a_pause_wait_and_no_others() -> None:
    ours = replace(CHANNEL, id=ChannelId("ours"), address="https://a.example:443/other/")
    other = replace(CHANNEL, id=ChannelId("other"), address="https://b.example/")
    known = [(channel, Read()) for channel in (CHANNEL, ours, other)]

    assert due(known, NOW, rests={"a.example": NOW + timedelta(seconds=1)}) == [other]
    assert {one.id for one in due(known, NOW, rests={"a.example": NOW})} == {"c", "ours", "other"}


@pytest.mark.parametrize("status", [each for each in WhitelistStatus if each is not WhitelistStatus.APPROVED])
def test_a_channel_that_is_not_approved_is_never_due(status: WhitelistStatus) -> None:
    assert due([(replace(CHANNEL, status=status), Read())], NOW) == []


@pytest.mark.parametrize("changed", [{"source": None}, {"address": None}, {"source": "wechat_page"}])
def test_a_channel_that_nothing_polls_is_never_due(changed: dict[str, str | None]) -> None:
    assert due([(replace(CHANNEL, **changed), Read())], NOW) == []  # type: ignore[arg-type]  # fields by name


def test_the_channel_that_waits_longest_comes_first() -> None:
    late, later, never = (replace(CHANNEL, id=ChannelId(name)) for name in ("late", "later", "never"))

    order = due([(late, Read(NOW - timedelta(hours=2))), (later, Read(NOW - timedelta(hours=3))), (never, Read())], NOW)

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
    at = due_at(CHANNEL.id, Read(NOW + offset, failures), now=NOW)

    assert at is None or at <= NOW + CLOCK_SLACK + ORDINARY.longest_failing


@pytest.mark.parametrize("pace", [ORDINARY, CAMPAIGN])
@given(history=histories())
def test_a_source_that_may_be_asked_rarely_is_never_asked_more_often(pace: Pace, history: Read) -> None:
    half_hour = timedelta(minutes=30)

    at = due_at(CHANNEL.id, history, now=NOW, pace=pace, shortest=half_hour)

    assert at is not None
    assert history.last_read_at is not None
    assert at >= history.last_read_at + half_hour


@pytest.mark.parametrize(("minutes", "is_due"), [(29, False), (30, True)])
def test_the_official_api_is_asked_every_half_hour_at_most(minutes: int, is_due: bool) -> None:
    account = replace(CHANNEL, kind=ChannelKind.WECHAT, source="wechat_api", address=None)
    last = NOW - timedelta(minutes=minutes)

    found = due([(account, Read(last, last_new_at=last))], NOW, pace=CAMPAIGN)

    assert (found == [account]) is is_due
