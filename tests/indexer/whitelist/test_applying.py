"""indexer.whitelist.desk: a person applies for one new channel of a unit."""

from collections.abc import Callable
from datetime import datetime

import pytest

from config.units.entries import ChannelEntry
from config.words import ChannelKind, WhitelistStatus
from indexer.base.actors import operator
from indexer.base.ids import UnitId
from indexer.records import channels as register
from indexer.records.database import Database
from indexer.whitelist.desk import apply_for
from indexer.whitelist.records import Channel
from indexer.whitelist.states import WhitelistProblem, WhitelistRefused

WHO = operator("编辑甲")
UNIT = UnitId("unit-a")
SITE = ChannelEntry(
    kind=ChannelKind.SITE, name="示例馆新闻", source="site", address="http://new.example/n/", options={"pages": "2"}
)


@pytest.fixture
def apply(database: Database, channel: Channel, now: datetime) -> Callable[..., Channel]:
    """Apply for a channel of the unit that has one already."""

    def make(entry: ChannelEntry = SITE, *, unit: UnitId = UNIT, why: str = "试采之后登记") -> Channel:
        return apply_for(database, unit, entry, who=WHO, why=why, now=now)

    return make


def test_a_new_channel_stands_at_applied_with_its_row_and_who_made_it(
    apply: Callable[..., Channel], database: Database, now: datetime
) -> None:
    made = apply()

    with database.reading() as tx:
        held, [row] = register.channel(tx, made.id), register.status_changes(tx, made.id)
    assert held == made
    assert (made.id, made.unit, made.status, made.licence) == ("unit-a-site-1", UNIT, WhitelistStatus.APPLIED, None)
    assert (made.name, made.hosts, dict(made.options)) == ("示例馆新闻", ("new.example",), {"pages": "2"})
    assert (row.before, row.after, row.actor, row.why, row.at) == (
        None,
        WhitelistStatus.APPLIED,
        WHO,
        "试采之后登记",
        now,
    )


def test_further_channels_of_a_unit_have_ids_of_their_own(apply: Callable[..., Channel]) -> None:
    other = SITE.model_copy(update={"address": "http://new.example/other/"})

    assert [apply().id, apply(other).id] == ["unit-a-site-1", "unit-a-site-2"]


@pytest.mark.parametrize(
    ("entry", "unit", "why", "problem"),
    [
        (SITE.model_copy(update={"address": "http://a.example/feed.xml"}), UNIT, "示例", WhitelistProblem.REGISTERED),
        (SITE, UnitId("nobody"), "示例", WhitelistProblem.NO_UNIT),
        (SITE, UNIT, "——", WhitelistProblem.NO_REASON),
    ],
)
def test_what_is_registered_already_or_has_no_unit_or_no_reason_is_refused_and_nothing_written(
    apply: Callable[..., Channel],
    database: Database,
    entry: ChannelEntry,
    unit: UnitId,
    why: str,
    problem: WhitelistProblem,
) -> None:
    with pytest.raises(WhitelistRefused) as refused:
        apply(entry, unit=unit, why=why)

    assert refused.value.problem is problem
    with database.reading() as tx:
        assert [one.id for one in register.channels(tx)] == ["channel-a"]
