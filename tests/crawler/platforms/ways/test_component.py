"""Calls of an account that authorised the component: by its token, renewed with a refresh token that may change."""

from dataclasses import replace

import pytest

from config.settings import Settings
from crawler.platforms.calling import Caller
from crawler.platforms.port import PlatformRefused
from crawler.platforms.wechat import calls
from crawler.platforms.wechat.authorised import account_of_code
from crawler.platforms.wechat.authorising import ComponentCalls, account_token_name
from indexer.catalogue.platform_words import PlatformCase
from indexer.connections.binding import bind
from indexer.connections.records import ConnectionState
from indexer.records import connections, tokens
from indexer.records.database import Database
from indexer.records.sealing import unseal
from indexer.whitelist.records import Channel
from tests.crawler.platforms.component_world import (
    ACCOUNT,
    Clock,
    channel,
    clock,
    code,
    component,
    connection_of,
    platforms,
    settings,
    third_party,
    ticket,
    token_of,
)
from tests.simulators.component.platform import ComponentApi
from tests.simulators.running import Platforms
from tests.simulators.world.faults import Fault

__all__ = [
    "channel",
    "clock",
    "code",
    "component",
    "platforms",
    "settings",
    "third_party",
    "ticket",
]  # fixtures, found by their names


@pytest.fixture
def caller(
    settings: Settings, database: Database, clock: Clock, channel: Channel, component: ComponentCalls, code: str
) -> Caller:
    """A caller where the channel is connected."""
    found = account_of_code(component, code)
    bind(database, settings, channel.id, found, who="单位甲", now=clock())
    return Caller(settings, database, clock=clock)


def renewals(platforms: Platforms) -> int:
    return sum(number for (_, call, _), number in platforms.world.calls.items() if call == "api_authorizer_token")


def test_the_token_that_came_with_the_code_is_used_first(
    caller: Caller, channel: Channel, platforms: Platforms
) -> None:
    answer = caller.send(calls.list_ask(channel.id))

    assert b'"total_count"' in answer.body
    assert renewals(platforms) == 0


def test_a_token_that_ends_is_renewed_and_a_new_refresh_token_is_kept(
    caller: Caller, channel: Channel, platforms: Platforms, database: Database, settings: Settings, clock: Clock
) -> None:
    before = connection_of(database, channel)
    platforms.world.faults.on(Fault.REFRESH_CHANGES, ACCOUNT.id)
    clock.later(hours=3)
    caller.send(calls.list_ask(channel.id))
    after = connection_of(database, channel)
    clock.later(hours=3)

    answer = caller.send(calls.list_ask(channel.id))

    assert before is not None
    assert after is not None
    assert unseal(settings, after.sealed) not in (None, unseal(settings, before.sealed))
    assert (b'"total_count"' in answer.body, renewals(platforms)) == (True, 2)


def test_a_refresh_token_is_not_kept_over_one_of_a_newer_authorisation(
    caller: Caller, channel: Channel, platforms: Platforms, database: Database, clock: Clock
) -> None:
    held = connection_of(database, channel)
    assert held is not None
    way_to_old = replace(held, sealed="of an older authorisation")
    with database.transaction() as tx:
        tokens.drop(tx, account_token_name(ACCOUNT.id))
    platforms.world.faults.on(Fault.REFRESH_CHANGES, ACCOUNT.id)

    with pytest.raises(PlatformRefused):
        caller.check(way_to_old)

    assert connection_of(database, channel) == held


def test_an_authorisation_that_was_taken_back_ends_the_connection(
    caller: Caller, channel: Channel, third_party: ComponentApi, database: Database, clock: Clock
) -> None:
    third_party.withdraw(ACCOUNT.id)
    clock.later(hours=3)

    with pytest.raises(PlatformRefused) as refused:
        caller.send(calls.list_ask(channel.id))

    found = connection_of(database, channel)
    assert refused.value.trouble.case == PlatformCase.AUTHORISATION_WITHDRAWN
    assert found is not None
    assert found.state is ConnectionState.WITHDRAWN


def test_secrets_stand_in_no_row_in_the_clear(
    caller: Caller, database: Database, settings: Settings, third_party: ComponentApi
) -> None:
    refresh, token = third_party.refresh[ACCOUNT.id], token_of(database, settings, account_token_name(ACCOUNT.id))

    raw = (settings.data_folder / "carnival.db").read_bytes()

    assert token is not None
    assert [secret.encode() in raw for secret in (refresh, token)] == [False, False]
    with database.reading() as tx:
        assert connections.every(tx)
