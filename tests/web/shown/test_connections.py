"""Connections in the words of those who make them."""

from datetime import timedelta

import pytest

from indexer.base.ids import ChannelId
from indexer.connections.desk import ConnectProblem
from indexer.connections.records import ConnectionState, Platform
from indexer.records.inbox import Became, Filed, InboxKind, Outcome
from tests.conftest import NOW
from web.shown.connections import CONNECT_PROBLEMS, LATE, PLATFORMS, STATES, connecting


def filed(outcome: Outcome | None = None) -> Filed:
    return Filed(
        id="1",
        kind=InboxKind.CONNECT,
        channel=ChannelId("a"),
        payload={"account": "wx00000000000000ab", "platform": "wechat"},
        who="单位甲",
        at=NOW,
        tries=1,
        done_at=NOW if outcome else None,
        outcome=outcome,
    )


def test_each_platform_state_and_problem_has_its_words() -> None:
    assert (set(PLATFORMS), set(STATES), set(CONNECT_PROBLEMS)) == (
        set(Platform),
        set(ConnectionState),
        set(ConnectProblem),
    )


@pytest.mark.parametrize(("after", "is_late"), [(LATE, False), (LATE + timedelta(seconds=1), True)])
def test_a_try_waits_and_is_late_where_nobody_takes_it(after: timedelta, is_late: bool) -> None:
    shown = connecting(filed(), now=NOW + after)

    assert (shown.is_waiting, shown.is_late, shown.words, shown.account) == (True, is_late, "", "wx00000000000000ab")


@pytest.mark.parametrize(("became", "is_connected"), [(Became.CONNECTED, True), (Became.NOT_CONNECTED, False)])
def test_what_came_of_it_is_told(became: Became, is_connected: bool) -> None:
    shown = connecting(filed(Outcome(became=became, words="请核对")), now=NOW + timedelta(days=1))

    assert (shown.is_waiting, shown.is_late, shown.is_connected, shown.words) == (False, False, is_connected, "请核对")
