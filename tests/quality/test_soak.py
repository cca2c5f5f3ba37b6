"""The soak's own parts: the virtual clock, the plan of a seed, and what counts as rightly said."""

import random
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from indexer.base.ids import ChannelId
from indexer.base.times import now
from indexer.catalogue.troubles import RefusalReason
from indexer.health.records import Attempt
from tests.quality.soak import watching
from tests.quality.soak.cast import NUMBERS, Kind, Outlet, outlets
from tests.quality.soak.clock import BEGINNING, VirtualClock, virtual
from tests.quality.soak.faults import BY_FAULT, LEAST, TRIALS
from tests.quality.soak.outcome import addresses_of, over_half
from tests.quality.soak.plan import QUIET, Move, Plan, draw
from tests.quality.soak.texts import draft
from tests.simulators.running import Platforms
from tests.simulators.world.faults import Fault
from tests.simulators.world.world import World

ROOT = __file__.removesuffix("/tests/quality/test_soak.py")
SEEDS = (1, 20260917, 999_999)


@pytest.fixture(scope="module")
def cast() -> list[Outlet]:
    """The two hundred channels."""
    return outlets(Platforms(world=World(lambda: BEGINNING)))


@pytest.fixture(params=SEEDS)
def plan(request: pytest.FixtureRequest, cast: list[Outlet]) -> Plan:
    """The plan of a seed."""
    return draw(request.param, cast, begins=BEGINNING, days=14)


def test_the_clock_of_all_modules_says_the_virtual_time_and_then_the_real_one() -> None:
    clock = VirtualClock(datetime(2027, 1, 1, tzinfo=UTC))
    with virtual(clock):
        clock.turn(timedelta(minutes=5))
        told = now()

    assert told == datetime(2027, 1, 1, 0, 5, tzinfo=UTC)
    assert abs(now() - datetime.now(UTC)) < timedelta(minutes=1)
    with pytest.raises(ValueError, match="is over"):
        clock.turn_to(datetime(2026, 1, 1, tzinfo=UTC))


def test_two_hundred_channels_are_of_all_kinds(cast: list[Outlet]) -> None:
    assert Counter(outlet.kind for outlet in cast) == NUMBERS
    assert (len(cast), set(NUMBERS)) == (200, set(Kind))
    assert len({outlet.id for outlet in cast}) == 200


def test_every_kind_of_fault_is_drawn_often_enough_and_on_channels_of_its_kinds(plan: Plan) -> None:
    counted = Counter(window.trial.fault for window in plan.windows)

    assert {fault: counted[fault] for fault in BY_FAULT if counted[fault] < LEAST} == {}
    assert [window for window in plan.windows if window.outlet.kind not in window.trial.kinds] == []
    assert len(TRIALS) == len(BY_FAULT)


def test_no_channel_has_two_faults_at_once_and_the_end_is_quiet(plan: Plan) -> None:
    begins: dict[str, list[datetime]] = {}
    for window in plan.windows:
        begins.setdefault(window.outlet.id, []).append(window.since)
    apart = [later - earlier for each in begins.values() for earlier, later in pairwise(each)]

    assert min(apart) >= timedelta(hours=10)
    assert max(window.since for window in plan.windows) < plan.ends - QUIET
    assert max(step.at for step in plan.steps if step.move is Move.PUBLISH) < plan.ends - QUIET + timedelta(days=1)


def test_the_same_seed_draws_the_same_plan(cast: list[Outlet]) -> None:
    first, again, other = (draw(seed, cast, begins=BEGINNING, days=14).steps for seed in (1, 1, 2))

    assert first == again
    assert first != other


def test_what_is_said_first_after_a_fault_was_met_counts() -> None:
    def attempt(hour: int, reason: RefusalReason | None, case: str = "") -> Attempt:
        facts = {"case": case} if reason else None
        at = BEGINNING + timedelta(hours=hour)
        return Attempt(id=str(hour), channel=ChannelId("c"), at=at, seconds=1, reason=reason, facts=facts)

    refused = attempt(2, RefusalReason.PLATFORM, "ip_not_allowed")
    newest_first = [attempt(3, None), refused, attempt(1, None)]

    found = watching.first_since(newest_first, BEGINNING + timedelta(hours=2))

    assert found == refused
    assert watching.is_said(refused, BY_FAULT[Fault.IP_NOT_ALLOWED].said)
    assert not watching.is_said(refused, BY_FAULT[Fault.NOT_PERMITTED].said)
    assert [watching.said_of(each) for each in newest_first[:2]] == ["read", "platform:ip_not_allowed"]


def test_more_than_half_of_a_quota_is_noticed() -> None:
    world = World(lambda: BEGINNING)
    for _ in range(50):
        world.count("wx1", "batchget")
    within = over_half(world)
    world.count("wx1", "batchget")

    assert within == []
    assert over_half(world) == [f"wx1 batchget on {world.today()}: 51 of 100"]


def test_a_piece_is_known_by_the_address_that_its_platform_gives() -> None:
    world = World(lambda: BEGINNING)
    found = Platforms(world=world)
    hosts = set()
    for outlet in outlets(found, scale=0.01):
        (post,) = world.publish(outlet.account.id, draft(random.Random(1), 1))  # noqa: S311
        hosts |= {url.split("/")[2].split(".", 1)[1] for url in addresses_of(world, outlet, post)}

    assert hosts == {"weixin.qq.com", "soak.example", "com"}


def test_a_short_soak_of_few_channels_loses_and_doubles_nothing() -> None:
    command = [sys.executable, "-m", "tests.quality.soak.run", "--seed", "5", "--days", "2", "--scale", "0.02"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)

    assert "0 lost, 0 doubled" in done.stdout.splitlines()[-1], done.stdout[-3000:] + done.stderr[-3000:]
